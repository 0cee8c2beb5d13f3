import type { SessionErrorCode } from "../session/session-error.ts";

/** As JSON-RPC numbers them. */
const invalidRequest = -32600;

/** An error that the SDK answers as JSON-RPC's `Invalid Request`, with the session's own code in its data. */
export function requestError(code: SessionErrorCode, message: string): Error {
  return Object.assign(new Error(message), { code: invalidRequest, data: { code } });
}
