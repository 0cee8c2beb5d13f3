"""The programs of docs/frameworks/trl.md run as they are printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import Qwen3ForCausalLM

PAGE = Path(__file__).parents[4] / "docs" / "frameworks" / "trl.md"
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf8"), re.DOTALL | re.MULTILINE)


def says_little(model: Qwen3ForCausalLM) -> Qwen3ForCausalLM:
    """The same model, but for a liking to end its messages: else each goes on to its limit."""
    model.tie_weights = lambda *_, **__: None  # type: ignore[method-assign]
    model.config.tie_word_embeddings = False
    embeddings = model.model.embed_tokens.weight
    model.lm_head.weight = torch.nn.Parameter(embeddings.detach().clone())
    with torch.no_grad():
        embeddings[:, 0] = 10
        model.lm_head.weight[model.config.eos_token_id, 0] = 1.3
    return model


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_documented_program(program: str, model: Any, tokenizer: Any, tmp_path: Path) -> None:
    assert len(PROGRAMS) == 2
    folder = tmp_path / "models" / "Qwen3-0.6B"
    says_little(model).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (tmp_path / "program.py").write_text(program, "utf8")
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"'envtune/turns_achieved': '\d", done.stdout), done.stdout
