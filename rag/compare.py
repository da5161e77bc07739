"""Two figures on one quantity: are they equal, also in other notation or rounded, and if not, what went wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

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

PLANNED = re.compile(r"(?i)kế hoạch(?! hóa| hoá)|chỉ tiêu|mục tiêu|dự toán|được giao")
OF_PLAN = re.compile(
    r"(?i)(?:%|phần trăm|so với|vượt(?: xa)?|bằng|đạt|hoàn thành)\s+(?:\S+\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)(?: năm| đề ra| giao)*"
)
COARSEST = Decimal("0.06")
"""Rounding that changes a value by a greater share than this is no rounding (`2.000` for 1.510)."""
RESTATED = Decimal("0.005")
"""Share by which the same quantity may differ where it is given once more in another unit."""
FEWEST_ZEROS = 2
"""Zeros at the end of a whole number that say it is rounded, where no `khoảng` or `gần` does."""
_MORE = frozenset(("trên", "hơn"))
_LESS = frozenset(("gần", "chưa đến"))
_BOUNDS = frozenset(("dưới", "không quá", "tối đa", "không dưới", "ít nhất", "tối thiểu"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two figures are equal, and whether only after rounding to the digits that the claim shows."""

    equal: bool
    rounded: bool


DIFFERENT, EQUAL, ROUNDED = Comparison(False, False), Comparison(True, False), Comparison(True, True)


def compare(claim: Figure, printed: Figure, step: Decimal | None = None) -> Comparison:
    """Equal number, unit, direction and year; a claim with fewer digits is equal if it rounds right.

    `step` is the value of the last digit that the claim shows, where its number alone does not tell.
    """
    if opposite(claim, printed) or other_year(claim, printed) or points(claim.quantity) != points(printed.quantity):
        return DIFFERENT
    if claim.kind == CHANGE and printed.kind == PLAN:
        return _beyond_plan(claim, printed, step)
    return compare_quantities(claim.quantity, printed.quantity, step)


def _beyond_plan(claim: Figure, printed: Figure, step: Decimal | None) -> Comparison:
    """`vượt kế hoạch 3,4%` against `đạt 103,4% kế hoạch`."""
    way = -1 if claim.direction == "giảm" else 1
    return compare_quantities(replace(claim.quantity, value=100 + way * claim.quantity.value), printed.quantity, step)


def opposite(claim: Figure, printed: Figure) -> bool:
    """Whether one says `tăng` and the other `giảm`."""
    return bool(claim.direction and printed.direction and claim.direction != printed.direction)


def points(quantity: Quantity) -> bool:
    """Whether the unit is percentage points."""
    return quantity.canonical.name == "điểm %"


def other_year(claim: Figure, printed: Figure) -> bool:
    """Whether the claim names another year than the report does, for the figure or for what it is compared with."""
    if claim.period.stated and claim.period.year != printed.period.year:
        return True
    years = [word for word in claim.versus.split() if word.isdigit() and len(word) == 4]
    return bool(years) and printed.kind == CHANGE and any(c.isdigit() for c in printed.versus) and years[0] not in printed.versus


def restates(one: Figure, other: Figure) -> bool:
    """Whether two figures of one sentence give one quantity in two units (`2.604.315,77 m² (trên 260,436 ha)`)."""
    if (one.passage, one.sentence, one.kind) != (other.passage, other.sentence, other.kind) or one.quantity.canonical == other.quantity.canonical:
        return False
    measured = one.quantity.canonical.dimension == other.quantity.canonical.dimension not in ("none", "count")
    a, b = one.quantity.base_value, other.quantity.base_value
    return measured and abs(a - b) <= RESTATED * max(abs(a), abs(b))


def compare_quantities(claim: Quantity, printed: Quantity, step: Decimal | None = None) -> Comparison:
    """Equality of two quantities in one dimension (a missing unit fits any)."""
    if claim.is_percent and printed.of is not None and not printed.rank:
        return _share(claim, printed)
    if claim.of is not None and printed.of is not None and claim.of != printed.of:
        return DIFFERENT
    if claim.high is not None and claim.high != printed.high:
        return DIFFERENT
    if printed.high is not None and claim.high is None:
        return DIFFERENT
    a, b = in_base(claim, printed), in_base(printed, claim)
    if a == b:
        return EQUAL
    scaled = _scale(claim, printed)
    for shown in _steps(claim, step):
        if _rounds_to(a, b, shown * scaled, claim.qualifier) and _fewer_digits(claim, printed, step):
            return ROUNDED
    return DIFFERENT


def _share(claim: Quantity, printed: Quantity) -> Comparison:
    """`một nửa` against `24/48 trường`."""
    if not printed.of:
        return DIFFERENT
    share = printed.value * 100 / printed.of
    if share == claim.value:
        return EQUAL
    return ROUNDED if _rounds_to(claim.value, share, last_digit(claim), claim.qualifier) else DIFFERENT


