import { renderers } from "../../episode/renderers/index.ts";
import { trainingSetting } from "../../episode/setting.ts";
import { profiles } from "../../grading/profile.ts";
import { progressReward } from "../../progress/rewards/progress.ts";
import { baselinePolicies } from "../../rollout/baseline-policies.ts";
import { earningsOf } from "../../rollout/floors.ts";
import { randomPolicy } from "../../rollout/random-policy.ts";
import type { Task } from "../../task/task.ts";
import type { Check, Finding } from "./check.ts";
import { replayed } from "./look-at-tasks.ts";
import type { VerifySubject } from "./subject.ts";

const actEarly = "act-early";
const tried = ["do-nothing", "answer-always", "read-spam", actEarly];
/** Policies that `bounds` may speak of. */
export const boundedPolicies: readonly string[] = [...tried, "random"];
/** It makes the right calls, a turn too soon: what it passes are turns whose calls may come early or twice. */
const actEarlyBound = 0.5;

export const floorsCheck: Check = {
  name: "floors",
  ofTasks: true,
  statement: "no policy that knows nothing passes more than the turns without a ground truth",
  async run(subject) {
    const { bounds = {} } = subject;
    const share = shareWithoutGroundTruth(lookedAt(subject));
    const unplayed: Finding[] = [];
    const findings: Finding[] = [];
    const figures: Record<string, number> = { "turns without ground truth": share };
    const policies = [...baselinePolicies.filter(({ name }) => tried.includes(name)), randomPolicy(0)];
    for (const policy of policies) {
      const { rewards } = await earningsOf(policy, settingsOf(subject, policy.name === actEarly ? 2 : 1, unplayed), [
        progressReward,
      ]);
      const earned = rewards[progressReward.name]!;
      figures[policy.name] = earned;
      const bound = bounds[policy.name] ?? (policy.name === actEarly ? Math.max(share, actEarlyBound) : share);
      if (earned <= bound + 1e-9) continue;
      findings.push({
        problem: `the policy '${policy.name}' earns ${earned.toFixed(3)} of the progress reward, and may earn ${bound.toFixed(3)}`,
        fix: `look at needed-turns and collateral; if it is right that it earns this, export bounds = { "${policy.name}": ${(Math.ceil(earned * 100) / 100).toFixed(2)} } and say why`,
      });
    }
    return { findings: [...unplayed, ...findings], figures };
  },
};

/** The mean over tasks, as the reward is one. */
function shareWithoutGroundTruth(tasks: readonly Task[]): number {
  const shares = tasks.map(
    ({ turns }) => turns.filter(({ groundTruth }) => groundTruth.length === 0).length / turns.length,
  );
  return shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length);
}

/** A quick look takes a share of many tasks. */
const lookedAt = ({ tasks, quick }: VerifySubject): readonly Task[] =>
  tasks.filter((_, index) => !quick || index % Math.ceil(tasks.length / 200) === 0);

/** In a task of one turn nothing can come early. */
function* settingsOf(subject: VerifySubject, leastTurns: number, unplayed: Finding[]) {
  const { hints, documents = {} } = subject;
  const options = { profile: profiles.strict, renderer: renderers.openai, documents };
  const tasks = lookedAt(subject).filter(({ turns }) => turns.length >= leastTurns);
  for (const truth of replayed(subject, tasks, unplayed))
    yield trainingSetting(truth, { ...options, hints: { library: hints, level: "direct" } });
}
