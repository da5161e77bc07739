"""The figures of one report laid out for matching: for each word the figures whose words hold it, as arrays.

Index `i` of every array is `candidates[i]`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.figures import CHANGE, SHARE, Figure
from corpus.places import place_names
from corpus.report import Report
from corpus.text import fold
from corpus.units import NO_UNIT, Unit, match_unit, unit_named
from rag.candidates import TIERS, Candidate, PassageReading
from rag.checking.topics import own_words, topic_of
from rag.terms import Rarity, Words

Values = NDArray[np.float64]

ENOUGH = 2.5
NEAR = {"own": 1.0, "inherited": 0.9}
FAR = {"leaf": 0.7, "anchor": 0.65, "lead": 0.55, "path": 0.45, "around": 0.25}
"""Where a claim's word may be found with a figure, and what a find there is worth (`rag.candidates.TIERS` names them)."""


class Holdings:
    """For each word (folded, or with its marks) and folded pair of words what a find with each figure is worth."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._worth: dict[object, dict[int, float]] = defaultdict(dict)

    def add(self, number: int, words: Words, worth: float) -> None:
        """Notes the words of one figure."""
        for key in (*words.folded, *(("marked", word) for word in words.marked), *words.pairs):
            known = self._worth[key]
            known[number] = max(known.get(number, 0.0), worth)

    def of(self, key: object) -> Values:
        """What a find of `key` is worth with each figure; 0 where it is not found."""
        found = np.zeros(self.size)
        known = self._worth.get(key)
        if known:
            found[np.fromiter(known.keys(), int, len(known))] = np.fromiter(known.values(), float, len(known))
        return found

    def phrase(self, words: Sequence[str]) -> Values:
        """What a find of folded words next to one another is worth with each figure."""
        if len(words) == 1:
            return self.of(words[0])
        found: Values = np.minimum.reduce([self.of(pair) for pair in zip(words, words[1:], strict=False)])
        return found


@dataclass(frozen=True)
class Subjects:
    """Folded words and what each weighs in the figures that have it, and the weight of all words of each figure.

    Of a long subject words of the weight `ENOUGH` are enough.
    """

    weights: dict[str, tuple[NDArray[np.int64], Values]]
    totals: Values

    def alike(self, said: frozenset[str], weigh: Callable[[str], float]) -> Values:
        """How like the words of each figure are to the words that are said, 0 to 1: twice the weight of the shared over that of all."""
        shared = np.zeros(len(self.totals))
        for word in said:
            known = self.weights.get(word)
            if known:
                shared[known[0]] += known[1]
        likeness: Values = 2 * shared / np.maximum(self.totals + sum(weigh(word) for word in said), 1e-9)
        return likeness

    def covered(self, said: dict[str, float]) -> Values:
        """Share of each figure's words that are said; 0.6 for a figure without words. `said` holds how well each word is."""
        found = np.zeros(len(self.totals))
        enough = np.minimum(self.totals, ENOUGH)
        for word, how_well in said.items():
            known = self.weights.get(word)
            if known:
                found[known[0]] += known[1] * how_well
        share: Values = np.where(self.totals > 0, np.minimum(found / np.maximum(enough, 1e-9), 1.0), 0.6)
        return share


