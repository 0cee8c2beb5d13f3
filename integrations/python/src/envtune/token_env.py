"""A server's token from an environment variable, so that it stands in no configuration."""

from __future__ import annotations

import os

from .errors import EnvtuneError


def token_in(variable: str | None) -> str | None:
    """None where no variable is named; an error where the named one is not set."""
    if not variable:
        return None
    token = os.environ.get(variable)
    if token is None:
        raise EnvtuneError("badOptions", f"token_env: the variable {variable} is not set here")
    return token
