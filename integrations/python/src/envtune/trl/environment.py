"""``environment_factory`` of TRL: the tools of an episode as methods of an object."""

from __future__ import annotations

import json
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from ..client import Client, Episode
from ..datasets import environment_name
from ..errors import EnvtuneError
from ..launch import Server
from ..types import Metadata, ResetOptions, ToolDefinition, ToolResult
from .row import missing_from, reset_options
from .tool_method import tool_methods

NEXT_USER_REQUEST = "next_user_request"
"""The tool that ends a turn in tools mode."""

OVER = "The conversation is over: the user has no further request."
LOST = "The environment cannot be reached any more."
OF_THE_MODEL = frozenset({"episodeOver", "stepLimit", "badAction", "notJson"})
"""Refusals that say something to the model; any other means that the episode cannot go on."""


class EpisodeEnvironment:
    """A place for one episode after another. TRL keeps it and resets it; its tools are methods of a
    subclass, which a factory makes.

    Public methods are tools to TRL, so everything else is a property or begins with an underscore.
    """

    def __init__(self, factory: EnvironmentFactory) -> None:
        self._defaults: dict[str, Any] = json.loads(factory.defaults)
        self._client = client_of(factory.url, factory.token)
        self._sessions: list[Episode] = []
        self._calls = self._failed_calls = 0
        self._lost: EnvtuneError | None = None
        self._answered = False
        weakref.finalize(self, close_all, self._sessions)

    def reset(self, **row: Any) -> str | None:
        """Begins the episode that the row stands for (see ``envtune.trl.reset_options``), and
        returns the user's first message where the row's prompt does not hold it."""
        self._calls = self._failed_calls = 0
        self._lost = None
        self._answered = False
        self._begin({**self._defaults, **reset_options(row), "mode": "tools"})
        return missing_from(row.get("prompt"), self._episode.messages)

    def get_reward(self) -> float | None:
        """What the episode earned.

        TRL asks once the model has answered without a call, which ends the turn that is being
        played, and with it the episode: turns that are left count as they stand. None, which TRL
        leaves out, in free play and where the episode was aborted or the server lost: neither is
        the model's doing.
        """
        if not self._sessions:
            return None
        if not self._answered and not self._episode.done and self._lost is None:
            self._answered = True
            self._do(NEXT_USER_REQUEST, {})
            self._end()
        if self.ending in ("aborted", "lost"):
            return None
        return self.metadata["total_reward"]

    @property
    def metadata(self) -> Metadata:
        """Of the last reply, for reward functions."""
        return self._episode.metadata

    @property
    def turn_scores(self) -> list[int]:
        """1 or 0 for each turn that has ended."""
        return self._episode.turn_scores

    @property
    def ending(self) -> str | None:
        """Why the episode is over: ``completed``, ``stepLimit``, ``tokenLimit`` or ``aborted``;
        ``lost`` where the server is; None while it goes on."""
        if self._lost is not None:
            return "lost"
        told = self.metadata.get("ending")
        return None if told is None else told["why"]

    @property
    def calls(self) -> int:
        """Tool calls of the model in this episode."""
        return self._calls

    @property
    def failed_calls(self) -> int:
        """Those of them that came to nothing. TRL counts exceptions alone, and there are none."""
        return self._failed_calls

    @property
    def _episode(self) -> Episode:
        if not self._sessions:
            raise EnvtuneError("notReset", "no episode was started: reset before the first call")
        return self._sessions[0]

    def _begin(self, options: dict[str, Any]) -> None:
        if self._sessions:
            try:
                self._episode.reset(**options)
                return
            except EnvtuneError as error:
                # Idle for too long, or the server is another one by now.
                if error.code != "unknownSession":
                    raise
                self._sessions.clear()
        self._sessions.append(self._client.start(**options))

    def _call(self, tool: str, arguments: dict[str, Any]) -> str:
        """The tool's text, whatever became of the call: a failed one says so, with its hint."""
        self._calls += 1
        result = self._do(tool, arguments)
        if isinstance(result, ToolResult) and result.error is None:
            return result.text
        self._failed_calls += 1
        return result if isinstance(result, str) else result.text

    def _end(self) -> None:
        if self._lost is None:
            try:
                self._episode.end()
            except EnvtuneError as error:
                self._lost = error

    def _do(self, tool: str, arguments: dict[str, Any]) -> ToolResult | str:
        if self._lost is not None:
            return LOST
        episode = self._episode
        try:
            return episode.call(tool, arguments)
        except EnvtuneError as error:
            if error.code == "episodeOver":
                return OVER
            if error.code in OF_THE_MODEL:
                return error.message
            self._lost = error
            return LOST


