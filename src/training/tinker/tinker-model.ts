import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { z } from "zod";
import { DataError } from "../../task/problem.ts";
import { untilAborted } from "./abort.ts";
import {
  Anything,
  CheckpointList,
  ForwardBackwardResult,
  ModelInfo,
  OptimStepResult,
  Pending,
  SavedWeights,
} from "./answers.ts";
import type { Connection } from "./connection.ts";
import { futureResult } from "./future.ts";
import { TinkerError } from "./tinker-error.ts";
import { checkedLogprobs, joinMetrics, splitBatch, type TinkerDatum } from "./wire-batch.ts";

/** A loss by the server's name, and its settings: `clip_low_threshold` and `clip_high_threshold` bound the ratio of `ppo` and `cispo`. */
export interface TinkerLoss {
  readonly name: "cross_entropy" | "importance_sampling" | "ppo" | "cispo" | "dro";
  readonly config?: Readonly<Record<string, number>>;
}

export interface AdamParams {
  readonly learning_rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weight_decay: number;
  /** The longest gradient that is not shortened; the hosted service only. */
  readonly grad_clip_norm?: number;
}

export interface ForwardOutput {
  /** For each datum, the log-probability of each of its target tokens. */
  readonly logprobs: readonly (readonly number[])[];
  /** Whatever the server measured, by its own names. */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * A model in training. Requests are numbered from 1 and sent in the order of the calls, each when the server has taken the one before
 * it; results are waited for side by side. So `forwardBackward` and `optimStep` may both be called before either is awaited
 * (with `Promise.all`). A request that could not be sent takes those that wait behind it with it.
 */
export class TinkerModel {
  readonly id: string;
  readonly #connection: Connection;
  #line: Promise<unknown> = Promise.resolve();
  #number = 1;
  /** Counts failures to send, so that what waited behind one is not sent. */
  #failures = 0;
  #broken: Error | undefined;

  constructor(connection: Connection, id: string) {
    this.#connection = connection;
    this.id = id;
  }

  /** Log-probabilities under the present weights; no gradient. */
  forward(data: readonly TinkerDatum[], loss: TinkerLoss, signal?: AbortSignal): Promise<ForwardOutput> {
    return this.#pass("forward", data, loss, signal);
  }

  /** Adds the batch's gradient to what the next `optimStep` takes. */
  forwardBackward(data: readonly TinkerDatum[], loss: TinkerLoss, signal?: AbortSignal): Promise<ForwardOutput> {
    return this.#pass("forward_backward", data, loss, signal);
  }

