"""The figures that a sum, a difference or a share is computed of: one level for each thing that a question names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.figures import AMOUNT, RATIO, SHARE, Figure
from corpus.report import Report
from corpus.text import search_words
from corpus.units import NO_UNIT, Unit
from rag import forms
from rag.against import mismatch
from rag.asks import MEASURE_PAIRS
from rag.candidates import Candidate
from rag.features import TOTAL_WORDS, Query
from rag.figure_answer import same_cluster, same_sentence
from rag.fitting import beside, best_fitting, unlike
from rag.ground import Found, Ground
from rag.patterns import Pattern
from rag.question import Question
from rag.ranker import Scored
from rag.things import NAMED, Thing, by_names, by_places, by_years
from rag.units_alike import same_unit
from rag.years import choose_across_years

_COMPARED = Pattern(
    r"\s+(?:và|lẫn|với|hơn|kém|thua|so với|trừ(?: đi)?|"
    r"(?:(?:chiếm|bằng|là)\s+)?(?:bao nhiêu\s+)?(?:%|phần trăm|tỷ lệ|tỷ trọng|mấy phần)\s+(?:của|trong|so với)?|"
    r"trong tổng(?: số)?|của tổng)\s*"
)
"""What stands between the operands of a difference or a share."""
ADDED = Pattern(r"(?<!tổng)\s+(?:và|lẫn|với|cộng(?: với)?(?! lại)|cũng như)\s+|\s*[,;]\s*(?:và\s+)?")
"""What stands between the operands of a total."""
SAME_PEOPLE = 0.4
"""How alike two counted nouns are that may be taken from one another (`38 cán bộ`, `27 người`)."""
ALIKE = 0.7
"""How alike they are where one is the other, or is its beginning (`lượt người`, `lượt`)."""
MOST_OPERANDS = 4
SURE = 0.5
"""Share of the threshold that an operand must reach by itself."""
SAID_WHOLE, AMONG, SURE_BESIDE = 0.5, 60, 0.35
"""Share of a name that a figure must bear to be of it among its like; among so many figures; share of the threshold that one of these must reach."""
LIKELY = 6
"""Figures of the ranking that may be the level asked about."""
LEVELS = (AMOUNT, RATIO, SHARE)
_OVER, _UNDER = Pattern(r"\bvượt\b"), Pattern(r"\b(?:hụt|thiếu|chưa đạt|không đạt|còn cách|mới đủ|mới đạt|nữa)\b")
_PLAN_WORD = Pattern(r"\b(?:kế hoạch|dự toán|chỉ tiêu)\b")


def find_operands(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """The levels that the question names: of years, of names or places one by one, or of names told side by side; empty where not all are found."""
    for things in _splits(ground.query(question, None, report), question):
        operands = _of_years(ground, things, report, found) or operands_of(ground, things, question, report, found)
        if not operands and things[0].joined and len(things) <= MOST_OPERANDS:
            operands = _listed_together(ground, things, question, found)
        if operands:
            return operands
    return []


def _of_years(ground: Ground, things: Sequence[Thing], report: Report, found: Sequence[Found]) -> list[Candidate]:
    """The levels of one thing in the years asked of; empty where the things are no years or not all are found."""
    if any(len(thing.query.years) != 1 for thing in things):
        return []
    across = choose_across_years(ground, things, report, found)
    chosen = [one.candidate for one in across.chosen] if across is not None else []
    return chosen if all(one.figure.kind in LEVELS for one in chosen) else []


def _splits(query: Query, question: Question) -> list[list[Thing]]:
    """The ways in which the question may name its operands: by place, by year, by the words that join or compare them."""
    years = tuple(dict.fromkeys((*query.years, *question.versus_years)))
    if question.form == forms.DIFFERENCE and years == (query.report_year + 1,):
        years = (query.report_year, *years)  # how far it still is to the aim
    ways = []
    if len(query.places) > 1:
        ways.append(by_places(query))
    if len(years) == 2:
        ways.append(by_years(replace(query, years=years)))
    if not (question.last_year or question.versus_years):
        ways.append(by_names(query, ADDED if question.form == forms.SUM else _COMPARED))
    return [things for things in ways if len(things) > 1]


def operands_of(ground: Ground, things: Sequence[Thing], question: Question, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """One level for each thing; none where one of them has none, or where neither they nor their standing in one passage is sure."""
    unit = next((ask.unit for ask in question.asks if ask.unit.dimension not in ("none", "percent")), None)
    chosen: list[Scored] = []
    sure: list[bool] = []
    for thing in things[:MOST_OPERANDS]:
        ranked = tuple(ground.rank(thing.query, found))
        best = _best_level(thing, [other for other in things if other is not thing], report, ranked, chosen, unit)
        if best is None:
            return []
        chosen.append(best)
        sure.append(ground.confidence(thing.query, best, ranked, found) >= ground.trees.threshold * SURE)
    together = len({one.candidate.figure.passage for one in chosen}) == 1
    return [one.candidate for one in chosen] if all(sure) or (together and any(sure)) else []


def _listed_together(ground: Ground, things: Sequence[Thing], question: Question, found: Sequence[Found]) -> list[Candidate]:
    """One level for each of the names that a question joins, all alike and told side by side in one place of the report; empty where none is clearly meant."""
    unit = next((ask.unit for ask in question.asks if ask.unit.dimension not in ("none", "percent")), NO_UNIT)
    ranks = [tuple(ground.rank(thing.query, found)) for thing in things]
    by_place: dict[tuple[str, int | None, str], list[list[tuple[float, Scored]]]] = {}
    for n, (thing, ranked) in enumerate(zip(things, ranks, strict=True)):
        others = [other for other in things if other is not thing]
        for one in ranked[:AMONG]:
            figure = one.candidate.figure
            if figure.kind not in LEVELS or _is_other_unit(unit, figure.quantity.canonical) or TOTAL_WORDS & one.candidate.own.folded:
                continue
            named = thing.named(one.candidate)
            if named >= SAID_WHOLE and not any(other.named(one.candidate) >= NAMED for other in others):
                place = (figure.section, figure.footnote, _dimension(figure))
                by_place.setdefault(place, [[] for _ in things])[n].append((named, one))
    groups = [[max(of, key=lambda pair: (pair[0], pair[1].score))[1] for of in each] for each in by_place.values() if all(each)]
    best = max(groups, key=lambda group: sum(one.score for one in group), default=None)
    if best is None or len({one.candidate.figure.id for one in best}) < len(best):
        return []
    sure = max(ground.confidence(thing.query, one, ranked, found) for thing, one, ranked in zip(things, best, ranks, strict=True))
    return [one.candidate for one in best] if sure >= ground.trees.threshold * SURE_BESIDE else []


def _is_other_unit(asked: Unit, unit: Unit) -> bool:
    if asked.dimension == "none":
        return False
    return asked.dimension != unit.dimension or (asked.dimension == "count" and same_unit(asked, unit)[0] < SAME_PEOPLE)


def are_commensurate(operands: Sequence[Candidate]) -> bool:
    """Whether there are two figures or more, all of one dimension."""
    return len(operands) > 1 and len({_dimension(one.figure) for one in operands}) == 1


def _dimension(figure: Figure) -> str:
    return figure.quantity.canonical.dimension


def _best_level(
    thing: Thing, others: Sequence[Thing], report: Report, ranked: tuple[Scored, ...], chosen: Sequence[Scored], unit: Unit | None
) -> Scored | None:
    """The level of those ranked that fits a thing, of the dimension of those chosen before; None where none does."""
    dimension = _dimension(chosen[0].candidate.figure) if chosen else unit.dimension if unit else ""
    levels = [
        one
        for one in unlike(beside(ranked, chosen), others if thing.joined else ())
        if one.candidate.figure.kind in LEVELS
        and dimension in ("", _dimension(one.candidate.figure), "count" if _dimension(one.candidate.figure) == "none" else "")
        and (not thing.joined or thing.named(one.candidate) >= NAMED)
        and not any(same_cluster(one.candidate.figure, other.candidate.figure) for other in chosen)
        and not any(_measures_apart(thing.query, one.candidate, other.candidate) for other in chosen)
    ]
    if thing.joined and chosen:
        levels = [one for one in levels if thing.sets_apart(one.candidate, others, [other.candidate for other in chosen])]
    if not levels:
        return None
    exact = [one for one in levels if unit is not None and same_unit(unit, one.candidate.figure.quantity.canonical)[0] >= ALIKE]
    best = best_fitting(thing.query, exact or levels)
    return None if mismatch(thing.query, best, levels, report) else best


def _measures_apart(query: Query, one: Candidate, other: Candidate) -> bool:
    """Whether two figures are told to be of different measures (`dư nợ` and `huy động`) which the question does not both name itself."""
    a, b = _measures(one), _measures(other)
    words = search_words(query.question.text)
    named = set(zip(words, words[1:], strict=False))
    return bool(a and b) and not a & b and not (a & named and b & named)


def _measures(candidate: Candidate) -> frozenset[tuple[str, str]]:
    """The measures that a figure's own words name, else those that it inherits."""
    return next((found for _, words in candidate.tiers[:2] if (found := words.pairs & MEASURE_PAIRS)), frozenset())


