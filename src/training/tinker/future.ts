import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { withEither } from "./abort.ts";
import { TinkerError } from "./tinker-error.ts";
import type { TinkerHttp } from "./tinker-http.ts";

/** Why the server holds a request back: it has no machine to spare, or the account is at its limit. */
export interface Pause {
  readonly state: "paused_capacity" | "paused_rate_limit";
  /** What was asked for: `optim_step`. */
  readonly request: string;
  /** In the server's words, where it says so. */
  readonly reason?: string;
}

export interface Waiting {
  /** What was asked for, for messages. */
  readonly request: string;
  /** Sends the very same request again, and returns where its result is to be had now. */
  readonly resubmit: () => Promise<string>;
  readonly onPause?: ((pause: Pause) => void) | undefined;
  /** Ends the wait; the request may be worked on all the same. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

const Outcome = z
  .looseObject({
    type: z.string().nullish(),
    status: z.unknown().optional(),
    error: z.unknown().optional(),
    category: z.string().nullish(),
    detail: z.unknown().optional(),
    queue_state: z.string().nullish(),
    queue_state_reason: z.string().nullish(),
  })
  .catch({});

/** Polls start at least this long after each other. */
const pollMilliseconds = 50;
const mostResubmissions = 20;

/** The result of a request that the server took, under the name it gave. Throws a `TinkerError` where it failed. */
export async function futureResult<T>(
  http: TinkerHttp,
  schema: z.ZodType<T>,
  first: string,
  { request, resubmit, onPause, signals }: Waiting,
): Promise<T> {
  return withEither(signals, async (signal) => {
    let name = first;
    let resubmissions = 0;
    let state: string | undefined;
    for (;;) {
      const started = performance.now();
      const pause = () =>
        setTimeout(Math.max(0, started + pollMilliseconds - performance.now()), undefined, { signal });
      const body = JSON.stringify({ request_id: name });
      const poll = { method: "POST", path: "retrieve_future", body, expected: [400, 408, 410] } as const;
      const answer = await http.send(poll, signal);
      const outcome = Outcome.parse(answer.body);
      if (answer.status === 410) {
        if (++resubmissions > mostResubmissions)
          throw new TinkerError(`${request}: the server lost its promise ${resubmissions} times`, "passing", 410);
        name = await resubmit();
        continue;
      }
      if (answer.status === 400)
        throw new TinkerError(
          http.withoutKey(`${request} failed: ${failure(outcome.detail ?? outcome.error)}`),
          "lasting",
        );
      if (answer.status === 408 || outcome.type === "try_again") {
        const now = outcome.queue_state ?? undefined;
        if (now !== state && (now === "paused_capacity" || now === "paused_rate_limit"))
          onPause?.({
            state: now,
            request,
            ...(outcome.queue_state_reason ? { reason: outcome.queue_state_reason } : {}),
          });
        state = now;
        await pause();
        continue;
      }
      if (outcome.status === "complete_metadata") {
        await pause();
        continue;
      }
      if (outcome.error != null) {
        const kind = outcome.category === "server" ? "passing" : "lasting";
        throw new TinkerError(http.withoutKey(`${request} failed: ${failure(outcome.error)}`), kind);
      }
      return http.read(schema, `retrieve_future (${request})`, answer.body);
    }
  });
}

const advices: readonly (readonly [RegExp, string])[] = [
  [
    /unknown model_id\(s\): \[''\]/,
    "this server does not sample its base model, which KL needs: train without (--kl off)",
  ],
  [/not loaded|not found/i, "its session was lost or the server was restarted: go on from a checkpoint"],
  [
    /number of LoRA adapters/,
    "start the server with a larger max_lora_adapters, or wait until it has dropped the models of processes that ended (300 s)",
  ],
];

function failure(said: unknown): string {
  const text = typeof said === "string" ? said : (JSON.stringify(said) ?? "(no message)");
  const advice = advices.find(([pattern]) => pattern.test(text))?.[1];
  return advice === undefined ? text.slice(0, 500) : `${text.slice(0, 500)}; ${advice}`;
}
