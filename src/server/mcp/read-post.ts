import { FrameError, parseFrame } from "../wire/parse-frame.ts";
import { protocolError } from "./protocol-error.ts";

/** The body of a POST, read once for two readers. */
export interface Post {
  readonly body: unknown;
  /** The JSON text of the arguments of each call, by the id of its request: it keeps 5 and 5.0 apart, which `body` does not. */
  readonly argumentTexts: ReadonlyMap<string | number, string>;
}

/** The body, or the answer to one that is no JSON, is nested too deep, or has two requests with one id. */
export async function readPost(request: Request): Promise<Post | Response> {
  const text = await request.text();
  let frame: unknown;
  try {
    frame = parseFrame(text);
  } catch (error) {
    if (error instanceof FrameError) return protocolError(400, -32700, `Parse error: ${error.message}`);
    throw error;
  }
  const requests = requestsIn(frame);
  if (new Set(requests.map(({ id }) => id)).size < requests.length)
    return protocolError(400, -32600, "Invalid Request: two requests of a batch have the same id");
  return { body: JSON.parse(text), argumentTexts: argumentTexts(requests) };
}

interface PostedRequest {
  readonly method: unknown;
  readonly id: string | number;
  readonly params?: { readonly arguments?: unknown };
}

/** The SDK has yet to look at them. */
function requestsIn(frame: unknown): PostedRequest[] {
  const messages = (Array.isArray(frame) ? frame : [frame]) as readonly (Partial<PostedRequest> | null)[];
  return messages.flatMap((one) => {
    const { method, id } = one ?? {};
    return method !== undefined && (typeof id === "string" || typeof id === "number") ? [one as PostedRequest] : [];
  });
}

function argumentTexts(requests: readonly PostedRequest[]): Map<string | number, string> {
  return new Map(
    requests.flatMap(({ id, params }) => (typeof params?.arguments === "string" ? [[id, params.arguments]] : [])),
  );
}
