import { seededRandom } from "../../core/seeded-random.ts";
import type { Task } from "../../task/task.ts";
import type { Arena } from "./arena.ts";
import type { Arm } from "./arms.ts";
import type { LinearPolicy } from "./linear-policy.ts";
import { rollOut } from "./play.ts";

/** Means over episodes. */
export interface Marks {
  readonly progress: number;
  readonly passed: number;
  /** The reward that is learned from, where it is not progress. */
  readonly reward: number;
}

/** Plays tasks with a policy that does not learn. Equal seeds make arms play the same candidates with the same dice. */
export function examine(
  arena: Arena,
  policy: LinearPolicy,
  tasks: readonly Task[],
  { hints, seed, episodes }: { readonly hints: Arm["hints"]; readonly seed: string; readonly episodes: number },
): Marks {
  let [progress, passed, reward] = [0, 0, 0];
  for (const task of tasks)
    for (let episode = 0; episode < episodes; episode++) {
      const { outcome } = rollOut(arena.courseOf(task), policy, {
        seed: `examination ${episode}`,
        feedback: arena.feedbackOf(hints, task),
        random: seededRandom(JSON.stringify(["examination", seed, task.id, episode])),
      });
      progress += outcome.progress;
      passed += outcome.passed;
      reward += outcome.rewards.progress!;
    }
  const all = tasks.length * episodes;
  return { progress: progress / all, passed: passed / all, reward: reward / all };
}
