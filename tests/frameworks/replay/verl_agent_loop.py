"""The agent loop among verl's own classes."""

from __future__ import annotations

from typing import Any

from replayed import Script, play_each
from scripted_loop import hermes, play


def replay(script: Script) -> dict[str, Any]:
    said = [
        hermes(message["tool_calls"]) if message.get("tool_calls") else message["content"]
        for message in script.messages
    ]
    output, _ = play(said, script.options)
    extras = output.extra_fields["extras"]
    assert extras["ending"] == {"why": "completed"}, extras
    return {
        "reward": output.reward_score,
        "turn_scores": output.extra_fields["turn_scores"],
        "step_rewards": extras["step_rewards"],
    }


play_each(replay)
