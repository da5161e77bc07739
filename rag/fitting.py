"""Figures ranked for one thing asked, put in the order of what fits it: kind, unit, place, year, what was just chosen, what was just said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.figures import CHANGE, PLAN, Figure
from corpus.periods import RESULT
from corpus.text import WORD
from rag.against import GRADE, IN_SENTENCE, NAMING, PLAN_SAID, but_places, is_no_mean, names_of
from rag.features import Query, fits
from rag.figure_answer import same_sentence
from rag.forms import DIFFERENCE
from rag.patterns import Pattern
from rag.question import only_asks
from rag.ranker import Scored
from rag.roads import roads_in
from rag.subjects import of_other_time
from rag.terms import SEEN, Term
from rag.things import Thing
from rag.units_alike import is_any_thing, same_unit

NEXT = 1.2
"""What the figure next in the sentence gains for the next thing asked."""
BESIDE = 1.5
"""What a figure in the passage, and again in the sentence, of the answer before gains in a follow-up."""
CLASH = 4.0
"""What a figure loses for one thing asked by bearing the name of another."""
IN_FOCUS, ANY_FOCUS, NEAR_BY = 0.5, 0.15, 0.7
"""Shares of a follow-up's own words that a figure must bear, and that some figure must, in tiers (see `rag.candidates`) worth so much."""
LEAST_FOCUS = 0.1
"""A follow-up whose own words weigh less brings no topic."""
FAR = 0.3
"""A figure that covers so much less of the question than the best one is on something else."""
CLOSE = 2.5
"""A figure of so much less score is still about as good."""
WHOLE_NAME = 0.8
"""How well a word must be held that bears a name."""
LESS = 0.05
"""What a whole may hold less of the question than its part."""
UNNAMED, HALF_UNNAMED, NEARLY = 0.75, 0.5, 1.0
"""Share of a part's own words that the question leaves out where it asks for the whole, and may where that covers as much; what it may score less."""
TOPICAL, TOLD, HALF_TOLD = 0.6, 0.5, 0.5
"""What a word weighs that tells what is asked, how well it must be held to be told, and the share of all words that is half of them."""
TELLS = 0.3
"""What a word weighs at least that one of two like figures may say and the other not."""
RARE, TELLING = 0.8, 1.5
"""What a word weighs that may tell one figure of a sentence from the others; what the one that bears it may score less."""
NAMED_PART = 0.9
"""What the words of a part's name that its whole does not bear must weigh together."""
_PLAN_FIRST = Pattern(r"^(?:chỉ tiêu|kế hoạch|dự toán)\b(?! [^?]{0,40}\b(?:đạt|vượt|hoàn thành)\b)")
"""A question for the level of a plan itself."""


