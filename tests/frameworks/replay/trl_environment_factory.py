"""``GRPOTrainer(environment_factory=...)``: a step of training for each script, whose two rollouts
say the same."""

from __future__ import annotations

import json
import tempfile
from typing import Any

from replayed import NEXT, URL, Script, calls_in, opening_of, report, scripts
from scripted import Script as Sampling
from scripted import calls_text, messages_in, steps_of
from tiny_trainer import trainer_of

from envtune import Client
from envtune.datasets import trl_row
from envtune.trl import environment_factories


def words(script: Script, place: int) -> str:
    """Words end TRL's loop, so but for the last of them a call ends the turn."""
    message = script.messages[place]
    calls = [
        {"name": call["name"], "arguments": json.loads(call["arguments"])}
        for call in calls_in(message)
    ]
    if not calls and place < len(script.messages) - 1:
        calls = [{"name": NEXT, "arguments": {}}]
    return f"{calls_text(calls) if calls else message['content']}<|im_end|>"


reported: list[dict[str, Any]] = []


def report_of(prompts: Any, completions: Any, environments: Any, **_: Any) -> list[None]:
    both = [(one.get_reward(), list(one.turn_scores)) for one in environments]
    assert both[0] == both[1] and {one.ending for one in environments} == {"completed"}
    reported.append({"reward": both[0][0], "turn_scores": both[0][1]})
    return [None] * len(completions)


with tempfile.TemporaryDirectory() as folder, Client(URL) as client:
    played = scripts()
    trainer = trainer_of(
        [trl_row(opening_of(client, script, mode="tools")) for script in played],
        folder,
        environment_factory=environment_factories(URL),
        reward_funcs=report_of,
        settings={"max_steps": len(played), "max_completion_length": 12_000},
    )

    def say(row: int, prompt: str) -> str:
        script = played[trainer.state.global_step]
        said = sum(role == "assistant" for role, _ in messages_in(prompt)) - 1
        return words(script, said) if said < len(script.messages) else "Goodbye.<|im_end|>"

    Sampling(trainer, say)
    # Nothing is learnt here; the loss of so long a conversation would take most of the time.
    trainer.compute_loss = lambda model, inputs, **_: sum(p.sum() for p in model.parameters()) * 0.0
    trainer.train()
    for step, told in zip(steps_of(trainer), reported, strict=True):
        # What TRL logs of the environment's own reward, in single precision.
        assert abs(step["reward"] - told["reward"]) < 1e-6, (step, told)
    report(reported)
