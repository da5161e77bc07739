"""Tables without ruled lines: rows of words that stand in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.add.lines import Line
from corpus.add.tables import caption_unit, is_blank, is_figure

COLUMN_GAP = 0.7
"""A gap of so many sizes of type divides two cells of a row."""
LEAST_ROWS = 2
LEAST_COLUMNS = 3
MOST_HEADER_ROWS = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """A table found on a page: its height from `top` to `bottom`, and its rows of cells, the header (one row) first."""

    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Row:
    lines: list[Line]

    @property
    def is_data(self) -> bool:
        """Whether the row has figures in at least two columns, and further cells."""
        figures = sum(is_figure(line.text) for line in self.lines)
        others = sum(not is_figure(line.text) and not is_blank(line.text) for line in self.lines)
        return len(self.lines) >= LEAST_COLUMNS and figures >= 2 and others <= 3

    @property
    def top(self) -> float:
        return min(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        return max(line.bottom for line in self.lines)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def find_columns(cells: Sequence[Line]) -> list[Columns]:
    """The tables of a page, from the top down. `cells` are its lines, divided wherever a gap may part two columns."""
    rows = _rows(cells)
    found: list[Columns] = []
    at = 0
    while at < len(rows):
        if not rows[at].is_data:
            at += 1
            continue
        end, last = at, at
        while end < len(rows) and (rows[end].is_data or _may_wrap(rows[end], rows[end - 1])):
            last = end if rows[end].is_data else last
            end += 1
        data = [row for row in rows[at : last + 1] if row.is_data]
        end = last + 1
        while end < len(rows) and _may_wrap(rows[end], rows[end - 1]) and len(rows[end].lines[0].text) < 30 and rows[end].lines[0].x0 < data[-1].lines[-2].x0:
            end += 1
        spans = _spans(data) if len(data) >= LEAST_ROWS else []
        if len(spans) >= LEAST_COLUMNS:
            first = at
            while first > 0 and at - first < MOST_HEADER_ROWS and _may_head(rows[first - 1], rows[first], spans):
                first -= 1
            table = _table(rows[first:at], rows[at:end], spans)
            if table is not None and (not found or found[-1].bottom <= rows[first].top):
                found.append(Columns(rows[first].top, rows[end - 1].bottom, table))
        at = max(end, at + 1)
    return found


def _rows(cells: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for cell in sorted(cells, key=lambda line: (line.bottom, line.x0)):
        if rows and abs(rows[-1].lines[0].bottom - cell.bottom) < 0.4 * cell.size:
            rows[-1].lines.append(cell)
        else:
            rows.append(_Row([cell]))
    for row in rows:
        row.lines.sort(key=lambda line: line.x0)
    return rows


def _may_wrap(row: _Row, above: _Row) -> bool:
    """Whether a row can be the further line of cells of a table: few words, close below the row above."""
    size = row.lines[0].size
    return len(row.lines) <= 2 and row.top - above.bottom < 0.9 * size and all(not is_figure(line.text) and line.x1 - line.x0 < 20 * size for line in row.lines)


def _may_head(row: _Row, below: _Row, spans: Sequence[tuple[float, float]]) -> bool:
    width = spans[-1][1] - spans[0][0]
    if row.is_data or any(caption_unit(line.text) for line in row.lines) or below.top - row.bottom > 1.2 * row.lines[0].size:
        return False
    return all(line.x1 - line.x0 < 0.6 * width and line.x1 > spans[0][0] and line.x0 < spans[-1][1] for line in row.lines) and (
        len(row.lines) > 1 or row.lines[0].x0 > spans[0][1]
    )


def _spans(data: Sequence[_Row]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((line.x0, line.x1) for row in data for line in row.lines):
        if spans and x0 < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans


def _table(heads: Sequence[_Row], body: Sequence[_Row], spans: Sequence[tuple[float, float]]) -> tuple[tuple[str, ...], ...] | None:
    """The header as one row and the rows below, by the columns; None where a row has two cells in one column."""
    head = [""] * len(spans)
    for row in heads:
        for line in row.lines:
            over = [n for n, (x0, x1) in enumerate(spans) if line.x0 < x1 and x0 < line.x1] or [_nearest(line, spans)]
            for n in over:
                head[n] = f"{head[n]} {line.text}".strip()
    data = [row for row in body if row.is_data]
    stacked: list[list[list[tuple[float, str]]]] = [[[] for _ in spans] for _ in data]
    for row in body:
        owner = data.index(row) if row.is_data else min(range(len(data)), key=lambda n: abs(data[n].middle - row.middle))
        for line in row.lines:
            stacked[owner][_nearest(line, spans)].append((line.top, line.text))
    if any(sum(is_figure(text) for _, text in cell) > 1 for cells in stacked for cell in cells):
        return None
    rows = [tuple(" ".join(text for _, text in sorted(cell, key=lambda entry: entry[0])) for cell in cells) for cells in stacked]
    return (tuple(head), *rows) if any(head) else tuple(rows)


def _nearest(line: Line, spans: Sequence[tuple[float, float]]) -> int:
    middle = (line.x0 + line.x1) / 2
    return min(range(len(spans)), key=lambda n: max(0.0, spans[n][0] - middle, middle - spans[n][1]))
