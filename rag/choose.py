"""Chooses the figures that answer a question, or decides that the report does not hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.figures import CHANGE, SHARE
from corpus.places import bare_name
from corpus.report import Report
from corpus.text import fold, search_words
from rag import refusal
from rag.features import Query, fits, names_all, same_unit
from rag.figure_answer import MAX_FIGURES, add_missing, same_cluster
from rag.ground import Found, Ground
from rag.question import FIGURE, Ask, Question
from rag.ranker import Scored

BESIDE = 1.5
"""What a figure in the passage, and again in the sentence, of the answer before gains in a follow-up."""
YEAR_WORDS = frozenset(search_words("kết quả thực hiện chỉ tiêu mục tiêu kế hoạch phấn đấu đến so sánh với đạt được cả năm và của là bao nhiêu đề ra đặt ra"))
"""Words that set years side by side and name no topic."""
FAR = 0.3
"""A figure that covers so much less of the question than the best one is on something else."""


@dataclass(frozen=True)
class Choice:
    """The figures chosen (none: refused), everything ranked, how sure, and what to say besides."""

    chosen: tuple[Scored, ...]
    ranked: tuple[Scored, ...]
    confidence: float
    refusal: str = ""
    correction: str = ""


def choose_figures(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Choice:
    """The figures for each thing asked, in the order asked."""
    before = _before(ground, question, report)
    same = _on_the_same(ground, question, report, found, before)
    if same is not None:
        return same
    asks: Sequence[Ask | None] = question.asks or (None,)
    chosen: list[Scored] = []
    first_ranked: tuple[Scored, ...] = ()
    sure = 1.0
    for ask in asks[:MAX_FIGURES]:
        query = ground.query(question, ask, report)
        if len(asks) > 1 and ask is not None:
            query = _local(query, question, asks, ask)
        ranked = _beside(_after(tuple(ground.rank(query, found)), before), chosen)
        first_ranked = first_ranked or ranked
        if not ranked:
            break
        if len(asks) == 1 and len(query.years) > 1:
            return _by_year(ground, query, found, report)
        if len(asks) == 1 and len(query.places) > 1 and question.form == FIGURE:
            return _by_place(ground, query, found, report)
        best = _in_cluster(query, ranked, chosen) or best_fitting(query, ranked)
        reason = mismatch(query, best, ranked, report)
        now = ground.confidence(query, best, ranked, found)
        if reason or now < ground.trees.threshold:
            if chosen:
                continue
            return Choice((), first_ranked, now, reason or refusal.NOTHING)
        sure = min(sure, now)
        further = [best]
        if len(asks) == 1 and question.form == FIGURE and question.context is None:
            further = add_missing(query, ranked, best)
        chosen += [one for one in further if one.candidate.figure.id not in {c.candidate.figure.id for c in chosen}]
    if not chosen:
        return Choice((), first_ranked, 0.0, refusal.NOTHING)
    return Choice(tuple(chosen), first_ranked, sure, "", _correction(question, chosen[0]))


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
    """`ranked` for a follow-up: what was just answered is not asked again, what stands beside it is likelier."""
    if not before:
        return ranked
    answered = {one.candidate.figure.id for one in before}
    passages = {one.candidate.figure.passage for one in before}
    sentences = {(one.candidate.figure.passage, one.candidate.figure.sentence) for one in before}

    def moved(one: Scored) -> Scored:
        figure = one.candidate.figure
        beside = BESIDE * ((figure.passage in passages) + ((figure.passage, figure.sentence) in sentences))
        return replace(one, score=one.score + beside)

    kept = [moved(one) for one in ranked if one.candidate.figure.id not in answered]
    return tuple(sorted(kept, key=lambda one: (-one.score, one.candidate.figure.id)))


def _local(query: Query, question: Question, asks: Sequence[Ask | None], ask: Ask) -> Query:
    """The query with the words around one `bao nhiêu` at full weight and the rest at half."""
    ends = [0] + [one.end for one in asks if one is not None and one.end < ask.end]
    from rag.terms import compound_terms

    here = {t.folded for t in compound_terms(question.text[max(ends) : ask.end + 30], query.rarity, question.ignored)}
    terms = tuple(t if t.folded in here else replace(t, weight=t.weight * 0.5) for t in query.terms)
    return replace(query, terms=terms)


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


def _by_year(ground: Ground, query: Query, found: Sequence[Found], report: Report) -> Choice:
    """One figure for each year asked for (`năm 2023 và mục tiêu năm 2024`)."""
    chosen: list[Scored] = []
    ranked: tuple[Scored, ...] = ()
    sure = 1.0
    topic = tuple(term for term in query.terms if not set(term.parts) <= YEAR_WORDS)
    for year in query.years[:MAX_FIGURES]:
        of_year = replace(query, years=(year,), terms=topic or query.terms)
        ranked = tuple(ground.rank(of_year, found))
        best = best_fitting(of_year, ranked)
        now = ground.confidence(of_year, best, ranked, found)
        if mismatch(of_year, best, ranked, report) or now < ground.trees.threshold:
            continue
        sure = min(sure, now)
        chosen.append(best)
    missing = [year for year in query.years if not any(one.candidate.figure.period.year == year for one in chosen)]
    if not chosen or missing:
        return Choice((), ranked, 0.0, refusal.OTHER_YEAR.format(year=missing[0] if missing else query.years[0]))
    return Choice(tuple(chosen), ranked, sure)


def _by_place(ground: Ground, query: Query, found: Sequence[Found], report: Report) -> Choice:
    """One figure for each place named (`đường của Cao Thắng và Lam Sơn`); refused where one of them has none."""
    chosen: list[Scored] = []
    ranked: tuple[Scored, ...] = ()
    sure = 1.0
    for place in sorted(query.places, key=lambda name: fold(query.question.text).find(fold(bare_name(name)))):
        others = {word for name in query.places - {place} for word in search_words(name)} - set(search_words(place))
        terms = tuple(term for term in query.terms if not set(term.parts) <= others)
        of_place = replace(query, places=frozenset([place]), terms=terms)
        ranked = _beside(tuple(ground.rank(of_place, found)), chosen)
        if not ranked:
            break
        best = best_fitting(of_place, ranked)
        now = ground.confidence(of_place, best, ranked, found)
        if mismatch(of_place, best, ranked, report) or now < ground.trees.threshold:
            return Choice((), ranked, now, refusal.OTHER_PLACE.format(place=place))
        sure = min(sure, now)
        chosen.append(best)
    return Choice(tuple(chosen), ranked, sure)


def _beside(ranked: tuple[Scored, ...], chosen: Sequence[Scored]) -> tuple[Scored, ...]:
    """`ranked` after a first figure was chosen: what stands beside it is likelier to be the next thing asked."""
    if not chosen:
        return ranked
    taken = {one.candidate.figure.id for one in chosen}
    sentences = {(one.candidate.figure.passage, one.candidate.figure.sentence) for one in chosen}

    def moved(one: Scored) -> Scored:
        figure = one.candidate.figure
        return replace(one, score=one.score + BESIDE * ((figure.passage, figure.sentence) in sentences))

    kept = [moved(one) for one in ranked if one.candidate.figure.id not in taken]
    return tuple(sorted(kept, key=lambda one: (-one.score, one.candidate.figure.id)))


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