def in_order(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """`ranked` by all that speaks for one figure before another, whatever their scores; empty where none bears what a follow-up itself says."""
    return fuller_first(query, predicate_first(query, told_first(query, names_first(query, wholes_first(query, in_focus(query, ranked))))))


def in_focus(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The figures that bear what a follow-up itself says (`thế khách nước ngoài?`); all where some bear a little of it, none where none bears any."""
    focus = [term for term in query.terms if query.question.focus & set(term.parts)]
    total = sum(term.weight for term in focus)
    if total < LEAST_FOCUS:
        return ranked

    def share(one: Scored) -> float:
        return sum(term.weight * query.held_in(term, one.candidate, NEAR_BY) for term in focus) / total

    shares = [(share(one), one) for one in ranked[:40]]
    bearing = [one for held, one in shares if held >= IN_FOCUS]
    return bearing or (ranked if max(held for held, _ in shares) >= ANY_FOCUS else [])


def unlike(ranked: Sequence[Scored], others: Sequence[Thing]) -> tuple[Scored, ...]:
    """`ranked` with the figures that bear the names of other things put back."""
    return _moved(ranked, lambda one: -CLASH * max((other.named(one.candidate, tiers=1) for other in others), default=0.0))


def _moved(ranked: Sequence[Scored], by: Callable[[Scored], float]) -> tuple[Scored, ...]:
    """`ranked` anew, each score moved by what `by` says."""
    moved = (replace(one, score=one.score + by(one)) for one in ranked)
    return tuple(sorted(moved, key=lambda one: (-one.score, one.candidate.figure.id)))


def wholes_first(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """`ranked` with the figures put back that are of one of a sort (a season, a level) of which the question names none, where one about as good is of all."""
    if query.part:
        return ranked
    asked = {sort for name in query.named for sort, _ in name}
    sorts = {one.candidate.figure.id: {sort for sort, _ in one.candidate.near_members} - asked for one in ranked[:40]}
    likely = [one for one in ranked[:40] if fits(query, one)]

    def has_whole(part: Scored) -> bool:
        of = sorts[part.candidate.figure.id]
        return bool(of) and any(_is_whole(one, part) and not of & sorts[one.candidate.figure.id] for one in likely)

    parts = {one.candidate.figure.id for one in ranked[:40] if has_whole(one)}
    return _moved(ranked, lambda one: -CLASH if one.candidate.figure.id in parts else 0.0) if parts else ranked


def names_first(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """`ranked` with the figures put back that bear none of the names in the question (`đường Bà Triệu`, `ĐH.92`), where some that fits bears them all."""
    names = names_of(query)
    roads = roads_in(query.asked)

    def bears(one: Scored) -> bool:
        return all(query.held_in(term, one.candidate, NEAR_BY) >= WHOLE_NAME for term in names) and roads <= one.candidate.roads

    bearing = {one.candidate.figure.id for one in ranked[:40] if (names or roads) and fits(query, one) and bears(one)}
    back = 2 * CLASH if roads else CLASH
    return _moved(ranked, lambda one: 0.0 if one.candidate.figure.id in bearing else -back) if bearing else ranked


def _first_fitting(query: Query, ranked: Sequence[Scored]) -> Scored | None:
    """The best figure that nothing speaks against; None where there is none among the first."""
    return next((one for one in ranked[:40] if fits(query, one)), None)


def told_first(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """`ranked` with those of the first figure's sentence put before it that say what it leaves out (`trễ hẹn`), where they are about as good."""
    rare = [term for term in query.terms if term.weight >= RARE]
    first = _first_fitting(query, ranked)
    missing = [term for term in rare if first is not None and query.held_in(term, first.candidate, NEAR_BY) < SEEN]
    if first is None or not missing:
        return ranked

    close = [one for one in ranked[:40] if one.score > first.score - TELLING and fits(query, one)]
    near = [one for one in close if same_sentence(one.candidate.figure, first.candidate.figure)]
    told = [term for term in missing if any(query.held_in(term, one.candidate, NEAR_BY) >= SEEN for one in near)]
    telling = {one.candidate.figure.id for one in near if told and all(query.held_in(term, one.candidate, NEAR_BY) >= SEEN for term in told)}
    return _moved(ranked, lambda one: TELLING if one.candidate.figure.id in telling else 0.0) if telling else _noted_first(query, first, ranked)


def predicate_first(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """`ranked` with a figure of the first one's sentence put before it that alone says what stands right before the number asked for (`thiếu mấy bác sĩ`)."""
    said = _predicate(query)
    first = _first_fitting(query, ranked)
    if said is None or first is None or query.held_in(said, first.candidate, NEAR_BY) >= SEEN:
        return ranked
    near = (one for one in ranked[:40] if one.score > first.score - CLASH and same_sentence(one.candidate.figure, first.candidate.figure))
    saying = next((one for one in near if fits(query, one) and query.held(said, one.candidate.own) >= WHOLE_NAME and not _is_part(one, first)), None)
    return ranked if saying is None else _moved(ranked, lambda one: CLASH if one is saying else 0.0)


def fuller_first(query: Query, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """`ranked` with a figure of the first one's sentence and like it put before it that says all that this says of what is asked, and more."""
    first = _first_fitting(query, ranked)
    if first is None or query.part:
        return ranked
    figure = first.candidate.figure
    telling = [term for term in query.terms if not only_asks(term.spelled)]
    lacking = [term for term in telling if term.weight >= TELLS and query.held_in(term, first.candidate, NEAR_BY) < SEEN]
    near = [one for one in ranked[:40] if lacking and one.score > first.score - CLASH and same_sentence(one.candidate.figure, figure) and fits(query, one)]
    alike = [one for one in near if one.candidate.figure.kind == figure.kind and one.candidate.figure.quantity.canonical == figure.quantity.canonical]

    def is_fuller(one: Scored) -> bool:
        held = [(query.held_in(term, one.candidate, NEAR_BY), query.held_in(term, first.candidate, NEAR_BY)) for term in telling]
        return all(more >= less - LESS for more, less in held) and any(query.held_in(term, one.candidate, NEAR_BY) >= TOLD for term in lacking)

    fuller = next((one for one in alike if one is not first and is_fuller(one)), None)
    return ranked if fuller is None else _moved(ranked, lambda one: CLASH if one is fuller else 0.0)


def _is_part(one: Scored, whole: Scored) -> bool:
    """Whether a figure is of a part of what another is of, as far as the report says."""
    figure, other = one.candidate.figure, whole.candidate.figure
    return figure.whole is not None and figure.whole in (other.id, other.whole)


def _predicate(query: Query) -> Term | None:
    """The word of a topic of its own that stands right before the number asked for; None where there is none."""
    if query.ask is None or not query.ask.start:
        return None
    before = len(WORD.findall(query.question.text[: query.ask.start]))
    return next((term for term in query.terms if term.at + len(term.parts) == before and term.weight >= NAMING), None)


def _noted_first(query: Query, first: Scored, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """`ranked` with the one part told in a footnote at the first figure's sentence put before it, where it alone bears a name (`công ty lâm nghiệp`)."""
    figure = first.candidate.figure
    sentence = first.candidate.passage.text[slice(*figure.sentence)]
    missing = [term for term in query.terms if term.weight >= NAMING and query.held_in(term, first.candidate, NEAR_BY) < SEEN]
    if sum(term.weight for term in missing) < NAMED_PART:
        return ranked
    parts = [
        one
        for one in ranked[:20]
        if one.candidate.passage.footnote is not None and one.candidate.passage.anchor == sentence and fits(query, one)
        if same_unit(one.candidate.figure.quantity.canonical, figure.quantity.canonical)[0] >= 1.0
        if all(query.held_in(term, one.candidate, NEAR_BY) >= SEEN for term in missing)
    ]
    if len(parts) != 1:
        return ranked
    return _moved(ranked, lambda one: first.score - one.score + TELLING if one is parts[0] else 0.0)


def tells_all(query: Query, one: Scored) -> bool:
    """Whether all the telling words of a question but the places it names stand with a figure, in its sentence or above it."""
    return all(query.held_in(term, one.candidate, IN_SENTENCE) >= TOLD for term in but_places(query) if term.weight >= TOPICAL)


def tells_some(query: Query, one: Scored) -> bool:
    """Whether half of what a question says but the places it names stands with a figure or anywhere around it."""
    terms = but_places(query)
    held = sum(term.weight for term in terms if query.held_in(term, one.candidate, 0.0) >= TOLD)
    return held >= HALF_TOLD * sum(term.weight for term in terms)


def _is_whole(one: Scored, part: Scored) -> bool:
    """Whether a figure may be of all that `part` is of a part of: a like one of its passage, about as good, that holds as much of the question."""
    figure, other = part.candidate.figure, one.candidate.figure
    alike = other.quantity.canonical == figure.quantity.canonical and other.kind == figure.kind and other.period == figure.period
    as_good = one.score > part.score - CLOSE and one.value("coverage") > part.value("coverage") - LESS
    return alike and other.passage == figure.passage and as_good


def best_fitting(query: Query, ranked: Sequence[Scored]) -> Scored:
    """The best figure of the kind, unit, place and year asked for, unless another covers the question far better."""
    fitting = [one for one in ranked[:40] if fits(query, one)]
    counted = query.ask is not None and query.ask.unit.dimension == "count" and not is_any_thing(query.ask.unit)
    if counted:
        fitting = sorted(fitting, key=lambda one: one.value("unit_equal") < 0.6)
    if _PLAN_FIRST.search(query.question.text) and query.ask is not None and query.ask.kind != PLAN:
        fitting = sorted(fitting, key=lambda one: not (one.value("plan_equal") and one.score > ranked[0].score - CLOSE))
    fitting = sorted(fitting, key=lambda one: is_no_mean(query, one))
    for one in fitting:
        if one.value("coverage") >= ranked[0].value("coverage") - FAR:
            whole = _whole_of(query, one, fitting) or _of_any_grade(query, one, fitting)
            return whole or _reached(query, one, fitting) or _level_of(query, one, fitting) or one
    return _noted_at(ranked[0], [one for one in fitting if one.value("place_equal")]) or ranked[0]


def _noted_at(first: Scored, of_place: Sequence[Scored]) -> Scored | None:
    """The figure of the place asked for in a footnote at the sentence of the first figure (`1.486 ca[^15]`); None where there is none."""
    sentence = first.candidate.passage.text[slice(*first.candidate.figure.sentence)]
    return next((one for one in of_place if one.candidate.passage.anchor == sentence and one.score > first.score - CLASH), None)


def _of_any_grade(query: Query, graded: Scored, fitting: Sequence[Scored]) -> Scored | None:
    """The figure about as good that is of no grade, where `graded` is of one (`đạt chuẩn mức độ 2`) that the question does not name; None otherwise."""
    if not GRADE.search(graded.candidate.figure.own) or GRADE.search(query.question.text):
        return None
    unit = graded.candidate.figure.quantity.canonical
    alike = (one for one in fitting if one.score > graded.score - CLOSE and one.candidate.passage.id == graded.candidate.passage.id)
    return next((one for one in alike if one.candidate.figure.quantity.canonical == unit and not GRADE.search(one.candidate.figure.own)), None)


def _reached(query: Query, aim: Scored, fitting: Sequence[Scored]) -> Scored | None:
    """What was reached, where `aim` is what is aimed at and the question names neither a year nor an aim; None otherwise."""
    figure = aim.candidate.figure
    if figure.period.status == RESULT or query.years or query.question.plan_year or query.aims or PLAN_SAID.search(query.asked):
        return None
    near = (one for one in fitting if one.score > aim.score - CLOSE and one.candidate.figure.period.status == RESULT)
    return next((one for one in near if of_other_time(one, aim)), None)


def _whole_of(query: Query, part: Scored, fitting: Sequence[Scored]) -> Scored | None:
    """The whole that a figure is a part of, where the question does not name that part; None otherwise."""
    if part.candidate.figure.whole is None or part.value("part_unasked") < HALF_UNNAMED or part.value("plan_equal"):
        return None
    whole = next((one for one in fitting if one.candidate.figure.id == part.candidate.figure.whole and one.score > part.score - NEARLY), None)
    unnamed = not query.part and part.value("part_unasked") >= UNNAMED
    return whole if whole is not None and (unnamed or whole.value("coverage") >= part.value("coverage")) else None


def _level_of(query: Query, change: Scored, fitting: Sequence[Scored]) -> Scored | None:
    """The level that a change or a share of plan is told of, where a level is asked for; None otherwise."""
    question = query.question
    moved = question.direction or question.versus_years or question.last_year or question.form == DIFFERENCE
    if query.ask is None or query.ask.kind in (CHANGE, PLAN) or moved or change.candidate.figure.kind not in (CHANGE, PLAN):
        return None
    return next((one for one in fitting if one.candidate.figure.id == change.candidate.figure.base and one.score > change.score - CLOSE), None)


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


def in_turn(things: Sequence[Thing], n: int, ranked: tuple[Scored, ...], chosen: dict[int, Scored]) -> tuple[Scored, ...]:
    """`ranked` for the nth thing where each has its own `bao nhiêu`: figures go in the order of the things, and none bears the name of another thing alone.

    `chosen` are the figures of other things, by their numbers.
    """
    if len(things) < 2 or things[n].joined:
        return ranked
    if things[n].own:
        ranked = unlike(ranked, [other for other in things if other is not things[n]])
    before = chosen.get(n - 1)
    following = [one for one in ranked if before is not None and _follows(one.candidate.figure, before.candidate.figure)]
    first = min(following, key=lambda one: one.candidate.figure.start, default=None)
    return _moved(ranked, lambda one: NEXT if one is first else 0.0) if first is not None else ranked


def _follows(figure: Figure, before: Figure) -> bool:
    """Whether a figure stands behind another in its sentence, and says nothing of that one."""
    return same_sentence(figure, before) and figure.start > before.start and figure.base is None
