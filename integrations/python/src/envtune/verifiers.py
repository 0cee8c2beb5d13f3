"""A taskset, a harness and an environment for verifiers: whole multi-turn episodes, with user
turns.

The taskset's id is ``envtune-verifiers``:

.. code-block:: console

    vf-eval envtune-verifiers -m my-model --client.base-url http://localhost:8000/v1 \\
        --env.taskset.hints guide

The harness runs the dialogue in verifiers' own process: it asks the model through the rollout's
interception server, so that the trace holds every message, and hands what it says to a session of
``envtune serve``.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from typing import Any, Literal

import verifiers.v1 as vf
from pydantic import Field, PrivateAttr

from .async_client import AsyncEpisode
from .client import Client
from .datasets import KEY, openings
from .launch import launch
from .shared_client import shared_client
from .token_env import token_in
from .types import HintLevel, ResetOptions
from .verifiers_dialogue import Dialogue

__all__ = ["EnvtuneEnv", "EnvtuneHarness", "EnvtuneTaskset"]


class EnvtuneTaskConfig(vf.TaskConfig):
    url: str | None = None
    """Address of a server of `envtune serve`; unset takes `$ENVTUNE_URL`, else the server that
    comes with the package is started for this process."""
    token_env: str | None = None
    """Name of the environment variable that holds the server's token."""
    dataset: str = "bundled"
    """What a server that is started for this process serves."""

    @property
    def server(self) -> str:
        return self.url or os.environ.get("ENVTUNE_URL") or _launched(self.dataset)

    @property
    def token(self) -> str | None:
        return token_in(self.token_env)


@functools.cache
def _launched(dataset: str) -> str:
    """Ends with this process."""
    return launch(dataset=dataset).url


class EnvtuneConfig(vf.TasksetConfig):
    """Which tasks, and how their episodes are played; unset leaves it to the server."""

    task: EnvtuneTaskConfig = EnvtuneTaskConfig()
    split: str | None = None
    category: str | None = None
    hints: HintLevel | dict[HintLevel, float] | None = None
    turn_feedback: HintLevel | None = None
    reward: str | None = None
    renderer: Literal["openai", "hermes", "tagged", "python"] | None = None
    rules: Literal["training", "evaluation"] | None = None
    profile: Literal["strict", "bfcl"] | None = None
    prompt: str | None = None
    seed: int | None = None
    step_limit: int | None = None
    token_limit: int | None = None

    @property
    def options(self) -> ResetOptions:
        given = self.model_dump(include=set(ResetOptions.__annotations__) - {"task", "split"})
        chosen = {name: value for name, value in given.items() if value is not None}
        return {**chosen, "mode": "dialogue"}  # type: ignore[typeddict-item]


class EnvtuneData(vf.TaskData):
    options: dict[str, Any]
    """Reset options of the episode, `task` among them."""
    category: str
    environments: list[str]
    turns: int


class EnvtuneState(vf.State):
    """What task and harness share while an episode is played."""

    _episode: AsyncEpisode | None = PrivateAttr(default=None)
    _step_rewards: list[float] = PrivateAttr(default_factory=list)


class EnvtuneTask(vf.Task[EnvtuneData, EnvtuneState, EnvtuneTaskConfig]):
    """Scores what was recorded in ``trace.info``, so that recorded traces score alike."""

    @property
    def key(self) -> str:
        return str(self.data.id)

    async def setup(self, trace: vf.Trace) -> None:
        client = shared_client(self.config.server, self.config.token)
        trace.state._episode = await client.start(**self.data.options)

    async def finalize(self, trace: vf.Trace) -> None:
        """Ends an episode that verifiers stopped, which pays what is left of its reward."""
        episode = trace.state._episode
        if episode is not None and not episode.done:
            await episode.end()
            _record(trace)

    @vf.reward
    async def episode_reward(self, trace: vf.Trace) -> float:
        return float(trace.info[KEY]["reward"])

    @vf.metric
    async def turns_achieved(self, trace: vf.Trace) -> float:
        """The share of the task's turns that were achieved."""
        return float(sum(trace.info[KEY]["turn_scores"]) / self.data.turns)

    @vf.metric
    async def completed(self, trace: vf.Trace) -> float:
        """Whether all turns were played; an episode that was cut off has another ending."""
        return float(trace.info[KEY]["ending"]["why"] == "completed")


