from __future__ import annotations

import asyncio
import inspect

import pytest
from script import HALF, PERFECT, TASK

import envtune


def test_a_dialogue_is_the_same_awaited(server: envtune.Server, client: envtune.Client) -> None:
    async def play() -> envtune.AsyncEpisode:
        async with envtune.AsyncClient(server.url) as remote:
            async with await remote.start(task=TASK, mode="dialogue") as episode:
                for message in PERFECT:
                    await episode.step(message)
                return episode

    awaited = asyncio.run(play())
    with client.start(task=TASK, mode="dialogue") as episode:
        for message in PERFECT:
            episode.step(message)
    assert awaited.messages == episode.messages
    assert awaited.metadata == episode.metadata
    assert (awaited.reward, awaited.turn_scores) == (1.0, [1, 1, 1])


def test_tools_mode_tasks_state_and_reset_awaited(server: envtune.Server) -> None:
    async def play() -> None:
        async with envtune.AsyncClient(server.url) as remote:
            assert len(await remote.tasks()) == server.tasks
            assert await remote.splits() and await remote.health()
            assert await remote.tools(["MathAPI"])
            episode = await remote.start(task=TASK, mode="tools")
            assert (await episode.call("du", {"human_readable": True})).error is None
            assert (await episode.state())["step_count"] == 1
            await episode.reset(task=TASK, mode="tools")
            assert (await episode.state())["step_count"] == 0
            await episode.close()
            await episode.close()

    asyncio.run(play())


def test_hundreds_of_episodes_at_once_keep_apart(server: envtune.Server) -> None:
    async def play(remote: envtune.AsyncClient, number: int) -> list[int]:
        async with await remote.start(task=TASK, mode="dialogue") as episode:
            for message in PERFECT if number % 2 else HALF:
                await episode.step(message)
            return episode.turn_scores

    async def all_of_them() -> list[list[int]]:
        async with envtune.AsyncClient(server.url) as remote:
            return await asyncio.gather(*(play(remote, number) for number in range(300)))

    assert asyncio.run(all_of_them()) == [[1, 0, 0], [1, 1, 1]] * 150


def test_a_cancelled_step_leaves_the_client_usable(server: envtune.Server) -> None:
    async def play() -> list[int]:
        async with envtune.AsyncClient(server.url) as remote:
            async with await remote.start(task=TASK, mode="dialogue") as episode:
                step = asyncio.ensure_future(episode.step(PERFECT[0]))
                await asyncio.sleep(0)
                step.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await step
                await episode.reset(task=TASK, mode="dialogue")
                for message in PERFECT:
                    await episode.step(message)
                return episode.turn_scores

    assert asyncio.run(play()) == [1, 1, 1]


@pytest.mark.parametrize(
    ("plain", "awaited"),
    [(envtune.Client, envtune.AsyncClient), (envtune.Episode, envtune.AsyncEpisode)],
)
def test_both_clients_have_the_same_methods(plain: type, awaited: type) -> None:
    def signatures(of: type) -> dict[str, list[str]]:
        methods = inspect.getmembers(of, inspect.isfunction)
        named = {name: list(inspect.signature(method).parameters) for name, method in methods}
        return {name: found for name, found in named.items() if not name.startswith("_")}

    assert signatures(plain) == signatures(awaited)
