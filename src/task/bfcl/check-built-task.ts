import { checkTask, type EnvironmentOf } from "../check.ts";
import { type Problem, pathText } from "../problem.ts";
import type { Task } from "../task.ts";
import type { TaskParts } from "./build-task.ts";

const fields: Readonly<Record<string, string>> = {
  config: "initial_config",
  environments: "involved_classes",
  excluded: "excluded_function",
};

/** Holds an imported task against the environments; problems name the line and field of BFCL's own files. */
export function checkBuiltTask(task: Task, parts: TaskParts, environmentOf: EnvironmentOf): Problem[] {
  return checkTask(task, environmentOf).problems.map(({ path, message }) => {
    const [field, turn, part, ...rest] = path;
    if (field === "turns" && part === "groundTruth") {
      const { answerFile: file, answer } = parts;
      return { file, line: answer.line, path: pathText(["ground_truth", turn!, ...rest]), message };
    }
    const { questionFile: file, question } = parts;
    const place = field === "turns" ? ["missed_function"] : [fields[String(field)] ?? field!, ...path.slice(1)];
    return { file, line: question.line, path: pathText(place), message };
  });
}
