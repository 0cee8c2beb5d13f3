"""One graded episode, printed: what ``python -m envtune`` shows."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any, TextIO

from .client import Client, Episode
from .exchange import json_text
from .launch import launch
from .types import ChatMessage

TASK = "base_thesis_tidy"

# What a model might say. It mistakes a name, is told so, and leaves the last turn half done.
SCRIPT: list[tuple[str, dict[str, Any]] | str] = [
    ("du", {"human_readable": True}),
    "The whole folder needs that much.",
    ("rmdir", {"dir_name": "scratchpad"}),
    ("rmdir", {"dir_name": "scratch"}),
    "The folder is gone.",
    ("cd", {"folder": "chapters"}),
    ("rm", {"file_name": "intro_v1.txt"}),
    "I deleted intro_v1.txt.",
]


def tour(out: TextIO = sys.stdout) -> None:
    """Starts the server, plays a bundled task by a script, and prints it with its grades."""
    started = time.monotonic()
    with launch(dataset="bundled", hints="guide", reward="progress") as server:
        print(f"{server.tasks} tasks served at {server.url}", file=out)
        with Client(server.url) as client, client.start(task=TASK, mode="dialogue") as episode:
            _play(episode, out)
    print(f"{time.monotonic() - started:.1f} s, with starting and stopping the server", file=out)


def _play(episode: Episode, out: TextIO) -> None:
    print(f"task {TASK}: {len(episode.tools)} tools, hints at level guide\n", file=out)
    _show(episode.messages, out)
    for message in _messages():
        step = episode.step(message)
        _show([message, *step.messages], out)
        if step.done:
            break
    print(f"\nturn scores  {episode.turn_scores}", file=out)
    print(f"reward       {episode.reward:.3f}  (progress: the share of turns achieved)", file=out)


def _messages() -> Iterator[ChatMessage]:
    for said in SCRIPT:
        if isinstance(said, str):
            yield {"role": "assistant", "content": said}
        else:
            name, arguments = said
            function: Any = {"name": name, "arguments": json_text(arguments)}
            call: Any = {"id": f"call_{name}", "type": "function", "function": function}
            yield {"role": "assistant", "content": None, "tool_calls": [call]}


def _show(messages: list[ChatMessage], out: TextIO) -> None:
    for message in messages:
        for call in message.get("tool_calls", []):
            function = call["function"]
            print(f"{'model':>9}  {function['name']}({function['arguments']})", file=out)
        if message["content"]:
            who = "model" if message["role"] == "assistant" else message["role"]
            first, *more = message["content"].splitlines()
            print(f"{who:>9}  {first}", *(f"{'':>9}  {line}" for line in more), sep="\n", file=out)
