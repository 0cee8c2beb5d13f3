from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import envtune


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "envtune", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_without_a_command_a_graded_episode_is_printed() -> None:
    shown = run()
    assert shown.returncode == 0, shown.stderr
    assert "turn scores  [1, 1, 0]" in shown.stdout
    assert "reward       0.667" in shown.stdout
    assert re.search(
        r"model  rmdir\(\{\"dir_name\":\"scratchpad\"\}\)\n +tool  .*error", shown.stdout
    )
    assert len(re.findall(r"^ +user  ", shown.stdout, re.MULTILINE)) == 3
    assert re.search(r"^\d+\.\d s, ", shown.stdout, re.MULTILINE)


def test_rows_go_to_a_file_or_to_standard_output(tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    options = ["--dataset", "bundled", "--category", "base", "--hints", "off", "--mode", "dialogue"]
    said = run("rows", "--for", "trl", *options, "--out", str(out))
    assert said.returncode == 0, said.stderr
    lines = out.read_text("utf-8").splitlines()
    assert said.stdout == f"{out}: {len(lines)} rows\n"
    assert json.loads(lines[0])["envtune"]["hints"] == "off"
    printed = run("rows", "--for", "trl", *options)
    assert printed.stdout.splitlines() == lines


def test_rows_of_a_running_server(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = {"guide": 0.75, "off": 0.25}
    with envtune.launch(dataset="bundled", hints=shares, token="secret") as server:
        monkeypatch.setenv("ROWS_TOKEN", "secret")
        of_it = ["--url", server.url, "--token-env", "ROWS_TOKEN", "--hints", "guide=0.75,off=0.25"]
        said = run("rows", "--for", "verl", *of_it)
        assert said.returncode == 0, said.stderr
        rows = [json.loads(line) for line in said.stdout.splitlines()]
        assert len(rows) == server.tasks
        assert rows[0]["envtune"]["hints"] == shares


def test_mistakes_are_told_without_a_traceback() -> None:
    for arguments in (
        ["rows", "--for", "verl", "--hints", "guide=much"],
        ["rows", "--for", "verl", "--url", "http://127.0.0.1:1", "--dataset", "bundled"],
        ["rows", "--for", "verl", "--url", "http://127.0.0.1:1", "--token-env", "NO_SUCH"],
        ["rows", "--for", "verl", "--dataset", "/no/such.jsonl"],
        ["rows", "--for", "verl", "--hints", "loud"],
        ["rows", "--for", "verl", "--split", "nowhere"],
        ["serve", "--hintz", "guide"],
        ["rows", "--for", "nobody"],
    ):
        said = run(*arguments)
        assert said.returncode != 0
        assert said.stderr and "Traceback" not in said.stderr


def test_serve_is_the_server_itself() -> None:
    command = [sys.executable, "-m", "envtune", "serve", "--port", "0", "--dataset", "bundled"]
    # Without an end of standard input to wait for, it goes on.
    running = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert running.stdout is not None
        ready = running.stdout.readline()
        assert ready.startswith("envtune serves ")
        with envtune.Client(ready.split()[-1]) as client:
            assert client.tasks()
        if os.name == "posix":
            running.send_signal(signal.SIGTERM)
            assert running.wait(timeout=60) == 0
    finally:
        running.kill()
        running.communicate()
    assert "--port" in run("serve", "--help").stdout
