"""How a figure of a report stands to a claim, trait by trait: kind, unit, aim or result, plan, total, level, year, place."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.figures import AMOUNT, CHANGE, PLAN, RATIO, SHARE, Figure
from corpus.text import fold
from rag.candidates import Candidate
from rag.checking.reading import Claim
from rag.checking.thinkable import is_scoped
from rag.checking.topics import LEVEL, TOTAL, topic_of
from rag.compare import OF_PLAN, PLANNED

_AIMS = re.compile(r"(?i)phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|sẽ |dự kiến|định hướng|đặt ra|nhiệm vụ|năm tới|năm sau|sang năm")


def traits(claim: Claim, candidate: Candidate, places: frozenset[str], report_place: str) -> tuple[float, ...]:
    """The traits of one figure, in the order of `rag.checking.agreement.NAMES` from `kind` to `place`."""
    figure, printed = claim.figure, candidate.figure
    unit, other = _unit(claim, candidate)
    named = figure.place not in ("", report_place)
    aims = figure.period.status != "result" or _aims(claim.rest)
    target = float((printed.period.status != "result") != aims)
    level = float(figure.base is None and printed.base is not None and figure.kind == printed.kind)
    return (
        _kind(figure, printed), unit, other, target, _plan_word(claim, printed), _total(claim, printed), level, _versus(figure, printed),
        _scope(claim, printed), _level(claim, printed), float(printed.footnote is not None),
        float(printed.place not in places), _other_year(figure, printed), float(named and printed.place in places),
    )  # fmt: skip


def _kind(claim: Figure, printed: Figure) -> float:
    if claim.kind == printed.kind:
        return 1.0
    pair = {claim.kind, printed.kind}
    if pair == {AMOUNT, RATIO}:
        return 0.9
    if claim.kind == CHANGE and printed.kind == PLAN and PLANNED.search(f"{claim.own} {claim.versus}"):
        return 0.9  # `vượt kế hoạch 3,4%`
    if pair == {SHARE, PLAN} or pair == {CHANGE, SHARE}:
        return 0.3
    return 0.0


def _unit(claim: Claim, candidate: Candidate) -> tuple[float, float]:
    """`(agrees, differs)` of two units."""
    printed = candidate.figure
    a, b = claim.figure.quantity.canonical, printed.quantity.canonical
    if b.dimension == "none" and a.dimension == "count" and set(fold(a.name).split()) <= topic_of(_following(candidate)):
        return 0.9, 0.0  # `15.076 NCC`: a noun that no lexicon counts
    if a.dimension == "none" or b.dimension == "none":
        return 0.3, 0.0
    if a.dimension != "count" or b.dimension != "count":
        return _measures(claim, printed)
    mine, theirs = fold(a.name).split(), fold(b.name).split()
    if mine == theirs:
        return 1.0, 0.0
    if set(mine) <= set(theirs) or set(theirs) <= set(mine) or mine[0] == theirs[0]:
        return 0.7, 0.0
    after = candidate.passage.text[printed.end : printed.end + 40]
    if set(mine) <= _noun_words(f"{printed.own} {printed.subject} {after}"):
        return 0.6, 0.0
    if any(mine[0] in group and theirs[0] in group for group in _ALIKE):
        return 0.4, 0.0
    return 0.0, 1.0


def _following(candidate: Candidate) -> str:
    """The first words after a figure of the report."""
    end = candidate.figure.end
    return candidate.passage.text[end : end + 12].partition(",")[0]


def _measures(claim: Claim, printed: Figure) -> tuple[float, float]:
    a, b = claim.figure.quantity.canonical, printed.quantity.canonical
    per_head = a.dimension == "count" and "/" in printed.quantity.unit and fold(printed.quantity.unit.partition("/")[2]) in fold(claim.rest)
    return (1.0, 0.0) if a.dimension == b.dimension or per_head else (0.3, 0.3)


_ALIKE = (
    frozenset("nguoi lao hoc giao cong thanh quan doi dong can vien tre bi luot hs d/c benh khach dan nhan dang hoi chau bac em".split()),
    frozenset("vu truong viec lan cuoc ca luot".split()),
    frozenset("cong du diem co hang mo mon cong".split()),
    frozenset("suat phan qua giai".split()),
)
"""First words of counted nouns that may stand for one another (`vụ`, `trường hợp`)."""


def _versus(claim: Figure, printed: Figure) -> float:
    years = [w for w in claim.versus.split() if w.isdigit() and len(w) == 4]
    if claim.kind != CHANGE or printed.kind != CHANGE or not years or not any(c.isdigit() for c in printed.versus):
        return 0.0
    return 0.0 if years[0] in printed.versus else 1.0


def _scope(claim: Claim, printed: Figure) -> float:
    """1 where one of the two speaks of the country or the province and the other does not."""
    mine = is_scoped(f"{claim.figure.own} {claim.figure.subject}")
    theirs = is_scoped(f"{printed.own} {printed.subject}")
    return float(mine != theirs)


def _plan_word(claim: Claim, printed: Figure) -> float:
    """1 where the report's level is that of a plan (`kế hoạch là 52 km`) and the claim does not say so, or the reverse."""
    if printed.kind not in (AMOUNT, RATIO) or claim.figure.kind not in (AMOUNT, RATIO):
        return 0.0
    mine = _is_planned(f"{claim.figure.own} {claim.figure.subject}")
    return float(mine != _is_planned(f"{printed.own} {printed.subject}"))


def _total(claim: Claim, printed: Figure) -> float:
    """1 where both speak of a total, -1 where only one does."""
    mine = _is_total(f"{claim.figure.own} {claim.figure.subject}")
    theirs = _is_total(f"{printed.own} {printed.subject}")
    return float(mine and theirs) - float(mine and not theirs) - 0.3 * float(theirs and not mine)


def _level(claim: Claim, printed: Figure) -> float:
    """1 where the report's figure is that of another level of the state (`quà tỉnh`) than any that the claim names."""
    theirs = _levels(printed.subject)
    return float(bool(theirs) and not theirs & _levels(f"{claim.own} {claim.lead}"))


def _other_year(claim: Figure, printed: Figure) -> float:
    return float(claim.period.stated and claim.period.year != printed.period.year)


@lru_cache(maxsize=20_000)
def _is_planned(text: str) -> bool:
    return bool(PLANNED.search(text))


@lru_cache(maxsize=20_000)
def _is_total(text: str) -> bool:
    return bool(TOTAL.search(text))


@lru_cache(maxsize=20_000)
def _levels(text: str) -> frozenset[str]:
    return frozenset(LEVEL.findall(fold(text)))


@lru_cache(maxsize=2_000)
def _aims(text: str) -> bool:
    return bool(_AIMS.search(OF_PLAN.sub(" ", text)))


@lru_cache(maxsize=20_000)
def _noun_words(text: str) -> frozenset[str]:
    return frozenset(fold(word.strip(",.;:")) for word in text.split())
