"""An endpoint of chat completions that says what a script has for the conversation it is sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], dict[str, Any]]
"""What the model says to the body of a request; a status in its place is an error."""


@dataclass
class Endpoint:
    url: str
    bodies: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def scripted_endpoint(answer: Answer) -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            endpoint.bodies.append(body)
            said = answer(body)
            if "error" in said:
                return self.send(400, said)
            message = {"role": "assistant", "content": None, **said}
            self.complete(body, message)

        def complete(self, body: dict[str, Any], message: dict[str, Any]) -> None:
            reason = "tool_calls" if message.get("tool_calls") else "stop"
            shared = {
                "id": f"chatcmpl-{len(endpoint.bodies)}",
                "created": 1,
                "model": body["model"],
                "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
            }
            if not body.get("stream"):
                choice = {"index": 0, "message": message, "finish_reason": reason}
                return self.send(200, {**shared, "object": "chat.completion", "choices": [choice]})
            calls = [{"index": at, **c} for at, c in enumerate(message.get("tool_calls") or [])]
            delta = {**message, **({"tool_calls": calls} if calls else {})}
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            chunk = {**shared, "object": "chat.completion.chunk", "choices": [choice]}
            events = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()
            self.send_bytes(200, "text/event-stream", events)

        def send(self, status: int, content: dict[str, Any]) -> None:
            self.send_bytes(status, "application/json", json.dumps(content).encode())

        def send_bytes(self, status: int, kind: str, data: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()


def user_text(body: dict[str, Any]) -> str:
    """What the user said first."""
    return next(m["content"] for m in body["messages"] if m["role"] == "user")


def said_before(body: dict[str, Any]) -> int:
    """How many messages of the model the conversation has."""
    return sum(message["role"] == "assistant" for message in body["messages"])
