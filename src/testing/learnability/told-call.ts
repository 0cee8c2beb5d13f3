import type { SeededRandom } from "../../core/seeded-random.ts";
import type { Tool } from "../../core/tool.ts";
import { leavesOf } from "../../generate/leaves.ts";
import { inDocument, Readable } from "../../generate/readable.ts";
import type { TaskCall } from "../../task/task.ts";
import type { CandidatePlace } from "./candidate-place.ts";
import { drawCall } from "./draw-call.ts";

/**
 * A right call as far as it has been told: an argument that neither the user nor a result nor the tool's document has named is drawn,
 * as whoever calls would have to guess it. A text put together of words that were read counts as told.
 */
export function toldCall(right: TaskCall, place: CandidatePlace, random: SeededRandom): TaskCall | undefined {
  const tool = place.environment.tools[right.tool] as Tool;
  let readable: Readable | undefined;
  const isTold = (value: string | number) => {
    if (inDocument(value, right.tool, tool)) return true;
    if (!readable) {
      readable = new Readable();
      for (const text of place.texts) readable.say(text);
    }
    return readable.has(value) || (typeof value === "string" && readable.hasWordsOf(value));
  };
  const hidden = Object.keys(right.args).filter((name) =>
    leavesOf(right.args[name]).some(({ value }) => !isTold(value)),
  );
  if (hidden.length === 0) return right;
  const drawn = drawCall(right.tool, place, random)?.args ?? {};
  if (hidden.some((name) => drawn[name] === undefined)) return undefined;
  return {
    tool: right.tool,
    args: { ...right.args, ...Object.fromEntries(hidden.map((name) => [name, drawn[name]])) },
  };
}
