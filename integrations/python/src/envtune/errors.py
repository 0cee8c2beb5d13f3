"""The one exception of this package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class EnvtuneError(Exception):
    """What the server refused, or why it could not be asked.

    ``code`` is stable and meant for programs: the server's own (``badOptions``, ``badAction``,
    ``unknownTask``, ``notReset``, ``episodeOver``, ``unknownSession``, ``attached``, ``capacity``,
    ``staleStep``, ``stepLimit``, ``wrongMode``, ``draining``, ...), or one of this package:
    ``unreachable`` (no connection), ``lostAnswer`` (the connection broke off), ``timeout``,
    ``unavailable`` (something in between answered 502, 503 or 504), ``badAnswer`` (not an answer of
    this server), ``notJson`` (a value that JSON cannot say), ``badUrl``, ``closed``,
    ``launchFailed``. ``message`` is for people, and ``details`` is what else the server said.
    """

    def __init__(self, code: str, message: str, details: Mapping[str, Any] | None = None) -> None:
        # All three are `args`, so that the error survives pickling on its way out of a worker
        # process.
        super().__init__(code, message, dict(details or {}))
        self.code = code
        self.message = message
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]"
