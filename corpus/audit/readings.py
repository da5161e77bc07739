"""The one slip of the pen that would explain a check that fails: tried out, kept where only one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.audit import checks
from corpus.audit.checks import Check
from corpus.audit.notation import worth
from corpus.audit.relations import Same, Sum
from corpus.audit.variants import DIGIT, SCALE, SWAP, variants
from corpus.figures import Figure

_SOLID = 3
"""Parts of a sum that must be there before the gap is compared with one of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure (`figure`) read as another (`instead`; None: a part that the total left out), and the checks that it mends."""

    figure: Figure
    instead: Figure | None
    slip: int
    mends: tuple[Check, ...]


class Readings:
    """The checks of one report, to try readings against: no reading may break a check that holds."""

    def __init__(self, all_checks: Sequence[Check]) -> None:
        self.failing = [check for check in all_checks if not check.holds and check.relation is not None]
        self.holding = [check for check in all_checks if check.holds and check.relation is not None]
        strong = [c for c in self.holding if isinstance(c.relation, (Sum, Same))]
        self.confirmed = {figure.id for check in strong for figure in check.operands}

    def best(self, check: Check) -> Reading | None:
        """The likeliest reading that mends `check`; None where there is none, or several are as likely."""
        for slip in (SCALE, SWAP, DIGIT):
            found = [*self._left_out(check, slip), *self._of_slip(check, slip)]
            if not found:
                continue
            most = max(len(reading.mends) for reading in found)
            top = [reading for reading in found if len(reading.mends) == most]
            return top[0] if len(top) == 1 else None
        return None

    def explained(self, check: Check, slips: Sequence[int]) -> bool:
        """Whether some slip of these kinds mends `check`."""
        return any(self._of_slip(check, slip) for slip in slips)

    def _of_slip(self, check: Check, slip: int) -> list[Reading]:
        if check.relation is None or check.kind == checks.WEIGHT:
            return []
        found = []
        for figure in check.operands:
            if figure.id in self.confirmed:
                continue
            for instead in variants(figure, slip):
                swap = {figure.id: instead}
                if check.relation.holds(swap) and not self._breaks(figure, instead):
                    found.append(Reading(figure, instead, slip, self._mended(figure, instead)))
        return found

    def _left_out(self, check: Check, slip: int) -> list[Reading]:
        """A part that is exactly what the total lacks."""
        relation = check.relation
        if slip != SCALE or not isinstance(relation, Sum) or len(relation.parts) < _SOLID:
            return []
        gap = relation.sum_of_parts - relation.total.base
        parts = [part.figure for part in relation.parts if part.base == gap]
        return [Reading(parts[0], None, slip, (check,))] if len(parts) == 1 else []

    def _breaks(self, figure: Figure, instead: Figure) -> bool:
        swap = {figure.id: instead}
        return any(c.relation and figure in c.operands and not c.relation.holds(swap) for c in self.holding)

    def _mended(self, figure: Figure, instead: Figure) -> tuple[Check, ...]:
        swap = {figure.id: instead}
        return tuple(c for c in self.failing if c.relation and figure in c.operands and c.relation.holds(swap))


def words_of(reading: Reading) -> str:
    """The reading as a sentence."""
    if reading.instead is None:
        relation = reading.mends[0].relation
        assert isinstance(relation, Sum)
        rest = worth(relation.sum_of_parts - Decimal(reading.figure.value) * reading.figure.quantity.canonical.scale, relation.total.figure)
        return f"Nếu tổng chưa tính {reading.figure.printed} ({reading.figure.subject}) thì các khoản còn lại cộng đúng {rest}."
    swap = {reading.figure.id: reading.instead}
    sums = "; ".join(check.relation.computation(swap) for check in reading.mends if check.relation)
    return f"Nếu “{reading.figure.printed}” là “{reading.instead.printed}” thì khớp: {sums}."
