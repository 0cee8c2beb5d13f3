"""``python -m envtune.nemo_gym FOLDER``: a resources server for Gym's launcher, with a data set."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from ..client import Client
from ..datasets import write_rows
from ..errors import EnvtuneError
from ..launch import launch
from ..types import ResetOptions
from .rows import AGENTS, nemo_gym_rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m envtune.nemo_gym", description=__doc__)
    parser.add_argument("folder", type=Path, help="where Gym's launcher is started")
    parser.add_argument(
        "--dataset", default="bundled", help="bundled, bfcl, a path, or a JSONL file"
    )
    parser.add_argument("--hints", default="off", help="off, diagnose, guide or direct")
    parser.add_argument("--reward", default="progress", help="such as 0.9*progress+0.1*format")
    parser.add_argument("--agent", choices=AGENTS, default="gymnasium")
    given = parser.parse_args(arguments)
    target = given.folder / "resources_servers" / "envtune"
    options: ResetOptions = {"hints": given.hints, "reward": given.reward}
    try:
        with launch(dataset=given.dataset) as server, Client(server.url) as client:
            rows = nemo_gym_rows(client, options=options, agent=given.agent)
            count = write_rows(target / "data" / "example.jsonl", rows)
    except EnvtuneError as error:
        print(error.message, file=sys.stderr)
        return 1
    own = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(__file__).parent / "project", target, dirs_exist_ok=True, ignore=own)
    config = target / "configs" / "envtune.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("dataset: bundled", f"dataset: {json.dumps(given.dataset)}"), encoding="utf-8"
    )
    print(f"{target}: {count} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
