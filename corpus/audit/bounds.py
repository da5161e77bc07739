"""The true values that a printed figure allows: half a step of its last digit either way, more where it says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.figures import Figure

AT_LEAST = frozenset({"trên", "hơn", "từ", "ít nhất", "tối thiểu", "không dưới"})
AT_MOST = frozenset({"gần", "dưới", "chưa đến", "không quá", "tối đa"})
ABOUT = frozenset({"khoảng", "xấp xỉ", "trên dưới"})
_HALF = Decimal("0.5")

Swap = Mapping[str, Figure]
"""Figures by id that stand in for those printed, while a reading is tried out."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """All values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Bounds) -> Bounds:
        return Bounds(self.low - other.high, self.high - other.low)

    def meets(self, other: Bounds) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def over(self, other: Bounds) -> Bounds | None:
        """The quotient as a percentage; None where the divisor may be zero. Both must not be negative."""
        if other.low <= 0:
            return None
        return Bounds(100 * self.low / other.high, 100 * self.high / other.low)


@dataclass(frozen=True, slots=True)
class Term:
    """A number of a figure: its value, or (`of`) the second number of a ratio."""

    figure: Figure
    of: bool = False

    def now(self, swap: Swap) -> Term:
        """The term with its figure as `swap` has it."""
        return Term(swap.get(self.figure.id, self.figure), self.of)

    @property
    def base(self) -> Decimal:
        """The exact value as printed, in the base unit of its dimension."""
        quantity = self.figure.quantity
        return quantity.of * quantity.canonical.scale if self.of and quantity.of is not None else quantity.base_value

    @property
    def is_count(self) -> bool:
        """Whether it counts things one by one (exact unless it says otherwise; `1,6 triệu lượt` is rounded)."""
        unit = self.figure.quantity.canonical
        return unit.dimension in ("count", "none") and unit.scale == 1


def step(term: Term) -> Decimal:
    """The worth of one in the last printed digit, in base units."""
    quantity = term.figure.quantity
    numbers = re.findall(r"\d[\d.,]*", quantity.number)
    if quantity.of is None and len(numbers) == 2 and quantity.high is None:  # `5 tỷ 786 triệu`
        return Decimal(1000) if re.search(r"nghìn|ngàn", quantity.number) else Decimal(10**6)
    number = numbers[-1] if term.of else numbers[0]
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,(\d+))?", number)
    decimals = (grouped.group(1) or "") if grouped else re.split(r"[.,]", number + ",")[1]
    return Decimal(10) ** -len(decimals) * quantity.canonical.scale


def bounds(term: Term, finest: Decimal | None = None) -> Bounds:
    """The values that the printed number allows, in base units.

    `finest` caps the step: beside `12,982 tỷ`, a bare `17 tỷ` has most likely lost its zeros, not its decimals.
    """
    value, quantity = term.base, term.figure.quantity
    width = step(term) if finest is None else min(step(term), finest)
    if quantity.high is not None:
        return Bounds(value, quantity.high * quantity.canonical.scale)
    if quantity.qualifier in AT_LEAST | AT_MOST | ABOUT:
        width = max(width, _round_by(value)) if finest is None or term.is_count else width
        low = value if quantity.qualifier in AT_LEAST else value - width
        return Bounds(low, value if quantity.qualifier in AT_MOST else value + width)
    if term.is_count and value == int(value):
        return Bounds(value, value)
    return Bounds(value - width * _HALF, value + width * _HALF)


def percent_bounds(figure: Figure) -> Bounds:
    """What a printed percentage allows: rounded to the nearest, or cut off after its last digit."""
    term = Term(figure)
    plain = bounds(term)
    if figure.quantity.qualifier or figure.quantity.high is not None:
        return plain
    return Bounds(plain.low, term.base + step(term))


def _round_by(value: Decimal) -> Decimal:
    """`1000` for 22.000, `1` for 381: what a number before which `gần` stands was rounded to."""
    power = Decimal(1)
    while value and value % (power * 10) == 0:
        power *= 10
    return power
