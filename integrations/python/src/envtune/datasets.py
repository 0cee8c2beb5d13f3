"""Tasks as dataset rows, in the format that each framework reads.

Every row says under the key ``envtune`` how its episode is started: the reset options, ``task``
among them, to be passed on as they are (``client.start(**row["envtune"])``). The messages and tools
of a row are those that such an episode opens with, asked of the server; a ground truth is in none
of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from .client import Client
from .types import ChatMessage, ResetOptions, TaskInfo, ToolDefinition

KEY = "envtune"
"""The column, or key, of a row that holds the reset options."""

Framework: TypeAlias = Literal["trl", "verl", "verifiers", "tinker", "nemo-gym"]
Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Opening:
    """How a task's episode begins, under the options that it will be played with."""

    index: int
    task: TaskInfo
    options: ResetOptions
    """Reset options, ``task`` among them."""
    messages: list[ChatMessage]
    tools: list[ToolDefinition]


def openings(
    client: Client,
    split: str | None = None,
    category: str | None = None,
    options: ResetOptions | None = None,
) -> Iterator[Opening]:
    """The openings of a split's tasks (of all, unless one is named), in the server's order."""
    for index, task in enumerate(client.tasks(split, category)):
        chosen: ResetOptions = {**(options or {}), "task": task.id}
        with client.start(**chosen) as episode:
            yield Opening(index, task, chosen, episode.messages, episode.tools)


def trl_row(opening: Opening) -> Row:
    """A conversational prompt, and the name of the task's environments, by which TRL chooses one of
    several environment factories. Tools are not in it: TRL asks the environment for them.

    The last message has the reset options, too, as JSON text: prompts are all that TRL hands to a
    rollout function.
    """
    prompt: list[Row] = [dict(message) for message in opening.messages]
    prompt[-1][KEY] = row_text(dict(opening.options))
    environment = environment_name(opening.task.environments)
    return {"prompt": prompt, "environment": environment, KEY: opening.options}


def environment_name(environments: Iterable[str]) -> str:
    """Of a set of environments: ``MathAPI+TicketAPI``."""
    return "+".join(sorted(environments))


def verl_row(opening: Opening) -> Row:
    """For ``RLHFDataset``, and the agent loop ``envtune``, which asks the server for the tools.

    verl's reward managers want a ``reward_model`` in each row. It holds nothing: the agent loop
    returns the reward, and theirs is never asked.
    """
    return {
        "data_source": KEY,
        "agent_name": KEY,
        "prompt": opening.messages,
        "reward_model": {"style": "rule", "ground_truth": ""},
        "extra_info": {"index": opening.index, "task": opening.task.id},
        KEY: opening.options,
    }


def verifiers_row(opening: Opening) -> Row:
    """The fields of a ``TaskData``, which keeps the system prompt apart from the messages."""
    system, messages = _apart(opening.messages)
    return {
        "id": opening.task.id,
        "name": opening.task.id,
        "prompt": messages,
        **({} if system is None else {"system_prompt": system}),
        KEY: opening.options,
    }


def tinker_row(opening: Opening) -> Row:
    """The cookbook's conversations (``messages``); it has no row format for environments."""
    return {"messages": opening.messages, "tools": opening.tools, KEY: opening.options}


def nemo_gym_row(opening: Opening) -> Row:
    """For the ``gymnasium_agent``, which keeps a row's tools for the whole episode."""
    return {
        "responses_create_params": {
            "input": [_input(message) for message in opening.messages],
            "tools": [
                {"type": "function", **tool["function"], "strict": False} for tool in opening.tools
            ],
            "parallel_tool_calls": True,
        },
        "agent_ref": {"type": "responses_api_agents", "name": "envtune_gymnasium_agent"},
        KEY: opening.options,
    }


def _apart(messages: list[ChatMessage]) -> tuple[str | None, list[ChatMessage]]:
    if messages and messages[0]["role"] == "system":
        return messages[0]["content"], messages[1:]
    return None, messages


def _input(message: ChatMessage) -> Row:
    return {"role": message["role"], "content": message["content"]}


ROWS: Mapping[Framework, Callable[[Opening], Row]] = {
    "trl": trl_row,
    "verl": verl_row,
    "verifiers": verifiers_row,
    "tinker": tinker_row,
    "nemo-gym": nemo_gym_row,
}
FRAMEWORKS: tuple[Framework, ...] = get_args(Framework)


def rows(
    client: Client,
    framework: Framework,
    split: str | None = None,
    category: str | None = None,
    options: ResetOptions | None = None,
) -> Iterator[Row]:
    """The rows of a split's tasks for a framework; ``options`` are reset options of every
    episode."""
    row = ROWS[framework]
    return (row(opening) for opening in openings(client, split, category, options))


def write_rows(path: str | os.PathLike[str], lines: Iterable[Row]) -> int:
    """Writes a JSONL file whole or not at all, and returns the number of rows."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    count = 0
    try:
        with open(temporary, "x", encoding="utf-8", newline="\n") as file:
            for row in lines:
                file.write(row_text(row) + "\n")
                count += 1
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def row_text(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, allow_nan=False)
