"""tinker-cookbook: whole episodes, with all their user turns, as its environments.

The cookbook's renderer writes the tools and the conversation as tokens and reads the model's
tokens; the server plays the episode. ``EnvtuneDatasetBuilder`` is what a training run is configured
with, ``EnvtuneGroupBuilder`` a group of episodes of one task, ``EnvtuneMessageEnv`` one episode.
"""

from .dataset import EnvtuneDatasetBuilder, EnvtuneRLDataset
from .group_builder import EnvtuneGroupBuilder
from .message_env import EnvtuneMessageEnv

__all__ = [
    "EnvtuneDatasetBuilder",
    "EnvtuneGroupBuilder",
    "EnvtuneMessageEnv",
    "EnvtuneRLDataset",
]
