"""The whole of Gym: its launcher starts our entry and its own servers; an evaluation runs."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from gym import EPISODE, free_port, scripted_model, serving

from envtune.nemo_gym.__main__ import main

SCRIPTS: list[dict[str, Any]] = json.loads(Path(os.environ["ENVTUNE_SCRIPTS"]).read_text())[
    "gymnasium"
][-4:]
CONFIGS = [
    "resources_servers/envtune/configs/envtune.yaml",
    "responses_api_models/openai_model/configs/openai_model.yaml",
]


def test_an_evaluation(tmp_path: Path) -> None:
    assert main([str(tmp_path), "--hints", "guide"]) == 0
    for server in (
        "resources_servers/envtune",
        "responses_api_agents/gymnasium_agent",
        "responses_api_agents/simple_agent",
        "responses_api_models/openai_model",
    ):
        # The launcher makes a virtual environment for each server, unless it finds one there.
        (tmp_path / server).mkdir(parents=True, exist_ok=True)
        (tmp_path / server / ".venv").symlink_to(sys.prefix)
    write_rows(tmp_path)
    results = asyncio.run(evaluate(tmp_path))
    assert len(results) == len(SCRIPTS)
    for result, script in zip(results, SCRIPTS, strict=True):
        assert result["reward"] == pytest.approx(script["total_reward"], abs=1e-9)
        assert result["info"]["envtune"]["turn_scores"] == script["turn_scores"]


def write_rows(folder: Path) -> None:
    """The rows of the scripts' tasks, each with the number of its script."""
    example = folder / "resources_servers" / "envtune" / "data" / "example.jsonl"
    rows = [json.loads(line) for line in example.read_text().splitlines()]
    by_task = {row["envtune"]["task"]: row for row in rows}
    with open(folder / "rows.jsonl", "w") as file:
        for index, script in enumerate(SCRIPTS):
            row = by_task[script["task"]]
            params = {**row["responses_create_params"], "metadata": {EPISODE: str(index)}}
            file.write(json.dumps({**row, "responses_create_params": params}) + "\n")


async def evaluate(folder: Path) -> list[dict[str, Any]]:
    model_port, head_port = free_port(), free_port()
    model = scripted_model([script["messages"] for script in SCRIPTS])
    common = [f"+head_server={{host:127.0.0.1,port:{head_port}}}"]
    async with serving({model_port: model}):
        launcher = gym(
            folder,
            "env",
            "start",
            f"+config_paths=[{','.join(CONFIGS)}]",
            "+skip_venv_if_present=true",
            f"+policy_base_url=http://127.0.0.1:{model_port}/v1",
            "+policy_api_key=none",
            "+policy_model_name=scripted",
            *common,
        )
        try:
            await until_ready(folder, launcher)
            run = gym(
                folder,
                *("eval", "run", "--no-serve", "--agent", "envtune_gymnasium_agent"),
                *("--input", "rows.jsonl", "--output", "rollouts.jsonl"),
                *common,
            )
            status = await asyncio.to_thread(run.wait, 300)
            assert status == 0, log_of(folder, "eval")
        finally:
            launcher.send_signal(signal.SIGINT)
            await asyncio.to_thread(launcher.wait, 60)
    lines = (folder / "rollouts.jsonl").read_text().splitlines()
    return sorted((json.loads(line) for line in lines), key=lambda row: row["_ng_task_index"])


def gym(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    bin_folder = Path(sys.executable).parent
    # What is handed to a server of Gym's would be taken for the whole configuration.
    own = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_GYM_")}
    path = f"{bin_folder}{os.pathsep}{own['PATH']}"
    with open(folder / f"{arguments[0]}.log", "wb") as log:
        return subprocess.Popen(
            [bin_folder / "gym", *arguments],
            cwd=folder,
            env={**own, "PATH": path},
            stdout=log,
            stderr=log,
        )


async def until_ready(folder: Path, launcher: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 300
    while "All 4 / 4 servers ready" not in log_of(folder, "env"):
        assert launcher.poll() is None and time.monotonic() < end, log_of(folder, "env")
        await asyncio.sleep(1)


def log_of(folder: Path, name: str) -> str:
    return (folder / f"{name}.log").read_text(errors="replace")
