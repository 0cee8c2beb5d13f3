import { Agent, request } from "node:http";
import { closingMilliseconds, type LoadAnswer, type LoadConnection, type LoadTarget } from "./load-connection.ts";
import { LoadError } from "./load-error.ts";

/** A session of envtune's own HTTP; it is made by the first reset. Each has one connection that is kept alive. */
export async function openControlPlane(target: LoadTarget): Promise<LoadConnection> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let id: string | undefined;
  let isThere = true;
  const ask = async (method: string, path: string, body?: object, timeout = target.timeout): Promise<any> => {
    const sent = send(agent, target, method, path, body && JSON.stringify(body), timeout);
    const { status, text } = await sent.catch((error: LoadError) => {
      isThere = error.kind !== "connect";
      throw error;
    });
    const value = readJson(text);
    if (status < 300 && value !== undefined) return value;
    const { code = `http${status}`, message = `status ${status}: ${text.slice(0, 100)}` } = value?.error ?? {};
    // The server has closed it, or was started anew: the next reset makes another.
    if (code === "unknownSession") id = undefined;
    throw new LoadError(status < 300 ? "unreadable" : String(code), String(message));
  };
  return {
    async reset(options): Promise<LoadAnswer> {
      if (id !== undefined) return ask("POST", `/sessions/${id}/reset`, options);
      const made = await ask("POST", "/sessions", options);
      id = made.session_id;
      return made;
    },
    step: (action) => ask("POST", `/sessions/${id}/step`, { action }),
    get usable() {
      return isThere;
    },
    untold: undefined,
    async close() {
      if (id !== undefined) await ask("DELETE", `/sessions/${id}`, undefined, closingMilliseconds).catch(() => {});
      agent.destroy();
    },
  };
}

function send(
  agent: Agent,
  { url, token }: LoadTarget,
  method: string,
  path: string,
  body: string | undefined,
  timeout: number,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const sent = request(`${url}${path}`, { method, agent, headers, timeout }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", (error) => reject(new LoadError("closed", error.message)));
    });
    sent.on("timeout", () => sent.destroy(new LoadError("timeout", `no answer within ${timeout / 1000} s`)));
    sent.on("error", (error: NodeJS.ErrnoException) => {
      const kind = error.code === "ECONNREFUSED" ? "connect" : "closed";
      reject(error instanceof LoadError ? error : new LoadError(kind, error.message));
    });
    sent.end(body);
  });
}

function readJson(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
