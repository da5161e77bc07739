"""A figure a hundred times away from all the others of its list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.audit import checks
from corpus.audit.bounds import Swap, Term
from corpus.audit.checks import MAYBE, Check, failed
from corpus.audit.lists import part_lists
from corpus.audit.material import Material
from corpus.audit.notes import note_columns
from corpus.audit.relations import NO_SWAP
from corpus.audit.wording import where
from corpus.figures import Figure

LEAST_ITEMS = 5
LEAST_FACTOR = 20
"""How many times the nearest other figure of its list a figure must be to stand out."""


@dataclass(frozen=True, slots=True)
class InLine:
    """The figure is of the magnitude of the others of its list."""

    figure: Figure
    others: tuple[Figure, ...]

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.figure,)

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        size = Term(swap.get(self.figure.id, self.figure)).base
        low, high = self.range()
        nearest = max(size / high, low / size) if size else Decimal(0)
        return nearest < LEAST_FACTOR or nearest < high / low

    def range(self) -> tuple[Decimal, Decimal]:
        """The smallest and the largest of the others, in base units."""
        sizes = [Term(other).base for other in self.others]
        return min(sizes), max(sizes)

    def computation(self, swap: Swap = NO_SWAP) -> str:
        smallest, largest = (pick(self.others, key=lambda f: Term(f).base) for pick in (min, max))
        figure = swap.get(self.figure.id, self.figure)
        return f"{figure.printed}; {len(self.others)} số còn lại từ {smallest.text} đến {largest.printed}"

    def gap(self) -> str:
        low, high = self.range()
        size = Term(self.figure).base
        return f"gấp {round(size / high)} lần số lớn nhất còn lại" if size > high else f"bằng 1/{round(low / size)} số nhỏ nhất còn lại"


def outlier_checks(material: Material) -> Iterator[Check]:
    """Figures that stand out of a list of measures. Lists in line are no checks: nothing says that they must be."""
    rows = [tuple(one.parts) for one in part_lists(material)]
    rows += [tuple(column) for note in material.notes.values() for column in note_columns(note, material)]
    for row in dict.fromkeys(rows):
        if len(row) < LEAST_ITEMS or row[0].quantity.canonical.dimension in ("count", "none") or not all(f.value for f in row):
            continue
        for n, figure in enumerate(row):
            relation = InLine(figure, row[:n] + row[n + 1 :])
            if not relation.holds():
                yield failed(checks.UNIT, relation, MAYBE, _question(relation))


def _question(relation: InLine) -> str:
    smallest, largest = (pick(relation.others, key=lambda f: Term(f).base) for pick in (min, max))
    figure = relation.figure
    return (
        f"{where(figure, capital=True)} ghi {figure.subject} {figure.printed}, trong khi các số khác cùng danh sách chỉ từ "
        f"{smallest.text} đến {largest.printed}. Có phải sai đơn vị hoặc sai dấu phẩy?"
    )
