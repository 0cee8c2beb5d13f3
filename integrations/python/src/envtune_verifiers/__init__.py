"""The id ``envtune-verifiers``: verifiers imports a taskset, its harness and its environment by a
module of that name."""

from envtune.verifiers import EnvtuneEnv, EnvtuneHarness, EnvtuneTaskset

__all__ = ["EnvtuneEnv", "EnvtuneHarness", "EnvtuneTaskset"]
