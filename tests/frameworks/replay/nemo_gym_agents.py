"""NeMo Gym's own agents, ``gymnasium`` or ``simple``, with a scripted model."""

from __future__ import annotations

import asyncio
import os
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from gym import EPISODE, agents, gym_config, port_of, scripted_model, serving
from replayed import URL, WHICH, Script, calls_in, opening_of, report, scripts, single_calls

from envtune import Client
from envtune.datasets import nemo_gym_row


def said(script: Script) -> list[dict[str, Any]]:
    if WHICH == "gymnasium":
        return [
            {"text": message.get("content") or "", "calls": calls_in(message)}
            for message in script.messages
        ]
    *calls, last = single_calls(script)
    ends_in_words = not calls_in(script.messages[-1])
    # Words end the agent's loop, and with it the turn.
    ending = {"text": "Done.", "calls": []}
    return [
        *({"text": "", "calls": [call]} for call in calls),
        *([] if ends_in_words else [{"text": "", "calls": [last]}]),
        ending,
    ]


def told(result: dict[str, Any]) -> dict[str, Any]:
    facts = result["info"]["envtune"] if WHICH == "gymnasium" else result["envtune_result"]
    return {"reward": result["reward"], "turn_scores": facts["turn_scores"]}


async def main() -> None:
    played = scripts()
    mode = "dialogue" if WHICH == "gymnasium" else "tools"
    with Client(URL) as client:
        rows = [nemo_gym_row(opening_of(client, script, mode=mode)) for script in played]
    config = gym_config(urlsplit(os.environ["ENVTUNE_NEMO_GYM_URL"]).port or 0)
    model = scripted_model([said(script) for script in played])
    agent = f"http://127.0.0.1:{port_of(config, WHICH)}"
    results = []
    async with serving({port_of(config, "policy_model"): model, **agents(config)}):
        async with aiohttp.ClientSession() as http:
            for index, row in enumerate(rows):
                params = {**row["responses_create_params"], "metadata": {EPISODE: str(index)}}
                body = {**row, "responses_create_params": params}
                async with http.post(f"{agent}/run", json=body) as answer:
                    assert answer.status == 200, await answer.text()
                    results.append(told(await answer.json()))
        from nemo_gym import server_utils

        if server_utils.is_global_aiohttp_client_setup():
            await server_utils.get_global_aiohttp_client().close()
    report(results)


asyncio.run(main())
