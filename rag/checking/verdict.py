"""The verdict on one claim: which of the report's figures it is on, and whether the two agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.figures import PLAN, Figure
from rag.checking.contrast import contrast_of, said_by
from rag.checking.matching import Matched
from rag.checking.pool import Pool
from rag.checking.reading import Claim
from rag.checking.scope import strange_place
from rag.compare import DIFFERENT, EQUAL, PLANNED, Comparison, compare, diagnose, opposite, other_year, points, same_value
from rag.records import MATCH, MISMATCH, NOT_IN_REPORT

LEAST_TO_MATCH = -0.5
"""The score from which a figure of the claim's value confirms it."""
LEAST_NEXT_TO_ANCHOR = -1.3
"""The same, where the figures beside it are what the claims beside this one are on."""
LEAST_TO_CONTRADICT, LEAST_BESIDE_VALUE = 0.3, -0.8
"""The score from which a figure of another value contradicts a claim; and where the claim's value stands in its passage."""
BEHIND_A_MATE, BEHIND_ANOTHER = 2.0, 3.0
"""By how much a figure of the claim's value may be behind the likeliest figure: one of its passage, one of another."""
FAR_BEHIND = 3.0
"""The same, whatever else the claim says."""
NAMED = 0.3
"""Weight of words that a claim must have of one figure, beyond those it has of another, to be said to name it."""
MORE_ALIKE = 0.35
"""By how much liker to the claim's own words those of another figure must be, to be what is meant."""
NEARLY = 2.0
"""By how much a figure may be behind and still be the one that the claim names."""
MARK, PLAN_MARK = 0.6, 1.5
"""What the marks weigh (`rag.checking.pool.marks_of`)."""
LOOKED_AT = 60
_THAN_BEFORE = re.compile(r"(?i)so với (?:cùng kỳ|năm (?:\d{4}|trước|ngoái))")


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
        if scores[number] < (LEAST_NEXT_TO_ANCHOR if matched.leans(number) else LEAST_TO_MATCH):
            continue
        comparison = DIFFERENT if _other_base(claim, _printed(pool, number)) else compare(figure, _printed(pool, number), claim.step)
        if not comparison.equal and claim.is_total:
            comparison = _with_whole(figure, _printed(pool, number))
        if comparison.rounded and _exactly_beside(matched, number, pool):
            continue
        if comparison.equal and not _another_is_meant(matched, number, ranked, pool):
            return Finding(MATCH, number, "", comparison.rounded, float(scores[number]))
    if scores[best] < (LEAST_BESIDE_VALUE if _value_beside(matched, best, pool) else LEAST_TO_CONTRADICT):
        return NOT_FOUND
    number = _contradicting(matched, ranked, pool)
    equal = compare(figure, _printed(pool, number), claim.step)
    if equal.equal and not _other_base(claim, _printed(pool, number)) and not (equal.rounded and _exactly_beside(matched, number, pool)):
        return Finding(MATCH, number, "", equal.rounded, float(scores[number]))
    others = _around(number, pool)
    return Finding(MISMATCH, number, diagnose(figure, _printed(pool, number), others, claim.step), False, float(scores[number]))


def _other_base(claim: Claim, printed: Figure) -> bool:
    """Whether a share is one of another year's figure where the report's is one of the plan (`đạt 77% so với năm trước`)."""
    figure = claim.figure
    compared = figure.versus or _THAN_BEFORE.search(figure.own)
    return printed.kind == PLAN and figure.kind != PLAN and bool(compared) and not PLANNED.search(f"{figure.own} {figure.versus}")


def _printed(pool: Pool, number: int) -> Figure:
    return pool.candidates[number].figure


