import type { Check, Finding } from "./check.ts";
import { lookAtTasks } from "./look-at-tasks.ts";
import { passesWith } from "./passes-with.ts";

/** A call of no tool: it changes nothing, and shows nothing but that. */
const idle = { tool: "no_such_tool", args: {} };

export const neededTurnsCheck: Check = {
  name: "needed-turns",
  ofTasks: true,
  statement: "a turn that has a ground truth is not passed by a call that does nothing",
  run(subject) {
    const findings: Finding[] = [];
    let tried = 0;
    let vacuous = 0;
    lookAtTasks(subject, findings, (task, truth) => {
      for (const [turn, { groundTruth }] of task.turns.entries()) {
        if (groundTruth.length === 0) continue;
        tried++;
        if (!passesWith(truth, turn, [idle])) continue;
        findings.push({
          ...{ task: task.id, turn },
          problem: "the turn is vacuous: a call of no tool in place of all its calls passes the task",
          fix: "ask for a change, or for something that no earlier result has shown",
        });
        vacuous++;
      }
    });
    return { findings, figures: { turns: tried, vacuous } };
  },
};
