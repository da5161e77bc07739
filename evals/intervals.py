"""Shares with their uncertainty: Wilson's interval, McNemar's exact test, percentiles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """`k` of `n`, with the 95% interval of Wilson (1927): `low` and `high` in 0..1; all None where `n` is 0."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """k/n, or None where there is nothing to count."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval, or None where `n` is 0."""
        if not self.n:
            return None
        p, z2 = self.k / self.n, Z95 * Z95
        centre = (p + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = Z95 * math.sqrt(p * (1 - p) / self.n + z2 / (4 * self.n * self.n)) / (1 + z2 / self.n)
        return max(0.0, centre - half), min(1.0, centre + half)

    def to_json(self) -> dict[str, float | int | None]:
        """`{"k", "n", "share", "low", "high"}`, rounded to six decimals."""
        low, high = self.interval or (None, None)
        return {"k": self.k, "n": self.n, "share": _round(self.value), "low": _round(low), "high": _round(high)}


def share(values: Iterable[bool]) -> Share:
    """How many of `values` are true."""
    listed = list(values)
    return Share(sum(listed), len(listed))


def mcnemar_exact(won: int, lost: int) -> float:
    """Two-sided p-value of McNemar's exact test for `won` and `lost` discordant pairs; 1.0 where there are none.

    Under the null hypothesis each discordant pair falls either way with probability 1/2.
    """
    n, smaller = won + lost, min(won, lost)
    tail = sum(math.comb(n, i) for i in range(smaller + 1))
    return min(1.0, float(Fraction(2 * tail, 1 << n)))


def percentile(values: Sequence[float], q: float) -> float | None:
    """The `q`-th percentile (0..100), linearly interpolated; None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    at = (len(ordered) - 1) * q / 100
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None of no values."""
    return sum(values) / len(values) if values else None


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
