"""``GRPOTrainer(rollout_func=...)``: the rollout function with the trainer's own generation."""

from __future__ import annotations

import json
import tempfile
from typing import Any

from replayed import URL, Script, calls_in, opening_of, report, scripts
from scripted import Script as Sampling
from scripted import calls_text
from tiny_trainer import trainer_of

from envtune import Client
from envtune.datasets import trl_row
from envtune.trl import episode_reward, rollout_func


def words(message: dict[str, Any]) -> str:
    calls = [
        {"name": call["name"], "arguments": json.loads(call["arguments"])}
        for call in calls_in(message)
    ]
    return f"{calls_text(calls) if calls else message['content']}<|im_end|>"


def play(script: Script, row: dict[str, Any], trainer: Any, rollouts: Any) -> dict[str, Any]:
    said = iter(script.messages)
    Sampling(trainer, lambda row, prompt: words(next(said)))
    output = rollouts([row["prompt"]], trainer)
    assert output["ending"] == ["completed"], output["ending"]
    return {"reward": output["reward"][0], "turn_scores": output["turn_scores"][0]}


with tempfile.TemporaryDirectory() as folder, Client(URL) as client:
    played = scripts()
    rows = [trl_row(opening_of(client, script)) for script in played]
    rollouts = rollout_func(URL)
    trainer = trainer_of(
        rows,
        folder,
        rollout_func=rollouts,
        reward_funcs=episode_reward,
        settings={"max_completion_length": 12_000},
    )
    pairs = zip(played, rows, strict=True)
    report([play(script, row, trainer, rollouts) for script, row in pairs])
