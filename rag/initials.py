"""What an abbreviation of a user's own making stands for: words that stand side by side in the report and begin with its letters.

No list of abbreviations is ever whole: people shorten whatever a report repeats (`pvhcc`: phục vụ hành chính công).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from corpus.text import fold
from rag.syllables import is_folded_syllable
from rag.terms import is_stopword

LONGEST = 7
"""Letters of the longest abbreviation looked for."""
OFTEN = {2: 2, 3: 2}
"""How often words must stand side by side to be what so few letters stand for; once where the letters are more."""
BOUND = 0.3
"""How closely two words must belong together to be what two letters stand for."""
MOST = 14
"""Phrases given for one abbreviation."""
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[^\w ]+|\d+")
_BETWEEN = "|"
"""Stands between clauses."""
Bound = Callable[[str, str], float]
"""How closely a word and the next one belong together, 0 to 1."""


class Initials:
    """The phrases of one text by the first letters of their words; `bound` tells where a phrase ends."""

    def __init__(self, text: str, bound: Bound) -> None:
        self._bound = bound
        self._words: list[str] = [_BETWEEN]
        for clause in _CLAUSE.split(text.lower()):
            self._words += [*_WORD.findall(clause), _BETWEEN]
        self._letters = "".join(fold(word[0])[:1] or _BETWEEN for word in self._words)  # one each, whatever the letter folds to

    def phrases(self, letters: str) -> tuple[str, ...]:
        """The phrases (small letters, with their marks) that the folded `letters` likeliest stand for, the one said most often first."""
        size = len(letters)
        if not 2 <= size <= LONGEST or not letters.isalpha():
            return ()
        said: Counter[str] = Counter()
        at = self._letters.find(letters)
        while at >= 0:
            if self._is_whole(at, at + size):
                said[" ".join(self._words[at : at + size])] += 1
            at = self._letters.find(letters, at + 1)
        often = [phrase for phrase, times in said.most_common(MOST) if times >= OFTEN.get(size, 1)]
        return tuple(phrase for phrase in often if size > 2 or self._bound(*phrase.split()) >= BOUND)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether words are a phrase: no words of one letter, none at its ends without a topic or closer to the word outside."""
        words = self._words[start:end]
        if any(len(word) < 2 for word in words) or is_stopword(words[0]) or is_stopword(words[-1]):
            return False
        before, after = self._words[start - 1], self._words[end]
        return self._bound(before, words[0]) <= self._bound(words[0], words[1]) and self._bound(words[-1], after) <= self._bound(words[-2], words[-1])


def may_shorten(word: str) -> bool:
    """Whether a word of small letters is no Vietnamese syllable, and may be short for several."""
    return 2 <= len(word) <= LONGEST and word.isalpha() and fold(word) == word.replace("đ", "d") and not is_folded_syllable(fold(word))
