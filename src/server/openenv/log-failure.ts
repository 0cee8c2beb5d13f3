import type { Log } from "../log.ts";

/** An error of our own code or an author's: for the operator to read, not for a client. */
export function logFailure(log: Log, protocol: string, error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  log("error", "request failed", { protocol, message, stack });
}
