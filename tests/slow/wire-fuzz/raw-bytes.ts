import { connect } from "node:net";
import type { SeededRandom } from "../../../src/core/seeded-random.ts";

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`;
const socketPaths = ["/ws", "/mcp", "/ws?session_id=unknown", "/ws?session_id=../..", "/ws?session_id=%00"];

/** Frames that break the rules of WebSocket: no mask, reserved bits and opcodes, a length that never comes, pieces out of order. */
const brokenFrames: readonly (readonly number[])[] = [
  [0x81, 0x02, 0x7b, 0x7d],
  [0xf1, 0x82, 0, 0, 0, 0, 0x7b, 0x7d],
  [0x83, 0x80, 0, 0, 0, 0],
  [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
  [0x81, 0xfe, 0xff, 0xff, 0, 0, 0, 0, 0x7b],
  [0x80, 0x82, 0, 0, 0, 0, 0x7b, 0x7d],
  [0x01, 0x82, 0, 0, 0, 0, 0x7b, 0x7d, 0x81, 0x82, 0, 0, 0, 0, 0x7b, 0x7d],
  [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe],
  [0x88, 0x83, 0, 0, 0, 0, 0x03, 0xe8, 0xff],
  [0x88, 0x82, 0, 0, 0, 0, 0x00, 0x01],
];

const brokenRequests: readonly string[] = [
  "GET\r\n\r\n",
  "GET / HTTP/9.9\r\n\r\n",
  "POST /sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
  "POST /sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n",
  "POST /sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
  "POST /sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
  "GET /sessions/../../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  "GET //etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  "GET http://[::1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  "GET //\\\\ HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: ${"h".repeat(17_000)}\r\n\r\n`,
  "GET / HTTP/1.1\r\nHost: \u0000\r\n\r\n",
  "\u0016\u0003\u0001\u0002\u0000",
];

/** Writes bytes that no client library would, and hangs up; resolves with what came back. */
export function sendRawBytes(port: number, random: SeededRandom): Promise<string> {
  const isSocket = random.below(2) === 0;
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const patience = setTimeout(() => socket.destroy(), isSocket ? 60 : 30);
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(patience);
      resolve(text);
    });
    socket.once("connect", () =>
      socket.write(isSocket ? upgrade(random.pick(socketPaths)) : random.pick(brokenRequests)),
    );
    socket.on("data", (data) => {
      text += data.toString("latin1");
      if (isSocket && text.startsWith("HTTP/1.1 101") && text.length === data.length)
        socket.write(Buffer.from(random.pick(brokenFrames)));
    });
  });
}
