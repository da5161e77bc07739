"""Names that a question joins (`A và B`): whether they are several things, or one that the report calls by all of them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.report import Report
from corpus.text import search_words
from rag.candidates import Candidate
from rag.contrasts import contrast
from rag.features import Query, fits, is_opposite
from rag.figure_answer import same_cluster
from rag.forms import FIGURE, asks_in_turn
from rag.ground import Found, Ground
from rag.patterns import Pattern
from rag.question import Question
from rag.ranker import Scored
from rag.things import NEAR, Thing, bears_joined

WHOLE = 0.75
"""Share of the words of a name that a figure must bear to need no other sign that it is of that name."""
_MEASURE_AGAIN = Pattern(r"^\W*(?:và |với |lẫn |cùng )?(?:số|tổng|tỷ lệ|tỉ lệ|diện tích|năng suất|sản lượng|dư nợ|kinh phí|giá trị)\b")
"""A further part of a question that names a measure of its own."""
NEAR_TOP = 2.5
"""A figure of so much less score may still be the one that bears all the names of a question."""
ALL_SAID, FAR_AHEAD = 0.95, 6.0
"""How much of a question one figure must cover, and by how much be better than any of another sentence, to be of all names that it joins."""


def told_apart(ground: Ground, question: Question, report: Report, found: Sequence[Found], things: Sequence[Thing]) -> list[Thing]:
    """The things asked, as one where the best figure bears all their names (`đường thôn, xóm`)."""
    apart = len(things) < 2 or len(question.asks) > 1 or things[0].refusal or asks_in_turn(question.text)
    if apart or _repeats(things[0].query.part, things[1].query.part):
        return list(things)
    query = ground.query(question, question.first_ask, report)
    ranked = ground.rank(query, found)
    near = [one.candidate for one in ranked[:10] if one.score > ranked[0].score - NEAR_TOP and fits(query, one)]
    one_name = any(_bears_all(things, one) or bears_joined(things, one) for one in near) or _is_alone(query, ranked)
    if question.form != FIGURE or one_name:
        return [Thing(query)]
    return list(things)


def _is_alone(query: Query, ranked: Sequence[Scored]) -> bool:
    """Whether the first figure says all that is asked, in the unit asked for, and no other comes near it."""
    first = ranked[0]
    said = first.value("coverage") >= ALL_SAID and first.value("unit_equal") >= 1.0 and fits(query, first)
    return said and all(one.score < first.score - FAR_AHEAD for one in ranked[1:] if not same_cluster(one.candidate.figure, first.candidate.figure))


def asks_each(question: Question, things: Sequence[Thing]) -> bool:
    """Whether a question clearly asks for a number of each thing: one by one, or with a measure said again."""
    first, second = (thing.query.part for thing in things[:2])
    return asks_in_turn(question.text) or _repeats(first, second) or bool(_MEASURE_AGAIN.search(second))


def is_of_one(things: Sequence[Thing], one: Candidate) -> bool:
    """Whether a figure says the name of one of the things and of no other."""
    return any(thing.says_apart(one, [other for other in things if other is not thing]) for thing in things)


def _repeats(first: str, second: str) -> bool:
    """Whether two parts of a question name the same measure, each for itself (`giá trị sản xuất công nghiệp với giá trị sản xuất xây dựng`)."""
    one, other = search_words(first), search_words(second)
    return bool(set(zip(one, one[1:], strict=False)) & set(zip(other, other[1:], strict=False)))


def _bears_all(things: Sequence[Thing], one: Candidate) -> bool:
    """Whether a figure's own words bear the names of all things, and are the other side of none (`hộ cận nghèo` is no `hộ nghèo`)."""
    words = f"{one.figure.inherited} {one.figure.own}"
    tiers = 1 if one.figure.base is None else NEAR  # what qualifies another figure has its name from that one
    return all(thing.named(one, tiers) >= WHOLE and not _is_apart(thing, one, words) for thing in things)


def _is_apart(thing: Thing, one: Candidate, words: str) -> bool:
    return is_opposite(thing.query.part, words) or contrast(thing.query.named, one.near_members, ())
