"""One episode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from tinker_cookbook.renderers import Message, Renderer, ToolSpec
from tinker_cookbook.renderers.base import get_text_content
from tinker_cookbook.rl.message_env import MessageEnv, MessageStepResult
from tinker_cookbook.rl.types import STOP_METRIC_PREFIX, Logs, Metrics, StopReason

from ..async_client import AsyncClient, AsyncEpisode
from ..errors import EnvtuneError
from ..types import ToolCall
from .messages import answers, as_sampled, sent, told

UNREADABLE = "Your last message could not be read, so nothing in it was executed"
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
        self._said += [as_sampled(self._renderer, message), *new]
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

    async def end(self) -> float:
        """Ends an episode that the cookbook cut off, and returns what it was still paid."""
        if self.episode is None:
            return 0.0
        paid = await self.episode.end() or 0.0
        _check(self.episode)
        return paid

    async def close(self) -> None:
        if self.episode is not None:
            await self.episode.close()


def _calls_of(episode: AsyncEpisode, answered: int) -> Sequence[ToolCall]:
    return episode.messages[len(episode.messages) - answered - 1].get("tool_calls", [])


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
