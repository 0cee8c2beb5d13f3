import type { Check, Finding } from "./check.ts";
import { lookAtTasks } from "./look-at-tasks.ts";
import { passesWith } from "./passes-with.ts";

export const neededCallsCheck: Check = {
  name: "needed-calls",
  ofTasks: true,
  statement: "without any one call of its ground truth, a task fails",
  run(subject) {
    const findings: Finding[] = [];
    let tried = 0;
    let amongOthers = 0;
    let spare = 0;
    lookAtTasks(subject, findings, (task, truth) => {
      for (const [turn, { groundTruth }] of task.turns.entries())
        for (const [call, { tool }] of groundTruth.entries()) {
          tried++;
          if (groundTruth.length > 1) amongOthers++;
          if (!passesWith(truth, turn, groundTruth.toSpliced(call, 1))) continue;
          findings.push({
            ...{ task: task.id, turn, call, tool },
            problem: `the task passes without this call: ${tool}(${JSON.stringify(groundTruth[call]!.args).slice(0, 150)})`,
            fix: "leave the call out, or ask for something that it alone brings about or shows",
          });
          spare++;
        }
    });
    const noticed = tried - spare;
    return {
      findings,
      figures: {
        deletions: tried,
        "in turns of several calls": amongOthers,
        noticed,
        "mutation score": tried === 0 ? 1 : noticed / tried,
      },
    };
  },
};
