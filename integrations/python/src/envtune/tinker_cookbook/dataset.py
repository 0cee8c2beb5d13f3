"""The tasks of a server, in batches of groups."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import chz
from tinker_cookbook.renderers import Renderer, get_renderer
from tinker_cookbook.rl.types import EnvGroupBuilder, RLDataset, RLDatasetBuilder
from tinker_cookbook.tokenizer_utils import get_tokenizer

from ..async_client import AsyncClient
from ..errors import EnvtuneError
from ..token_env import token_in
from ..types import TaskInfo
from .group_builder import EnvtuneGroupBuilder


@dataclass
class EnvtuneRLDataset(RLDataset):
    """Batches of groups, in the order given; the last one may be smaller."""

    groups: Sequence[EnvtuneGroupBuilder]
    batch_size: int

    def get_batch(self, index: int) -> Sequence[EnvGroupBuilder]:
        return self.groups[index * self.batch_size : (index + 1) * self.batch_size]

    def __len__(self) -> int:
        return -(-len(self.groups) // self.batch_size)


@chz.chz
class EnvtuneDatasetBuilder(RLDatasetBuilder):
    """The tasks of a running server, as the cookbook's training takes them.

    Training draws ``group_size`` episodes a task from ``train_split`` (all tasks where None), in an
    order shuffled by ``seed``; ``test_split`` is played once a task, in its own order, and left out
    where None. ``options`` are those of :meth:`envtune.Client.start`; ``test_options`` come on top
    of them in the test set, whose default is to play it by the rules of evaluation without hints.
    ``token_env`` is the name of the environment variable with the server's token, since the
    cookbook writes its configuration into its logs.
    """

    url: str
    model_name_for_tokenizer: str
    renderer_name: str
    batch_size: int
    group_size: int
    token_env: str | None = None
    train_split: str | None = None
    test_split: str | None = None
    category: str | None = None
    seed: int = 0
    options: dict[str, Any] = chz.field(default_factory=dict)
    test_options: dict[str, Any] = chz.field(
        default_factory=lambda: {"rules": "evaluation", "hints": "off"}
    )
    max_trajectory_tokens: int | None = None
    max_generation_tokens: int | None = None
    context_overflow_reward: float = 0.0
    failed_parse_reward: float = 0.0

    async def __call__(self) -> tuple[EnvtuneRLDataset, EnvtuneRLDataset | None]:
        renderer = get_renderer(
            self.renderer_name,
            get_tokenizer(self.model_name_for_tokenizer),
            model_name=self.model_name_for_tokenizer,
        )
        token = token_in(self.token_env)
        async with AsyncClient(self.url, token) as client:
            train = await client.tasks(self.train_split, self.category)
            held_out = self.test_split is not None
            test = await client.tasks(self.test_split, self.category) if held_out else []
        random.Random(self.seed).shuffle(train)
        test_options = {**self.options, **self.test_options}
        return (
            self._dataset(renderer, train, self.group_size, self.options),
            self._dataset(renderer, test, 1, test_options) if held_out else None,
        )

    def _dataset(
        self, renderer: Renderer, tasks: Sequence[TaskInfo], size: int, options: dict[str, Any]
    ) -> EnvtuneRLDataset:
        if not tasks:
            raise EnvtuneError("badOptions", "the server has no task of that split and category")
        groups = [
            EnvtuneGroupBuilder(
                url=self.url,
                task=task,
                renderer=renderer,
                group_size=size,
                options={"seed": (self.seed + place) * size, **options},
                token=token_in(self.token_env),
                max_trajectory_tokens=self.max_trajectory_tokens,
                max_generation_tokens=self.max_generation_tokens,
                context_overflow_reward=self.context_overflow_reward,
                failed_parse_reward=self.failed_parse_reward,
            )
            for place, task in enumerate(tasks)
        ]
        return EnvtuneRLDataset(groups, self.batch_size)
