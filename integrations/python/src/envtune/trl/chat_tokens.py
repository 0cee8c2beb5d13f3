"""Conversations as token ids: nothing that was sampled is ever tokenised again."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from trl.chat_template_utils import add_response_schema, parse_response, supports_tool_calling

from ..types import ChatMessage, ToolDefinition

Ids: TypeAlias = list[int]
Trainer: TypeAlias = Any
"""A ``trl.GRPOTrainer``; what is asked of it is untyped there."""


class ChatTokens:
    """The chat template of a trainer, and how its model's messages are read."""

    def __init__(self, trainer: Trainer) -> None:
        self._processor: Any = trainer.processing_class
        self._tokenizer: Any = getattr(self._processor, "tokenizer", self._processor)
        self._template = trainer.chat_template
        self._template_options: Mapping[str, Any] = trainer.chat_template_kwargs
        self.ends: frozenset[int] = frozenset(trainer.eos_token_ids)
        self._parser: Any = None

    def prompt(self, messages: Sequence[ChatMessage], tools: Sequence[ToolDefinition]) -> Ids:
        """What the model goes on from at first."""
        if tools and not supports_tool_calling(self._processor):
            raise ValueError(
                "the chat template has no place for tools; choose a renderer that writes them as "
                "text: rollout_func(..., options={'renderer': 'hermes'})"
            )
        return self._render(messages, tools=list(tools) or None, add_generation_prompt=True)

    def following(self, message: Mapping[str, Any], messages: Sequence[ChatMessage]) -> Ids:
        """What stands between the last token of the model's ``message`` and the next one it is to
        sample: ``messages``, and the opening of its next message.

        Rendered twice after a stand-in for ``message``, which reads differently each time: the
        first end of a message after the first difference is where ``message`` ends. So it does not
        matter how the template writes the messages before it.
        """
        tool_names = {
            call["id"]: call["function"]["name"] for call in message.get("tool_calls") or ()
        }
        new = [_for_template(told, tool_names) for told in messages]
        one, other = (
            self._render([*_stand_in(tool_names, text), *new], add_generation_prompt=True)
            for text in ("a", "b")
        )
        pairs = enumerate(zip(one, other, strict=False))
        differs = next((at for at, (left, right) in pairs if left != right), len(one))
        ends = (at for at in range(differs, len(one)) if one[at] in self.ends)
        end = next(ends, None)
        if end is not None:
            return one[end + 1 :]
        # Templates whose messages end with another token than the model's.
        before = self._render(_stand_in(tool_names, "a"))
        if one[: len(before)] != before:
            raise ValueError(
                "the chat template writes a message differently once others follow it, and does "
                "not end it with a token at which generation ends: the tokens between two messages "
                "cannot be told"
            )
        return one[len(before) :]

    def read(
        self, ids: Ids, before: Ids, tools: Sequence[ToolDefinition], first_call: int
    ) -> dict[str, Any]:
        """The message that the model sampled. Where the template has tools, calls are read as TRL
        reads them, and one that cannot be read stays in the text; else all is text. Calls are
        numbered from ``first_call``."""
        if not tools:
            words = ids[:-1] if ids and ids[-1] in self.ends else ids
            return {"role": "assistant", "content": self._tokenizer.decode(words)}
        parsed = parse_response(
            self._reader(), ids, prefix=before, tools=[dict(tool) for tool in tools]
        )
        message: dict[str, Any] = {"role": "assistant", "content": parsed.get("content") or ""}
        thought = parsed.get("reasoning_content") or parsed.get("thinking")
        if thought:
            message["reasoning_content"] = thought
        calls = [call.get("function", call) for call in parsed.get("tool_calls") or ()]
        if calls:
            message["tool_calls"] = [
                {
                    "id": f"call_{first_call + place}",
                    "type": "function",
                    "function": {"name": call["name"], "arguments": _json(call["arguments"])},
                }
                for place, call in enumerate(calls)
            ]
        return message

    def _reader(self) -> Any:
        """The tokenizer, as one that parses: a copy, since TRL would parse whole rollouts with the
        trainer's own."""
        if self._parser is None:
            parser = copy.copy(self._tokenizer)
            parser.chat_template = self._processor.chat_template
            known = (
                getattr(parser, name, None) for name in ("response_template", "response_schema")
            )
            self._parser = parser if any(known) else add_response_schema(parser)
        return self._parser

    def _render(self, messages: Sequence[Mapping[str, Any]], **options: Any) -> Ids:
        ids: Any = self._processor.apply_chat_template(
            [dict(message) for message in messages],
            tokenize=True,
            return_dict=False,
            chat_template=self._template,
            **options,
            **self._template_options,
        )
        return list(ids[0] if ids and isinstance(ids[0], list) else ids)


def _stand_in(tool_names: Mapping[str, str], text: str) -> list[dict[str, Any]]:
    calls = [
        {"id": name, "type": "function", "function": {"name": tool, "arguments": {"x": text}}}
        for name, tool in tool_names.items()
    ]
    said: dict[str, Any] = {"role": "assistant", "content": "" if calls else text}
    return [{"role": "user", "content": "x"}, {**said, "tool_calls": calls} if calls else said]


def _for_template(message: ChatMessage, tool_names: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"role": message["role"], "content": message["content"] or ""}
    if message["role"] == "tool":
        told["tool_call_id"] = message["tool_call_id"]
        told["name"] = tool_names.get(message["tool_call_id"], "")
    return told


def _json(arguments: Any) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
