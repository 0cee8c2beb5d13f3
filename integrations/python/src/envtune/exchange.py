"""Asking the server, without doing any input or output: the sync and the async client run the same
generators."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from .errors import EnvtuneError

Result = TypeVar("Result")


@dataclass(frozen=True)
class Request:
    """To be sent once, ``after`` so many seconds."""

    method: str
    path: str
    body: bytes | None
    after: float = 0.0


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    retry_after: str | None = None


@dataclass(frozen=True)
class Lost:
    """No answer came: ``unreachable``, ``lostAnswer`` or ``timeout``."""

    code: str
    reason: str


Talk: TypeAlias = Generator[Request, Answer | Lost, Result]
"""Yields requests, is sent what came of each, and returns what it was all about."""

PASSING = frozenset({"unreachable", "lostAnswer", "timeout", "unavailable", "capacity", "draining"})
"""Errors that may be gone at the next try. The server does a step once, however often it is asked
under the same request id."""

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
UNREACHABLE_FOR = 15.0
"""Seconds that a server may refuse connections, as one does that is about to start."""

# Of its own, so that a seeded program draws the same numbers whether or not something had to be
# asked twice.
_jitter = random.Random()


def ask(method: str, path: str, body: Mapping[str, Any] | None, *, retry_for: float) -> Talk[Any]:
    """The parsed answer. What may pass is asked again, with growing pauses, for ``retry_for``
    seconds."""
    started = time.monotonic()
    request = Request(method, path, None if body is None else json_bytes(body))
    for tries in range(1, 1_000_000):
        answer = yield request
        error = _error_in(answer)
        if error is None:
            assert isinstance(answer, Answer)
            return _parsed(answer)
        if error.code not in PASSING:
            raise error
        pause = _pause(tries, answer)
        waited = time.monotonic() - started
        if waited + pause > _patience(error.code, retry_for):
            message = (
                f"{error.message} (asked {tries} times in {waited:.1f} s)"
                if tries > 1
                else error.message
            )
            raise EnvtuneError(error.code, message, error.details)
        request = replace(request, after=pause)
    raise AssertionError("unreachable")


def json_bytes(value: Any) -> bytes:
    return json_text(value).encode()


def json_text(value: Any) -> str:
    """Escapes all but ASCII, so that a lone surrogate in a model's text can be sent as well."""
    try:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise EnvtuneError("notJson", f"JSON cannot say this: {error}") from error


def _patience(code: str, retry_for: float) -> float:
    return min(retry_for, UNREACHABLE_FOR) if code == "unreachable" else retry_for


def _pause(tries: int, answer: Answer | Lost) -> float:
    if (
        isinstance(answer, Answer)
        and answer.retry_after is not None
        and answer.retry_after.isdigit()
    ):
        return min(float(answer.retry_after), LONGEST_PAUSE) + _jitter.uniform(0, FIRST_PAUSE)
    if tries == 1 and isinstance(answer, Lost) and answer.code == "lostAnswer":
        # Mostly a kept connection that the server closed in that moment.
        return 0.0
    return min(FIRST_PAUSE * 2.0 ** min(tries - 1, 10), LONGEST_PAUSE) * _jitter.uniform(0.5, 1.0)


def _parsed(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError as error:
        raise EnvtuneError(
            "badAnswer", f"the server's answer is not JSON: {_shown(answer)}"
        ) from error


def _error_in(answer: Answer | Lost) -> EnvtuneError | None:
    if isinstance(answer, Lost):
        return EnvtuneError(answer.code, answer.reason)
    if answer.status < 400:
        return None
    try:
        told = json.loads(answer.body)["error"]
        details = {key: value for key, value in told.items() if key not in ("code", "message")}
        return EnvtuneError(str(told["code"]), str(told["message"]), details)
    except (ValueError, LookupError, TypeError, AttributeError):
        code = "unavailable" if answer.status in (502, 503, 504) else "badAnswer"
        return EnvtuneError(
            code, f"HTTP {answer.status}: {_shown(answer)}", {"status": answer.status}
        )


def _shown(answer: Answer) -> str:
    text = answer.body[:400].decode(errors="replace")
    return repr(text) + (" ..." if len(answer.body) > 400 else "")
