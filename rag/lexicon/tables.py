"""Reads the word lists beside this file, once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from corpus.text import fold, nfc, search_key, unify_tone

_HERE = Path(__file__).parent
QUESTIONS, BEARING = _HERE / "questions.txt", _HERE / "bearing.tsv"
"""Written by `python -m evals fit`."""


def _lines(name: str) -> list[str]:
    text = nfc((_HERE / name).read_text(encoding="utf-8"))
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Groups of phrases, lower case, that people use for one another."""
    return tuple(tuple(part.strip().lower() for part in line.split("|")) for line in _lines("synonyms.tsv"))


@lru_cache(maxsize=1)
def everyday() -> tuple[tuple[str, ...], ...]:
    """Further groups, wider in meaning: good to find what a question may mean, not to judge a claim by."""
    return tuple(tuple(part.strip().lower() for part in line.split("|")) for line in _lines("everyday.tsv"))


@lru_cache(maxsize=1)
def phrases() -> tuple[str, ...]:
    """Phrases as people write them, with marks: those they ask with, and those of the other lists."""
    others = [*_lines("stopwords.txt"), *_lines("lightwords.txt"), *(phrase for group in synonyms() for phrase in group)]
    return (*asking(), *others, *compounds())


@lru_cache(maxsize=1)
def asking() -> tuple[str, ...]:
    """Phrases that people ask with."""
    return tuple(_lines("phrases.txt"))


@lru_cache(maxsize=1)
def usage() -> tuple[str, ...]:
    """Lines of everyday Vietnamese with marks, and questions as people asked them: which words stand side by side."""
    return (*_lines("usage.txt"), *_lines(QUESTIONS.name))


@lru_cache(maxsize=1)
def compounds() -> tuple[str, ...]:
    """Compounds as written."""
    return tuple(one.strip() for line in _lines("compounds.txt") for one in line.split(",") if one.strip())


@lru_cache(maxsize=1)
def compound_pairs() -> frozenset[tuple[str, str]]:
    """The compounds of two words: as search copies with their marks (see `corpus.text.unify_tone`), and folded."""
    pairs = [one.split() for one in compounds() if one.count(" ") == 1]
    marked = frozenset((unify_tone(first), unify_tone(second)) for first, second in pairs)
    return marked | frozenset((search_key(first), search_key(second)) for first, second in pairs)


@lru_cache(maxsize=1)
def lightwords() -> tuple[frozenset[str], frozenset[str]]:
    """Single words that colour more than they name: as written with marks, and folded."""
    written = frozenset(word for line in _lines("lightwords.txt") for word in line.split())
    return written, frozenset(fold(word) for word in written)


@lru_cache(maxsize=1)
def stopwords() -> tuple[frozenset[str], frozenset[str]]:
    """Single words without topic: as written with marks, and folded."""
    single = {line.strip() for line in _lines("stopwords.txt")}
    written = frozenset(word for line in single for word in line.split())
    return written, frozenset(fold(word) for word in written)


@lru_cache(maxsize=1)
def bearing() -> dict[str, float]:
    """Words and compounds (as search copies with their marks) that answers often do without -> what they weigh of their rarity."""
    shares = (line.split("\t") for line in _lines(BEARING.name))
    return {" ".join(unify_tone(word) for word in words.split()): float(share) for words, share in shares}


@lru_cache(maxsize=1)
def contrasts() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Sorts of things counted side by side: for each its members, for each member its names in lower case."""
    return tuple(tuple(tuple(name.strip(" !").lower() for name in member.split(",")) for member in line.split("|")) for line in _lines("contrasts.tsv"))


@lru_cache(maxsize=1)
def always_named() -> frozenset[tuple[int, int]]:
    """The members (number of the sort, of the member in it) that a figure must name to be of them."""
    lines = enumerate(_lines("contrasts.tsv"))
    return frozenset((sort, number) for sort, line in lines for number, member in enumerate(line.split("|")) if member.strip().startswith("!"))
