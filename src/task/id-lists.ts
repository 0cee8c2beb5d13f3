import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Part, parts, type Split } from "./parts.ts";
import { DataError, type Problem } from "./problem.ts";
import { writeWhole } from "./write-whole.ts";

/** A task id as a list has it, and where it stands. */
export interface ListedId {
  readonly id: string;
  readonly line: number;
}
/** The ids of one part of a split, and what their list is called in problems. */
export interface IdList {
  readonly file: string;
  readonly ids: readonly ListedId[];
}
export type IdLists = Readonly<Record<Part, IdList>>;

const listFile = (folder: string, part: Part): string => join(folder, `${part}.txt`);

/** One id a line; blank lines are skipped, and comments from a `#` that starts a line or follows a blank. */
export function parseIdList(text: string, file: string): IdList {
  const ids = text
    .replace(/^\ufeff/, "")
    .split("\n")
    .map((content, index) => ({ id: content.replace(/(^|\s)#.*/s, "").trim(), line: index + 1 }))
    .filter(({ id }) => id !== "");
  return { file, ids };
}

/** Reads `train.txt`, `validation.txt` and `test.txt` of a folder; only `validation.txt` may be absent. */
export async function readIdLists(folder: string): Promise<IdLists> {
  const problems: Problem[] = [];
  const read = async (part: Part): Promise<IdList> => {
    const file = listFile(folder, part);
    try {
      return parseIdList(await readFile(file, "utf8"), file);
    } catch (error) {
      const isAbsent = (error as NodeJS.ErrnoException).code === "ENOENT";
      if (part !== "validation" || !isAbsent)
        problems.push({ file, message: isAbsent ? "is missing; write one task id a line" : (error as Error).message });
      return { file, ids: [] };
    }
  };
  const lists = { train: await read("train"), validation: await read("validation"), test: await read("test") };
  if (problems.length > 0) throw new DataError(`${folder} holds no split`, problems);
  return lists;
}

/** Writes a split as the lists that `readIdLists` reads; `about` becomes their first line. Returns the files. */
export async function writeIdLists(folder: string, split: Split, about: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const part of parts) {
    const file = listFile(folder, part);
    await writeWhole(file, [`# ${part}: ${about}`, ...split[part].map(({ id }) => id), ""].join("\n"));
    files.push(file);
  }
  return files;
}
