import { type ArgsDef, defineCommand } from "citty";
import { percent } from "../report/figure-text.ts";
import { auditSplit, type SplitAudit } from "../task/audit-split.ts";
import { readExcludedIds, withoutExcluded } from "../task/excluded-ids.ts";
import { readIdLists, writeIdLists } from "../task/id-lists.ts";
import { loadTasks } from "../task/load.ts";
import { type Part, parts, type Split } from "../task/parts.ts";
import { DataError } from "../task/problem.ts";
import { type SplitOptions, split } from "../task/split.ts";
import { categories, type Task } from "../task/task.ts";
import { command } from "./command.ts";
import { requireDataset } from "./dataset.ts";
import { table } from "./table.ts";

const options = {
  tasks: { type: "string", valueHint: "file", description: "Tasks as JSONL" },
  dataset: {
    type: "string",
    valueHint: "path",
    description: "BFCL: an imported folder, a package, a wheel or a checkout",
  },
  by: {
    type: "enum",
    options: ["family", "paper", "ids"],
    default: "family",
    description: "Whole families; the paper's halves of each category; or lists of ids",
  },
  without: {
    type: "string",
    valueHint: "file",
    description: "Leave out the tasks that a list of ids, an audit card or docs/bfcl-errata.json names",
  },
  seed: { type: "string", default: "0", description: "Decides which families (or halves) go where" },
  lists: {
    type: "string",
    valueHint: "folder",
    description: "For --by ids: holds train.txt, validation.txt and test.txt",
  },
} satisfies ArgsDef;
interface Options {
  readonly tasks?: string | undefined;
  readonly dataset?: string | undefined;
  readonly by: string;
  readonly seed: string;
  readonly lists?: string | undefined;
  readonly without?: string | undefined;
}

const auditCommand = command({
  meta: {
    name: "audit",
    description: "Show how large the parts of a split are, and how much of the test is known from training",
  },
  args: { ...options, json: { type: "boolean", description: "Print JSON" } },
  async run({ args }) {
    const { tasks, source } = await readTasks(args);
    const chosen = await splitOptions(args);
    const audit = auditSplit(await divided(tasks, chosen, args.without), tasks);
    const { by, seed } = about(chosen);
    const text = args.json
      ? JSON.stringify({ by, ...(seed === undefined ? {} : { seed }), source, ...audit })
      : report(`${title(chosen)}, ${source}`, audit);
    process.stdout.write(`${text}\n`);
  },
});

const writeCommand = command({
  meta: { name: "write", description: "Write a split as lists of task ids, one file a part" },
  args: {
    to: { type: "positional", required: true, description: "The folder for train.txt, validation.txt and test.txt" },
    ...options,
  },
  async run({ args }) {
    const { tasks, source } = await readTasks(args);
    const chosen = await splitOptions(args);
    const files = await writeIdLists(
      args.to,
      await divided(tasks, chosen, args.without),
      `${title(chosen)}, ${source}`,
    );
    process.stdout.write(files.map((file) => `${file}\n`).join(""));
  },
});

export const splitCommand = defineCommand({
  meta: { name: "split", description: "Divide tasks into train, validation and test" },
  subCommands: { audit: auditCommand, write: writeCommand },
});

/** Tasks are left out of the parts of a split, so that the others stay where they are. */
async function divided(tasks: readonly Task[], chosen: SplitOptions, without: string | undefined): Promise<Split> {
  const whole = split(tasks, chosen);
  if (without === undefined) return whole;
  const left = new Set(withoutExcluded(tasks, await readExcludedIds(without), without));
  const kept = (part: Part) => whole[part].filter((task) => left.has(task));
  return { train: kept("train"), validation: kept("validation"), test: kept("test") };
}

async function readTasks({ tasks: file, dataset: path }: Options): Promise<{ tasks: readonly Task[]; source: string }> {
  if (file !== undefined && path !== undefined) throw new DataError("give --tasks or --dataset, not both");
  if (file !== undefined) return { tasks: await loadTasks(file), source: `tasks ${file}` };
  const dataset = await requireDataset(path);
  return { tasks: dataset.tasks, source: `dataset ${dataset.hash}` };
}

async function splitOptions({ by, seed: text, lists }: Options): Promise<SplitOptions> {
  if (by === "ids") {
    if (lists === undefined)
      throw new DataError("--by ids needs --lists, the folder that holds train.txt and test.txt");
    return { by, ids: await readIdLists(lists) };
  }
  if (lists !== undefined) throw new DataError("--lists is for --by ids");
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || text.trim() === "")
    throw new DataError(`--seed: expected a whole number, got '${text}'`);
  return by === "paper" ? { by, seed } : { by: "family", seed };
}

function about(chosen: SplitOptions): { readonly by: string; readonly seed?: number } {
  return chosen.by === "ids" ? { by: "ids" } : { by: chosen.by, seed: chosen.seed ?? 0 };
}

function title(chosen: SplitOptions): string {
  const { by, seed } = about(chosen);
  return seed === undefined ? `split by ${by}` : `split by ${by}, seed ${seed}`;
}

function report(heading: string, audit: SplitAudit): string {
  const rows = parts.map((part) => {
    const { tasks, families, categories: counts } = audit[part];
    return [part, String(tasks), String(families), ...categories.map((name) => String(counts[name]))];
  });
  const lines = [heading, table(["part", "tasks", "families", ...categories], rows)];
  if (audit.left > 0) lines.push(`${audit.left} tasks are in no part`);
  for (const part of ["validation", "test"] as const) {
    const { tasks, withSiblingInTrain, leak } = audit[part];
    if (tasks > 0)
      lines.push(`${part}: ${withSiblingInTrain} of ${tasks} tasks (${percent(leak)}) have a sibling in train`);
  }
  return lines.join("\n");
}
