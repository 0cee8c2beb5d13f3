"""Rows of a dataset: which episode one stands for, and what its prompt holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..client import Client
from ..types import ChatMessage, TaskInfo

COLUMN = "envtune"
"""The column, and the key of a prompt's last message, that holds reset options as JSON text."""


def reset_options(row: Mapping[str, Any]) -> dict[str, Any]:
    """Of the column ``envtune``, or else of the key ``envtune`` of the prompt's last message.

    JSON text, or a mapping, from which nulls are dropped, since tables fill with them what a row
    does not have. Empty where there is neither.
    """
    given = row.get(COLUMN)
    prompt = row.get("prompt")
    if given is None and isinstance(prompt, Sequence) and not isinstance(prompt, str) and prompt:
        given = prompt[-1].get(COLUMN)
    if given is None:
        return {}
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise ValueError(f"'{COLUMN}': not JSON: {error}") from None
    if not isinstance(given, Mapping):
        raise ValueError(f"'{COLUMN}': an object of reset options, not {given!r}")
    return _without_nulls(given)


def _without_nulls(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _without_nulls(value) if isinstance(value, Mapping) else value
        for key, value in given.items()
        if value is not None
    }


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
                "not have; make the rows with envtune.trl.task_rows and the same reset options"
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


def environment_name(environments: Iterable[str]) -> str:
    """Of a set of environments, in the column ``environment``: ``MathAPI+TicketAPI``."""
    return "+".join(sorted(environments))


def task_rows(
    client: Client,
    *,
    split: str | None = None,
    category: str | None = None,
    tasks: Iterable[str] | None = None,
    **options: Any,
) -> list[dict[str, Any]]:
    """Rows for ``datasets.Dataset.from_list``, one for each task, in order.

    ``prompt`` is what the episode begins with, its last message with the key ``envtune``;
    ``envtune`` holds the reset options, ``task`` the id, and ``environment`` the name of the task's
    environments. Good for ``environment_factory``, ``environment_factories`` and ``rollout_func``
    alike. ``options`` are reset options of all rows. Each task's episode is begun once, for its
    first messages.
    """
    chosen = None if tasks is None else set(tasks)
    listed = client.tasks(split=split, category=category)
    if chosen is not None:
        unknown = chosen - {task.id for task in listed}
        if unknown:
            raise ValueError(f"tasks: there is no {', '.join(sorted(unknown))}")
        listed = [task for task in listed if task.id in chosen]
    if not listed:
        return []
    with client.start(**{**options, "task": listed[0].id}) as episode:
        rows = []
        for task in listed:
            episode.reset(**{**options, "task": task.id})
            rows.append(_row(task, episode.messages, {**options, "task": task.id}))
        return rows


def _row(
    task: TaskInfo, messages: Sequence[ChatMessage], options: Mapping[str, Any]
) -> dict[str, Any]:
    text = json.dumps(options, ensure_ascii=False)
    prompt: list[dict[str, Any]] = [
        {"role": message["role"], "content": message["content"]} for message in messages
    ]
    prompt[-1][COLUMN] = text
    return {
        "prompt": prompt,
        COLUMN: text,
        "task": task.id,
        "environment": environment_name(task.environments),
    }
