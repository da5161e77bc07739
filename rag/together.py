"""Which words stand together: the statements of one report by the words and the word pairs that they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rag.terms import Words

Key = str | tuple[str, str]
"""A folded word, or two side by side."""


class Together:
    """Look-up of statements by what they hold, made once for a report."""

    def __init__(self, statements: Sequence[Words]) -> None:
        self._holding: dict[Key, list[int]] = defaultdict(list)
        for number, words in enumerate(statements):
            for key in (*words.folded, *words.pairs):
                self._holding[key].append(number)

    def most(self, weights: Iterable[tuple[Key, float]]) -> float:
        """The greatest sum of `weights` (of words and word pairs) that one statement holds; 0 where none holds any."""
        held: dict[int, float] = defaultdict(float)
        for key, weight in weights:
            for number in self._holding.get(key, ()):
                held[number] += weight
        return max(held.values(), default=0.0)
