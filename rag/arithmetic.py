"""One small sum, difference or share over figures that the report gives: computed exactly, operands shown, marked as computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures import AMOUNT, CHANGE, RATIO, SHARE, Figure
from corpus.numbers import write_number
from corpus.places import bare_name
from corpus.report import Report
from corpus.text import fold, search_words
from rag import question as forms
from rag.candidates import Candidate
from rag.choose import best_fitting, mismatch
from rag.features import Query
from rag.figure_answer import Draft, draft_figures
from rag.ground import Found, Ground
from rag.question import Pattern, Question
from rag.ranker import Scored
from rag.records import AnswerFigure
from rag.terms import match
from rag.things import YEAR_WORDS

_SPLIT = Pattern(r"\s+(?:và|với|hơn|kém|so với|cộng với|cộng|trừ|trong tổng(?: số)?|của tổng|trong)\s+|\s*,\s*")
_PLANNED = Pattern(r"\b(?:so với|theo) (?:kế hoạch|chỉ tiêu|dự toán)\b|\bcòn thiếu\b")
LEAST_NEAR = 0.6
"""Share of a part's own words that its operand must hold."""
MOST_OPERANDS = 4
COMPUTED = "Kết quả tính từ các số của báo cáo"
LEVELS = (AMOUNT, RATIO, SHARE)


@dataclass(frozen=True)
class Operands:
    """The figures to compute with, in the order asked, and the question's form."""

    candidates: tuple[Candidate, ...]
    form: str


