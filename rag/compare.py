"""Two figures on one quantity: are they equal, also in other notation or rounded, and if not, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures import CHANGE, PLAN, Figure
from corpus.numbers import Quantity

OPPOSITE = "tăng/giảm ngược chiều"
UNIT = "sai đơn vị"
DIGITS = "đảo chữ số"
NEIGHBOUR = "số của chỉ tiêu khác"
ELSEWHERE = "nơi khác"
OTHER_YEAR = "năm khác"
PLAN_FOR_RESULT = "kế hoạch thay kết quả"
POINTS = "% và điểm %"
OTHER_VALUE = "khác giá trị"
"""Diagnoses of a mismatch, as shown."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two figures are equal, and whether only after rounding to the digits that the claim shows."""

    equal: bool
    rounded: bool


def compare(claim: Figure, printed: Figure) -> Comparison:
    """Equal number, unit, direction and year; a claim with fewer digits is equal if it rounds right."""
    if claim.direction and printed.direction and claim.direction != printed.direction:
        return Comparison(False, False)
    if _other_year(claim, printed) or _points(claim.quantity) != _points(printed.quantity):
        return Comparison(False, False)
    return compare_quantities(claim.quantity, printed.quantity)


def compare_quantities(claim: Quantity, printed: Quantity) -> Comparison:
    """Equality of two quantities in one dimension (a missing unit fits any)."""
    if claim.of is not None and printed.of is not None and claim.of != printed.of:
        return Comparison(False, False)
    if (claim.high is None) != (printed.high is None):
        return Comparison(False, False)
    a, b = _in_base(claim, printed), _in_base(printed, claim)
    if claim.high is not None and printed.high is not None and claim.high != printed.high:
        return Comparison(False, False)
    if a == b:
        return Comparison(True, False)
    step = _last_digit(claim) * (claim.canonical.scale if claim.unit and printed.unit else Decimal(1))
    if step and abs(b) >= step and (b / step).quantize(Decimal(1), ROUND_HALF_UP) * step == a and _fewer_digits(claim, printed):
        return Comparison(True, True)
    return Comparison(False, False)


def _in_base(one: Quantity, other: Quantity) -> Decimal:
    scaled = one.unit and other.unit and one.canonical.dimension not in ("count", "none")
    return one.value * (one.canonical.scale if scaled else Decimal(1))


def _last_digit(quantity: Quantity) -> Decimal:
    """The place value of the last digit shown; for a whole number with trailing zeros, that of its last other digit."""
    exponent = quantity.value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Decimal(1).scaleb(exponent)
    digits = str(int(quantity.value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** zeros if quantity.value else Decimal(0)


def _fewer_digits(claim: Quantity, printed: Quantity) -> bool:
    def significant(value: Decimal) -> int:
        return len(str(value.normalize()).replace(".", "").replace("-", "").split("E")[0].lstrip("0"))

    return significant(claim.value) < significant(printed.value)


def _points(quantity: Quantity) -> bool:
    return quantity.canonical.name == "điểm %"


def _other_year(claim: Figure, printed: Figure) -> bool:
    if claim.period.stated and claim.period.year != printed.period.year:
        return True
    years = [word for word in claim.versus.split() if word.isdigit() and len(word) == 4]
    return bool(years) and printed.kind == CHANGE and any(c.isdigit() for c in printed.versus) and years[0] not in printed.versus


def diagnose(claim: Figure, printed: Figure, others: Sequence[Figure]) -> str:
    """What most likely went wrong between a claim and the report's figure. `others` are the figures near it."""
    same = compare_quantities(claim.quantity, printed.quantity).equal
    if _points(claim.quantity) != _points(printed.quantity) and claim.quantity.value == printed.quantity.value:
        return POINTS
    if same and claim.direction and printed.direction and claim.direction != printed.direction:
        return OPPOSITE
    if same and _other_year(claim, printed):
        return PLAN_FOR_RESULT if claim.period.status != printed.period.status else OTHER_YEAR
    if claim.quantity.value == printed.quantity.value and claim.quantity.canonical != printed.quantity.canonical:
        return UNIT
    if _power_of_ten(claim.quantity, printed.quantity):
        return UNIT
    if _digits_swapped(claim.quantity.number, printed.quantity.number):
        return DIGITS
    return _whose(claim, printed, others)


def _whose(claim: Figure, printed: Figure, others: Sequence[Figure]) -> str:
    for other in others:
        if other.id == printed.id or not compare_quantities(claim.quantity, other.quantity).equal:
            continue
        if other.quantity.canonical.dimension != claim.quantity.canonical.dimension:
            continue
        if other.period.year != printed.period.year:
            return PLAN_FOR_RESULT if other.period.status != printed.period.status else OTHER_YEAR
        if other.place != printed.place and other.subject != printed.subject and other.passage == printed.passage:
            return ELSEWHERE
        if {other.kind, printed.kind} == {PLAN, CHANGE}:
            return NEIGHBOUR
        return NEIGHBOUR
    return OTHER_VALUE


def _power_of_ten(a: Quantity, b: Quantity) -> bool:
    if not a.value or not b.value or a.canonical.dimension != b.canonical.dimension:
        return False
    ratio = a.value * a.canonical.scale / (b.value * b.canonical.scale)
    return ratio in [Decimal(10) ** n for n in (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6)]


def _digits_swapped(a: str, b: str) -> bool:
    """Whether two numbers have the same digits in another order."""
    mine, theirs = [c for c in a if c.isdigit()], [c for c in b if c.isdigit()]
    return mine != theirs and sorted(mine) == sorted(theirs) and len(mine) > 1
