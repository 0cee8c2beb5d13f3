import { readFile } from "node:fs/promises";
import { checkTask, type EnvironmentOf } from "./check.ts";
import { type Finding, issueProblems } from "./issue.ts";
import { readJsonLines } from "./json-lines.ts";
import { plainJsonFindings } from "./plain-json.ts";
import { DataError, type Problem, pathText } from "./problem.ts";
import { Task } from "./task.ts";

export interface ParseOptions {
  /** Joins the named environments; without it, tasks are held against their schema only. */
  readonly environmentOf?: EnvironmentOf;
  /** What the text is called in problems. */
  readonly file?: string;
  /** The name of the list whose items the lines are, where that is what the author wrote. */
  readonly list?: string;
}

/** The tasks of a file that can be used, and what is wrong with the others. */
export interface TaskFile {
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
  /** Likely slips in tasks that can be used, such as a ground truth that calls a held-out tool. */
  readonly warnings: readonly Problem[];
}

/** Task files that cannot be used as a whole; `problems` holds every one of their problems. */
export class TaskFileError extends DataError {
  override readonly name = "TaskFileError";
}

/** Reads tasks, one JSON object a line. Every line is checked, and every problem of a line reported. */
export function parseTasks(text: string, { environmentOf, file = "tasks", list }: ParseOptions = {}): TaskFile {
  const tasks: Task[] = [];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, value } of readJsonLines(text, file, problems)) {
    const located = ({ path, message }: Finding): Problem =>
      list === undefined
        ? { file, line, path: pathText(path), message }
        : { file, path: pathText([list, line - 1, ...path]), message };
    const before = problems.length;
    problems.push(...plainJsonFindings(value).map(located));
    if (problems.length > before) continue;
    const parsed = Task.safeParse(value);
    if (!parsed.success) {
      problems.push(...issueProblems(parsed.error.issues, value).map(located));
      continue;
    }
    const task = parsed.data;
    const earlier = lineOf.get(task.id);
    if (earlier === undefined) lineOf.set(task.id, line);
    else
      problems.push(
        located({
          path: ["id"],
          message: `'${task.id}' stands in ${list === undefined ? `line ${earlier}` : `${list}[${earlier - 1}]`} already; ids are unique`,
        }),
      );
    if (environmentOf) {
      const found = checkTask(task, environmentOf);
      problems.push(...found.problems.map(located));
      warnings.push(...found.warnings.map(located));
    }
    if (problems.length === before) tasks.push(task);
  }
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { tasks, problems, warnings };
}

/** The tasks of a file; throws a `TaskFileError` unless all of them can be used. */
export async function loadTasks(
  path: string,
  {
    environmentOf,
    onWarning,
  }: { readonly environmentOf?: EnvironmentOf; readonly onWarning?: (warning: Problem) => void } = {},
): Promise<readonly Task[]> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    throw new TaskFileError(`${path} cannot be read: ${(error as Error).message}`);
  }
  const { tasks, problems, warnings } = parseTasks(text, { file: path, ...(environmentOf ? { environmentOf } : {}) });
  if (problems.length > 0)
    throw new TaskFileError(`${path}: ${problems.length} problem${problems.length === 1 ? "" : "s"}`, problems);
  if (tasks.length === 0) throw new TaskFileError(`${path} holds no task`);
  for (const warning of warnings) onWarning?.(warning);
  return tasks;
}
