import type { ChatMessage } from "../episode/message.ts";
import { type MessageTokens, type ReadCompletion, readCompletion } from "./completion.ts";
import { EndpointError } from "./endpoint-error.ts";
import { type Moment, momentKey, type Policy } from "./policy.ts";
import { type Backoff, withRetries } from "./retry.ts";

export interface EndpointOptions {
  /** Up to and with the version: `http://localhost:8000/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Sent as a bearer token; appears in no message and no file. */
  readonly apiKey?: string;
  /** Sampling is left to the server where nothing is given. */
  readonly temperature?: number;
  readonly topP?: number;
  /** Tokens of one message at most. */
  readonly maxTokens?: number;
  /** The n-th episode of a task, from 0, asks with this plus n: one seed for all would draw the same episode again. */
  readonly seed?: number;
  /** Further fields of each request, by the names they have there. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Sends earlier messages of the model back with every field they came with, thoughts too; their content and calls alone unless set. */
  readonly asReceived?: boolean;
  /** Called with the token ids of each message, where the server gives them. */
  readonly onTokens?: (moment: Moment, tokens: MessageTokens) => void;
  /** How long one request may take (120 s). */
  readonly timeoutMilliseconds?: number;
  readonly backoff?: Backoff;
}

/** A model behind any server that speaks OpenAI's chat completions. */
export function endpointPolicy(options: EndpointOptions): Policy {
  const { model, temperature, topP, maxTokens, seed, fields = {}, asReceived = false, onTokens, backoff } = options;
  const received = new WeakMap<ChatMessage, unknown>();
  return {
    name: "endpoint",
    async respond(moment) {
      const { messages, tools } = moment.observation;
      const body = JSON.stringify({
        model,
        messages: asReceived ? messages.map((message) => received.get(message) ?? message) : messages,
        ...(tools.length > 0 ? { tools } : {}),
        ...(temperature === undefined ? {} : { temperature }),
        ...(topP === undefined ? {} : { top_p: topP }),
        ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
        ...(seed === undefined ? {} : { seed: seed + moment.sample }),
        ...fields,
      });
      const attempt = () => request(options, body, moment.signal);
      const completion = await withRetries(attempt, momentKey(moment), moment.signal, backoff);
      if (asReceived) received.set(completion.message, completion.received);
      if (completion.tokens) onTokens?.(moment, completion.tokens);
      return completion.message;
    },
  };
}

async function request(options: EndpointOptions, body: string, interrupted: AbortSignal): Promise<ReadCompletion> {
  const { baseUrl, apiKey, timeoutMilliseconds = 120_000 } = options;
  const url = `${baseUrl.replace(/\/+$/, "")}/chat/completions`;
  const patience = new AbortController();
  const stop = () => patience.abort();
  const timer = setTimeout(stop, timeoutMilliseconds);
  interrupted.addEventListener("abort", stop);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
      body,
      signal: patience.signal,
    });
    const text = await response.text();
    if (!response.ok) throw refusal(response, text, url);
    return readCompletion(text);
  } catch (error) {
    if (interrupted.aborted) throw error;
    if (patience.signal.aborted)
      throw new EndpointError(`no answer from ${url} within ${timeoutMilliseconds / 1000} s`, "passing");
    throw withoutKey(error instanceof EndpointError ? error : lostConnection(error as Error, url), apiKey);
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", stop);
  }
}

function refusal(response: Response, text: string, url: string): EndpointError {
  const { status } = response;
  const passing = status === 408 || status === 409 || status === 429 || status >= 500;
  const hint = status === 404 ? "; is the path of --base-url right? Most end in /v1" : "";
  const message = `${status} from ${url}: ${serverMessage(text)}${hint}`;
  return new EndpointError(
    message,
    passing ? "passing" : "lasting",
    secondsToWait(response.headers.get("retry-after")),
  );
}

/** What the server says is wrong: `{ "error": { "message": … } }`, or whatever the body holds. */
export function serverMessage(text: string): string {
  let message: unknown;
  try {
    const { error, message: plain, detail } = JSON.parse(text);
    message = typeof error === "string" ? error : (error?.message ?? plain ?? detail);
  } catch {}
  const said = typeof message === "string" ? message : text.trim();
  return said === "" ? "(no message)" : said.slice(0, 500);
}

/** `Retry-After` holds seconds or a date. */
export function secondsToWait(header: string | null): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number.isNaN(Number(header)) ? (Date.parse(header) - Date.now()) / 1000 : Number(header);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/** `fetch` itself only says that it failed; the cause says why. */
export function lostConnection({ message, cause }: Error, url: string): EndpointError {
  const { code, message: detail } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return new EndpointError(`no connection to ${url}: ${detail || code || message}`, "passing");
}

/** Some servers repeat the key they refuse. */
function withoutKey(error: EndpointError, apiKey: string | undefined): EndpointError {
  if (!apiKey || !error.message.includes(apiKey)) return error;
  return new EndpointError(error.message.replaceAll(apiKey, "***"), error.kind, error.secondsToWait);
}
