"""Everyday and administrative abbreviations, written out in search copies (never in quotes)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import lru_cache
from pathlib import Path

from corpus.text import fold, has_diacritics, nfc

TABLE = Path(__file__).parent / "lexicon" / "abbreviations.tsv"
_TYPED = re.compile(r"(?<![\w/.-])[^\W\d_]+(?:[/-][^\W\d_]+)?(?![\w/-])")
_PRINTED = re.compile(r"(?<!\w)[A-ZĐƯ]{2,}[A-ZĐa-z]?(?!\w)")

_ROAD = re.compile(r"(?i)(?<![\w/])(ql|tl|đt|dt|hl|đh|dh)\.?(?=\d{1,3}[a-z]?(?![\w/]))")
_ROADS = {"ql": "quốc lộ", "tl": "tỉnh lộ", "dt": "đường tỉnh", "hl": "hương lộ", "dh": "đường huyện"}
"""Roads are shortened right before their number (`QL27`)."""
_EVERYBODY_SAYS = frozenset(("không", "được", "bao nhiêu", "với", "gì", "rồi", "vậy"))
"""Words whose abbreviations are never taken for a name that folds to the same letters."""


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Lower-case abbreviation -> what it may stand for, likeliest first."""
    table: dict[str, tuple[str, ...]] = {}
    for line in nfc(TABLE.read_text(encoding="utf-8")).splitlines():
        if line.strip() and not line.startswith("#"):
            short, long = line.split("\t")
            table[short] = table.get(short, ()) + tuple(long.split("|"))
    return table


def meanings_in(text: str, words: Container[str] = ()) -> dict[str, tuple[str, ...]]:
    """The abbreviations that a person typed (small letters) with what each may stand for, likeliest first.

    `words` (small letters, without marks) are no abbreviations, unless they stand for what everybody says (`ko`, also where a village is called Kơ).
    """
    known = abbreviations()
    return {word: known[word] for word in typed_words(text) if word in known and (word not in words or known[word][0] in _EVERYBODY_SAYS)}


def typed_words(text: str) -> list[str]:
    """The words of `text` that may be abbreviations, in small letters, each once."""
    return list(dict.fromkeys(match.group().lower() for match in _TYPED.finditer(text)))


def write_out(text: str, chosen: Mapping[str, str], *, marked: bool | None = None) -> str:
    """`text` with each abbreviation (small letters) of `chosen` as what it stands for; with marks where `marked` says so, by default where `text` has some."""
    marked = has_diacritics(text) if marked is None else marked

    def one(match: re.Match[str]) -> str:
        word = match.group()
        meaning = chosen.get(word.lower(), word)
        if word.isupper() and len(word) == 1:
            return word
        return meaning if marked or meaning == word else fold(meaning)

    return _TYPED.sub(one, text)


def with_roads(text: str) -> str:
    """`text` with the kinds of roads before their numbers written out (`QL27` as `quốc lộ 27`)."""
    marked = has_diacritics(text)
    return _ROAD.sub(lambda road: f"{_road(road) if marked else fold(_road(road))} ", text)


def _road(match: re.Match[str]) -> str:
    return _ROADS[fold(match.group(1)).lower()]


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

    return _PRINTED.sub(one, _ROAD.sub(lambda road: f"{road.group()} {_road(road)} ", text))
