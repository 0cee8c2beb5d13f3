import type { SeededRandom } from "../../core/seeded-random.ts";
import type { Tool } from "../../core/tool.ts";
import type { TaskCall } from "../../task/task.ts";
import type { CandidatePlace } from "./candidate-place.ts";
import { drawCall } from "./draw-call.ts";
import { shuffled } from "./shuffled.ts";

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
  const drawn = drawCall(tool, place, random);
  if (!drawn) return undefined;
  const fits = (argument: string) => (value: unknown) => schema.shape[argument].safeParse(value).success;
  const args: Record<string, unknown> = { ...drawn.args };
  let shared = 0;
  for (const argument of Object.keys(args)) {
    if (typeof args[argument] === "boolean") continue;
    const same = [right.args[argument]].filter(fits(argument));
    const [value] = [...same, ...shuffled(Object.values(right.args), random).filter(fits(argument))];
    const seen = shuffled(place.visible, random).find(fits(argument));
    if (value !== undefined) shared++;
    if (value !== undefined || seen !== undefined) args[argument] = value ?? seen;
  }
  return shared > 0 && schema.safeParse(args).success ? { tool, args } : undefined;
}
