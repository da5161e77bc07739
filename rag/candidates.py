"""Figures and statements made ready for matching: the words of each, by how near they stand to the figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from corpus.abbreviations import search_copy
from corpus.figures import Figure, passage_figures
from corpus.numbers import find_quantities
from corpus.passages import Passage
from corpus.places import bare_name, place_names
from corpus.report import Report
from corpus.text import fold, sentences
from rag.contrasts import Member, members_in
from rag.implied import implied_words
from rag.roads import roads_in
from rag.spans import Span, read_spans
from rag.terms import Words, topic

TIERS = (
    ("own", 1.0), ("inherited", 0.9), ("implied", 0.85),
    ("tail", 0.8), ("leaf", 0.7), ("anchor", 0.6), ("lead", 0.55), ("clause", 0.5), ("path", 0.4), ("around", 0.25),
)  # fmt: skip
"""Where a question's word may be found, nearest first, and what a find there is worth."""

ITSELF = 3
"""The tiers that say of the figure itself what it is: its own words, those it inherits, what its unit and kind imply."""
LISTED = 3
"""Figures that make a list."""
_NO_WORDS = Words("")


@dataclass(frozen=True)
class Candidate:
    """A figure of a passage with its words by tier.

    `local` says that it speaks of a place below the report's own, `places` are the report's; `apart` are the words that set
    it apart from the figures that it is listed with.
    """

    figure: Figure
    passage: Passage
    tiers: tuple[tuple[float, Words], ...]
    local: bool
    places: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()

    @property
    def own(self) -> Words:
        """The words of the figure's own group."""
        return self.tiers[0][1]

    @cached_property
    def subject(self) -> Words:
        """The words of what the figure measures."""
        return Words(search_copy(self.figure.subject))

    @cached_property
    def in_table(self) -> bool:
        """Whether it stands in a row of a table."""
        return self.passage.text.startswith("|", self.figure.sentence[0])

    @cached_property
    def row_subject(self) -> str:
        """What a row of a table, or a sentence on one place of many, says of it: the subject without the label, the place and what stands in brackets."""
        subject = re.sub(r"\s*\([^()]*\)", "", self.figure.subject.rsplit(": ", 1)[-1])
        if self.figure.place:
            subject = re.sub(rf"(?i)(?:\b(?:xã|phường|thị trấn) )?{re.escape(bare_name(self.figure.place))}\b", "", subject, count=1)
        return subject.strip().lower()

    @cached_property
    def of_listed_place(self) -> bool:
        """Whether it is the figure of one place named before it (`Vũ Vân 2,94%`), and none of the whole."""
        before = f"{self.figure.inherited} {self.figure.own.partition(self.figure.text)[0]}"
        return self.local and fold(bare_name(self.figure.place)) in fold(before)

    @cached_property
    def near_members(self) -> frozenset[Member]:
        """What the figure's own words and those it inherits name, of things that are counted side by side."""
        return members_in(search_copy(f"{self.figure.inherited} {self.figure.own}"), self.places)

    @cached_property
    def said(self) -> str:
        """All that is said of the figure itself: what it inherits, its own words, what it measures."""
        return f"{self.figure.inherited} {self.figure.own} {self.figure.subject}"

    @cached_property
    def near(self) -> frozenset[str]:
        """The folded words of the figure's own group and those it inherits."""
        return self.own.folded | self.tiers[1][1].folded

    @cached_property
    def roads(self) -> frozenset[str]:
        """The numbers of the roads that the figure's own words and those it inherits name."""
        return roads_in(f"{self.figure.inherited} {self.figure.own}")

    @cached_property
    def around_members(self) -> frozenset[Member]:
        """What its sentence up to it and its heading name of such things."""
        start, _ = self.figure.sentence
        said = f"{self.passage.leaf} {self.passage.marked} {self.figure.lead} {self.passage.text[start : self.figure.end]}"
        return members_in(search_copy(said), self.places)


@dataclass(frozen=True)
class PassageReading:
    """A passage with its figures and statements made ready."""

    passage: Passage
    candidates: tuple[Candidate, ...]
    heading: Words
    anchor: Words
    report: Report

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Its sentences and clauses, made ready when first needed."""
        return read_spans(self.passage, self.report)


class Readings:
    """Passages read for matching, each once, when first needed."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports = {report.id: report for report in reports}
        self._read: dict[str, PassageReading] = {}

    def report(self, report_id: str) -> Report:
        """The report of that id."""
        return self._reports[report_id]

    def of(self, passage: Passage) -> PassageReading:
        """The reading of one passage."""
        reading = self._read.get(passage.id)
        if reading is None:
            reading = self._read[passage.id] = _read(passage, self._reports[passage.report])
        return reading


