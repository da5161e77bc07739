"""A sentence with dates, and checks that quote them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.audit import checks
from corpus.audit.calendar_dates import Written
from corpus.audit.checks import SURE, Check, Spot
from corpus.passages import Passage


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A sentence with the dates in it."""

    passage: Passage
    start: int
    end: int
    dates: tuple[Written, ...]

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.passage.text[self.start : self.end]

    def before(self, one: Written) -> str:
        """The words of the sentence before a date."""
        return self.passage.text[self.start : one.start]

    def after(self, one: Written) -> str:
        """The words of the sentence after a date."""
        return self.passage.text[one.end : self.end]


def at(line: DatedLine, one: Written) -> str:
    """Where a date stands, to begin a sentence with."""
    page = line.passage.content.page_at(one.start)
    return f"Trang {page}" if line.passage.footnote is None else f"Chú thích {line.passage.footnote} (trang {page})"


def _spots(line: DatedLine, dates: tuple[Written, ...]) -> tuple[Spot, ...]:
    return tuple(Spot(line.passage.id, one.start, one.end) for one in dates)


def date_held(line: DatedLine, dates: tuple[Written, ...], computation: str) -> Check:
    """A check between dates that holds."""
    return Check(checks.DATE, True, SURE, "", None, _spots(line, dates), computation)


def date_failed(line: DatedLine, dates: tuple[Written, ...], certainty: str, question: str, computation: str, reading: str = "") -> Check:
    """A check between dates that does not hold."""
    return Check(checks.DATE, False, certainty, question, None, _spots(line, dates), computation, "", reading)
