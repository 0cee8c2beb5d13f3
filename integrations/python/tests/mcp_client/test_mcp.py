"""The official Python clients of both generations, as frameworks with an MCP client use them."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from envtune import Client

URL = os.environ["ENVTUNE_URL"]
TASK = "miss_func_band_lyrics"


@asynccontextmanager
async def connected(url: str, told: list[str]) -> AsyncIterator[Any]:
    """A session of the SDK that is installed; ``told`` grows by what the server says unasked."""

    async def hear(message: Any) -> None:
        root = getattr(message, "root", message)
        if isinstance(method := getattr(root, "method", None), str):
            told.append(method)

    if version("mcp").startswith("1."):
        from mcp import ClientSession
        from mcp.client.streamable_http import streamable_http_client

        async with (
            streamable_http_client(url) as (read, write, _),
            ClientSession(read, write, message_handler=hear) as session,
        ):
            await session.initialize()
            yield session
    else:
        from mcp.client import Client as McpClient

        async with McpClient(url, message_handler=hear) as client:
            yield client


async def names(session: Any) -> set[str]:
    return {tool.name for tool in (await session.list_tools()).tools}


async def call(session: Any, tool: str, **arguments: Any) -> tuple[str, bool]:
    result = await session.call_tool(tool, arguments)
    (content,) = result.content
    failed = result.isError if hasattr(result, "isError") else result.is_error
    return content.text, bool(failed)


async def play(url: str, script: list[list[tuple[str, dict[str, Any]]]]) -> list[str]:
    """Plays the turns, and returns what was heard meanwhile."""
    told: list[str] = []
    async with connected(url, told) as session:
        before = await names(session)
        assert {"ls", "cat", "next_user_request"} <= before
        text, failed = await call(session, "cat", file_name="nowhere.txt")
        assert failed and "nowhere.txt" in text
        for turn in script:
            for tool, arguments in turn:
                text, failed = await call(session, tool, **arguments)
                assert not failed, text
            text, failed = await call(session, "next_user_request")
        assert "The conversation is over" in text and not failed
        assert (await call(session, "ls"))[1]
        assert await names(session) > before
    return told


def test_an_episode_over_mcp() -> None:
    script = read_script(os.environ["ENVTUNE_SCRIPT"])
    with (
        Client(URL) as client,
        client.start(task=TASK, mode="tools", hints="guide", step_limit=20) as episode,
    ):
        told = asyncio.run(play(f"{URL}/sessions/{episode.id}/mcp", script))
        assert "notifications/tools/list_changed" in told
        state = episode.state()
        assert state["done"] and state["total_reward"] == 1
        assert all(score == 1 for score in state["turn_scores"])


def read_script(text: str) -> list[list[tuple[str, dict[str, Any]]]]:
    turns: list[list[dict[str, Any]]] = json.loads(text)
    return [[(call["tool"], call["args"]) for call in turn] for turn in turns]
