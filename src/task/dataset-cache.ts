import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type Dataset, DatasetDocument, datasetHash } from "./dataset.ts";
import { ExtensionPack } from "./extension.ts";
import { issueProblems } from "./issue.ts";
import { parseTasks } from "./load.ts";
import { DataError, pathText } from "./problem.ts";
import { taskLine } from "./save.ts";
import { categories } from "./task.ts";

const Manifest = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  version: z.string().optional(),
  hash: z.string(),
  counts: z.record(z.string(), z.int()),
});
const Documents = z.record(z.string(), z.array(DatasetDocument));

/** Written last and removed first, so that a folder with a manifest is a whole one. */
export const manifestFile = "dataset.json";

/** Where imported datasets lie unless told otherwise: `ENVTUNE_CACHE`, else the user's cache folder. */
export function datasetFolder(
  name: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { ENVTUNE_CACHE, XDG_CACHE_HOME } = variables;
  if (ENVTUNE_CACHE) return resolve(ENVTUNE_CACHE, name);
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "envtune", name);
}

/** Writes a dataset into a folder; other files there are left alone. Interrupted, it leaves no folder that looks whole. */
export async function saveDataset(dataset: Dataset, folder: string): Promise<void> {
  const { name, version, tasks, documents, extension, hash } = dataset;
  const counts = Object.fromEntries(
    categories.map((category) => [category, tasks.filter((task) => task.category === category).length]),
  );
  const manifest: z.input<typeof Manifest> = { format: 1, name, ...(version ? { version } : {}), hash, counts };
  const files: readonly (readonly [string, string])[] = [
    ["tasks.jsonl", tasks.map((task) => `${taskLine(task)}\n`).join("")],
    ["documents.json", `${JSON.stringify(documents)}\n`],
    ["extension.json", `${JSON.stringify(extension)}\n`],
    [manifestFile, `${JSON.stringify(manifest, undefined, 2)}\n`],
  ];
  await mkdir(folder, { recursive: true });
  const suffix = `.${randomUUID()}.tmp`;
  try {
    for (const [file, text] of files) await writeFile(join(folder, file + suffix), text, { flag: "wx" });
    await rm(join(folder, manifestFile), { force: true });
    for (const [file] of files) await rename(join(folder, file + suffix), join(folder, file));
  } catch (error) {
    for (const [file] of files) await rm(join(folder, file + suffix), { force: true });
    throw error;
  }
}

/** Reads what `saveDataset` wrote, and holds it against its hash. */
export async function loadDataset(folder: string): Promise<Dataset> {
  const { name, version, hash } = await readChecked(folder, manifestFile, Manifest);
  const { tasks, problems } = parseTasks(await readText(folder, "tasks.jsonl"), { file: join(folder, "tasks.jsonl") });
  if (problems.length > 0) throw new DataError(`${folder} is damaged; ${again}`, problems);
  const documents = (await readChecked(folder, "documents.json", Documents)) as Dataset["documents"];
  const extension = await readChecked(folder, "extension.json", ExtensionPack);
  const found = datasetHash({ tasks, documents, extension });
  if (found !== hash)
    throw new DataError(`${folder} was changed since its import: its hash is ${found}, recorded was ${hash}; ${again}`);
  return { name, ...(version === undefined ? {} : { version }), tasks, documents, extension, hash };
}

const again = "import it again with `envtune import bfcl`";

/** Returns the JSON as it stands in the file, since the hash depends on the order of keys. */
async function readChecked<S extends z.ZodType>(folder: string, file: string, schema: S): Promise<z.output<S>> {
  const text = await readText(folder, file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(`${join(folder, file)} is no JSON (${(error as Error).message}); ${again}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return value as z.output<S>;
  const problems = issueProblems(parsed.error.issues, value).map(({ path, message }) => ({
    file: join(folder, file),
    path: pathText(path),
    message,
  }));
  throw new DataError(`${folder} is damaged; ${again}`, problems);
}

async function readText(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), "utf8");
  } catch (error) {
    throw new DataError(`${join(folder, file)} cannot be read (${(error as Error).message}); ${again}`);
  }
}
