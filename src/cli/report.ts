import { stat } from "node:fs/promises";
import { environmentOf } from "../../environments/index.ts";
import { writeReport } from "../report/index.ts";
import type { EnvironmentOf } from "../task/check.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import {
  bundledTasks,
  importedTasks,
  requirePlayable,
  shopTasks,
  type TaskSet,
  tasksOfFile,
  type World,
} from "./dataset.ts";
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
      description:
        "What the episodes are of, where it is neither bundled nor imported: a folder, a package, a wheel or a module of your own",
    },
    tasks: { type: "string", valueHint: "file", description: "The same, for tasks of a JSONL file" },
    episodes: { type: "string", default: "2000", description: "The most episodes to show of each run" },
  },
  async run({ args }) {
    const mostEpisodes = integer("episodes", args.episodes, 1);
    const tasks = await tasksFor(args);
    const world = tasks.find((one) => one.world)?.world;
    const options = { out: args.out, tasks, environmentOf: inEither(world), mostEpisodes };
    const { episodes, notes } = await writeReport(args._, options);
    const { size } = await stat(args.out);
    process.stdout.write(`${args.out}: ${episodes} episodes, ${(size / 1e6).toFixed(1)} MB\n`);
    for (const note of notes) process.stdout.write(`  ${note}\n`);
  },
});

/** Environments of a module of one's own by their names, and those that come with envtune. */
const inEither =
  (own: World | undefined): EnvironmentOf =>
  (names) =>
    own && names.every((name) => Object.hasOwn(own.hints, name)) ? own.environmentOf(names) : environmentOf(names);

/** What was named, the tasks that come with envtune, and what was imported. */
async function tasksFor(named: { readonly dataset?: string | undefined; readonly tasks?: string | undefined }) {
  const { dataset, tasks } = named;
  if (dataset !== undefined && tasks !== undefined) throw new DataError("--dataset and --tasks: give one of them");
  const sets: TaskSet[] = [];
  if (tasks !== undefined) sets.push(await tasksOfFile(tasks));
  if (dataset !== undefined) sets.push(await requirePlayable(dataset));
  const imported = await importedTasks();
  return [...sets, await bundledTasks(), await shopTasks(), ...(imported ? [imported] : [])];
}
