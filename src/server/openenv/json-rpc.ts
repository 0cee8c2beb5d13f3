import { type RpcCode, rpcCodes } from "./error-codes.ts";
import { isObject, type Problem, unknownKeys } from "./problem.ts";

export type RpcId = string | number | null;

/** A JSON-RPC 2.0 request as OpenEnv takes it: params are an object, and there are no other keys. */
export interface RpcRequest {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly id: RpcId;
}

/** Every request is answered, one without an id too, as OpenEnv does. */
export interface RpcResponse {
  readonly jsonrpc: "2.0";
  readonly id: RpcId;
  readonly result?: unknown;
  readonly error?: { readonly code: RpcCode; readonly message: string; readonly data?: unknown };
}

/** What a request cannot be answered with; it becomes the response's error. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: RpcCode;
  readonly data: unknown;

  constructor(code: RpcCode, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export const rpcResult = (id: RpcId, result: unknown): RpcResponse => ({ jsonrpc: "2.0", id, result });

export const rpcError = (id: RpcId, { code, message, data }: RpcError): RpcResponse => ({
  jsonrpc: "2.0",
  id,
  error: { code, message, ...(data === undefined ? {} : { data }) },
});

/** Throws an `RpcError` that names every wrong key. */
export function readRpcRequest(value: unknown): RpcRequest {
  if (!isObject(value)) throw invalid([{ path: [], message: "a request is one JSON object" }]);
  const { jsonrpc, method, params = {}, id = null } = value;
  const problems: Problem[] = [...unknownKeys(value, ["jsonrpc", "method", "params", "id"])];
  if (jsonrpc !== "2.0") problems.push({ path: ["jsonrpc"], message: 'must be "2.0"' });
  if (typeof method !== "string") problems.push({ path: ["method"], message: "must be a string" });
  if (!isObject(params)) problems.push({ path: ["params"], message: "must be an object" });
  if (id !== null && typeof id !== "string" && !Number.isSafeInteger(id))
    problems.push({ path: ["id"], message: "must be a string, a whole number or null" });
  if (problems.length > 0) throw invalid(problems);
  return { method, params, id } as RpcRequest;
}

function invalid(problems: readonly Problem[]): RpcError {
  const lines = problems.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`));
  return new RpcError(rpcCodes.invalidRequest, `Invalid request: ${lines.join("; ")}`);
}
