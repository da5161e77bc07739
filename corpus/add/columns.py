"""Tables without ruled lines: rows of words that stand in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.add.lines import Line
from corpus.add.tables import is_figure

LEAST_ROWS = 2
LEAST_COLUMNS = 3
MOST_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """A table found among lines: the places of its first line and after its last, and its rows of cells."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    lines: tuple[Line, ...]

    @property
    def is_data(self) -> bool:
        """Whether the row has a name and figures in at least two further columns."""
        return len(self.lines) >= LEAST_COLUMNS and sum(is_figure(line.text) for line in self.lines[1:]) >= len(self.lines) - 2

    @property
    def end(self) -> int:
        return self.start + len(self.lines)


def find_columns(lines: Sequence[Line]) -> list[Columns]:
    """The tables among the lines of a page (lines side by side follow one another), in order."""
    rows = _rows(lines)
    found = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end].is_data:
            end += 1
        if end - at >= LEAST_ROWS:
            first = at
            while first > 0 and at - first < MOST_HEADER_ROWS and len(rows[first - 1].lines) > 1 and (not found or rows[first - 1].start >= found[-1].end):
                first -= 1
            cells = _cells(rows[first:at], rows[at:end])
            if cells is not None:
                found.append(Columns(rows[first].start, rows[end - 1].end, cells))
        at = max(end, at + 1)
    return found


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for at, line in enumerate(lines):
        if rows and abs(rows[-1].lines[0].bottom - line.bottom) < 0.4 * line.size and line.x0 >= rows[-1].lines[-1].x1:
            rows[-1] = _Row(rows[-1].start, (*rows[-1].lines, line))
        else:
            rows.append(_Row(at, (line,)))
    return rows


def _cells(heads: Sequence[_Row], data: Sequence[_Row]) -> tuple[tuple[str, ...], ...] | None:
    """The rows as cells, by the columns that the data make; None where a row has two cells in one column."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((line.x0, line.x1) for row in data for line in row.lines):
        if spans and x0 < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    out = []
    for row in heads:
        cells = [""] * len(spans)
        for line in row.lines:
            over = [n for n, (x0, x1) in enumerate(spans) if line.x0 < x1 and x0 < line.x1]
            for n in over or [min(range(len(spans)), key=lambda n: abs(spans[n][0] + spans[n][1] - line.x0 - line.x1))]:
                cells[n] = f"{cells[n]} {line.text}".strip()
        out.append(tuple(cells))
    for row in data:
        cells = [""] * len(spans)
        for line in row.lines:
            at = next(n for n, (x0, x1) in enumerate(spans) if x0 <= line.x0 and line.x1 <= x1)
            if cells[at]:
                return None
            cells[at] = line.text
        out.append(tuple(cells))
    return tuple(out)
