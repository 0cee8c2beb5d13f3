import { z } from "zod";
import { parseAnswer } from "../python/answer.ts";
import { callText } from "../python/call-text.ts";
import { entriesOf } from "../python/dict.ts";
import { parseJson } from "../python/json.ts";
import { isDict } from "../python/kind.ts";
import type { PyValue } from "../python/value.ts";
import type { Trajectory } from "./trajectory.ts";

/** One line of the result file that BFCL's generator writes. `result` is no list where inference itself failed. */
export const ResultEntry = z.looseObject({ id: z.string(), result: z.unknown() });
export type ResultEntry = z.output<typeof ResultEntry>;

/**
 * A result as call texts, as the reference decodes it: turn, step, call. A step of tool calls is a list of `{name: arguments}`,
 * a step of the prompting form is a text. A step that does not decode, or holds no call, is dropped, as in the reference.
 * Undefined where the result is no list of turns.
 */
export function decodeResult(result: unknown): Trajectory | undefined {
  if (!Array.isArray(result)) return undefined;
  return result.map((turn: unknown) =>
    (Array.isArray(turn) ? turn : []).map(decodeStep).filter((calls): calls is string[] => (calls?.length ?? 0) > 0),
  );
}

function decodeStep(step: unknown): string[] | undefined {
  if (typeof step === "string") return decodeText(step);
  if (typeof step !== "object" || step === null) return undefined;
  const texts: string[] = [];
  for (const calls of Array.isArray(step) ? step : [step]) {
    if (typeof calls !== "object" || calls === null) return undefined;
    for (const [tool, written] of Object.entries(calls)) {
      const values = readArguments(written);
      if (values === undefined) return undefined;
      texts.push(callText(tool, values));
    }
  }
  return texts;
}

function readArguments(written: unknown): [string, PyValue][] | undefined {
  if (typeof written !== "string") return undefined;
  try {
    const value = parseJson(written);
    return isDict(value) ? (entriesOf(value) as [string, PyValue][]) : undefined;
  } catch {
    return undefined;
  }
}

/** The prompting form; the reference drops positional arguments here. */
function decodeText(text: string): string[] | undefined {
  const calls = parseAnswer(text);
  return "ok" in calls ? undefined : calls.map(({ tool, named }) => callText(tool, named));
}
