import type { Signature } from "../../core/call.ts";
import type { EnvironmentOf } from "../check.ts";
import { type Dataset, DatasetDocument, datasetHash } from "../dataset.ts";
import { DataError, type Problem } from "../problem.ts";
import { categories, type Task } from "../task.ts";
import { buildTask } from "./build-task.ts";
import { checkBuiltTask } from "./check-built-task.ts";
import { answerFile, bfclEnvironments, documentFile, questionFile } from "./layout.ts";
import { readLongContext } from "./long-context.ts";
import { openBfclSource } from "./open-source.ts";
import { pairRecords } from "./pair.ts";
import { Answer, Question, readRecords } from "./records.ts";
import { requireFiles } from "./require-files.ts";
import { signaturesBy } from "./signatures.ts";
import type { BfclSource } from "./source.ts";

export interface ReadBfclOptions {
  /** Joins the named environments; where it is given, the tasks are checked against their tools and configs. */
  readonly environmentOf?: EnvironmentOf;
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

  onStage("reading function documents");
  const documents: Record<string, DatasetDocument[]> = {};
  for (const name of bfclEnvironments) documents[name] = await readDocuments(source, name, problems);
  onStage("reading long-context constants");
  const extension = await readLongContext(source);

  const tasks: Task[] = [];
  const signaturesOf = signaturesBy(documents, environmentOf);
  for (const category of categories) {
    onStage(`reading ${category}`);
    tasks.push(...(await readCategory({ category, families, source, environmentOf, signaturesOf, problems })));
  }
  if (problems.length > 0)
    throw new DataError(`${path} cannot be imported as BFCL v4; problems: ${problems.length}`, problems);
  const hash = datasetHash({ tasks, documents, extension });
  return { name: "bfcl", ...(source.version ? { version: source.version } : {}), tasks, documents, extension, hash };
}

/** Documents are kept as the file has them, fields in their order: they become the prompt. */
async function readDocuments(source: BfclSource, name: string, problems: Problem[]): Promise<DatasetDocument[]> {
  const file = documentFile(name);
  const records = readRecords((await source.read(file)) ?? "", source.nameOf(file), DatasetDocument, problems);
  return records.map(({ raw }) => raw as DatasetDocument);
}

interface CategoryInput {
  readonly category: Task["category"];
  readonly families: number;
  readonly source: BfclSource;
  readonly environmentOf: EnvironmentOf | undefined;
  readonly signaturesOf: (environment: string) => readonly Signature[];
  readonly problems: Problem[];
}

async function readCategory({
  category,
  families,
  source,
  environmentOf,
  signaturesOf,
  problems,
}: CategoryInput): Promise<Task[]> {
  const asked = questionFile(category);
  const answered = answerFile(category);
  const files = { question: source.nameOf(asked), answer: source.nameOf(answered), families };
  const before = problems.length;
  const questions = readRecords((await source.read(asked)) ?? "", files.question, Question, problems);
  const answers = readRecords((await source.read(answered)) ?? "", files.answer, Answer, problems);
  // A line that cannot be read leaves its partner alone; saying so as well would bury the cause.
  const unmatched = problems.length > before ? [] : problems;
  return pairRecords(category, questions, answers, files, unmatched).flatMap(({ question, answer }) => {
    const names = question.value.involved_classes;
    const unknown = names.filter((name) => !bfclEnvironments.includes(name));
    for (const name of unknown)
      problems.push({
        file: files.question,
        line: question.line,
        path: `involved_classes[${names.indexOf(name)}]`,
        message: `unknown class '${name}'; BFCL v4 has ${bfclEnvironments.join(", ")}`,
      });
    if (unknown.length > 0) return [];
    const signatures = new Map(names.flatMap(signaturesOf).map((signature) => [signature.tool, signature]));
    const parts = { category, question, answer, questionFile: files.question, answerFile: files.answer, signatures };
    const task = buildTask(parts, problems);
    if (environmentOf) problems.push(...checkBuiltTask(task, parts, environmentOf));
    return [task];
  });
}
