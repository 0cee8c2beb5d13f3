"""``python -m envtune``: one graded episode; ``serve``: the bundled server; ``rows``: dataset
rows."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from . import __version__
from .client import Client
from .datasets import FRAMEWORKS, Framework, row_text, rows, write_rows
from .errors import EnvtuneError
from .launch import launch
from .node import node_path, server_path
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
    with (
        launch(dataset=options.dataset, module=options.module) as server,
        Client(server.url) as client,
    ):
        lines = rows(client, framework, options.split, options.category, reset)
        if options.out is None:
            for row in lines:
                print(row_text(row))
        else:
            print(f"{options.out}: {write_rows(options.out, lines)} rows")
    return 0


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
    make.add_argument("--split", help="only the tasks of this split")
    make.add_argument("--category", help="only the tasks of this category")
    make.add_argument("--out", help="the file to write, whole or not at all; else standard output")
    for option, what in RESET_OPTIONS.items():
        make.add_argument(f"--{option}", help=f"{what}; the server's default unless given")
    return parser


RESET_OPTIONS = {
    "mode": "dialogue or tools",
    "hints": "off, diagnose, guide or direct",
    "reward": "such as progress, or 0.9*progress+0.1*format",
    "renderer": "openai, hermes, tagged or python",
    "rules": "training or evaluation",
    "profile": "strict or bfcl",
}


if __name__ == "__main__":
    sys.exit(main())
