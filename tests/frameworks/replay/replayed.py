"""What every program here does: plays scripts on a server one after the other, and prints what came
of each, as the adapter itself reports it.

``program.py URL SCRIPTS.json [which]``; the last line it prints is a JSON list.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from envtune import Client
from envtune.datasets import Opening


@dataclass(frozen=True)
class Script:
    task: str
    options: dict[str, Any]
    """Reset options, ``task`` among them."""
    messages: list[dict[str, Any]]
    """What the model says, in the form of chat completions."""


URL = sys.argv[1] if len(sys.argv) > 1 else ""
WHICH = sys.argv[3] if len(sys.argv) > 3 else ""
NEXT = "next_user_request"


def scripts() -> list[Script]:
    return [Script(**script) for script in json.loads(Path(sys.argv[2]).read_text("utf8"))]


def report(played: list[dict[str, Any]]) -> None:
    print(json.dumps(played), flush=True)


def play_each(play: Callable[[Script], dict[str, Any]]) -> None:
    report([play(script) for script in scripts()])


def calls_in(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Names, and arguments as the text that the model wrote."""
    return [call["function"] for call in message.get("tool_calls") or []]


def single_calls(script: Script) -> list[dict[str, Any]]:
    """For tools mode: one call after the other, and one that ends the turn where words did."""
    end = {"name": NEXT, "arguments": "{}"}
    return [call for message in script.messages for call in calls_in(message) or [end]]


def opening_of(client: Client, script: Script, **more: Any) -> Opening:
    """What the rows of a data set are made from, under the script's options."""
    options: Any = {**script.options, **more}
    task = next(task for task in client.tasks() if task.id == script.task)
    with client.start(**options) as episode:
        return Opening(0, task, options, episode.messages, episode.tools)
