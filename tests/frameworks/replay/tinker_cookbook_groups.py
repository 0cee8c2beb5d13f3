"""A group of one rollout through the cookbook's own code."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from byte_tokenizer import NAME, byte_tokenizer
from replayed import URL, Script, calls_in, play_each
from scripted_policy import ScriptedPolicy
from tinker_cookbook.renderers import get_renderer
from tinker_cookbook.rl.rollouts import do_group_rollout

from envtune import Client
from envtune.tinker_cookbook import EnvtuneGroupBuilder

renderer = get_renderer("qwen3_instruct", byte_tokenizer(), model_name=NAME)
with Client(URL) as client:
    tasks = {task.id: task for task in client.tasks()}


def said(message: dict[str, Any]) -> dict[str, Any]:
    calls = [(call["name"], json.loads(call["arguments"])) for call in calls_in(message)]
    return {"content": message.get("content") or "", "calls": calls}


def replay(script: Script) -> dict[str, Any]:
    task = tasks[script.task]
    options = {name: value for name, value in script.options.items() if name != "task"}
    builder = EnvtuneGroupBuilder(URL, task, renderer, group_size=1, options=options)
    policy = ScriptedPolicy(renderer, [[said(message) for message in script.messages]])
    group = asyncio.run(do_group_rollout(builder, policy))
    (trajectory,), (metrics,) = group.trajectories_G, group.metrics_G
    assert metrics["cut_off"] == 0, metrics
    return {
        "reward": group.get_total_rewards()[0],
        # The cookbook's metrics are numbers: a share of the turns.
        "turns_achieved": metrics["turns_achieved"] * task.turns,
        "step_rewards": [step.reward for step in trajectory.transitions],
    }


play_each(replay)
