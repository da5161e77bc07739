"""The OCR original of a report, page by page, and the lines of it that a quote stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from corpus.report import Report, ReportError
from corpus.text import fold
from corpus.verify import RAW, raw_pages

LEAST_LIKENESS = 62.0
"""Below this likeness (0..100, after folding) no lines are said to be those of the quote."""
# What the OCR engine makes of a letter, after folding: each maps to the first of its group.
_CONFUSED = str.maketrans({letter: group[0] for group in ("oec", "litjf1", "qg", "hb", "uvy", "nm") for letter in group})


@dataclass(frozen=True, slots=True)
class OcrLine:
    """One line of the OCR original: page, number on it (from 1), words as the engine printed them, whether the quote touches it."""

    page: int
    number: int
    text: str
    quoted: bool


def ocr_pages(report: Report, folder: Path = RAW) -> tuple[str, ...]:
    """The pages of the OCR original of a report, in order; none where there is no original."""
    path = folder / f"{report.id}.txt"
    if not path.exists():
        return ()
    try:
        return tuple(raw_pages(path.read_text(encoding="utf-8").rstrip("\n")))
    except (OSError, UnicodeDecodeError):
        raise ReportError(f"Không đọc được bản OCR {path.name}.") from None


def locate_lines(quote: str, page: int, pages: Sequence[str], around: int = 1) -> tuple[OcrLine, ...]:
    """The lines that hold `quote`, said to stand on `page`, with `around` lines before and after; none if nothing is like it.

    A quote that runs over from the page before or on to the next one is found too. Blank lines are left out.
    """
    best: tuple[float, list[tuple[int, int, str]], tuple[int, int]] | None = None
    for numbers in ([page], [page, page + 1], [page - 1, page]):
        if numbers[0] < 1 or numbers[-1] > len(pages):
            continue
        lines = [(n, i, line) for n in numbers for i, line in enumerate(pages[n - 1].split("\n"), 1) if line.strip()]
        likeness, span = _align(quote, [line for _, _, line in lines])
        if best is None or likeness > best[0] + 1:
            best = (likeness, lines, span)
    if best is None or best[0] < LEAST_LIKENESS:
        return ()
    _, lines, (first, last) = best
    shown = range(max(0, first - around), min(len(lines), last + 1 + around))
    return tuple(OcrLine(lines[i][0], lines[i][1], lines[i][2].strip(), first <= i <= last) for i in shown)


def _align(quote: str, lines: Sequence[str]) -> tuple[float, tuple[int, int]]:
    """Likeness in 0..100 of `quote` and its place among `lines`, and the first and last line of that place."""
    letters, line_of = [], []
    for number, line in enumerate(lines):
        folded = _letters(line)
        letters.append(folded)
        line_of += [number] * len(folded)
    found = fuzz.partial_ratio_alignment(_letters(quote), "".join(letters))
    if found is None or not line_of or found.dest_start >= found.dest_end:
        return 0.0, (0, 0)
    inset = min(2, (found.dest_end - found.dest_start - 1) // 2)  # a letter or two of a neighbouring line is no quote
    return found.score, (line_of[found.dest_start + inset], line_of[found.dest_end - 1 - inset])


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum()).translate(_CONFUSED)
