"""tinker-cookbook: whole episodes, with all their user turns, as its environments.

The cookbook's renderer writes the tools and the conversation as tokens and reads the model's
tokens; the server plays the episode. ``EnvtuneDatasetBuilder`` is what a training run is configured
with, ``EnvtuneGroupBuilder`` a group of episodes of one task, ``EnvtuneMessageEnv`` one episode.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import chz
from tinker_cookbook.renderers import Message, Renderer, ToolSpec, get_renderer
from tinker_cookbook.renderers.base import get_text_content
from tinker_cookbook.rl.message_env import EnvFromMessageEnv, MessageEnv, MessageStepResult
from tinker_cookbook.rl.types import (
    STOP_METRIC_PREFIX,
    Env,
    EnvGroupBuilder,
    Logs,
    Metrics,
    RLDataset,
    RLDatasetBuilder,
    StopReason,
    Trajectory,
)
from tinker_cookbook.tokenizer_utils import get_tokenizer

from .async_client import AsyncClient, AsyncEpisode
from .errors import EnvtuneError
from .types import ChatMessage, TaskInfo, ToolCall

logger = logging.getLogger(__name__)

__all__ = [
    "EnvtuneDatasetBuilder",
    "EnvtuneGroupBuilder",
    "EnvtuneMessageEnv",
    "EnvtuneRLDataset",
]

STOP_REASONS = {
    "completed": StopReason.COMPLETED,
    "stepLimit": StopReason.MAX_TURNS,
    "tokenLimit": StopReason.MAX_TOKENS,
}


class EnvtuneMessageEnv(MessageEnv):
    """One episode in dialogue mode. It opens its session with the first observation, and leaves
    closing it to the group.

    Tools that are released in the middle of the episode are written where the renderer writes all
    tools, in front of the conversation, as a server of chat completions would.
    """

    def __init__(self, client: AsyncClient, renderer: Renderer, options: Mapping[str, Any]) -> None:
        self._client = client
        self._renderer = renderer
        self._options = options
        self._system = ""
        self._said: list[Message] = []
        self.example_id = options.get("task")
        self.episode: AsyncEpisode | None = None
        """The episode as the client follows it; None before the first observation."""
        self.earned: list[float] = []
        """What each step of the episode was worth."""

    async def initial_observation(self) -> list[Message]:
        played = {**self._options, "mode": "dialogue", "renderer": "openai"}
        self.episode = await self._client.start(**played)
        first, *rest = self.episode.messages
        if first["role"] == "system":
            self._system = first["content"] or ""
        else:
            rest = [first, *rest]
        self._said = [told(message) for message in rest]
        return self._conversation()

    async def step(self, message: Message) -> MessageStepResult:
        episode = self._begun()
        turn = episode.metadata["turn"]
        step = await episode.step(sent(message))
        _check(episode)
        calls = _calls_of(episode, len(step.messages))
        new = answers(step.messages, calls)
        unread = message.get("unparsed_tool_calls")
        if unread and not step.done and step.metadata["turn"] == turn and new:
            # The renderer could not read it, so only the renderer knows what was wrong with it.
            problems = "; ".join(call.error for call in unread)
            new[0] = {**new[0], "content": f"{UNREADABLE}: {problems}"}
        self._said += [message, *new]
        self.earned.append(step.reward or 0.0)
        return MessageStepResult(
            reward=step.reward or 0.0,
            episode_done=step.done,
            next_messages=self._conversation(),
            metrics=self._stop_metrics() if step.done else {},
            logs=_logs(message, new),
        )

    def _begun(self) -> AsyncEpisode:
        if self.episode is None:
            raise EnvtuneError("notReset", "an episode begins with initial_observation()")
        return self.episode

    def _conversation(self) -> list[Message]:
        tools = [cast(ToolSpec, dict(tool["function"])) for tool in self._begun().tools]
        prefix = self._renderer.create_conversation_prefix_with_tools(tools, self._system)
        return [*prefix, *self._said]

    def _stop_metrics(self) -> Metrics:
        ending = self._begun().metadata["ending"]
        return {f"{STOP_METRIC_PREFIX}{STOP_REASONS[ending['why']]}": 1.0}

    async def close(self) -> None:
        if self.episode is not None:
            await self.episode.close()


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
        return [
            (_owed(episode, trajectory), self._metrics(episode))
            for episode, trajectory in zip(episodes, trajectory_group, strict=True)
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
        ended = episode.done
        achieved = sum(episode.turn_scores)
        return {
            "episode_reward": (episode.reward or 0.0) if ended else sum(env.earned),
            "turns_achieved": achieved / self.task.turns,
            "solved": float(achieved == self.task.turns),
            "cut_off": float(not ended or episode.metadata["ending"]["why"] != "completed"),
            "steps": episode.metadata["step_count"],
        }


@dataclass
class EnvtuneRLDataset(RLDataset):
    """Batches of groups, in the order given; the last one may be smaller."""

    groups: Sequence[EnvtuneGroupBuilder]
    batch_size: int

    def get_batch(self, index: int) -> Sequence[EnvGroupBuilder]:
        return self.groups[index * self.batch_size : (index + 1) * self.batch_size]

    def __len__(self) -> int:
        return -(-len(self.groups) // self.batch_size)


@chz.chz
class EnvtuneDatasetBuilder(RLDatasetBuilder):
    """The tasks of a running server, as the cookbook's training takes them.

    Training draws ``group_size`` episodes a task from ``train_split`` (all tasks where None), in an
    order shuffled by ``seed``; ``test_split`` is played once a task, in its own order, and left out
    where None. ``options`` are those of :meth:`envtune.Client.start`; ``test_options`` come on top
    of them in the test set, whose default is to play it by the rules of evaluation without hints.
    """

    url: str
    model_name_for_tokenizer: str
    renderer_name: str
    batch_size: int
    group_size: int
    token: str | None = None
    train_split: str | None = None
    test_split: str | None = None
    category: str | None = None
    seed: int = 0
    options: dict[str, Any] = chz.field(default_factory=dict)
    test_options: dict[str, Any] = chz.field(
        default_factory=lambda: {"rules": "evaluation", "hints": "off"}
    )
    max_trajectory_tokens: int | None = None
    max_generation_tokens: int | None = None
    context_overflow_reward: float = 0.0
    failed_parse_reward: float = 0.0

    async def __call__(self) -> tuple[EnvtuneRLDataset, EnvtuneRLDataset | None]:
        renderer = get_renderer(
            self.renderer_name,
            get_tokenizer(self.model_name_for_tokenizer),
            model_name=self.model_name_for_tokenizer,
        )
        async with AsyncClient(self.url, self.token) as client:
            train = await client.tasks(self.train_split, self.category)
            held_out = self.test_split is not None
            test = await client.tasks(self.test_split, self.category) if held_out else []
        random.Random(self.seed).shuffle(train)
        test_options = {**self.options, **self.test_options}
        return (
            self._dataset(renderer, train, self.group_size, self.options),
            self._dataset(renderer, test, 1, test_options) if held_out else None,
        )

    def _dataset(
        self, renderer: Renderer, tasks: Sequence[TaskInfo], size: int, options: dict[str, Any]
    ) -> EnvtuneRLDataset:
        if not tasks:
            raise EnvtuneError("badOptions", "the server has no task of that split and category")
        groups = [
            EnvtuneGroupBuilder(
                url=self.url,
                task=task,
                renderer=renderer,
                group_size=size,
                options={"seed": (self.seed + place) * size, **options},
                token=self.token,
                max_trajectory_tokens=self.max_trajectory_tokens,
                max_generation_tokens=self.max_generation_tokens,
                context_overflow_reward=self.context_overflow_reward,
                failed_parse_reward=self.failed_parse_reward,
            )
            for place, task in enumerate(tasks)
        ]
        return EnvtuneRLDataset(groups, self.batch_size)


UNREADABLE = "Your last message could not be read, so nothing in it was executed"


def told(message: ChatMessage) -> Message:
    """A message of the server as a renderer takes it."""
    return cast(Message, {"role": message["role"], "content": message["content"] or ""})


def answers(messages: Sequence[ChatMessage], calls: Sequence[ToolCall]) -> list[Message]:
    """What came after a model's message; each result names its tool, which some formats write."""
    names = iter(calls)
    new: list[Message] = []
    for message in messages:
        answer = told(message)
        if message["role"] == "tool":
            answer["name"] = next(names)["function"]["name"]
            answer["tool_call_id"] = message["tool_call_id"]
        new.append(answer)
    return new


