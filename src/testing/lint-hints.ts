import type { Call } from "../core/call.ts";
import type { Environment } from "../core/environment.ts";
import type { Failure } from "../core/outcome.ts";
import { ownerOf } from "../core/owner.ts";
import type { Tools } from "../core/tool.ts";
import { type Advice, isSilence, type Silence } from "../feedback/advice.ts";
import { declaredFailures } from "../feedback/declared-failures.ts";
import { adviceOn, type HintLibrary, hintOn } from "../feedback/feedback.ts";
import type { Hint } from "../feedback/hint.ts";
import { hintLevels } from "../feedback/level.ts";
import type { GroundTruth } from "../grading/ground-truth.ts";
import { failingMoments, type TaskMoment, wanderingMoments } from "./failing-moments.ts";
import { comingCalls, completeCalls, type Leak, mostCandidates, unseenValues } from "./lint-solution.ts";
import { isSeen, isShown, namesTool, plain, quotedIn } from "./lint-words.ts";

/** What hints must obey; docs/feedback.md says why. */
export const lintRules = {
  missing: "every declared failure has a hint or a reason for silence",
  recoverable: "everything in a suggestion stands in the hint's text",
  narrow: "a hint names at most three values",
  nameless: "below `direct`, an author's sentences name no tool",
  available: "a tool that is named exists and can be called now",
  real: "a name in quotes stands in the state, the failure, the call, what was said or the tools' documents",
  differs: "a value that is suggested makes the call succeed, or fail differently",
  leads: "where tools are named for a condition that the failed tool requires, one of them provides it",
  unseen: "`diagnose` tells no value of a coming ground truth that the model has not seen",
  recovery:
    "`guide` tells a value of a coming ground truth that the model has not seen only where at most three are told, all shown by the environment",
  solution: "below `direct`, no hint holds a complete call of a coming ground truth",
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
  /** Declared failures of the tasks' environments that were met, of how many there are. */
  readonly met: number;
  readonly declared: number;
  /** Those that were not met, so that nothing was said of their hints. */
  readonly unmet: readonly { readonly tool: string; readonly code: string }[];
  readonly findings: readonly LintFinding[];
  /** Hints at `guide` that tell something of a coming ground truth in order to help a failed call on: allowed, and counted. */
  readonly exceptions: readonly LintFinding[];
}

/** Random calls a task, besides the walk along its ground truth. */
const defaultSteps = 20;

/** Looks at the hints on the failures of many tasks. `truths` may be made as they are asked for. */
export function lintHints(
  library: HintLibrary,
  truths: Iterable<GroundTruth>,
  seed = "0",
  wanderingSteps = defaultSteps,
): LintReport {
  const findings = new Findings();
  const exceptions = new Findings();
  const met = new Set<string>();
  let failures = 0;
  let tasks = 0;
  const walked = new Set<string>();
  for (const truth of truths) {
    tasks++;
    for (const name of truth.task.environments) walked.add(name);
    for (const moment of [...failingMoments(truth, seed), ...wandering(truth, seed, wanderingSteps)]) {
      failures++;
      met.add(`${moment.call.tool} ${moment.error.code}`);
      for (const { rule, detail, excused } of violations(library, moment, truth))
        (excused ? exceptions : findings).add(rule, detail, moment);
    }
  }
  const looked = Object.entries(library).filter(([name]) => walked.has(name));
  const declared = looked.flatMap(([, { environment }]) => declaredFailures(environment));
  const unmet = declared.filter(({ tool, code }) => !met.has(`${tool} ${code}`));
  return {
    tasks,
    failures,
    met: declared.length - unmet.length,
    declared: declared.length,
    unmet,
    findings: findings.list,
    exceptions: exceptions.list,
  };
}

/** Walks of some steps each, so that not all is seen at their end: in the last turn, and in the first, where most is still to come. */
function* wandering(truth: GroundTruth, seed: string, steps: number): Generator<TaskMoment> {
  for (let made = 0; made < steps; made += defaultSteps) {
    const own = made === 0 ? seed : `${seed} ${made}`;
    const length = Math.min(defaultSteps, steps - made);
    yield* wanderingMoments(truth, own, length);
    if (truth.task.turns.length > 1) yield* wanderingMoments(truth, own, length, 0);
  }
}

/** One finding a rule, tool and code, with how often it was made. */
class Findings {
  readonly #byKey = new Map<string, { -readonly [K in keyof LintFinding]: LintFinding[K] }>();

  add(rule: LintRule, detail: string, { task, call: { tool }, error: { code } }: TaskMoment): void {
    const key = JSON.stringify([rule, tool, code]);
    const known = this.#byKey.get(key);
    if (known) known.times++;
    else this.#byKey.set(key, { rule, tool, code, detail, task, times: 1 });
  }

