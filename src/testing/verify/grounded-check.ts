import { groundedCalls } from "../../generate/grounding.ts";
import type { Check, Finding } from "./check.ts";
import { lookAtTasks } from "./look-at-tasks.ts";

export const groundedCheck: Check = {
  name: "grounded",
  ofTasks: true,
  statement:
    "every value in a ground truth could be read before it is needed: said, shown by a result, or in the tool's document",
  run(subject) {
    const findings: Finding[] = [];
    const remarks: Finding[] = [];
    let values = 0;
    let ungrounded = 0;
    lookAtTasks(subject, findings, (task, { environment }) => {
      for (const found of groundedCalls(task, environment, subject.extension)) {
        values += Object.keys(found.call.args).length;
        for (const { path, value, inParts } of found.ungrounded) {
          if (!inParts) ungrounded++;
          (inParts ? remarks : findings).push({
            ...{ task: task.id, turn: found.turn, call: found.position, tool: found.call.tool },
            problem: `${path[0]} is ${JSON.stringify(value).slice(0, 100)}, which nothing has shown by then${inParts ? " as it stands" : ""}`,
            fix: "let the user say it word for word, or a call before it show it",
          });
        }
      }
    });
    return {
      ...{ findings, remarks },
      figures: { arguments: values, "from words that were read": remarks.length, ungrounded },
    };
  },
};
