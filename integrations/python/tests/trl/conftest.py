"""A server's address (``ENVTUNE_URL``), a tiny random Qwen 3, and a trainer of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_trainer import tiny_model, tiny_tokenizer, trainer_of
from transformers import PreTrainedTokenizerFast, Qwen3ForCausalLM
from trl import GRPOTrainer

from envtune import Client


@pytest.fixture(scope="session")
def url() -> str:
    return os.environ["ENVTUNE_URL"]


@pytest.fixture(scope="session")
def client(url: str) -> Any:
    with Client(url) as client:
        yield client


@pytest.fixture(scope="session")
def tokenizer() -> PreTrainedTokenizerFast:
    return tiny_tokenizer()


@pytest.fixture
def model() -> Qwen3ForCausalLM:
    return tiny_model()


@pytest.fixture
def train(model: Qwen3ForCausalLM, tmp_path: Path) -> Callable[..., GRPOTrainer]:
    """Makes a trainer: two steps, two rollouts of one row in each."""

    def make(rows: list[dict[str, Any]], **given: Any) -> GRPOTrainer:
        return trainer_of(rows, str(tmp_path), **{"model": model, **given})

    return make
