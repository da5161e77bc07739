"""A follow-up that names another figure of the sentence, or of the table row or list, that answered the question before (`con tiểu học?`)."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.figures import AMOUNT, CHANGE, PLAN, RANK, RATIO, SHARE
from corpus.text import has_diacritics, search_key, unify_tone
from corpus.text import words as words_of
from rag.asks import Ask
from rag.candidates import Candidate, siblings
from rag.contrasts import members_in
from rag.figure_answer import same_cluster
from rag.followup import without_asks
from rag.question import Question
from rag.terms import is_stopword, topic
from rag.things import LEVELS
from rag.units_alike import UNLIKE, same_unit

LEVEL_WORDS = frozenset(word for level in LEVELS for word in level.split())
"""Words that tell whose a figure is, though they name no topic elsewhere."""
MOST_WORDS = 5
"""Words of a follow-up that names one figure beside another."""
QUALIFYING = (CHANGE, PLAN, RANK)


def sibling_named(question: Question, before: Candidate, mates: Sequence[Candidate]) -> Candidate | None:
    """The figure beside `before`, of its passage's figures `mates`, whose own words say all that the follow-up says; None where none or several do."""
    context, named = question.context, _names(question.said)
    if context is None or not named or question.years != context.years or len(question.asks) > 1:
        return None
    near = {one.figure.id: one for one in (*siblings(before, mates), *(mate for mate in mates if mate.figure.sentence == before.figure.sentence))}
    near.pop(before.figure.id, None)
    shared = frozenset.intersection(*(_inherited(one) for one in (before, *near.values())))
    if _says(before, named, shared):
        return None
    fitting = [one for one in near.values() if _fits(question.first_ask, one, before)]
    members = members_in(question.said, before.places) - before.near_members
    saying = [one for one in fitting if _says(one, named, shared)] or [one for one in fitting if members and members <= one.near_members]
    saying = [one for one in saying if not any(_is_less(other, one) for other in saying)]
    if len(saying) > 1 and len({_words(one) for one in saying}) == 1:  # `Đã giải ngân bao nhiêu?`: each of a list has one, and its own stands right behind it
        saying = [one for one in saying if _stands_next(one, before, list(near.values()))]
    return saying[0] if len(saying) == 1 else None


def _names(said: str) -> frozenset[str]:
    """The words, with their marks where they were typed, that a short follow-up names something with."""
    spelled = unify_tone if has_diacritics(said) else search_key
    kept = [word for word in words_of(without_asks(said)) if not is_stopword(word) or search_key(word) in LEVEL_WORDS]
    return frozenset(map(spelled, kept)) if len(kept) <= MOST_WORDS else frozenset()


def _says(one: Candidate, named: frozenset[str], shared: frozenset[str]) -> bool:
    """Whether a figure's own words, and those it inherits that not all inherit (`shared`), say all that is named."""
    return named <= one.own.marked | one.own.folded | (_inherited(one) - shared)


def _inherited(one: Candidate) -> frozenset[str]:
    held = one.tiers[1][1]
    return held.marked | held.folded


def _words(one: Candidate) -> frozenset[str]:
    """What a figure's own words name."""
    return topic(one.own.folded)


def _is_less(one: Candidate, other: Candidate) -> bool:
    """Whether the words of `one` are a part of those of `other` (`THCS`, and `tiểu học và THCS`)."""
    return _words(one) < _words(other)


def _fits(ask: Ask | None, one: Candidate, before: Candidate) -> bool:
    """Whether a figure is of the kind and unit asked for; of the kind of the one before, where neither is."""
    figure = one.figure
    if ask is None or not ask.kind:
        return figure.kind == before.figure.kind
    if ask.kind in QUALIFYING:
        return figure.kind == ask.kind and same_cluster(figure, before.figure)
    if ask.kind == SHARE:
        return figure.kind == SHARE
    return figure.kind in (AMOUNT, RATIO, SHARE) and figure.base is None and same_unit(ask.unit, figure.quantity.canonical)[1] < UNLIKE


def _stands_next(one: Candidate, before: Candidate, near: Sequence[Candidate]) -> bool:
    """Whether a figure stands behind `before` with none between them that is like `before`."""
    start, end = before.figure.start, one.figure.start
    like = (before.figure.kind, before.figure.quantity.canonical.dimension, before.own.pairs & one.own.pairs)
    between = [other for other in near if start < other.figure.start < end]
    return end > start and not any((other.figure.kind, other.figure.quantity.canonical.dimension, other.own.pairs & one.own.pairs) == like for other in between)