def close_all(sessions: list[Episode]) -> None:
    """Gives sessions back, if there still is a server that has them: it may be gone before the
    trainer is."""
    for episode in sessions:
        episode._abandon()
    sessions.clear()


@cache
def client_of(url: str, token: str | None) -> Client:
    """One for all environments of a process."""
    return Client(url, token)


@cache
def _environment_class(name: str, tools: str) -> type[EpisodeEnvironment]:
    """TRL tells environments apart by their class, and names the column of rewards after it."""
    definitions = json.loads(tools)
    taken = {*dir(EpisodeEnvironment), "reset", "get_reward"}
    methods = tool_methods(definitions, taken, EpisodeEnvironment._call)
    attributes = {**methods, "__doc__": f"Tools of {name}."}
    return cast(type[EpisodeEnvironment], type(name, (EpisodeEnvironment,), attributes))


@dataclass(frozen=True)
class EnvironmentFactory:
    """Makes environments; can be pickled, for trainers that play in a process of their own."""

    url: str
    token: str | None = field(repr=False)
    name: str
    """Of the class, and so of the column of rewards."""
    tools: str = field(repr=False)
    """Definitions, as JSON text."""
    defaults: str
    """Reset options where a row says nothing else, as JSON text."""

    def __call__(self) -> EpisodeEnvironment:
        return _environment_class(self.name, self.tools)(self)


def environment_factory(
    server: str | Server,
    environments: Sequence[str] | None = None,
    *,
    token: str | None = None,
    options: ResetOptions | None = None,
    name: str = "EnvtuneEnvironment",
) -> EnvironmentFactory:
    """For ``GRPOTrainer(environment_factory=...)``: one set of tools for all rows.

    The tools are all those of ``environments`` (of the server's tasks where None), whichever a task
    offers at the moment, and ``next_user_request``: TRL fixes a prompt's tools before the episode
    begins. A call of one that is not offered gets the environment's own refusal.
    ``options`` are reset options for rows that say nothing else.
    """
    url, token = address_of(server, token)
    client = client_of(url, token)
    names = list(environments) if environments is not None else _environments(client)
    tools = [*client.tools(names), *_turn_tools(client)]
    given = json.dumps({**(options or {}), "mode": "tools"})
    return EnvironmentFactory(url, token, name, json.dumps(tools), given)


def environment_factories(
    server: str | Server,
    environments: Sequence[Sequence[str]] | None = None,
    *,
    token: str | None = None,
    options: ResetOptions | None = None,
) -> dict[str, EnvironmentFactory]:
    """For ``GRPOTrainer(environment_factory=...)`` with a column ``environment``: each row's prompt
    has the tools of its own environments alone.

    By name (``MathAPI+TicketAPI``), for each of ``environments``, or for those that the server's
    tasks have. Rewards are logged by name, too.
    """
    url, token = address_of(server, token)
    if environments is None:
        environments = [task.environments for task in client_of(url, token).tasks()]
    sets = {environment_name(names): sorted(names) for names in environments}
    return {
        name: environment_factory(
            url, names, token=token, options=options, name=f"Envtune_{name.replace('+', '_')}"
        )
        for name, names in sets.items()
    }


def address_of(server: str | Server, token: str | None) -> tuple[str, str | None]:
    """A server's URL and token; of one that ``envtune.launch`` started, its own."""
    if isinstance(server, str):
        return server, token
    return server.url, token if token is not None else server.token


def _turn_tools(client: Client) -> list[ToolDefinition]:
    """What a server offers beside the environments' own tools, in its words."""
    with client.start(mode="tools", seed=0) as episode:
        return [tool for tool in episode.tools if tool["function"]["name"] == NEXT_USER_REQUEST]


def _environments(client: Client) -> list[str]:
    return list(dict.fromkeys(name for task in client.tasks() for name in task.environments))
