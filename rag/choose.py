"""Chooses the figures that answer a question, or decides that the report does not hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.figures import CHANGE
from corpus.report import Report
from corpus.text import search_words
from rag import refusal
from rag.against import mismatch
from rag.choice import Choice
from rag.compare import compare_quantities
from rag.features import Query, fits
from rag.figure_answer import MAX_FIGURES, same_cluster, same_sentence
from rag.fitting import BESIDE, beside, best_fitting, in_order, in_turn, tells_all, tells_some, unlike
from rag.forms import YES_NO
from rag.ground import Found, Ground
from rag.joining import WHOLE, asks_each, is_of_one, told_apart
from rag.question import Question
from rag.ranker import Scored, rank
from rag.siblings import sibling_named
from rag.subjects import same_subject
from rag.things import NAMED, YEAR_WORDS, Thing, split_things
from rag.units_alike import SAME_UNIT
from rag.years import ALIKE_AMONG, choose_across_years

FURTHER, SAID_BESIDE, NAMED_APART, SIDE_BY_SIDE = 0.5, 0.35, 0.75, 0.7
"""Shares of the threshold asked of a further thing in the passage of the one before, of one there that says its name, of one told apart by year or place,
and of one whose sentence has the figure of another thing too, each in the unit asked for."""
PARTIAL = 1.25
"""Share of the threshold asked of what is found where another thing asked is not: it may be of that thing (`số vụ tai nạn, chết mấy người`)."""
RIVAL = 1.5
"""A figure of the place asked for of so much less score in another passage may be meant as well."""
OF_THE_ANSWER = 0.9
"""The confidence said of a figure on the quantity just answered, or named beside it."""


def choose_figures(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Choice:
    """The figures for each thing asked, in the order asked."""
    before = _before(ground, question, report)
    same = (
        _on_the_same(ground, question, report, found, before)
        or _of_other_year(ground, question, report, found, before)
        or _of_sibling(ground, question, report, before)
    )
    if same is not None:
        return same
    things = told_apart(ground, question, report, found, split_things(ground, question, report))
    across = choose_across_years(ground, things[:MAX_FIGURES], report, found)
    if across is not None:
        return across
    choice = _choose_all(ground, question, report, found, things[:MAX_FIGURES], before)
    if things[0].joined and len(choice.chosen) < 2:
        alone = _choose_all(ground, question, report, found, [Thing(ground.query(question, question.first_ask, report))], before)
        return replace(alone, partial=bool(alone.chosen) and asks_each(question, things) and is_of_one(things, alone.chosen[0].candidate))
    return replace(choice, joined=len(things) if things[0].joined else 0)


def _choose_all(
    ground: Ground, question: Question, report: Report, found: Sequence[Found], things: Sequence[Thing], before: Sequence[Scored]
) -> Choice:
    """The figure of each thing: the surest thing first, since what stands beside it is likelier, and all in the order asked."""
    ranks = [_after(tuple(ground.rank(thing.query, found)), before) for thing in things]
    if not all(ranks):
        return Choice((), ranks[0], 0.0, refusal.NOTHING)
    chosen: dict[int, Scored] = {}
    sure, reasons = 1.0, {}
    firsts = [best_fitting(thing.query, ranked) for thing, ranked in zip(things, ranks, strict=True)] if len(things) > 1 else []
    for n in _surest_first(ground, things, firsts, ranks, found):
        ranked = in_turn(things, n, beside(ranks[n], list(chosen.values())), chosen)
        others = [other for other in things if other is not things[n]]
        told = len(things) > 1 and _told_together(n, firsts)
        best, doubt, now = _choose_one(ground, things[n], others, ranked, list(chosen.values()), before, report, found, told) if ranked else (None, "", 0.0)
        if best is None:
            reasons[n] = (doubt or refusal.NOTHING, now)
            if things[n].refusal:
                break
            continue
        sure = min(sure, now)
        chosen[n] = best
    if not chosen or any(things[n].refusal for n in reasons):
        reason, now = reasons[min(reasons)]
        return Choice((), ranks[0], now, reason)
    in_order = [chosen[n] for n in sorted(chosen)]
    partial = bool(reasons) and not things[0].joined
    if partial and sure < ground.trees.threshold * PARTIAL:
        return Choice((), ranks[0], sure, reasons[min(reasons)][0])
    return Choice(tuple(in_order), ranks[0], sure, "", _correction(question, in_order[0]), partial=partial)


def _surest_first(
    ground: Ground, things: Sequence[Thing], firsts: Sequence[Scored], ranks: Sequence[Sequence[Scored]], found: Sequence[Found]
) -> list[int]:
    """The numbers of the things, the one with the surest first figure first."""
    if len(things) < 2:
        return list(range(len(things)))
    sure = [ground.confidence(thing.query, first, ranked, found) for thing, first, ranked in zip(things, firsts, ranks, strict=True)]
    return sorted(range(len(things)), key=lambda n: -sure[n])


def _told_together(n: int, firsts: Sequence[Scored]) -> bool:
    """Whether the first figure of the nth thing stands in one sentence with that of another thing, each in the unit asked for."""
    of_unit = [one.value("unit_equal") >= SAME_UNIT for one in firsts]
    figures = [one.candidate.figure for one in firsts]
    others = (other for at, other in enumerate(figures) if at != n and of_unit[at] and other.id != figures[n].id)
    return of_unit[n] and any(same_sentence(other, figures[n]) for other in others)


def _choose_one(
    ground: Ground,
    thing: Thing,
    others: Sequence[Thing],
    ranked: Sequence[Scored],
    chosen: Sequence[Scored],
    before: Sequence[Scored],
    report: Report,
    found: Sequence[Found],
    told_together: bool,
) -> tuple[Scored | None, str, float]:
    """The figure for one thing, or None with the reason; and how sure."""
    query = thing.query
    ranked = in_order(query, ranked)
    if not ranked:
        return None, thing.refusal or refusal.NOTHING, 0.0
    if thing.joined and chosen:
        return _choose_named(ground, thing, others, ranked, chosen, found)
    named = [one for one in unlike(ranked[:40], others) if thing.named(one.candidate) >= NAMED] if thing.joined else []
    best = _in_cluster(query, ranked, chosen) or best_fitting(query, named or ranked)
    now = ground.confidence(query, best, ranked, found)
    reason = mismatch(query, best, ranked, report)
    ease = min(_ease(thing, others, best, ranked, chosen, before), SIDE_BY_SIDE if told_together else 1.0)
    if reason or now < ground.trees.threshold * ease:
        return None, thing.refusal or reason or refusal.NOTHING, now
    return best, "", now


def _ease(
    thing: Thing, others: Sequence[Thing], best: Scored, ranked: Sequence[Scored], chosen: Sequence[Scored], before: Sequence[Scored]
) -> float:
    """What the threshold shrinks to where the question says the figure itself, and for one of several things: its year, place or neighbour speaks for it."""
    if thing.query.question.form == YES_NO and any(compare_quantities(said, best.candidate.figure.quantity).equal for said in thing.query.question.numbers):
        return FURTHER
    beside_chosen = any(one.candidate.figure.passage == best.candidate.figure.passage for one in chosen)
    figure = best.candidate.figure
    if beside_chosen:
        return SAID_BESIDE if thing.says_apart(best.candidate, others) else FURTHER
    said_before = any(same_sentence(one.candidate.figure, figure) for one in before)
    return NAMED_APART if thing.refusal or said_before or _named_here(thing.query, best, ranked) else 1.0


def _named_here(query: Query, best: Scored, ranked: Sequence[Scored]) -> bool:
    """Whether a figure is of the place asked for and of what is asked there: a measure in the unit asked for, or told by the question's words."""
    if not query.places or not best.value("place_equal") or best.value("unit_equal") < SAME_UNIT or _has_rival(query, best, ranked):
        return False
    measured = query.ask is not None and query.ask.unit.dimension not in ("none", "count") and query.ask.unit == best.candidate.figure.quantity.canonical
    return (measured and tells_some(query, best)) or tells_all(query, best)


