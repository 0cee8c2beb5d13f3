import { join } from "node:path";
import type { ArgsDef } from "citty";
import { environmentOf, hints } from "../../environments/index.ts";
import { canonicalJson, sha256 } from "../core/canonical.ts";
import { type EpisodeSetting, evaluationSetting } from "../episode/setting.ts";
import { replayGroundTruth } from "../grading/ground-truth.ts";
import { percent } from "../report/figure-text.ts";
import { showProgress } from "../rollout/progress.ts";
import { DataError } from "../task/problem.ts";
import type { Task } from "../task/task.ts";
import { type HintProbeResult, probeHints } from "../testing/probe-hints.ts";
import {
  type Measure,
  measures,
  type PairedDifference,
  type ProbeRow,
  type ProbeSummary,
  summarizeProbe,
} from "../testing/probe-summary.ts";
import { hintPool } from "../testing/shuffled-hints.ts";
import { command } from "./command.ts";
import { requireTasks, type TaskSet, tasksOfFile } from "./dataset.ts";
import { interruptible } from "./interruptible.ts";
import { labelOf, manifestOf } from "./run-folder.ts";
import { integer, readRunOptions, runArgs } from "./run-options.ts";
import { chosen } from "./run-tasks.ts";
import { table } from "./table.ts";

const probeArgs = {
  ...runArgs,
  policy: { type: "string", description: "A scripted policy in a model's place" },
  temperature: {
    type: "string",
    default: "0.7",
    description: "Sampling temperature, or none to leave it to the server",
  },
  concurrency: { type: "string", default: "8", description: "Episodes and continuations at a time" },
  samples: { type: "string", default: "4", description: "Continuations of each failed call in each arm" },
  "per-task": { type: "string", default: "3", description: "Failed calls continued in each task at most" },
  messages: { type: "string", default: "8", description: "Messages in a continuation at most" },
  seed: { type: "string", default: "0", description: "Seed of the shuffled hints" },
  out: { type: "string", description: "Folder for traces and continuations (probes, with a folder for every setting)" },
  fresh: { type: "boolean", description: "Start over instead of going on from what the folder holds" },
  json: { type: "boolean", description: "Print one JSON object" },
} satisfies ArgsDef;

export const probeHintsCommand = command({
  meta: {
    name: "hints",
    description:
      "Play tasks without hints, go back to each failed call, and continue without a hint, with another failure's, and with its own at each level",
  },
  args: probeArgs,
  async run({ args }) {
    const options = readRunOptions(args);
    const [policy, ...others] = options.policies;
    if (!policy || others.length > 0)
      throw new DataError("--base-url and --model are missing: name a server, or one scripted --policy");
    const perTask = integer("per-task", args["per-task"], 1);
    const messages = integer("messages", args.messages, 1);
    const taskSet =
      options.tasks === undefined ? await requireTasks(options.dataset ?? "bundled") : await tasksOfFile(options.tasks);
    const tasks = await chosen(taskSet, options);
    const label = labelOf(policy, options);
    const manifest = manifestOf(taskSet, tasks, policy, { ...options, samples: 1 });
    const folder = folderOf(`${taskSet.name}-${label}`, { ...manifest, messages }, options.out);
    let stage = "";
    let progress = showProgress("");
    await interruptible(async (signal) => {
      const result = await probeHints({
        ...{ folder, manifest, tasks, policy, library: hints, perTask, messages },
        prepare: preparation(taskSet, options),
        pool: hintPool(hints, truthsFor(taskSet), args.seed),
        samples: options.samples,
        concurrency: options.concurrency,
        fresh: options.fresh,
        seed: args.seed,
        signal,
        onProgress(now, state) {
          if (now !== stage) {
            progress.end();
            progress = showProgress(`${taskSet.name} ${label} ${now}`);
            stage = now;
          }
          progress.update(state);
        },
      }).finally(() => progress.end());
      const summary = summarizeProbe(result.records);
      if (options.json)
        process.stdout.write(`${JSON.stringify({ dataset: taskSet.name, policy: label, ...summary })}\n`);
      else if (result.records.length > 0) process.stdout.write(probeReport(`${taskSet.name}, ${label}`, summary));
      process.stderr.write(noteOn(folder, result));
    });
  },
});

function preparation(taskSet: TaskSet, { profile, renderer }: ReturnType<typeof readRunOptions>) {
  const prepared = new Map<string, EpisodeSetting>();
  return (task: Task): EpisodeSetting => {
    const known = prepared.get(task.id);
    if (known) return known;
    const truth = replayGroundTruth(task, environmentOf(task.environments), taskSet.extension);
    const ready = evaluationSetting(truth, { profile, renderer, documents: taskSet.documents });
    prepared.set(task.id, ready);
    return ready;
  };
}

/** Tasks enough for shuffled hints of every environment. */
function* truthsFor({ tasks, extension }: TaskSet) {
  for (const task of tasks.filter((_, index) => index % Math.ceil(tasks.length / 200) === 0))
    yield replayGroundTruth(task, environmentOf(task.environments), extension);
}

function folderOf(name: string, setting: object, out: string | undefined): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, "_");
  return out ?? join("probes", `${plain}-${sha256(canonicalJson(setting)).slice(0, 8)}`);
}

function noteOn(folder: string, { records, wanted, kept, aborted, reason, interrupted }: HintProbeResult): string {
  const earlier = kept > 0 ? `, ${kept} of them from an earlier sitting (--fresh makes them again)` : "";
  const trouble = aborted > 0 ? `\n  ${aborted} aborted, the last: ${reason}; the same command tries them again` : "";
  const rest = interrupted ? "\n  interrupted; the same command goes on from here" : "";
  const without = records.filter(({ arm, hint }) => arm === "shuffled" && hint === undefined).length;
  const bare = without > 0 ? `\n  ${without} shuffled continuations found no hint of another family to show` : "";
  return `${records.length} of ${wanted} continuations in ${folder}${earlier}${trouble}${bare}${rest}\n`;
}

const titles: Readonly<Record<Measure, string>> = {
  repaired: "The failed tool succeeds before the turn is over",
  passed: "The turn passes",
};

/** A table for each measure: rates without hints, and paired differences in points of per cent with their 95% intervals. */
export function probeReport(name: string, { all, weighted, covered, kinds }: ProbeSummary): string {
  const lines = [
    `${name}: ${all.points} failed calls in ${all.families} families; kinds met here make ${percent(covered)} of what real models meet`,
  ];
  for (const measure of measures) {
    const pairs = all.differences[measure].map(({ arm, against }) => `${arm} - ${against}`);
    const row = (label: string, share: string, { points, raw, differences }: ProbeRow) => [
      ...[label, String(points), share, percent(raw[measure])],
      ...differences[measure].map(shown),
    ];
    const rows = [
      ...kinds.map((kind) => row(`${kind.tool} ${kind.code}`, percent(kind.share), kind)),
      row("all", "", all),
      ...(weighted ? [row("all, as real models meet them", percent(covered), weighted)] : []),
    ];
    lines.push("", titles[measure], table(["failure", "calls", "real share", "raw", ...pairs], rows));
  }
  return `${lines.join("\n")}\n`;
}

function shown({ difference, interval, points }: PairedDifference): string {
  if (points === 0) return "-";
  const signed = (share: number) => `${share < 0 ? "" : "+"}${(100 * share).toFixed(1)}`;
  return `${signed(difference)}${interval ? ` [${signed(interval.low)}, ${signed(interval.high)}]` : ""}`;
}