def _read(passage: Passage, report: Report) -> PassageReading:
    figures = passage_figures(passage, report)
    path = passage.heading.split(" › ")
    leaf, upper = Words(search_copy(path[-1])), Words(search_copy(" ".join((*path[:-1], passage.anchor))))
    anchor = Words(search_copy(f"{passage.anchor_clause} {measured_before(passage, figures)}"))
    spans = sentences(passage.text)
    texts = [passage.text[start:end] for start, end in spans]
    around = {span: Words(search_copy(" ".join(texts[max(0, n - 1) : n + 1]))) for n, span in enumerate(spans)}
    tails = _tails(figures, passage.text)
    shared = {"leaf": leaf, "anchor": anchor, "path": upper}
    clauses = {statement.start: Words(search_copy(statement.text)) for statement in passage.statements}
    candidates, places = [], place_names(report)
    by_id = {figure.id: figure for figure in figures}
    for figure in figures:
        clause = next((clauses[s.start] for s in passage.statements if s.start <= figure.start < s.end), _NO_WORDS)
        tail = Words(search_copy(f"{tails[figure.id]} {tails.get(figure.base or '', '')}"))
        local = figure.place != report.place
        implied = _implied(implied_words(figure, by_id.get(figure.base or ""), local=local))
        words = {**shared, "around": around[figure.sentence], "clause": clause, "tail": tail, "implied": implied}
        candidates.append(Candidate(figure, passage, _tiers(figure, words), local, places))
    candidates = [replace(one, apart=_set_apart(one, candidates)) for one in candidates]
    return PassageReading(passage, tuple(candidates), Words(search_copy(passage.heading)), anchor, report)


def measured_before(passage: Passage, figures: Sequence[Figure]) -> str:
    """What a list in a footnote measures, where the sentence that bears its mark does not say it; empty otherwise.

    It is what the last figure in the unit of the list is of that stands before that sentence: the words of its own sentence that lead to it.
    """
    units = {figure.quantity.canonical.name for figure in figures}
    said_there = {said.canonical.name for said in find_quantities(passage.anchor)}
    if len(units) != 1 or len(figures) < LISTED or units & said_there:
        return ""
    for start, end in reversed(sentences(passage.before)):
        said = next((one for one in find_quantities(passage.before[start:end]) if one.canonical.name in units), None)
        if said is not None:
            return passage.before[start : start + said.start]
    return ""


@lru_cache(maxsize=512)
def _implied(text: str) -> Words:
    """The words of `text`, which many figures share."""
    return Words(text)


def _set_apart(candidate: Candidate, among: Sequence[Candidate]) -> frozenset[str]:
    """The folded words of a figure and of what it inherits that not all figures have which stand in one sentence with it and are like it."""
    alike = _in_sentence(candidate.figure, among)
    if len(alike) < LISTED:
        return frozenset()
    return topic(candidate.near - frozenset.intersection(*(one.near for one in alike)))


def _tails(figures: Sequence[Figure], text: str) -> dict[str, str]:
    """The words between each figure and what the next one of its sentence says itself, or the next `;`, by the figure's id."""
    tails = {}
    for figure, following in zip(figures, (*figures[1:], None), strict=False):
        end = figure.sentence[1]
        if following is not None and following.sentence == figure.sentence:
            end = following.start - len(following.own.partition(following.text)[0])
        tails[figure.id] = text[figure.end : max(figure.end, end)].partition(";")[0]
    return tails


def _tiers(figure: Figure, shared: dict[str, Words]) -> tuple[tuple[float, Words], ...]:
    own = {"own": figure.own, "inherited": figure.inherited, "lead": figure.lead}
    words = {**shared, **{name: Words(search_copy(text)) for name, text in own.items()}}
    return tuple((value, words[name]) for name, value in TIERS)


def siblings(candidate: Candidate, among: Sequence[Candidate]) -> list[Candidate]:
    """The figures that stand in one list with `candidate`: same sentence, kind and dimension, main figures like it.

    Where each member of a list has a sentence of its own (rows of a table, places one by one), the figures of the passage on the same thing.
    """
    one = candidate.figure
    near = _in_sentence(one, among)
    if len(near) >= LISTED and not candidate.in_table:
        return near
    rows = [other for other in among if _is_alike(one, other.figure) and other.row_subject == candidate.row_subject != ""]
    return rows if len({row.figure.sentence for row in rows}) >= LISTED else near


def _in_sentence(one: Figure, among: Sequence[Candidate]) -> list[Candidate]:
    """The figures of the sentence of `one` that are like it, itself among them."""
    return [other for other in among if other.figure.sentence == one.sentence and _is_alike(one, other.figure)]


def _is_alike(one: Figure, other: Figure) -> bool:
    return (
        other.passage == one.passage
        and other.kind == one.kind
        and other.quantity.canonical.dimension == one.quantity.canonical.dimension
        and (other.base is None) == (one.base is None)
        and other.quantity.canonical.name.split(" ")[:1] == one.quantity.canonical.name.split(" ")[:1]
    )
