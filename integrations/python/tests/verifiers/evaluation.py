"""verifiers' own command line, and the traces that it writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from verifiers.v1.cli.eval.main import main

VF_EVAL = Path(sys.executable).with_name("vf-eval")
Traces = dict[str, dict[str, Any]]
"""By the task's name."""


def evaluate(folder: Path, taskset: str, endpoint: str, *options: str) -> Traces:
    """By its entry point, in this process, which saves loading it anew."""
    os.environ["SCRIPTED_KEY"] = "none"
    main(_arguments(folder, taskset, endpoint, options))
    return _traces(folder)


def evaluate_by_command(folder: Path, taskset: str, endpoint: str, *options: str) -> Traces:
    """By the command ``vf-eval``."""
    done = subprocess.run(
        [str(VF_EVAL), *_arguments(folder, taskset, endpoint, options)],
        env={**os.environ, "SCRIPTED_KEY": "none"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-6000:] + done.stdout[-2000:]
    return _traces(folder)


def _arguments(folder: Path, taskset: str, endpoint: str, options: tuple[str, ...]) -> list[str]:
    model = [taskset, "-m", "scripted", "--client.base-url", endpoint]
    quiet = ["--client.api-key-var", "SCRIPTED_KEY", "--no-push", "--no-rich", "-o", str(folder)]
    return [*model, *quiet, "--run.name", "run", *options]


def _traces(folder: Path) -> Traces:
    lines = (folder / "run" / "traces.jsonl").read_text().splitlines()
    traces = [trace for line in lines for trace in json.loads(line)["traces"]]
    return {trace["task"]["data"]["name"]: trace for trace in traces}
