"""The client, to be awaited."""

from __future__ import annotations

import asyncio
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


class AsyncClient(ClientState):
    """Talks to a server of ``envtune serve`` or :func:`envtune.launch`; to be used within one event
    loop.

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
        self._pools = Pools(lambda size: httpx.AsyncClient(**settings(size)), connections)

    async def start(self, **options: Unpack[ResetOptions]) -> AsyncEpisode:
        """A new episode; see :class:`envtune.ResetOptions`. Nothing is left on the server where an
        option is refused."""
        return AsyncEpisode(self, await self._run(self._starting(options)))

    async def tasks(self, split: str | None = None, category: str | None = None) -> list[TaskInfo]:
        return await self._run(self._tasks(split, category))

    async def splits(self) -> list[str]:
        return await self._run(self._splits())

    async def tools(self, environments: Sequence[str]) -> list[ToolDefinition]:
        """Every tool of these environments, in the form of chat completions."""
        return await self._run(self._tools(environments))

    async def health(self) -> dict[str, Any]:
        return await self._run(self._health())

    async def close(self) -> None:
        """Closes the connections. Episodes that are still open are left to the server's idle
        time."""
        for http in self._pools.made:
            await http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    async def _run(self, talk: Talk[Result]) -> Result:
        try:
            request = next(talk)
            while True:
                request = talk.send(await self._send(request))
        except StopIteration as end:
            result: Result = end.value
            return result

    async def _send(self, request: Request) -> Answer | Lost:
        if request.after > 0:
            await asyncio.sleep(request.after)
        try:
            with self._pools.lend() as http:
                return answer_of(
                    await http.request(request.method, request.path, content=request.body)
                )
        except httpx.TransportError as error:
            return lost(request, error)


class AsyncEpisode(EpisodeState):
    """One session on the server: an episode, and with ``reset`` another. Closes it at the end of an
    ``async with`` block."""

    def __init__(self, client: AsyncClient, created: Mapping[str, Any]) -> None:
        super().__init__(client._settings.retry_for, created)
        self._client = client

    async def step(self, message: ModelMessage) -> Step:
        """Dialogue mode: the model's message, as text, as a mapping, or as the object of a client
        library."""
        return await self._client._run(self._stepping(message))

    async def call(self, tool: str, arguments: Mapping[str, Any] | str | None = None) -> ToolResult:
        """Tools mode: one tool call. ``next_user_request`` ends the turn."""
        return await self._client._run(self._calling(tool, arguments or {}))

    async def end(self, why: CutOff = "tokenLimit") -> float | None:
        """Ends an episode that is cut off before its task is over, and returns what it was still
        paid: some rewards are paid at the end alone. Does nothing where it is over already."""
        return await self._client._run(self._cutting_off(why))

    async def reset(self, **options: Unpack[ResetOptions]) -> None:
        """Begins another episode in this session."""
        await self._client._run(self._resetting(options))

    async def state(self) -> dict[str, Any]:
        """The server's account of the session, without any ground truth."""
        return await self._client._run(self._state())

    async def close(self) -> None:
        """Gives the session back; a second time it does nothing."""
        await self._client._run(self._closing())

    async def _abandon(self) -> None:
        """Closes it where the server may be gone, and waits for none."""
        with suppress(EnvtuneError):
            await self._client._run(self._closing(retry_for=0.0))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if error is None:
            await self.close()
            return
        # That error is the one to be told of.
        await self._abandon()
