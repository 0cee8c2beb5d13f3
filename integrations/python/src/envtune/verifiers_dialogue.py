"""The dialogue of a model, behind verifiers' interception server, with an episode."""

from __future__ import annotations

import json
from typing import Any

import verifiers.v1 as vf
from openai import APIStatusError, AsyncOpenAI
from verifiers.v1.harnesses.utils.compaction import is_context_overflow

from .async_client import AsyncEpisode


class Dialogue:
    def __init__(self, model: str, endpoint: str, secret: str, max_retries: int) -> None:
        self.model = model
        self.client = AsyncOpenAI(
            base_url=endpoint, api_key=secret, max_retries=max_retries, timeout=None
        )
        self.step_rewards: list[float] = []

    async def play(self, episode: AsyncEpisode, trace: vf.Trace, system: str | None) -> None:
        """Goes on until the episode is over, a limit or a stop of verifiers ends the rollout, or
        the conversation is longer than the model's context."""
        messages: list[Any] = _opening(episode, system)
        async with self.client:
            while not episode.done:
                completion = await self._ask(messages, episode, trace)
                if completion is None:
                    return
                said = completion.choices[0].message.model_dump(exclude_none=True)
                tokens = completion.usage.total_tokens if completion.usage else None
                step = await episode.step({**said, "tokens": tokens})
                self.step_rewards.append(step.reward or 0.0)
                messages += [_acceptable(said), *step.messages]

    async def _ask(self, messages: list[Any], episode: AsyncEpisode, trace: vf.Trace) -> Any:
        # Tools that come or go stand in the next request, as the environment offers them.
        tools: Any = {"tools": episode.tools} if episode.tools else {}
        try:
            return await self.client.chat.completions.create(
                model=self.model, messages=messages, **tools
            )
        except APIStatusError as error:
            if trace.stop_condition is not None or is_context_overflow(error):
                return None
            raise


def _opening(episode: AsyncEpisode, system: str | None) -> list[dict[str, Any]]:
    """The first messages, with the system prompt of the task's data, which a run may have
    replaced."""
    shown: list[dict[str, Any]] = [
        dict(message) for message in episode.messages if message["role"] != "system"
    ]
    return shown if system is None else [{"role": "system", "content": system}, *shown]


def _acceptable(said: dict[str, Any]) -> dict[str, Any]:
    """The message as it goes back to the model: servers answer 400 to arguments that they cannot
    parse."""
    if not said.get("tool_calls"):
        return said
    calls = [
        call
        if _is_object(call["function"]["arguments"])
        else {**call, "function": {**call["function"], "arguments": "{}"}}
        for call in said["tool_calls"]
    ]
    return {**said, "tool_calls": calls}


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
