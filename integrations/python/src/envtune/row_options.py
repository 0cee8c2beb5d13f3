"""The reset options that a dataset row holds under the key ``envtune``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .datasets import KEY

NAMING = ("task", "index", "environments", "seed")
"""Reset options that say which episode it is to be."""


def row_options(given: Any) -> dict[str, Any]:
    """What the row says, a mapping or its JSON text, without nulls: tables fill with them what a
    row does not have.

    Raises ``ValueError`` where it is neither, or where it does not name its episode: the rollouts
    of a group are to play the same one.
    """
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise ValueError(f"'{KEY}': not JSON: {error}") from None
    if not isinstance(given, Mapping):
        raise ValueError(
            f"'{KEY}': reset options are needed, as envtune.datasets.rows writes them, such as "
            f'{{"task": "..."}}; the row has {given!r}'
        )
    options = _without_nulls(given)
    if not any(name in options for name in NAMING):
        raise ValueError(f"'{KEY}': name the episode, by one of {', '.join(NAMING)}")
    return options


def _without_nulls(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _without_nulls(value) if isinstance(value, Mapping) else value
        for key, value in given.items()
        if value is not None
    }
