import WebSocket from "ws";
import { closingMilliseconds, type LoadAnswer, type LoadConnection, type LoadTarget } from "./load-connection.ts";
import { LoadError } from "./load-error.ts";

/** Opens a session of OpenEnv's protocol at `/ws`: one socket, one session. */
export function openWebSocket({ url, token, timeout }: LoadTarget): Promise<LoadConnection> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, {
    perMessageDeflate: false,
    skipUTF8Validation: true,
    handshakeTimeout: timeout,
    maxPayload: 100 * 2 ** 20,
    // A mask hides from proxies what a page sends; a load generator hides nothing, and random bytes cost.
    generateMask: (mask) => mask.fill(0),
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(new LoadError("connect", error.message));
    socket.once("error", refuse);
    socket.once("open", () => {
      socket.off("error", refuse);
      resolve(session(socket, timeout));
    });
  });
}

interface Waiting {
  readonly resolve: (answer: LoadAnswer) => void;
  readonly reject: (error: LoadError) => void;
}

function session(socket: WebSocket, timeout: number): LoadConnection {
  let waiting: Waiting | undefined;
  let broken: LoadError | undefined;
  let isTold = false;
  /** What the server said of itself before it closed. */
  let lastWords: LoadError | undefined;
  const settle = (error: LoadError | undefined, answer?: LoadAnswer) => {
    const settled = waiting;
    waiting = undefined;
    if (error) settled?.reject(error);
    else settled?.resolve(answer!);
  };
  const breakWith = (error: LoadError) => {
    broken ??= error;
    isTold ||= waiting !== undefined;
    clearTimeout(timer);
    settle(broken);
  };
  const timer = setTimeout(() => {
    if (!waiting) return;
    breakWith(new LoadError("timeout", `no answer within ${timeout / 1000} s`));
    socket.terminate();
  }, timeout);
  socket.on("message", (data) => {
    const answer = read(String(data));
    if (!waiting && answer instanceof LoadError) lastWords = answer;
    else if (answer instanceof LoadError) settle(answer);
    else settle(undefined, answer);
  });
  socket.on("error", (error) => breakWith(new LoadError("closed", error.message)));
  socket.on("close", (code) => breakWith(lastWords ?? new LoadError("closed", `the server closed with code ${code}`)));

  const ask = (frame: object) =>
    new Promise<LoadAnswer>((resolve, reject) => {
      if (broken) {
        isTold = true;
        return reject(broken);
      }
      waiting = { resolve, reject };
      timer.refresh();
      socket.send(JSON.stringify(frame));
    });
  return {
    reset: (options) => ask({ type: "reset", data: options }),
    step: (action) => ask({ type: "step", data: action }),
    get usable() {
      return broken === undefined && socket.readyState === WebSocket.OPEN;
    },
    get untold() {
      if (isTold || socket.readyState === WebSocket.OPEN) return undefined;
      return broken ?? lastWords ?? new LoadError("closed", "the server closed");
    },
    close: () =>
      new Promise((resolve) => {
        clearTimeout(timer);
        if (socket.readyState === WebSocket.CLOSED) return resolve();
        const patience = setTimeout(() => socket.terminate(), closingMilliseconds);
        socket.once("close", () => {
          clearTimeout(patience);
          resolve();
        });
        if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"close"}');
        socket.close();
      }),
  };
}

function read(text: string): LoadAnswer | LoadError {
  try {
    const { type, data } = JSON.parse(text);
    if (type === "observation") return data;
    if (type === "error") return new LoadError(String(data?.code), String(data?.message));
    return new LoadError("unreadable", `an answer of type ${JSON.stringify(type)}`);
  } catch {
    return new LoadError("unreadable", `an answer that is no JSON: ${text.slice(0, 100)}`);
  }
}
