"""One figure of a report as a record."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from corpus.numbers import Quantity
from corpus.periods import Period

AMOUNT, SHARE, PLAN, CHANGE, RANK, RATIO = "amount", "share", "share_of_plan", "change", "rank", "ratio"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    `start:end` and `sentence` are spans in the passage's text, `source` the span in the report file. `own` holds the
    words of its group, `inherited` those of the group it hangs on and of its labels, `lead` the other words of the
    sentence up to it. `base` is the id of the figure that it qualifies (`tăng 4,6%` its amount), `whole` that of the
    figure it is a part of. `value` is in `unit`; in base units it is `value * scale`.
    """

    id: str
    passage: str
    report: str
    section: str
    footnote: int | None
    page: int
    start: int
    end: int
    source: tuple[int, int]
    sentence: tuple[int, int]
    quantity: Quantity
    kind: str
    direction: str
    versus: str
    period: Period
    place: str
    subject: str
    own: str
    inherited: str
    lead: str
    base: str | None
    whole: str | None

    @property
    def text(self) -> str:
        """The number as printed."""
        return self.quantity.number

    @property
    def unit(self) -> str:
        """The unit as printed (empty where the report prints none)."""
        return self.quantity.unit

    @property
    def value(self) -> Decimal:
        """The exact value in its unit."""
        return self.quantity.value

    @property
    def printed(self) -> str:
        """Number and unit, `1,95%` or `830,0 tỷ đồng`."""
        return self.text + ("" if self.unit.startswith("%") or not self.unit else " ") + self.unit
