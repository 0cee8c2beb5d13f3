import type { Context } from "hono";
import { SessionError } from "../session/session-error.ts";
import { FrameError, parsePlain } from "../wire/parse-frame.ts";

type Json = Readonly<Record<string, unknown>>;

/** A request's body. Throws a `FrameError` where it is no object. */
export async function readRow({ req }: Context): Promise<Json> {
  // Arguments are texts in this protocol, so that nothing is lost to them; and a row comes back as it was.
  const value = parsePlain(await req.text());
  if (!isObject(value)) throw new FrameError("the body must be a JSON object: a row of a data set");
  return value;
}

/** Whether a text is what an agent posts to `/verify`: a row and the model's response, and not what a model calls a tool with. */
export function isVerification(text: string): boolean {
  try {
    const value = parsePlain(text);
    return isObject(value) && isObject(value.responses_create_params) && isObject(value.response);
  } catch {
    return false;
  }
}

/** The reset options of a row stand under its key `envtune`; the mode follows from the protocol. */
export function resetOptionsOf({ envtune: options = {} }: Json, mode: "dialogue" | "tools", agent: string): Json {
  if (!isObject(options)) throw new SessionError("badOptions", "envtune: must be an object of reset options");
  if (options.mode !== undefined && options.mode !== null && options.mode !== mode)
    throw new SessionError("badOptions", `envtune.mode: ${agent} plays in mode "${mode}"; leave the option out`);
  return { ...options, mode };
}

/** The roles of the messages that a row holds: a person who reads it wants to see what the user says. */
export function rolesIn({ responses_create_params: params }: Json): ReadonlySet<unknown> {
  const input = isObject(params) ? params.input : undefined;
  if (typeof input === "string") return new Set(input === "" ? [] : ["user"]);
  const roles = (Array.isArray(input) ? input : []).map((item) => (isObject(item) ? item.role : undefined));
  return new Set(roles.map((role) => (role === "developer" ? "system" : role)));
}

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
