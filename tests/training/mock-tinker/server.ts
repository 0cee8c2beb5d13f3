import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { seededRandom } from "../../../src/core/seeded-random.ts";
import { Checkpoints } from "./checkpoints.ts";
import { Engine, type Flavour, type MockStep } from "./engine.ts";
import { type FaultRates, Faults } from "./faults.ts";
import { Futures } from "./futures.ts";
import type { Normalisation } from "./losses.ts";
import { Refusal } from "./refusal.ts";
import { answer, retrieve } from "./routes.ts";
import { ToyModel } from "./toy-model.ts";

export interface MockTinkerOptions {
  /** A free one unless given. */
  readonly port?: number;
  readonly faults?: FaultRates;
  /** Of the faults and of how long results are held back. */
  readonly seed?: number;
  /** `hosted` unless given. */
  readonly flavour?: Flavour;
  /** The flavour's own unless given. */
  readonly normalisation?: Normalisation;
  /** The tokens that the model can emit: 0 to 63 unless given. */
  readonly vocabulary?: readonly number[];
  /** What the model is to say instead of drawing tokens; its log-probabilities stay the model's own. */
  readonly respond?: (prompt: readonly number[], seed: number) => readonly number[] | undefined;
  /** Where checkpoints are kept, so that a later server has them too. */
  readonly checkpointFile?: string;
  readonly baseModel?: string;
  readonly apiKey?: string;
  /** How long a result is held back at most, in milliseconds (0): results overtake each other. */
  readonly holdMilliseconds?: number;
  /** How long a poll waits for a result before it is answered 408 (1000). */
  readonly pollMilliseconds?: number;
  /** Takes or gives protobuf only. */
  readonly protobuf?: "requests" | "answers";
  /** Training requests have no numbers and a repeated one is worked on again, as in SkyRL 0.3.0. */
  readonly unnumbered?: boolean;
  /** Answers a request itself, where it wants to. */
  readonly intercept?: (path: string, body: any) => { status: number; body: unknown } | undefined;
}

export interface MockTinker {
  readonly url: string;
  readonly log: {
    /** Every gradient step that was made, in order, of every model. */
    readonly steps: readonly MockStep[];
    /** Every request of a model that was worked on. */
    readonly events: Engine["events"];
    /** Every request that came in, repeated ones too, with its idempotency key. */
    readonly requests: readonly { readonly path: string; readonly body: any; readonly key: string }[];
    readonly faults: Faults["counts"];
  };
  /** The steps that made a model's or a checkpoint's weights, from the first. */
  history(modelOrPath: string): readonly MockStep[];
  /** Models that are loaded, oldest first. */
  models(): readonly string[];
  /** Forgets everything but checkpoints, as a restart does. */
  restart(): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An in-memory Tinker server with a toy model, on 127.0.0.1. */
export async function startMockTinker(options: MockTinkerOptions = {}): Promise<MockTinker> {
  const { flavour = "hosted", seed = 0, holdMilliseconds = 0, pollMilliseconds = 1000 } = options;
  const faults = new Faults(options.faults ?? {}, seed);
  const random = seededRandom(`held back ${seed}`);
  const futures = new Futures(() => Math.round(random.number() * holdMilliseconds));
  const engine = new Engine({
    toy: new ToyModel(options.vocabulary ?? Array.from({ length: 64 }, (_, token) => token)),
    flavour,
    normalisation: options.normalisation ?? (flavour === "skyrl" ? "sequence-mean" : "token-sum"),
    baseModel: options.baseModel ?? "toy/base",
    checkpoints: new Checkpoints(options.checkpointFile),
    futures,
    respond: options.respond,
    unnumbered: options.unnumbered ?? false,
  });
  const requests: { path: string; body: any; key: string }[] = [];

  const server = createServer(async (request, response) => {
    const text = await read(request).catch(() => undefined);
    if (text === undefined) return;
    const path = (request.url ?? "").replace(/^\/api\/v1\//, "").split("?")[0]!;
    const body = text === "" ? undefined : JSON.parse(text);
    const key = String(request.headers["x-idempotency-key"] ?? "");
    requests.push({ path, body, key });
    const given = options.intercept?.(path, body);
    if (given) return send(response, given.status, given.body);
    if (path === "/openapi.json" && options.unnumbered)
      return send(response, 200, { components: { schemas: { OptimStepRequest: { properties: { model_id: {} } } } } });
    if (options.apiKey !== undefined && request.headers["x-api-key"] !== options.apiKey)
      return send(response, 401, { detail: `wrong key ${request.headers["x-api-key"]}` });

    const { kind, random } = faults.next(path, text);
    if (kind === "drop-before") return request.socket.destroy();
    if (kind === "429") return send(response, 429, { detail: "slow down" });
    if (kind === "500") return send(response, 500, { detail: "out of order" });
    try {
      if (path === "retrieve_future") {
        const { status, answer } = await retrieve(engine, body, pollMilliseconds, kind, random);
        return await reply(response, request, kind, random, status, answer);
      }
      const work = () => answer(engine, request.method ?? "GET", path, body, key, kind === "failed", options.protobuf);
      const result = work();
      if (kind === "duplicate") repeat(work);
      return await reply(response, request, kind, random, 200, result);
    } catch (error) {
      if (error instanceof Refusal)
        return await reply(response, request, kind, random, error.status, { detail: error.detail });
      return send(response, 500, { detail: String((error as Error).stack) });
    }
  });

  async function reply(
    response: ServerResponse,
    request: IncomingMessage,
    kind: string | undefined,
    random: number,
    status: number,
    body: unknown,
  ): Promise<void> {
    if (kind === "delay") await setTimeout(Math.round(random * 15));
    if (kind === "stall") await setTimeout(400);
    if (kind === "drop-after") request.socket.destroy();
    else if (kind === "502-after") send(response, 502, { detail: "bad gateway" });
    else if (options.protobuf === "answers" && body && typeof body === "object" && "loss_fn_outputs" in body)
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end("\u0001");
    else send(response, status, body);
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log: { steps: engine.steps, events: engine.events, requests, faults: faults.counts },
    history: (name) =>
      name.startsWith("tinker://")
        ? engine.checkpoints.at(name, name.includes("/sampler_weights/") ? "sampler_weights" : "weights").history
        : engine.model(name).history,
    models: () => [...engine.models.keys()],
    restart: () => engine.forget(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

/** Whatever the server thinks of it, the client has the first answer. */
function repeat(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
