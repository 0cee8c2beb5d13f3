"""Rows of NeMo Gym's data sets, for either of its agents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias, get_args

from ..client import Client
from ..datasets import Row, nemo_gym_row, openings
from ..types import Mode, ResetOptions

Agent: TypeAlias = Literal["gymnasium", "simple"]
AGENTS: tuple[Agent, ...] = get_args(Agent)


def nemo_gym_rows(
    client: Client,
    split: str | None = None,
    category: str | None = None,
    options: ResetOptions | None = None,
    *,
    agent: Agent = "gymnasium",
) -> Iterator[Row]:
    """The rows of a split's tasks; ``options`` are reset options of every episode.

    Rows for ``gymnasium_agent`` are dialogues; those for ``simple_agent``, which knows no user
    turns, have the tool ``next_user_request``. Tools that a task releases later are not in its row:
    they are described to the model when they come.
    """
    mode: Mode = "dialogue" if agent == "gymnasium" else "tools"
    for opening in openings(client, split, category, {**(options or {}), "mode": mode}):
        reference = {"type": "responses_api_agents", "name": f"envtune_{agent}_agent"}
        yield {**nemo_gym_row(opening), "agent_ref": reference}
