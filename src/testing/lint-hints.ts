import { ownerOf } from "../core/owner.ts";
import { type Advice, isSilence, type Silence } from "../feedback/advice.ts";
import { declaredFailures } from "../feedback/declared-failures.ts";
import { adviceOn, type HintLibrary, hintOn } from "../feedback/feedback.ts";
import type { Hint } from "../feedback/hint.ts";
import { hintLevels } from "../feedback/level.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { failingMoments, type TaskMoment, wanderingMoments } from "./failing-moments.ts";

/** What hints must obey; docs/feedback.md says why. */
export const lintRules = {
  missing: "every declared failure has a hint or a reason for silence",
  recoverable: "everything in a suggestion stands in the hint's text",
  narrow: "a hint names at most three values",
  nameless: "below `direct`, an author's sentences name no tool",
  available: "a tool that is named exists and can be called now",
  differs: "a value that is suggested makes the call succeed, or fail differently",
  unseen: "`diagnose` tells no value of a coming ground truth that the model has not seen",
  short: "a hint has at most 1,200 characters",
  throws: "a hint never throws",
} as const;
export type LintRule = keyof typeof lintRules;

export interface LintFinding {
  readonly rule: LintRule;
  readonly tool: string;
  readonly code: string;
  readonly detail: string;
  /** The first place where it was found, and how often it was. */
  readonly task: string;
  readonly times: number;
}

export interface LintReport {
  readonly tasks: number;
  /** Failures looked at. */
  readonly failures: number;
  /** Declared failures that were met, of how many there are. */
  readonly met: number;
  readonly declared: number;
  readonly findings: readonly LintFinding[];
}

/** Random calls a task, besides the walk along its ground truth. */
const wanderingSteps = 20;

/** Looks at the hints on the failures of many tasks. `truths` may be made as they are asked for. */
export function lintHints(library: HintLibrary, truths: Iterable<GroundTruth>, seed = "0"): LintReport {
  const findings = new Map<string, { -readonly [K in keyof LintFinding]: LintFinding[K] }>();
  const met = new Set<string>();
  let failures = 0;
  let tasks = 0;
  for (const truth of truths) {
    tasks++;
    for (const moment of [...failingMoments(truth, seed), ...wanderingMoments(truth, seed, wanderingSteps)]) {
      failures++;
      const { call, error, task } = moment;
      met.add(`${call.tool} ${error.code}`);
      for (const [rule, detail] of violations(library, moment, truth)) {
        const key = JSON.stringify([rule, call.tool, error.code]);
        const known = findings.get(key);
        if (known) known.times++;
        else findings.set(key, { rule, tool: call.tool, code: error.code, detail, task, times: 1 });
      }
    }
  }
  const declared = Object.values(library).flatMap(({ environment }) => declaredFailures(environment));
  return {
    tasks,
    failures,
    met: declared.filter(({ tool, code }) => met.has(`${tool} ${code}`)).length,
    declared: declared.length,
    findings: [...findings.values()],
  };
}

type Violation = readonly [rule: LintRule, detail: string];

function* violations(library: HintLibrary, moment: TaskMoment, truth: GroundTruth): Generator<Violation> {
  let advice: Advice | Silence | undefined;
  try {
    advice = adviceOn(library, moment);
  } catch (error) {
    yield ["throws", `${JSON.stringify(moment.call).slice(0, 200)}: ${(error as Error).message}`];
    return;
  }
  const owner = ownerOf(moment.environment, moment.call.tool, moment.state);
  if (advice === undefined && owner && library[owner.name]) yield ["missing", moment.error.message];
  if (advice === undefined || isSilence(advice)) return;
  yield* adviceViolations(advice, moment);
  yield* unseenValues(advice, moment, truth);
  for (const level of hintLevels) {
    const hint = hintOn(library, moment, level);
    if (hint) yield* hintViolations(hint, moment);
  }
}

function* adviceViolations(advice: Advice, { environment, call, error }: TaskMoment): Generator<Violation> {
  // The names of tools are what an unknown tool's hint is about, and signatures name their own tool.
  const declared = Object.hasOwn(environment.tools[call.tool]?.spec.failures ?? {}, error.code);
  if (!declared) return;
  for (const sentence of [advice.diagnose, advice.guide])
    for (const tool of Object.keys(environment.tools))
      if (tool !== call.tool && namesTool(sentence, tool)) yield ["nameless", `'${tool}' in: ${sentence}`];
}

/** Many tools have names that are plain words ("add"): those count only in quotes. */
function namesTool(sentence: string, tool: string): boolean {
  if (!sentence.includes(tool)) return false;
  if (/^[a-z]+$/.test(tool)) return sentence.includes(`'${tool}'`);
  return new RegExp(`(?<![A-Za-z0-9_])${tool}(?![A-Za-z0-9_])`).test(sentence);
}

function* hintViolations({ level, text, suggestion }: Hint, moment: TaskMoment): Generator<Violation> {
  const { environment, call, before, error, offered } = moment;
  const { unmet = [], argument, values = [], tools = [] } = suggestion;
  const parts = [...unmet, ...(argument === undefined ? [] : [argument]), ...values.map(plain), ...tools];
  for (const part of parts) if (!text.includes(part)) yield ["recoverable", `${level}: '${part}' is not in: ${text}`];
  if (values.length > 3) yield ["narrow", `${level}: ${values.length} values in: ${text}`];
  for (const tool of tools)
    if (!offered.has(tool) || !Object.hasOwn(environment.tools, tool)) yield ["available", `${level}: '${tool}'`];
  if (text.length > 1200) yield ["short", `${level}: ${text.length} characters: ${text.slice(0, 100)}…`];
  if (level !== "guide" || argument === undefined || !Object.hasOwn(call.args, argument)) return;
  for (const value of values) {
    const { outcome } = environment.step(before, { ...call, args: { ...call.args, [argument]: value } } as never);
    if (!outcome.ok && outcome.error.code === error.code && outcome.error.message === error.message)
      yield [
        "differs",
        `${argument}=${plain(value)} fails just as ${JSON.stringify(call.args[argument])} did: ${text}`,
      ];
  }
}

const plain = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  const tagged = Object.values(value);
  return tagged.length === 1 && typeof tagged[0] === "string" ? tagged[0] : JSON.stringify(value);
};

/** Texts of ground-truth arguments from here on that neither the dialogue, nor a result, nor the failed call shows. */
function* unseenValues(advice: Advice, moment: TaskMoment, truth: GroundTruth): Generator<Violation> {
  const { call, text, history, said, turn } = moment;
  const shown = [text, JSON.stringify(call.args), ...said, ...history.map((past) => past.text)];
  for (const { groundTruth } of truth.task.turns.slice(turn))
    for (const { args } of groundTruth)
      for (const value of Object.values(args))
        if (
          typeof value === "string" &&
          value.length >= 5 &&
          advice.diagnose.includes(value) &&
          !shown.some((one) => one.includes(value))
        )
          yield ["unseen", `'${value}' in: ${advice.diagnose}`];
}
