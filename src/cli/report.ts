import { stat } from "node:fs/promises";
import { environmentOf } from "../../environments/index.ts";
import { type ReportTasks, writeReport } from "../report/index.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import { bundledTasks, importedTasks, requireTasks, shopTasks, tasksOfFile } from "./dataset.ts";
import { integer } from "./run-options.ts";

export const reportCommand = command({
  meta: {
    name: "report",
    description: "Write runs, beside each other, into one HTML file: curves, decisions, and every episode in full",
  },
  args: {
    runs: {
      type: "positional",
      description: "Folders of training runs or of runs over tasks, or files of traces",
      required: true,
    },
    out: { type: "string", default: "report.html", valueHint: "file", description: "The HTML file" },
    dataset: {
      type: "string",
      description: "What the episodes are of, where it is neither bundled nor imported: a folder, a package or a wheel",
    },
    tasks: { type: "string", valueHint: "file", description: "The same, for tasks of a JSONL file" },
    episodes: { type: "string", default: "2000", description: "The most episodes to show of each run" },
  },
  async run({ args }) {
    const mostEpisodes = integer("episodes", args.episodes, 1);
    const tasks = await tasksFor(args);
    const { episodes, notes } = await writeReport(args._, { out: args.out, tasks, environmentOf, mostEpisodes });
    const { size } = await stat(args.out);
    process.stdout.write(`${args.out}: ${episodes} episodes, ${(size / 1e6).toFixed(1)} MB\n`);
    for (const note of notes) process.stdout.write(`  ${note}\n`);
  },
});

/** What was named, the tasks that come with envtune, and what was imported. */
async function tasksFor(named: { readonly dataset?: string | undefined; readonly tasks?: string | undefined }) {
  const { dataset, tasks } = named;
  if (dataset !== undefined && tasks !== undefined) throw new DataError("--dataset and --tasks: give one of them");
  const sets: ReportTasks[] = [];
  if (tasks !== undefined) sets.push(await tasksOfFile(tasks));
  if (dataset !== undefined) sets.push(await requireTasks(dataset));
  const imported = await importedTasks();
  return [...sets, await bundledTasks(), await shopTasks(), ...(imported ? [imported] : [])];
}
