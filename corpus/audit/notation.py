"""Numbers of a computation in Vietnamese notation, with the unit of the figure that they stand beside."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from corpus.audit.bounds import Term, step
from corpus.figures import Figure
from corpus.numbers import write_number


def printed(term: Term, scale: Decimal | None, *, unit: bool = False) -> str:
    """The number as the report prints it; converted where `scale` is not that of its unit."""
    own = term.figure.quantity.canonical.scale
    unit_words = term.figure.unit if unit or (scale is None) else ""
    if scale is None or scale == own:
        number = _own_number(term)
        return with_unit(number, unit_words)
    return write_number(tidy(term.base / scale))


def worth(base: Decimal, like: Figure) -> str:
    """A value in base units, in the unit of the figure `like`."""
    return with_unit(write_number(tidy(base / like.quantity.canonical.scale)), like.unit)


def quotient(real: Decimal, shown: Figure, holds: bool) -> str:
    """A computed percentage against the printed one: `76,8% ≠ 83%`."""
    size = percent(real, shown)
    if holds:
        return size if size == shown.text + "%" else f"{size} ≈ {shown.text}%"
    return f"{size} ≠ {shown.text}%"


def percent(real: Decimal, like: Figure, unit: str = "%") -> str:
    """A percentage, one decimal finer than the figure `like` prints."""
    finer = step(Term(like)) / 10
    rounded = real.quantize(min(finer, Decimal("0.1")), ROUND_HALF_UP)
    return with_unit(write_number(tidy(rounded)), unit)


def with_unit(number: str, unit: str) -> str:
    """Number and unit as Vietnamese prints them: no space before a percent sign."""
    return f"{number}{'' if unit.startswith('%') or not unit else ' '}{unit}"


def tidy(value: Decimal) -> Decimal:
    """`value` without trailing zeros after the decimal mark, at most six decimals, never in powers of ten."""
    plain = round(value, 6).normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain


def _own_number(term: Term) -> str:
    quantity = term.figure.quantity
    if quantity.of is None:
        return quantity.number
    return write_number(tidy(quantity.of if term.of else quantity.value))
