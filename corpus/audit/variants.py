"""What a printed number may be a slip of: a unit a thousand times off, a misplaced comma, digits swapped, one digit wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from corpus.figures import Figure
from corpus.numbers import read_number, write_number
from corpus.units import unit_named

SCALE, SWAP, DIGIT = 0, 1, 2
"""Kinds of slips, the likeliest first."""

_SMALLER = {"km": "m", "tỷ đồng": "triệu đồng", "triệu đồng": "nghìn đồng", "tấn": "kg"}
_LARGER = {small: large for large, small in _SMALLER.items()}


def variants(figure: Figure, slip: int) -> Iterator[Figure]:
    """The figure as it would be printed without a slip of that kind. Ranges and ratios have none."""
    quantity = figure.quantity
    if quantity.high is not None or quantity.of is not None or " " in quantity.number:
        return
    if slip == SCALE:
        yield from _scaled(figure)
        return
    for number in dict.fromkeys(_swapped(quantity.number) if slip == SWAP else _one_digit(quantity.number)):
        yield replace(figure, quantity=replace(quantity, number=number, value=read_number(number)))


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two whole numbers differ by two neighbouring digits swapped, or by one digit."""
    number = write_number(one)
    return write_number(other) in {*_swapped(number), *_one_digit(number)}


def _scaled(figure: Figure) -> Iterator[Figure]:
    """`996 km` as `996 m`; `25,5` as `2,55` and `255`."""
    quantity = figure.quantity
    for table in (_SMALLER, _LARGER):
        name = table.get(quantity.canonical.name)
        if name is not None:
            yield replace(figure, quantity=replace(quantity, unit=name, canonical=unit_named(name)))
    if "," in quantity.number:
        for factor in (Decimal(10), Decimal("0.1")):
            moved = quantity.value * factor
            yield replace(figure, quantity=replace(quantity, number=write_number(moved), value=moved))


def _swapped(number: str) -> Iterator[str]:
    places = [at for at, char in enumerate(number) if char.isdigit()]
    for one, other in pairwise(places):
        if number[one] != number[other]:
            chars = list(number)
            chars[one], chars[other] = chars[other], chars[one]
            yield "".join(chars)


def _one_digit(number: str) -> Iterator[str]:
    for at, char in enumerate(number):
        if char.isdigit():
            yield from (number[:at] + digit + number[at + 1 :] for digit in "0123456789" if digit != char)
