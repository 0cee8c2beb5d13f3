"""OpenEnv's own clients: ``dialogue`` (``GenericEnvClient``) or ``tools`` (``MCPToolClient``)."""

from __future__ import annotations

import json
from typing import Any

from openenv import GenericEnvClient
from openenv.core.env_server.mcp_types import CallToolAction
from openenv.core.mcp_client import MCPToolClient
from replayed import URL, WHICH, Script, play_each, single_calls


def dialogue(script: Script) -> dict[str, Any]:
    with GenericEnvClient(base_url=URL).sync() as env:
        env.reset(**script.options, mode="dialogue")
        steps = [
            env.step({"type": "message", **without_role(message)}) for message in script.messages
        ]
    return told(steps)


def tools(script: Script) -> dict[str, Any]:
    with MCPToolClient(base_url=URL).sync() as env:
        env.reset(**script.options, mode="tools")
        steps = [
            env.step(
                CallToolAction(tool_name=call["name"], arguments=json.loads(call["arguments"]))
            )
            for call in single_calls(script)
        ]
    return told(steps)


def told(steps: list[Any]) -> dict[str, Any]:
    assert steps[-1].done
    return {
        "reward": sum(step.reward or 0.0 for step in steps),
        "turn_scores": steps[-1].metadata["turn_scores"],
        "step_rewards": [step.reward for step in steps],
    }


def without_role(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "role"}


play_each({"dialogue": dialogue, "tools": tools}[WHICH])