def _record(trace: vf.Trace) -> None:
    episode = trace.state._episode
    ending = episode.metadata.get("ending")
    trace.info[KEY] = {
        "reward": episode.reward or 0.0,
        "turn_scores": list(episode.turn_scores),
        "step_rewards": list(trace.state._step_rewards),
        "ending": dict(ending) if ending else None,
    }


class EnvtuneTaskset(vf.Taskset[EnvtuneTask, EnvtuneConfig]):
    """The tasks of a server, in its order."""

    def load(self) -> Iterator[EnvtuneTask]:
        config = self.config
        with Client(config.task.server, config.task.token) as client:
            for opening in openings(client, config.split, config.category, config.options):
                system = [m["content"] for m in opening.messages if m["role"] == "system"]
                users = [m["content"] for m in opening.messages if m["role"] == "user"]
                yield EnvtuneTask(
                    EnvtuneData(
                        id=opening.task.id,
                        name=opening.task.id,
                        system_prompt=system[0] if system else None,
                        prompt=users[0],
                        options=dict(opening.options),
                        category=opening.task.category,
                        environments=list(opening.task.environments),
                        turns=opening.task.turns,
                    ),
                    config.task,
                )


class EnvtuneHarnessConfig(vf.HarnessConfig):
    id: str = "envtune-verifiers"
    max_retries: int = Field(2, ge=0)
    """How often a request is repeated that the model's endpoint failed on for the time being."""


class EnvtuneHarness(vf.Harness[EnvtuneHarnessConfig]):
    """Lets the model and a session of `envtune serve` speak in turn, until the episode is over."""

    APPENDS_SYSTEM_PROMPT = True
    EXECUTES_CODE = False
    NEEDS_CONTAINER = False

    async def launch(
        self,
        ctx: vf.ModelContext,
        trace: vf.Trace,
        runtime: vf.Runtime,
        endpoint: str,
        secret: str,
        mcp_urls: dict[str, str],
        data: vf.TaskData,
    ) -> vf.ProgramResult:
        state = trace.state
        if not isinstance(state, EnvtuneState) or state._episode is None:
            raise TypeError("the envtune harness plays tasks of the taskset envtune-verifiers")
        episode = state._episode
        system, _ = self.resolve_prompt(data)
        dialogue = Dialogue(ctx.model, endpoint, secret, self.config.max_retries)
        state._step_rewards = dialogue.step_rewards
        try:
            await dialogue.play(episode, trace, system)
        finally:
            _record(trace)
        ending = episode.metadata.get("ending")
        if ending and ending["why"] == "aborted":
            # For a fault that is not the model's; verifiers leaves such a rollout out.
            raise RuntimeError(f"the episode was aborted: {ending.get('reason')}")
        return vf.ProgramResult(0, "", "")

    async def cleanup(self, trace: vf.Trace, runtime: vf.Runtime) -> None:
        episode = getattr(trace.state, "_episode", None)
        if episode is not None:
            await episode.close()


class EnvtuneEnvConfig(vf.EnvConfig):
    agent: vf.AgentConfig = vf.AgentConfig(runtime=vf.SubprocessConfig())
    """The one seat. Its program runs in verifiers' own process and executes nothing of the model's,
    so it needs no sandbox."""


class EnvtuneEnv(vf.Env[EnvtuneEnvConfig]):
    """One agent, one episode."""

    async def run(self, task: vf.Task, agents: vf.Agents) -> None:
        await agents.agent.run(task)
