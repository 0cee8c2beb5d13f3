"""Messages as the server, and as a renderer has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from tinker_cookbook.renderers import ContentPart, Message, RenderContext, Renderer
from tinker_cookbook.renderers.base import get_text_content

from ..types import ChatMessage, ToolCall


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


def as_sampled(renderer: Renderer, message: Message) -> Message:
    """The message whose tokens read as the one that was sampled.

    Formats that write a line break between words and calls read it as one of the words, and would
    write another the next time: the model would see what it did not say, and the cookbook, which
    trains on prefixes, would split the episode there.
    """
    if not message.get("tool_calls") or _read_back(renderer, message) == message:
        return message
    content = message["content"]
    trimmed: Message = message.copy()
    if isinstance(content, str):
        trimmed["content"] = content.rstrip()
    else:
        parts = [
            {**part, "text": part["text"].rstrip()} if part["type"] == "text" else part
            for part in content
        ]
        trimmed["content"] = cast(list[ContentPart], parts)
    return trimmed if _read_back(renderer, trimmed) == message else message


def _read_back(renderer: Renderer, message: Message) -> Message:
    place = RenderContext(idx=1, is_last=True, last_user_index=0)
    written = renderer.render_message(message, place).output
    tokens = [token for chunk in written for token in getattr(chunk, "tokens", [])]
    return renderer.parse_response(tokens)[0]


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
