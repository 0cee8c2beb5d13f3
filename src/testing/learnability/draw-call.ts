import { ownerOf } from "../../core/owner.ts";
import type { SeededRandom } from "../../core/seeded-random.ts";
import type { Tool } from "../../core/tool.ts";
import { toolDocument } from "../../core/tool-document.ts";
import { randomFields, randomValue, type ValueSchema } from "../../rollout/random-value.ts";
import type { TaskCall } from "../../task/task.ts";
import type { CandidatePlace } from "./candidate-place.ts";

/** How often an argument is drawn from the tool's own candidates, and from what is visible; else it is anything that fits. */
const candidateShare = 0.6;
const visibleShare = 0.3;
const draws = 3;

/** A call with arguments that the tool takes; undefined where a few draws find none. */
export function drawCall(name: string, place: CandidatePlace, random: SeededRandom): TaskCall | undefined {
  const { environment, state, visible } = place;
  const tool = environment.tools[name] as Tool;
  const { candidates = {}, args: schema } = tool.spec;
  if (Object.keys(schema.shape).length === 0) return { tool: name, args: {} };
  const own = ownerOf(environment, name, state)!.state;
  for (let draw = 0; draw < draws; draw++) {
    const args = randomFields(toolDocument(name, tool).parameters as ValueSchema, random, (argument, wire) => {
      const at = random.number();
      const listed: readonly unknown[] = at < candidateShare ? (candidates[argument]?.(own) ?? []) : [];
      if (listed.length > 0) return random.pick(listed);
      const seen = at < candidateShare + visibleShare && visible.length > 0 ? random.pick(visible) : undefined;
      if (seen !== undefined && schema.shape[argument]!.safeParse(seen).success) return seen;
      return randomValue(wire, random);
    });
    if (schema.safeParse(args).success) return { tool: name, args };
  }
  return undefined;
}
