import { groundedCalls } from "../../generate/grounding.ts";
import { grade } from "../../grading/grade.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import { profiles } from "../../grading/profile.ts";
import type { Trajectory } from "../../grading/trajectory.ts";
import type { Task } from "../../task/task.ts";
import type { Check, Finding } from "./check.ts";
import { truthOf } from "./subject.ts";

export const groundTruthsCheck: Check = {
  name: "ground-truths",
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
        findings.push({ task: task.id, problem: (error as Error).message, fix: "correct the call" });
        continue;
      }
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

/** Each turn's calls in one message: how many there are does not matter then. */
const inOneStep = ({ turns }: Task): Trajectory =>
  turns.map(({ groundTruth }) => (groundTruth.length === 0 ? [] : [groundTruth]));