  get list(): LintFinding[] {
    return [...this.#byKey.values()];
  }
}

interface Violation {
  readonly rule: LintRule;
  readonly detail: string;
  readonly excused?: boolean;
}

function* violations(library: HintLibrary, moment: TaskMoment, truth: GroundTruth): Generator<Violation> {
  let advice: Advice | Silence | undefined;
  try {
    advice = adviceOn(library, moment);
  } catch (error) {
    yield {
      rule: "throws",
      detail: `${JSON.stringify(moment.call).slice(0, 200)}: ${(error as Error).message}`,
    };
    return;
  }
  const owner = ownerOf(moment.environment, moment.call.tool, moment.state);
  if (advice === undefined && owner && library[owner.name]) yield { rule: "missing", detail: moment.error.message };
  if (advice === undefined || isSilence(advice)) return;
  yield* adviceViolations(advice, moment);
  const coming = comingCalls(truth, moment.turn);
  for (const level of hintLevels) {
    const hint = hintOn(library, moment, level);
    if (!hint) continue;
    yield* hintViolations(hint, moment);
    yield* suggestionViolations(hint, moment);
    yield* leaks(hint, moment, coming);
  }
}

/** What a hint below `direct` tells of the ground truth. */
function* leaks(hint: Hint, moment: TaskMoment, coming: readonly Call[]): Generator<Violation> {
  const { level, text } = hint;
  if (level === "direct") return;
  const found = (rule: LintRule, { detail, recovery }: Leak): Violation => {
    const excused = level === "guide" && recovery !== undefined;
    return { rule, detail: excused ? `${recovery}: ${detail}` : `${level}: ${detail}`, excused };
  };
  for (const leak of completeCalls(hint, moment, coming)) yield found("solution", leak);
  const rule = level === "diagnose" ? "unseen" : "recovery";
  for (const leak of unseenValues(text, moment, coming)) yield found(rule, leak);
}

function* adviceViolations(advice: Advice, { environment, call, error }: TaskMoment): Generator<Violation> {
  // A name that is misspelt would only keep its sentence from ever being shown.
  for (const tool of advice.tools ?? [])
    if (!Object.hasOwn(environment.tools, tool))
      yield { rule: "available", detail: `no tool is named '${tool}': ${advice.direct}` };
  yield* misleading(advice, environment, call);
  // The names of tools are what an unknown tool's hint is about, and signatures name their own tool.
  const declared = Object.hasOwn(environment.tools[call.tool]?.spec.failures ?? {}, error.code);
  if (!declared) return;
  for (const sentence of [advice.diagnose, advice.guide])
    for (const tool of Object.keys(environment.tools))
      if (tool !== call.tool && namesTool(sentence, tool))
        yield { rule: "nameless", detail: `'${tool}' in: ${sentence}` };
}

/** Tools named for what is unmet, none of which brings about any of it, by what the author declares of them. */
function* misleading(advice: Advice, environment: Environment, call: Call): Generator<Violation> {
  const tools: Tools = environment.tools;
  const named = (advice.tools ?? []).filter((tool) => tools[tool]?.effect === "write");
  if (named.length === 0) return;
  const { unmet = [] } = advice;
  const required = (tools[call.tool]?.spec.requires ?? []).filter((condition) => unmet.includes(condition));
  const providers = Object.keys(tools).filter((tool) =>
    required.some((condition) => tools[tool]!.spec.provides?.includes(condition)),
  );
  if (providers.length === 0 || named.some((tool) => providers.includes(tool))) return;
  yield {
    rule: "leads",
    detail: `'${named.join("', '")}' for '${required.join("', '")}', which is provided by '${providers.join("', '")}'`,
  };
}

function* hintViolations({ level, text, suggestion }: Hint, moment: TaskMoment): Generator<Violation> {
  const { environment, call, offered } = moment;
  const { unmet = [], argument, values = [], tools = [] } = suggestion;
  const parts = [...unmet, ...(argument === undefined ? [] : [argument]), ...values.map(plain), ...tools];
  for (const part of parts)
    if (!text.includes(part)) yield { rule: "recoverable", detail: `${level}: '${part}' is not in: ${text}` };
  if (values.length > mostCandidates) yield { rule: "narrow", detail: `${level}: ${values.length} values in: ${text}` };
  if (text.length > 1200)
    yield { rule: "short", detail: `${level}: ${text.length} characters: ${text.slice(0, 100)}…` };
  const quoted = quotedIn(text);
  const named = quoted.filter((name) => name !== call.tool && Object.hasOwn(environment.tools, name));
  for (const tool of new Set([...tools, ...named]))
    if (!offered.has(tool) || !Object.hasOwn(environment.tools, tool))
      yield { rule: "available", detail: `${level}: '${tool}' in: ${text}` };
  // A suggested value may be new, such as a date written anew: whether it is right is tried.
  for (const name of quoted)
    if (!values.includes(name) && !isReal(name, moment))
      yield { rule: "real", detail: `${level}: '${name}' in: ${text}` };
}

/** Paths are looked up name by name, and long texts as far as a hint shows them. */
function isReal(name: string, moment: TaskMoment): boolean {
  const known = (part: string) => !/[\p{L}\p{N}]/u.test(part) || isSeen(part, moment) || isShown(part, moment);
  if (!name.endsWith("…")) return known(name) || name.split("/").every(known);
  const begun = JSON.stringify(name.slice(0, -1)).slice(1, -1);
  return JSON.stringify([moment.call, moment.error, moment.state]).includes(begun);
}

/** A value that is suggested must make a difference. */
function* suggestionViolations({ level, text, suggestion }: Hint, moment: TaskMoment): Generator<Violation> {
  const { environment, call, before, error } = moment;
  const { argument, values = [] } = suggestion;
  if (level !== "guide" || argument === undefined || !Object.hasOwn(call.args, argument)) return;
  for (const value of values) {
    const { outcome } = environment.step(before, { ...call, args: { ...call.args, [argument]: value } } as never);
    if (outcome.ok || outcome.error.code !== error.code) continue;
    // A failure that only repeats the value it was given is the same.
    const without = (failure: Failure, given: unknown) =>
      JSON.stringify([failure.message, failure.data]).replaceAll(JSON.stringify(plain(given)).slice(1, -1), "…");
    if (without(outcome.error, value) === without(error, call.args[argument]))
      yield {
        rule: "differs",
        detail: `${argument}=${plain(value)} fails just as ${JSON.stringify(call.args[argument])} did: ${text}`,
      };
  }
}
