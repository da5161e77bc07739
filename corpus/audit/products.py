"""Yield times area against production."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.audit import checks
from corpus.audit.bounds import Bounds, Swap, Term, bounds
from corpus.audit.checks import Check, held
from corpus.audit.material import Material
from corpus.audit.notation import worth
from corpus.audit.relations import NO_SWAP
from corpus.figures import AMOUNT, Figure


@dataclass(frozen=True, slots=True)
class Product:
    """`rate` over `area` gives `amount`."""

    rate: Figure
    area: Figure
    amount: Figure

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.amount, self.rate, self.area)

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        rate, area, amount = (bounds(Term(swap.get(f.id, f))) for f in (self.rate, self.area, self.amount))
        hectare = 10000
        return Bounds(rate.low * area.low / hectare, rate.high * area.high / hectare).meets(amount)

    def computation(self, swap: Swap = NO_SWAP) -> str:
        rate, area, amount = (swap.get(f.id, f) for f in (self.rate, self.area, self.amount))
        real = worth(round(Term(rate).base * Term(area).base / 10000 / amount.quantity.canonical.scale) * amount.quantity.canonical.scale, amount)
        return f"{rate.printed} × {area.printed} ≈ {real} {'≈' if self.holds(swap) else '≠'} {amount.printed}"

    def gap(self) -> str:
        return worth(abs(Term(self.rate).base * Term(self.area).base / 10000 - Term(self.amount).base), self.amount)


def product_checks(material: Material) -> Iterator[Check]:
    """A yield, an area and a production of one paragraph (with its footnotes) that agree.

    Which area a yield is of the text seldom says, so that those which do not agree prove nothing.
    """
    for rate in material.figures:
        if rate.quantity.canonical.dimension != "mass/area" or rate.kind != AMOUNT or rate.footnote is not None:
            continue
        noted = [n for n, (passage, _) in material.marks.items() if passage.id == rate.passage]
        near = [f for f in material.figures if f.passage == rate.passage or (f.footnote in noted and f.report == rate.report)]
        areas = [f for f in near if f.quantity.canonical.dimension == "area" and f.kind == AMOUNT]
        amounts = [f for f in near if f.quantity.canonical.dimension == "mass" and f.kind == AMOUNT and f.passage == rate.passage]
        products = (Product(rate, area, amount) for amount in amounts for area in areas)
        found = next((product for product in products if product.holds()), None)
        if found is not None:
            yield held(checks.PRODUCT, found)
