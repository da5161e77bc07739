"""The ruled lines on a scanned page: found, wiped off before the page is read, and made into the cells of tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from pdfplumber.table import Table as RuledTable
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from PIL import Image

DARK = 140
"""Grey values (0..255) below this are ink."""
LEAST_ACROSS = 0.35
LEAST_DOWN = 0.2
"""Inches of the shortest line that can rule a table: longer than any stroke of a letter."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A page's image without ruled lines, and the tables that those lines make (boxes in points from the page's top left)."""

    image: Image.Image
    tables: tuple[Any, ...]


def without_ruling(image: Image.Image, dots: float) -> Ruled:
    """Wipes the ruled lines off a grey image of so many dots per inch, if they make a table; else leaves it as it is."""
    grey = np.asarray(image.convert("L"))
    ink = grey < DARK
    across = _runs(ink, int(LEAST_ACROSS * dots))
    down = _runs(ink.T, int(LEAST_DOWN * dots)).T
    scale = 72 / dots
    edges = [_edge(x0, x1, y0, y1, scale, "h") for y0, y1, x0, x1 in _bars(across)] + [_edge(x0, x1, y0, y1, scale, "v") for x0, x1, y0, y1 in _bars(down.T)]
    edges = merge_edges(edges, snap_x_tolerance=3, snap_y_tolerance=3, join_x_tolerance=6, join_y_tolerance=6)
    cells = intersections_to_cells(edges_to_intersections(edges, 4, 4))
    no_page: Any = None  # a table's page serves only to take words from it
    tables = [RuledTable(no_page, group) for group in cells_to_tables(cells) if len(group) > 3]
    if not tables:
        return Ruled(image, ())
    wiped = grey.copy()
    wiped[_thicker(across) | _thicker(down)] = 255
    return Ruled(Image.fromarray(wiped), tuple(sorted(tables, key=lambda table: table.bbox[1])))


def _runs(ink: Any, least: int) -> Any:
    """Where ink goes on for at least so many dots along a row."""
    padded = np.pad(ink, ((0, 0), (1, 1)))
    change = np.diff(padded.astype(np.int8), axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    marked = np.zeros(ink.shape, dtype=bool)
    for row, start, end in zip(rows, starts, ends, strict=True):
        if end - start >= least:
            marked[row, start:end] = True
    return marked


def _bars(marked: Any) -> Iterator[tuple[int, int, int, int]]:
    """The bars along rows, as first row, last row, start and end: runs on neighbouring rows that overlap are one."""
    open_bars: list[list[int]] = []
    for row in np.nonzero(marked.any(axis=1))[0].tolist():
        line = np.diff(np.pad(marked[row], 1).astype(np.int8))
        for start, end in zip(np.nonzero(line == 1)[0].tolist(), np.nonzero(line == -1)[0].tolist(), strict=True):
            bar = next((b for b in open_bars if row - b[1] <= 3 and start < b[3] and b[2] < end), None)
            if bar is None:
                open_bars.append([row, row, start, end])
            else:
                bar[1], bar[2], bar[3] = row, min(bar[2], start), max(bar[3], end)
    for first, last, start, end in open_bars:
        yield first, last, start, end


def _edge(x0: float, x1: float, y0: float, y1: float, scale: float, orientation: str) -> dict[str, Any]:
    x, y = (x0 + x1) / 2 * scale, (y0 + y1) / 2 * scale
    box = (x0 * scale, x1 * scale, y, y) if orientation == "h" else (x, x, y0 * scale, y1 * scale)
    return {"x0": box[0], "x1": box[1], "top": box[2], "bottom": box[3], "orientation": orientation, "object_type": "line"}


def _thicker(marked: Any) -> Any:
    """The marked dots and those next to them: a line's edge is grey."""
    out = marked.copy()
    for axis in (0, 1):
        for by in (-2, -1, 1, 2):
            out |= np.roll(marked, by, axis=axis)
    return out
