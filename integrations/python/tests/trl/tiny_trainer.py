"""A tiny random Qwen 3, and a trainer of it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import torch
import trl
from datasets import Dataset
from scripted import FIXTURES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM
from trl import GRPOConfig, GRPOTrainer

os.environ["TRL_EXPERIMENTAL_SILENCE"] = "1"
torch.set_num_threads(1)

TEMPLATES = Path(trl.__file__).parent / "chat_templates"
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
ADDED = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>"]
ADDED += ["<think>", "</think>"]
CONTEXT = 16384


@cache
def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """Bytes, and merges of what the bundled tasks say, so that prompts are not too long."""
    bare = Tokenizer(models.BPE())
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1500,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bare.train([str(FIXTURES / "base.jsonl")], trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bare, eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    tokenizer.add_tokens(ADDED)
    tokenizer.chat_template = (TEMPLATES / "qwen3.jinja").read_text("utf8")
    return tokenizer


def tiny_model() -> Qwen3ForCausalLM:
    tokenizer = tiny_tokenizer()
    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=(len(tokenizer) + 63) // 64 * 64,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return Qwen3ForCausalLM(config).to(torch.float32)


def trainer_of(rows: list[dict[str, Any]], folder: str, **given: Any) -> GRPOTrainer:
    """Two steps, two rollouts of one row in each."""
    settings = {
        "output_dir": folder,
        "per_device_train_batch_size": 2,
        "num_generations": 2,
        "max_completion_length": 4096,
        "max_steps": 2,
        "learning_rate": 1e-2,
        "report_to": "none",
        "use_cpu": True,
        "gradient_checkpointing": False,
        "logging_steps": 1,
        "shuffle_dataset": False,
        "save_strategy": "no",
        **given.pop("settings", {}),
    }
    return GRPOTrainer(
        args=GRPOConfig(**settings),
        train_dataset=Dataset.from_list(rows),
        **{"model": tiny_model(), "processing_class": tiny_tokenizer(), **given},
    )
