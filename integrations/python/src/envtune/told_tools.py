"""Tools that come or go in the middle of an episode, in words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from .types import ChatMessage, ToolDefinition


def with_tools_told(
    messages: Sequence[ChatMessage], before: Sequence[ToolDefinition], now: Sequence[ToolDefinition]
) -> list[ChatMessage]:
    """The environment's messages, with tools that came or went told before what the user says.

    A chat template writes tools into the first message alone, which was sent and cannot change any
    more. The sentences are those of envtune's text renderers, the lines those of Qwen's template.
    """
    known, offered = _names(before), _names(now)
    gone = [name for name in known if name not in offered]
    lines = [
        json.dumps(tool, ensure_ascii=False)
        for tool in now
        if tool["function"]["name"] not in known
    ]
    told = [f"No longer available: {', '.join(gone)}"] if gone else []
    if lines:
        told.append("\n".join(["Available from now on:", "<tools>", *lines, "</tools>"]))
    earlier, said = list(messages), ""
    if not told:
        return earlier
    if earlier and earlier[-1]["role"] == "user":
        said = earlier.pop()["content"] or ""
    return [*earlier, {"role": "user", "content": "\n".join([*told, said])}]


def _names(tools: Sequence[ToolDefinition]) -> list[str]:
    return [tool["function"]["name"] for tool in tools]
