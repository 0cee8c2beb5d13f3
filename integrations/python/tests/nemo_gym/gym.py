"""NeMo Gym's own agents, with a model that says what it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from omegaconf import OmegaConf

EPISODE = "episode"
"""Where a row says which script is the model's: in the request's metadata, which agents pass on."""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def gym_config(env_port: int) -> dict[str, Any]:
    """What Gym's launcher would have made of the configurations, with the ports it has found."""
    resources = {"type": "resources_servers", "name": "envtune"}
    model = {"type": "responses_api_models", "name": "policy_model"}
    own = {"resources_server": resources, "model_server": model, "max_steps": 60}

    def at(port: int, more: dict[str, Any] | None = None) -> dict[str, Any]:
        return {"entrypoint": "app.py", "host": "127.0.0.1", "port": port, **(more or {})}

    return {
        "head_server": {"host": "127.0.0.1", "port": free_port()},
        "envtune": {"resources_servers": {"envtune": at(env_port, {"domain": "agent"})}},
        "policy_model": {"responses_api_models": {"scripted": at(free_port())}},
        "gymnasium": {"responses_api_agents": {"gymnasium_agent": at(free_port(), own)}},
        "simple": {"responses_api_agents": {"simple_agent": at(free_port(), own)}},
    }


def scripted_model(scripts: list[list[dict[str, Any]]]) -> FastAPI:
    """Answers ``/v1/responses`` with the next message of the episode's script; keeps what it was
    asked."""
    app = FastAPI()
    app.state.asked = [[] for _ in scripts]

    @app.post("/v1/responses")
    async def responses(request: Request) -> dict[str, Any]:
        body = await request.json()
        episode = int(body["metadata"][EPISODE])
        asked = app.state.asked[episode]
        message = scripts[episode][len(asked)]
        asked.append(body)
        place = f"{episode}_{len(asked)}"
        calls = [
            {
                "type": "function_call",
                "id": f"fc_{place}_{index}",
                "call_id": f"call_{place}_{index}",
                "name": call["name"],
                "arguments": call["arguments"],
            }
            for index, call in enumerate(message["calls"])
        ]
        text = {"type": "output_text", "text": message["text"], "annotations": []}
        words = {"type": "message", "id": f"m_{place}", "role": "assistant", "content": [text]}
        return {
            "id": f"resp_{place}",
            "object": "response",
            "created_at": 0,
            "model": "scripted",
            "output": calls if calls else [{**words, "status": "completed"}],
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
        }

    return app


@contextlib.asynccontextmanager
async def serving(apps: dict[int, FastAPI]) -> AsyncIterator[None]:
    servers = [
        uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
        for port, app in apps.items()
    ]
    running = [asyncio.create_task(server.serve()) for server in servers]
    while not all(server.started for server in servers):
        await asyncio.sleep(0.02)
    try:
        yield
    finally:
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*running)


def agents(config: dict[str, Any]) -> dict[int, FastAPI]:
    """Gym's agents as its ``run_webserver`` makes them, but for Ray, which they do not use."""
    whole = OmegaConf.create(config)
    os.environ["NEMO_GYM_CONFIG_DICT"] = OmegaConf.to_yaml(whole)

    from nemo_gym.config_types import BaseServerConfig
    from nemo_gym.server_utils import ServerClient
    from responses_api_agents.gymnasium_agent.app import GymnasiumAgent
    from responses_api_agents.simple_agent.app import SimpleAgent

    client = ServerClient(
        head_server_config=BaseServerConfig(**config["head_server"]), global_config_dict=whole
    )
    made = {}
    for name, kind in (("gymnasium", GymnasiumAgent), ("simple", SimpleAgent)):
        (own,) = config[name]["responses_api_agents"].values()
        settings = kind.model_fields["config"].annotation.model_validate({**own, "name": name})
        app = kind(config=settings, server_client=client).setup_webserver()
        made[own["port"]] = app
    return made


def port_of(config: dict[str, Any], name: str) -> int:
    (kind,) = config[name].values()
    (own,) = kind.values()
    return int(own["port"])
