"""What ought to hold between percentages, the amounts behind them, and the amounts of a year before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from corpus.audit.bounds import Bounds, Swap, Term, bounds, percent_bounds, step
from corpus.audit.notation import percent, printed, quotient, worth
from corpus.audit.relations import NO_SWAP
from corpus.figures import Figure


@dataclass(frozen=True, slots=True)
class Share:
    """`part` is `percent` of the wholes together."""

    part: Term
    wholes: tuple[Term, ...]
    percent: Figure

    @property
    def operands(self) -> tuple[Figure, ...]:
        figures = (self.percent, self.part.figure, *(whole.figure for whole in self.wholes))
        return tuple(dict.fromkeys(figures))

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        terms = [self.part.now(swap), *(whole.now(swap) for whole in self.wholes)]
        finest = None if loose else min(step(term) for term in terms)
        sizes = [bounds(term, finest) for term in terms]
        whole = Bounds(sum((b.low for b in sizes[1:]), Decimal(0)), sum((b.high for b in sizes[1:]), Decimal(0)))
        shown = percent_bounds(swap.get(self.percent.id, self.percent))
        real = sizes[0].over(whole)
        return real is not None and real.meets(shown)

    def computation(self, swap: Swap = NO_SWAP) -> str:
        part, wholes = self.part.now(swap), [whole.now(swap) for whole in self.wholes]
        scale = part.figure.quantity.canonical.scale
        below = " + ".join(printed(whole, scale) for whole in wholes)
        below = f"({below})" if len(wholes) > 1 else below
        shown = swap.get(self.percent.id, self.percent)
        return f"{printed(part, scale)} : {below} = {quotient(self._real(swap), shown, self.holds(swap))}"

    def real(self, swap: Swap = NO_SWAP) -> str:
        """The percentage that the amounts give."""
        return percent(self._real(swap), self.percent)

    def gap(self) -> str:
        return percent(abs(self._real(NO_SWAP) - Term(self.percent).base), self.percent, "điểm %")

    def _real(self, swap: Swap) -> Decimal:
        whole = sum((one.now(swap).base for one in self.wholes), Decimal(0))
        return 100 * self.part.now(swap).base / whole if whole else Decimal(0)


@dataclass(frozen=True, slots=True)
class Change:
    """`value` has changed by `change`, which is `percent` of what it was before; `up` says which way."""

    value: Term
    change: Term
    percent: Figure
    up: bool

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.percent, self.change.figure, self.value.figure)

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        value, change = self.value.now(swap), self.change.now(swap)
        finest = None if loose else min(step(value), step(change))
        now, by = bounds(value, finest), bounds(change, finest)
        real = by.over(now - by if self.up else now + by)
        return real is not None and real.meets(percent_bounds(swap.get(self.percent.id, self.percent)))

    def before(self, swap: Swap = NO_SWAP) -> Decimal:
        """What the value was before, in base units."""
        value, change = self.value.now(swap).base, self.change.now(swap).base
        return value - change if self.up else value + change

    def computation(self, swap: Swap = NO_SWAP) -> str:
        value, change = self.value.now(swap), self.change.now(swap)
        scale, before = value.figure.quantity.canonical.scale, self.before(swap)
        below = f"({printed(value, scale)} {'−' if self.up else '+'} {printed(change, scale)})"
        if before <= 0:
            return f"{printed(value, scale)} − {printed(change, scale)} ≤ 0"
        shown = swap.get(self.percent.id, self.percent)
        return f"{printed(change, scale)} : {below} = {quotient(100 * change.base / before, shown, self.holds(swap))}"

    def gap(self) -> str:
        before = self.before()
        if before <= 0:
            return worth(self.change.base, self.change.figure)
        return percent(abs(100 * self.change.base / before - Term(self.percent).base), self.percent, "điểm %")

    def told(self) -> str:
        """What the amounts say instead."""
        before = self.before()
        if before <= 0:
            return "mức tăng lớn hơn cả số hiện có"
        return f"là {percent(100 * self.change.base / before, self.percent)}"


@dataclass(frozen=True, slots=True)
class Before:
    """`value` is `earlier` changed by `change`."""

    value: Term
    change: Term
    earlier: Term
    up: bool

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.change.figure, self.value.figure, self.earlier.figure)

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        terms = [self.value.now(swap), self.change.now(swap), self.earlier.now(swap)]
        finest = None if loose else min(step(term) for term in terms)
        value, change, earlier = (bounds(term, finest) for term in terms)
        return (earlier + change if self.up else earlier - change).meets(value)

    def computation(self, swap: Swap = NO_SWAP) -> str:
        value, change, earlier = self.value.now(swap), self.change.now(swap), self.earlier.now(swap)
        scale = value.figure.quantity.canonical.scale
        base = earlier.base + change.base if self.up else earlier.base - change.base
        left = f"{printed(earlier, scale)} {'+' if self.up else '−'} {printed(change, scale)} = {worth(base, value.figure)}"
        return left if base == value.base else f"{left} {'≈' if self.holds(swap) else '≠'} {printed(value, scale, unit=True)}"

    def difference(self) -> str:
        """How far apart the two values are."""
        return worth(abs(self.value.base - self.earlier.base), self.value.figure)

    def gap(self) -> str:
        return worth(abs(abs(self.value.base - self.earlier.base) - self.change.base), self.change.figure)