def _another_is_meant(matched: Matched, number: int, ranked: list[int], pool: Pool) -> bool:
    """Whether the claim is on another figure than `number`: one far likelier, or one whose own words it says and not those of `number`."""
    claim, scores = matched.claim, matched.scores
    words, said = contrast_of(pool), said_by(claim, pool)
    for other in ranked:
        ahead = float(scores[other] - scores[number])
        if other == number or ahead < -NEARLY:
            continue
        if words.is_whole(number, other) and words.named(said, other, number) < NAMED / 2:
            continue
        if words.other_name(claim, number, other):
            return True
        lead = words.lead(said, other, number)
        mates = _printed(pool, other).passage == _printed(pool, number).passage
        if ahead > FAR_BEHIND or (ahead > (BEHIND_A_MATE if mates else BEHIND_ANOTHER) and lead > -NAMED):
            return True
        if mates and lead > -NAMED and ahead > -NEARLY / 2 and matched.alike(other) - matched.alike(number) > MORE_ALIKE:
            return True
        if ahead > -NEARLY and matched.elsewhere(number) and not matched.elsewhere(other):
            return True
        if lead > 2 * NAMED and ahead > 0 and words.named(said, number, other) < NAMED / 2:
            return True
        if lead > NAMED and mates and words.named(said, number, other) < NAMED / 2:
            return True
    return False


def _value_beside(matched: Matched, best: int, pool: Pool) -> bool:
    """Whether the passage of `best` holds the claim's value in another figure."""
    passage, claim = _printed(pool, best).passage, matched.claim
    return any(
        c.figure.passage == passage and same_value(claim.figure.quantity, c.figure.quantity, claim.step)
        for c in pool.candidates
        if c.figure.quantity.canonical.dimension == claim.figure.quantity.canonical.dimension
    )


def _exactly_beside(matched: Matched, number: int, pool: Pool) -> bool:
    """Whether another figure of the section and place has the claim's very value: then it was not rounded from `number`."""
    one, claim = _printed(pool, number), matched.claim.figure
    return any(
        other.place == one.place and other.id != one.id and other.kind == one.kind and compare(claim, other) == EQUAL
        for other in (c.figure for c in pool.candidates if c.figure.section == one.section)
        if other.quantity.canonical.dimension == one.quantity.canonical.dimension
    )


def _around(number: int, pool: Pool) -> list[Figure]:
    """The figures of the passage, then those of the section and its plan, of the kind of one."""
    one = _printed(pool, number)
    figures = [c.figure for c in pool.candidates if c.figure.kind == one.kind]
    near = [figure for figure in figures if figure.passage == one.passage]
    return near + [f for f in figures if f.passage != one.passage and (f.section == one.section or f.period.year != one.period.year)]


def _with_whole(claim: Figure, printed: Figure) -> Comparison:
    """`48 trong 52 trường`: the 52 is the whole of the report's `48/52 trường`."""
    return Comparison(printed.quantity.of is not None and printed.quantity.of == claim.quantity.value, False)


def _contradicting(matched: Matched, ranked: list[int], pool: Pool) -> int:
    """The likeliest figure; one nearly as likely whose value is the claim's, but whose direction, year or unit is not, goes first."""
    claim = matched.claim
    best = ranked[0]
    for number in ranked:
        if matched.scores[best] - matched.scores[number] > BEHIND_A_MATE:
            break
        printed = _printed(pool, number)
        crossed = opposite(claim.figure, printed) or points(claim.figure.quantity) != points(printed.quantity)
        crossed = crossed or (other_year(claim.figure, printed) and other_year(claim.figure, _printed(pool, best)))
        if crossed and same_value(claim.figure.quantity, printed.quantity, claim.step):
            return number
    words, said = contrast_of(pool), said_by(claim, pool)

    def likely(number: int) -> float:
        lead = words.lead(said, number, best) if number != best else 0.0
        return float(matched.scores[number]) + max(lead, 0.0)

    passage = _printed(pool, best).passage
    return max((n for n in ranked if matched.scores[best] - matched.scores[n] <= NEARLY and _printed(pool, n).passage == passage), key=likely)
