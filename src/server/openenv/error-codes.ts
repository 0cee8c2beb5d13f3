import type { SessionErrorCode } from "../session/session-error.ts";

/** OpenEnv's error codes on `/ws` (its `WSErrorCode`). */
export type SocketErrorCode =
  | "INVALID_JSON"
  | "UNKNOWN_TYPE"
  | "VALIDATION_ERROR"
  | "EXECUTION_ERROR"
  | "CAPACITY_REACHED"
  | "FACTORY_ERROR"
  | "SESSION_ERROR";

/** The codes of JSON-RPC 2.0, and the one for what a server cannot do at the moment (its `JsonRpcErrorCode`). */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  serverError: -32000,
} as const;
export type RpcCode = (typeof rpcCodes)[keyof typeof rpcCodes];

interface Codes {
  readonly socket: SocketErrorCode;
  readonly rpc: RpcCode;
  /** Status of `POST /reset` and `/step`. */
  readonly http: 409 | 422 | 503;
}

const invalid: Codes = { socket: "VALIDATION_ERROR", rpc: rpcCodes.invalidParams, http: 422 };
const notNow: Codes = { socket: "EXECUTION_ERROR", rpc: rpcCodes.invalidRequest, http: 409 };
const noSession: Codes = { socket: "SESSION_ERROR", rpc: rpcCodes.invalidParams, http: 409 };

/** How a refusal of the session table is said in OpenEnv's three protocols. */
export const openEnvCodes: Readonly<Record<SessionErrorCode, Codes>> = {
  badOptions: invalid,
  badAction: invalid,
  unknownTask: invalid,
  wrongMode: invalid,
  notReset: notNow,
  episodeOver: notNow,
  staleStep: notNow,
  unknownSession: noSession,
  attached: noSession,
  capacity: { socket: "CAPACITY_REACHED", rpc: rpcCodes.serverError, http: 503 },
  draining: { socket: "EXECUTION_ERROR", rpc: rpcCodes.serverError, http: 503 },
};

/** After these a socket has no session to go on with, and is closed. */
export const closingCodes: ReadonlySet<SocketErrorCode> = new Set([
  "CAPACITY_REACHED",
  "FACTORY_ERROR",
  "SESSION_ERROR",
]);
