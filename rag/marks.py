"""Vietnamese marks restored to questions typed without them, from the words of the reports and of the lexicon.

Works on a search copy. A sequence of words is read as the one whose words and neighbours are the commonest (Viterbi);
a word that neither the reports nor the lexicon know stays as it was typed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from corpus.text import WORD, fold
from rag.spelling import is_syllable

NEIGHBOURS = 1.6
"""What it weighs that two words stand side by side somewhere, against how common each is."""
LEXICON_COUNT = 4
"""How often a phrase of the lexicon counts, beside once for each time it stands in a report."""
UNMARKED_SHARE = 0.6
"""A question is read as typed without marks if so great a share of the words that bear marks in Vietnamese bears none."""
_TOKEN = re.compile(r"[^\W\d_]+")
_START = ""
"""Stands before the first word of a question, and of a phrase of the lexicon."""


class Marks:
    """Counts of marked words and of their neighbours; `restore` reads an unmarked question."""

    def __init__(self, reports: Iterable[str], phrases: Iterable[str]) -> None:
        words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text, times in [*((text, 1) for text in reports), *((phrase, LEXICON_COUNT) for phrase in phrases)]:
            for line in text.lower().splitlines():
                tokens = WORD.findall(line)
                for token in tokens:
                    words[token] += times
                for pair in zip(tokens, tokens[1:], strict=False):
                    self._pairs[pair] += times
                if times > 1 and tokens:
                    self._pairs[_START, tokens[0]] += times
        self._forms: dict[str, list[tuple[str, float]]] = defaultdict(list)
        totals: Counter[str] = Counter()
        for word, count in words.items():
            totals[fold(word)] += count
        for word, count in words.items():
            self._forms[fold(word)].append((word, math.log(count / totals[fold(word)])))

    def is_unmarked(self, text: str) -> bool:
        """Whether `text` was typed without marks: most of its words that never stand unmarked are unmarked here."""
        bare = marked = 0
        for token in _TOKEN.findall(text.lower()):
            if fold(token) != token:
                marked += 1
            elif any(form == token for form, _ in self._forms.get(token, [(token, 0.0)])):
                continue
            else:
                bare += 1
        return bare > 0 and bare >= UNMARKED_SHARE * (bare + marked) and not _is_foreign(text)

    def restore(self, text: str) -> str:
        """`text` with its likeliest marks, capitals kept; unchanged where it was typed with marks."""
        if not self.is_unmarked(text):
            return text
        tokens = list(WORD.finditer(text))
        best = self._likeliest([token.group().lower() for token in tokens])
        parts, at = [], 0
        for token, form in zip(tokens, best, strict=True):
            parts += [text[at : token.start()], _with_capitals(token.group(), form)]
            at = token.end()
        return "".join((*parts, text[at:]))

    def _likeliest(self, tokens: list[str]) -> list[str]:
        paths: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
        for token in tokens:
            following: dict[str, tuple[float, list[str]]] = {}
            for form, commonness in self._forms_of(token):
                score, path = max(
                    ((score + NEIGHBOURS * math.log1p(self._pairs[before, form]), path) for before, (score, path) in paths.items()),
                    key=lambda pair: pair[0],
                )
                following[form] = (score + commonness, [*path, form])
            paths = following
        return max(paths.values(), key=lambda pair: pair[0])[1]

    def _forms_of(self, token: str) -> list[tuple[str, float]]:
        if fold(token) != token:
            return [(token, 0.0)]
        return self._forms.get(token) or [(token, 0.0)]


def _is_foreign(text: str) -> bool:
    """Whether many of the longer words cannot be Vietnamese syllables."""
    tokens = [token for token in _TOKEN.findall(fold(text)) if len(token) > 3]
    return sum(not is_syllable(token) for token in tokens) > 0.4 * max(len(tokens), 1)


def _with_capitals(typed: str, form: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if typed[:1].isupper() else form
