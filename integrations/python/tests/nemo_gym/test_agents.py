"""Gym's own agents play on a running server; they report what the same messages are worth
anywhere."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from gym import EPISODE, agents, gym_config, port_of, scripted_model, serving

from envtune import Client
from envtune.nemo_gym import nemo_gym_rows

URL = os.environ["ENVTUNE_URL"]
NEMO_GYM_URL = os.environ["ENVTUNE_NEMO_GYM_URL"]
SCRIPTS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(os.environ["ENVTUNE_SCRIPTS"]).read_text()
)


def rows_of(agent: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """A row for each script of the agent's, with the script."""
    with Client(URL) as client:
        rows = {
            row["envtune"]["task"]: row
            for row in nemo_gym_rows(client, options={"hints": "guide"}, agent=agent)
        }
    return [(rows[script["task"]], script) for script in SCRIPTS[agent]]


async def play(
    agent: str,
) -> tuple[list[dict[str, Any]], list[list[dict[str, Any]]], dict[str, Any]]:
    """All scripts at once, and what Gym makes of the results in the end."""

    rows = rows_of(agent)
    config = gym_config(urlsplit(NEMO_GYM_URL).port or 0)
    model = scripted_model([script["messages"] for _, script in rows])
    own = f"http://127.0.0.1:{port_of(config, agent)}"

    async def run(http: aiohttp.ClientSession, index: int, row: dict[str, Any]) -> dict[str, Any]:
        params = {**row["responses_create_params"], "metadata": {EPISODE: str(index)}}
        async with http.post(f"{own}/run", json={**row, "responses_create_params": params}) as said:
            assert said.status == 200, await said.text()
            result: dict[str, Any] = await said.json()
            return result

    async with serving({port_of(config, "policy_model"): model, **agents(config)}):
        async with aiohttp.ClientSession() as http:
            plays = [run(http, index, row) for index, (row, _) in enumerate(rows)]
            results = await asyncio.gather(*plays)
            reported = [
                {"_ng_task_index": index, "_ng_rollout_index": 0, "reward": result["reward"]}
                for index, result in enumerate(results)
            ]
            async with http.post(
                f"{own}/aggregate_metrics", json={"verify_responses": reported}
            ) as said:
                metrics = await said.json()
        from nemo_gym import server_utils

        if server_utils.is_global_aiohttp_client_setup():
            await server_utils.get_global_aiohttp_client().close()
            server_utils._GLOBAL_AIOHTTP_CLIENT = None
    return results, model.state.asked, metrics


def test_gymnasium_agent() -> None:
    results, asked, metrics = asyncio.run(play("gymnasium"))
    scripts = SCRIPTS["gymnasium"]
    assert len(results) == len(scripts) > 2
    for result, script, requests in zip(results, scripts, asked, strict=True):
        assert result["reward"] == pytest.approx(script["total_reward"], abs=1e-9)
        facts = result["info"]["envtune"]
        assert facts["turn_scores"] == script["turn_scores"]
        assert facts["ending"]["why"] == script["why"]
        assert result["terminated"] is (script["why"] == "completed")
        assert result["truncated"] is (script["why"] != "completed")
        # All that the model was shown, as the conversation in process has it.
        assert [item["content"] for item in requests[0]["input"]] == script["opening"]
        shown = [said_of(item) for item in requests[-1]["input"][len(script["opening"]) :]]
        assert [text for text in shown if text is not None] == script["shown"]
    assert metrics["key_metrics"]["mean/reward"] == pytest.approx(
        sum(script["total_reward"] for script in scripts) / len(scripts)
    )


def said_of(item: dict[str, Any]) -> str | None:
    """What the environment said; nothing of what the model did."""
    if item.get("type") == "function_call_output":
        return str(item["output"])
    return str(item["content"]) if item.get("role") == "user" else None


def test_simple_agent() -> None:
    results, _, _ = asyncio.run(play("simple"))
    for result, script in zip(results, SCRIPTS["simple"], strict=True):
        assert result["reward"] == pytest.approx(script["total_reward"], abs=1e-9)
        assert result["envtune_result"]["turn_scores"] == script["turn_scores"]


def test_metrics_equal_those_of_gym_itself() -> None:
    from nemo_gym.reward_profile import compute_aggregate_metrics

    rollouts = [
        {
            "_ng_task_index": task,
            "_ng_rollout_index": index,
            "reward": task * 0.25 + index * 0.1,
            "terminated": index == 0,
            "text": "x",
            "response": {"usage": {"total_tokens": 10 * (task + index)} if task else {}},
        }
        for task in (2, 0, 1)
        for index in range(3)
    ]

    async def ask() -> Any:
        async with aiohttp.ClientSession() as http:
            body = {"verify_responses": rollouts}
            async with http.post(f"{NEMO_GYM_URL}/aggregate_metrics", json=body) as said:
                return await said.json()

    ours = asyncio.run(ask())
    theirs = compute_aggregate_metrics(rollouts).model_dump()
    for part in ("agent_metrics", "key_metrics"):
        assert ours[part] == pytest.approx(theirs[part])
    for own, other in zip(ours["group_level_metrics"], theirs["group_level_metrics"], strict=True):
        assert own.keys() == other.keys()
        for name, value in own.items():
            assert value == (
                pytest.approx(other[name]) if isinstance(value, float) else other[name]
            )
