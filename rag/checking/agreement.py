"""How well each figure of a report agrees with a claim on what is measured; values play no part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.figures import AMOUNT, CHANGE, PLAN, RATIO, SHARE, Figure
from corpus.text import fold
from rag.candidates import Candidate
from rag.checking.pool import Holdings, Pool, Values
from rag.checking.reading import Claim
from rag.checking.scope import place_of
from rag.checking.thinkable import Flags, is_scoped
from rag.checking.topics import LEVEL, TOTAL, own_words, topic_of
from rag.compare import OF_PLAN, PLANNED
from rag.terms import Term, question_terms

NAMES = (
    "own_near", "own_all", "rest", "context", "subject", "telling", "pairs", "missing", "unknown",
    "kind", "unit", "unit_other", "target", "plan_word", "total", "base_level", "versus", "scope", "level", "footnote", "local", "year", "place",
    "alike",     "support", "linked",
)  # fmt: skip
OTHER_MARKS, SYNONYM = 0.2, 0.75
THIN = 2.0
"""Weight of own words below which the words before them in the sentence count as own, the more the thinner."""
CHATTER = frozenset(
    fold(word)
    for word in "thưa kính bà con cử tri nghe nói đồn phải đúng chưa sao vậy thế rồi kêu quê nhờ tôi chúng mình đồng bào hỏi biện pháp thật hay nhỉ ạ à mang "
    "làm thu về ra tốn ngốn hết cán mốc chạm xa vọt tức nặng xong mới nay tới đến chừng cỡ khoảng chỉ vẫn những nhích hạ được".split()
) - frozenset(("thu", "hoi", "con", "dong", "bao", "lam", "moi", "ba", "can"))
_AIM_OR_RANK = re.compile(r"(?i)(?<!\w)(?:phấn đấu|dự kiến|đặt mục tiêu|đặt chỉ tiêu|mục tiêu|xếp(?: thứ| hạng)?|đứng(?: thứ| hạng)|vươn lên)(?!\w)")
"""Words that say of when or of which kind a figure is: judged apart."""
_AIMS = re.compile(r"(?i)phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|sẽ |dự kiến|định hướng|đặt ra|nhiệm vụ|năm tới|năm sau|sang năm")


@dataclass(frozen=True)
class Wanted:
    """What a claim asks of a report: terms by how near they stand to its figure, and folded words with how well they are said."""

    own: tuple[Term, ...]
    rest: tuple[Term, ...]
    context: tuple[Term, ...]
    pairs: tuple[tuple[str, str], ...]
    said: dict[str, float]


def wanted(claim: Claim, pool: Pool) -> Wanted:
    """The terms of a claim."""
    own = _terms(claim.own, pool)
    known = {term.folded for term in own}
    lacking = min(1.0, max(0.0, (THIN - sum(term.weight for term in own)) / THIN))
    own += tuple(replace(t, weight=t.weight * lacking) for t in _terms(claim.lead, pool) if t.folded not in known and lacking)
    known |= {term.folded for term in own}
    rest = tuple(term for term in _terms(claim.rest, pool) if term.folded not in known)
    known |= {term.folded for term in rest}
    context = tuple(term for term in _terms(claim.context, pool) if term.folded not in known)
    said: dict[str, float] = {}
    for terms, worth in ((own, 1.0), (rest, 0.8), (context, 0.3)):
        for term in terms:
            said[term.folded] = max(said.get(term.folded, 0.0), worth)
            for phrase in term.synonyms:
                for word in phrase:
                    said[word] = max(said.get(word, 0.0), worth * SYNONYM)
    folded = [fold(word) for word in claim.own.split()]
    pairs = tuple(dict.fromkeys((a, b) for a, b in zip(folded, folded[1:], strict=False) if a.isalpha() and b.isalpha()))
    return Wanted(own, rest, context, pairs, said)


def _terms(text: str, pool: Pool) -> tuple[Term, ...]:
    unique: dict[str, Term] = {}
    for term in question_terms(_AIM_OR_RANK.sub(" ", pool.without_places(text)), pool.rarity):
        if term.folded in CHATTER:
            continue
        known = unique.get(term.folded)
        if known is None or len(term.synonyms) > len(known.synonyms):
            unique[term.folded] = term
    return tuple(unique.values())


def _held(term: Term, holdings: Holdings) -> Values:
    """How well each figure holds a term in one kind of place."""
    found = holdings.of(term.folded) * (OTHER_MARKS if term.marked else 1.0)
    if term.marked:
        found = np.maximum(found, holdings.of(("marked", term.marked)))
    for phrase in term.synonyms:
        found = np.maximum(found, holdings.phrase(phrase) * SYNONYM)
    return found


def features(claim: Claim, pool: Pool, thinkable: Flags) -> NDArray[np.float64]:
    """The features `NAMES` of every figure of the report, one row a figure; `support` and `linked` are left 0."""
    want = wanted(claim, pool)
    rows = np.zeros((len(pool.candidates), len(NAMES)))
    near, everywhere, missing, unknown = _coverage(want.own, pool)
    _, rest, _, _ = _coverage(want.rest, pool)
    _, context, _, _ = _coverage(want.context, pool)
    rows[:, 0], rows[:, 1], rows[:, 7], rows[:, 8] = near, everywhere, missing, unknown
    rows[:, 2] = rest if want.rest else everywhere
    rows[:, 3] = context if want.context else 0.5
    rows[:, 4] = pool.subjects.covered(want.said)
    rows[:, 5] = pool.telling.covered(want.said)
    rows[:, 6] = _pair_coverage(want, pool)
    rows[:, NAMES.index("alike")] = pool.groups.alike(own_words(claim.near), pool.rarity.word)
    places = place_of(claim, pool.report)
    for n in np.flatnonzero(thinkable):
        rows[n, 9:23] = _traits(claim, pool.candidates[n], places, pool.report.place)
    return rows


def _coverage(terms: tuple[Term, ...], pool: Pool) -> tuple[Values, Values, Values, float]:
    """Shares of the terms held near and anywhere; weight of the rarest that is held nowhere; share that no report knows."""
    near, everywhere, missing = np.zeros(len(pool.candidates)), np.zeros(len(pool.candidates)), np.zeros(len(pool.candidates))
    unknown = 0.0
    total = sum(term.weight for term in terms)
    if not total:
        return near, everywhere, missing, unknown
    for term in terms:
        close = _held(term, pool.near)
        best = np.maximum(close, _held(term, pool.far))
        near += term.weight * close
        everywhere += term.weight * best
        if pool.rarity.marked.get(term.marked) if term.marked else pool.rarity.words.get(term.folded):
            missing = np.maximum(missing, term.weight * (best <= OTHER_MARKS))
        elif best.max(initial=0.0) <= OTHER_MARKS:
            unknown += term.weight
    return near / total, everywhere / total, missing, unknown / total


def _pair_coverage(want: Wanted, pool: Pool) -> Values:
    found, total = np.zeros(len(pool.candidates)), 0.0
    for pair in want.pairs:
        weight = pool.rarity.pair(pair)
        if pair in pool.rarity.pairs:
            total += weight
            found += weight * np.maximum(pool.near.of(pair), 0.7 * pool.far.of(pair))
    return found / total if total else found


def _traits(claim: Claim, candidate: Candidate, places: frozenset[str], report_place: str) -> tuple[float, ...]:
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
