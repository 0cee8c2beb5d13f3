"""The client itself: ``dialogue``, ``tools`` or ``async``."""

from __future__ import annotations

import asyncio
from typing import Any

from replayed import URL, WHICH, Script, play_each, report, scripts, single_calls

from envtune import AsyncClient, Client


def dialogue(client: Client, script: Script) -> dict[str, Any]:
    with client.start(**script.options, mode="dialogue") as episode:
        rewards = [episode.step(message).reward for message in script.messages]
        assert episode.done
        return told(episode, rewards)


def tools(client: Client, script: Script) -> dict[str, Any]:
    with client.start(**script.options, mode="tools") as episode:
        rewards = [
            episode.call(call["name"], call["arguments"]).reward for call in single_calls(script)
        ]
        assert episode.done
        return told(episode, rewards)


async def in_turn() -> list[dict[str, Any]]:
    played = []
    async with AsyncClient(URL) as client:
        for script in scripts():
            async with await client.start(**script.options, mode="dialogue") as episode:
                rewards = [(await episode.step(message)).reward for message in script.messages]
                assert episode.done
                played.append(told(episode, rewards))
    return played


def told(episode: Any, rewards: list[float | None]) -> dict[str, Any]:
    return {
        "reward": episode.reward,
        "turn_scores": episode.turn_scores,
        "step_rewards": rewards,
    }


if WHICH == "async":
    report(asyncio.run(in_turn()))
else:
    play = {"dialogue": dialogue, "tools": tools}[WHICH]
    with Client(URL) as shared:
        play_each(lambda script: play(shared, script))