def against_plan(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """The level asked about and that of its plan, which stand in one sentence or row; empty where none of the likeliest figures has the other beside it."""
    ask = replace(question.first_ask, kind=AMOUNT) if question.first_ask is not None else None
    query = ground.query(question, ask, report)
    ranked = tuple(ground.rank(query, found))
    unit = next((ask.unit for ask in question.asks if ask.unit.dimension != "none"), None)
    best = _best_level(Thing(query), [], report, ranked, [], unit)
    if best is None or ground.confidence(query, best, ranked, found) < ground.trees.threshold * SURE:
        return []
    likely = [one for one in ranked[:LIKELY] if one.score >= best.score and _is_level_like(one.candidate.figure, best.candidate.figure)]
    for one in (*likely, best):
        planned = _is_planned(one.candidate.figure)
        counterpart = [other.candidate for other in ranked if _is_counterpart(other.candidate.figure, one.candidate.figure)][:1]
        if planned or counterpart:
            pair = [*counterpart, one.candidate] if planned else [one.candidate, *counterpart]
            return [] if len(pair) == 2 and _presumes_otherwise(question, pair[0].figure, pair[1].figure) else pair
    return []


def _presumes_otherwise(question: Question, level: Figure, plan: Figure) -> bool:
    """Whether the question takes for granted that a plan was surpassed (or missed), and it was not."""
    over, under = bool(_OVER.search(question.text)), bool(_UNDER.search(question.text))
    return over is not under and over is not (level.quantity.base_value > plan.quantity.base_value)


def _is_counterpart(other: Figure, figure: Figure) -> bool:
    """Whether a figure of the same sentence or row is the plan of a level, or the level of a plan."""
    return same_sentence(other, figure) and _is_level_like(other, figure) and _is_planned(other) is not _is_planned(figure)


def _is_level_like(other: Figure, figure: Figure) -> bool:
    return other.id != figure.id and other.kind in LEVELS and other.quantity.canonical.dimension == figure.quantity.canonical.dimension


def _is_planned(figure: Figure) -> bool:
    """Whether a figure's own words call it a plan's."""
    return bool(_PLAN_WORD.search(figure.own))