class Pool:
    """All figures of one report."""

    def __init__(self, report: Report, readings: Iterable[PassageReading], rarity: Rarity) -> None:
        self.report, self.rarity = report, rarity
        self.candidates: list[Candidate] = [candidate for reading in readings for candidate in _moves_known(reading.candidates)]
        names = sorted({*place_names(report), *(name.partition(" ")[2] for name in (report.place,))} - {""}, key=len, reverse=True)
        self._places = re.compile(r"(?i)(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)") if names else None
        size = len(self.candidates)
        self.near, self.far = Holdings(size), Holdings(size)
        self.number = {candidate.figure.id: n for n, candidate in enumerate(self.candidates)}
        for n, candidate in enumerate(self.candidates):
            for worth, words in _named(candidate, NEAR):
                self.near.add(n, words, worth)
            self.near.add(n, candidate.subject, 1.0)
            for worth, words in _named(candidate, FAR):
                self.far.add(n, words, worth)
        self.subjects = self._subjects([topic_of(c.figure.subject) - self._place_words(c) for c in self.candidates])
        self.groups = self._subjects([own_words(c.figure.own) for c in self.candidates])
        self.telling = self._subjects(self._distinguishing())

    def _subjects(self, words: Sequence[frozenset[str]]) -> Subjects:
        table: dict[str, list[tuple[int, float]]] = defaultdict(list)
        totals = np.zeros(len(words))
        for n, own in enumerate(words):
            for word in own:
                weight = self.rarity.word(word)
                table[word].append((n, weight))
                totals[n] += weight
        arrays = {w: (np.array([n for n, _ in rows]), np.array([v for _, v in rows])) for w, rows in table.items()}
        return Subjects(arrays, totals)

    def without_places(self, text: str) -> str:
        """`text` without the names of the report's places: where a claim is on is judged apart."""
        return self._places.sub(" ", text) if self._places else text

    def _place_words(self, candidate: Candidate) -> frozenset[str]:
        return frozenset(fold(candidate.figure.place).split()) if candidate.local else frozenset()

    def _distinguishing(self) -> list[frozenset[str]]:
        """The words of each figure that at most half of its like in the passage share (`cận` of `hộ cận nghèo`)."""
        groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        near = [topic_of(f"{c.figure.subject} {c.figure.own}") - self._place_words(c) for c in self.candidates]
        for n, candidate in enumerate(self.candidates):
            figure = candidate.figure
            groups[figure.passage, figure.kind, figure.quantity.canonical.dimension].append(n)
        out: list[frozenset[str]] = [frozenset()] * len(near)
        for members in groups.values():
            for n in members:
                others = [near[m] for m in members if m != n and near[m] != near[n]]
                out[n] = frozenset(w for w in near[n] if sum(w in other for other in others) * 2 < len(others)) if others else frozenset()
        return out

    def nearness(self, number: int, itself: float = 0.0) -> Values:
        """How near every figure stands to one: 1 in its sentence, less in its passage and section, `itself` for that one."""
        keys = (self._sentences, self._passages, self._sections)
        near: Values = np.maximum.reduce([worth * (key == key[number]) for key, worth in zip(keys, (1.0, 0.6, 0.35), strict=True)])
        near[number] = itself
        return near

    def hanging_on(self, number: int) -> Values:
        """1 for the figures that qualify one (`tăng 4,6%` its amount)."""
        hanging: Values = (self._links == number).astype(float)
        return hanging

    def parts_of(self, number: int) -> Values:
        """1 for the figures that are a part of one (`trong đó`)."""
        parts: Values = (self._wholes == number).astype(float)
        return parts

    @cached_property
    def _wholes(self) -> NDArray[np.int64]:
        return np.array([self.number.get(c.figure.whole or "", -1) for c in self.candidates], dtype=np.int64)

    @cached_property
    def _links(self) -> NDArray[np.int64]:
        return np.array([self.number.get(c.figure.base or "", -1) for c in self.candidates], dtype=np.int64)

    @cached_property
    def _sentences(self) -> NDArray[np.int64]:
        return _numbered([(c.figure.passage, c.figure.sentence) for c in self.candidates])

    @cached_property
    def _passages(self) -> NDArray[np.int64]:
        return _numbered([c.figure.passage for c in self.candidates])

    @cached_property
    def _sections(self) -> NDArray[np.int64]:
        return _numbered([c.figure.section for c in self.candidates])


def _numbered(keys: Sequence[object]) -> NDArray[np.int64]:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


_SAME_CHANGE = re.compile(
    r"(?i)\b(?P<way>tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)\b"
    r"[^;()%]{0,40}?\d[^;()%]{0,25}?(?:,\s*)?(?:=|≈|bằng|tương đương|tương ứng|tức|hay)\s*$"
)


_SCALES = {"nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}


def _with_scale(figure: Figure, text: str) -> Figure:
    """`1,6 triệu lượt`, `2,9 triệu lít`: the scale belongs to what is counted or measured, and is no money."""
    quantity = figure.quantity
    scale = _SCALES.get(quantity.unit.lower())
    if scale is None:
        return figure
    end, unit = match_unit(text, figure.end)
    if unit is NO_UNIT or unit.dimension in ("money", "percent") or unit_named(text[figure.end : end].strip()) is NO_UNIT:
        return figure
    written = text[figure.start + len(quantity.number) : end].strip()
    known = Unit(unit.name, unit.dimension, unit.scale * scale)
    return replace(figure, end=end, quantity=replace(quantity, end=end, unit=written, canonical=known))


def _moves_known(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The figures, with `26,3%` of `giảm 05 vụ = 26,3%` known as a change."""
    for candidate in candidates:
        figure = _with_scale(candidate.figure, candidate.passage.text)
        if figure is not candidate.figure:
            candidate = replace(candidate, figure=figure)
        if figure.kind == SHARE and figure.quantity.is_percent:
            before = candidate.passage.text[max(figure.sentence[0], figure.start - 80) : figure.start]
            match = _SAME_CHANGE.search(before)
            if match:
                way = "tăng" if match.group("way").lower() in ("tăng", "cao hơn", "nhiều hơn") else "giảm"
                candidate = replace(candidate, figure=replace(figure, kind=CHANGE, direction=way))
        yield candidate


def _named(candidate: Candidate, wanted: dict[str, float]) -> list[tuple[float, Words]]:
    return [(wanted[name], words) for (name, _), (_, words) in zip(TIERS, candidate.tiers, strict=True) if name in wanted]


