"""A small program as a user writes it: what the types say of it is checked, and so is what it
does."""

from __future__ import annotations

import asyncio

import envtune


def play(client: envtune.Client) -> float:
    options: envtune.ResetOptions = {
        "task": "base_thesis_tidy",
        "hints": {"guide": 0.8, "off": 0.2},
    }
    with client.start(**options) as episode:
        names: list[str] = [tool["function"]["name"] for tool in episode.tools]
        first: envtune.Step = episode.step("I cannot.")
        content: str | None = first.messages[-1]["content"]
        print(len(names), content, first.metadata["turn"])
        while not episode.done:
            episode.step({"role": "assistant", "content": "I cannot."})
        return episode.reward or 0.0


async def play_together(url: str) -> list[float | None]:
    async def one(client: envtune.AsyncClient) -> float | None:
        async with await client.start(task="base_thesis_tidy", mode="tools") as episode:
            result: envtune.ToolResult = await episode.call("ls", {"a": True})
            return result.reward

    async with envtune.AsyncClient(url) as client:
        return await asyncio.gather(*(one(client) for _ in range(3)))


if __name__ == "__main__":
    with envtune.launch(dataset="bundled", hints="guide") as server:
        with envtune.Client(server.url) as connected:
            print(play(connected))
        print(asyncio.run(play_together(server.url)))
