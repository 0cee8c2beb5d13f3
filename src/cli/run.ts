import { join } from "node:path";
import { environmentOf, hints } from "../../environments/index.ts";
import packageFile from "../../package.json" with { type: "json" };
import { canonicalJson, sha256 } from "../core/canonical.ts";
import type { Stage } from "../curriculum/stage.ts";
import { stageTasks } from "../curriculum/stage-tasks.ts";
import { type EpisodeRules, evaluationRules, trainingRules } from "../episode/rules.ts";
import { type EpisodeSetting, evaluationSetting, trainingSetting } from "../episode/setting.ts";
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import type { RunManifest } from "../rollout/manifest.ts";
import type { Policy } from "../rollout/policy.ts";
import { showProgress } from "../rollout/progress.ts";
import { runEpisodes } from "../rollout/run.ts";
import { type RunSummary, summarizeRun } from "../rollout/run-summary.ts";
import { DataError } from "../task/problem.ts";
import { split } from "../task/split.ts";
import { categories, type Task } from "../task/task.ts";
import { command } from "./command.ts";
import { bundledTasks, importedTasks, requireTasks, type TaskSet, tasksOfFile } from "./dataset.ts";
import { type RunOptions, readRunOptions, runArgs } from "./run-options.ts";
import { percent, rowWriter } from "./table.ts";

export const runCommand = command({
  meta: {
    name: "run",
    description: "Play tasks with baseline policies or a served model, and print a table per category",
  },
  args: runArgs,
  async run({ args }) {
    const options = readRunOptions(args);
    const interruption = new AbortController();
    const interrupt = () => interruption.abort();
    // A second Ctrl-C finds no handler and ends the process at once.
    process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    try {
      for await (const taskSet of taskSetsOf(options)) {
        await runTaskSet(taskSet, options, interruption.signal);
        if (interruption.signal.aborted) break;
      }
    } finally {
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
      if (interruption.signal.aborted) process.exitCode = 130;
    }
  },
});

/**
 * What was asked for; else the bundled tasks and, for the baselines, the imported BFCL. A served model costs time or money, so
 * it plays BFCL only where that is asked for.
 */
async function* taskSetsOf({ dataset, tasks, model }: RunOptions): AsyncGenerator<TaskSet> {
  if (tasks !== undefined) yield await tasksOfFile(tasks);
  else if (dataset !== undefined) yield await requireTasks(dataset);
  else {
    yield await bundledTasks();
    const imported = await importedTasks();
    if (!imported) process.stderr.write("BFCL is not imported; `npx envtune import bfcl` brings it in\n");
    else if (model) process.stderr.write("BFCL is imported; --dataset bfcl plays it\n");
    else yield imported;
  }
}

