import { isDeepStrictEqual } from "node:util";
import { seededRandom } from "../../../src/core/seeded-random.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { Futures } from "./futures.ts";
import { type LossInput, type Normalisation, pass } from "./losses.ts";
import { Refusal } from "./refusal.ts";
import { type AdamParams, adam, type ToyModel, type ToyState } from "./toy-model.ts";

/** `hosted` runs in the order of sequence numbers and answers every repeated request as the first; `skyrl` does as 0.4.0's JAX backend. */
export type Flavour = "hosted" | "skyrl";

/** A gradient step as it was made: what its batch and its parameters were. */
export interface MockStep {
  readonly model: string;
  readonly batches: readonly LossInput[];
  readonly adam: AdamParams;
  readonly weights: readonly number[];
}

interface Model {
  readonly id: string;
  readonly session: string;
  readonly base: string;
  readonly rank: number;
  state: ToyState;
  gradient: readonly number[];
  batches: readonly LossInput[];
  /** The steps that made the present weights, through checkpoints too. */
  history: readonly MockStep[];
  next: number;
  touched: boolean;
  /** JAX's backend keeps one adapter for training and sampling; this is the checkpoint that it thinks is in it. */
  inAdapter: string | undefined;
  readonly seen: Map<number, { kind: string; body: unknown; request: string }>;
  readonly waiting: Map<number, () => void>;
}

/** The state of a Tinker server, without HTTP. */
export class Engine {
  readonly steps: MockStep[] = [];
  readonly events: { readonly kind: string; readonly model: string; readonly seq: number | undefined }[] = [];
  readonly #random = seededRandom("ids");
  readonly models = new Map<string, Model>();
  readonly #created = new Map<string, any>();
  #sessions = new Set<string>();
  #samplers = new Map<string, { base: string | undefined; path: string | undefined }>();
  readonly toy: ToyModel;
  readonly flavour: Flavour;
  readonly normalisation: Normalisation;
  readonly baseModel: string;
  readonly checkpoints: Checkpoints;
  readonly futures: Futures;
  readonly #unnumbered: boolean;
  readonly #respond: ((prompt: readonly number[], seed: number) => readonly number[] | undefined) | undefined;

  constructor(options: {
    toy: ToyModel;
    flavour: Flavour;
    normalisation: Normalisation;
    baseModel: string;
    checkpoints: Checkpoints;
    futures: Futures;
    respond?: ((prompt: readonly number[], seed: number) => readonly number[] | undefined) | undefined;
    unnumbered: boolean;
  }) {
    this.toy = options.toy;
    this.flavour = options.flavour;
    this.normalisation = options.normalisation;
    this.baseModel = options.baseModel;
    this.checkpoints = options.checkpoints;
    this.futures = options.futures;
    this.#respond = options.respond;
    this.#unnumbered = options.unnumbered;
  }

  /** As after a restart: only checkpoints are left. */
  forget(): void {
    this.#sessions = new Set();
    this.#samplers = new Map();
    this.#created.clear();
    this.models.clear();
    this.futures.clear();
  }