def draft_derived(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The computed answer; None where fewer than two operands of one dimension are found."""
    query = ground.query(question, None, report)
    operands = _of_places(ground, query, report, found) or _of_years(ground, query, report, found) or _of_parts(ground, question, report, found)
    if len(operands) < 2 or len({one.figure.quantity.canonical.dimension for one in operands}) != 1:
        return None
    if question.form != forms.SUM:
        operands = operands[:2]
    return _draft(ground, question.form, operands)


def draft_last_year(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The level of the year before, from this year's level and its change in the same unit; None where the report gives no such change."""
    if (question.years != (report.year - 1,) and not question.of_last_year) or len(question.asks) != 1:
        return None
    query = replace(ground.query(question, question.asks[0], report), years=(report.year,))
    ranked = ground.rank(query, found)
    if not ranked:
        return None
    best = best_fitting(query, ranked)
    figure = best.candidate.figure
    sure = ground.confidence(query, best, ranked, found) >= ground.trees.threshold
    if figure.kind not in LEVELS or mismatch(query, best, ranked, report) or not sure or figure.quantity.of is not None:
        return None
    change = next((mate for mate in ground.mates(best.candidate) if _is_change_of(mate.figure, figure, report.year - 1)), None)
    if change is None:
        return None
    sign = 1 if change.figure.direction == "giảm" else -1
    value = figure.value + sign * change.figure.value * change.figure.quantity.canonical.scale / figure.quantity.canonical.scale
    formula = f"{figure.printed} {'+' if sign > 0 else '−'} {change.figure.printed}"
    return _computed(ground, [best.candidate, change], write_number(_plain(value)), figure.unit, formula)


def _is_change_of(change: Figure, level: Figure, year: int) -> bool:
    same = change.quantity.canonical.dimension == level.quantity.canonical.dimension
    whole = level.kind == SHARE or not change.quantity.is_percent
    return change.kind == CHANGE and change.base == level.id and bool(change.direction) and same and whole and str(year) in change.versus


def _of_places(ground: Ground, query: Query, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """One level for each of several places named."""
    if len(query.places) < 2:
        return []
    chosen: list[Candidate] = []
    folded = fold(query.question.text)
    for place in sorted(query.places, key=lambda name: folded.find(fold(bare_name(name)))):
        others = {word for name in query.places - {place} for word in search_words(name)} - set(search_words(place))
        one = replace(query, places=frozenset([place]), terms=tuple(t for t in query.terms if not set(t.parts) <= others))
        best = _best_level(ground, one, report, found, chosen)
        if best is None:
            return []
        chosen.append(best)
    return chosen


def _of_years(ground: Ground, query: Query, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """One level for each of several years named (`năm 2024 cao hơn năm 2023`)."""
    years = tuple(dict.fromkeys((*query.years, *query.question.versus_years)))
    if len(years) < 2:
        return []
    topic = tuple(term for term in query.terms if not set(term.parts) <= YEAR_WORDS)
    chosen: list[Candidate] = []
    for year in years[:2]:
        best = _best_level(ground, replace(query, years=(year,), terms=topic), report, found, chosen)
        if best is None:
            return []
        chosen.append(best)
    return chosen


def _best_level(ground: Ground, query: Query, report: Report, found: Sequence[Found], chosen: Sequence[Candidate]) -> Candidate | None:
    """The level that fits a query, of the dimension of those chosen before; None where none does surely."""
    taken = {one.figure.id for one in chosen}
    dimension = chosen[0].figure.quantity.canonical.dimension if chosen else ""
    ranked = [
        one
        for one in ground.rank(query, found)
        if one.candidate.figure.kind in LEVELS
        and one.candidate.figure.id not in taken
        and dimension in ("", one.candidate.figure.quantity.canonical.dimension)
    ]
    if not ranked:
        return None
    best = best_fitting(query, ranked)
    if mismatch(query, best, ranked, report) or ground.confidence(query, best, ranked, found) < ground.trees.threshold / 2:
        return None
    return best.candidate


def _of_parts(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """The best level for each part of the question (`A và B`), all of the dimension of the first; for `so với kế hoạch` the plan's level."""
    query = ground.query(question, None, report)
    unit = next((ask.unit for ask in question.asks if ask.unit.dimension != "none"), None)
    ranked = [
        one
        for one in ground.rank(query, found)
        if one.candidate.figure.kind in LEVELS and (unit is None or one.candidate.figure.quantity.canonical.dimension == unit.dimension)
    ]
    if not ranked:
        return []
    chosen: list[Scored] = []
    for part in _SPLIT.split(question.text):
        best = _best_for_part(ground, question, report, part, ranked, chosen)
        if best is not None:
            chosen.append(best)
    if len(chosen) == 1 and _PLANNED.search(question.text):
        chosen += _planned(ranked, chosen[0])
    if not chosen:
        return []
    dimension = chosen[0].candidate.figure.quantity.canonical.dimension
    return [one.candidate for one in chosen if one.candidate.figure.quantity.canonical.dimension == dimension][:MOST_OPERANDS]


def _best_for_part(
    ground: Ground, question: Question, report: Report, part: str, ranked: Sequence[Scored], chosen: Sequence[Scored]
) -> Scored | None:
    query = ground.query(question, None, report, text=part)
    names = [term for term in query.terms if query.weight(term) > 0.2 and not set(term.parts) <= YEAR_WORDS]
    if not names:
        return None
    total = sum(query.weight(term) for term in names)
    taken = {one.candidate.figure.id for one in chosen}
    sentences = {(one.candidate.figure.passage, one.candidate.figure.sentence) for one in chosen}
    best, best_gain = None, 0.0
    for one in ranked[:80]:
        figure = one.candidate.figure
        if figure.id in taken:
            continue
        near = sum(query.weight(t) * max(match(t, words) * value for value, words in one.candidate.tiers[:2]) for t in names) / total
        gain = near + 0.03 * one.score + 0.1 * ((figure.passage, figure.sentence) in sentences)
        if near >= LEAST_NEAR and gain > best_gain:
            best, best_gain = one, gain
    return best


def _planned(ranked: Sequence[Scored], level: Scored) -> list[Scored]:
    """The plan's level beside a result: the figure of its dimension in the same passage that stands after the word for a plan."""
    figure = level.candidate.figure
    for one in ranked:
        other = one.candidate.figure
        same = other.passage == figure.passage and other.quantity.canonical.dimension == figure.quantity.canonical.dimension
        if same and other.id != figure.id and _PLAN_WORD.search(f"{other.inherited} {other.own} {other.lead}"):
            return [one]
    return []


_PLAN_WORD = Pattern(r"\b(?:kế hoạch|dự toán|chỉ tiêu)\b")


def _draft(ground: Ground, form: str, operands: Sequence[Candidate]) -> Draft:
    figures = [operand.figure for operand in operands]
    unit = figures[0].quantity.canonical
    values = [f.quantity.value * f.quantity.canonical.scale / unit.scale for f in figures]
    if form == forms.SUM:
        return _computed(ground, operands, write_number(_plain(sum(values, Decimal(0)))), figures[0].unit, " + ".join(f.printed for f in figures))
    (small, part), (large, whole) = sorted(zip(values, figures, strict=True), key=lambda pair: pair[0])[:2]
    if form == forms.SHARE_OF:
        share = (small / large * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return _computed(ground, operands, write_number(share), "%", f"{part.printed} : {whole.printed}")
    unit_name = "điểm phần trăm" if unit.dimension == "percent" else figures[0].unit
    return _computed(ground, operands, write_number(_plain(large - small)), unit_name, f"{whole.printed} − {part.printed}")


def _computed(ground: Ground, operands: Sequence[Candidate], result: str, unit: str, formula: str) -> Draft:
    draft = draft_figures(operands, {c.passage.id: ground.mates(c) for c in operands})
    computed = AnswerFigure(result, unit, 1, COMPUTED, derived_from=tuple(one.figure.printed for one in operands))
    sentence = f"Tính từ số liệu của báo cáo: {formula} = {computed.printed}."
    return Draft((sentence, *draft.sentences), (computed,), draft.citations, draft.figures)


def _plain(value: Decimal) -> Decimal:
    text = f"{value.normalize():f}"
    return Decimal(re.sub(r"\.0+$", "", text))
