"""verifiers' own evaluation, with an endpoint that says what the script says."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from evaluation import evaluate
from replayed import Script, play_each
from scripted_endpoint import said_before, scripted_endpoint


def replay(script: Script) -> dict[str, Any]:
    chosen = ["--select.include.names", json.dumps([script.task])]
    for name, value in script.options.items():
        if name != "task":
            chosen += [f"--env.taskset.{name.replace('_', '-')}", str(value)]
    with tempfile.TemporaryDirectory() as folder:
        with scripted_endpoint(lambda body: script.messages[said_before(body)]) as endpoint:
            traces = evaluate(Path(folder), "envtune-verifiers", endpoint.url, *chosen)
    trace = traces[script.task]
    facts = trace["info"]["envtune"]
    assert facts["ending"] == {"why": "completed"}, facts
    return {
        "reward": trace["rewards"]["episode_reward"]["score"],
        "turn_scores": facts["turn_scores"],
        "step_rewards": facts["step_rewards"],
    }


play_each(replay)
