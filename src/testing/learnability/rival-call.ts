import type { SeededRandom } from "../../core/seeded-random.ts";
import type { Tool } from "../../core/tool.ts";
import { shuffled } from "../../generate/dice.ts";
import type { TaskCall } from "../../task/task.ts";
import type { CandidatePlace } from "./candidate-place.ts";
import { drawCall } from "./draw-call.ts";

/** Visible values looked at, the latest ones. */
const mostSeen = 20;

/**
 * Another tool called with the values of a right call, wherever it takes them, and with visible ones: else a call whose values the
 * user named would be right by that alone, whichever the tool. Undefined where it takes none of them.
 */
export function rivalCall(
  right: TaskCall,
  tool: string,
  place: CandidatePlace,
  random: SeededRandom,
): TaskCall | undefined {
  const schema = (place.environment.tools[tool] as Tool).spec.args;
  const fits = (argument: string) => (value: unknown) => schema.shape[argument].safeParse(value).success;
  const values = shuffled(random, Object.values(right.args));
  if (!Object.keys(schema.shape).some((argument) => values.some(fits(argument)))) return undefined;
  const drawn = drawCall(tool, place, random);
  if (!drawn) return undefined;
  const visible = shuffled(random, place.visible.slice(-mostSeen));
  const args: Record<string, unknown> = { ...drawn.args };
  let shared = 0;
  for (const argument of Object.keys(args)) {
    if (typeof args[argument] === "boolean") continue;
    const same = [right.args[argument]].filter(fits(argument));
    const value = same[0] ?? values.find(fits(argument));
    if (value !== undefined) shared++;
    const told = value ?? visible.find(fits(argument));
    if (told !== undefined) args[argument] = told;
  }
  return shared > 0 && schema.safeParse(args).success ? { tool, args } : undefined;
}
