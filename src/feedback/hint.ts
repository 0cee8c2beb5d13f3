import type { Environment } from "../core/environment.ts";
import type { Advice } from "./advice.ts";
import { ago, type History, lastSuccess } from "./history.ts";
import { type HintLevel, reaches } from "./level.ts";

/** What a model reads about its failed call, and the same as data. */
export interface Hint {
  readonly level: Exclude<HintLevel, "off">;
  readonly text: string;
  readonly suggestion: Suggestion;
}

/** A hint as data; everything in it stands in the hint's text too. */
export interface Suggestion {
  readonly unmet?: readonly string[];
  readonly argument?: string;
  readonly values?: readonly unknown[];
  readonly tools?: readonly string[];
}

/** The sentences and the data of one level. */
export function hintAt(
  level: HintLevel,
  advice: Advice,
  { offered, history, environment, repeated }: HintMoment,
): Hint | undefined {
  if (level === "off") return undefined;
  const { unmet, argument, values, tools = [], anew = false } = advice;
  const sentences = [advice.diagnose];
  if (repeated) sentences.push(repeated);
  if (reaches(level, "guide")) {
    sentences.push(advice.guide);
    const known = (anew ? [] : tools)
      .filter((tool) => environment.tools[tool]?.effect === "read")
      .map((tool) => lastSuccess(history, tool))
      .find((past) => past !== undefined);
    if (known) sentences.push(`Look again at what '${known.call.tool}' returned ${ago(known)}.`);
  }
  const direct = level === "direct" && tools.every((tool) => offered.has(tool));
  if (direct) sentences.push(advice.direct);
  return {
    level,
    text: sentences.filter((sentence) => sentence !== "").join(" "),
    suggestion: {
      ...(unmet && unmet.length > 0 ? { unmet } : {}),
      ...(argument !== undefined && reaches(level, "guide") ? { argument } : {}),
      ...(values && values.length > 0 && reaches(level, "guide") ? { values } : {}),
      ...(direct && tools.length > 0 ? { tools } : {}),
    },
  };
}

/** What the levels themselves look at, whatever the author wrote. */
export interface HintMoment {
  readonly environment: Environment;
  readonly offered: ReadonlySet<string>;
  readonly history: History;
  /** A sentence about the same call having failed before. */
  readonly repeated?: string;
}
