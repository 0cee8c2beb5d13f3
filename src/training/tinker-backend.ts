import { DataError } from "../task/problem.ts";
import type { Backend, Capabilities } from "./backend.ts";
import type { SampledSequence, SampleRequest, Sampler } from "./sampler.ts";
import { untilAborted } from "./tinker/abort.ts";
import type { TinkerProfile } from "./tinker/profile.ts";
import { TinkerClient, type TinkerOptions } from "./tinker/tinker-client.ts";
import type { TinkerModel } from "./tinker/tinker-model.ts";
import type { TinkerSampler } from "./tinker/tinker-sampler.ts";
import { plainBatch, weightedBatch } from "./tinker/weighted-batch.ts";
import type { Trainer, TrainStep, TrainStepResult } from "./trainer.ts";

export interface TinkerBackendOptions extends TinkerOptions {
  readonly profile: TinkerProfile;
  /** By the server's name; the only one it has, unless given. */
  readonly baseModel?: string | undefined;
  /** Of the adapter that is trained. */
  readonly rank: number;
  /** Of the adapter's first weights. */
  readonly seed?: number | undefined;
}

/** A server of the Tinker protocol as trainer and samplers. The model is made when it is first needed. */
export async function openTinkerBackend(options: TinkerBackendOptions): Promise<Backend> {
  const client = await TinkerClient.connect(options);
  try {
    const baseModel = options.baseModel ?? (await onlyModel(client));
    return new TinkerBackend(client, { ...options, baseModel });
  } catch (error) {
    client.close();
    throw error;
  }
}

/** What a server of this profile can do, as far as it is known without asking it. */
export function tinkerCapabilities(
  { gradientNorm, gradientClipping, samplers }: TinkerProfile,
  rank: number,
): Capabilities {
  return {
    weights: { kind: "lora", rank },
    losses: ["cross_entropy", "importance_sampling", "ppo"],
    klInLoss: false,
    gradientNorm: gradientNorm !== undefined,
    gradientClipping,
    sequenceLogprobs: true,
    seededSampling: true,
    ...(samplers === "kept" ? {} : { samplers }),
  };
}

async function onlyModel(client: TinkerClient): Promise<string> {
  const models = await client.supportedModels();
  if (models.length === 1) return models[0]!;
  throw new DataError(`baseModel: name one of the server's models: ${models.join(", ") || "it has none"}`);
}

class TinkerBackend implements Backend {
  readonly description: Readonly<Record<string, string>>;
  readonly capabilities: Capabilities;
  readonly trainer: Trainer;
  readonly #client: TinkerClient;
  readonly #profile: TinkerProfile;
  readonly #lora: { readonly baseModel: string; readonly rank: number; readonly seed: number | undefined };
  #line: Promise<unknown> = Promise.resolve();
  #model: Promise<TinkerModel> | undefined;
  /** Why the model's weights are no longer known. */
  #broken: Error | undefined;
  #published = 0;
  #steps = 0;
  #base: Promise<Sampler> | undefined;

  constructor(client: TinkerClient, options: TinkerBackendOptions & { readonly baseModel: string }) {
    const { profile, baseModel, rank, seed } = options;
    this.#client = client;
    this.#profile = profile;
    this.#lora = { baseModel, rank, seed };
    this.description = { protocol: "tinker", profile: profile.name, address: client.address, baseModel };
    this.capabilities = tinkerCapabilities(profile, rank);
    this.trainer = {
      step: (step, signal) => this.#inTurn(() => this.#step(step, signal)),
      logprobs: (sequences, signal) => this.#inTurn(() => this.#logprobs(sequences, signal)),
      save: (name, signal) => this.#inTurn(async () => (await this.#ready(signal)).saveWeights(name, signal)),
      load: (path, signal) => this.#inTurn(() => this.#load(path, signal)),
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => {});
    return done;
  }

