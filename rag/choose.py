"""Chooses the figures that answer a question, or decides that the report does not hold them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.figures import CHANGE, SHARE
from corpus.report import Report
from rag import refusal
from rag.candidates import Candidate
from rag.compare import compare_quantities
from rag.features import Query, fits, is_opposite, names_all, same_unit
from rag.figure_answer import MAX_FIGURES, same_cluster
from rag.forms import FIGURE, YES_NO
from rag.ground import Found, Ground
from rag.question import Question
from rag.ranker import Scored
from rag.terms import is_stopword
from rag.things import NAMED, Thing, bears_joined, split_things

BESIDE = 1.5
"""What a figure in the passage, and again in the sentence, of the answer before gains in a follow-up."""
WHOLE = 0.75
"""Share of the words of a name that a figure must bear to need no other sign that it is of that name."""
FURTHER, NAMED_APART = 0.5, 0.75
"""Shares of the threshold asked of a further thing in the passage of the one before, and of one told apart by its year or place."""
NEAR_TOP = 2.5
"""A figure of so much less score may still be the one that bears all the names of a question."""
CLASH = 4.0
"""What a figure loses for one thing asked by bearing the name of another."""
IN_FOCUS, ANY_FOCUS, NEAR_BY = 0.5, 0.15, 0.7
"""Shares of a follow-up's own words that a figure must bear, and that some figure must, in tiers (see `rag.candidates`) worth so much."""
ALIKE, ALIKE_AMONG = 0.75, 15
"""Share of the words of the shorter subject that two figures must share to be of one thing in two years; among so many of the first."""
FAR = 0.3
"""A figure that covers so much less of the question than the best one is on something else."""


@dataclass(frozen=True)
class Choice:
    """The figures chosen (none: refused), everything ranked, how sure, and what to say besides.

    `joined` is the number of names that the question joins with one `bao nhiêu` (0: none).
    """

    chosen: tuple[Scored, ...]
    ranked: tuple[Scored, ...]
    confidence: float
    refusal: str = ""
    correction: str = ""
    joined: int = 0


