"""A tiny Qwen 3 with random weights whose tokenizer has read the text it is going to see.

    python make_model.py FOLDER < lines.jsonl

Each line is one text, as a JSON string. Writes tokenizer.json, tokenizer_config.json, chat_template.jinja, config.json and model.safetensors.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TAGS = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>"]
# How Qwen's tokenizers cut text into words.
WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CHAT_TEMPLATE = """\
{%- for message in messages %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\\n' }}
{%- endif %}"""


def train_tokenizer(texts, size):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(WORDS), behavior="isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size - len(SPECIAL) - len(TAGS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIAL])
    tokenizer.add_tokens([AddedToken(text, special=False, normalized=False) for text in TAGS])
    return tokenizer


def random_weights(config, seed):
    """Of such a size that activations keep theirs, and that the model can become sure of a token though its embeddings stay as they are."""
    draw = np.random.default_rng(seed)
    hidden, middle, head = config["hidden_size"], config["intermediate_size"], config["head_dim"]
    queries, keys = config["num_attention_heads"] * head, config["num_key_value_heads"] * head

    def normal(rows, columns, deviation):
        return draw.normal(0, deviation, (rows, columns)).astype(np.float32)

    def ones(size):
        return np.ones(size, np.float32)

    weights = {"model.embed_tokens.weight": normal(config["vocab_size"], hidden, hidden**-0.5), "model.norm.weight": 3 * ones(hidden)}
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        weights |= {
            at + "input_layernorm.weight": ones(hidden),
            at + "post_attention_layernorm.weight": ones(hidden),
            at + "self_attn.q_norm.weight": ones(head),
            at + "self_attn.k_norm.weight": ones(head),
            at + "self_attn.q_proj.weight": normal(queries, hidden, hidden**-0.5),
            at + "self_attn.k_proj.weight": normal(keys, hidden, hidden**-0.5),
            at + "self_attn.v_proj.weight": normal(keys, hidden, hidden**-0.5),
            at + "self_attn.o_proj.weight": normal(hidden, queries, queries**-0.5),
            at + "mlp.gate_proj.weight": normal(middle, hidden, hidden**-0.5),
            at + "mlp.up_proj.weight": normal(middle, hidden, hidden**-0.5),
            at + "mlp.down_proj.weight": normal(hidden, middle, middle**-0.5),
        }
    if not config["tie_word_embeddings"]:
        weights["lm_head.weight"] = normal(config["vocab_size"], hidden, hidden**-0.5)
    return weights


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tokens", type=int, default=4096)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--untied", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)

    tokenizer = train_tokenizer([json.loads(line) for line in sys.stdin], args.tokens)
    tokenizer.save(str(args.folder / "tokenizer.json"))
    end, pad = (tokenizer.token_to_id(text) for text in ("<|im_end|>", "<|endoftext|>"))
    config = {
        "architectures": ["Qwen3ForCausalLM"],
        "model_type": "qwen3",
        "vocab_size": args.tokens,
        "hidden_size": args.hidden,
        "intermediate_size": 3 * args.hidden,
        "num_hidden_layers": args.layers,
        "num_attention_heads": args.heads,
        "num_key_value_heads": args.heads // 2,
        "head_dim": args.hidden // args.heads,
        "hidden_act": "silu",
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "max_position_embeddings": 4096,
        "tie_word_embeddings": not args.untied,
        "eos_token_id": end,
        "pad_token_id": pad,
        "dtype": "float32",
    }
    tokenizer_config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "model_max_length": 4096,
    }
    (args.folder / "config.json").write_text(json.dumps(config, indent=2))
    (args.folder / "tokenizer_config.json").write_text(json.dumps(tokenizer_config, indent=2))
    (args.folder / "chat_template.jinja").write_text(CHAT_TEMPLATE)
    save_file(random_weights(config, args.seed), args.folder / "model.safetensors", metadata={"format": "pt"})
    print(json.dumps({"tokens": tokenizer.get_vocab_size()}))


if __name__ == "__main__":
    main()
