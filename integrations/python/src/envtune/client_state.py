"""What a client asks besides episodes, as generators, and how its connections are set up."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from .errors import EnvtuneError
from .exchange import Answer, Lost, Request, Talk, ask
from .types import TaskInfo, ToolDefinition


@dataclass(frozen=True)
class ClientSettings:
    url: str
    token: str | None
    timeout: float
    retry_for: float
    connections: int

    def for_httpx(self) -> Callable[[int], dict[str, Any]]:
        """What a pool of so many connections is made from. Connections are kept for less time than
        the server keeps them, and never go to a loopback address by a proxy."""
        headers = {"content-type": "application/json"}
        if self.token is not None:
            headers["authorization"] = f"Bearer {self.token}"
        is_local = _is_loopback(self.url)
        # Of all pools: reading the certificates takes longer than all the rest.
        is_plain = urlsplit(self.url).scheme == "http"
        context = (
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else httpx.create_ssl_context()
        )
        # Waiting for a free connection is no fault of the server.
        timeout = httpx.Timeout(self.timeout, connect=min(10.0, self.timeout), pool=None)

        def settings(connections: int) -> dict[str, Any]:
            limits = httpx.Limits(
                max_connections=connections,
                max_keepalive_connections=connections,
                keepalive_expiry=4.0,
            )
            return {
                "base_url": self.url,
                "headers": headers,
                "limits": limits,
                "timeout": timeout,
                "trust_env": not is_local,
                "verify": context,
            }

        return settings


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def answer_of(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.content, response.headers.get("retry-after"))


def lost(request: Request, error: httpx.TransportError) -> Lost:
    what = f"{request.method} {request.path}: {str(error) or type(error).__name__}"
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Lost("unreachable", f"the server cannot be reached: {what}")
    if isinstance(error, httpx.TimeoutException):
        return Lost("timeout", f"no answer in time: {what}")
    return Lost("lostAnswer", f"the connection broke off before the answer: {what}")


class ClientState:
    """Of a client: its settings and its questions; ``Client`` and ``AsyncClient`` send them."""

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        timeout: float = 60.0,
        retry_for: float = 120.0,
        connections: int = 1024,
    ) -> None:
        self.url = url.rstrip("/")
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise EnvtuneError("badUrl", f"an address begins with http:// or https://: {url!r}")
        self._settings = ClientSettings(self.url, token, timeout, retry_for, connections)

    def __reduce__(self) -> tuple[Any, ...]:
        """Goes to another process as what it was made from; connections are made anew there."""
        url, token, *rest = astuple(self._settings)
        timeout, retry_for, connections = rest
        make = partial(type(self), timeout=timeout, retry_for=retry_for, connections=connections)
        return make, (url, token)

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Talk[Any]:
        return ask(method, path, body, retry_for=self._settings.retry_for)

    def _health(self) -> Talk[dict[str, Any]]:
        health: dict[str, Any] = yield from ask("GET", "/health", None, retry_for=0.0)
        return health

    def _tasks(self, split: str | None, category: str | None) -> Talk[list[TaskInfo]]:
        chosen = {"split": split, "category": category}
        query = urlencode({key: value for key, value in chosen.items() if value is not None})
        listed = yield from self._ask("GET", f"/tasks?{query}" if query else "/tasks")
        return [_task(task) for task in listed["tasks"]]

    def _splits(self) -> Talk[list[str]]:
        listed = yield from self._ask("GET", "/tasks")
        return list(listed["splits"])

    def _tools(self, environments: Sequence[str]) -> Talk[list[ToolDefinition]]:
        query = urlencode({"environments": ",".join(environments)})
        listed = yield from self._ask("GET", f"/tools?{query}")
        return list(listed["tools"])

    def _starting(self, options: Mapping[str, Any]) -> Talk[dict[str, Any]]:
        created: dict[str, Any] = yield from self._ask("POST", "/sessions", options)
        return created


def _task(task: Mapping[str, Any]) -> TaskInfo:
    return TaskInfo(
        id=task["id"],
        family=task["family"],
        category=task["category"],
        environments=tuple(task["environments"]),
        long_context=task["long_context"],
        turns=task["turns"],
    )
