"""Dates and months written in a text, where they stand."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>(?:19|20)\d\d)(?![\d/])")
_MONTH = re.compile(r"(?i)\btháng\s+(?P<month>\d{1,2})\s?(?:/|năm|-)\s?(?P<year>(?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Written:
    """A date (`day` 0: a month) as written at `start:end`; it may be impossible."""

    start: int
    end: int
    day: int
    month: int
    year: int
    text: str

    @property
    def possible(self) -> bool:
        """Whether the calendar has it."""
        return 1 <= self.month <= 12 and self.day <= calendar.monthrange(self.year, self.month)[1]

    @property
    def first(self) -> date:
        """The date, or the first day of the month. Only for a possible one."""
        return date(self.year, self.month, self.day or 1)

    def in_year(self, year: int) -> str:
        """As written, with another year."""
        return self.text.replace(str(self.year), str(year))


def written_dates(text: str) -> Iterator[Written]:
    """The dates and months with a year in `text`, in order."""
    matches = [*_DATE.finditer(text), *_MONTH.finditer(text)]
    for match in sorted(matches, key=lambda m: m.start()):
        parts = match.groupdict()
        yield Written(match.start(), match.end(), int(parts.get("day") or 0), int(parts["month"]), int(parts["year"]), match.group())


def months_between(one: date, other: date) -> int:
    """Whole months from `one` to `other`, days left aside; negative where `other` is earlier."""
    return (other.year - one.year) * 12 + other.month - one.month
