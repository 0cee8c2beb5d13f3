"""A group of episodes of one task."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from tinker_cookbook.renderers import Renderer
from tinker_cookbook.rl.message_env import EnvFromMessageEnv
from tinker_cookbook.rl.types import Env, EnvGroupBuilder, Metrics, Trajectory

from ..async_client import AsyncClient
from ..types import TaskInfo
from .message_env import EnvtuneMessageEnv

logger = logging.getLogger(__name__)


@dataclass
class EnvtuneGroupBuilder(EnvGroupBuilder):
    """``group_size`` episodes of one task. A trajectory's total reward is what its episode earned,
    also where the cookbook cut it off, plus the cookbook's own penalty for that, if one is set.

    ``options`` are those of :meth:`envtune.Client.start`; ``seed`` counts up within the group, so
    that hints are drawn anew for each member. Can be pickled until ``make_envs`` is called.
    """

    url: str
    task: TaskInfo
    renderer: Renderer
    group_size: int
    options: Mapping[str, Any] = field(default_factory=dict)
    token: str | None = field(default=None, repr=False)
    max_trajectory_tokens: int | None = None
    max_generation_tokens: int | None = None
    context_overflow_reward: float = 0.0
    failed_parse_reward: float = 0.0
    _client: AsyncClient | None = field(default=None, init=False, repr=False)
    _episodes: list[EnvtuneMessageEnv] = field(default_factory=list, init=False, repr=False)

    async def make_envs(self) -> Sequence[Env]:
        if self._client is None:
            self._client = AsyncClient(self.url, self.token)
        seed = self.options.get("seed", 0)
        made = [
            EnvtuneMessageEnv(
                self._client,
                self.renderer,
                {**self.options, "task": self.task.id, "seed": seed + member},
            )
            for member in range(self.group_size)
        ]
        self._episodes += made
        return [
            EnvFromMessageEnv(
                self.renderer,
                episode,
                failed_parse_reward=self.failed_parse_reward,
                max_trajectory_tokens=self.max_trajectory_tokens,
                max_generation_tokens=self.max_generation_tokens,
                context_overflow_reward=self.context_overflow_reward,
            )
            for episode in made
        ]

    async def compute_group_rewards(
        self, trajectory_group: list[Trajectory], env_group: Sequence[Env]
    ) -> list[tuple[float, Metrics]]:
        episodes = [
            cast(EnvtuneMessageEnv, cast(EnvFromMessageEnv, env).message_env) for env in env_group
        ]
        ended = await asyncio.gather(*(episode.end() for episode in episodes))
        return [
            (_owed(episode, trajectory) + paid, self._metrics(episode))
            for episode, trajectory, paid in zip(episodes, trajectory_group, ended, strict=True)
        ]

    async def cleanup(self) -> None:
        client, episodes = self._client, self._episodes
        self._client, self._episodes = None, []
        if client is None:
            return
        closed = await asyncio.gather(*(one.close() for one in episodes), return_exceptions=True)
        for problem in closed:
            if isinstance(problem, BaseException):
                logger.warning("a session was left to the server's idle time: %s", problem)
        await client.close()

    def logging_tags(self) -> list[str]:
        return ["envtune", self.task.category]

    def _metrics(self, env: EnvtuneMessageEnv) -> Metrics:
        episode = env.episode
        if episode is None:
            return {}
        achieved = sum(episode.turn_scores)
        return {
            "episode_reward": episode.reward or 0.0,
            "turns_achieved": achieved / self.task.turns,
            "solved": float(achieved == self.task.turns),
            "cut_off": float(episode.metadata["ending"]["why"] != "completed"),
            "steps": episode.metadata["step_count"],
        }


def _owed(env: EnvtuneMessageEnv, trajectory: Trajectory) -> float:
    """What an episode earned in steps that the cookbook replaced by a penalty, or did not keep."""
    recorded = [
        reward
        for reward, step in zip(env.earned, trajectory.transitions, strict=False)
        if "context_overflow" not in step.metrics
    ]
    return sum(env.earned) - sum(recorded)
