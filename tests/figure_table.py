"""Tables of figures made by reading reports, and whether the records agree with them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.figures import Figure
from corpus.passages import Passage
from corpus.text import fold


@dataclass(frozen=True)
class Expected:
    """A figure as a reader understands it; `«…»` in `words` marks its number."""

    report: str
    section: str
    footnote: str
    words: str
    subject: str
    unit: str
    kind: str
    direction: str
    period: str
    place: str
    versus: str = ""

    @property
    def number(self) -> str:
        return self.words[self.words.index("«") + 1 : self.words.index("»")]

    @property
    def plain(self) -> str:
        return self.words.replace("«", "").replace("»", "")


def read_table(path: Path, report: str = "") -> list[Expected]:
    """The rows of a table; `report` where it has no such column."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Expected(**({"report": report} | {name: value or "" for name, value in row.items()})) for row in rows]


def place_of(row: Expected, passages: Iterable[Passage]) -> tuple[str, int]:
    """The passage and offset of the row's number; its words must stand exactly once in their section or footnote."""
    footnote = int(row.footnote) if row.footnote else None
    within = [p for p in passages if p.report == row.report and p.section == row.section and p.footnote == footnote]
    hits = [(p.id, match.start()) for p in within for match in re.finditer(re.escape(row.plain), p.text)]
    assert len(hits) == 1, f"{row.words!r} stands {len(hits)} times in {row.report} {row.section} {row.footnote}"
    return hits[0][0], hits[0][1] + row.words.index("«")


def subject_fits(row: Expected, figure: Figure) -> bool:
    """`&`: all of these words; `|`: any of these; `!`: not this one (then in the subject phrase itself)."""
    measured = fold(f"{figure.subject} {figure.inherited}")
    for words in row.subject.split(" & "):
        if words.startswith("!"):
            if fold(words[1:]) in fold(figure.subject):
                return False
        elif not any(fold(word) in measured for word in words.split("|")):
            return False
    return True


def right(column: str, row: Expected, figure: Figure) -> bool | None:
    """Whether the record is right in a column; None where the table does not say (or the column does not apply)."""
    if column == "subject":
        return subject_fits(row, figure) if row.subject else None
    if column in ("place", "versus") and not getattr(row, column):
        return None
    got = {
        "number": figure.text.rstrip("%"),
        "unit": figure.unit.lower(),
        "kind": figure.kind,
        "direction": figure.direction,
        "versus": figure.versus.lower(),
        "period": f"{figure.period.year} {figure.period.status}",
        "place": figure.place,
    }[column]
    wanted = row.number.rstrip("%") if column == "number" else getattr(row, column)
    return got in (wanted.lower() if column in ("unit", "versus") else wanted).split("|")


def score(column: str, rows: Iterable[Expected], passages: Iterable[Passage], figures: Mapping[tuple[str, int], Figure]) -> tuple[int, list[str]]:
    """How many rows a column is scored in, and the words of those where the record is wrong or missing."""
    within = list(passages)
    found = [(row, figures.get(place_of(row, within))) for row in rows]
    judged = [(row, figure is not None and right(column, row, figure)) for row, figure in found]
    wrong = [f"{row.report} {row.words}" for row, good in judged if good is False]
    return sum(good is not None for _, good in judged), wrong
