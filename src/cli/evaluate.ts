import { rm } from "node:fs/promises";
import { join } from "node:path";
import { compareRuns } from "../evaluation/compare-runs.ts";
import { readEvaluatedRun } from "../evaluation/evaluated-run.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { summarizeEvaluation } from "../evaluation/evaluation-summary.ts";
import { askServerSoftware } from "../evaluation/server-software.ts";
import { openTokenLog, tokensFile } from "../evaluation/token-log.ts";
import { endpointPolicy } from "../rollout/endpoint-policy.ts";
import { type RunManifest, readManifest, type ServerSoftware } from "../rollout/manifest.ts";
import { showProgress } from "../rollout/progress.ts";
import { type RunResult, runEpisodes } from "../rollout/run.ts";
import { DataError } from "../task/problem.ts";
import { split } from "../task/split.ts";
import type { Task } from "../task/task.ts";
import { writeWhole } from "../task/write-whole.ts";
import { command } from "./command.ts";
import { requirePlayable, type TaskSet, tasksOfFile } from "./dataset.ts";
import { type EvaluateOptions, evaluateArgs, readEvaluateOptions } from "./evaluate-options.ts";
import { evaluationReport } from "./evaluation-report.ts";
import { interruptible } from "./interruptible.ts";
import { defaultFolder, manifestOf, noteOn } from "./run-folder.ts";
import type { RunOptions } from "./run-options.ts";
import { chosen, preparation } from "./run-tasks.ts";

export const evaluateCommand = command({
  meta: {
    name: "evaluate",
    description: "Measure a served model by the evaluation rules: accuracy, pass@k and pass^k, with intervals",
  },
  args: evaluateArgs,
  async run({ args }) {
    const options = readEvaluateOptions(args);
    await interruptible((signal) => evaluate(options, signal));
  },
});

async function evaluate(options: EvaluateOptions, signal: AbortSignal): Promise<void> {
  const { run, hints: level } = options;
  const whole = run.tasks === undefined ? await requirePlayable(run.dataset) : await tasksOfFile(run.tasks);
  const taskSet = options.split ? { ...whole, tasks: split(whole.tasks, options.split)[options.split.part] } : whole;
  if (taskSet.tasks.length === 0)
    throw new DataError(
      `--part ${options.split?.part}: this part of ${whole.name} is empty; take another part or split`,
    );
  const sitting: Sitting = { taskSet, tasks: await chosen(taskSet, run), options, signal };
  const plain = await play(sitting, run);
  const withHints = level && !signal.aborted ? await play(sitting, { ...run, hints: level }, plain) : undefined;
  const evaluation: Evaluation = {
    manifest: plain.manifest,
    complete: [plain, ...(withHints ? [withHints] : [])].every(isComplete),
    groups: summarizeEvaluation(plain.result.episodes, run.samples),
    ...(level && withHints ? { hints: { level, ...(await relianceOf(plain, withHints, run.samples)) } } : {}),
  };
  const path = join(plain.folder, "evaluation.json");
  await writeWhole(path, `${JSON.stringify(evaluation, undefined, 2)}\n`);
  const notes = [plain, ...(withHints ? [withHints] : [])].map(({ folder, result }) =>
    noteOn(run.endpoint.model, folder, result),
  );
  process.stdout.write(run.json ? `${JSON.stringify(evaluation)}\n` : `${evaluationReport(evaluation)}\n`);
  process.stderr.write(`${notes.join("\n")}\n${path}\n`);
}

interface Sitting {
  readonly taskSet: TaskSet;
  readonly tasks: readonly Task[];
  readonly options: EvaluateOptions;
  readonly signal: AbortSignal;
}

interface Played {
  readonly folder: string;
  readonly manifest: RunManifest;
  readonly result: RunResult;
}

const isComplete = ({ result: { interrupted, episodes } }: Played): boolean =>
  !interrupted && episodes.every(({ ended }) => ended !== "aborted");

/** Plays all tasks, or goes on from where an earlier sitting stopped; with hints, in a folder inside of the one without. */
async function play({ taskSet, tasks, options, signal }: Sitting, run: EvaluateRun, without?: Played): Promise<Played> {
  const { endpoint, concurrency, fresh } = run;
  const manifestWith = (software: ServerSoftware): RunManifest => ({
    ...manifestOf(taskSet, tasks, endpointPolicy(endpoint), run),
    ...(Object.keys(software).length > 0 ? { software } : {}),
    ...(options.tokenIds ? { tokenIds: true } : {}),
    ...(options.protocol ? { protocol: options.protocol } : {}),
    ...(options.split ? { split: options.split } : {}),
  });
  const folder = without
    ? join(without.folder, "with-hints")
    : (run.out ?? defaultFolder(endpoint.model, manifestWith({})));
  const software = without ? (without.manifest.software ?? {}) : await softwareOf(folder, run);
  const manifest = manifestWith(software);
  if (fresh) await rm(join(folder, tokensFile), { force: true });
  const log = options.tokenIds ? await openTokenLog(folder) : undefined;
  const policy = endpointPolicy({ ...endpoint, ...(log ? { onTokens: log.onTokens } : {}) });
  const progress = showProgress(`${taskSet.name} ${endpoint.model}${without ? " with hints" : ""}`);
  const result = await runEpisodes({
    ...{ folder, manifest, tasks, policy, concurrency, fresh, signal },
    prepare: preparation(taskSet, run),
    ...(log ? { onEpisode: log.onEpisode } : {}),
    onProgress: progress.update,
  }).finally(progress.end);
  return { folder, manifest, result };
}

type EvaluateRun = EvaluateOptions["run"] & RunOptions;

/** A run whose episodes are all there can be summed up again without its server. */
async function softwareOf(folder: string, { endpoint, fresh }: EvaluateRun): Promise<ServerSoftware> {
  try {
    return await askServerSoftware(endpoint.baseUrl, endpoint.model, endpoint.apiKey);
  } catch (error) {
    const earlier = fresh ? undefined : await readManifest(folder);
    if (!earlier) throw error;
    return earlier.software ?? {};
  }
}

async function relianceOf(plain: Played, withHints: Played, samples: number) {
  const [without, given] = await Promise.all([plain.folder, withHints.folder].map(readEvaluatedRun));
  return {
    groups: summarizeEvaluation(withHints.result.episodes, samples),
    reliance: compareRuns(without!.episodes, given!.episodes).groups,
  };
}
