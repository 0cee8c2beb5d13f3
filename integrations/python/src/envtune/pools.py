"""Connections in many small pools, because httpx looks through a whole pool at each request."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

POOL_SIZE = 8

Pool = TypeVar("Pool")


class Pools(Generic[Pool]):
    """Lends a pool with a free connection, made if need be; beyond ``connections`` the least busy
    one.

    A forked process makes pools of its own: on a connection that two processes use, each reads
    answers to the other.
    """

    def __init__(self, make: Callable[[int], Pool], connections: int) -> None:
        """``make`` is given the number of connections of a pool."""
        self._make = make
        self._connections = connections
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._left = self._connections
        self._lock = threading.Lock()
        self.made: list[Pool] = []
        self._busy: list[int] = []
        self._sizes: list[int] = []

    @contextmanager
    def lend(self) -> Iterator[Pool]:
        if self._process != os.getpid():
            self._begin()
        with self._lock:
            place = self._place()
            self._busy[place] += 1
        try:
            yield self.made[place]
        finally:
            with self._lock:
                self._busy[place] -= 1

    def _place(self) -> int:
        for place, busy in enumerate(self._busy):
            if busy < self._sizes[place]:
                return place
        if self._left <= 0:
            return min(range(len(self._busy)), key=self._busy.__getitem__)
        size = min(self._left, POOL_SIZE)
        self._left -= size
        self.made.append(self._make(size))
        self._busy.append(0)
        self._sizes.append(size)
        return len(self.made) - 1