async function runTaskSet(taskSet: TaskSet, options: RunOptions, signal: AbortSignal): Promise<void> {
  const { policies, profile, json, reward } = options;
  const tasks = chosen(taskSet, options);
  const say = (text: string) => (json ? process.stderr : process.stdout).write(`${text}\n`);
  say(
    `${taskSet.name}: ${tasks.length} tasks, profile ${profile.name}, ${policies.map(({ name }) => name).join(", ")}`,
  );
  const table = summaryTable(
    policies.map((policy) => labelOf(policy, options)),
    reward !== undefined,
  );
  if (!json) say(table.head);
  const prepared = new Map<string, EpisodeSetting>();
  const prepare = (task: Task): EpisodeSetting => {
    let known = prepared.get(task.id);
    if (!known) {
      const truth = replayGroundTruth(task, environmentOf(task.environments), taskSet.extension);
      known = settingOf(truth, taskSet, options);
      prepared.set(task.id, known);
    }
    return known;
  };
  const notes: string[] = [];
  for (const policy of policies) {
    const label = labelOf(policy, options);
    const manifest = manifestOf(taskSet, tasks, policy, options);
    const folder = folderOf(label, manifest, options);
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

/** A stage's setting is that of training; else the model is evaluated. */
function settingOf(truth: GroundTruth, { documents }: TaskSet, options: RunOptions): EpisodeSetting {
  const { profile, renderer, prompt, hints: level, seed, stage } = options;
  const shown = { profile, renderer, documents, ...(prompt ? { prompt } : {}) };
  const given = level === "off" ? undefined : { library: hints, level, seed: String(seed) };
  if (!stage) return evaluationSetting(truth, shown, given);
  return trainingSetting(truth, {
    ...shown,
    rules: rulesOf(stage),
    turnFeedback: stage.turnFeedback,
    ...(given ? { hints: given } : {}),
  });
}

function rulesOf({ limits: { stepLimit, tokenLimit } }: Stage): EpisodeRules {
  return { ...trainingRules, stepLimit, ...(tokenLimit === undefined ? {} : { tokenLimit }) };
}

/** The tasks that options leave over, in their order; of a stage, those that it trains on. */
export function chosen({ name, tasks: all }: TaskSet, options: RunOptions): Task[] {
  const { stage } = options;
  const tasks = stage ? stageTasks(stage, split(all, { by: "family" }), 0) : all;
  const wanted: readonly string[] = options.categories ?? categories;
  const { limit = Number.POSITIVE_INFINITY } = options;
  const taken = new Map<string, number>();
  const left = tasks.filter(({ category }) => {
    const count = (taken.get(category) ?? 0) + 1;
    taken.set(category, count);
    return wanted.includes(category) && count <= limit;
  });
  if (left.length === 0) throw new DataError(`--category ${wanted.join(",")}: ${name} has no such task`);
  return left;
}

export function manifestOf(
  { name, hash }: TaskSet,
  tasks: readonly Task[],
  policy: Policy,
  options: RunOptions,
): RunManifest {
  const { samples, seed, profile, renderer, model, stage, hints: level, prompt, reward } = options;
  return {
    envtune: packageFile.version,
    dataset: name,
    datasetHash: hash,
    tasks: tasks.map(({ id }) => id),
    samples,
    policy: policy.name,
    ...(policy.name === "endpoint" && model ? { model: model.name, server: model.server } : {}),
    ...(policy.name === "endpoint" && model?.temperature !== undefined ? { temperature: model.temperature } : {}),
    profile: profile.name,
    renderer: renderer.name,
    seed,
    stepLimit: (stage?.limits ?? evaluationRules).stepLimit,
    ...(stage ? { stage: stage.name } : {}),
    ...(level === "off" ? {} : { hints: typeof level === "string" ? level : JSON.stringify(level) }),
    ...(prompt ? { prompt: prompt.name } : {}),
    ...(reward ? { reward: reward.name } : {}),
  };
}

/** A policy is shown by its name, a served model by its own. */
export const labelOf = ({ name }: Policy, { model }: RunOptions): string =>
  name === "endpoint" && model ? model.name : name;

/** Where no folder was named, other settings go into another one, so that they never stand in each other's way. */
function folderOf(label: string, manifest: RunManifest, { out }: RunOptions): string {
  const name = `${manifest.dataset}-${label}`.replace(/[^A-Za-z0-9._-]+/g, "_");
  return out === undefined ? join("runs", `${name}-${sha256(canonicalJson(manifest)).slice(0, 8)}`) : join(out, name);
}

function noteOn(label: string, folder: string, result: Awaited<ReturnType<typeof runEpisodes>>): string {
  const { episodes, kept, interrupted } = result;
  const earlier = kept > 0 ? `, ${kept} of them from an earlier run (--fresh plays them again)` : "";
  const reason = episodes.find(({ ended }) => ended === "aborted")?.reason;
  const aborted = reason === undefined ? "" : `\n  the first aborted episode: ${reason}`;
  const hint = interrupted ? "\n  interrupted; the same command goes on from here" : "";
  return `${label}: ${episodes.length} traces in ${join(folder, "traces.jsonl")}${earlier}${aborted}${hint}`;
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
