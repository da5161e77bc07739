"""Scanned pages read by the program Tesseract, with its Vietnamese model."""

from __future__ import annotations

import io
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from PIL import Image

from corpus.add.columns import COLUMN_GAP, Columns, find_columns
from corpus.add.encodings import tidy
from corpus.add.faults import AddError
from corpus.add.glyphs import WIDE, Word
from corpus.add.grid import Box, cells_of, grid_rows
from corpus.add.lines import Line
from corpus.add.ruling import Ruled, without_ruling

PROGRAM = "tesseract"
LANGUAGE = "vie"
DOTS_PER_INCH = 300
SURE = 60.0
"""Below this mean confidence (0..100) of its words a page is said to be read badly."""
SECONDS_A_PAGE = 180
MUCH_LOWER, LOWER = 0.8, 0.92
"""Shares of a page's usual height of type: so low a line is in smaller type, or so low with narrower letters."""
NO_PROGRAM = (
    "Tệp là ảnh quét, cần chương trình Tesseract cùng gói tiếng Việt để đọc chữ; "
    "hãy cài hai gói tesseract-ocr và tesseract-ocr-vie rồi thêm lại, hoặc dùng bản Word/PDF có chữ."
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The lines and tables (with the height of their top) read of a page's image, in points from its top left corner.

    `confidence` is the mean (0..100) of that of the words.
    """

    lines: tuple[Line, ...]
    tables: tuple[tuple[float, tuple[tuple[str, ...], ...]], ...]
    confidence: float


def is_available() -> bool:
    """Whether Tesseract and its Vietnamese model are installed."""
    if shutil.which(PROGRAM) is None:
        return False
    listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, timeout=60, check=False)
    return LANGUAGE in listed.stdout.decode(errors="replace").split()


def scan(image: Image.Image) -> ScannedPage:
    """The lines of a page's image. Raises `AddError` where Tesseract is missing or fails."""
    if not is_available():
        raise AddError(NO_PROGRAM)
    dots = image.info.get("dpi", (DOTS_PER_INCH, DOTS_PER_INCH))[0]
    dots = float(dots) if 70 <= float(dots) <= 1200 else float(DOTS_PER_INCH)
    ruled = without_ruling(image.convert("L"), dots)
    tables, sure = _tables(ruled, dots)
    words = _read(ruled.image, dots, "3")
    groups: dict[tuple[str, ...], list[Word]] = {}
    for one in words:
        groups.setdefault(one.line, []).append(one.word)
    aligned = find_columns([_line(part) for group in groups.values() for part in _parts(group, COLUMN_GAP)])
    lines = [line for group in groups.values() for line in map(_line, _parts(group, WIDE)) if not _is_in(line, aligned)]
    lines.sort(key=lambda line: (line.top, line.x0))
    tables += [(one.top, one.rows) for one in aligned]
    sure += [one.confidence for one in words]
    return ScannedPage(tuple(_even(lines)), tuple(tables), sum(sure) / len(sure) if sure else 0.0)


@dataclass(frozen=True, slots=True)
class _Read:
    """A word that Tesseract read: its line there, and how sure (0..100) it was."""

    word: Word
    line: tuple[str, ...]
    confidence: float


def _read(image: Image.Image, dots: float, layout: str) -> list[_Read]:
    """The words of an image, in points. `layout` is Tesseract's page segmentation mode."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(dots, dots))
    command = [PROGRAM, "-", "-", "-l", LANGUAGE, "--dpi", str(round(dots)), "--psm", layout, "tsv"]
    try:
        done = subprocess.run(command, input=buffer.getvalue(), capture_output=True, timeout=SECONDS_A_PAGE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError):
        raise AddError("Chương trình Tesseract không đọc được ảnh; hãy quét lại rõ hơn (300 dpi) rồi thêm lại.") from None
    scale, found = 72 / dots, []
    for row in done.stdout.decode("utf-8", errors="replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) >= 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = (float(cell) * scale for cell in cells[6:10])
            word = Word(tidy(cells[11].strip()), left, left + width, top, top + height, height, False, "")
            found.append(_Read(word, tuple(cells[1:5]), float(cells[10])))
    return found


def _tables(ruled: Ruled, dots: float) -> tuple[list[tuple[float, tuple[tuple[str, ...], ...]]], list[float]]:
    """The ruled tables of a page with their tops, and how sure each word was. Each cell is read on its own strip; their areas are wiped."""
    tables, sure = [], []
    for table in ruled.tables:
        cells = cells_of(table)
        text, confidences = _cells(ruled.image, cells, dots)
        rows = grid_rows(text)
        if len(rows) > 1 and len(rows[0]) > 1:
            tables.append((float(table.bbox[1]), rows))
            sure += confidences
            ruled.image.paste(255, _dots(table.bbox, dots))
    return tables, sure


def _cells(image: Image.Image, cells: Sequence[Box], dots: float) -> tuple[dict[Box, str], list[float]]:
    """The text of each cell: all are read at once, below one another on a strip."""
    crops = [image.crop(_dots(cell, dots)) for cell in cells]
    space = int(0.25 * dots)
    strip = Image.new("L", (max(crop.width for crop in crops) + 2 * space, sum(crop.height + space for crop in crops) + space), 255)
    tops, at = [], space
    for crop in crops:
        strip.paste(crop, (space, at))
        tops.append(at * 72 / dots)
        at += crop.height + space
    words: dict[Box, dict[tuple[str, ...], list[str]]] = {cell: {} for cell in cells}
    confidences = []
    for one in _read(strip, dots, "6"):
        middle = (one.word.top + one.word.bottom) / 2
        place = max(0, bisect_right(tops, middle) - 1)
        words[cells[place]].setdefault(one.line, []).append(one.word.text)
        confidences.append(one.confidence)
    return {cell: "\n".join(" ".join(line) for line in lines.values()) for cell, lines in words.items()}, confidences


def _dots(box: Box, dots: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(side * dots / 72) for side in box)
    return left, top, right, bottom


def _even(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines of the page's usual type with its size alone: which letters a line holds makes its height differ.

    A line is in smaller type if it is much lower than usual, or somewhat lower and its letters are narrower too.
    """
    usual = median(line.size for line in lines for _ in line.text) if lines else 0.0
    width = median(line.letter for line in lines for _ in line.text) if lines else 0.0
    for line in lines:
        is_small = line.size < MUCH_LOWER * usual or (line.size < LOWER * usual and line.letter < LOWER * width)
        yield replace(line, size=min(line.size, MUCH_LOWER * usual) if is_small else usual)


def _is_in(line: Line, tables: Sequence[Columns]) -> bool:
    return any(table.top <= (line.top + line.bottom) / 2 <= table.bottom for table in tables)


def _parts(words: Sequence[Word], gap: float) -> list[list[Word]]:
    """The words of a line, divided at gaps of so many sizes."""
    size = median(word.size for word in words)
    parts = [[words[0]]]
    for word in words[1:]:
        if word.x0 - parts[-1][-1].x1 > gap * size:
            parts.append([])
        parts[-1].append(word)
    return parts


def _line(words: Sequence[Word]) -> Line:
    heights = sorted(word.size for word in words)
    top, bottom = median(word.top for word in words), median(word.bottom for word in words)
    text = " ".join(word.text for word in words)
    return Line(text, words[0].x0, max(word.x1 for word in words), top, bottom, heights[min(len(heights) - 1, int(0.8 * len(heights)))])
