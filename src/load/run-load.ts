import { type SeededRandom, seededRandom } from "../core/seeded-random.ts";
import { openControlPlane } from "./control-plane-connection.ts";
import type { LoadAnswer, LoadConnection } from "./load-connection.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { LoadReport } from "./load-report.ts";
import { LoadTally, type MessageKind } from "./load-tally.ts";
import { endablePauses } from "./pauses.ts";
import { turnstile } from "./turnstile.ts";
import { openWebSocket } from "./web-socket-connection.ts";

export interface LoadProgress {
  readonly phase: "opening" | "measuring";
  readonly open: number;
  readonly messages: number;
  readonly episodes: number;
  readonly errors: number;
}

export interface LoadHooks {
  /** Ends the run early, with the report of what there was. */
  readonly signal?: AbortSignal;
  /** Called with true as measuring begins, and with false as it ends. */
  readonly onMeasuring?: (isMeasuring: boolean) => void;
  /** Called every second. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** Connections that are being made at a time; more would only fill the server's queue. */
const connectingAtOnce = 64;
/** After a connection broke, before the next is tried. */
const reconnectAfter = 1000;

/**
 * Keeps sessions busy in a closed loop: each sends its next message when it has the answer to the last, and has thought. What
 * goes wrong is counted and never thrown; a session whose connection broke opens another.
 */
export async function runLoad(
  plan: LoadPlan,
  { signal, onProgress, onMeasuring }: LoadHooks = {},
): Promise<LoadReport> {
  const { sessions, until } = plan;
  const connect = plan.target.protocol === "ws" ? openWebSocket : openControlPlane;
  const tally = new LoadTally();
  const pauses = endablePauses();
  const connecting = turnstile(connectingAtOnce);
  let stopped = false;
  let open = 0;
  let begun = 0;
  let unopened = sessions;

  const stop = () => {
    if (!stopped && tally.measuring) onMeasuring?.(false);
    stopped = true;
    tally.end();
    pauses.end();
  };
  const measureAfter = async (milliseconds: number) => {
    await pauses.pause(milliseconds);
    if (stopped) return;
    tally.begin();
    onMeasuring?.(true);
    if (!("duration" in until)) return;
    await pauses.pause(until.duration);
    stop();
  };
  const isOver = () => stopped || ("episodes" in until && begun >= until.episodes);

  const timed = async (kind: MessageKind, answer: Promise<LoadAnswer>): Promise<LoadAnswer> => {
    const sent = performance.now();
    const answered = await answer;
    tally.answered(kind, sent);
    return answered;
  };
  const think = (random: SeededRandom): Promise<void> | undefined => {
    const { mean, spread } = plan.think;
    if (mean === 0) return undefined;
    return pauses.pause(spread === "fixed" ? mean : -Math.log(1 - random.number()) * mean);
  };
  const playEpisode = async (connection: LoadConnection, random: SeededRandom) => {
    const opening = await timed("reset", connection.reset({ seed: begun++, ...plan.reset }));
    const nextAction = plan.script(random, opening.observation);
    for (let step = 0, done = false; step < plan.stepsPerEpisode && !done; step++) {
      await think(random);
      if (stopped) return;
      ({ done } = await timed("step", connection.step(nextAction())));
    }
    tally.episodeEnded();
    await think(random);
  };
  const keepBusy = async (index: number, opened: () => void) => {
    const random = seededRandom(JSON.stringify([plan.seed, index]));
    await pauses.pause((index * plan.rampUp) / sessions);
    while (!isOver()) {
      const connection = await connecting(() => connect(plan.target)).catch((error) => tally.failed(error));
      opened();
      if (connection) {
        open += 1;
        try {
          while (!isOver() && connection.usable)
            await playEpisode(connection, random).catch((error) => tally.failed(error));
          if (connection.untold) tally.failed(connection.untold);
        } finally {
          open -= 1;
          await connection.close();
        }
      }
      if (!isOver()) await pauses.pause(reconnectAfter);
    }
    opened();
  };

  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  if ("episodes" in until) void measureAfter(0);
  const opened = () => {
    unopened -= 1;
    if (unopened === 0 && "duration" in until) void measureAfter(plan.warmUp);
  };
  const progress = setInterval(
    () => onProgress?.({ phase: tally.measuring ? "measuring" : "opening", open, ...tally.soFar }),
    1000,
  );
  try {
    await Promise.all(Array.from({ length: sessions }, (_, index) => keepBusy(index, once(opened))));
  } finally {
    // A mistake of ours, such as a script's, ends the others too.
    stop();
    clearInterval(progress);
    signal?.removeEventListener("abort", stop);
  }
  return tally.report(sessions, signal?.aborted ?? false);
}

function once(call: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    call();
  };
}
