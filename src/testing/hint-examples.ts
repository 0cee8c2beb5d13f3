import { isSilence } from "../feedback/advice.ts";
import { declaredFailures } from "../feedback/declared-failures.ts";
import { adviceOn, type HintLibrary, hintOn } from "../feedback/feedback.ts";
import { type HintLevel, hintLevels } from "../feedback/level.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { failingMoments, type TaskMoment, wanderingMoments } from "./failing-moments.ts";

/** One declared failure as a model meets it: what the tool says, and what the hint adds at each level. */
export interface HintExample {
  readonly environment: string;
  readonly tool: string;
  readonly code: string;
  /** Why the author chose silence. */
  readonly silent?: string;
  /** Undefined where no failure of this kind was met. */
  readonly message?: string;
  /** The sentences that each level adds to the ones before it. */
  readonly adds?: Readonly<Partial<Record<HintLevel, string>>>;
}

/** An example of each failure that the tasks' environments declare, met on walks through them; in the library's order. */
export function hintExamples(library: HintLibrary, truths: readonly GroundTruth[], seed = "0"): HintExample[] {
  const met = new Map<string, TaskMoment>();
  for (const truth of truths)
    for (const moment of [...failingMoments(truth, seed), ...wanderingMoments(truth, seed, wanderingSteps)]) {
      const key = `${moment.call.tool} ${moment.error.code}`;
      // The shortest arguments make the plainest example.
      const known = met.get(key);
      if (!known || sizeOf(moment) < sizeOf(known)) met.set(key, moment);
    }
  const walked = new Set(truths.flatMap(({ task }) => task.environments));
  const entries = Object.entries(library).filter(([name]) => walked.has(name));
  return entries.flatMap(([name, { environment, rules }]) =>
    declaredFailures(environment).map(({ tool, code }): HintExample => {
      const moment = met.get(`${tool} ${code}`);
      const advice = moment ? adviceOn(library, moment) : rules[tool]?.[code];
      const silence = advice && typeof advice === "object" && isSilence(advice) ? { silent: advice.silent } : {};
      return { environment: name, tool, code, ...silence, ...(moment ? shown(library, moment) : {}) };
    }),
  );
}
const wanderingSteps = 300;

const sizeOf = ({ call, text }: TaskMoment): number => JSON.stringify(call.args).length + text.length;

function shown(library: HintLibrary, moment: TaskMoment): Pick<HintExample, "message" | "adds"> {
  const adds: Partial<Record<HintLevel, string>> = {};
  let before = "";
  for (const level of hintLevels) {
    const text = hintOn(library, moment, level)?.text ?? "";
    if (text !== before) adds[level] = text.startsWith(before) ? text.slice(before.length).trim() : text;
    before = text;
  }
  return { message: moment.text, adds };
}
