"""What the model's tokens say, by verl's own tool parsers, and how messages look to verl."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from verl.experimental.agent_loop.tool_parser import FunctionCall, ToolParser
from verl.tools.schemas import OpenAIFunctionToolSchema

from .types import ChatMessage, ToolDefinition


def text_of(tokenizer: Any, ids: Sequence[int]) -> str:
    """The words of a message, without the token that ended it."""
    return _without_end(tokenizer, tokenizer.decode(list(ids), skip_special_tokens=False))


def _without_end(tokenizer: Any, text: str) -> str:
    ends = tuple(token for token in tokenizer.all_special_tokens if token)
    while text.endswith(ends):
        text = next(text.removesuffix(end) for end in ends if text.endswith(end))
    return text


async def native_message(
    tokenizer: Any, parser: ToolParser, ids: list[int], tools: Sequence[ToolDefinition], turn: int
) -> dict[str, Any]:
    """The message of a model that writes calls as its chat template does.

    verl's parsers take tags in a thought for calls, so they get what follows it, and leave out a
    call that they cannot read. The environment is shown such a message as it was written, so that
    it says what is wrong instead of executing half of it.
    """
    thought, spoken = _apart(tokenizer, ids)
    content, calls = await parser.extract_tool_calls(spoken, [_schema(tool) for tool in tools])
    said = text_of(tokenizer, spoken)
    if said.count("<tool_call>") > len(calls):
        calls = []
    words = _without_end(tokenizer, content) if calls else said
    message: dict[str, Any] = {"role": "assistant", "content": words.strip()}
    if thought:
        text = tokenizer.decode(thought).replace("<think>", "", 1).replace("</think>", "", 1)
        message["reasoning_content"] = text.strip()
    if calls:
        message["tool_calls"] = [_wire(call, f"call_{turn}_{at}") for at, call in enumerate(calls)]
    return message


def _apart(tokenizer: Any, ids: list[int]) -> tuple[list[int], list[int]]:
    """The thought, where its end is a token of its own, and what was said after it."""
    closing = tokenizer.convert_tokens_to_ids("</think>")
    if closing is None or closing == tokenizer.unk_token_id or closing not in ids:
        return [], ids
    after = ids.index(closing) + 1
    return ids[:after], ids[after:]


def _wire(call: FunctionCall, default_id: str) -> dict[str, Any]:
    function = {"name": call.name, "arguments": call.arguments}
    return {"id": call.tool_call_id or default_id, "type": "function", "function": function}


def _schema(tool: ToolDefinition) -> OpenAIFunctionToolSchema:
    return OpenAIFunctionToolSchema.model_validate(tool)


def for_template(message: ChatMessage) -> dict[str, Any]:
    """A message as chat templates read it, which take the arguments of calls as objects."""
    shown: dict[str, Any] = {key: value for key, value in message.items() if key != "tokens"}
    if "tool_calls" in message:
        shown["tool_calls"] = [
            {**call, "function": {**call["function"], "arguments": _object(call["function"])}}
            for call in message["tool_calls"]
        ]
    return shown


def _object(function: Any) -> Any:
    try:
        return json.loads(function["arguments"])
    except json.JSONDecodeError:
        return function["arguments"]
