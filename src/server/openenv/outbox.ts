import type { WebSocket } from "ws";

/**
 * Answers wait here until all requests that have come in are done. Each write wakes its client; done one by one between
 * requests, that switches the processor between server and clients at every message, and halves what a server can do.
 */
const waiting = new Map<WebSocket, string>();

/**
 * Sends at the end of this turn of the event loop; one answer of a socket can wait at a time. Whoever writes to a socket
 * otherwise, or closes it, calls `sendWaiting` before.
 */
export function sendSoon(socket: WebSocket, answer: string): void {
  if (waiting.size === 0) setImmediate(sendWaiting);
  waiting.set(socket, answer);
}

export const hasWaiting = (socket: WebSocket): boolean => waiting.has(socket);

export function sendWaiting(): void {
  for (const [socket, answer] of waiting) socket.send(answer);
  waiting.clear();
}
