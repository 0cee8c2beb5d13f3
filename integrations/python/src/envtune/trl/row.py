"""Rows of a dataset (``envtune.datasets`` makes them): which episode one stands for, and what its
prompt holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..datasets import KEY
from ..row_options import row_options
from ..types import ChatMessage


def reset_options(row: Mapping[str, Any]) -> dict[str, Any]:
    """Of the column ``envtune``, or else of the key ``envtune`` of the prompt's last message."""
    given = row.get(KEY)
    prompt = row.get("prompt")
    if given is None and isinstance(prompt, Sequence) and not isinstance(prompt, str) and prompt:
        given = prompt[-1].get(KEY)
    return row_options(given)


def missing_from(prompt: Any, messages: Sequence[ChatMessage]) -> str | None:
    """What has to be added to the prompt's last message for it to hold what the episode begins
    with.

    TRL joins the two without anything between. A system message cannot be added so: it has to stand
    in the prompt.
    """
    held = _texts(prompt)
    for message in messages[:-1]:
        if (message["content"] or "") not in held:
            raise ValueError(
                f"the episode begins with a {message['role']} message that the row's prompt does "
                "not have; make the rows with envtune.datasets.rows and the same reset options"
            )
    first = messages[-1]["content"] or ""
    before = held[-1] if held else ""
    if first in before:
        return None
    if held and prompt[-1].get("role") != "user":
        raise ValueError(
            f"the row's prompt ends with a {prompt[-1].get('role')} message; what the user says "
            "first would be added to it, so let it end with one of the user"
        )
    return f"\n\n{first}" if before else first


def _texts(prompt: Any) -> list[str]:
    if not isinstance(prompt, Sequence) or isinstance(prompt, str):
        return []
    return [_text(message.get("content")) for message in prompt]


def _text(content: Any) -> str:
    if isinstance(content, str) or content is None:
        return content or ""
    return "".join(str(part.get("text") or "") for part in content)
