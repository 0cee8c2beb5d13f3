import { SessionError } from "../session/session-error.ts";
import { checkDepth, FrameError } from "../wire/parse-frame.ts";

type Json = Readonly<Record<string, unknown>>;

/** The body as an object. Throws a `FrameError` for anything else. */
export function readBody(text: string): Json {
  checkDepth(text);
  let value: unknown;
  try {
    // Arguments are texts in this protocol, so that nothing is lost to them; and a row may be long.
    value = JSON.parse(text);
  } catch (error) {
    throw new FrameError(`the body is no JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  if (!isObject(value)) throw new FrameError("the body must be a JSON object: a row of a data set");
  return value;
}

/** The reset options of a row stand under its key `envtune`; the mode follows from the protocol. */
export function resetOptionsOf({ envtune: options = {} }: Json, mode: "dialogue" | "tools", agent: string): Json {
  if (!isObject(options)) throw new SessionError("badOptions", "envtune: must be an object of reset options");
  if (options.mode !== undefined && options.mode !== null && options.mode !== mode)
    throw new SessionError("badOptions", `envtune.mode: ${agent} plays in mode "${mode}"; leave the option out`);
  return { ...options, mode };
}

/** Whether the row holds what the user says first, as rows do that a person wants to read. */
export function asksSomething({ responses_create_params: params }: Json): boolean {
  const input = isObject(params) ? params.input : undefined;
  if (typeof input === "string") return input !== "";
  return Array.isArray(input) && input.some((item) => isObject(item) && item.role === "user");
}

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