def choose_figures(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Choice:
    """The figures for each thing asked, in the order asked."""
    before = _before(ground, question, report)
    same = _on_the_same(ground, question, report, found, before)
    if same is not None:
        return same
    things = _apart(ground, question, report, found, split_things(ground, question, report))
    across = choose_across_years(ground, things[:MAX_FIGURES], report, found)
    if across is not None:
        return across
    choice = _choose_all(ground, question, report, found, things[:MAX_FIGURES], before)
    if things[0].joined and len(choice.chosen) < 2:
        return _choose_all(ground, question, report, found, [Thing(ground.query(question, question.first_ask, report))], before)
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
    for n in _surest_first(ground, things, ranks, found):
        ranked = beside(ranks[n], list(chosen.values()))
        others = [other for other in things if other is not things[n]]
        best, doubt, now = _choose_one(ground, things[n], others, ranked, list(chosen.values()), report, found) if ranked else (None, "", 0.0)
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
    return Choice(tuple(in_order), ranks[0], sure, "", _correction(question, in_order[0]))


def _surest_first(ground: Ground, things: Sequence[Thing], ranks: Sequence[Sequence[Scored]], found: Sequence[Found]) -> list[int]:
    """The numbers of the things, the one with the surest first figure first."""
    if len(things) < 2:
        return list(range(len(things)))
    sure = [ground.confidence(thing.query, best_fitting(thing.query, ranked), ranked, found) for thing, ranked in zip(things, ranks, strict=True)]
    return sorted(range(len(things)), key=lambda n: -sure[n])


def choose_across_years(ground: Ground, things: Sequence[Thing], report: Report, found: Sequence[Found]) -> Choice | None:
    """One figure for each year asked of one thing: the sure ones, and for the other years those of the same subject; None where not all are found."""
    years = [thing.query.years for thing in things]
    if len(things) < 2 or len(set(years)) < len(things) or any(len(of) != 1 for of in years):
        return None
    ranked = [tuple(ground.rank(thing.query, found)) for thing in things]
    if not all(ranked):
        return None
    best = [best_fitting(thing.query, of) for thing, of in zip(things, ranked, strict=True)]
    sure = [ground.confidence(thing.query, one, of, found) for thing, one, of in zip(things, best, ranked, strict=True)]
    stands = [
        now >= ground.trees.threshold and not mismatch(thing.query, one, of, report)
        for thing, one, of, now in zip(things, best, ranked, sure, strict=True)
    ]
    anchors = [one for one, firm in zip(best, stands, strict=True) if firm]
    chosen = []
    for thing, of, one, firm in zip(things, ranked, best, stands, strict=True):
        alike = (other for other in of[:ALIKE_AMONG] if fits(thing.query, other) and any(_same_subject(other, anchor) for anchor in anchors))
        chosen.append(one if firm else next(alike, None))
    if any(one is None for one in chosen) or len({one.candidate.figure.id for one in chosen if one}) < len(things):
        return None
    return Choice(tuple(one for one in chosen if one), ranked[0], max(sure))


def _same_subject(one: Scored, other: Scored) -> bool:
    """Whether two figures measure the same in the same kind of unit, by the words of their subjects."""
    a, b = one.candidate.figure, other.candidate.figure
    if a.kind != b.kind or a.quantity.canonical.dimension != b.quantity.canonical.dimension:
        return False
    words = [{word for word in c.subject.folded if not is_stopword(word) and not word[:1].isdigit()} for c in (one.candidate, other.candidate)]
    shorter = min(len(of) for of in words)
    return shorter > 1 and len(words[0] & words[1]) >= ALIKE * shorter


def _apart(ground: Ground, question: Question, report: Report, found: Sequence[Found], things: Sequence[Thing]) -> list[Thing]:
    """The things asked, as one where the best figure bears all their names (`đường thôn, xóm`)."""
    if len(things) < 2 or len(question.asks) > 1 or things[0].refusal:
        return list(things)
    query = ground.query(question, question.first_ask, report)
    ranked = ground.rank(query, found)
    near = [one.candidate for one in ranked[:10] if one.score > ranked[0].score - NEAR_TOP and fits(query, one)]
    one_name = any(_bears_all(things, one) or bears_joined(things, one) for one in near)
    if question.form != FIGURE or one_name:
        return [Thing(query)]
    return list(things)


def _bears_all(things: Sequence[Thing], one: Candidate) -> bool:
    """Whether a figure's own words bear the names of all things, and are the other side of none (`hộ cận nghèo` is no `hộ nghèo`)."""
    words = f"{one.figure.inherited} {one.figure.own}"
    return all(thing.named(one, tiers=1) >= WHOLE and not is_opposite(thing.query.part, words) for thing in things)


def _choose_one(
    ground: Ground,
    thing: Thing,
    others: Sequence[Thing],
    ranked: Sequence[Scored],
    chosen: Sequence[Scored],
    report: Report,
    found: Sequence[Found],
) -> tuple[Scored | None, str, float]:
    """The figure for one thing, or None with the reason; and how sure."""
    query = thing.query
    ranked = _in_focus(query, ranked)
    if not ranked:
        return None, thing.refusal or refusal.NOTHING, 0.0
    if thing.joined and chosen:
        return _choose_named(ground, thing, others, ranked, chosen, found)
    named = [one for one in unlike(ranked[:40], others) if thing.named(one.candidate) >= NAMED] if thing.joined else []
    best = _in_cluster(query, ranked, chosen) or best_fitting(query, named or ranked)
    now = ground.confidence(query, best, ranked, found)
    reason = mismatch(query, best, ranked, report)
    if reason or now < ground.trees.threshold * _ease(thing, best, chosen):
        return None, thing.refusal or reason or refusal.NOTHING, now
    return best, "", now


def _in_focus(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The figures that bear what a follow-up itself says (`thế khách nước ngoài?`); all where some bear a little of it, none where none bears any."""
    focus = [term for term in query.terms if query.question.focus & set(term.parts)]
    total = sum(term.weight for term in focus)
    if not total:
        return ranked

    def share(one: Scored) -> float:
        near = [words for value, words in one.candidate.tiers if value >= NEAR_BY]
        return sum(term.weight * max(query.held(term, words) for words in near) for term in focus) / total

    shares = [(share(one), one) for one in ranked[:40]]
    bearing = [one for held, one in shares if held >= IN_FOCUS]
    return bearing or (ranked if max(held for held, _ in shares) >= ANY_FOCUS else [])


def _ease(thing: Thing, best: Scored, chosen: Sequence[Scored]) -> float:
    """What the threshold shrinks to where the question says the figure itself, and for one of several things: its year, place or neighbour speaks for it."""
    if thing.query.question.form == YES_NO and any(compare_quantities(said, best.candidate.figure.quantity).equal for said in thing.query.question.numbers):
        return FURTHER
    beside_chosen = any(one.candidate.figure.passage == best.candidate.figure.passage for one in chosen)
    return FURTHER if beside_chosen else NAMED_APART if thing.refusal else 1.0


def _choose_named(
    ground: Ground, thing: Thing, others: Sequence[Thing], ranked: Sequence[Scored], chosen: Sequence[Scored], found: Sequence[Found]
) -> tuple[Scored | None, str, float]:
    """A further name of the question: a figure like the first one that bears it, in the same passage or surely so."""
    first = chosen[0].candidate.figure
    for one in ranked[:60]:
        figure = one.candidate.figure
        alike = figure.kind == first.kind and figure.quantity.canonical.dimension == first.quantity.canonical.dimension
        if not alike or any(same_cluster(figure, other.candidate.figure) for other in chosen) or not fits(thing.query, one):
            continue
        if not thing.sets_apart(one.candidate, others, [other.candidate for other in chosen]):
            continue
        now = ground.confidence(thing.query, one, ranked, found)
        if thing.named(one.candidate) >= WHOLE and figure.passage == first.passage or now >= ground.trees.threshold:
            return one, "", now
    return None, refusal.NOTHING, 0.0


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
    return Choice((fitting[0],), tuple(mates), 0.9)


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


def unlike(ranked: Sequence[Scored], others: Sequence[Thing]) -> tuple[Scored, ...]:
    """`ranked` with the figures that bear the names of other things put back."""
    return _moved(ranked, lambda one: -CLASH * max((other.named(one.candidate, tiers=1) for other in others), default=0.0))


def _moved(ranked: Sequence[Scored], by: Callable[[Scored], float]) -> tuple[Scored, ...]:
    """`ranked` anew, each score moved by what `by` says."""
    moved = (replace(one, score=one.score + by(one)) for one in ranked)
    return tuple(sorted(moved, key=lambda one: (-one.score, one.candidate.figure.id)))


def best_fitting(query: Query, ranked: Sequence[Scored]) -> Scored:
    """The best figure of the kind, unit, place and year asked for, unless another covers the question far better."""
    fitting = [one for one in ranked[:40] if fits(query, one)]
    counted = query.ask is not None and query.ask.unit.dimension == "count"
    if counted:
        fitting = sorted(fitting, key=lambda one: one.value("unit_equal") < 0.6)
    for one in fitting:
        if one.value("coverage") >= ranked[0].value("coverage") - FAR:
            return one
    return ranked[0]


def beside(ranked: tuple[Scored, ...], chosen: Sequence[Scored], in_passage: float = 0.0) -> tuple[Scored, ...]:
    """`ranked` without the figures chosen before: what stands in their sentences (and, by `in_passage`, in their passages) is likelier asked next."""
    if not chosen:
        return ranked
    taken = {one.candidate.figure.id for one in chosen}
    passages = {one.candidate.figure.passage for one in chosen}
    sentences = {(one.candidate.figure.passage, one.candidate.figure.sentence) for one in chosen}

    def nearness(one: Scored) -> float:
        figure = one.candidate.figure
        return BESIDE * ((figure.passage, figure.sentence) in sentences) + in_passage * (figure.passage in passages)

    return _moved([one for one in ranked if one.candidate.figure.id not in taken], nearness)


def mismatch(query: Query, best: Scored, ranked: Sequence[Scored], report: Report) -> str:
    """Why the best figure is not what was asked (another place, year, unit or kind); empty where nothing speaks against it."""
    figure = best.candidate.figure
    if query.places and figure.place not in query.places and not names_all(query, best):
        return refusal.OTHER_PLACE.format(place=", ".join(sorted(query.places)))
    if query.years and best.value("year_differs"):
        wanted = next((y for y in query.years if y != figure.period.year), query.years[0])
        return refusal.OTHER_YEAR.format(year=wanted)
    if best.value("versus_differs") and query.question.versus_years:
        return refusal.OTHER_YEAR.format(year=query.question.versus_years[0])
    ask = query.ask
    if ask is None:
        return ""
    if same_unit(ask.unit, figure.quantity.canonical)[1] >= 0.9:
        return refusal.OTHER_KIND.format(what=refusal.MEASURE_NAMES.get(ask.unit.dimension, f"số {ask.unit.name}"))
    if best.value("kind_differs") >= 0.9 and not (ask.kind == SHARE and figure.kind == CHANGE and figure.quantity.is_percent):
        return refusal.OTHER_KIND.format(what=refusal.KIND_NAMES.get(ask.kind, "số liệu"))
    return ""


def _correction(question: Question, best: Scored) -> str:
    """A sentence that sets right a direction that the question presupposes."""
    figure = best.candidate.figure
    if not question.direction or figure.kind != CHANGE or not figure.direction:
        return ""
    if figure.direction == question.direction:
        return ""
    return f"Báo cáo nêu ngược lại: không phải {question.direction} mà là {figure.direction}."
