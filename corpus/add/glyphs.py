"""The words of a PDF page with their type, and the printed lines that they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from corpus.add.encodings import is_of_old_font, of_font, repair, tidy
from corpus.add.lines import Line

RAISED = 0.8
"""Figures in type up to this share of their line's, above its foot, are a footnote's mark (or the 2 of m²)."""
WIDE = 3.0
"""A gap of so many sizes divides a line into two that stand side by side."""
_UNIT_BEFORE = re.compile(r"(?<![^\W\d_])[kdcm]?m$")
_BOLD = re.compile(r"(?i)bold|black|heavy|semibold|demi|,b\b|-b$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one font and size (points), its box from the page's top, and the old encoding that it was in (empty: none)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    encoding: str


def words_of(page: Any) -> tuple[list[Word], int]:
    """The words of a page (pdfplumber), upright ones, and how many words could not be read as their font does not say which letters it draws."""
    upright = page.filter(lambda o: o.get("object_type") != "char" or o.get("upright", True))
    found = upright.extract_words(x_tolerance_ratio=0.2, extra_attrs=["fontname", "size"], use_text_flow=False)
    usual = repair(" ".join(word["text"] for word in found if not is_of_old_font(str(word["fontname"])))).encoding
    words, lost = [], 0
    for word in found:
        font = str(word["fontname"])
        decoded = of_font(word["text"], font, usual)
        encoding = decoded.encoding if not word["text"].isascii() else ""
        text = tidy(decoded.text).strip()
        if "(cid:" in text or "\ufffd" in text:
            lost += 1
        elif text:
            words.append(Word(text, word["x0"], word["x1"], word["top"], word["bottom"], word["size"], bool(_BOLD.search(font)), encoding))
    return words, lost


def lines_of(words: Sequence[Word], gap: float = WIDE) -> list[Line]:
    """The lines that words make, from the top down, those side by side (parted by so many sizes) from left to right."""
    rows: list[list[Word]] = []
    for word in sorted((w for w in words), key=lambda w: (-w.size, w.top)):
        row = next((row for row in rows if _on_line(word, row[0])), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    lines = [_line(part) for row in rows for part in _parts(sorted(row, key=lambda w: w.x0), gap)]
    return sorted(lines, key=lambda line: (round(line.bottom), line.x0))


def text_of(words: Sequence[Word]) -> str:
    """The words of a table's cell, line by line."""
    return "\n".join(line.text for line in lines_of(words))


def _on_line(word: Word, first: Word) -> bool:
    middle = (word.top + word.bottom) / 2
    return first.top <= middle <= first.bottom and (abs(word.bottom - first.bottom) < 0.35 * first.size or word.size <= RAISED * first.size)


def _parts(row: Sequence[Word], gap: float) -> list[list[Word]]:
    parts = [[row[0]]]
    for word in row[1:]:
        if word.x0 - parts[-1][-1].x1 > gap * word.size:
            parts.append([])
        parts[-1].append(word)
    return parts


def _line(row: Sequence[Word]) -> Line:
    size = max(word.size for word in row)
    usual = median(word.size for word in row for _ in word.text)
    foot = median(word.bottom for word in row if word.size > RAISED * size)
    text, lead, before = "", 0, None
    for word in row:
        words = word.text
        if word.size <= RAISED * size and words.replace(",", "").isdigit() and word.bottom < foot - 0.1 * size:
            words = _raised(words, text)
        glued = before is None or word.x0 - before.x1 < 0.12 * size or words.startswith(("[^", "²", "³"))
        was_bold = lead >= len(text)
        text = text + words if glued else f"{text} {words}"
        if was_bold and (word.bold or words.startswith("[^")):
            lead = len(text)
        before = word
    bottom = max(word.bottom for word in row if word.size > RAISED * size)
    top = min(word.top for word in row if word.size > RAISED * size)
    return Line(text, row[0].x0, row[-1].x1, top, bottom, usual, lead)


def _raised(number: str, before: str) -> str:
    if number in ("2", "3") and _UNIT_BEFORE.search(before):
        return {"2": "²", "3": "³"}[number]
    return "".join(f"[^{one}]" for one in number.split(",") if one)
