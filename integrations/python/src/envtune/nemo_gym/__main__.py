"""``python -m envtune.nemo_gym FOLDER``: a resources server for Gym's launcher, with a data set."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from ..client import Client
from ..launch import launch
from .rows import nemo_gym_rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m envtune.nemo_gym", description=__doc__)
    parser.add_argument("folder", type=Path, help="where Gym's launcher is started")
    parser.add_argument("--dataset", default="bundled", help="as envtune serve takes it")
    parser.add_argument("--hints", default="off", help="off, diagnose, guide or direct")
    parser.add_argument("--reward", default="progress")
    parser.add_argument("--agent", choices=["gymnasium", "simple"], default="gymnasium")
    given = parser.parse_args()
    target = given.folder / "resources_servers" / "envtune"
    shutil.copytree(Path(__file__).parent / "project", target, dirs_exist_ok=True)
    config = target / "configs" / "envtune.yaml"
    config.write_text(
        config.read_text().replace("dataset: bundled", f"dataset: {json.dumps(given.dataset)}")
    )
    rows = target / "data" / "example.jsonl"
    rows.parent.mkdir(exist_ok=True)
    with launch(dataset=given.dataset) as server, Client(server.url) as client:
        made = nemo_gym_rows(client, agent=given.agent, hints=given.hints, reward=given.reward)
        lines = [json.dumps(row, ensure_ascii=False) for row in made]
    rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target}: {len(lines)} rows")


if __name__ == "__main__":
    main()
