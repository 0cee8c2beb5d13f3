import type { Signature } from "../../core/call.ts";
import type { Environment } from "../../core/environment.ts";
import { signatureOf } from "../../core/step.ts";
import type { Tools } from "../../core/tool.ts";
import { type Dataset, DatasetDocument, datasetHash } from "../dataset.ts";
import { DataError, type Problem } from "../problem.ts";
import { categories, type Task } from "../task.ts";
import { buildTask } from "./build-task.ts";
import { answerFile, bfclEnvironments, documentFile, longContextFiles, questionFile } from "./layout.ts";
import { readLongContext } from "./long-context.ts";
import { openBfclSource } from "./open-source.ts";
import { pairRecords } from "./pair.ts";
import { Answer, Question, readRecords } from "./records.ts";
import { type BfclSource, isQuestionFile, listed } from "./source.ts";

export interface ReadBfclOptions {
  /** Joins the named environments; where it is given, the tasks are checked against their tools and configs. */
  readonly environmentOf?: (names: readonly string[]) => Environment;
  /** How many conversations each category must hold; 200 in every release of BFCL v4. */
  readonly families?: number;
  /** Called as each stage begins, with a line about it. */
  readonly onStage?: (text: string) => void;
}

/**
 * Reads BFCL's multi-turn dataset from an installed package, a site-packages folder, a checkout, or a wheel. Nothing of it is
 * executed. Throws a `DataError` that lists every problem.
 */
export async function readBfcl(path: string, options: ReadBfclOptions = {}): Promise<Dataset> {
  const { environmentOf, families = 200, onStage = () => {} } = options;
  onStage(`opening ${path}`);
  const source = await openBfclSource(path);
  await requireFiles(path, source);
  const problems: Problem[] = [];
  const read = async (file: string) => ({ file: source.nameOf(file), text: (await source.read(file)) ?? "" });

  onStage("reading function documents");
  const documents: Record<string, DatasetDocument[]> = {};
  for (const name of bfclEnvironments) {
    const { file, text } = await read(documentFile(name));
    documents[name] = readRecords(text, file, DatasetDocument, problems).map(({ raw }) => raw as DatasetDocument);
  }
  onStage("reading long-context constants");
  const extension = await readLongContext(source);

  const tasks: Task[] = [];
  for (const category of categories) {
    onStage(`reading ${category}`);
    const asked = await read(questionFile(category));
    const answered = await read(answerFile(category));
    const questions = readRecords(asked.text, asked.file, Question, problems);
    const answers = readRecords(answered.text, answered.file, Answer, problems);
    const files = { question: asked.file, answer: answered.file, families };
    for (const { question, answer } of pairRecords(category, questions, answers, files, problems)) {
      const names = question.value.involved_classes;
      const signatures = new Map(
        names.flatMap((name) => signaturesOf(name, documents, environmentOf)).map((one) => [one.tool, one]),
      );
      for (const [index, name] of names.entries())
        if (!Object.hasOwn(documents, name))
          problems.push({
            file: asked.file,
            line: question.line,
            path: `involved_classes[${index}]`,
            message: `unknown class '${name}'; BFCL v4 has ${bfclEnvironments.join(", ")}`,
          });
      const parts = { category, question, answer, questionFile: asked.file, answerFile: answered.file, signatures };
      tasks.push(buildTask(parts, problems));
    }
  }
  if (problems.length > 0) throw new DataError(`${path} is not BFCL v4 as it was published`, problems);
  const hash = datasetHash({ tasks, documents, extension });
  return { name: "bfcl", ...(source.version ? { version: source.version } : {}), tasks, documents, extension, hash };
}

/** The order of parameters: the environment's, which follows the reference's code; without one the documents', which do not always. */
function signaturesOf(
  name: string,
  documents: Readonly<Record<string, readonly DatasetDocument[]>>,
  environmentOf: ReadBfclOptions["environmentOf"],
): readonly Signature[] {
  if (environmentOf)
    return Object.entries(environmentOf([name]).tools as Tools).map(([tool, spec]) => signatureOf(tool, spec));
  return (documents[name] ?? []).map((document) => ({
    tool: document.name,
    parameters: Object.keys(document.parameters.properties),
    required: document.parameters.required,
  }));
}

async function requireFiles(path: string, source: BfclSource): Promise<void> {
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
