import { randomUUID } from "node:crypto";
import { untilAborted, withEither } from "./abort.ts";
import { Pending, SampleResult } from "./answers.ts";
import type { Connection } from "./connection.ts";
import { futureResult } from "./future.ts";
import { modelInput } from "./wire-batch.ts";

export interface TinkerSampleRequest {
  readonly promptTokens: readonly number[];
  readonly samples: number;
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  /** Token ids, or texts; not both. */
  readonly stop?: readonly number[] | readonly string[];
  /** The sequences' own seeds are this and those after it. */
  readonly seed?: number;
  readonly promptLogprobs?: boolean;
  /** The request's number in the sampling session, instead of the next one. SkyRL sends those of one number to one machine. */
  readonly number?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface TinkerSample {
  readonly sequences: readonly {
    readonly tokens: readonly number[];
    /** Of each token, at temperature 1 (in SkyRL), whatever it was drawn at. */
    readonly logprobs: readonly number[];
    readonly stopReason: "stop" | "length";
  }[];
  /** Of each token of the prompt, where they were asked for; 0 for the first. */
  readonly promptLogprobs?: readonly number[];
}

/** A sampling session: weights that are served for sampling. */
export class TinkerSampler {
  readonly id: string;
  readonly #connection: Connection;
  #number = 1;

  constructor(connection: Connection, id: string) {
    this.id = id;
    this.#connection = connection;
  }

  /** A number for requests that belong together. */
  nextNumber(): number {
    return this.#number++;
  }

  async sample(request: TinkerSampleRequest): Promise<TinkerSample> {
    const { http, lifetime, onPause } = this.#connection;
    const { promptTokens, samples, signal, number = this.nextNumber() } = request;
    const body = JSON.stringify({
      sampling_session_id: this.id,
      seq_id: number,
      num_samples: samples,
      prompt: modelInput(promptTokens),
      sampling_params: {
        max_tokens: request.maxTokens,
        temperature: request.temperature,
        top_k: request.topK,
        top_p: request.topP,
        stop: request.stop,
        seed: request.seed,
      },
      ...(request.promptLogprobs ? { prompt_logprobs: true } : {}),
    });
    const post = { method: "POST", path: "asample", body, idempotencyKey: randomUUID() } as const;
    const sampled = withEither([lifetime, signal], async (either) => {
      const submit = async () => http.read(Pending, "asample", (await http.send(post, either)).body).request_id;
      const waiting = { request: "asample", resubmit: submit, onPause, signals: [either] };
      return futureResult(http, SampleResult, await submit(), waiting);
    });
    const { sequences, prompt_logprobs } = await untilAborted(sampled, lifetime, signal);
    return {
      sequences: sequences.map(({ tokens, logprobs, stop_reason }) => ({
        tokens,
        logprobs: logprobs ?? [],
        stopReason: stop_reason,
      })),
      ...(prompt_logprobs ? { promptLogprobs: ofEachToken(prompt_logprobs, promptTokens.length) } : {}),
    };
  }
}

/** SkyRL leaves out the first token, which has no log-probability, and the hosted service writes null for it. */
function ofEachToken(logprobs: readonly (number | null)[], tokens: number): number[] {
  const own = logprobs.length === tokens ? logprobs.slice(1) : logprobs;
  return [0, ...own.map((logprob) => logprob ?? Number.NaN)];
}
