"""The programs of docs/frameworks/openenv.md run as they are printed, but for the address."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[4] / "docs" / "frameworks" / "openenv.md"
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf8"), re.DOTALL | re.MULTILINE)
NEXT = "There's an empty folder called scratch, throw it out."
PRINTED = [
    f"Less than I feared. {NEXT} 0.3333333333333333 [1]\n",
    f'next_user_request\n{{"disk_usage": "280.00 B"}}\nLess than I feared. {NEXT}\n',
]


def test_every_program_is_run() -> None:
    assert len(PROGRAMS) == len(PRINTED)


@pytest.mark.parametrize("index", range(len(PRINTED)))
def test_a_documented_program(index: int) -> None:
    program = PROGRAMS[index].replace("http://127.0.0.1:8000", os.environ["ENVTUNE_SIMULATION_URL"])
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(program, PAGE.name, "exec"), {})
    assert output.getvalue() == PRINTED[index]
