import { setMaxListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import type { EpisodeSetting } from "../episode/setting.ts";
import type { Reward } from "../progress/reward.ts";
import type { Task } from "../task/task.ts";
import type { EpisodeSummary } from "./episode-summary.ts";
import { episodeKey, type FinishedEpisode, openJournal } from "./journal.ts";
import type { RunManifest } from "./manifest.ts";
import { playEpisode } from "./play.ts";
import type { Policy } from "./policy.ts";
import { type Trace, traceOf } from "./trace.ts";

export interface Run {
  /** Where traces, timings and the manifest go. */
  readonly folder: string;
  readonly manifest: RunManifest;
  readonly tasks: readonly Task[];
  readonly policy: Policy;
  /** Called as a task's turn comes; whoever gives it may keep what it makes for the next run. */
  readonly prepare: (task: Task) => EpisodeSetting;
  /** Computed for each episode and kept in its trace. */
  readonly reward?: Reward;
  /** Episodes played at a time. */
  readonly concurrency: number;
  /** Removes what the folder holds of an earlier run. */
  readonly fresh?: boolean;
  /** Interrupts the run; finished episodes are kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with the trace of each episode that is played, before it is kept. */
  readonly onEpisode?: (trace: Trace) => void;
}

export interface Progress {
  readonly total: number;
  /** Those of an earlier sitting too. */
  readonly finished: number;
  readonly aborted: number;
  /** Why the last aborted episode was. */
  readonly reason?: string;
}

export interface RunResult {
  /** In the order of tasks and samples; incomplete where the run was interrupted. `readTraces` reads their traces. */
  readonly episodes: readonly EpisodeSummary[];
  /** How many of them an earlier sitting had finished. */
  readonly kept: number;
  readonly interrupted: boolean;
}

/**
 * Plays every task as often as the manifest says, several at a time. Episodes that the folder holds already are not played
 * again, but for aborted ones: what aborted them lay outside, and may be over.
 */
export async function runEpisodes(run: Run): Promise<RunResult> {
  const { folder, manifest, tasks, policy, prepare, concurrency, fresh, onProgress, reward } = run;
  const signal = run.signal ?? new AbortController().signal;
  // Every request that waits listens to it.
  setMaxListeners(0, signal);
  const journal = await openJournal(folder, manifest, fresh);
  const wanted = tasks.flatMap((task) =>
    Array.from({ length: manifest.samples }, (_, sample) => ({ task, id: task.id, sample })),
  );
  const finished = new Map<string, FinishedEpisode>();
  for (const one of wanted) {
    const known = journal.kept.get(episodeKey(one));
    if (known && known.summary.ended !== "aborted") finished.set(episodeKey(one), known);
  }
  const kept = finished.size;
  const waiting = wanted.filter((one) => !finished.has(episodeKey(one)));
  let aborted = 0;
  const report = (reason?: string) =>
    onProgress?.({
      total: wanted.length,
      finished: finished.size,
      aborted,
      ...(reason === undefined ? {} : { reason }),
    });
  report();

  const work = async () => {
    for (;;) {
      // Scripted policies never wait for anything; without a pause no signal would come through.
      await setImmediate();
      const next = signal.aborted ? undefined : waiting.shift();
      if (!next) return;
      const { task, sample } = next;
      const start = performance.now();
      const setting = prepare(task);
      const episode = await playEpisode(setting, policy, { sample, signal });
      const trace = traceOf(setting, episode, { policy: policy.name, sample, ...(reward ? { reward } : {}) });
      run.onEpisode?.(trace);
      const milliseconds = Math.round(performance.now() - start);
      finished.set(episodeKey(next), journal.append(trace, { id: task.id, sample, milliseconds }));
      if (trace.ended === "aborted") aborted++;
      report(trace.reason);
    }
  };
  const stopAtFirstError = (error: unknown) => {
    waiting.length = 0;
    throw error;
  };
  const workers = await Promise.allSettled(
    Array.from({ length: Math.min(concurrency, waiting.length) }, () => work().catch(stopAtFirstError)),
  );
  const inOrder = wanted.flatMap((one) => finished.get(episodeKey(one)) ?? journal.kept.get(episodeKey(one)) ?? []);
  await journal.close(inOrder);
  const broken = workers.find((worker) => worker.status === "rejected");
  if (broken && !signal.aborted) throw broken.reason;
  return { episodes: inOrder.map(({ summary }) => summary), kept, interrupted: finished.size < wanted.length };
}