def _has_rival(query: Query, best: Scored, ranked: Sequence[Scored]) -> bool:
    """Whether another passage has a figure of the same place that fits about as well."""
    near = (one for one in ranked[:20] if one.score > best.score - RIVAL and one.candidate.figure.passage != best.candidate.figure.passage)
    return any(one.value("place_equal") and fits(query, one) for one in near)


def _choose_named(
    ground: Ground, thing: Thing, others: Sequence[Thing], ranked: Sequence[Scored], chosen: Sequence[Scored], found: Sequence[Found]
) -> tuple[Scored | None, str, float]:
    """A further name of the question: a figure like the first one that bears it, in the same passage or surely so."""
    first = chosen[0].candidate.figure
    ranked = unlike(ranked[:60], others)
    for one in ranked:
        figure = one.candidate.figure
        alike = figure.kind == first.kind and figure.quantity.canonical.dimension == first.quantity.canonical.dimension
        beside_first = same_sentence(figure, first) and figure.base is None is first.base
        of_it = alike or (beside_first and thing.named(one.candidate) >= NAMED and not _is_other_measure(thing.query, one))
        if not of_it or any(same_cluster(figure, other.candidate.figure) for other in chosen) or not fits(thing.query, one):
            continue
        said = beside_first and alike and thing.says_apart(one.candidate, others)
        if not said and not thing.sets_apart(one.candidate, others, [other.candidate for other in chosen]):
            continue
        now = ground.confidence(thing.query, one, ranked, found)
        whole, near = thing.named(one.candidate) >= WHOLE, figure.passage == first.passage
        if said or (near and (whole or now >= ground.trees.threshold)) or (whole and now >= ground.trees.threshold * PARTIAL):
            return one, "", now
    return None, refusal.NOTHING, 0.0


