"""Everyday and administrative abbreviations, written out in search copies (never in quotes)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from corpus.text import nfc

TABLE = Path(__file__).parent / "lexicon" / "abbreviations.tsv"
_TYPED = re.compile(r"(?<![\w/.-])[^\W\d_]+(?:[/-][^\W\d_]+)?(?![\w/-])")
_PRINTED = re.compile(r"(?<!\w)[A-ZĐƯ]{2,}[A-ZĐa-z]?(?!\w)")


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Lower-case abbreviation -> what it may stand for, likeliest first."""
    table: dict[str, tuple[str, ...]] = {}
    for line in nfc(TABLE.read_text(encoding="utf-8")).splitlines():
        if line.strip() and not line.startswith("#"):
            short, long = line.split("\t")
            table[short] = table.get(short, ()) + tuple(long.split("|"))
    return table


def expand(text: str) -> str:
    """What a person typed, with abbreviations written out (the likeliest reading of each)."""
    table = abbreviations()

    def one(match: re.Match[str]) -> str:
        word = match.group()
        if word.isupper() and len(word) == 1:
            return word
        meanings = table.get(word.lower())
        return meanings[0] if meanings else word

    return _TYPED.sub(one, text)


def other_readings(text: str) -> list[str]:
    """The less likely readings of the abbreviations that a person typed, as extra words to search for."""
    table = abbreviations()
    return [meaning for word in re.findall(r"[^\W\d_]+", text.lower()) for meaning in table.get(word, ())[1:]]


def search_copy(text: str) -> str:
    """Report text with every printed abbreviation followed by all that it may stand for (`DV dịch vụ`)."""
    table = abbreviations()

    def one(match: re.Match[str]) -> str:
        meanings = table.get(match.group().lower(), ())
        return " ".join((match.group(), *meanings))

    return _PRINTED.sub(one, text)
