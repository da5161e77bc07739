"""What tells two figures of a report apart, and which of the two a claim says: words of the one that the other lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary, proxy

from corpus.text import UPPER, fold, search_words
from rag.checking.pool import Pool
from rag.checking.reading import Claim
from rag.checking.topics import classes_of, days_of, marks_of, words_of
from rag.lexicon import synonyms

MARK, PLAN_MARK, DAY = 0.6, 1.5, 1.2
"""What the marks (`rag.checking.topics.marks_of`) and a day (`27/7`) weigh."""
SHARED = 0.4
"""What a word that only `one` has at its figure is worth where it stands before the other in its sentence: it may go on for both."""
HEAD, BEFORE = 0.6, 0.7
"""What words of the head of the report's sentence are worth beside those at the figure; words before those at a claim's figure."""
UNMARKED = "~"
"""Begins the words of a claim that was typed without marks."""
LIKE = 0.75
"""What a synonym is worth."""
UNSAID, MOST_UNSAID = 0.5, 0.5
"""What a word weighs against a figure that the claim leaves unsaid, and all of them at most."""


@dataclass(frozen=True)
class Names:
    """The words of a figure: those of its own group, subject and labels, those of the head of its sentence, and all before it but names."""

    own: frozenset[str]
    head: frozenset[str]
    before: frozenset[str]


@dataclass(frozen=True)
class Said:
    """How well a claim says each word; `days` and marks are words too."""

    own: dict[str, float]
    before: dict[str, float]

    def worth(self, word: str, *, head: bool) -> float:
        """What it is worth that the claim says `word` of a figure, or of the head of its sentence."""
        own = _find(self.own, word)
        return HEAD * max(own, BEFORE * _find(self.before, word)) if head else own


def _find(said: dict[str, float], word: str) -> float:
    return said.get(word) or said.get(UNMARKED + fold(word), 0.0)


_ONE = rf"(?:[{UPPER}](?=\w*[^\W\d_{UPPER}])\w*|[IVX]+(?!\w)|\d+(?!\w))"
_RUN = re.compile(rf"(?<!\w)[{UPPER}](?=\w*[^\W\d_{UPPER}])\w*(?: {_ONE})+")
_OF_WHICH = re.compile(r"(?i)\s*(?:trong (?:số )?đó|bao gồm|gồm|cụ thể)\b")
_NAME = re.compile(rf"(?<=[\w,;:] )[{UPPER}]\w+(?: [{UPPER}]\w+)*")

_MADE: WeakKeyDictionary[Pool, Contrast] = WeakKeyDictionary()


def contrast_of(pool: Pool) -> Contrast:
    """The words of the figures of one report, read once each."""
    if pool not in _MADE:
        _MADE[pool] = Contrast(pool)
    return _MADE[pool]


class Contrast:
    """The words of each figure of a report, to tell any two apart."""

    def __init__(self, pool: Pool) -> None:
        self._pool = proxy(pool)
        self._names: dict[int, Names] = {}

    def lead(self, said: Said, one: int, other: int) -> float:
        """By how much more a claim says of what only `one` has than of what only `other` has."""
        return self.named(said, one, other) - self.named(said, other, one)

    def named(self, said: Said, one: int, other: int) -> float:
        """How much a claim says of the words that `one` has and `other` lacks, less half of those that it leaves unsaid."""
        mine, theirs = self.names(one), self.names(other)
        own = mine.own - theirs.own
        shared = theirs.before if len(theirs.own - mine.own) <= 1 else frozenset()
        found = sum(self._weight(word) * said.worth(word, head=False) * (SHARED if word in shared else 1.0) for word in own)
        unsaid = 0.0 if self.is_whole(one, other) else sum(self._weight(word) for word in own if not _find(said.own, word))
        heads = mine.head - theirs.head - theirs.own - own
        found += sum(self._weight(word) * said.worth(word, head=True) for word in heads)
        return found - min(MOST_UNSAID, UNSAID * unsaid)

    def names(self, number: int) -> Names:
        """The words of one figure."""
        if number not in self._names:
            self._names[number] = self._read(number)
        return self._names[number]

    def other_name(self, claim: Claim, one: int, other: int) -> bool:
        """Whether a claim names `other` (`Nam Đình Vũ`, `Trường II`) and not `one` (`Đình Vũ`, `Trường III`)."""
        said = runs_of(f"{claim.own} {claim.figure.inherited}")
        mine, theirs = self._proper(one), self._proper(other)
        return bool(mine and said & theirs - mine and not said & mine)

    def _proper(self, number: int) -> frozenset[str]:
        return runs_of(self._pool.candidates[number].figure.subject)

    def is_whole(self, one: int, other: int) -> bool:
        """Whether `other` is a part of `one`: what a claim does not narrow down is on the whole."""
        whole, part = self._pool.candidates[one].figure, self._pool.candidates[other].figure
        if part.whole is not None and part.whole == whole.id:
            return True
        if whole.passage != part.passage or whole.kind != part.kind or whole.quantity.canonical != part.quantity.canonical:
            return False
        if whole.sentence == part.sentence:
            return "<total>" in self.names(one).own and "<total>" not in self.names(other).own
        sentence = self._pool.candidates[other].passage.text[part.sentence[0] :]
        return whole.sentence[1] <= part.sentence[0] and bool(_OF_WHICH.match(sentence))

    def _read(self, number: int) -> Names:
        candidate = self._pool.candidates[number]
        figure, text = candidate.figure, candidate.passage.text
        place = words_of(figure.place) if candidate.local else frozenset()
        own = words_of(f"{figure.own} {figure.subject} {figure.inherited}") - place
        sentence = text[figure.sentence[0] : figure.start]
        first = re.search(r"(?<![\d/])\d[\d.,]*\s?(?:%|[^\W\d_]|$)", sentence)
        head = sentence[: first.start()] if first else sentence
        words = f"{figure.own} {figure.subject} {figure.inherited}"
        days = days_of(sentence[: len(head) + 1]) | days_of(words) | classes_of(words)
        marks = marks_of(f"{figure.own} {figure.subject}", figure.subject)
        plain = _NAME.sub(" ", sentence)
        return Names(own | marks | days, words_of(f"{head} {candidate.passage.anchor}") - place, words_of(f"{head} {plain}"))

    def _weight(self, word: str) -> float:
        if word.startswith("<"):
            return PLAN_MARK if word == "<plan>" else MARK
        return DAY if word[0].isdigit() else self._pool.rarity.word(fold(word), word)


@lru_cache(maxsize=20_000)
def runs_of(text: str) -> frozenset[str]:
    """The proper names of two words and more in a text, folded (`KCN Nam Đình Vũ`: `nam dinh vu`)."""
    return frozenset(fold(run) for run in _RUN.findall(text))


def said_by(claim: Claim, pool: Pool) -> Said:
    """The words that a claim says at its figure, and before them."""
    figure = claim.figure
    own = _with_synonyms(pool.without_places(claim.own), claim.unmarked)
    own |= dict.fromkeys(marks_of(claim.own, f"{claim.own} {claim.lead}"), 1.0)
    raw = f"{figure.lead} {figure.own} {figure.inherited}"
    own |= dict.fromkeys(days_of(raw) | classes_of(f"{figure.own} {figure.inherited}"), 1.0)
    return Said(own, _with_synonyms(pool.without_places(f"{claim.context} {claim.lead}"), claim.unmarked))


def _with_synonyms(text: str, unmarked: bool) -> dict[str, float]:
    said: dict[str, float] = dict.fromkeys(words_of(text), 1.0)
    for word in _alternatives(text):
        said.setdefault(word, LIKE)
    if unmarked:
        said |= {UNMARKED + fold(word): LIKE for word in said}
    return said


def _alternatives(text: str) -> Iterator[str]:
    spoken = search_words(text)
    joined = f" {' '.join(spoken)} "
    for phrase, others in _synonyms():
        if f" {phrase} " in joined:
            for other in others:
                yield from words_of(other)


@lru_cache(maxsize=1)
def _synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each phrase of the lexicon as a search copy, and the phrases that may stand for it."""
    table = []
    for group in synonyms():
        for phrase in group:
            table.append((" ".join(search_words(phrase)), tuple(other for other in group if other != phrase)))
    return tuple(table)
