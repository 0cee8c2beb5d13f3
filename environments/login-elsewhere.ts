import { ago, type History } from "../src/feedback/history.ts";

/** A sentence on a login that succeeded and does not count here, since each system has its own; empty where there was none. */
export function loginElsewhere(history: History): string {
  const login = history.findLast(
    ({ call, failure }) => failure === undefined && /^authenticate_|(?<!_get)_login$/.test(call.tool),
  );
  return login ? ` The login ${ago(login)} was to another system; each has its own.` : "";
}
