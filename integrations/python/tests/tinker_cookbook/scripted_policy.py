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


class ScriptedPolicy(TokenCompleter):
    """Each rollout, which has a task of the event loop to itself, takes the next of the scripts."""

    def __init__(self, renderer: Renderer, scripts: Sequence[Sequence[Said]]) -> None:
        self.renderer = renderer
        self.scripts = iter(scripts)
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
