import type { WebSocket } from "ws";
import { hasWaiting, sendSoon, sendWaiting } from "./outbox.ts";

export interface SocketUse {
  /** The answer to a text frame; undefined where there is none, and the connection ends. */
  readonly answer: (text: string) => string | undefined;
  /** Said to a client that sends binary frames, before the connection ends. */
  readonly noBinary: string;
  /** Called once, however the connection ends, and as soon as it is sure to. */
  readonly onEnd: () => void;
}

export interface SocketLimits {
  /** Pings within ten seconds; stock clients send one in twenty. Of a burst of 60 the library drops the connection. */
  readonly pings: number;
  /** Bytes of answers that the client may leave unread. */
  readonly unread: number;
}
export const socketLimits: SocketLimits = { pings: 50, unread: 64 * 2 ** 20 };

const pingWindow = 10_000;
const normal = 1000;
const unsupportedData = 1003;
const policyViolation = 1008;

/** Answers each text frame, in order. Ends the connection of a client that floods it with pings, or that never reads. */
export function useSocket(socket: WebSocket, use: SocketUse, { pings, unread } = socketLimits): void {
  let pinged = 0;
  let windowStart = performance.now();
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    use.onEnd();
  };
  const close = (code: number, reason?: string) => {
    sendWaiting();
    socket.close(code, reason);
    end();
  };
  socket.on("message", (data, isBinary) => {
    if (ended || socket.readyState !== socket.OPEN) return;
    if (isBinary) {
      sendWaiting();
      socket.send(use.noBinary);
      return close(unsupportedData, "only text frames are taken");
    }
    // A client that does not wait for its answers gets them one by one, or they would pile up unseen.
    if (hasWaiting(socket)) sendWaiting();
    if (socket.bufferedAmount > unread) {
      socket.terminate();
      return end();
    }
    const answer = use.answer(data.toString());
    if (answer === undefined) return close(normal);
    sendSoon(socket, answer);
  });
  socket.on("ping", () => {
    const now = performance.now();
    if (now - windowStart > pingWindow) {
      windowStart = now;
      pinged = 0;
    }
    if (++pinged > pings) close(policyViolation, "too many pings");
  });
  // The library has closed the connection with the code that fits, such as 1009 for a frame that is too large.
  socket.on("error", end);
  socket.on("close", end);
}
