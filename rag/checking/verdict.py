"""The verdict on one claim: which of the report's figures it is on, and whether the two agree."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.figures import Figure
from corpus.text import fold
from rag.checking.matching import Matched
from rag.checking.pool import Pool
from rag.checking.reading import Claim
from rag.checking.scope import strange_place
from rag.compare import Comparison, compare, diagnose, opposite, other_year, points, same_value
from rag.records import MATCH, MISMATCH, NOT_IN_REPORT

LEAST_TO_MATCH = -0.5
"""The score from which a figure of the claim's value confirms it."""
LEAST_TO_CONTRADICT = 0.3
"""The score from which a figure of another value contradicts a claim."""
BEHIND_A_MATE, BEHIND_ANOTHER = 2.0, 3.0
"""By how much a figure of the claim's value may be behind the likeliest figure: one of its passage, one of another."""
NAMED = 0.3
"""Weight of words that a claim must have of one figure, beyond those it has of another, to be said to name it."""
LOOKED_AT = 60


@dataclass(frozen=True)
class Finding:
    """A verdict: the number of the report's figure (-1 for none), the diagnosis, how sure it is that the report holds it."""

    verdict: str
    number: int = -1
    why: str = ""
    rounded: bool = False
    sureness: float = 0.0


NOT_FOUND = Finding(NOT_IN_REPORT)


def judge(matched: Matched, pool: Pool) -> Finding:
    """The verdict on one claim."""
    ranked = matched.ranked()[:LOOKED_AT]
    claim, scores = matched.claim, matched.scores
    if not ranked or strange_place(claim, pool.report):
        return NOT_FOUND
    best = ranked[0]
    figure = claim.figure
    for number in ranked:
        behind = float(scores[best] - scores[number])
        if scores[number] < LEAST_TO_MATCH or behind > _may_be_behind(claim, best, number, pool):
            continue
        comparison = compare(figure, _printed(pool, number), claim.step)
        if not comparison.equal and claim.is_total:
            comparison = _with_whole(figure, _printed(pool, number))
        if comparison.equal:
            return Finding(MATCH, number, "", comparison.rounded, float(scores[number]))
    if scores[best] < LEAST_TO_CONTRADICT:
        return NOT_FOUND
    number = _contradicting(matched, ranked, pool)
    others = [c.figure for c in pool.candidates if c.figure.passage == _printed(pool, number).passage] + [_printed(pool, n) for n in ranked]
    return Finding(MISMATCH, number, diagnose(figure, _printed(pool, number), others, claim.step), False, float(scores[number]))


def _printed(pool: Pool, number: int) -> Figure:
    return pool.candidates[number].figure


def _may_be_behind(claim: Claim, best: int, number: int, pool: Pool) -> float:
    """By how much `number` may be behind `best` and still be what the claim is on: nothing where the claim names what only `best` is on."""
    if best == number:
        return 0.0
    for_best = said_of(claim, pool.topics[best] - pool.wide_topics[number], pool)
    for_other = said_of(claim, pool.topics[number] - pool.wide_topics[best], pool)
    if for_best > for_other + NAMED:
        return 0.0
    mates = _printed(pool, best).passage == _printed(pool, number).passage
    if for_other > for_best + NAMED:
        return BEHIND_ANOTHER
    return BEHIND_A_MATE if mates else BEHIND_ANOTHER


def said_of(claim: Claim, words: frozenset[str], pool: Pool) -> float:
    """The weight of those of `words` that the claim says right at its figure."""
    own = {fold(word) for word in claim.own.split()}
    return sum(pool.rarity.word(word) for word in words if word in own)


def _with_whole(claim: Figure, printed: Figure) -> Comparison:
    """`48 trong 52 trường`: the 52 is the whole of the report's `48/52 trường`."""
    return Comparison(printed.quantity.of is not None and printed.quantity.of == claim.quantity.value, False)


def _contradicting(matched: Matched, ranked: list[int], pool: Pool) -> int:
    """The likeliest figure; one nearly as likely whose value is the claim's, but whose direction, year or unit is not, goes first."""
    claim = matched.claim
    for number in ranked:
        if matched.scores[ranked[0]] - matched.scores[number] > BEHIND_A_MATE:
            break
        printed = _printed(pool, number)
        crossed = opposite(claim.figure, printed) or other_year(claim.figure, printed) or points(claim.figure.quantity) != points(printed.quantity)
        if crossed and same_value(claim.figure.quantity, printed.quantity, claim.step):
            return number
    return ranked[0]
