from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from byte_tokenizer import NAME, byte_tokenizer
from tinker_cookbook.renderers import Renderer, get_renderer

import envtune


@pytest.fixture(scope="session")
def scenario() -> dict[str, Any]:
    """What the test's server plays, and what came of the same scripts in its own process."""
    read: dict[str, Any] = json.loads(Path(os.environ["ENVTUNE_SCENARIO"]).read_text())
    return read


@pytest.fixture
def renderer() -> Renderer:
    return get_renderer("qwen3_instruct", byte_tokenizer(), model_name=NAME)


@pytest.fixture
def task(scenario: dict[str, Any]) -> envtune.TaskInfo:
    with envtune.Client(scenario["url"]) as client:
        return next(task for task in client.tasks() if task.id == scenario["task"])
