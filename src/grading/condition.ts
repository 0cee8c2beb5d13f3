import type { Environment } from "../core/environment.ts";
import { ownerOf } from "../core/owner.ts";
import {
  alternatives,
  type CallCondition,
  type Condition,
  type Expectation,
  expectationNames,
  isCallCondition,
  type SingleCondition,
  type StateCondition,
} from "../task/goal.ts";
import type { Execution } from "./execution.ts";
import { namedCall } from "./named-call.ts";
import { fieldsOf } from "./state-change.ts";
import { valuesAt } from "./state-path.ts";

/** A moment at which a condition is looked at: the state, and the calls that count by then. */
export interface GoalMoment {
  readonly state: object;
  readonly executions: readonly Execution[];
}

export const holds = (condition: Condition, environment: Environment, moment: GoalMoment): boolean =>
  alternatives(condition).some((one) =>
    isCallCondition(one)
      ? moment.executions.some((execution) => isSuchCall(one, environment, execution))
      : holdsInState(one, environment, moment.state),
  );

function holdsInState(condition: StateCondition, environment: Environment, state: object): boolean {
  const found = valuesAt(environment, state, condition.path);
  const { same } = partOf(environment, condition.path).notation;
  const met = (value: unknown) =>
    expectationNames.every((name) => condition[name] === undefined || checks[name](value, condition[name], same));
  // Where nothing is there, the condition may still ask for just that.
  return found.length === 0 ? met(undefined) : found.some(met);
}

type Same = (a: unknown, b: unknown) => boolean;
const checks: Readonly<Record<Expectation, (value: unknown, wanted: any, same: Same) => boolean>> = {
  exists: (value, wanted: boolean) => (value !== undefined) === wanted,
  equals: (value, wanted, same) => value !== undefined && same(value, wanted),
  oneOf: (value, wanted: readonly unknown[], same) =>
    value !== undefined && wanted.some((choice) => same(value, choice)),
  contains: (value, wanted, same) => {
    if (typeof value === "string") return typeof wanted === "string" && value.includes(wanted);
    const list = fieldsOf(value);
    return list?.kind === "list" && [...list.fields.values()].some((item) => same(item, wanted));
  },
  atLeast: (value, wanted: number) => numberOf(value) >= wanted,
  atMost: (value, wanted: number) => numberOf(value) <= wanted,
};

/** Not a number for anything that is none; Python's floats are tagged where JSON would not show them as such. */
function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  const { $float, $int } = Object(value) as { readonly $float?: string; readonly $int?: string };
  return Number($float ?? $int ?? Number.NaN);
}

/** Whether a call is one that a condition asks for. What a schema puts in for an argument left out counts as given. */
export function isSuchCall({ tool, args = {}, ok = true }: CallCondition, environment: Environment, made: Execution) {
  if (made.tool !== tool || made.outcome.ok !== ok) return false;
  const call = namedCall(environment, made.call);
  const owner = ownerOf(environment, tool, made.state);
  if (!call || !owner) return false;
  const parsed = owner.part.tools[tool]!.spec.args.safeParse(call.args);
  const given = { ...call.args, ...(parsed.success ? parsed.data : {}) };
  return Object.entries(args).every(
    ([name, value]) => Object.hasOwn(given, name) && owner.part.notation.same(given[name], value),
  );
}

const partOf = (environment: Environment, path: string): Environment =>
  environment.parts[path.split("/")[0]!] ?? environment;

/** A condition in words that a person reads: `ShopAPI/orders/1002/status is "cancelled"`. */
export const conditionText = (condition: Condition): string => alternatives(condition).map(singleText).join(", or ");

function singleText(condition: SingleCondition): string {
  if (isCallCondition(condition)) {
    const args = Object.entries(condition.args ?? {}).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return `${condition.tool}(${args.join(", ")}) ${condition.ok === false ? "called and failed" : "called with success"}`;
  }
  const said = expectationNames.filter((name) => condition[name] !== undefined);
  return `${condition.path} ${said.map((name) => words[name](condition[name])).join(" and ")}`;
}

const words: Readonly<Record<Expectation, (wanted: any) => string>> = {
  exists: (wanted: boolean) => (wanted ? "is there" : "is not there"),
  equals: (wanted) => `is ${JSON.stringify(wanted)}`,
  oneOf: (wanted: readonly unknown[]) => `is one of ${wanted.map((choice) => JSON.stringify(choice)).join(", ")}`,
  contains: (wanted) => `holds ${JSON.stringify(wanted)}`,
  atLeast: (wanted: number) => `is at least ${wanted}`,
  atMost: (wanted: number) => `is at most ${wanted}`,
};

/** What a condition wants at its path, as a value for a diff: the value itself where it names one, else its words. */
export function wantedValue(condition: StateCondition): unknown {
  if (condition.equals !== undefined) return condition.equals;
  if (condition.exists === false) return undefined;
  const said = expectationNames.filter((name) => condition[name] !== undefined);
  return said.map((name) => words[name](condition[name])).join(" and ");
}
