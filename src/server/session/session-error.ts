import { clipped } from "./clipped.ts";

/** What can be wrong with a request, whichever protocol it came by; every protocol says it in its own codes. */
export const sessionErrorCodes = [
  "badOptions",
  "badAction",
  "unknownTask",
  "wrongMode",
  "notReset",
  "episodeOver",
  "staleStep",
  "unknownSession",
  "attached",
  "capacity",
  "draining",
] as const;
export type SessionErrorCode = (typeof sessionErrorCodes)[number];

const longest = 8000;

/** A client's mistake, or a server that is full; the message says what to do, and holds nothing of a ground truth. */
export class SessionError extends Error {
  override readonly name = "SessionError";
  readonly code: SessionErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: SessionErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(clipped(message, longest));
    this.code = code;
    this.details = details;
  }
}
