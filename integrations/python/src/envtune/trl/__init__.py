"""envtune's episodes for TRL's ``GRPOTrainer``.

``environment_factory`` and ``environment_factories`` give TRL tools and nothing else; a tool,
``next_user_request``, stands for the user. ``rollout_func`` plays whole conversations, with turns
of the user and tools that come later; its rewards come by ``episode_reward``.
"""

from .dialogue import DialogueRollouts, episode_reward, rollout_func
from .environment import (
    EnvironmentFactory,
    EpisodeEnvironment,
    environment_factories,
    environment_factory,
)
from .metrics import episode_metrics
from .row import reset_options

__all__ = [
    "DialogueRollouts",
    "EnvironmentFactory",
    "EpisodeEnvironment",
    "environment_factories",
    "environment_factory",
    "episode_metrics",
    "episode_reward",
    "reset_options",
    "rollout_func",
]
