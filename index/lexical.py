"""Lexical search: BM25 over folded words, folded pairs of adjacent words, and words with their diacritics.

A Vietnamese word is mostly two syllables, so pairs stand for words; folded copies find what is typed without
diacritics, the copy with diacritics tells apart what only they tell apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.text import folded_words, unify_tone, words

Scores = NDArray[np.float32]

K1, B = 1.2, 0.75
QUERY_WORDS = 200
"""Words of a question beyond this number are not looked up."""


@dataclass(frozen=True, slots=True)
class Field:
    """One way to read a text as terms; `weight` is its part in the score."""

    name: str
    weight: float
    terms: Callable[[str], list[str]]


def folded_pairs(text: str) -> list[str]:
    """The folded pairs of adjacent words of `text`, in order."""
    return [f"{first} {second}" for first, second in pairwise(folded_words(text))]


def accented_words(text: str) -> list[str]:
    """The words of `text` in lower case with their diacritics, old and new tone placement made equal, in order."""
    return [unify_tone(word) for word in words(text)]


FIELDS = (Field("words", 1.0, folded_words), Field("pairs", 1.0, folded_pairs), Field("accented", 0.5, accented_words))


class LexicalIndex:
    """The BM25 tables of some texts, one a field. Scores keep the texts' order."""

    def __init__(self, tables: Sequence[bm25s.BM25], size: int) -> None:
        self._tables, self.size = tables, size

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """The index of `texts` (at least one)."""
        return cls([_table([field.terms(text) for text in texts]) for field in FIELDS], len(texts))

    def save(self, folder: Path) -> None:
        """Writes one sub-folder a field: arrays and JSON, no pickle."""
        for field, table in zip(FIELDS, self._tables, strict=True):
            table.save(folder / field.name, allow_pickle=False, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """The index that `save` wrote. Raises `OSError` or `ValueError` if it cannot be read."""
        tables = [bm25s.BM25.load(folder / field.name, allow_pickle=False, show_progress=False) for field in FIELDS]
        return cls(tables, int(tables[0].scores["num_docs"]))

    def scores(self, query: str) -> Scores:
        """For every text, the share in [0, 1] of the score that a text holding every term of `query` could reach."""
        query = " ".join(query.split()[:QUERY_WORDS])
        total, attainable = np.zeros(self.size, np.float32), 0.0
        for field, table in zip(FIELDS, self._tables, strict=True):
            terms = list(dict.fromkeys(field.terms(query)))
            known = [term for term in terms if term in table.vocab_dict]
            attainable += field.weight * (_weight_sum(table, known) + (len(terms) - len(known)) * _idf(self.size, 0))
            if known:
                total += field.weight * table.get_scores(known)
        return total / max(attainable, 1e-9)


def _table(corpus: list[list[str]]) -> bm25s.BM25:
    table = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
    # A text without any term (one word has no pair) keeps its place by a term that no question holds.
    table.index([terms or [" "] for terms in corpus], show_progress=False)
    return table


def _idf(size: int, holding: float) -> float:
    """Lucene's idf of a term that `holding` of `size` texts hold: the bound of its part in a BM25 score."""
    return float(np.log(1 + (size - holding + 0.5) / (holding + 0.5)))


def _weight_sum(table: bm25s.BM25, terms: Sequence[str]) -> float:
    starts, size = table.scores["indptr"], int(table.scores["num_docs"])
    ids = [table.vocab_dict[term] for term in terms]
    return sum(_idf(size, float(starts[i + 1] - starts[i])) for i in ids)
