from __future__ import annotations

from collections.abc import Iterator

import pytest

import envtune


@pytest.fixture(scope="session")
def server() -> Iterator[envtune.Server]:
    with envtune.launch(dataset="bundled", hints="guide", reward="progress") as running:
        yield running


@pytest.fixture
def client(server: envtune.Server) -> Iterator[envtune.Client]:
    with envtune.Client(server.url, retry_for=5.0) as connected:
        yield connected
