"""What TRL does not count: how episodes ended, and calls that failed without an exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def episode_metrics(
    prompts: Any,
    completions: Any,
    log_metric: Callable[[str, float], None] | None = None,
    environments: Any = None,
    **columns: Any,
) -> list[None]:
    """A reward function that rewards nothing, and logs means over a batch.

    ``envtune/turns_achieved`` (of the turns that ended, as all of them do with their episode),
    ``envtune/completed`` (episodes played to the end of their task), ``envtune/unscored`` (episodes
    aborted or lost); with ``environment_factory`` also ``envtune/failed_calls`` (of the calls made;
    TRL's own ``tools/failure_frequency`` counts exceptions, and a failed call raises none).
    """
    if log_metric is None:
        return [None] * len(completions)
    if environments is not None:
        for environment in environments:
            # The model's last answer ends the turn, which TRL does not say otherwise.
            environment.get_reward()
        scores = [environment.turn_scores for environment in environments]
        endings = [environment.ending for environment in environments]
        calls = sum(environment.calls for environment in environments)
        failed = sum(environment.failed_calls for environment in environments)
        log_metric("envtune/failed_calls", failed / calls if calls else 0.0)
    else:
        scores, endings = columns["turn_scores"], columns["ending"]
    ended = [score for turns in scores for score in turns]
    log_metric("envtune/turns_achieved", sum(ended) / len(ended) if ended else 0.0)
    for name, whys in (("completed", {"completed"}), ("unscored", {"aborted", "lost"})):
        log_metric(f"envtune/{name}", sum(why in whys for why in endings) / len(endings))
    return [None] * len(completions)
