import type { Environment } from "../core/environment.ts";
import type { FailureSpecs } from "../core/outcome.ts";
import type { ArgsOf, FailureFrom, Tool, Tools } from "../core/tool.ts";
import { type Advice, isSilence, type Silence } from "./advice.ts";
import { declaredFailures } from "./declared-failures.ts";
import type { History } from "./history.ts";

/** What a hint may look at: the action, the state and the history. Nothing here knows the task. */
export interface HintContext<S = any, A = any, E = any> {
  /** The state of the tool's own environment, after the failed call. */
  readonly state: S;
  readonly args: A;
  readonly error: E;
  readonly history: History;
  /** The tools that the model may call now. */
  readonly offered: ReadonlySet<string>;
}

/** A hint on one failure, or why there is none. */
export type HintRule<S = any, A = any, E = any> = Silence | ((context: HintContext<S, A, E>) => Advice | Silence);

type Declared<T> = T extends Tool<any, any, any, infer F> ? (FailureSpecs extends F ? never : keyof F & string) : never;
type Rules<S, T> = {
  readonly [C in Declared<T>]: HintRule<S, ArgsOf<T>, Extract<FailureFrom<T>, { code: C }>>;
};
/** Tools that declare failures. A key remapped by `as` would leave the rules' parameters without a type. */
type Failing<T extends Tools> = { [K in keyof T & string]: [Declared<T[K]>] extends [never] ? never : K }[keyof T &
  string];
/** A rule for each failure of each tool that declares any; leaving one out does not compile. */
export type HintTable<S, T extends Tools> = {
  readonly [K in Failing<T>]: Rules<S, T[K]>;
};

/** The hints of one environment, beside its tools and never in them. */
export interface Hints {
  readonly environment: Environment;
  readonly rules: Readonly<Record<string, Readonly<Record<string, HintRule>>>>;
}

/**
 * Declares the hints of an environment, exhaustively: a failure without a rule or an explicit `silent("why")` does not compile.
 * Throws where the rules and the environment disagree all the same, naming tool and code.
 */
export function defineHints<S, T extends Tools, C>(
  environment: Environment<S, T, C>,
  rules: NoInfer<HintTable<S, T>>,
): Hints {
  const given = rules as Hints["rules"];
  for (const { tool, code } of declaredFailures(environment as Environment))
    if (!given[tool]?.[code])
      throw new Error(`${environment.name}: ${tool} fails with '${code}', for which there is no hint`);
  for (const [tool, codes] of Object.entries(given))
    for (const [code, rule] of Object.entries(codes)) {
      if (!Object.hasOwn((environment.tools as Tools)[tool]?.spec.failures ?? {}, code))
        throw new Error(`${environment.name}: there is a hint for '${tool}' failing with '${code}', which it does not`);
      if (isSilence(rule) && rule.silent.trim() === "")
        throw new Error(`${environment.name}: the silence on '${tool}' failing with '${code}' needs a reason`);
    }
  return { environment: environment as Environment, rules: given };
}
