"""A TCP proxy before the real server that swallows answers, as a network does."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from urllib.parse import urlsplit


class LossyProxy:
    """Passes each request on; of the next ``losing`` answers none comes back, the connection breaks
    instead."""

    def __init__(self, url: str) -> None:
        self._target = (urlsplit(url).hostname, urlsplit(url).port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.losing = 0
        self.requests: list[bytes] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> LossyProxy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._target) as far:
            while request := _message(near):
                self.requests.append(request)
                far.sendall(request)
                answer = _message(far)
                if self.losing > 0:
                    self.losing -= 1
                    return
                near.sendall(answer)


def _message(stream: socket.socket) -> bytes:
    """One HTTP message with its body, which is of a length given or none."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = stream.recv(65536)
        if not more:
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
        if line.startswith(b"transfer-encoding:"):
            raise AssertionError("this proxy does not know chunks")
    while len(body) < length:
        body += stream.recv(65536)
    return head + b"\r\n\r\n" + body
