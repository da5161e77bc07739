"""Printed lines and how they make paragraphs: by indents, gaps, short last lines, list marks and type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.add.document import Paragraph

_ITEM = re.compile(
    r"(?:(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+)?(?:[IVX]+|\d+|nhất|hai|ba|tư|bốn|năm|NHẤT|HAI|BA|TƯ|BỐN|NĂM)\b"
    r"|Nơi nhận\b|TM\.|KT\.|T/M"
    r"|[IVX]{1,5}[.)/]\s+\S|[A-HĐ][.)/]\s+[^\W\d_]|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]\s+[^\W\d_]|\d{1,2}(?:\.\d{1,2}){1,3}\s+[^\W\d_]"
    r"|[a-zđ]\)\s*\S|[-–+•*●▪]\s*[^\W\d_])"
)
_TERMINAL = re.compile(r"[.;:!?…][”\"’')\]]*(?:\[\^\d+\])*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words, its box and the size of its type in points (in a plain file: columns and rows).

    `lead` is how many characters at the start are bold.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    lead: int = 0

    @property
    def bold(self) -> bool:
        """Whether the whole line is bold."""
        return self.lead >= len(self.text) > 0

    @property
    def letter(self) -> float:
        """The mean width of a character."""
        return (self.x1 - self.x0) / max(1, len(self.text))


def is_item(text: str) -> bool:
    """Whether a line begins like a heading or an entry of a list (`1.1. …`, `a) …`, `- …`)."""
    return _ITEM.match(text) is not None


def is_ended(text: str) -> bool:
    """Whether a text ends with the point, colon or semicolon that ends a paragraph."""
    return _TERMINAL.search(text.rstrip()) is not None or text.rstrip().endswith("./.")


def paragraphs(lines: Sequence[Line], page: int) -> list[Paragraph]:
    """The paragraphs that the body lines of one page make, in order."""
    if not lines:
        return []
    frame = _Frame.of(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not frame.begins(line, groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    out = [_join(group, page) for group in groups]
    first = lines[0]
    if not is_item(first.text) and first.x0 <= frame.left + 0.9 * first.size and not first.bold:
        out[0] = Paragraph(page, out[0].text, out[0].lead, joins=True)
    return out


def _join(group: Sequence[Line], page: int) -> Paragraph:
    text, lead = "", 0
    for line in group:
        begin = len(text) + bool(text)
        if lead >= len(text):
            lead = begin + line.lead if line.lead else lead
        text = f"{text} {line.text}" if text else line.text
    return Paragraph(page, text, lead)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The margins of a page and the usual distance from one line to the next."""

    left: float
    right: float
    pitch: float

    @staticmethod
    def of(lines: Sequence[Line]) -> _Frame:
        size = median(line.size for line in lines)
        weights: Counter[int] = Counter()
        for line in lines:
            weights[round(line.x0 / size)] += len(line.text)
        usual = weights.most_common(1)[0][0]
        left = min((line.x0 for line in lines if round(line.x0 / size) == usual), default=0.0)
        pitches = [b.bottom - a.bottom for a, b in zip(lines, lines[1:], strict=False) if b.bottom - a.bottom > 0.5 * size]
        return _Frame(left, max(line.x1 for line in lines), median(pitches) if pitches else 0.0)

    def begins(self, line: Line, group: Sequence[Line]) -> bool:
        """Whether `line` begins a paragraph after the lines of `group`."""
        before = group[-1]
        if line.x1 < before.x0 or line.x0 > before.x1 or not 0.4 * line.size < line.bottom - before.bottom < self.pitch + 0.5 * line.size:
            return True
        if abs(line.size - before.size) > 0.12 * before.size:
            return True
        item = is_item(line.text)
        if not item and self._is_title(line) and self._is_title(before):
            return line.bold != before.bold or line.text.isupper() != before.text.isupper()
        short = self._had_room(before, line)
        if item:
            return short or is_ended(before.text) or abs(line.x0 - before.x0) > 0.5 * line.size or before.bold != line.bold or before.text.isupper()
        if before.bold and not line.lead and (short or is_ended(before.text)):
            return True
        indented = line.x0 > self.left + 0.9 * line.size and line.x0 > before.x0 + 0.9 * line.size
        return short or indented

    def _had_room(self, before: Line, line: Line) -> bool:
        """Whether the first word of `line` would still have fitted on the line before: then that line ended on purpose."""
        first = line.text.split(" ", 1)[0]
        return before.x1 + (len(first) + 1) * before.letter < self.right - 1.5 * before.letter

    def _is_title(self, line: Line) -> bool:
        centred = abs((line.x0 + line.x1) / 2 - (self.left + self.right) / 2) < 2.5 * line.size
        return centred and line.x0 > self.left + 0.5 * line.size and (line.bold or line.text.isupper())
