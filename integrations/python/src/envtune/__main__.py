"""``python -m envtune``: one graded episode; ``serve``: the bundled server; ``rows``: dataset
rows."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from . import __version__
from .client import Client
from .datasets import FRAMEWORKS, Framework, row_text, rows, write_rows
from .errors import EnvtuneError
from .launch import launch
from .node import node_path, server_path
from .token_env import token_in
from .tour import tour


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["serve"]:
            return _serve(given)
        return _run(_parser().parse_args(given))
    except EnvtuneError as error:
        print(error.message, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # A reader that has seen enough, such as `head`; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _serve(arguments: Sequence[str]) -> int:
    command = [node_path(), server_path(), *arguments]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)


def _run(options: argparse.Namespace) -> int:
    if options.command is None:
        tour()
        return 0
    given = {key: getattr(options, key) for key in RESET_OPTIONS}
    reset: Any = {key: value for key, value in given.items() if value is not None}
    framework: Framework = options.framework
    with _client(options) as client:
        lines = rows(client, framework, options.split, options.category, reset)
        if options.out is None:
            for row in lines:
                print(row_text(row))
        else:
            print(f"{options.out}: {write_rows(options.out, lines)} rows")
    return 0


@contextmanager
def _client(options: argparse.Namespace) -> Iterator[Client]:
    """Of the server that is named, else of one of its own."""
    if options.url is None:
        with launch(dataset=options.dataset, module=options.module) as server:
            with Client(server.url) as client:
                yield client
        return
    if options.dataset or options.module:
        raise EnvtuneError("badOptions", "--url: that server has tasks; --dataset is for another")
    with Client(options.url, token_in(options.token_env)) as client:
        yield client


def _level_or_shares(text: str) -> str | dict[str, float]:
    if "=" not in text:
        return text
    try:
        parts = [part.split("=") for part in text.split(",")]
        return {level.strip(): float(share) for level, share in parts}
    except ValueError:
        raise argparse.ArgumentTypeError(f"shares are as in guide=0.8,off=0.2: {text}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m envtune",
        description="Without a command: starts the bundled server and prints one graded episode.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("serve", help="the bundled server; its flags: serve --help", add_help=False)
    make = commands.add_parser("rows", help="tasks as JSONL, in a framework's row format")
    make.add_argument("--for", dest="framework", required=True, choices=FRAMEWORKS)
    make.add_argument("--dataset", help="bundled (the default), bfcl, a path, or a JSONL file")
    make.add_argument("--module", help="a JavaScript module with environments and tasks, instead")
    make.add_argument("--url", help="a server that runs already, in place of one for the rows")
    make.add_argument("--token-env", help="the environment variable with that server's token")
    make.add_argument("--split", help="only the tasks of this split")
    make.add_argument("--category", help="only the tasks of this category")
    make.add_argument("--out", help="the file to write, whole or not at all; else standard output")
    for option, what in RESET_OPTIONS.items():
        kind: Any = _level_or_shares if option == "hints" else str
        told = f"{what}; the server's default unless given"
        make.add_argument(f"--{option}", type=kind, help=told)
    return parser


RESET_OPTIONS = {
    "mode": "dialogue or tools",
    "hints": "off, diagnose, guide or direct, or shares as guide=0.8,off=0.2",
    "reward": "such as progress, or 0.9*progress+0.1*format",
    "renderer": "openai, hermes, tagged or python",
    "rules": "training or evaluation",
    "profile": "strict or bfcl",
}


if __name__ == "__main__":
    sys.exit(main())
