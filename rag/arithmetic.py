"""One small sum, difference or share over figures that the report gives: computed exactly, operands shown, marked as computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures import AMOUNT, RATIO, SHARE
from corpus.numbers import write_number
from corpus.report import Report
from rag import question as forms
from rag.candidates import Candidate
from rag.figure_answer import Draft, draft_figures
from rag.ground import Found, Ground
from rag.question import Pattern, Question
from rag.ranker import Scored
from rag.records import AnswerFigure
from rag.terms import match

_SPLIT = Pattern(r"\s+(?:và|với|hơn|kém|so với|cộng với|cộng|trừ|trong|của tổng|,)\s+|\s*,\s*")
LEAST_COVERAGE = 0.5


def draft_derived(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The computed answer; None where fewer than two operands of one dimension are found."""
    operands = _operands(ground, question, report, found)
    if len(operands) < 2:
        return None
    quantities = [operand.figure.quantity for operand in operands]
    if len({q.canonical.dimension for q in quantities}) != 1:
        return None
    draft = draft_figures(operands, {c.passage.id: ground.mates(c) for c in operands})
    result, unit, formula = _compute(question.form, operands)
    computed = AnswerFigure(result, unit, 1, "Kết quả tính từ các số của báo cáo", derived_from=tuple(f.printed for f in draft.figures))
    sentence = f"Tính từ số liệu của báo cáo: {formula} = {computed.printed}."
    return Draft((sentence, *draft.sentences), (computed,), draft.citations, draft.figures)


def _operands(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """The best amount for each part of the question (`A và B`), all of the dimension of the first."""
    query = ground.query(question, None, report)
    ranked = [one for one in ground.rank(query, found) if one.candidate.figure.kind in (AMOUNT, RATIO, SHARE)]
    if not ranked:
        return []
    parts = [part for part in _SPLIT._pick(question.text).split(question.text) if part and part.strip()]
    chosen: list[Scored] = []
    for part in parts:
        part_query = ground.query(question, None, report, text=part)
        names = [term for term in part_query.terms if part_query.weight(term) > 0.3]
        if not names:
            continue
        best, best_gain = None, 0.0
        for one in ranked[:80]:
            if any(one.candidate.figure.id == other.candidate.figure.id for other in chosen):
                continue
            total = sum(part_query.weight(term) for term in names)
            near = sum(part_query.weight(t) * max(match(t, w) * v for v, w in one.candidate.tiers[:2]) for t in names) / total
            gain = near + 0.02 * one.score
            if near >= 0.6 and gain > best_gain:
                best, best_gain = one, gain
        if best is not None:
            chosen.append(best)
    dimension = chosen[0].candidate.figure.quantity.canonical.dimension if chosen else ""
    return [one.candidate for one in chosen if one.candidate.figure.quantity.canonical.dimension == dimension][:3]


def _compute(form: str, operands: Sequence[Candidate]) -> tuple[str, str, str]:
    """Result as written, its unit, and the formula with the operands as printed."""
    figures = [operand.figure for operand in operands]
    unit = figures[0].quantity.canonical
    values = [f.quantity.value * f.quantity.canonical.scale / unit.scale for f in figures]
    if form == forms.SUM:
        return write_number(_plain(sum(values, Decimal(0)))), figures[0].unit, " + ".join(f.printed for f in figures)
    if form == forms.SHARE_OF:
        part, whole = sorted(values[:2])
        share = (part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        small, large = sorted(figures[:2], key=lambda f: f.quantity.value * f.quantity.canonical.scale)
        return write_number(share), "%", f"{small.printed} : {large.printed}"
    high, low = max(values[:2]), min(values[:2])
    top, bottom = sorted(figures[:2], key=lambda f: -f.quantity.value * f.quantity.canonical.scale)
    unit_name = "điểm %" if unit.dimension == "percent" else figures[0].unit
    return write_number(_plain(high - low)), unit_name, f"{top.printed} − {bottom.printed}"


def _plain(value: Decimal) -> Decimal:
    text = f"{value.normalize():f}"
    return Decimal(re.sub(r"\.0+$", "", text))
