"""What ought to hold between figures: a sum, an equality, a part within its whole. Percentages: `rates.py`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from corpus.audit.bounds import Bounds, Swap, Term, bounds, step
from corpus.audit.notation import printed, worth
from corpus.figures import Figure

NO_SWAP: Swap = {}
_DEVIATIONS = 3
"""Standard deviations that the rounding errors of several numbers together are allowed (one rounding: step / √12)."""


class Relation(Protocol):
    """`holds` allows what rounding allows; `loose` lets a bare `17 tỷ` beside `12,982 tỷ` be a rounded number too."""

    @property
    def operands(self) -> tuple[Figure, ...]:
        """The figures that it binds, the one that ought to follow from the others first."""

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        """Whether the printed figures allow it."""

    def computation(self, swap: Swap = NO_SWAP) -> str:
        """It worked out, in Vietnamese notation."""

    def gap(self) -> str:
        """By how much it fails, in Vietnamese notation."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts add up to the total."""

    total: Term
    parts: tuple[Term, ...]

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.total.figure, *(part.figure for part in self.parts))

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        return self.added(swap, loose=loose).meets(bounds(self.total.now(swap)))

    def exceeds(self) -> bool:
        """Whether the parts are more than the total, whatever the rounding."""
        return self.added(NO_SWAP, loose=True).low > bounds(self.total).high

    def added(self, swap: Swap, *, loose: bool) -> Bounds:
        """What the parts add up to: at the worst (`loose`), or as far off as the rounding of so many numbers ever is."""
        finest = None if loose else step(self.total.now(swap))
        parts = [part.now(swap) for part in self.parts]
        sums = [bounds(part, finest) for part in parts]
        low, high = sum((b.low for b in sums), Decimal(0)), sum((b.high for b in sums), Decimal(0))
        if loose or any(part.figure.quantity.qualifier or part.figure.quantity.high is not None for part in parts):
            return Bounds(low, high)
        likely = _DEVIATIONS * (sum(((b.high - b.low) ** 2 for b in sums), Decimal(0)) / 12).sqrt()
        middle, off = (low + high) / 2, min((high - low) / 2, likely)
        return Bounds(middle - off, middle + off)

    @property
    def sum_of_parts(self) -> Decimal:
        """The parts as printed, added up, in base units."""
        return sum((part.base for part in self.parts), Decimal(0))

    def computation(self, swap: Swap = NO_SWAP) -> str:
        parts, total = [part.now(swap) for part in self.parts], self.total.now(swap)
        scale = total.figure.quantity.canonical.scale
        added = sum((part.base for part in parts), Decimal(0))
        left = " + ".join(printed(part, scale) for part in parts)
        shown = printed(total, scale, unit=True)
        if added == total.base:
            return f"{left} = {shown}"
        return f"{left} = {worth(added, total.figure)} {'≈' if self.holds(swap) else '≠'} {shown}"

    def gap(self) -> str:
        return worth(abs(self.sum_of_parts - self.total.base), self.total.figure)


@dataclass(frozen=True, slots=True)
class Same:
    """Two figures give one quantity."""

    one: Term
    other: Term

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.other.figure, self.one.figure)

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        return bounds(self.one.now(swap)).meets(bounds(self.other.now(swap)))

    def computation(self, swap: Swap = NO_SWAP) -> str:
        one, other = self.one.now(swap), self.other.now(swap)
        sign = "=" if self.holds(swap) else "≠"
        first, second = printed(one, None, unit=True), printed(other, None, unit=True)
        if one.figure.quantity.canonical.scale == other.figure.quantity.canonical.scale:
            return f"{first} {sign} {second}"
        return f"{first} = {worth(one.base, other.figure)} {'≈' if sign == '=' else sign} {second}"

    def converted(self) -> str:
        """The one in the unit of the other."""
        return worth(self.one.base, self.other.figure)

    def gap(self) -> str:
        return worth(abs(self.one.base - self.other.base), self.other.figure)


@dataclass(frozen=True, slots=True)
class Within:
    """The part is not more than the whole."""

    part: Term
    whole: Term

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.part.figure, self.whole.figure)

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        return bounds(self.part.now(swap)).low <= bounds(self.whole.now(swap)).high

    def computation(self, swap: Swap = NO_SWAP) -> str:
        part, whole = self.part.now(swap), self.whole.now(swap)
        return f"{printed(part, None, unit=True)} {'≤' if self.holds(swap) else '>'} {printed(whole, None, unit=True)}"

    def gap(self) -> str:
        return worth(abs(self.part.base - self.whole.base), self.whole.figure)