  #ready(signal: AbortSignal | undefined): Promise<TinkerModel> {
    if (this.#broken)
      throw new Error(
        `the model is lost since a step or a load failed; load a checkpoint first (${this.#broken.message})`,
      );
    this.#model ??= this.#client.createModel(this.#lora, signal);
    this.#model.catch(() => {
      this.#model = undefined;
    });
    return this.#model;
  }

  async #step({ batch, loss, optimiser }: TrainStep, signal: AbortSignal | undefined): Promise<TrainStepResult> {
    if (batch.length === 0) throw new Error("a step needs a batch that is not empty");
    const { gradientClip } = optimiser;
    if (gradientClip !== undefined && !this.#profile.gradientClipping)
      throw new DataError(`gradientClip: the ${this.#profile.name} server does not clip gradients; leave it out`);
    const model = await this.#ready(signal);
    const { data, loss: wireLoss } = weightedBatch(batch, loss, this.#profile);
    const params = {
      learning_rate: optimiser.learningRate,
      beta1: optimiser.beta1,
      beta2: optimiser.beta2,
      eps: optimiser.epsilon,
      weight_decay: optimiser.weightDecay,
      ...(gradientClip === undefined ? {} : { grad_clip_norm: gradientClip }),
    };
    try {
      this.#steps++;
      const pass = model.forwardBackward(data, wireLoss, signal);
      if (!this.#profile.pipelined) await pass;
      const [{ logprobs, metrics }, optimised] = await Promise.all([pass, model.optimStep(params, signal)]);
      const all = { ...metrics, ...optimised.metrics };
      const norm = this.#profile.gradientNorm === undefined ? undefined : all[this.#profile.gradientNorm];
      return {
        logprobs: logprobs.map((own) => [0, ...own]),
        ...(norm === undefined ? {} : { gradientNorm: norm }),
        metrics: all,
      };
    } catch (error) {
      this.#broken = error as Error;
      throw error;
    }
  }

  async #logprobs(
    sequences: readonly (readonly number[])[],
    signal: AbortSignal | undefined,
  ): Promise<readonly (readonly number[])[]> {
    // A single token has nothing before it.
    const long = sequences.filter((tokens) => tokens.length > 1);
    if (long.length === 0) return sequences.map((tokens) => tokens.map(() => 0));
    const model = await this.#ready(signal);
    const { logprobs } = await model.forward(plainBatch(long), { name: "cross_entropy" }, signal);
    const next = logprobs.values();
    return sequences.map((tokens) => (tokens.length > 1 ? [0, ...next.next().value!] : tokens.map(() => 0)));
  }

  async #load(path: string, signal: AbortSignal | undefined): Promise<void> {
    const old = await this.#model?.catch(() => undefined);
    this.#model = undefined;
    this.#steps++;
    await old?.unload().catch(() => {});
    try {
      const loaded = await this.#client.createModelFrom(path, this.#lora, signal);
      this.#model = Promise.resolve(loaded);
      this.#broken = undefined;
    } catch (error) {
      this.#broken = error as Error;
      throw error;
    }
  }

  publish(version: number, signal?: AbortSignal): Promise<Sampler> {
    return this.#inTurn(async () => {
      const model = await this.#ready(signal);
      const count = ++this.#published;
      const path = await model.saveWeightsForSampler(`version-${version}-${count}`, signal);
      const steps = this.#steps;
      return this.#sampler({ modelPath: path }, path, version, signal, () => {
        const { samplers } = this.#profile;
        const over = samplers !== "kept" && this.#published !== count;
        if (over || (samplers === "until-next-step" && this.#steps !== steps))
          throw new Error(
            `version ${version} can no longer be sampled: the ${this.#profile.name} server keeps no weights but the newest`,
          );
      });
    });
  }

  async openSampler(path: string, version: number, signal?: AbortSignal): Promise<Sampler> {
    if (this.#profile.samplers !== "kept")
      throw new DataError(
        `${path} cannot be opened: the ${this.#profile.name} server serves only what is published now; load the training checkpoint and publish it`,
      );
    return this.#sampler({ modelPath: path }, path, version, signal);
  }

  baseSampler(signal?: AbortSignal): Promise<Sampler> {
    const { baseModel } = this.#lora;
    this.#base ??= this.#sampler({ baseModel }, baseModel, 0, signal);
    this.#base.catch(() => {
      this.#base = undefined;
    });
    return this.#base;
  }

  async #sampler(
    source: { readonly baseModel: string } | { readonly modelPath: string },
    path: string,
    version: number,
    signal: AbortSignal | undefined,
    check: () => void = () => {},
  ): Promise<Sampler> {
    const sampler = await this.#client.createSampler(source, signal);
    const numbers = new Map<string, number>();
    return {
      version,
      path,
      sample: async (request) => {
        check();
        return sample(sampler, request, this.#profile.stickyNumbers ? numbers : undefined);
      },
      logprobs: async (tokens, signal) => {
        check();
        const asked = { promptTokens: tokens, samples: 1, maxTokens: 1, promptLogprobs: true, signal };
        const { promptLogprobs } = await sampler.sample(asked);
        if (!promptLogprobs)
          throw new Error("the server gave no log-probabilities of the prompt; train without KL (--kl off)");
        return promptLogprobs;
      },
    };
  }

  forget(path: string): Promise<void> {
    return this.#client.deleteCheckpoint(path);
  }

  async close(): Promise<void> {
    const model = await this.#model?.catch(() => undefined);
    // A server that is gone has given it back already.
    if (model) await untilAborted(model.unload(), AbortSignal.timeout(5000)).catch(() => {});
    this.#client.close();
  }
}

/** The n-th sequence of a request has the seed `seed + n`, and SkyRL keeps them in 32 bits. */
const largestSeed = 2 ** 30;

async function sample(
  sampler: TinkerSampler,
  { promptTokens, samples, maxTokens, temperature, stopTokens, seed, stickyKey, signal }: SampleRequest,
  numbers: Map<string, number> | undefined,
): Promise<readonly SampledSequence[]> {
  let number: number | undefined;
  if (numbers && stickyKey !== undefined) {
    number = numbers.get(stickyKey) ?? sampler.nextNumber();
    numbers.set(stickyKey, number);
  }
  const { sequences } = await sampler.sample({
    promptTokens,
    samples,
    maxTokens,
    temperature,
    signal,
    ...(stopTokens.length === 0 ? {} : { stop: stopTokens }),
    ...(seed === undefined ? {} : { seed: seed % largestSeed }),
    ...(number === undefined ? {} : { number }),
  });
  sequences.forEach(({ tokens, logprobs }, index) => {
    if (tokens.length !== logprobs.length)
      throw new Error(`asample: sequences[${index}] has ${tokens.length} tokens and ${logprobs.length} logprobs`);
    const at = logprobs.findIndex((logprob) => !Number.isFinite(logprob));
    if (at >= 0) throw new Error(`asample: sequences[${index}].logprobs[${at}] is ${logprobs[at]}`);
  });
  return sequences;
}
