import type { Environment } from "../../core/environment.ts";
import type { SeededRandom } from "../../core/seeded-random.ts";
import type { Hint } from "../../feedback/hint.ts";
import type { TaskCall } from "../../task/task.ts";
import { callKey } from "./candidate.ts";

/** One step that a hint speaks of: a call as it stands, or any candidate that will do. */
export type Step = { readonly call: TaskCall } | { readonly fits: (call: TaskCall) => boolean };

/** How a hint is read: as it stands, without its values, or with other tools in the place of those it names. */
export type Reading = "whole" | "withoutValues" | "otherTools";

/**
 * What a reader who does as the hint says does next, in order: the tools that it names, the failed call with a value that it gives, or
 * the failed call as it was where it says so and nothing else. Tools that only read are passed over: a linear policy loses an
 * attempt by them and cannot take up what they return.
 */
export function advisedSteps(
  { suggestion, text }: Hint,
  failed: TaskCall,
  { tools: all }: Environment,
  { reading, random }: { readonly reading: Reading; readonly random: SeededRandom },
): Step[] {
  const { argument, values = [], tools = [] } = suggestion;
  const hasValue = argument !== undefined && values.length > 0 && reading !== "withoutValues";
  const mended = (): Step => ({
    call: { tool: failed.tool, args: { ...failed.args, [argument!]: random.pick(values) } },
  });
  const changed: Step = { fits: (call) => call.tool === failed.tool && callKey(call) !== callKey(failed) };
  const isWrite = (tool: string) => all[tool]?.effect === "write";
  const steps = tools.flatMap((tool): Step[] => {
    if (tool === failed.tool) {
      if (hasValue) return [mended()];
      return [tools.length > 1 || saysTheSame(text) ? { call: failed } : changed];
    }
    if (!isWrite(tool)) return [];
    if (reading !== "otherTools") return [{ fits: (call) => call.tool === tool }];
    return [{ fits: (call) => isWrite(call.tool) && call.tool !== failed.tool && !tools.includes(call.tool) }];
  });
  if (hasValue && !tools.includes(failed.tool)) steps.push(mended());
  return steps.length > 0 || tools.length > 0 || !saysTheSame(text) ? steps : [{ call: failed }];
}

/** Whether a sentence of a hint says to make the failed call as it was, with nothing to be done or changed before. */
function saysTheSame(text: string): boolean {
  return text
    .split(/(?<=[.!?])\s+/)
    .some(
      (sentence) =>
        /\b(?:same|once more|again|repeat|retry)\b/iu.test(sentence) &&
        !/\b(?:failed|first|then|after|before|until|instead|with(?! the same)|other|another|change|different)\b/iu.test(
          sentence,
        ),
    );
}
