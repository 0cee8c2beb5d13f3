"""A tokenizer with a token for each byte, and one for each marker of Qwen's chat format."""

from __future__ import annotations

from functools import cache

from tinker_cookbook.tokenizer_utils import register_tokenizer
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

NAME = "envtune/bytes"
MARKERS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


@cache
def byte_tokenizer() -> PreTrainedTokenizerFast:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {character: place for place, character in enumerate(alphabet)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        name_or_path=NAME,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=MARKERS,
    )


register_tokenizer(NAME, byte_tokenizer)
