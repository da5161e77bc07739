"""Two figures on one subject: the same thing measured in another year, or reached and aimed at."""

from __future__ import annotations

from rag.candidates import Candidate
from rag.question import ASKING_WORDS
from rag.ranker import Scored
from rag.terms import topic

ALIKE = 0.75
"""Share of the words of the shorter subject that two figures must share to be of one thing."""
LEAST = 3
"""Words by which figures of two times must be known as of one subject."""


def same_subject(one: Scored, other: Scored, least: int = 2) -> bool:
    """Whether two figures measure the same in the same kind of unit, by the words of their subjects or their own, `least` of them."""
    a, b = one.candidate.figure, other.candidate.figure
    if a.kind != b.kind or a.quantity.canonical.dimension != b.quantity.canonical.dimension:
        return False
    return any(_alike(x, y, least) for x in _names(one.candidate) for y in _names(other.candidate))


def of_other_time(one: Scored, other: Scored) -> bool:
    """Whether two figures are of one subject, and the one is of another year than the other, or aimed at where the other is reached."""
    a, b = one.candidate.figure.period, other.candidate.figure.period
    return (a.year, a.status) != (b.year, b.status) and one.candidate.figure.place == other.candidate.figure.place and same_subject(one, other, LEAST)


def _names(candidate: Candidate) -> tuple[frozenset[str], ...]:
    """The words of a figure's subject, and its own, that say what it is of and not what sort of figure it is."""
    return tuple(topic(words.folded) - ASKING_WORDS for words in (candidate.subject, candidate.own))


def _alike(one: frozenset[str], other: frozenset[str], least: int) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= least and len(one & other) >= ALIKE * shorter
