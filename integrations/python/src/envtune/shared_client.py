"""Clients that many episodes share, where a framework has no place to keep one."""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

from .async_client import AsyncClient

_clients: WeakKeyDictionary[
    asyncio.AbstractEventLoop, dict[tuple[str, str | None], AsyncClient]
] = WeakKeyDictionary()


def shared_client(url: str, token: str | None = None) -> AsyncClient:
    """The client of the running event loop for a server."""
    # Connections keep their loop alive, so that a closed one would stay for ever.
    for loop in [loop for loop in _clients if loop.is_closed()]:
        del _clients[loop]
    clients = _clients.setdefault(asyncio.get_running_loop(), {})
    if (url, token) not in clients:
        clients[url, token] = AsyncClient(url, token)
    return clients[url, token]
