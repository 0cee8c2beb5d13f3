import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type Log, shortId } from "../log.ts";
import { SessionError, type SessionErrorCode } from "../session/session-error.ts";
import { FrameError } from "../wire/parse-frame.ts";

const statuses: Readonly<Record<SessionErrorCode, ContentfulStatusCode>> = {
  badOptions: 400,
  badAction: 400,
  unknownTask: 404,
  wrongMode: 409,
  notReset: 409,
  episodeOver: 409,
  staleStep: 409,
  unknownSession: 404,
  attached: 409,
  capacity: 503,
  draining: 503,
};

/** What went wrong as `{error: {code, message, …}}` with a fitting status; our own mistakes are logged, and only named. */
export function errorResponse(context: Context, error: unknown, log: Log): Response {
  if (error instanceof SessionError)
    return context.json(
      { error: { ...error.details, code: error.code, message: error.message } },
      statuses[error.code],
    );
  if (error instanceof FrameError) return context.json({ error: { code: "badFrame", message: error.message } }, 400);
  if (error instanceof HTTPException && error.status < 500)
    return context.json({ error: { code: "refused", message: error.message } }, error.status);
  if (hasVanished(error)) return context.json({ error: { code: "vanished", message: "the request broke off" } }, 400);
  const { stack, message } = error instanceof Error ? error : new Error(String(error));
  log("error", "request failed", { path: pathToLog(context), message, stack });
  return context.json({ error: { code: "internal", message: "the server failed; its log says why" } }, 500);
}

/** Whoever has a session's id may use it, so that no log may hold it. */
const pathToLog = ({ req }: Context): string =>
  req.path.replace(/^\/sessions\/([^/]+)/, (_, id: string) => `/sessions/${shortId(id)}`);

/** A client that hung up before its body was there reads no answer, and is no failure of ours. */
const hasVanished = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === "ECONNRESET";
