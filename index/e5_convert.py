"""The packed multilingual-e5-small as an ordinary sentence-transformers folder (fp32, Latin vocabulary)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from index.e5_format import Array, PackedModel, Sizes, read_packed
from index.e5_tokenizer import SPECIAL, build_tokenizer, latin_ids

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_MODULES = "sentence_transformers.base.modules"


def convert(packed: Path, out: Path) -> None:
    """Writes the sentence-transformers folder `out` (exists, empty) from the packed file.

    Raises `FormatError` if the file is not one, `OSError` if `out` cannot be written.
    """
    from safetensors.numpy import save_file

    model = read_packed(packed)
    kept = latin_ids(model.pieces)
    tokenizer = build_tokenizer([model.pieces[i] for i in kept])
    (out / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    save_file(_weights(model, kept), out / "model.safetensors", metadata={"format": "pt"})
    for name, content in _configs(model.sizes, len(kept)).items():
        path = out / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _weights(model: PackedModel, kept: list[int]) -> dict[str, Array]:
    width = model.sizes.hidden
    weights: dict[str, Array] = {}
    for name, tensor in model.tensors.items():
        key, columns = _place(name, model.sizes)
        rows = kept if name == "emb.word" else None
        weights[key] = tensor.matrix(columns, rows) if columns else tensor.matrix(tensor.count)[0]
    # BertModel has a pooler that mean pooling never uses: zeros keep its loading silent.
    weights["pooler.dense.weight"] = np.zeros((width, width), np.float32)
    weights["pooler.dense.bias"] = np.zeros(width, np.float32)
    return weights


def _place(name: str, sizes: Sizes) -> tuple[str, int]:
    """The tensor's name in BertModel and its number of columns (0 for a vector)."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name], sizes.hidden if name in {"emb.word", "emb.pos", "emb.type"} else 0
    layer, part, kind = name.split(".")
    key = f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"
    if kind != "w" or part.endswith("ln"):
        return key, 0
    return key, sizes.ff if part == "fo" else sizes.hidden


def _configs(sizes: Sizes, vocabulary: int) -> dict[str, object]:
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_size": sizes.hidden,
            "intermediate_size": sizes.ff,
            "num_attention_heads": sizes.heads,
            "num_hidden_layers": sizes.layers,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "vocab_size": vocabulary,
            "layer_norm_eps": 1e-12,
            "bos_token_id": 0,
            "pad_token_id": 1,
            "eos_token_id": 2,
        },
        "tokenizer_config.json": {
            **SPECIAL,
            "cls_token": SPECIAL["bos_token"],
            "sep_token": SPECIAL["eos_token"],
            "model_input_names": ["input_ids", "attention_mask"],
            "model_max_length": sizes.positions,
            "tokenizer_class": "PreTrainedTokenizerFast",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{_MODULES}.transformer.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.sentence_transformer.modules.pooling.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_MODULES}.normalize.Normalize"},
        ],
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {"text": {"method": "forward", "method_output_name": "last_hidden_state"}},
            "module_output_name": "token_embeddings",
        },
        "1_Pooling/config.json": {"embedding_dimension": sizes.hidden, "pooling_mode": "mean", "include_prompt": True},
        "2_Normalize/config.json": {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
