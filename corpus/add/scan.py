"""Scanned pages read by the program Tesseract, with its Vietnamese model."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass
from statistics import median

from PIL import Image

from corpus.add.encodings import tidy
from corpus.add.faults import AddError
from corpus.add.glyphs import WIDE
from corpus.add.lines import Line

PROGRAM = "tesseract"
LANGUAGE = "vie"
DOTS_PER_INCH = 300
SURE = 60.0
"""Below this mean confidence (0..100) of its words a page is said to be read badly."""
SECONDS_A_PAGE = 180
NO_PROGRAM = (
    "Tệp là ảnh quét, cần chương trình Tesseract cùng gói tiếng Việt để đọc chữ; "
    "hãy cài hai gói tesseract-ocr và tesseract-ocr-vie rồi thêm lại, hoặc dùng bản Word/PDF có chữ."
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The lines read of a page's image, in points from its top left corner, and the mean confidence (0..100) of the words."""

    lines: tuple[Line, ...]
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
    buffer = io.BytesIO()
    image.convert("L").save(buffer, "PNG", dpi=(dots, dots))
    command = [PROGRAM, "-", "-", "-l", LANGUAGE, "--dpi", str(round(dots)), "--psm", "3", "tsv"]
    try:
        done = subprocess.run(command, input=buffer.getvalue(), capture_output=True, timeout=SECONDS_A_PAGE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError):
        raise AddError("Chương trình Tesseract không đọc được ảnh; hãy quét lại rõ hơn (300 dpi) rồi thêm lại.") from None
    return _page(done.stdout.decode("utf-8", errors="replace"), 72 / dots)


def _page(table: str, scale: float) -> ScannedPage:
    words: dict[tuple[str, ...], list[tuple[float, float, float, float, str]]] = {}
    confidences = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) * scale for cell in cells[6:10])
        words.setdefault(tuple(cells[1:5]), []).append((left, top, left + width, top + height, cells[11].strip()))
        confidences.append(float(cells[10]))
    lines = [_line(part) for found in words.values() for part in _parts(found)]
    lines.sort(key=lambda line: (line.top, line.x0))
    return ScannedPage(tuple(lines), sum(confidences) / len(confidences) if confidences else 0.0)


def _parts(words: list[tuple[float, float, float, float, str]]) -> list[list[tuple[float, float, float, float, str]]]:
    """The words of a line, divided where a wide gap shows columns."""
    size = median(bottom - top for _, top, _, bottom, _ in words)
    parts = [words[:1]]
    for word in words[1:]:
        if word[0] - parts[-1][-1][2] > WIDE * size:
            parts.append([])
        parts[-1].append(word)
    return parts


def _line(words: list[tuple[float, float, float, float, str]]) -> Line:
    size = median(bottom - top for _, top, _, bottom, _ in words)
    top, bottom = median(word[1] for word in words), median(word[3] for word in words)
    return Line(tidy(" ".join(word[4] for word in words)), min(w[0] for w in words), max(w[2] for w in words), top, bottom, size)