def sent(message: Message) -> dict[str, Any]:
    """What a renderer read, as the server takes it. A call that the renderer could not read makes
    the whole message unreadable, since half of a plan is not executed."""
    text = get_text_content(message)
    content = message["content"]
    thoughts = (
        ""
        if isinstance(content, str)
        else "".join(part["thinking"] for part in content if part["type"] == "thinking")
    )
    action: dict[str, Any] = {"role": "assistant", "content": text}
    if thoughts:
        action["reasoning_content"] = thoughts
    if unread := message.get("unparsed_tool_calls"):
        raw = "".join(call.raw_text for call in unread)
        action["content"] = text + (raw if "<tool_call>" in raw else f"<tool_call>{raw}")
    elif calls := message.get("tool_calls"):
        action["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.function.name, "arguments": call.function.arguments},
            }
            for call in calls
        ]
    return action


def _calls_of(episode: AsyncEpisode, answered: int) -> Sequence[ToolCall]:
    return episode.messages[len(episode.messages) - answered - 1].get("tool_calls", [])


def _owed(env: EnvtuneMessageEnv, trajectory: Trajectory) -> float:
    """What an episode earned in steps that the cookbook replaced by a penalty, or did not keep."""
    recorded = [
        reward
        for reward, step in zip(env.earned, trajectory.transitions, strict=False)
        if "context_overflow" not in step.metrics
    ]
    return sum(env.earned) - sum(recorded)


def _check(episode: AsyncEpisode) -> None:
    """Nothing is trained on an episode that broke off by no fault of the model."""
    ending = episode.metadata.get("ending")
    if ending is not None and ending["why"] == "aborted":
        reason = ending.get("reason", "for no reason given")
        raise EnvtuneError("aborted", f"{episode.task} was aborted: {reason}", dict(ending))


def _logs(message: Message, new: Sequence[Message]) -> Logs:
    logs: Logs = {"assistant": get_text_content(message)}
    for place, call in enumerate(message.get("tool_calls") or []):
        logs[f"call_{place}"] = f"{call.function.name}({call.function.arguments})"
    for place, answer in enumerate(new):
        logs[f"{answer['role']}_{place}"] = get_text_content(answer)
    return logs
