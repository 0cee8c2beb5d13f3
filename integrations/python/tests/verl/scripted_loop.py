"""verl's own classes around the agent loop; only the model's words are scripted."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from omegaconf import DictConfig, OmegaConf
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import AddedToken, PreTrainedTokenizerFast
from verl.experimental.agent_loop.agent_loop import (
    AgentLoopOutput,
    AgentLoopWorker,
    DictConfigWrap,
    ToolListWrap,
)
from verl.utils.dataset.rl_dataset import RLHFDataset
from verl.workers.rollout.replica import TokenOutput

from envtune.verl import EnvtuneAgentLoop

END = "<|im_end|>"
ABORTED = "aborted"
"""In a script: the inference server breaks off."""


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """A token for each byte, and Qwen's: those of the chat are special, those of tools are not."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    model = Tokenizer(models.BPE(vocab={byte: at for at, byte in enumerate(alphabet)}, merges=[]))
    model.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    model.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=model,
        eos_token=END,
        pad_token="<|endoftext|>",
        additional_special_tokens=["<|im_start|>"],
    )
    tags = ["tool_call", "tool_response", "think"]
    words = [word for tag in tags for word in (f"<{tag}>", f"</{tag}>")]
    tokenizer.add_tokens([AddedToken(word, special=False, normalized=False) for word in words])
    tokenizer.chat_template = Path(__file__).with_name("chat_template.jinja").read_text()
    return tokenizer


class ScriptedServerManager:
    """Gives the scripted messages in turn, and remembers what it was asked."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast, script: list[str]) -> None:
        self.tokenizer = tokenizer
        self.script = script
        self.asked: list[dict[str, Any]] = []

    async def generate(
        self,
        request_id: str,
        *,
        prompt_ids: list[int],
        sampling_params: dict[str, Any],
        **kwargs: Any,
    ) -> TokenOutput:
        text = self.script[len(self.asked)]
        asked = {"request_id": request_id, "prompt_ids": list(prompt_ids), **sampling_params}
        self.asked.append(asked)
        if text == ABORTED + END:
            return TokenOutput(token_ids=[], log_probs=None, stop_reason="aborted")
        ids = self.tokenizer.encode(text, add_special_tokens=False)[: sampling_params["max_tokens"]]
        version = len(self.asked)
        return TokenOutput(
            token_ids=ids,
            log_probs=[-0.5 * version] * len(ids),
            num_preempted=0,
            extra_fields={"min_global_steps": version, "max_global_steps": version},
        )


def rollout_config(prompt: int, response: int, **multi_turn: Any) -> DictConfig:
    return OmegaConf.create(
        {
            "actor_rollout_ref": {
                "rollout": {
                    "prompt_length": prompt,
                    "response_length": response,
                    "multi_turn": {"format": "hermes", **multi_turn},
                }
            },
            "data": {"apply_chat_template_kwargs": {}},
        }
    )


def play(
    script: list[str],
    options: dict[str, Any],
    *,
    prompt: int = 65536,
    response: int = 65536,
    **multi_turn: Any,
) -> tuple[AgentLoopOutput, ScriptedServerManager]:
    """One episode with these words of the model, each message without its end token."""
    tokenizer = tiny_tokenizer()
    manager = ScriptedServerManager(tokenizer, [text + END for text in script])
    config = rollout_config(prompt, response, **multi_turn)

    async def run() -> AgentLoopOutput:
        loop = EnvtuneAgentLoop(
            trainer_config=DictConfigWrap(config),
            server_manager=manager,
            tokenizer=tokenizer,
            processor=None,
            dataset_cls=RLHFDataset,
            data_config=DictConfigWrap(config.data),
            hf_model_type="qwen3",
            tools=ToolListWrap([]),
        )
        return await loop.run({"temperature": 1.0}, raw_prompt=[], envtune=options)

    return asyncio.run(run()), manager


def hermes(calls: list[dict[str, Any]]) -> str:
    """Calls of chat completions, as Qwen writes them."""
    return "\n".join(
        f'<tool_call>\n{{"name": {json.dumps(call["function"]["name"])}, '
        f'"arguments": {call["function"]["arguments"]}}}\n</tool_call>'
        for call in calls
    )


__all__ = [
    "AgentLoopWorker",
    "ScriptedServerManager",
    "hermes",
    "play",
    "rollout_config",
    "tiny_tokenizer",
]
