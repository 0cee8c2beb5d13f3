import { DataError, type Problem } from "../problem.ts";
import { categories } from "../task.ts";
import { answerFile, bfclEnvironments, documentFile, longContextFiles, questionFile } from "./layout.ts";
import { type BfclSource, isQuestionFile, listed } from "./source.ts";

/** Throws unless a package has every file that is read from it, naming what its folders hold instead. */
export async function requireFiles(path: string, source: BfclSource): Promise<void> {
  const files = [
    ...categories.flatMap((category) => [questionFile(category), answerFile(category)]),
    ...bfclEnvironments.map(documentFile),
  ];
  const problems: Problem[] = [];
  for (const file of files)
    if ((await source.read(file)) === undefined)
      problems.push({
        file: source.nameOf(file),
        message: `is missing; its folder holds ${await neighbours(source, file)}`,
      });
  const constants = await Promise.all(longContextFiles.map((file) => source.read(file)));
  if (constants.every((text) => text === undefined))
    problems.push({
      file: source.nameOf(longContextFiles[0]!),
      message: `is missing, and so is ${source.nameOf(longContextFiles[1]!)}; one of them must hold the long-context constants`,
    });
  if (problems.length === 0) return;
  const other = (await source.list("data")).find((name) => isQuestionFile(name) && !name.startsWith("BFCL_v4_"));
  const version = other ? ` (it holds ${other}: only BFCL v4 is read)` : "";
  throw new DataError(`${path} does not hold the whole of BFCL v4${version}`, problems);
}

async function neighbours(source: BfclSource, file: string): Promise<string> {
  return listed((await source.list(file.slice(0, file.lastIndexOf("/")))).filter((name) => name.includes(".")));
}
