import { issueProblems } from "./issue.ts";
import { plainJsonFindings } from "./plain-json.ts";
import { DataError, pathText } from "./problem.ts";
import { Task } from "./task.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * A task as one line of JSON: fields in the schema's order and defaults written out. Inside configs and arguments keys keep
 * their order, which a Python dict shows.
 */
export function taskLine(task: Task): string {
  const parsed = Task.safeParse(task);
  const findings = parsed.success ? plainJsonFindings(parsed.data) : issueProblems(parsed.error.issues, task);
  if (parsed.success && findings.length === 0) return JSON.stringify(parsed.data);
  const file = `task '${String(task?.id)}'`;
  throw new DataError(
    `${file} cannot be saved`,
    findings.map(({ path, message }) => ({ file, path: pathText(path), message })),
  );
}

/** Writes tasks as JSONL: to a temporary file first, so that the path never holds a part of them. */
export async function saveTasks(path: string, tasks: readonly Task[]): Promise<void> {
  await writeWhole(path, tasks.map((task) => `${taskLine(task)}\n`).join(""));
}
