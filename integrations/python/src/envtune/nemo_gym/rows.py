"""Rows of NeMo Gym's data sets: what a model reads first, and which episode the server is to play."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ..client import Client
    from ..types import ResetOptions, ToolDefinition

Agent = Literal["gymnasium", "simple"]


def nemo_gym_rows(
    client: Client,
    tasks: Iterable[str] | None = None,
    *,
    agent: Agent = "gymnasium",
    **options: Unpack[ResetOptions],
) -> Iterator[dict[str, Any]]:
    """One row a task, of all tasks unless some are named.

    The options stand in each row under ``envtune``, where the server finds them. Rows for
    ``gymnasium_agent`` are conversations; those for ``simple_agent``, which knows no user turns, have
    the tool ``next_user_request``. Tools that a task releases later are not in its row: they are
    described to the model when they come.
    """
    ids = [task["id"] for task in client.tasks()] if tasks is None else list(tasks)
    chosen = {name: value for name, value in options.items() if name not in ("task", "mode")}
    for task in ids:
        mode: Literal["dialogue", "tools"] = "dialogue" if agent == "gymnasium" else "tools"
        with client.start(**{**options, "task": task, "mode": mode}) as episode:
            yield {
                "responses_create_params": {
                    "input": [dict(message) for message in episode.messages],
                    "tools": [_tool(tool) for tool in episode.tools],
                    "parallel_tool_calls": True,
                },
                "envtune": {"task": task, **chosen},
                "agent_ref": {"type": "responses_api_agents", "name": f"envtune_{agent}_agent"},
            }


def _tool(tool: ToolDefinition) -> dict[str, Any]:
    """A tool as the Responses API has it: the function's fields beside its type."""
    return {"type": "function", **tool["function"], "strict": False}
