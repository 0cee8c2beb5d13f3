"""What Gym's launcher runs as a resources server: the server of this package on the port that the
launcher has chosen, or a way to one that runs already.

The launcher's configuration of the server may hold ``serve``, flags of ``envtune serve`` by name,
or ``url``, the address of a running server's second port (``envtune serve --nemo-gym-port``).
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..node import node_path, server_path


def main(environment: Mapping[str, str] = os.environ) -> None:
    """Serves until it is ended; replaces this process where it starts a server."""
    config = launcher_config(environment)
    host, port = str(config["host"]), int(config["port"])
    end_with_parent()
    if url := config.get("url"):
        asyncio.run(forward(host, port, *address_of(str(url))))
    else:
        command = [node_path(), server_path(), *serve_flags(host, port, config.get("serve") or {})]
        sys.stdout.flush()
        os.execv(command[0], command)


def launcher_config(environment: Mapping[str, str]) -> Mapping[str, Any]:
    """The launcher hands its whole configuration on as YAML, with the name of the part that is this
    server's."""
    from omegaconf import OmegaConf  # type: ignore[import-not-found,unused-ignore]

    whole = OmegaConf.create(environment["NEMO_GYM_CONFIG_DICT"])
    own = OmegaConf.to_container(whole[environment["NEMO_GYM_CONFIG_PATH"]], resolve=True)
    config: Mapping[str, Any]
    (config,) = own["resources_servers"].values()
    return config


def serve_flags(host: str, port: int, options: Mapping[str, Any]) -> list[str]:
    """Gym's protocol stands at the root of the second port; the first takes any free one."""
    given = {"port": 0, "drain": 0, **options, "host": host, "nemo-gym-port": port}
    return ["serve", *(f"--{name.replace('_', '-')}={value}" for name, value in given.items())]


def end_with_parent() -> None:
    """The launcher ends the shell that has started this process, not the process itself."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def address_of(url: str) -> tuple[str, int]:
    """Ends the process where the URL is more than a host and a port, which is all that a connection
    can be handed on to."""
    target = urlsplit(url)
    if target.scheme != "http" or not target.hostname or target.path.strip("/") or target.query:
        sys.exit(f"url: {url}; give the second port of a server, as http://host:port")
    return target.hostname, target.port or 80


async def forward(host: str, port: int, far_host: str, far_port: int) -> None:
    """Hands connections on, byte by byte."""

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(far_host, far_port)
        except OSError as error:
            print(f"{far_host}:{far_port} cannot be reached: {error}", file=sys.stderr, flush=True)
            writer.close()
            return
        await asyncio.gather(_pipe(reader, far_writer), _pipe(far_reader, writer))

    server = await asyncio.start_server(connect, host, port)
    async with server:
        await server.serve_forever()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


if __name__ == "__main__":
    main()
