from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from script import TASK

import envtune
from envtune.datasets import FRAMEWORKS, Row, rows, write_rows
from envtune.node import server_path

FIXTURES = Path(server_path()).parent / "fixtures" / "tasks"


def bundled() -> list[dict[str, Any]]:
    files = sorted(FIXTURES.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_row_starts_the_episode_that_it_shows(client: envtune.Client, framework: Any) -> None:
    options: envtune.ResetOptions = {"hints": "guide", "mode": "dialogue"}
    made = list(rows(client, framework, category="base", options=options))
    assert [row["envtune"]["task"] for row in made] == [
        task.id for task in client.tasks(category="base")
    ]
    row = next(row for row in made if row["envtune"]["task"] == TASK)
    assert row["envtune"] == {"hints": "guide", "mode": "dialogue", "task": TASK}
    with client.start(**row["envtune"]) as episode:
        assert shown(row, framework) == episode.messages


def shown(row: Row, framework: str) -> Any:
    if framework == "nemo-gym":
        return row["responses_create_params"]["input"]
    if framework == "verifiers" and "system_prompt" in row:
        return [{"role": "system", "content": row["system_prompt"]}, *row["prompt"]]
    if framework == "trl":
        last = row["prompt"][-1]
        assert json.loads(last["envtune"]) == row["envtune"]
        *before, _ = row["prompt"]
        return [*before, {key: value for key, value in last.items() if key != "envtune"}]
    return row["messages" if framework == "tinker" else "prompt"]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_rows_tell_nothing_of_ground_truths_and_later_turns(
    client: envtune.Client, framework: Any
) -> None:
    made = {row["envtune"]["task"]: json.dumps(row) for row in rows(client, framework)}
    tasks = bundled()
    assert len(made) == len(tasks)
    for task in tasks:
        text = made[task["id"]]
        assert "groundTruth" not in text
        for turn in task["turns"][1:]:
            assert json.dumps(turn["user"])[1:-1] not in text
        # Values that only the ground truth names: not in the first message, nor in any tool's text.
        for turn in task["turns"]:
            for call in turn["groundTruth"]:
                assert json.dumps(call["args"]) not in text or not call["args"]


def test_rows_have_each_framework_s_own_fields(client: envtune.Client) -> None:
    first = {name: next(rows(client, name)) for name in FRAMEWORKS}
    assert list(first["trl"]) == ["prompt", "environment", "envtune"]
    assert first["verl"]["agent_name"] == first["verl"]["data_source"] == "envtune"
    assert first["verl"]["extra_info"]["index"] == 0
    assert first["verl"]["reward_model"]["ground_truth"] == ""
    assert first["verifiers"]["id"] == first["verifiers"]["envtune"]["task"]
    assert first["tinker"]["tools"][0]["type"] == "function"
    tool = first["nemo-gym"]["responses_create_params"]["tools"][0]
    assert set(tool) == {"type", "name", "description", "parameters", "strict"}
    assert first["nemo-gym"]["agent_ref"]["type"] == "responses_api_agents"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "new" / "rows.jsonl"
    assert write_rows(out, [{"a": "\u00e9\u2028"}, {"a": 1}]) == 2
    assert [json.loads(line) for line in out.read_text("utf-8").split("\n")[:-1]] == [
        {"a": "\u00e9\u2028"},
        {"a": 1},
    ]

    def breaking() -> Iterator[Row]:
        yield {"a": 2}
        raise RuntimeError("in the middle")

    before = out.read_bytes()
    with pytest.raises(RuntimeError):
        write_rows(out, breaking())
    assert out.read_bytes() == before
    assert list(out.parent.iterdir()) == [out]
