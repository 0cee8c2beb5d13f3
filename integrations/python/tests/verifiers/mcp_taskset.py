"""A taskset whose tools are the MCP server of a session, in tools mode: verifiers' own way to tools
that run elsewhere. Each task has a session of its own."""

from __future__ import annotations

import os

import verifiers.v1 as vf
from pydantic import Field, PrivateAttr

from envtune.async_client import AsyncEpisode
from envtune.shared_client import shared_client

__all__ = ["McpTaskset"]

URL = os.environ["ENVTUNE_URL"]


class SessionTools(vf.Toolset[vf.ToolsetConfig]):
    TOOL_PREFIX = "envtune"


class McpTaskConfig(vf.TaskConfig):
    tools: vf.ToolsetConfig = vf.ToolsetConfig()


class McpState(vf.State):
    _episode: AsyncEpisode | None = PrivateAttr(default=None)


class McpTask(vf.Task[vf.TaskData, McpState, McpTaskConfig]):
    async def setup(self, trace: vf.Trace) -> None:
        client = shared_client(URL)
        episode = await client.start(task=self.data.name, mode="tools", hints="guide")
        trace.state._episode = episode
        url = f"{URL}/sessions/{episode.id}/mcp"
        self.config = McpTaskConfig(tools=vf.ToolsetConfig(url=url))

    @classmethod
    def toolsets(cls, config: McpTaskConfig) -> list[vf.Toolset]:
        return [SessionTools(config.tools)]

    @vf.reward
    async def episode_reward(self, trace: vf.Trace) -> float:
        episode = trace.state._episode
        if not (await episode.state())["done"]:
            await episode.end()
        state = await episode.state()
        await episode.close()
        return float(state["total_reward"])


class McpConfig(vf.TasksetConfig):
    task: McpTaskConfig = McpTaskConfig()
    prompts: dict[str, str] = Field(default_factory=dict)


class McpTaskset(vf.Taskset[McpTask, McpConfig]):
    def load(self) -> list[McpTask]:
        return [
            McpTask(vf.TaskData(name=task, prompt=prompt), self.config.task)
            for task, prompt in self.config.prompts.items()
        ]
