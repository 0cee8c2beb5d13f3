import type { Context } from "hono";
import { FrameError, parseFrame } from "../wire/parse-frame.ts";

/** The JSON of a request's body, `undefined` where it is empty. Throws a `FrameError`. */
export async function readBody(context: Context): Promise<unknown> {
  const text = await context.req.text();
  return text.trim() === "" ? undefined : parseFrame(text);
}

/** As `readBody`, for what has to be an object; an empty body is an empty one. */
export async function readObject(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const body = (await readBody(context)) ?? {};
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new FrameError("the body must be a JSON object");
  return body as Readonly<Record<string, unknown>>;
}
