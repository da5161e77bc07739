"""`Con số … là gì?`: what a figure named in the question measures in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.labels import heading_label
from corpus.numbers import Quantity
from corpus.report import Report
from corpus.text import fold
from rag.candidates import Candidate
from rag.compose import as_sentence
from rag.figure_answer import Draft, draft_figures
from rag.ground import Found, Ground
from rag.groups import asks_place
from rag.question import Question

MAX_MEANINGS = 3
DISTINCT, TOLD = 3, 0.4
"""Characters of a number that hardly stands for two things; the share of a question that a figure must cover to be the one that it names."""


def draft_what_is(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """An answer that says what the figures named in the question are; None where the report has no such figure."""
    if not question.numbers:
        return None
    wanted = question.numbers[0]
    query = ground.query(question, None, report)
    ranked = ground.rank(query, found)
    score = {one.candidate.figure.id: one.score for one in ranked}
    matches = [c for c in all_candidates(ground, report) if same_figure(wanted, c.figure.quantity)]
    if not matches:
        return None
    matches.sort(key=lambda c: (-score.get(c.figure.id, -99.0), c.figure.id))
    best = _clearly_best(matches, score) or matches[:MAX_MEANINGS]
    draft = draft_figures(best, {c.passage.id: ground.mates(c) for c in best})
    draft = replace(draft, figures=tuple(figure for figure in draft.figures if figure.text in question.raw))  # no other figure is asked for
    return _in_context(draft, best[0]) if len(best) == 1 and not best[0].in_table else draft


def _in_context(draft: Draft, one: Candidate) -> Draft:
    """The answer as the report's whole sentence (its clause where that is long) with its heading: what a figure is, the words around it tell."""
    quote = draft.citations[0].quote.rstrip(".;: ")
    said = as_sentence(quote, 1)
    under = heading_label(one.passage.leaf)[2].strip(" .:;-–")
    named = not under or any(char.isdigit() for char in under) or fold(under) in fold(quote)
    return replace(draft, sentences=(said if named else f"Mục “{under}”: {said}",))


def draft_holder_of(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The place or thing whose figure a question names (`2,290 km đường thôn là của xã nào?`); None where no single one has such a figure."""
    measured = [number for number in question.numbers if number.canonical.dimension != "none"]
    if len(measured) != 1:
        return None
    matches = [c for c in all_candidates(ground, report) if same_figure(measured[0], c.figure.quantity)]
    if asks_place(question.text):
        matches = [c for c in matches if c.local]
    else:
        query = ground.query(question, question.first_ask, report)
        covered = {one.candidate.figure.id: one.value("coverage") for one in ground.rank(query, found)}
        telling = len(measured[0].number) >= DISTINCT
        matches = [c for c in matches if telling and covered.get(c.figure.id, 0.0) >= TOLD and c.figure.quantity.canonical == measured[0].canonical]
    return draft_figures(matches, {matches[0].passage.id: ground.mates(matches[0])}) if len(matches) == 1 else None


def all_candidates(ground: Ground, report: Report) -> list[Candidate]:
    """Every figure of one report, in order."""
    return [c for passage in ground.index.passages if passage.report == report.id for c in ground.readings.of(passage).candidates]


def same_figure(asked: Quantity, printed: Quantity) -> bool:
    """Whether a figure typed by a user is a figure as printed: equal number, and equal dimension where both have one."""
    if asked.of is not None and printed.of is not None and (asked.value, asked.of) == (printed.value, printed.of):
        return True
    dimensions = asked.canonical.dimension, printed.canonical.dimension
    comparable = dimensions[0] == dimensions[1] or dimensions[0] == "none" or "count" in dimensions
    if not comparable:
        return False
    if dimensions[0] == dimensions[1] and dimensions[0] not in ("count", "none"):
        return asked.base_value == printed.base_value
    return asked.value == printed.value or printed.of == asked.value


def _clearly_best(matches: Sequence[Candidate], score: dict[str, float]) -> list[Candidate] | None:
    if len(matches) == 1:
        return list(matches)
    first, second = (score.get(c.figure.id, -99.0) for c in matches[:2])
    return [matches[0]] if first > second + 4.0 else None
