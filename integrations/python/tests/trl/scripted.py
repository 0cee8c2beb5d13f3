"""What the model says in place of a model, and what tasks want to hear."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from trl import GRPOTrainer

FIXTURES = Path(__file__).parents[4] / "fixtures" / "tasks"


def bundled(task: str) -> dict[str, Any]:
    """A bundled task with its ground truth, which no server tells."""
    for file in FIXTURES.glob("*.jsonl"):
        for line in file.read_text("utf8").splitlines():
            found: dict[str, Any] = json.loads(line)
            if found["id"] == task:
                return found
    raise KeyError(task)


def solution(task: str) -> list[list[dict[str, Any]]]:
    """The calls of each turn."""
    return [
        [{"name": call["tool"], "arguments": call["args"]} for call in turn["groundTruth"]]
        for turn in bundled(task)["turns"]
    ]


def calls_text(calls: list[dict[str, Any]]) -> str:
    return "\n".join(f"<tool_call>\n{json.dumps(call)}\n</tool_call>" for call in calls)


class Script:
    """Stands in for the sampling of a model: writes for each prompt what ``say`` answers to it.

    ``say`` is given the row of the batch and the whole prompt as text.
    """

    def __init__(self, trainer: GRPOTrainer, say: Callable[[int, str], str]) -> None:
        self.tokenizer = trainer.processing_class
        self.prompts: list[list[int]] = []
        """Every prompt that was generated from, without padding."""
        self.say = say
        trainer.model.generate = self.generate

    def generate(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, **_: Any
    ) -> torch.Tensor:
        said = []
        for row, (ids, mask) in enumerate(zip(input_ids, attention_mask, strict=True)):
            prompt = ids[mask.bool()].tolist()
            self.prompts.append(prompt)
            text = self.say(row, self.tokenizer.decode(prompt))
            said.append(self.tokenizer(text, add_special_tokens=False)["input_ids"])
        longest = max(map(len, said))
        pad = self.tokenizer.pad_token_id
        padded = [ids + [pad] * (longest - len(ids)) for ids in said]
        return torch.cat([input_ids, torch.tensor(padded)], -1)


def messages_in(text: str) -> list[tuple[str, str]]:
    """The messages of a conversation as the template writes it: role and content."""
    parts = text.split("<|im_start|>")[1:]
    return [
        (role, content.split("<|im_end|>")[0])
        for role, _, content in (part.partition("\n") for part in parts)
    ]


def steps_of(trainer: GRPOTrainer) -> list[dict[str, Any]]:
    return [entry for entry in trainer.state.log_history if "loss" in entry]
