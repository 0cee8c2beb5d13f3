import type { Context } from "hono";
import { SessionError } from "../session/session-error.ts";
import { FrameError, parseFrame } from "../wire/parse-frame.ts";
import { openEnvCodes } from "./error-codes.ts";
import { detailOf, type Problem } from "./problem.ts";

/** A refused request, as FastAPI says it: `{detail}`, which is a text or, with status 422, a list of problems. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly status: 400 | 404 | 409 | 422 | 503;
  readonly detail: unknown;

  constructor(status: HttpRefusal["status"], detail: unknown) {
    super("the request was refused");
    this.status = status;
    this.detail = detail;
  }
}

export const badBody = (problems: readonly Problem[]): HttpRefusal =>
  new HttpRefusal(422, detailOf(problems, ["body"]));

/** Answers with what is made of the body's JSON, `undefined` where there is none, or says why nothing is. */
export async function answerBody(c: Context, make: (body: unknown) => object): Promise<Response> {
  const text = await c.req.text();
  try {
    return c.json(make(text.trim() === "" ? undefined : parseFrame(text)));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return c.json({ detail: refusal.detail }, refusal.status);
  }
}

function refusalOf(error: unknown): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof FrameError) return badBody([{ path: [], message: error.message }]);
  if (!(error instanceof SessionError)) return undefined;
  const status = openEnvCodes[error.code].http;
  return status === 422 ? badBody([{ path: [], message: error.message }]) : new HttpRefusal(status, error.message);
}
