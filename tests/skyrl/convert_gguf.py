"""A Hugging Face checkpoint out of a GGUF file of a Llama whose tokenizer is SmolLM's.

    python convert_gguf.py MODEL.gguf FOLDER

Writes model.safetensors (float32), config.json, tokenizer.json, tokenizer_config.json and chat_template.jinja. Needs the packages gguf,
numpy, safetensors and tokenizers. Quantised weights are read as the numbers they stand for: the result is the quantised model, not the
one that was quantised.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
from gguf import GGUFReader, TokenType, dequantize
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

OF_LAYER = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def read_config(metadata):
    def of_model(name):
        return metadata[f"llama.{name}"]

    hidden, heads = of_model("embedding_length"), of_model("attention.head_count")
    head = hidden // heads
    if of_model("rope.dimension_count") != head:
        raise SystemExit("rotary embeddings on a part of each head are not known here")
    if any(key.startswith("llama.rope.scaling") for key in metadata):
        raise SystemExit("scaled rotary embeddings are not known here")
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": len(metadata["tokenizer.ggml.tokens"]),
        "hidden_size": hidden,
        "intermediate_size": of_model("feed_forward_length"),
        "num_hidden_layers": of_model("block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": of_model("attention.head_count_kv"),
        "head_dim": head,
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        # Kept in the file with 32 bits.
        "rms_norm_eps": float(f"{of_model('attention.layer_norm_rms_epsilon'):.6g}"),
        "rope_theta": float(of_model("rope.freq_base")),
        "max_position_embeddings": of_model("context_length"),
        "bos_token_id": metadata["tokenizer.ggml.bos_token_id"],
        "eos_token_id": metadata["tokenizer.ggml.eos_token_id"],
        "pad_token_id": metadata["tokenizer.ggml.padding_token_id"],
        "dtype": "float32",
    }


def shapes_of(config):
    hidden, middle, words = config["hidden_size"], config["intermediate_size"], config["vocab_size"]
    queries = config["num_attention_heads"] * config["head_dim"]
    keys = config["num_key_value_heads"] * config["head_dim"]
    of_layer = {
        "attn_norm": (hidden,),
        "attn_q": (queries, hidden),
        "attn_k": (keys, hidden),
        "attn_v": (keys, hidden),
        "attn_output": (hidden, queries),
        "ffn_norm": (hidden,),
        "ffn_gate": (middle, hidden),
        "ffn_up": (middle, hidden),
        "ffn_down": (hidden, middle),
    }
    shapes = {"token_embd.weight": ("model.embed_tokens.weight", (words, hidden)), "output_norm.weight": ("model.norm.weight", (hidden,))}
    if not config["tie_word_embeddings"]:
        shapes["output.weight"] = ("lm_head.weight", (words, hidden))
    for layer in range(config["num_hidden_layers"]):
        for name, shape in of_layer.items():
            shapes[f"blk.{layer}.{name}.weight"] = (f"model.layers.{layer}.{OF_LAYER[name]}.weight", shape)
    return shapes


def halves_apart(weight, heads):
    """GGUF has the two numbers that a rotary embedding turns together beside each other in a head; here they are half a head apart."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def read_weights(tensors, config):
    shapes = shapes_of(config)
    if shapes.keys() != tensors.keys():
        raise SystemExit(f"tensors missing: {sorted(shapes.keys() - tensors.keys())}, not known: {sorted(tensors.keys() - shapes.keys())}")
    heads = {"attn_q": config["num_attention_heads"], "attn_k": config["num_key_value_heads"]}
    weights = {}
    for name, (target, shape) in shapes.items():
        weight = np.asarray(dequantize(tensors[name].data, tensors[name].tensor_type), np.float32)
        if weight.shape != shape:
            raise SystemExit(f"{name}: shape {weight.shape}, and the configuration asks for {shape}")
        kind = name.split(".")[-2]
        weights[target] = np.ascontiguousarray(halves_apart(weight, heads[kind]) if kind in heads else weight)
    return weights


def read_tokenizer(metadata):
    known = (metadata["tokenizer.ggml.model"], metadata["tokenizer.ggml.pre"])
    if known != ("gpt2", "smollm"):
        raise SystemExit(f"no way known to cut text into words for the tokenizer {known}")
    tokens, types = metadata["tokenizer.ggml.tokens"], metadata["tokenizer.ggml.token_type"]
    merges = [tuple(pair.split(" ")) for pair in metadata["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE(vocab={token: number for number, token in enumerate(tokens)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    special = [token for token, kind in zip(tokens, types) if kind == TokenType.CONTROL]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    if tokenizer.get_vocab_size() != len(tokens):
        raise SystemExit("the tokenizer's words and its special tokens do not fit together")
    return tokenizer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    reader = GGUFReader(args.model)
    metadata = {name: field.contents() for name, field in reader.fields.items()}
    if metadata["general.architecture"] != "llama":
        raise SystemExit(f"a model of the kind {metadata['general.architecture']}; only llama is known here")
    tensors = {tensor.name: tensor for tensor in reader.tensors}

    config = read_config(metadata) | {"tie_word_embeddings": "output.weight" not in tensors}
    weights = read_weights(tensors, config)
    tokenizer = read_tokenizer(metadata)
    tokens = metadata["tokenizer.ggml.tokens"]
    tokenizer_config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": config["max_position_embeddings"],
        **{f"{name}_token": tokens[config[f"{name}_token_id"]] for name in ("bos", "eos", "pad")},
    }

    args.folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, args.folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(str(args.folder / "tokenizer.json"))
    (args.folder / "config.json").write_text(json.dumps(config, indent=2))
    (args.folder / "tokenizer_config.json").write_text(json.dumps(tokenizer_config, indent=2))
    (args.folder / "chat_template.jinja").write_text(metadata["tokenizer.chat_template"])
    parameters = sum(math.prod(weight.shape) for weight in weights.values())
    print(json.dumps({"parameters": parameters, "tokens": len(tokens), "context": config["max_position_embeddings"]}))


if __name__ == "__main__":
    main()
