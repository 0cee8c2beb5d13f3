/** What MCP answers to a request that no JSON-RPC id can be told of. */
export function protocolError(status: number, code: number, message: string): Response {
  const body = { jsonrpc: "2.0", error: { code, message }, id: null };
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}
