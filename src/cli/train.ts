import { stat } from "node:fs/promises";
import packageFile from "../../package.json" with { type: "json" };
import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import { durationText, percent } from "../report/figure-text.ts";
import { EndpointError } from "../rollout/endpoint-error.ts";
import { withoutExcluded } from "../task/excluded-ids.ts";
import { parts, type Split } from "../task/parts.ts";
import { DataError } from "../task/problem.ts";
import { split } from "../task/split.ts";
import type { Task } from "../task/task.ts";
import { readTrainingRun } from "../training/loop/run-folder.ts";
import { train } from "../training/loop/train.ts";
import type { Playground, TrainResult } from "../training/loop/train-options.ts";
import { openTinkerBackend } from "../training/tinker-backend.ts";
import { loadChatFormat } from "../training/tokens/load-chat-format.ts";
import { command } from "./command.ts";
import { requirePlayable, type TaskSet, tasksOfFile, worldOf } from "./dataset.ts";
import { interruptible } from "./interruptible.ts";
import { readTrainOptions, type TrainCommandOptions, trainArgs } from "./train-options.ts";
import { planText } from "./train-plan.ts";
import { showTraining } from "./train-progress.ts";

export const trainCommand = command({
  meta: { name: "train", description: "Train a served model through a curriculum; the same command goes on" },
  args: trainArgs,
  async run({ args }) {
    const options = await readTrainOptions(args);
    const taskSet =
      options.tasks === undefined ? await requirePlayable(options.dataset) : await tasksOfFile(options.tasks);
    const divided = splitOf(taskSet, options);
    const playground = await playgroundOf(taskSet, options);
    const start = options.init === undefined ? undefined : await startOf(options.init);
    const departures = [...options.departures, ...(start?.departure === undefined ? [] : [start.departure])];
    if (departures.length > 0)
      process.stderr.write(`departures from the paper:\n${departures.map((line) => `  ${line}\n`).join("")}`);
    if (options.dryRun) {
      process.stdout.write(`${await planText(options, divided, playground)}\n`);
      return;
    }
    await interruptible(async (signal) => {
      try {
        const result = await trainOn(taskSet, options, { divided, playground, departures, start, signal });
        process.stdout.write(`${summaryOf(result, options.folder)}\n`);
      } catch (error) {
        if (!(error instanceof EndpointError)) throw error;
        throw new DataError(
          `${error.message}\nThe same command goes on from the last whole step in ${options.folder}.`,
        );
      }
    });
  },
});

interface Prepared {
  readonly divided: Split;
  readonly playground: Playground;
  readonly departures: readonly string[];
  readonly start: Start | undefined;
  readonly signal: AbortSignal;
}

async function trainOn(
  taskSet: TaskSet,
  { init: _, server, ...options }: TrainCommandOptions,
  { divided, playground, departures, start, signal }: Prepared,
): Promise<TrainResult> {
  const { seed, curriculum, budget } = options;
  // A server that is not there is tried for minutes: it may be starting.
  process.stderr.write(`connecting to ${server!.baseUrl}\n`);
  const backend = await openTinkerBackend({ ...server!, seed, signal });
  const progress = showTraining(curriculum, budget);
  try {
    return await train({
      ...options,
      ...playground,
      ...{ backend, split: divided, about: aboutOf(taskSet, options, departures), signal },
      ...(start ? { init: start.checkpoint } : {}),
      ...{ onStep: progress.onStep, onProgress: progress.onProgress },
    });
  } finally {
    progress.end();
    await backend.close();
  }
}

function splitOf({ tasks: all }: TaskSet, { leftOut, splitSeed, without }: TrainCommandOptions): Split {
  const divided = split(all, { by: "family", seed: splitSeed });
  const left = new Set(without === undefined ? all : withoutExcluded(all, without.ids, without.file));
  const kept = (tasks: readonly Task[]) =>
    tasks.filter((task) => left.has(task) && (leftOut === undefined || !task.environments.includes(leftOut)));
  const result = { ...divided, train: kept(divided.train), validation: kept(divided.validation) };
  if (result.train.length === 0)
    throw new DataError(
      `there is nothing to learn from: of ${all.length} tasks the split gives ${parts.map((part) => `${result[part].length} to ${part}`).join(", ")}${leftOut === undefined ? "" : ` without ${leftOut}`}; take more tasks or another --split-seed`,
    );
  return result;
}

async function playgroundOf(taskSet: TaskSet, options: TrainCommandOptions): Promise<Playground> {
  const { documents, extension } = taskSet;
  const { environmentOf, hints } = worldOf(taskSet);
  const truths = new Map<string, GroundTruth>();
  const { renderer, messageTokens, contextTokens, thoughtHistory, concurrency, tokenizer } = options;
  return {
    ...{ renderer, documents, hints, messageTokens, contextTokens, thoughtHistory, concurrency },
    format: await loadChatFormat(tokenizer),
    truthOf(task) {
      const truth = truths.get(task.id) ?? replayGroundTruth(task, environmentOf(task.environments), extension);
      truths.set(task.id, truth);
      return truth;
    },
  };
}

interface Start {
  readonly checkpoint: string;
  readonly departure?: string;
}

/** The checkpoint that `--init` names: of a run's last weights, or by the server's own path. */
async function startOf(init: string): Promise<Start> {
  const isFolder = await stat(init).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    if (init.includes("://")) return { checkpoint: init };
    throw new DataError(
      `--init ${init}: there is no such folder; give a run's folder, or a checkpoint as the server names it, tinker://…`,
    );
  }
  const { checkpoint, isSupervised, steps } = await readTrainingRun(init);
  if (!isSupervised) return { checkpoint };
  return {
    checkpoint,
    departure: `It starts from ${steps} supervised steps on ground truths (paper: from the base model).`,
  };
}

type About = Pick<TrainCommandOptions, "preset" | "tools" | "splitSeed" | "leftOut" | "without">;

function aboutOf({ name, hash }: TaskSet, options: About, departures: readonly string[]) {
  const { preset, tools, splitSeed, leftOut, without } = options;
  return {
    envtune: packageFile.version,
    ...{ dataset: name, datasetHash: hash, split: { by: "family", seed: splitSeed } },
    ...(leftOut === undefined ? {} : { leftOutEnvironment: leftOut }),
    ...(without === undefined ? {} : { leftOutTasks: [...without.ids].sort() }),
    ...{ preset, tools, departures },
  };
}

function summaryOf({ ended, steps, checkpoint, best, spent }: TrainResult, folder: string): string {
  const tokens = spent.promptTokens + spent.sampledTokens;
  const took = `${steps} steps, ${durationText(spent.seconds)}, ${tokens.toLocaleString("en-US")} tokens`;
  const lines = [`${reasons[ended]}: ${took}`];
  if (best) lines.push(`best validation: ${percent(best.accuracy)} at step ${best.step}, ${best.checkpoint}`);
  if (checkpoint !== "") lines.push(`last weights: ${checkpoint}`);
  lines.push(`the run is in ${folder}`);
  return lines.join("\n");
}

const reasons: Readonly<Record<TrainResult["ended"], string>> = {
  finished: "finished",
  stopped: "stopped, since training had collapsed",
  steps: "ended with its budget of steps",
  hours: "ended with its budget of hours",
  tokens: "ended with its budget of tokens",
  interrupted: "interrupted; the same command goes on from here",
};
