"""The entry that Gym's launcher runs, run as it runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from gym import free_port
from omegaconf import OmegaConf

from envtune.nemo_gym.__main__ import main
from envtune.nemo_gym.app import address_of

URL = os.environ["ENVTUNE_NEMO_GYM_URL"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gym")
    assert main([str(folder), "--hints", "guide"]) == 0
    return folder / "resources_servers" / "envtune"


def test_the_project_has_what_the_launcher_looks_for(project: Path) -> None:
    assert (project / "requirements.txt").is_file()
    config: Any = OmegaConf.to_container(OmegaConf.load(project / "configs" / "envtune.yaml"))
    assert list(config) == ["envtune", "envtune_gymnasium_agent", "envtune_simple_agent"]
    rows = [
        json.loads(line) for line in (project / "data" / "example.jsonl").read_text().splitlines()
    ]
    assert {row["agent_ref"]["name"] for row in rows} == {"envtune_gymnasium_agent"}
    assert all(row["envtune"]["hints"] == "guide" for row in rows)

    from nemo_gym.openai_utils import NeMoGymResponseCreateParamsNonStreaming

    for row in rows:
        params = NeMoGymResponseCreateParamsNonStreaming.model_validate(
            row["responses_create_params"]
        )
        assert params.tools and params.input

    from nemo_gym.config_types import maybe_get_server_instance_config

    for name, part in OmegaConf.load(project / "configs" / "envtune.yaml").items():
        instance, error = maybe_get_server_instance_config(name=name, server_type_config_dict=part)
        assert instance is not None, error


@pytest.mark.parametrize(
    "settings", [{"serve": {"dataset": "bundled", "max_sessions": 3}}, {"url": URL}, {}]
)
def test_the_entry_serves_on_the_port_it_is_given(project: Path, settings: dict[str, Any]) -> None:
    port = free_port()
    own = {"entrypoint": "app.py", "host": "127.0.0.1", "port": port, **settings}
    config = {"envtune": {"resources_servers": {"envtune": own}}, "other": {"x": 1}}
    handed = {
        "NEMO_GYM_CONFIG_DICT": OmegaConf.to_yaml(OmegaConf.create(config)),
        "NEMO_GYM_CONFIG_PATH": "envtune",
    }
    server = subprocess.Popen([sys.executable, "app.py"], cwd=project, env={**os.environ, **handed})
    try:
        until_there(port, server)
        row = {"responses_create_params": {"input": []}, "envtune": {"task": "base_allotment_dues"}}
        reset = post(port, "/reset", row)
        assert "north_dues.txt" in reset["observation"]
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(10)


def test_the_address_of_a_server_is_a_host_and_a_port() -> None:
    assert address_of("http://gym.example:9001/") == ("gym.example", 9001)
    assert address_of("http://[::1]") == ("::1", 80)
    for url in ["https://gym.example", "gym.example:9001", "http://gym.example:8000/nemo-gym"]:
        with pytest.raises(SystemExit, match="second port"):
            address_of(url)


def until_there(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the entry has ended"
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as said:
                assert json.load(said) == {"status": "ok"}
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the entry did not come up")


def post(port: int, path: str, body: object) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    request = Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), headers)
    with urlopen(request, timeout=20) as said:
        answer: dict[str, Any] = json.load(said)
        return answer


def test_the_entry_ends_with_the_shell_that_started_it(project: Path) -> None:
    port = free_port()
    own = {"entrypoint": "app.py", "host": "127.0.0.1", "port": port}
    config = {"envtune": {"resources_servers": {"envtune": own}}}
    handed = {
        "NEMO_GYM_CONFIG_DICT": OmegaConf.to_yaml(OmegaConf.create(config)),
        "NEMO_GYM_CONFIG_PATH": "envtune",
    }
    command = f"{sys.executable} app.py; true"
    shell = subprocess.Popen(["bash", "-c", command], cwd=project, env={**os.environ, **handed})
    until_there(port, shell)
    shell.kill()
    shell.wait(10)
    for _ in range(100):
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            time.sleep(0.1)
        except OSError:
            return
    raise AssertionError("the server is still there")
