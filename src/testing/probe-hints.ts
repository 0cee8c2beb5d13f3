import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { EpisodeSetting } from "../episode/setting.ts";
import type { HintLibrary } from "../feedback/feedback.ts";
import { type Progress, type Run, runEpisodes } from "../rollout/run.ts";
import { readTraces } from "../rollout/trace-file.ts";
import { type Continued, continueFrom, type ProbePoint, probePoints } from "./probe-point.ts";
import { openProbeJournal, type ProbeArm, type ProbeRecord, probeArms, recordKey } from "./probe-record.ts";
import { type HintPool, shuffledHints } from "./shuffled-hints.ts";

/** Episodes to play without hints, as for `runEpisodes`, and how their failed calls are continued. */
export interface HintProbe extends Omit<Run, "onProgress"> {
  readonly library: HintLibrary;
  /** What the shuffled arm draws from; `hintPool` makes it. */
  readonly pool: HintPool;
  /** Continuations of each failed call in each arm. */
  readonly samples: number;
  /** Failed calls continued in each episode at most. */
  readonly perTask: number;
  /** Messages in a continuation at most. */
  readonly messages: number;
  readonly seed: string;
  readonly onProgress?: (stage: "episodes" | "continuations", progress: Progress) => void;
}

export interface HintProbeResult {
  /** In the order of tasks, places, arms and samples; without those that were aborted or not reached. */
  readonly records: readonly ProbeRecord[];
  readonly wanted: number;
  /** How many an earlier sitting had made. */
  readonly kept: number;
  readonly aborted: number;
  /** Why the last aborted one was. */
  readonly reason?: string;
  readonly interrupted: boolean;
}

type Wanted = Pick<ProbeRecord, "arm" | "sample"> & { readonly point: ProbePoint };

/**
 * Plays each task once without hints, then goes back to each failed call and continues from there, once an arm and sample: an
 * episode is a value, so a fork costs nothing. Both can be interrupted, and go on from what the folder holds; a continuation that
 * the policy's error aborted is made again the next time.
 */
export async function probeHints(probe: HintProbe): Promise<HintProbeResult> {
  const { folder, manifest, tasks, policy, prepare, concurrency, fresh, onProgress } = probe;
  const signal = probe.signal ?? new AbortController().signal;
  setMaxListeners(0, signal);
  const played = await runEpisodes({
    ...{ folder, manifest, tasks, policy, prepare, concurrency, signal },
    ...(fresh === undefined ? {} : { fresh }),
    onProgress: (progress) => onProgress?.("episodes", progress),
  });
  if (played.interrupted) return { records: [], wanted: 0, kept: 0, aborted: 0, interrupted: true };
  const { seed, messages } = probe;
  const journal = await openProbeJournal(folder, { seed, messages }, fresh);
  const wanted: Wanted[] = [];
  for await (const trace of readTraces(join(folder, "traces.jsonl")))
    for (const point of probePoints(trace, probe.perTask))
      for (const arm of probeArms)
        for (let sample = 0; sample < probe.samples; sample++) wanted.push({ point, arm, sample });
  const made = new Map<string, ProbeRecord>();
  for (const one of wanted) {
    const known = journal.kept.get(keyOf(one));
    if (known) made.set(keyOf(one), known);
  }
  const kept = made.size;
  const waiting = wanted.filter((one) => !made.has(keyOf(one)));
  const byId = new Map(tasks.map((task) => [task.id, task]));
  let aborted = 0;
  let reason: string | undefined;
  const report = () =>
    onProgress?.("continuations", {
      ...{ total: wanted.length, finished: made.size, aborted },
      ...(reason === undefined ? {} : { reason }),
    });
  report();
  const work = async () => {
    for (;;) {
      // Scripted policies never wait for anything; without a pause no signal would come through.
      await setImmediate();
      const next = signal.aborted ? undefined : waiting.shift();
      if (!next) return;
      const { point, arm, sample } = next;
      const setting = prepare(byId.get(point.task)!);
      const end = await continueFrom(point, armSetting(probe, setting, arm), { policy, sample, messages, signal });
      if ("aborted" in end) {
        aborted++;
        reason = end.aborted;
      } else {
        const record = recordOf(next, end);
        journal.append(record);
        made.set(keyOf(next), record);
      }
      report();
    }
  };
  const stopAtFirstError = (error: unknown) => {
    waiting.length = 0;
    if (!signal.aborted) throw error;
  };
  const workers = await Promise.allSettled(
    Array.from({ length: Math.min(concurrency, waiting.length) }, () => work().catch(stopAtFirstError)),
  );
  const broken = workers.find((worker) => worker.status === "rejected");
  if (broken) throw broken.reason;
  const records = wanted.flatMap((one) => made.get(keyOf(one)) ?? []);
  const interrupted = signal.aborted && made.size + aborted < wanted.length;
  return { records, wanted: wanted.length, kept, aborted, ...(reason === undefined ? {} : { reason }), interrupted };
}

const keyOf = ({ point, arm, sample }: Wanted): string => recordKey({ ...point, arm, sample });

function recordOf({ point, arm, sample }: Wanted, end: Continued): ProbeRecord {
  const { task, family, turn, step, said, tool, code } = point;
  return { task, family, turn, step, said, tool, code, arm, sample, ...end };
}

/** The setting of an arm: later failures in the turn are answered in the same way as the first. */
function armSetting({ library, pool, seed }: HintProbe, setting: EpisodeSetting, arm: ProbeArm): EpisodeSetting {
  if (arm === "raw") return setting;
  if (arm !== "shuffled") return { ...setting, hints: { library, level: arm } };
  return { ...setting, hints: { library: shuffledHints(pool, setting.task.family, seed), level: "guide" } };
}
