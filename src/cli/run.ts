import { join } from "node:path";
import { percent } from "../report/figure-text.ts";
import { showProgress } from "../rollout/progress.ts";
import { runEpisodes } from "../rollout/run.ts";
import { type RunSummary, summarizeRun } from "../rollout/run-summary.ts";
import { categories } from "../task/task.ts";
import { command } from "./command.ts";
import { bundledTasks, importedTasks, requirePlayable, type TaskSet, tasksOfFile } from "./dataset.ts";
import { interruptible } from "./interruptible.ts";
import { defaultFolder, folderName, labelOf, manifestOf, noteOn } from "./run-folder.ts";
import { type RunOptions, readRunOptions, runArgs } from "./run-options.ts";
import { chosen, preparation } from "./run-tasks.ts";
import { rowWriter } from "./table.ts";

export const runCommand = command({
  meta: {
    name: "run",
    description: "Play tasks with baseline policies or a served model, and print a table per category",
  },
  args: runArgs,
  async run({ args }) {
    const options = readRunOptions(args);
    await interruptible(async (signal) => {
      for await (const taskSet of taskSetsOf(options)) {
        await runTaskSet(taskSet, options, signal);
        if (signal.aborted) break;
      }
    });
  },
});

/**
 * What was asked for; else the bundled tasks and, for the baselines, the imported BFCL. A served model costs time or money, so
 * it plays BFCL only where that is asked for.
 */
async function* taskSetsOf({ dataset, tasks, endpoint }: RunOptions): AsyncGenerator<TaskSet> {
  if (tasks !== undefined) yield await tasksOfFile(tasks);
  else if (dataset !== undefined) yield await requirePlayable(dataset);
  else {
    yield await bundledTasks();
    const imported = await importedTasks();
    if (!imported) process.stderr.write("BFCL is not imported; `npx envtune import bfcl` brings it in\n");
    else if (endpoint) process.stderr.write("BFCL is imported; --dataset bfcl plays it\n");
    else yield imported;
  }
}

async function runTaskSet(taskSet: TaskSet, options: RunOptions, signal: AbortSignal): Promise<void> {
  const { policies, profile, json, reward } = options;
  const tasks = await chosen(taskSet, options);
  const say = (text: string) => (json ? process.stderr : process.stdout).write(`${text}\n`);
  say(
    `${taskSet.name}: ${tasks.length} tasks, profile ${profile.name}, ${policies.map(({ name }) => name).join(", ")}`,
  );
  const table = summaryTable(
    policies.map((policy) => labelOf(policy, options)),
    reward !== undefined,
  );
  if (!json) say(table.head);
  const prepare = preparation(taskSet, options);
  const notes: string[] = [];
  for (const policy of policies) {
    const label = labelOf(policy, options);
    const manifest = manifestOf(taskSet, tasks, policy, options);
    const folder =
      options.out === undefined ? defaultFolder(label, manifest) : join(options.out, folderName(label, manifest));
    const { concurrency, fresh } = options;
    const progress = showProgress(`${taskSet.name} ${label}`);
    const result = await runEpisodes({
      ...{ folder, manifest, tasks, policy, prepare, concurrency, fresh, signal },
      ...(reward ? { reward } : {}),
      onProgress: progress.update,
    }).finally(progress.end);
    for (const summary of summarizeRun(result.episodes))
      if (json) process.stdout.write(`${JSON.stringify({ dataset: taskSet.name, policy: label, ...summary })}\n`);
      else say(table.row(label, summary));
    notes.push(noteOn(label, folder, result));
    if (result.interrupted) break;
  }
  say(`${notes.join("\n")}\n`);
}

/** A table whose rows can be printed as they come. */
function summaryTable(labels: readonly string[], withReward: boolean) {
  const head = [
    "policy",
    "category",
    "episodes",
    "accuracy",
    "progress",
    "steps",
    "calls",
    "aborted",
    "act p/r",
    "abstain p/r",
    ...(withReward ? ["reward"] : []),
  ];
  const widths = head.map((title) => title.length);
  const rates = (precision: number | undefined, recall: number | undefined) =>
    [precision, recall].map((share) => (share === undefined ? "-" : `${Math.round(100 * share)}%`)).join("/");
  widths[0] = Math.max(...[head[0]!, ...labels].map((label) => label.length));
  // "100%/100%" is the widest pair of rates.
  for (const title of ["act p/r", "abstain p/r"]) widths[head.indexOf(title)] = Math.max(title.length, 9);
  widths[1] = Math.max(...categories.map((category) => category.length));
  const write = rowWriter(widths, 2);
  return {
    head: write(head),
    row: (label: string, summary: RunSummary) => {
      const { group, episodes, accuracy, progress, steps, calls, aborted, abstention: held, reward } = summary;
      return write([
        ...[label, group, String(episodes), percent(accuracy), percent(progress)],
        ...[steps.toFixed(1), calls.toFixed(1), String(aborted)],
        ...[rates(held.actPrecision, held.actRecall), rates(held.abstainPrecision, held.abstainRecall)],
        ...(withReward ? [(reward ?? 0).toFixed(3)] : []),
      ]);
    },
  };
}
