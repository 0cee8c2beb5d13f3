import { setTimeout } from "node:timers/promises";
import type { Backend, Capabilities } from "../../src/training/backend.ts";
import type { SampleRequest, Sampler } from "../../src/training/sampler.ts";
import type { TrainStep, TrainStepResult } from "../../src/training/trainer.ts";
import { type Table, TableModel } from "./table-model.ts";

/** What a server keeps when a driver goes. */
export class FakeServer {
  readonly model: TableModel;
  readonly checkpoints = new Map<string, Table>();
  /** Every step that was made on the weights that led to a checkpoint. */
  readonly histories = new Map<string, readonly TrainStep[]>();
  /** Every step that was asked for. */
  readonly steps: TrainStep[] = [];
  readonly requests: SampleRequest[] = [];

  constructor(vocabulary: number) {
    this.model = new TableModel(vocabulary);
  }
}

export interface FakeOptions {
  readonly server: FakeServer;
  readonly capabilities?: Partial<Capabilities>;
  /** Called before each answer, by the call's name; may wait, or throw. */
  readonly before?: (call: string, request?: SampleRequest) => Promise<void> | void;
  /** What trainer and samplers say, made different from what they hold. */
  readonly logprobs?: (logprob: number) => number;
  /** Published weights are served so many probes late. */
  readonly late?: number;
}

/** A backend in this process. Its weights are those of a bigram model, all 0 at first. */
export function fakeBackend({ server, capabilities, before, logprobs = (it) => it, late = 0 }: FakeOptions): Backend {
  const { model } = server;
  let table: Table = {};
  let history: readonly TrainStep[] = [];
  let [saved, published] = [0, 0];
  const samplerOf = (path: string, version: number, stale?: Table): Sampler => {
    const weights = path === "base" ? {} : server.checkpoints.get(path);
    if (!weights) throw new Error(`no sampler is kept at ${path}`);
    let tries = 0;
    return {
      ...{ version, path },
      async sample(request) {
        request.signal?.throwIfAborted();
        server.requests.push(request);
        await before?.("sample", request);
        request.signal?.throwIfAborted();
        return model.sample(stale && tries++ < late ? stale : weights, request);
      },
      async logprobs(tokens) {
        await before?.("reference");
        return model.logprobs(weights, tokens);
      },
    };
  };
  let latest: Table | undefined;
  return {
    description: { protocol: "fake", address: "here" },
    capabilities: {
      weights: { kind: "lora", rank: 8 },
      losses: ["cross_entropy", "importance_sampling", "ppo"],
      ...{ klInLoss: false, gradientNorm: true, gradientClipping: true, sequenceLogprobs: true, seededSampling: true },
      ...capabilities,
    },
    trainer: {
      async step(step) {
        await before?.("step");
        server.steps.push(step);
        const { table: next, ...result } = model.step(table, step);
        table = next;
        history = [...history, step];
        await before?.("stepped");
        return { ...result, logprobs: result.logprobs.map((own) => own.map(logprobs)) } as TrainStepResult;
      },
      async logprobs(sequences) {
        await before?.("logprobs");
        return sequences.map((tokens) => model.logprobs(table, tokens).map(logprobs));
      },
      async save(name) {
        await before?.("save");
        if (server.checkpoints.has(name)) throw new Error(`the name ${name} is taken`);
        server.checkpoints.set(name, table);
        server.histories.set(name, history);
        saved++;
        return name;
      },
      async load(path) {
        await before?.("load");
        const kept = server.checkpoints.get(path);
        if (!kept) throw new Error(`there is no checkpoint ${path}`);
        table = kept;
        history = server.histories.get(path)!;
      },
    },
    async publish(version) {
      await before?.("publish");
      const path = `sampler-${version}-${published++}-${saved}-${server.checkpoints.size}`;
      server.checkpoints.set(path, table);
      const sampler = samplerOf(path, version, latest);
      latest = table;
      return sampler;
    },
    async openSampler(path, version) {
      await before?.("open");
      return samplerOf(path, version);
    },
    async baseSampler() {
      return samplerOf("base", 0);
    },
    async forget(path) {
      await before?.("forget");
      if (!server.checkpoints.delete(path)) throw new Error(`there is no checkpoint ${path}`);
    },
    async close() {
      await setTimeout(0);
    },
  };
}
