import { groundedCalls } from "../../generate/grounding.ts";
import { grade } from "../../grading/grade.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import { profiles } from "../../grading/profile.ts";
import type { Trajectory } from "../../grading/trajectory.ts";
import type { Task } from "../../task/task.ts";
import type { Check, Finding } from "./check.ts";
import { thrown } from "./look-at-tasks.ts";
import { truthOf, type VerifySubject } from "./subject.ts";

export const groundTruthsCheck: Check = {
  name: "ground-truths",
  ofTasks: true,
  statement: "every ground truth can be replayed, each of its calls succeeds, and it passes under both profiles",
  run(subject) {
    const findings: Finding[] = [];
    let calls = 0;
    let failed = 0;
    for (const task of subject.tasks) {
      let truth: GroundTruth;
      try {
        truth = truthOf(subject, task);
      } catch (error) {
        findings.push({ task: task.id, ...placeIn(subject, task), ...thrown(error) });
        continue;
      }
      if (task.turns.every(({ groundTruth, goal }) => groundTruth.length === 0 && !goal))
        findings.push({
          task: task.id,
          problem: "no turn has a ground truth, so that doing nothing passes the task",
          fix: "write down in groundTruth which calls are right",
        });
      for (const { turn, position, call, outcome } of groundedCalls(task, truth.environment, subject.extension)) {
        calls++;
        if (outcome.ok) continue;
        failed++;
        findings.push({
          ...{ task: task.id, turn, call: position, tool: call.tool },
          problem: `the call fails (${outcome.error.code}): ${outcome.error.message.slice(0, 200)}`,
          fix: "correct its arguments or what comes before it, or leave it out",
        });
      }
      for (const profile of Object.values(profiles)) {
        const { failure } = grade(truth, inOneStep(task), profile);
        if (failure)
          findings.push({
            task: task.id,
            ...(failure.turn === undefined ? {} : { turn: failure.turn }),
            problem: `the ground truth itself fails under '${profile.name}' (${failure.type}): ${failure.message}`,
            fix: "let the goal, holdOut and excluded take what the ground truth does, or correct the ground truth",
          });
      }
    }
    return { findings, figures: { tasks: subject.tasks.length, calls, "failing calls": failed } };
  },
};

/** The call at which a ground truth that cannot be replayed breaks off; none where the first state cannot be made. */
function placeIn({ environmentOf, extension }: VerifySubject, task: Task): Pick<Finding, "turn" | "call" | "tool"> {
  const places = task.turns.flatMap(({ groundTruth }, turn) =>
    groundTruth.map(({ tool }, call) => ({ turn, call, tool })),
  );
  let made = 0;
  const calls = groundedCalls(task, environmentOf(task.environments), extension);
  try {
    while (!calls.next().done) made++;
  } catch {
    return places[made] ?? {};
  }
  return {};
}

/** Each turn's calls in one message: how many there are does not matter then. */
const inOneStep = ({ turns }: Task): Trajectory =>
  turns.map(({ groundTruth }) => (groundTruth.length === 0 ? [] : [groundTruth]));
