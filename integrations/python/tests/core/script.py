"""Scripted messages for the bundled task `base_thesis_tidy`, which has three turns."""

from __future__ import annotations

import json
from typing import Any

TASK = "base_thesis_tidy"


def call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    function = {"name": name, "arguments": json.dumps(arguments)}
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": f"call_{name}", "type": "function", "function": function}],
    }


PERFECT: list[dict[str, Any] | str] = [
    call("du", {"human_readable": True}),
    "done",
    call("rmdir", {"dir_name": "scratch"}),
    "done",
    call("cd", {"folder": "chapters"}),
    call("rm", {"file_name": "intro_v1.txt"}),
    call("wc", {"file_name": "methods.txt", "mode": "w"}),
    "done",
]
"""Achieves every turn."""

HALF: list[dict[str, Any] | str] = [*PERFECT[:2], "no", "no"]
"""Achieves the first turn only."""
