"""A policy that says what a script says, in tokens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tinker
from tinker_cookbook.completers import StopCondition, TokenCompleter, TokensWithLogprobs
from tinker_cookbook.renderers import Message, RenderContext, Renderer, ToolCall

Said = Mapping[str, Any]


def made_as(task: asyncio.Task[Any]) -> int:
    """A task's number: asyncio names them in turn."""
    return int(task.get_name().rpartition("-")[2])


class ScriptedPolicy(TokenCompleter):
    """Each rollout, which has a task of the event loop to itself, takes the next of the scripts.

    ``together`` rollouts are waited for at first and take theirs in the order in which they were
    made, whichever had its session first.
    """

    def __init__(
        self, renderer: Renderer, scripts: Sequence[Sequence[Said]], together: int = 1
    ) -> None:
        self.renderer = renderer
        self.scripts = iter(scripts)
        self.together = together
        self.waiting: list[asyncio.Task[Any]] = []
        self.all_here = asyncio.Event()
        self.playing: dict[object, Iterator[Said]] = {}

    async def __call__(
        self,
        model_input: tinker.ModelInput,
        stop: StopCondition,
        *,
        max_tokens: int | None = None,
    ) -> TokensWithLogprobs:
        assert stop == self.renderer.get_stop_sequences()
        rollout = asyncio.current_task()
        assert rollout is not None
        if rollout not in self.playing and not self.all_here.is_set():
            self.waiting.append(rollout)
            if len(self.waiting) == self.together:
                for one in sorted(self.waiting, key=made_as):
                    self.playing[one] = iter(next(self.scripts))
                self.all_here.set()
            await self.all_here.wait()
        if rollout not in self.playing:
            self.playing[rollout] = iter(next(self.scripts))
        tokens = self.tokens(next(self.playing[rollout]))
        return TokensWithLogprobs(tokens=tokens, maybe_logprobs=[-0.5] * len(tokens))

    def tokens(self, said: Said) -> list[int]:
        message: Message = {"role": "assistant", "content": said["content"]}
        if calls := said.get("calls"):
            message["tool_calls"] = [
                ToolCall(function=ToolCall.FunctionBody(name=name, arguments=json.dumps(arguments)))
                for name, arguments in calls
            ]
        rendered = self.renderer.render_message(message, RenderContext(idx=1, is_last=True))
        return [token for chunk in rendered.output for token in chunk.tokens]