def _rounds_to(a: Decimal, b: Decimal, step: Decimal, qualifier: str) -> bool:
    """Whether `b` shown in steps of `step` is `a`: rounded half up, or down after `hơn`, up after `gần`."""
    coarsest = COARSEST * 2 if qualifier in _MORE | _LESS else COARSEST
    if qualifier in _BOUNDS:
        return False
    if not step or abs(a - b) > coarsest * abs(b) or (qualifier in _MORE and b < a) or (qualifier in _LESS and b > a):
        return False
    ways = [ROUND_HALF_UP, *([ROUND_FLOOR] if qualifier in _MORE else []), *([ROUND_CEILING] if qualifier in _LESS else [])]
    return any((b / step).quantize(Decimal(1), way) * step == a for way in ways)


def in_base(one: Quantity, other: Quantity) -> Decimal:
    """The value in base units where both have a measure, else as it stands."""
    return one.value * _scale(one, other)


def _scale(one: Quantity, other: Quantity) -> Decimal:
    measured = one.unit and other.unit and one.canonical.dimension == other.canonical.dimension
    return one.canonical.scale if measured else Decimal(1)


def _steps(claim: Quantity, step: Decimal | None) -> tuple[Decimal, ...]:
    return (step,) if step is not None else (last_digit(claim),)


def last_digit(quantity: Quantity) -> Decimal:
    """The place value of the last digit shown; for a whole number with trailing zeros, that of its last other digit.

    A percentage shows all its digits, and `100%` is never rounded.
    """
    exponent = quantity.value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Decimal(1).scaleb(exponent)
    if quantity.is_percent:
        return Decimal(1) if quantity.value != 100 else Decimal(0)
    digits = str(int(quantity.value))
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros < FEWEST_ZEROS and not quantity.qualifier:
        zeros = 0
    return Decimal(10) ** zeros if quantity.value else Decimal(0)


def _fewer_digits(claim: Quantity, printed: Quantity, step: Decimal | None) -> bool:
    return step is not None or _significant(claim.value) < _significant(printed.value)


def _significant(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def same_value(claim: Quantity, printed: Quantity, step: Decimal | None = None) -> bool:
    """Whether the values are equal or round to one another, whatever direction and year."""
    return compare_quantities(claim, printed, step).equal


def diagnose(claim: Figure, printed: Figure, others: Sequence[Figure], step: Decimal | None = None) -> str:
    """What most likely went wrong between a claim and the report's figure. `others` are the figures near it, likeliest first."""
    same = same_value(claim.quantity, printed.quantity, step)
    if points(claim.quantity) != points(printed.quantity) and claim.quantity.value == printed.quantity.value:
        return POINTS
    if same and opposite(claim, printed):
        return OPPOSITE
    if same and other_year(claim, printed):
        return PLAN_FOR_RESULT if claim.period.status != printed.period.status else OTHER_YEAR
    if _wrong_unit(claim.quantity, printed.quantity):
        return UNIT
    if _digits_swapped(claim.quantity.number, printed.quantity.number):
        return DIGITS
    return _whose(claim, printed, others, step)


def _wrong_unit(a: Quantity, b: Quantity) -> bool:
    if not a.value or not b.value:
        return False
    if a.value == b.value and a.canonical.name != b.canonical.name and "count" not in (a.canonical.dimension, b.canonical.dimension):
        return True
    if a.canonical.dimension != b.canonical.dimension:
        return False
    ratio = a.base_value / b.base_value
    powers = [Decimal(10) ** n for n in (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6)]
    return ratio in powers and (a.canonical.dimension not in ("count", "none", "percent") or ratio in (Decimal(1000), Decimal("0.001")))


def _whose(claim: Figure, printed: Figure, others: Sequence[Figure], step: Decimal | None) -> str:
    for other in others:
        if other.id == printed.id or not (same_value(claim.quantity, other.quantity, step) or claim.quantity.value == other.quantity.value):
            continue
        if claim.quantity.is_percent != other.quantity.is_percent:
            continue
        if other.period.year != printed.period.year:
            return OTHER_YEAR
        if other.place != printed.place and printed.place == claim.place:
            return ELSEWHERE
        return PLAN_FOR_RESULT if planned(other) != planned(printed) and other.kind == printed.kind else NEIGHBOUR
    return OTHER_VALUE


def planned(figure: Figure) -> bool:
    """Whether the words of a figure say that it is the level of a plan (`kế hoạch là 52 km`)."""
    return bool(PLANNED.search(OF_PLAN.sub(" ", f"{figure.own} {figure.subject}")))


def _digits_swapped(a: str, b: str) -> bool:
    """Whether two numbers have the same digits in another order."""
    mine, theirs = [c for c in a if c.isdigit()], [c for c in b if c.isdigit()]
    return mine != theirs and sorted(mine) == sorted(theirs) and len(mine) > 1

