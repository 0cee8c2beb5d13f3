import { seededRandom } from "../../core/seeded-random.ts";
import { grade } from "../../grading/grade.ts";
import { profiles } from "../../grading/profile.ts";
import type { Task } from "../../task/task.ts";
import type { Check, Finding } from "./check.ts";
import { lookAtTasks } from "./look-at-tasks.ts";
import { solutionOf, trajectoryOf, turnsOf } from "./passes-with.ts";

/** Up to so many tasks every pair is tried; beyond, a sample of others for each. */
const mostPaired = 200;
const sampled = 40;

export const ownSolutionsCheck: Check = {
  name: "own-solutions",
  ofTasks: true,
  statement:
    "no task is passed by the ground truth of another one in the same environments, variants of its family aside",
  run(subject) {
    const { tasks, quick, seed } = subject;
    const findings: Finding[] = [];
    const groups = new Map<string, Task[]>();
    for (const task of tasks) groups.set(kindOf(task), [...(groups.get(kindOf(task)) ?? []), task]);
    let pairs = 0;
    let all = 0;
    lookAtTasks(subject, findings, (task, truth) => {
      const others = groups.get(kindOf(task))!.filter(({ family }) => family !== task.family);
      all += others.length;
      const tried =
        tasks.length <= mostPaired && !quick ? others : sample(others, quick ? 4 : sampled, `${seed} ${task.id}`);
      const first = task.turns[0]!.goal ? undefined : turnsOf(truth, 0, 1);
      for (const other of tried) {
        pairs++;
        const solution = trajectoryOf(solutionOf(other));
        // Nearly all fail in the first turn already.
        if (first && !grade(first, solution.slice(0, 1), profiles.strict).valid) continue;
        if (!grade(truth, solution, profiles.strict).valid) continue;
        findings.push({
          task: task.id,
          problem: `the ground truth of '${other.id}' passes it`,
          fix: "one of the two is superfluous, or goes into the other's family; or narrow the goal",
        });
      }
    });
    return { findings, figures: { pairs, "pairs there are": all } };
  },
};

/** Only tasks of one kind can pass each other's: the same environments, as many turns. */
const kindOf = ({ environments, turns }: Task): string => `${[...environments].sort().join("+")} ${turns.length}`;

function sample(others: readonly Task[], count: number, seed: string): readonly Task[] {
  if (others.length <= count) return others;
  const random = seededRandom(seed);
  const left = [...others];
  return Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0]!);
}
