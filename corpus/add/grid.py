"""The rows of a ruled table: which words stand in which cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.add.glyphs import Word, text_of

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a cell, in points from the page's top left corner."""


def cells_of(table: Any) -> list[Box]:
    """The cells of a ruled table, as pdfplumber finds them."""
    return [cell for row in table.rows for cell in row.cells if cell]


def ruled_rows(table: Any, words: Sequence[Word]) -> tuple[tuple[tuple[str, ...], ...], set[int]]:
    """The rows of a ruled table, and the places in `words` of those that stand in it."""
    cells = cells_of(table)
    held: dict[Box, list[int]] = {cell: [] for cell in cells}
    for n, word in enumerate(words):
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for cell in cells:
            if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                held[cell].append(n)
                break
    rows = grid_rows({cell: text_of([words[n] for n in found]) for cell, found in held.items()})
    return rows, {n for found in held.values() for n in found}


def grid_rows(text: Mapping[Box, str]) -> tuple[tuple[str, ...], ...]:
    """The texts of cells as rows of one width; a merged area repeats its text in each row and column that it covers."""
    columns = sorted({round(cell[0], 1) for cell in text})
    rows = []
    for top in sorted({round(cell[1], 1) for cell in text}):
        row = []
        for x in columns:
            over = next((cell for cell in text if cell[0] - 1 <= x < cell[2] - 1 and cell[1] - 1 <= top < cell[3] - 1), None)
            row.append(text[over] if over else "")
        rows.append(tuple(row))
    return tuple(rows)
