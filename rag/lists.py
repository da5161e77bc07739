"""Lists, rankings and `which`: the figures or names that stand side by side in the report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.report import Report
from rag import question as forms
from rag.candidates import Candidate, siblings
from rag.citations import cite_figures
from rag.compose import sentence_for, short_subject
from rag.features import Query
from rag.figure_answer import Draft
from rag.ground import Found, Ground
from rag.question import Question
from rag.ranker import Scored
from rag.records import AnswerFigure

LEAST_COVERAGE = 0.5
MAX_LISTED = 40


def draft_list(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """A list, the highest or the lowest of one, from the sentence that fits best; None where no sentence lists figures."""
    query = ground.query(question, question.asks[0] if question.asks else None, report)
    ranked = ground.rank(query, found)
    group = _best_group(ground, query, ranked)
    if group is None:
        return None
    if question.form in (forms.HIGHEST, forms.LOWEST):
        return _extreme(group, question.form)
    if question.form == forms.WHICH:
        return None
    return _all(group) if question.asks or question.numbers else None


def _best_group(ground: Ground, query: Query, ranked: Sequence[Scored]) -> list[Candidate] | None:
    """The sibling figures (three or more) around the best-ranked figure that has such."""
    for one in ranked[:25]:
        if one.value("coverage") < LEAST_COVERAGE:
            continue
        group = siblings(one.candidate, ground.mates(one.candidate))
        distinct = {(c.figure.place, c.figure.subject) for c in group}
        if len(group) >= 3 and len(distinct) >= 3:
            return group
    return None


def _base_value(candidate: Candidate) -> Decimal:
    quantity = candidate.figure.quantity
    return quantity.value * quantity.canonical.scale


def _extreme(group: Sequence[Candidate], form: str) -> Draft:
    pick = max if form == forms.HIGHEST else min
    best_value = pick(_base_value(candidate) for candidate in group)
    best = [candidate for candidate in group if _base_value(candidate) == best_value]
    passage = best[0].passage
    citation = cite_figures(passage, [candidate.figure for candidate in group], 1)
    word = "cao nhất" if form == forms.HIGHEST else "thấp nhất"
    sentences = [sentence_for(candidate.figure, passage, [], 1) for candidate in best[:3]]
    sentences[-1] = f"{sentences[-1]} Đây là mức {word} trong các mục được báo cáo liệt kê."
    return Draft(tuple(sentences), tuple(_row(candidate) for candidate in best[:3]), (citation,), tuple(_row(c) for c in group))


def _all(group: Sequence[Candidate]) -> Draft:
    passage = group[0].passage
    citation = cite_figures(passage, [candidate.figure for candidate in group], 1)
    rows = tuple(_row(candidate) for candidate in group[:MAX_LISTED])
    listed = "; ".join(f"{row.label}: {row.printed}" for row in rows)
    return Draft((f"{listed} [1].",), rows, (citation,))


def _row(candidate: Candidate) -> AnswerFigure:
    figure = candidate.figure
    label = figure.place if candidate.local and figure.place else short_subject(figure, 100)
    return AnswerFigure(figure.text, figure.unit, 1, label, figure.kind, figure.direction, figure.place)