  async #pass(
    kind: "forward" | "forward_backward",
    data: readonly TinkerDatum[],
    { name, config }: TinkerLoss,
    signal: AbortSignal | undefined,
  ): Promise<ForwardOutput> {
    const requests = splitBatch(data, this.#connection.limits);
    const results = requests.map(async (data) => {
      const input = { data, loss_fn: name, ...(config === undefined ? {} : { loss_fn_config: config }) };
      const result = await this.#request(kind, { [`${kind}_input`]: input }, ForwardBackwardResult, signal);
      return { ...result, logprobs: checkedLogprobs(result.loss_fn_outputs, data), data: data.length };
    });
    try {
      const parts = await Promise.all(results);
      return { logprobs: parts.flatMap(({ logprobs }) => logprobs), metrics: joinMetrics(parts) };
    } catch (error) {
      if (kind === "forward_backward" && requests.length > 1) this.#broken ??= error as Error;
      throw error;
    }
  }

  /** One step of Adam with the gradients of every `forwardBackward` since the last. */
  async optimStep(
    params: AdamParams,
    signal?: AbortSignal,
  ): Promise<{ readonly metrics: Readonly<Record<string, number>> }> {
    const { metrics } = await this.#request("optim_step", { adam_params: params }, OptimStepResult, signal);
    return { metrics };
  }

  /** Keeps weights and optimiser; returns the path for `loadWeights`. */
  async saveWeights(name: string, signal?: AbortSignal): Promise<string> {
    return this.#save("save_weights", "weights", name, signal);
  }

  /** Keeps the weights for sampling; returns the path for `TinkerClient.createSampler`. */
  async saveWeightsForSampler(name: string, signal?: AbortSignal): Promise<string> {
    return this.#save("save_weights_for_sampler", "sampler_weights", name, signal);
  }

  async #save(
    kind: "save_weights" | "save_weights_for_sampler",
    folder: string,
    name: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
      throw new DataError(`checkpoint name: ${JSON.stringify(name)} may hold only letters, digits, - and _`);
    const path = `tinker://${this.id}/${folder}/${name}`;
    const result = await this.#request(kind, { path: name }, SavedWeights, signal, {
      status: 409,
      recover: () => this.#listed(path),
    });
    // SkyRL leaves the folder out, and finds it with and without.
    return result.path.startsWith(`tinker://${this.id}/${folder}/`) ? result.path : path;
  }

  /** SkyRL knows a repeated `save_weights` only by its name; the first one's checkpoint is there when it is listed. */
  async #listed(path: string): Promise<{ path: string }> {
    const { http, lifetime } = this.#connection;
    for (let tries = 0; tries < 600; tries++) {
      const request = { method: "GET", path: `training_runs/${this.id}/checkpoints` } as const;
      const { checkpoints } = await http.ask(CheckpointList, request, lifetime);
      if (checkpoints.some(({ tinker_path }) => tinker_path === path)) return { path };
      await setTimeout(500, undefined, { signal: lifetime });
    }
    throw new TinkerError(`${path} was to be saved and did not appear`, "lasting");
  }

  /** Weights, and the optimiser unless told otherwise, of a checkpoint of this or another model. Only as a model's first request. */
  async loadWeights(path: string, options: { optimizer?: boolean; signal?: AbortSignal } = {}): Promise<void> {
    const { optimizer = true, signal } = options;
    await this.#request("load_weights", { path, optimizer }, Anything, signal, {
      status: 400,
      recover: () => {
        throw new TinkerError(
          "load_weights: the server's answer was lost, and it takes no second one: make a new model and load into that",
          "passing",
        );
      },
    });
  }

  async info(): Promise<z.output<typeof ModelInfo>> {
    const { http, lifetime } = this.#connection;
    const body = JSON.stringify({ model_id: this.id });
    return http.ask(ModelInfo, { method: "POST", path: "get_info", body }, lifetime);
  }

  /** Gives the model's memory back; checkpoints stay. Nothing where it is unloaded already. */
  async unload(): Promise<void> {
    const { http, lifetime } = this.#connection;
    const body = JSON.stringify({ model_id: this.id });
    const request = {
      method: "POST",
      path: "unload_model",
      body,
      idempotencyKey: randomUUID(),
      expected: [404],
    } as const;
    const submit = async () => {
      const { status, body } = await http.send(request, lifetime);
      return status === 404 ? undefined : http.read(Pending, request.path, body).request_id;
    };
    const future = await submit();
    if (future === undefined) return;
    const resubmit = async () => (await submit()) ?? future;
    await futureResult(http, Anything, future, { request: "unload_model", resubmit, signals: [lifetime] });
  }

  /** Of a request whose work was or was not done, and cannot be asked for again without being done again. */
  #lost(kind: string): never {
    const message = `${kind}: the server lost its promise, and would make it a second time if asked again; load a checkpoint into a new model`;
    this.#broken ??= new TinkerError(message, "lasting", 410);
    throw this.#broken;
  }

  /** Sends in order, waits out of order. `repeated` says how to go on where only a repeated request is refused with its status. */
  #request<T>(
    kind: string,
    fields: object,
    schema: z.ZodType<T>,
    signal: AbortSignal | undefined,
    repeated?: { readonly status: number; readonly recover: () => Promise<T> },
  ): Promise<T> {
    const { http, lifetime, numbered, onPause } = this.#connection;
    const once = !numbered && (kind === "forward_backward" || kind === "optim_step");
    const failures = this.#failures;
    const taken = this.#line.then(async () => {
      lifetime.throwIfAborted();
      signal?.throwIfAborted();
      if (this.#broken)
        throw new Error(
          `${kind} was not sent: what the model holds is not known since a request failed; load a checkpoint into a new one (${this.#broken.message})`,
        );
      if (failures !== this.#failures) throw new Error(`${kind} was not sent: a request before it failed`);
      let tries = 0;
      try {
        const body = JSON.stringify({ model_id: this.id, ...fields, seq_id: this.#number });
        const request = { method: "POST", path: kind, body, idempotencyKey: randomUUID() } as const;
        const submit = async () => {
          const { body } = once
            ? await http.once(request, lifetime)
            : await http.send(request, lifetime, (count) => {
                tries = count;
              });
          return http.read(Pending, kind, body).request_id;
        };
        const future = await submit();
        this.#number++;
        const resubmit = once ? async () => this.#lost(kind) : submit;
        return () =>
          futureResult(http, schema, future, { request: kind, resubmit, onPause, signals: [lifetime, signal] });
      } catch (error) {
        const status = error instanceof TinkerError ? error.status : undefined;
        if (repeated && tries > 1 && status === repeated.status) {
          this.#number++;
          return repeated.recover;
        }
        this.#failures++;
        // Whether any other request was taken, and its number with it, is not known.
        const refused = status !== undefined && status < 500 && (status !== 409 || repeated !== undefined);
        if (!refused || (error as TinkerError).kind === "passing") this.#broken ??= error as Error;
        throw error;
      }
    });
    this.#line = taken.catch(() => {});
    return untilAborted(
      taken.then((result) => result()),
      lifetime,
      signal,
    );
  }
}
