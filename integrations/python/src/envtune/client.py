"""The client, in plain calls."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from .client_state import ClientState, answer_of, lost
from .episode_state import EpisodeState
from .errors import EnvtuneError
from .exchange import Answer, Lost, Request, Talk
from .pools import Pools
from .types import (
    CutOff,
    ModelMessage,
    ResetOptions,
    Step,
    TaskInfo,
    ToolDefinition,
    ToolResult,
)

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

Result = TypeVar("Result")


class Client(ClientState):
    """Talks to a server of ``envtune serve`` or :func:`envtune.launch`; safe to share between
    threads.

    ``timeout`` is in seconds, for one answer. Lost answers, a full server and one that is shutting
    down are tried again for ``retry_for`` seconds; a step is done once, however often it had to be
    asked for. ``connections`` is the number of requests that may be under way at once.
    """

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        timeout: float = 60.0,
        retry_for: float = 120.0,
        connections: int = 1024,
    ) -> None:
        super().__init__(url, token, timeout=timeout, retry_for=retry_for, connections=connections)
        settings = self._settings.for_httpx()
        self._pools = Pools(lambda size: httpx.Client(**settings(size)), connections)

    def start(self, **options: Unpack[ResetOptions]) -> Episode:
        """A new episode; see :class:`envtune.ResetOptions`. Nothing is left on the server where an
        option is refused."""
        return Episode(self, self._run(self._starting(options)))

    def tasks(self, split: str | None = None, category: str | None = None) -> list[TaskInfo]:
        return self._run(self._tasks(split, category))

    def splits(self) -> list[str]:
        return self._run(self._splits())

    def tools(self, environments: Sequence[str]) -> list[ToolDefinition]:
        """Every tool of these environments, in the form of chat completions."""
        return self._run(self._tools(environments))

    def health(self) -> dict[str, Any]:
        return self._run(self._health())

    def close(self) -> None:
        """Closes the connections. Episodes that are still open are left to the server's idle
        time."""
        for http in self._pools.made:
            http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self, talk: Talk[Result]) -> Result:
        try:
            request = next(talk)
            while True:
                request = talk.send(self._send(request))
        except StopIteration as end:
            result: Result = end.value
            return result

    def _send(self, request: Request) -> Answer | Lost:
        if request.after > 0:
            time.sleep(request.after)
        try:
            with self._pools.lend() as http:
                return answer_of(http.request(request.method, request.path, content=request.body))
        except httpx.TransportError as error:
            return lost(request, error)


class Episode(EpisodeState):
    """One session on the server: an episode, and with ``reset`` another. Closes it at the end of a
    ``with`` block."""

    def __init__(self, client: Client, created: Mapping[str, Any]) -> None:
        super().__init__(client._settings.retry_for, created)
        self._client = client

    def step(self, message: ModelMessage) -> Step:
        """Dialogue mode: the model's message, as text, as a mapping, or as the object of a client
        library."""
        return self._client._run(self._stepping(message))

    def call(self, tool: str, arguments: Mapping[str, Any] | str | None = None) -> ToolResult:
        """Tools mode: one tool call. ``next_user_request`` ends the turn."""
        return self._client._run(self._calling(tool, arguments or {}))

    def end(self, why: CutOff = "tokenLimit") -> float | None:
        """Ends an episode that is cut off before its task is over, and returns what it was still
        paid: some rewards are paid at the end alone. Does nothing where it is over already."""
        return self._client._run(self._cutting_off(why))

    def reset(self, **options: Unpack[ResetOptions]) -> None:
        """Begins another episode in this session."""
        self._client._run(self._resetting(options))

    def state(self) -> dict[str, Any]:
        """The server's account of the session, without any ground truth."""
        return self._client._run(self._state())

    def close(self) -> None:
        """Gives the session back; a second time it does nothing."""
        self._client._run(self._closing())

    def _abandon(self) -> None:
        """Closes it where the server may be gone, and waits for none."""
        with suppress(EnvtuneError):
            self._client._run(self._closing(retry_for=0.0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
            return
        # That error is the one to be told of.
        self._abandon()