def _is_other_measure(query: Query, one: Scored) -> bool:
    """Whether a unit is asked for, and a figure is of another dimension (`bao nhiêu MW` and `05 nhà máy`)."""
    asked = query.ask.unit.dimension if query.ask is not None else "none"
    return asked not in ("none", one.candidate.figure.quantity.canonical.dimension)


def _before(ground: Ground, question: Question, report: Report) -> tuple[Scored, ...]:
    """The figures that answered the question a follow-up leans on."""
    if question.context is None:
        return ()
    return choose_figures(ground, question.context, report, ground.find(question.context, report)).chosen


def _on_the_same(
    ground: Ground, question: Question, report: Report, found: Sequence[Found], before: Sequence[Scored]
) -> Choice | None:
    """A follow-up that brings no topic, place or year of its own (`giảm bao nhiêu?`) asks more of the same quantity."""
    context = question.context
    if not before or context is None or question.focus or not question.asks or question.years != context.years:
        return None
    ask = question.asks[0]
    query = ground.query(question, ask, report)
    if query.places != ground.query(context, None, report).places:
        return None
    mates = [one for one in ground.rank(query, found) if any(same_cluster(one.candidate.figure, b.candidate.figure) for b in before[:1])]
    fitting = [one for one in mates if one.value("kind_equal") >= 0.8 and one.value("unit_differs") < 0.9]
    if not fitting:
        return None
    return Choice((fitting[0],), tuple(mates), OF_THE_ANSWER)


def _of_sibling(ground: Ground, question: Question, report: Report, before: Sequence[Scored]) -> Choice | None:
    """A follow-up that names another figure of the sentence, row or list of the answer before."""
    named = sibling_named(question, before[0].candidate, ground.mates(before[0].candidate)) if len(before) == 1 else None
    if named is None:
        return None
    query = ground.query(question, question.first_ask, report)
    one = rank(query, [(named, before[0].dense, before[0].value("fused"))], ground.weights)[0]
    return Choice((one,), (one,), OF_THE_ANSWER)


def _of_other_year(
    ground: Ground, question: Question, report: Report, found: Sequence[Found], before: Sequence[Scored]
) -> Choice | None:
    """A follow-up that brings nothing but another year (`kế hoạch năm sau bao nhiêu?`) asks for the figure of that year on the same subject."""
    if len(before) != 1 or question.context is None or len(question.years) != 1 or len(question.asks) > 1:
        return None
    if set(question.focus) - YEAR_WORDS - set(search_words(question.context.text)):
        return None
    query = ground.query(question, question.first_ask, report)
    if query.years == ground.query(question.context, None, report).years or query.places != ground.query(question.context, None, report).places:
        return None
    ranked = tuple(ground.rank(query, found))
    for one in ranked[:ALIKE_AMONG]:
        of_year = one.candidate.figure.period.year == query.years[0] and fits(query, one)
        if of_year and same_subject(one, before[0]) and not mismatch(query, one, ranked, report):
            return Choice((one,), ranked, max(ground.confidence(query, one, ranked, found), ground.trees.threshold))
    return None


def _after(ranked: tuple[Scored, ...], before: Sequence[Scored]) -> tuple[Scored, ...]:
    """`ranked` for a follow-up: what was just answered is not asked again, what stands in its passage is likelier."""
    return beside(ranked, before, in_passage=BESIDE)


def _in_cluster(query: Query, ranked: Sequence[Scored], chosen: Sequence[Scored]) -> Scored | None:
    """For a further thing asked: the figure of the wanted kind on the quantity already chosen, unless another fits clearly better."""
    if not chosen or query.ask is None or not query.ask.kind:
        return None
    mine = [
        one
        for one in ranked
        if any(same_cluster(one.candidate.figure, other.candidate.figure) for other in chosen)
        and one.candidate.figure.kind == query.ask.kind
        and one.candidate.figure.id not in {other.candidate.figure.id for other in chosen}
    ]
    if not mine:
        return None
    return mine[0] if mine[0].score > ranked[0].score - 3.0 else None


def _correction(question: Question, best: Scored) -> str:
    """A sentence that sets right a direction that the question presupposes."""
    figure = best.candidate.figure
    if not question.direction or figure.kind != CHANGE or not figure.direction:
        return ""
    if figure.direction == question.direction:
        return ""
    return f"Báo cáo nêu ngược lại: không phải {question.direction} mà là {figure.direction}."
