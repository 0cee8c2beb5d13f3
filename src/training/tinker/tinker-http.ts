import type { z } from "zod";
import { EndpointError } from "../../rollout/endpoint-error.ts";
import { lostConnection, secondsToWait, serverMessage } from "../../rollout/endpoint-policy.ts";
import { type Backoff, withRetries } from "../../rollout/retry.ts";
import { DataError, pathText } from "../../task/problem.ts";
import { withEither } from "./abort.ts";
import { TinkerError } from "./tinker-error.ts";

/** A request as it is sent, and sent again: a repeated one is the same to the byte. */
export interface TinkerRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/api/v1`. */
  readonly path: string;
  /** JSON. */
  readonly body?: string;
  readonly idempotencyKey?: string;
  /** Statuses that are answers and no errors. */
  readonly expected?: readonly number[];
}

export interface TinkerAnswer {
  readonly status: number;
  /** Undefined where no answer came in time and 408 is expected. */
  readonly body: unknown;
}

const fullTries: Backoff = { tries: 12, firstMilliseconds: 500, longestMilliseconds: 30_000 };

export interface HttpOptions {
  /** The server's address, up to `/api/v1`: `http://127.0.0.1:8000`. */
  readonly baseUrl: string;
  /** Sent as `X-API-Key`; appears in no message and no file. */
  readonly apiKey?: string | undefined;
  /** How long one request may take (45 s); a poll that takes longer is made again. */
  readonly timeoutMilliseconds?: number | undefined;
  /** How to try again after 429, 5xx and lost connections (12 tries, waits from 0.5 s to 30 s). */
  readonly backoff?: Backoff | undefined;
}

/** JSON over `fetch`: statuses become answers or errors, and passing errors are tried again. */
export class TinkerHttp {
  /** Without user, password and query, for messages and manifests. */
  readonly address: string;
  readonly #apiKey: string | undefined;
  readonly #timeout: number;
  readonly #backoff: Backoff;

  constructor({ baseUrl, apiKey, timeoutMilliseconds = 45_000, backoff = fullTries }: HttpOptions) {
    if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl))
      throw new DataError(`baseUrl: ${JSON.stringify(baseUrl)} is no address such as http://127.0.0.1:8000`);
    const { origin, pathname } = new URL(baseUrl);
    this.address = `${origin}${pathname.replace(/\/+$/, "").replace(/\/api\/v1$/, "")}`;
    this.#apiKey = apiKey;
    this.#timeout = timeoutMilliseconds;
    this.#backoff = backoff;
  }

  /** Sends until there is an answer. `tries` is called before each try with its number, from 1. */
  async send(
    request: TinkerRequest,
    signal: AbortSignal,
    tries: (count: number) => void = () => {},
  ): Promise<TinkerAnswer> {
    let count = 0;
    const attempt = () => {
      tries(++count);
      return this.once(request, signal);
    };
    try {
      return await withRetries(attempt, `${request.path} ${request.idempotencyKey ?? ""}`, signal, this.#backoff);
    } catch (error) {
      if (!(error instanceof EndpointError) || error instanceof TinkerError) throw error;
      throw new TinkerError(error.message, error.kind);
    }
  }

  /** Sends until there is an answer, and reads it. */
  async ask<T>(schema: z.ZodType<T>, request: TinkerRequest, signal: AbortSignal): Promise<T> {
    const { body } = await this.send(request, signal);
    return this.read(schema, request.path, body);
  }

  read<T>(schema: z.ZodType<T>, path: string, body: unknown): T {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0]!;
    const field = issue.path.length === 0 ? "the answer" : pathText(issue.path);
    throw new TinkerError(`${this.#url(path)}: ${field}: ${issue.message}`, "lasting");
  }

  /** One try. */
  async once(request: TinkerRequest, signal: AbortSignal, timeout = this.#timeout): Promise<TinkerAnswer> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), timeout);
    const url = this.#url(request.path);
    try {
      return await withEither([signal, patience.signal], async (either) => {
        const response = await fetch(url, this.#init(request, either));
        const text = await response.text();
        return this.#answer(response, text, request);
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof TinkerError) throw error;
      if (!patience.signal.aborted)
        throw new TinkerError(this.withoutKey(lostConnection(error as Error, url).message), "passing");
      if (request.expected?.includes(408)) return { status: 408, body: undefined };
      throw new TinkerError(`no answer from ${url} within ${timeout / 1000} s`, "passing");
    } finally {
      clearTimeout(timer);
    }
  }

  #url(path: string): string {
    return `${this.address}/api/v1/${path}`;
  }

  #init({ method, body, idempotencyKey, path }: TinkerRequest, signal: AbortSignal): RequestInit {
    const headers = {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(this.#apiKey === undefined ? {} : { "x-api-key": this.#apiKey }),
      ...(idempotencyKey === undefined ? {} : { "x-idempotency-key": idempotencyKey }),
      ...(path === "asample" ? { "x-tinker-sampling-backpressure": "1" } : {}),
    };
    return { method, headers, signal, ...(body === undefined ? {} : { body }) };
  }

  #answer(response: Response, text: string, { path, expected }: TinkerRequest): TinkerAnswer {
    const { status } = response;
    if (status === 415 || /protobuf/.test(response.headers.get("content-type") ?? ""))
      throw new TinkerError(`${this.#url(path)}: ${protobufOnly}`, "lasting", status);
    if (expected?.includes(status)) return { status, body: parsed(text) };
    if (!response.ok) throw this.#refusal(response, text, path);
    const body = text === "" ? {} : parsed(text);
    if (body === undefined)
      throw new TinkerError(`${this.#url(path)}: the answer is no JSON: ${text.slice(0, 100)}`, "passing", status);
    return { status, body };
  }

  #refusal(response: Response, text: string, path: string): TinkerError {
    const { status } = response;
    const passing = status === 408 || status === 425 || status === 429 || status >= 500;
    const advice = advices[status] ?? (path === "forward" && status === 405 ? protobufOnly : undefined);
    const message = `${status} from ${this.#url(path)}: ${this.withoutKey(serverMessage(text))}`;
    return new TinkerError(
      advice === undefined ? message : `${message}; ${advice}`,
      passing ? "passing" : "lasting",
      status,
      secondsToWait(response.headers.get("retry-after")),
    );
  }

  /** Some servers repeat the key they refuse. */
  withoutKey(text: string): string {
    return this.#apiKey ? text.replaceAll(this.#apiKey, "***") : text;
  }
}

const protobufOnly =
  "the server speaks only protobuf here, and this client only JSON: use a server that still takes JSON (SkyRL from before 0.4.0; see docs/tinker.md)";

const advices: Readonly<Record<number, string>> = {
  401: "is the API key right?",
  402: "the service has paused this account until its billing is settled; go on from a checkpoint afterwards",
  403: "is the API key right?",
  404: "the server does not know it, or no longer: it was restarted, or the session was lost",
  409: "the name or the number is taken by another request: does a second process drive the same model?",
  413: "send fewer or shorter sequences at once",
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
