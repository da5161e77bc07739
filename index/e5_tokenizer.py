"""The tokenizer of multilingual-e5-small for text in Latin letters.

Pieces that hold a letter of another script are left out, half of the vocabulary. A unigram model segments a text only by
pieces that occur in it, so the segmentation of any Vietnamese (or other Latin-script) text stays exactly the same;
letters of other scripts become `<unk>`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPECIAL = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "mask_token": "<mask>"}
_DROPPED = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
_BLANKS = r"[\s\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]+"
_SPACE = "▁"

Piece = tuple[str, float]


def latin_ids(pieces: Sequence[Piece]) -> list[int]:
    """The ids of the pieces that can occur in Latin-script text, and of the special tokens, in order."""
    return [i for i, (text, _) in enumerate(pieces) if all(_may_stand_in_latin_text(char) for char in text)]


def build_tokenizer(pieces: Sequence[Piece]) -> Tokenizer:
    """The tokenizer over `pieces` (ids are positions): SentencePiece's nmt_nfkc normalisation, unigram, `<s> … </s>`."""
    ids = {text: i for i, (text, _) in enumerate(pieces)}
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=ids[SPECIAL["unk_token"]], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(_BLANKS), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(_SPACE, prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(_SPACE, prepend_scheme="always")
    bos, eos = SPECIAL["bos_token"], SPECIAL["eos_token"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", pair=f"{bos} $A {eos} {eos} $B {eos}", special_tokens=[(bos, ids[bos]), (eos, ids[eos])]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL.values()])
    return tokenizer


@cache
def _may_stand_in_latin_text(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Lm":
        return True
    if category[0] == "L":
        return unicodedata.name(char, "").startswith("LATIN")
    return category[0] != "M" or 0x300 <= ord(char) < 0x370
