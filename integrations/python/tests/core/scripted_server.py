"""A server that answers what a test tells it to: for faults that the real one never shows."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


class ScriptedServer:
    """Gives ``answers`` one after the other, the last one forever: (status, body), or seconds of
    silence first."""

    def __init__(self, *answers: tuple[int, Any] | tuple[int, Any, float]) -> None:
        self.asked: list[str] = []
        self.connections: set[tuple[str, int]] = set()
        script = list(answers)
        asked, connections = self.asked, self.connections

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked.append(self.path)
                connections.add(self.client_address)
                status, body, *silence = script.pop(0) if len(script) > 1 else script[0]
                time.sleep(silence[0] if silence else 0)
                data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_POST = do_DELETE = do_GET

            def log_message(self, *_: Any) -> None: ...

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def __enter__(self) -> ScriptedServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
