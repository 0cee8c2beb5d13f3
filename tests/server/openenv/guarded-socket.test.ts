import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { useSocket } from "../../../src/server/openenv/guarded-socket.ts";

/** A connection whose client reads nothing. */
class Unread extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  send(text: string) {
    this.bufferedAmount += text.length;
  }
  terminate() {
    this.readyState = 3;
  }
}

test("a client that reads none of its answers is dropped, once, and asked nothing more", () => {
  const socket = new Unread();
  const asked: string[] = [];
  let ends = 0;
  useSocket(
    socket as unknown as WebSocket,
    {
      answer(text) {
        asked.push(text);
        return "x".repeat(40);
      },
      noBinary: "",
      onEnd: () => ends++,
    },
    { pings: 1, unread: 100 },
  );
  for (const frame of ["a", "b", "c", "d", "e"]) socket.emit("message", Buffer.from(frame), false);
  socket.emit("close");
  expect(asked).toEqual(["a", "b", "c"]);
  expect([socket.readyState, ends]).toEqual([3, 1]);
});
