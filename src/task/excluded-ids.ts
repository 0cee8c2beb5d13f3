import { readFile } from "node:fs/promises";
import { z } from "zod";
import { parseIdList } from "./id-lists.ts";
import { issueProblems } from "./issue.ts";
import { DataError, pathText } from "./problem.ts";
import type { Task } from "./task.ts";

const Findings = z.looseObject({
  findings: z.array(z.looseObject({ task: z.string().optional(), remark: z.boolean().optional() })),
});

/**
 * The ids of tasks to leave out: those of a list, one a line, or those that the `findings` of a JSON file name, such as an audit
 * card or docs/bfcl-errata.json. A finding with `remark: true` leaves nothing out.
 */
export async function readExcludedIds(file: string): Promise<ReadonlySet<string>> {
  const text = await readFile(file, "utf8");
  if (!text.trimStart().startsWith("{")) return new Set(parseIdList(text, file).ids.map(({ id }) => id));
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new DataError(`${file} is no JSON: ${(error as Error).message}`);
  }
  const read = Findings.safeParse(given);
  if (!read.success)
    throw new DataError(
      `${file} names no tasks to leave out`,
      issueProblems(read.error.issues, given).map(({ path, message }) => ({ file, path: pathText(path), message })),
    );
  return new Set(read.data.findings.flatMap(({ task, remark }) => (task === undefined || remark ? [] : [task])));
}

/** The tasks that are not to be left out. Throws a `DataError` where that changes nothing or leaves nothing. */
export function withoutExcluded(tasks: readonly Task[], excluded: ReadonlySet<string>, file: string): readonly Task[] {
  const left = tasks.filter(({ id }) => !excluded.has(id));
  if (left.length === tasks.length)
    throw new DataError(
      `--without ${file}: none of the ${tasks.length} tasks is named there; is it of another dataset?`,
    );
  if (left.length === 0) throw new DataError(`--without ${file}: all ${tasks.length} tasks are named there`);
  return left;
}
