import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { z } from "zod";
import { type Backoff, withRetries } from "../../rollout/retry.ts";
import { DataError } from "../../task/problem.ts";
import { untilAborted } from "./abort.ts";
import {
  Anything,
  CheckpointList,
  ClientConfig,
  CreatedModel,
  Description,
  Pending,
  SamplingSession,
  ServerCapabilities,
  Session,
  WeightsInfo,
} from "./answers.ts";
import type { Connection } from "./connection.ts";
import { futureResult, type Pause } from "./future.ts";
import { TinkerError } from "./tinker-error.ts";
import { type HttpOptions, TinkerHttp } from "./tinker-http.ts";
import { TinkerModel } from "./tinker-model.ts";
import { TinkerSampler } from "./tinker-sampler.ts";

export interface TinkerOptions extends HttpOptions {
  /** Told when the server holds a request back. */
  readonly onPause?: ((pause: Pause) => void) | undefined;
  /** What the server is to keep with the session. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Ends connecting. */
  readonly signal?: AbortSignal | undefined;
}

/** A new model: a low-rank adapter on a base model. */
export interface LoraOptions {
  /** By the server's name. */
  readonly baseModel: string;
  readonly rank: number;
  /** Of the adapter's first weights. */
  readonly seed?: number | undefined;
}

const heartbeatMilliseconds = 10_000;
/** A lost `load_weights` needs a new model each time. */
const loading: Backoff = { tries: 5, firstMilliseconds: 500, longestMilliseconds: 30_000 };

/** A session on a server that speaks the Tinker protocol in JSON. */
export class TinkerClient {
  readonly #connection: Connection;
  readonly #session: string;
  readonly #end: AbortController;
  readonly #heartbeat: NodeJS.Timeout;
  #models = 0;
  #samplers = 0;

  private constructor(connection: Connection, session: string, end: AbortController) {
    this.#connection = connection;
    this.#session = session;
    this.#end = end;
    this.#heartbeat = setInterval(() => void this.#beat(), heartbeatMilliseconds).unref();
  }

  /** Opens a session, and keeps it alive until `close`. Throws a `TinkerError` where the server does not let it. */
  static async connect(options: TinkerOptions): Promise<TinkerClient> {
    const http = new TinkerHttp(options);
    const end = new AbortController();
    setMaxListeners(0, end.signal);
    const opened = (async () => {
      const { fwdbwd_max_chunk_len, fwdbwd_max_chunk_bytes_count } = await http.ask(
        ClientConfig,
        post("client/config", { sdk_version: sdkVersion }),
        end.signal,
      );
      const { session_id, error_message } = await http.ask(
        Session,
        post("create_session", { tags: [], user_metadata: options.metadata ?? null, sdk_version: sdkVersion }),
        end.signal,
      );
      if (error_message) throw new TinkerError(`create_session: ${http.withoutKey(error_message)}`, "lasting");
      const limits = { data: fwdbwd_max_chunk_len, bytes: fwdbwd_max_chunk_bytes_count };
      const numbered = await takesNumbers(http, end.signal);
      const connection = { http, lifetime: end.signal, limits, numbered, onPause: options.onPause };
      return new TinkerClient(connection, session_id, end);
    })();
    try {
      return await untilAborted(opened, options.signal);
    } catch (error) {
      end.abort(error);
      throw error;
    }
  }

  /** The server's address, without secrets. */
  get address(): string {
    return this.#connection.http.address;
  }

