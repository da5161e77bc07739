"""How well each figure of a report agrees with a claim on what is measured; values play no part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from rag.checking.pool import Holdings, Pool, Values
from rag.checking.reading import Claim
from rag.checking.scope import place_of
from rag.checking.thinkable import Flags
from rag.checking.topics import own_words
from rag.checking.traits import traits
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
    for term in question_terms(_AIM_OR_RANK.sub(" ", pool.without_places(text)), pool.rarity, strict=True):
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
        rows[n, 9:23] = traits(claim, pool.candidates[n], places, pool.report.place)
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
