import type { Socket } from "node:net";
import type { WebSocket } from "ws";

/**
 * Drops connections that nothing has come from for the idle time. A client that vanished without a word, or hangs, leaves a
 * connection that looks open for hours, and its session with it; one that lives answers the pings of this, busy or not.
 */
export interface SilentConnections {
  watch(webSocket: WebSocket, socket: Socket): void;
  stop(): void;
}

interface Watched {
  readonly socket: Socket;
  bytes: number;
  heard: number;
}

const longestInterval = 20_000;

export function dropSilentConnections(idleSeconds: number): SilentConnections {
  const watched = new Map<WebSocket, Watched>();
  const idle = 1000 * idleSeconds;
  const timer = setInterval(
    () => {
      const now = performance.now();
      for (const [webSocket, one] of watched) {
        const { bytesRead } = one.socket;
        if (bytesRead !== one.bytes) {
          one.bytes = bytesRead;
          one.heard = now;
        } else if (now - one.heard > idle) webSocket.terminate();
        if (webSocket.readyState === webSocket.OPEN) webSocket.ping();
      }
    },
    Math.min(longestInterval, idle / 4),
  );
  timer.unref();
  return {
    watch(webSocket, socket) {
      watched.set(webSocket, { socket, bytes: socket.bytesRead, heard: performance.now() });
      webSocket.once("close", () => watched.delete(webSocket));
    },
    stop: () => clearInterval(timer),
  };
}
