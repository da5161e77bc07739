"""The report's figures that the claims of one text can be on, each with how sure that is: words first, then neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.checking.agreement import NAMES, features
from rag.checking.pool import Pool, Values
from rag.checking.reading import Claim
from rag.checking.thinkable import Flags, allowed
from rag.compare import same_value

_BY_NAME = {
    "own_near": 3.1,
    "own_all": 6.75,
    "rest": -0.07,
    "context": -0.55,
    "subject": 2.96,
    "telling": 2.25,
    "pairs": 3.59,
    "missing": -2.12,
    "unknown": -3.76,
    "kind": 3.52,
    "unit": 3.93,
    "unit_other": -2.34,
    "target": -1.36,
    "plan_word": -2.29,
    "total": 0.48,
    "base_level": 2.74,
    "versus": -1.75,
    "scope": -2.32,
    "level": -1.59,
    "footnote": -0.52,
    "local": -1.28,
    "year": -7.03,
    "place": 3.81,
    "alike": 5.76,
    "support": 6.68,
    "linked": 5.48,
}
_NOTHING = 14.7
EVIDENCE, TELLING_DIGITS = 2.0, 3
"""What it adds, while anchors are sought, that a figure has the claim's value; half as much again for each digit beyond so many, which chance hardly meets."""
OTHER_SENTENCE = 0.5
"""What an anchor in another sentence of the text counts."""
LEANING = 0.6
REACH = 8
"""Claims before and after a claim that it can lean on."""
_TARGET, _LOCAL = NAMES.index("target"), NAMES.index("local")
_SUPPORT, _LINKED, _ALIKE = NAMES.index("support"), NAMES.index("linked"), NAMES.index("alike")


@dataclass(frozen=True)
class Matched:
    """The scores of all figures of a report for one claim (0: as likely as that the report holds nothing on it)."""

    claim: Claim
    scores: Values
    allowed: Flags
    rows: NDArray[np.float64]

    def ranked(self) -> list[int]:
        """The numbers of the thinkable figures, likeliest first."""
        order = np.argsort(-np.where(self.allowed, self.scores, -np.inf), kind="stable")
        return [int(n) for n in order[: int(self.allowed.sum())]]


    def alike(self, number: int) -> float:
        """How like the words at the claim's figure are to those at a figure of the report, 0 to 1."""
        return float(self.rows[number, _ALIKE])

    def elsewhere(self, number: int) -> bool:
        """Whether a figure is of a plan where the claim speaks of a result (or the reverse), or of a place that it does not name."""
        return bool(self.rows[number, _TARGET] or self.rows[number, _LOCAL])

    def leans(self, number: int) -> bool:
        """Whether the claims beside this one are on figures beside `number`."""
        return bool(self.rows[number, _SUPPORT] > LEANING)


@dataclass(frozen=True)
class Weights:
    """Weights of the features, and the score of `nothing`."""

    features: Values
    nothing: float

    def score(self, rows: NDArray[np.float64]) -> Values:
        """Scores of rows of features."""
        scores: Values = rows @ self.features - self.nothing
        return scores


WEIGHTS = Weights(np.array([_BY_NAME.get(name, 0.0) for name in NAMES]), _NOTHING)


def match_claims(claims: Sequence[Claim], pool: Pool, weights: Weights = WEIGHTS) -> list[Matched]:
    """The figures that each claim of one text can be on: first each alone, then with what its neighbours are on."""
    alone = [_alone(claim, pool, weights) for claim in claims]
    anchors = [_anchor(one, pool) for one in alone]
    return [_supported(n, alone, anchors, pool, weights) for n in range(len(alone))]


def _alone(claim: Claim, pool: Pool, weights: Weights) -> Matched:
    thinkable = allowed(claim, pool)
    rows = features(claim, pool, thinkable)
    return Matched(claim, weights.score(rows), thinkable, rows)


def _anchor(one: Matched, pool: Pool) -> tuple[int, float]:
    """The likeliest figure, the claim's value as evidence, and how likely it is."""
    ranked = one.ranked()[:12]
    if not ranked:
        return -1, 0.0
    claimed = one.claim.figure.quantity
    digits = sum(char.isdigit() for char in claimed.number.strip("0.,"))
    evidence = EVIDENCE * (1 + max(0, digits - TELLING_DIGITS) / 2)
    scores = {n: float(one.scores[n]) + evidence * same_value(claimed, pool.candidates[n].figure.quantity, one.claim.step) for n in ranked}
    best = max(scores, key=lambda n: scores[n])
    top = max(0.0, *scores.values())
    total = np.exp(-top) + sum(np.exp(score - top) for score in scores.values())
    return best, float(np.exp(scores[best] - top) / total)


def _supported(number: int, alone: Sequence[Matched], anchors: Sequence[tuple[int, float]], pool: Pool, weights: Weights) -> Matched:
    one = alone[number]
    rows = one.rows.copy()
    for other in range(max(0, number - REACH), min(len(alone), number + REACH + 1)):
        anchor, sure = anchors[other]
        if other == number or anchor < 0:
            continue
        if alone[other].claim.sentence != one.claim.sentence:
            sure *= OTHER_SENTENCE
        rows[:, _SUPPORT] = np.maximum(rows[:, _SUPPORT], sure * pool.nearness(anchor, float(one.claim.is_total)))
        if one.claim.figure.base is not None and alone[other].claim.figure.id == one.claim.figure.base:
            rows[:, _LINKED] = np.maximum(rows[:, _LINKED], sure * pool.hanging_on(anchor))
        if one.claim.figure.whole is not None and alone[other].claim.figure.id == one.claim.figure.whole:
            rows[:, _LINKED] = np.maximum(rows[:, _LINKED], sure * pool.parts_of(anchor))
    return Matched(one.claim, weights.score(rows), one.allowed, rows)