  async #beat(): Promise<void> {
    const { http, lifetime } = this.#connection;
    try {
      await http.once(post("session_heartbeat", { session_id: this.#session }), lifetime, heartbeatMilliseconds);
    } catch (error) {
      // Whatever passes is for the next beat.
      if (!(error instanceof TinkerError) || error.status !== 404) return;
      const message = `the server lost session ${this.#session}, and its models with it: connect again and load a checkpoint`;
      this.#stop(new TinkerError(message, "lasting", 404));
    }
  }

  #stop(reason: Error): void {
    clearInterval(this.#heartbeat);
    if (!this.#end.signal.aborted) this.#end.abort(reason);
  }

  /** Ends the heartbeat and every wait. What the server holds for the session it gives back by itself. */
  close(): void {
    this.#stop(new Error("the Tinker client was closed"));
  }

  /** Throws where the server cannot be used now. */
  async health(): Promise<void> {
    await this.#ask(Anything, { method: "GET", path: "healthz" });
  }

  /** The base models that the server has. */
  async supportedModels(): Promise<string[]> {
    const { supported_models } = await this.#ask(ServerCapabilities, {
      method: "GET",
      path: "get_server_capabilities",
    });
    return supported_models.map(({ model_name }) => model_name);
  }

  async createModel({ baseModel, rank, seed }: LoraOptions, signal?: AbortSignal): Promise<TinkerModel> {
    const { http, lifetime, onPause } = this.#connection;
    const lora_config = { rank, ...(seed === undefined ? {} : { seed }) };
    const request = post("create_model", {
      session_id: this.#session,
      model_seq_id: this.#models++,
      base_model: baseModel,
      lora_config,
    });
    const submit = async () => (await http.ask(Pending, request, lifetime)).request_id;
    const created = (async () => {
      const waiting = { request: "create_model", resubmit: submit, onPause, signals: [lifetime, signal] };
      return futureResult(http, CreatedModel, await submit(), waiting);
    })();
    const { model_id } = await untilAborted(created, lifetime, signal);
    return new TinkerModel(this.#connection, model_id);
  }

  /** A new model that goes on from a checkpoint: weights, and the optimiser. */
  async createModelFrom(path: string, options: LoraOptions, signal?: AbortSignal): Promise<TinkerModel> {
    const attempt = async () => {
      const model = await this.createModel(options, signal);
      try {
        await model.loadWeights(path, signal === undefined ? {} : { signal });
        return model;
      } catch (error) {
        // Its place is wanted for the next try.
        await untilAborted(model.unload(), AbortSignal.timeout(5000)).catch(() => {});
        throw error;
      }
    };
    return withRetries(attempt, `load ${path}`, signal ?? this.#connection.lifetime, loading);
  }

  /** Serves a base model, or weights that `saveWeightsForSampler` kept. */
  async createSampler(
    source: { readonly baseModel: string } | { readonly modelPath: string },
    signal?: AbortSignal,
  ): Promise<TinkerSampler> {
    const request = post("create_sampling_session", {
      session_id: this.#session,
      sampling_session_seq_id: this.#samplers++,
      ...("baseModel" in source ? { base_model: source.baseModel } : { model_path: source.modelPath }),
    });
    const { sampling_session_id } = await this.#ask(SamplingSession, request, signal);
    return new TinkerSampler(this.#connection, sampling_session_id);
  }

  /** What a training checkpoint was made from. */
  async weightsInfo(path: string): Promise<z.output<typeof WeightsInfo>> {
    return this.#ask(WeightsInfo, post("weights_info", { tinker_path: path }));
  }

  /** The checkpoints of a model, of any session. */
  async checkpoints(modelId: string): Promise<z.output<typeof CheckpointList>["checkpoints"]> {
    const path = `training_runs/${encodeURIComponent(modelId)}/checkpoints`;
    return (await this.#ask(CheckpointList, { method: "GET", path })).checkpoints;
  }

  /** Deletes a checkpoint by its `tinker://` path; nothing where it is gone already. */
  async deleteCheckpoint(path: string): Promise<void> {
    const [, model, name] = /^tinker:\/\/([\w-]+)\/((?:sampler_)?weights\/[\w-]+)$/.exec(path) ?? [];
    if (!model) throw new DataError(`${JSON.stringify(path)} is no path such as tinker://model/weights/name`);
    const request = { method: "DELETE", path: `training_runs/${model}/checkpoints/${name}`, expected: [404] } as const;
    await this.#connection.http.send(request, this.#connection.lifetime);
  }

  #ask<T>(schema: z.ZodType<T>, request: Parameters<TinkerHttp["send"]>[0], signal?: AbortSignal): Promise<T> {
    const { http, lifetime } = this.#connection;
    return untilAborted(http.ask(schema, request, lifetime), lifetime, signal);
  }
}

/** SkyRL up to 0.3.0 does not, and says so; a server that does not describe itself is taken to. */
async function takesNumbers(http: TinkerHttp, signal: AbortSignal): Promise<boolean> {
  const request = { method: "GET", path: "../../openapi.json", expected: [401, 403, 404] } as const;
  const { body } = await http.send(request, signal);
  const described = Description.safeParse(body);
  return !described.success || "seq_id" in described.data.components.schemas.OptimStepRequest.properties;
}

const sdkVersion = "envtune";

function post(path: string, body: object) {
  return { method: "POST", path, body: JSON.stringify(body), idempotencyKey: randomUUID() } as const;
}
