import { FrameError, parseFrame } from "../wire/parse-frame.ts";
import { protocolError } from "./protocol-error.ts";

/** Bytes of a body at most. */
export const maxBody = 4 * 1024 * 1024;

/** The body of a POST, read once for two readers. */
export interface Post {
  readonly body: unknown;
  /** The JSON text of the arguments of each call, by the id of its request: it keeps 5 and 5.0 apart, which `body` does not. */
  readonly argumentTexts: ReadonlyMap<string | number, string>;
}

/** The body, or the answer to one that is too large, nested too deep, or no JSON. */
export async function readPost(request: Request): Promise<Post | Response> {
  const text = await textOf(request);
  if (text === undefined) return protocolError(413, -32000, `Payload Too Large: a body has at most ${maxBody} bytes`);
  try {
    const frame = parseFrame(text);
    return { body: JSON.parse(text), argumentTexts: argumentTexts(frame) };
  } catch (error) {
    const reason = error instanceof FrameError ? error.message : "Invalid JSON";
    return protocolError(400, -32700, `Parse error: ${reason}`);
  }
}

async function textOf({ headers, body }: Request): Promise<string | undefined> {
  if (Number(headers.get("content-length")) > maxBody) return undefined;
  const decoder = new TextDecoder();
  let received = 0;
  let text = "";
  if (body === null) return text;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    received += chunk.byteLength;
    if (received > maxBody) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function argumentTexts(frame: unknown): Map<string | number, string> {
  const texts = new Map<string | number, string>();
  for (const message of Array.isArray(frame) ? frame : [frame]) {
    const { id, params } = (message ?? {}) as { readonly id?: unknown; readonly params?: { arguments?: unknown } };
    const given = params?.arguments;
    if ((typeof id === "string" || typeof id === "number") && typeof given === "string") texts.set(id, given);
  }
  return texts;
}
