"""Answers that are figures: one, several, or a change with its amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.figures import AMOUNT, CHANGE, PLAN, RATIO, SHARE, Figure
from rag.candidates import Candidate
from rag.citations import cite_figures
from rag.compose import sentence_for, short_subject
from rag.features import Query
from rag.question import Pattern
from rag.ranker import Scored
from rag.records import AnswerFigure, Citation
from rag.terms import match

MAX_FIGURES = 4
_JOINED = Pattern(r"\s(?:và|lẫn|cùng|với|cả)\s|,")


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
    for group in _by_sentence(chosen):
        first = group[0]
        n = len(citations) + 1
        asked_ids = {one.figure.id for one in group}
        helpful = _companions(group, mates[first.passage.id])
        citations.append(cite_figures(first.passage, [one.figure for one in group] + helpful, n))
        for candidate in _spoken(group):
            with_it = [f for f in helpful if f.base == candidate.figure.id]
            asked_with = [one.figure for one in group if one.figure.base == candidate.figure.id]
            sentences.append(sentence_for(candidate.figure, first.passage, [*asked_with, *with_it], n))
        figures += [answer_figure(one.figure, n) for one in group]
        companions += [answer_figure(f, n) for f in helpful if f.id not in asked_ids]
    return Draft(tuple(sentences), tuple(figures), tuple(citations), tuple(companions))


def answer_figure(figure: Figure, n: int) -> AnswerFigure:
    """A figure record as a figure of an answer, in citation `n`."""
    return AnswerFigure(figure.text, figure.unit, n, short_subject(figure), figure.kind, figure.direction, figure.place)


def _by_sentence(chosen: Sequence[Candidate]) -> list[list[Candidate]]:
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


def same_cluster(a: Figure, b: Figure) -> bool:
    """Whether two figures say something of one quantity (an amount and what qualifies it)."""
    return a.passage == b.passage and (a.base or a.id) == (b.base or b.id)


def add_missing(query: Query, ranked: Sequence[Scored], first: Scored) -> list[Scored]:
    """Further figures for the topics of the question that the first choice leaves uncovered (`A và B là bao nhiêu?`)."""
    chosen = [first]
    missing = _uncovered(query, chosen) if _JOINED.search(query.question.text) else []
    while missing and len(chosen) < MAX_FIGURES:
        best, best_gain = None, 0.0
        for one in ranked[:60]:
            if any(same_cluster(one.candidate.figure, other.candidate.figure) for other in chosen):
                continue
            if one.candidate.figure.kind != first.candidate.figure.kind or one.score < first.score - 6.0:
                continue
            gain = _gain(query, one, missing) + 0.05 * one.score / max(abs(first.score), 1.0)
            if gain > best_gain + 1e-9:
                best, best_gain = one, gain
        if best is None or best_gain < 0.75:
            break
        chosen.append(best)
        left = _uncovered(query, chosen)
        if len(left) >= len(missing):
            break
        missing = left
    return chosen


def _uncovered(query: Query, chosen: Sequence[Scored]) -> list[int]:
    return [
        n
        for n, term in enumerate(query.terms)
        if query.weight(term) > 0.25 and not any(match(term, words) >= 0.5 for one in chosen for value, words in one.candidate.tiers[:5])
    ]


def _gain(query: Query, one: Scored, missing: Sequence[int]) -> float:
    total = sum(query.weight(query.terms[n]) for n in missing)
    got = sum(query.weight(query.terms[n]) * match(query.terms[n], one.candidate.own) for n in missing)
    return got / total if total else 0.0
