"""Answers that are figures: one, several, or a change with its amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.figures import AMOUNT, CHANGE, PLAN, RATIO, SHARE, Figure
from corpus.passages import Passage
from rag.candidates import Candidate
from rag.citations import cite_figures, cite_span
from rag.compose import sentence_for, short_subject
from rag.records import AnswerFigure, Citation
from rag.trace import untraced

MAX_FIGURES = 4
_TABLE = re.compile(r"(?:^|\n)(?P<head>\|[^\n]*)(?:\n\|[^\n]*)*\n?$")
"""The rows above a row of a table, the head first."""


@dataclass(frozen=True)
class Draft:
    """The parts of an answer before it is numbered and traced."""

    sentences: tuple[str, ...]
    figures: tuple[AnswerFigure, ...]
    citations: tuple[Citation, ...]
    companions: tuple[AnswerFigure, ...] = ()


def draft_figures(chosen: Sequence[Candidate], mates: dict[str, tuple[Candidate, ...]]) -> Draft:
    """An answer from the chosen figures, the asked ones in order; figures of one sentence share a citation."""
    sentences: list[str] = []
    figures: list[AnswerFigure] = []
    companions: list[AnswerFigure] = []
    citations: list[Citation] = []
    for group in by_sentence(chosen):
        first = group[0]
        n = len(citations) + 1
        asked_ids = {one.figure.id for one in group}
        helpful = _companions(group, mates[first.passage.id])
        citations.append(cite_figures(first.passage, [one.figure for one in group] + helpful, n))
        for candidate in _spoken(group):
            with_it = [f for f in helpful if f.base == candidate.figure.id]
            asked_with = [one.figure for one in group if one.figure.base == candidate.figure.id]
            sentences.append(sentence_for(candidate.figure, first.passage, [*asked_with, *with_it], n))
        header = _header(first.passage, citations[-1], sentences[-1])
        if header is not None:
            citations.append(header)
            sentences[-1] = sentences[-1].replace(f" [{n}].", f" [{n}] [{header.n}].")
        figures += [answer_figure(one.figure, n) for one in group]
        companions += [answer_figure(f, n) for f in helpful if f.id not in asked_ids]
    return Draft(tuple(sentences), tuple(figures), tuple(citations), tuple(companions))


def _header(passage: Passage, row: Citation, sentence: str) -> Citation | None:
    """The head of the table that a cited row stands in, where the sentence says a year or another figure of it."""
    if not row.quote.startswith("|") or not untraced(sentence, [row.quote]):
        return None
    block = _TABLE.search(passage.text, 0, row.start)
    return cite_span(passage, *block.span("head"), row.n + 1) if block else None


def answer_figure(figure: Figure, n: int) -> AnswerFigure:
    """A figure record as a figure of an answer, in citation `n`."""
    return AnswerFigure(figure.text, figure.unit, n, short_subject(figure), figure.kind, figure.direction, figure.place)


def by_sentence(chosen: Sequence[Candidate]) -> list[list[Candidate]]:
    """Figures that stand in one sentence together, in the order chosen."""
    groups: dict[tuple[str, tuple[int, int]], list[Candidate]] = {}
    for candidate in chosen:
        groups.setdefault((candidate.passage.id, candidate.figure.sentence), []).append(candidate)
    return list(groups.values())


def _spoken(group: Sequence[Candidate]) -> list[Candidate]:
    """Those of a group that need a sentence of their own: not the ones that hang on another of the group."""
    ids = {one.figure.id for one in group}
    return [one for one in group if one.figure.base not in ids]


def _companions(group: Sequence[Candidate], mates: Sequence[Candidate]) -> list[Figure]:
    """Change and share of plan of the asked amounts."""
    asked = {one.figure.id for one in group}
    mains = {one.figure.id for one in group if one.figure.base is None and one.figure.kind in (AMOUNT, RATIO, SHARE)}
    return [
        mate.figure
        for mate in mates
        if mate.figure.base in mains and mate.figure.id not in asked and mate.figure.kind in (CHANGE, PLAN, SHARE)
    ]


def same_sentence(a: Figure, b: Figure) -> bool:
    """Whether two figures stand in one sentence."""
    return (a.passage, a.sentence) == (b.passage, b.sentence)


def same_cluster(a: Figure, b: Figure) -> bool:
    """Whether two figures say something of one quantity (an amount and what qualifies it)."""
    return a.passage == b.passage and (a.base or a.id) == (b.base or b.id)
