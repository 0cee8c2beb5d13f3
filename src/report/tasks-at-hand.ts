import { type GroundTruth, replayGroundTruth } from "../grading/ground-truth.ts";
import type { Trace } from "../rollout/trace.ts";
import type { EnvironmentOf } from "../task/check.ts";
import type { Dataset } from "../task/dataset.ts";
import type { Task } from "../task/task.ts";
import type { Missing } from "./report-data.ts";

/** Tasks to replay episodes on. Without a hash they are trusted where their requests are those of the traces. */
export interface ReportTasks extends Pick<Dataset, "name" | "tasks"> {
  readonly hash?: string;
  readonly extension?: Dataset["extension"];
}

/** What a source says of its tasks. */
export interface NamedDataset {
  readonly dataset?: string | undefined;
  readonly datasetHash?: string | undefined;
}

/** Finds the ground truths of traces; each is replayed once. */
export function tasksAtHand(sets: readonly ReportTasks[], environmentOf: EnvironmentOf) {
  const indexed = sets.map((set) => ({ ...set, byId: new Map(set.tasks.map((task) => [task.id, task])) }));
  const truths = new Map<Task, GroundTruth | Missing>();
  const truthOf = (task: Task, extension: ReportTasks["extension"]): GroundTruth | Missing => {
    let known = truths.get(task);
    if (!known) {
      known = replayed(task, extension, environmentOf);
      truths.set(task, known);
    }
    return known;
  };
  return (trace: Trace, named: NamedDataset): GroundTruth | Missing => {
    const fitting = indexed.filter(({ hash }) => !named.datasetHash || !hash || hash === named.datasetHash);
    if (named.datasetHash && fitting.length === 0) return { missing: withoutDataset(sets, named) };
    for (const { byId, extension } of fitting) {
      const task = byId.get(trace.id);
      if (task && saysTheSame(task, trace)) return truthOf(task, extension);
    }
    return { missing: `The task '${trace.id}' is not at hand; name its dataset with --dataset.` };
  };
}

function withoutDataset(
  sets: readonly ReportTasks[],
  { dataset = "the dataset", datasetHash = "" }: NamedDataset,
): string {
  const other = sets.find(({ name, hash }) => name === dataset && hash);
  return other
    ? `The tasks of '${dataset}' at hand have another hash (${short(other.hash!)}) than those that were played (${short(datasetHash)}).`
    : `The tasks of '${dataset}' (hash ${short(datasetHash)}) are not at hand; name them with --dataset.`;
}

const short = (hash: string): string => hash.slice(0, 12);

const saysTheSame = (task: Task, trace: Trace): boolean =>
  trace.turns.length <= task.turns.length && trace.turns.every(({ user }, turn) => task.turns[turn]!.user === user);

function replayed(task: Task, extension: unknown, environmentOf: EnvironmentOf): GroundTruth | Missing {
  try {
    return replayGroundTruth(task, environmentOf(task.environments), extension);
  } catch (error) {
    return { missing: `The ground truth cannot be replayed: ${(error as Error).message}` };
  }
}
