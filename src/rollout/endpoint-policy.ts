import type { AssistantMessage } from "../episode/message.ts";
import { readCompletion } from "./completion.ts";
import { EndpointError } from "./endpoint-error.ts";
import { momentKey, type Policy } from "./policy.ts";
import { type Backoff, withRetries } from "./retry.ts";

export interface EndpointOptions {
  /** Up to and with the version: `http://localhost:8000/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Sent as a bearer token; appears in no message and no file. */
  readonly apiKey?: string;
  /** Left to the server unless given. */
  readonly temperature?: number;
  /** How long one request may take (120 s). */
  readonly timeoutMilliseconds?: number;
  readonly backoff?: Backoff;
}

/** A model behind any server that speaks OpenAI's chat completions. */
export function endpointPolicy(options: EndpointOptions): Policy {
  const { model, temperature, backoff } = options;
  return {
    name: "endpoint",
    respond(moment) {
      const { messages, tools } = moment.observation;
      const body = JSON.stringify({
        model,
        messages,
        ...(tools.length > 0 ? { tools } : {}),
        ...(temperature === undefined ? {} : { temperature }),
      });
      return withRetries(() => request(options, body, moment.signal), momentKey(moment), moment.signal, backoff);
    },
  };
}

async function request(options: EndpointOptions, body: string, interrupted: AbortSignal): Promise<AssistantMessage> {
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
