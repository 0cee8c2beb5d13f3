"""envtune's episodes for TRL's ``GRPOTrainer``.

``environment_factory`` and ``environment_factories`` give TRL tools and nothing else; a tool,
``next_user_request``, stands for the user. ``rollout_func`` plays whole conversations, with turns
of the user and tools that come later; its rewards come by ``episode_reward``.
"""

from .environment import (
    EnvironmentFactory,
    EpisodeEnvironment,
    environment_factories,
    environment_factory,
)
from .metrics import episode_metrics
from .row import environment_name, reset_options, task_rows

__all__ = [
    "DialogueRollouts",
    "EnvironmentFactory",
    "EpisodeEnvironment",
    "environment_factories",
    "environment_factory",
    "environment_name",
    "episode_metrics",
    "episode_reward",
    "reset_options",
    "rollout_func",
    "task_rows",
]

from .dialogue import DialogueRollouts, episode_reward, rollout_func