  #id(kind: string): string {
    return `${kind}_${this.#random.below(2 ** 32).toString(16)}`;
  }

  /** Answers as the first time where the same thing was created before. */
  #once<T>(key: string, create: () => T): T {
    if (this.flavour === "skyrl") return create();
    if (!this.#created.has(key)) this.#created.set(key, create());
    return this.#created.get(key) as T;
  }

  createSession(idempotencyKey: string) {
    return this.#once(`session ${idempotencyKey}`, () => {
      const session_id = this.#id("session");
      this.#sessions.add(session_id);
      return { type: "create_session", session_id };
    });
  }

  needSession(id: string): void {
    if (!this.#sessions.has(id)) throw new Refusal(404, "Session not found");
  }

  createModel(body: any) {
    this.needSession(body.session_id);
    const created = this.#once(`model ${body.session_id} ${body.model_seq_id}`, () => {
      const id = this.#id("model");
      this.models.set(id, {
        id,
        session: body.session_id,
        base: body.base_model,
        rank: body.lora_config.rank,
        state: this.toy.start(0),
        gradient: [],
        batches: [],
        history: [],
        next: 1,
        touched: false,
        inAdapter: undefined,
        seen: new Map(),
        waiting: new Map(),
      });
      const result = { model_id: id, base_model: body.base_model, lora_config: body.lora_config };
      return { ...result, request_id: this.futures.finished(result) };
    });
    return { ...created, request_id: this.futures.again(created.request_id) };
  }

  createSampler(body: any) {
    this.needSession(body.session_id);
    if ((body.base_model == null) === (body.model_path == null))
      throw new Refusal(400, "Exactly one of base_model or model_path must be provided");
    return this.#once(`sampler ${body.session_id} ${body.sampling_session_seq_id}`, () => {
      const sampling_session_id = this.#id("sampling");
      this.#samplers.set(sampling_session_id, {
        base: body.base_model ?? undefined,
        path: body.model_path ?? undefined,
      });
      return { type: "create_sampling_session", sampling_session_id };
    });
  }

  model(id: string): Model {
    const model = this.models.get(id);
    if (!model) throw new Refusal(404, "Model not found");
    return model;
  }

  /** Takes a request of a model into its line. `work` is done exactly once, when its turn has come. */
  inOrder(kind: string, body: any, work: (model: Model) => unknown, failure?: unknown): string {
    const model = this.model(body.model_id);
    const seq: number | undefined = body.seq_id;
    const saves = ["save_weights", "save_weights_for_sampler", "load_weights"].includes(kind);
    const dedups = this.flavour === "hosted" || !(saves || this.#unnumbered);
    const before = dedups && seq !== undefined ? model.seen.get(seq) : undefined;
    if (before) {
      if (before.kind !== kind || !isDeepStrictEqual(before.body, body))
        throw new Refusal(409, "Training request sequence number was reused");
      return this.futures.again(before.request);
    }
    const request = this.futures.open();
    if (dedups && seq !== undefined) model.seen.set(seq, { kind, body, request });
    if (kind === "load_weights" && model.touched)
      throw new Refusal(400, `LoadWeights is not permitted with seq_id ${seq}`);
    model.touched = true;
    const turn = () => {
      if (failure !== undefined) return this.futures.finish(request, failure);
      this.events.push({ kind, model: model.id, seq });
      try {
        this.futures.finish(request, work(model));
      } catch (error) {
        this.futures.finish(request, { error: (error as Error).message, category: "user" });
      }
    };
    if (this.flavour === "skyrl" || seq === undefined) turn();
    else {
      model.waiting.set(seq, turn);
      for (let ready = model.waiting.get(model.next); ready; ready = model.waiting.get(model.next)) {
        model.waiting.delete(model.next);
        model.next++;
        ready();
      }
    }
    return request;
  }

  forwardBackward(model: Model, input: LossInput, backward: boolean) {
    const { logprobs, losses, gradient } = pass(this.toy, model.state.weights, input, this.normalisation);
    if (backward) {
      model.gradient = gradient.map((value, k) => value + (model.gradient[k] ?? 0));
      model.batches = [...model.batches, input];
    }
    const tensor = (data: readonly number[]) => ({ data, dtype: "float32", shape: [data.length] });
    return {
      loss_fn_output_type: "ArrayRecord",
      loss_fn_outputs: logprobs.map((own, i) => ({ logprobs: tensor(own), elementwise_loss: tensor(losses[i]!) })),
      metrics: { "loss:sum": losses.flat().reduce((sum, loss) => sum + loss, 0) },
    };
  }

  optimStep(model: Model, params: AdamParams) {
    const data = model.batches.reduce((sum, batch) => sum + batch.data.length, 0);
    const divisor = this.normalisation === "sequence-mean" ? Math.max(data, 1) : 1;
    const gradient = model.state.weights.map((_, k) => (model.gradient[k] ?? 0) / divisor);
    model.state = adam(model.state, gradient, params);
    const step = { model: model.id, batches: model.batches, adam: params, weights: model.state.weights };
    this.steps.push(step);
    model.history = [...model.history, step];
    model.gradient = [];
    model.batches = [];
    return { metrics: { "skyrl.ai/grad_norm": Math.hypot(...gradient) } };
  }

  save(model: Model, kind: "weights" | "sampler_weights", name: string): string {
    const { state, history, base, rank } = model;
    return this.checkpoints.put(model.id, kind, name, { state, history, base, rank });
  }

  load(model: Model, path: string, optimizer: boolean) {
    const { state, history } = this.checkpoints.at(path, "weights");
    model.state = optimizer ? state : { ...this.toy.start(0), weights: state.weights };
    model.history = history;
    return { type: "load_weights" };
  }

  sample(body: any) {
    const session = this.#samplers.get(body.sampling_session_id);
    if (!session) throw new Refusal(404, "Sampling session not found");
    const weights = this.#sampledWeights(session);
    const prompt: number[] = body.prompt.chunks.flatMap((chunk: any) => chunk.tokens);
    const { max_tokens, temperature = 1, seed = 0, stop } = body.sampling_params;
    if (max_tokens == null) throw new Refusal(400, "max_tokens is currently required");
    const options = { maxTokens: max_tokens, temperature, stop: stop ?? [] };
    const sequences = Array.from({ length: body.num_samples }, (_, index) =>
      this.toy.sample(weights, prompt, { ...options, seed: seed + index }, this.#respond?.(prompt, seed + index)),
    );
    const scores = prompt.slice(1).map((token, at) => this.toy.logprob(weights, prompt[at]!, token));
    const prompt_logprobs = this.flavour === "skyrl" ? scores : [null, ...scores];
    return { type: "sample", sequences, ...(body.prompt_logprobs ? { prompt_logprobs } : {}) };
  }

  #sampledWeights({ base, path }: { base: string | undefined; path: string | undefined }): readonly number[] {
    if (path === undefined) {
      if (base !== this.baseModel) throw new Error(`the engine is configured for ${this.baseModel}, not for ${base}`);
      return this.toy.start(0).weights;
    }
    const { state } = this.checkpoints.at(path, "sampler_weights");
    if (this.flavour === "hosted") return state.weights;
    const id = path.slice("tinker://".length).split("/")[0]!;
    const model = this.models.get(id);
    if (!model) throw new Error(`Model ${id} not loaded`);
    if (model.inAdapter !== path) model.state = { ...model.state, weights: state.weights };
    model.inAdapter = path;
    return model.state.weights;
  }
}
