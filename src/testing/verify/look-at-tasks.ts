import type { GroundTruth } from "../../grading/ground-truth.ts";
import type { Task } from "../../task/task.ts";
import { changeTheDraft, isOfFrozen } from "../laws/frozen.ts";
import type { Finding } from "./check.ts";
import { truthOf, type VerifySubject } from "./subject.ts";

const opening = "it throws ";

/**
 * Looks at the tasks one by one. What throws on the way (a tool, a hint, a comparison) is a finding of its task, and the others are
 * looked at all the same.
 */
export function lookAtTasks(
  subject: VerifySubject,
  findings: Finding[],
  look: (task: Task, truth: GroundTruth) => void,
): void {
  for (const task of subject.tasks)
    try {
      look(task, truthOf(subject, task));
    } catch (error) {
      findings.push({ task: task.id, ...thrown(error) });
    }
}

/** The ground truths of some tasks as they are asked for; those that cannot be replayed are findings instead. */
export function* replayed(subject: VerifySubject, tasks: Iterable<Task>, findings: Finding[]): Generator<GroundTruth> {
  for (const task of tasks) {
    let truth: GroundTruth;
    try {
      truth = truthOf(subject, task);
    } catch (error) {
      findings.push({ task: task.id, ...thrown(error) });
      continue;
    }
    yield truth;
  }
}

/** What an author reads of an error that no check expects, with the line of code that it comes from. */
export function thrown(error: unknown): Pick<Finding, "problem" | "fix"> {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : `a ${typeof error}, which is no Error`;
  const [, file] =
    /\n +at [^\n]*?([^/\\\n(]+:\d+):\d+\)?(?=\n|$)/.exec((error as Error | undefined)?.stack ?? "") ?? [];
  return {
    problem: `${opening}${what}${file === undefined ? "" : ` (${file})`}`,
    fix: isOfFrozen(error)
      ? changeTheDraft
      : "let a tool declare in `failures` what a model may do wrong, and return fail.code(data); the checks laws and hint-lint name what throws",
  };
}

export const isThrown = ({ problem }: Finding): boolean => problem.startsWith(opening);
