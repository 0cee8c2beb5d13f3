import type { Environment } from "../core/environment.ts";
import type { CallOf, Tools } from "../core/tool.ts";
import type { Goal } from "./goal.ts";
import { issueProblems } from "./issue.ts";
import { DataError, pathText } from "./problem.ts";
import { Task } from "./task.ts";

/** One user message and what should follow it, in calls that the compiler holds against the environment's tools. */
export interface TypedTurn<T extends Tools> {
  readonly user: string;
  /** Empty where the right answer is to call nothing. */
  readonly groundTruth: readonly CallOf<T>[];
  readonly goal?: Goal;
  readonly holdOut?: readonly (keyof T & string)[];
  readonly release?: readonly (keyof T & string)[];
}

/** A task as an author writes it in TypeScript. */
export interface TypedTask<T extends Tools, C> {
  readonly id: string;
  /** The task's own id unless given: no variant of any other. */
  readonly family?: string;
  /** `base` unless given. */
  readonly category?: Task["category"];
  /** What the environment starts from; of joined ones, by the name of each. */
  readonly config: C;
  readonly longContext?: boolean;
  readonly excluded?: readonly (keyof T & string)[];
  readonly turns: readonly TypedTurn<T>[];
}

/**
 * Tasks of one environment, or of joined ones, checked by the compiler: a misspelt tool or argument, and a value of the wrong type,
 * is an error at its call. What only a run can tell (that calls succeed, that all of them matter) is for `verify`.
 */
export function defineTasks<S, T extends Tools, C>(
  environment: Environment<S, T, C>,
  tasks: readonly NoInfer<TypedTask<T, C>>[],
): readonly Task[] {
  const { name, parts } = environment;
  const isJoined = parts[name] !== (environment as Environment);
  const environments = isJoined ? Object.keys(parts) : [name];
  return tasks.map(({ config, ...task }) => {
    const own = isJoined ? config : { [name]: config };
    const whole = { ...{ family: task.id, category: "base", environments, config: own }, ...task };
    const read = Task.safeParse(whole);
    if (read.success) return read.data;
    const problems = issueProblems(read.error.issues, whole);
    throw new DataError(
      `a task of ${name} cannot be used`,
      problems.map(({ path, message }) => ({ file: `task '${task.id}'`, path: pathText(path), message })),
    );
  });
}
