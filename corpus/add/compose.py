"""The Markdown of a draft: headings, paragraphs, statements of tables, page marks and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.add.document import Block, Note, Paragraph, Remark, Table
from corpus.add.headings import CAPITALS, CLOSING, PART, PLAIN, Heading, find_heading, goes_on, is_label_only, levels
from corpus.add.lines import is_ended
from corpus.add.tables import Header, caption_unit, is_layout, to_statements

_MARK = re.compile(r"\[\^(\d+)\]")
_RULE = re.compile(r"[\s_\-–—=*.~]*")


@dataclass(frozen=True, slots=True)
class Composed:
    """The Markdown below the front matter, how much it holds of what, and what is in doubt."""

    markdown: str
    headings: int
    tables: int
    row_names: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Piece:
    """One block of the Markdown to be: a heading (`kind`), text (None), with the marks of pages and footnotes in it."""

    text: str
    kind: int | None = None
    level: int | None = None
    open: bool = False
    marks: list[int] = field(default_factory=list)


def compose(blocks: Sequence[Block], given_levels: bool = False) -> Composed:
    """The Markdown of numbered blocks. `given_levels`: the file marks its headings itself, so none is looked for."""
    composer = _Composer(given_levels)
    for n, block in enumerate(blocks):
        following = next((other for other in blocks[n + 1 :] if not isinstance(other, Note)), None)
        composer.add(block, following.text if isinstance(following, Paragraph) else "")
    return composer.done()


class _Composer:
    def __init__(self, given_levels: bool) -> None:
        self.given_levels = given_levels
        self.pieces: list[_Piece] = []
        self.notes: dict[int, str] = {}
        self.page = 0
        self.remarks: list[Remark] = []
        self.row_names: list[str] = []
        self.tables = 0
        self.in_body = self.closed = False
        self.header: Header | None = None
        self.unit = ""
        self.after_table = False
        self.before = ""

    def add(self, block: Block, after: str = "") -> None:
        """Takes the next block; `after` is the paragraph that follows it (empty where none does)."""
        if isinstance(block, Note):
            self.notes[block.mark] = "\n\n    ".join(" ".join(part.split()) for part in block.text.split("\n") if part.strip())
        elif isinstance(block, Table):
            self._table(block)
        elif not _RULE.fullmatch(block.text):
            self._paragraph(block, after)

    def done(self) -> Composed:
        level_of = levels(piece.kind for piece in self.pieces if piece.kind is not None and piece.level is None)
        out = []
        for piece in self.pieces:
            if piece.kind is not None:
                out.append("#" * (piece.level or level_of[piece.kind]) + " " + piece.text)
            else:
                out.append(piece.text)
            out += [f"[^{mark}]: {self.notes.pop(mark)}" for mark in dict.fromkeys(map(int, _MARK.findall(piece.text))) if mark in self.notes]
        headings = sum(piece.kind is not None for piece in self.pieces)
        return Composed("\n\n".join(out) + "\n", headings, self.tables, tuple(self.row_names), tuple(self.remarks))

    def _turn(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self.pieces.append(_Piece(f"<!-- trang {page} -->"))

    def _paragraph(self, block: Paragraph, after: str = "") -> None:
        text, breaks = _safe(block)
        if not text:
            return
        before = self.pieces[-1] if self.pieces else None
        if block.joins and block.page != self.page and before is not None and before.open and not is_ended(before.text):
            self.page = block.page
            before.text += f" <!-- trang {block.page} -->{text}"
            self.page += len(breaks)
            return
        self._turn(block.page)
        self.page += len(breaks)
        keeps_unit = not self.after_table and len(block.text) < 80 and not is_ended(block.text)
        self.unit = caption_unit(block.text) or (self.unit if keeps_unit else "")
        self.header, self.after_table = None, False
        if CLOSING.match(block.text) and self.in_body and not self.closed:
            self.closed = True
            self.pieces.append(_Piece("---"))
        heading = None if self.closed or breaks or (self.given_levels and block.heading is None) else find_heading(block, self.in_body, self.before, after)
        if self.given_levels and block.heading is not None:
            heading = Heading(PART, text, "")
        if (heading is None or heading.kind in (CAPITALS, PLAIN)) and self._completes_part(block):
            self.pieces[-1].text = f"{self.pieces[-1].text.rstrip(' .:')} {text}"
            return
        if heading is not None:
            self._heading(heading, block)
            return
        self.before = text
        self.in_body = self.in_body or (len(text) > 160 and is_ended(text))
        self.pieces.append(_Piece(text, open=True))

    def _heading(self, heading: Heading, block: Paragraph) -> None:
        self.in_body = True
        self.before = heading.rest or "."
        self.unit = caption_unit(block.text)
        self.pieces.append(_Piece(heading.title, heading.kind, min(6, block.heading or 1) if self.given_levels else None))
        if heading.rest:
            self.pieces.append(_Piece(heading.rest, open=True))

    def _completes_part(self, block: Paragraph) -> bool:
        last = self.pieces[-1] if self.pieces else None
        if last is None or last.kind != PART or self.given_levels:
            return False
        words = last.text
        return (is_label_only(words) or (words.isupper() and block.text.isupper())) and goes_on(block)

    def _table(self, table: Table) -> None:
        if is_layout(table.rows):
            for column in zip(*(row + ("",) * (max(map(len, table.rows)) - len(row)) for row in table.rows), strict=True):
                for cell in dict.fromkeys(column):
                    for line in cell.split("\n"):
                        if line.strip() and not _RULE.fullmatch(line):
                            self._paragraph(Paragraph(table.page, " ".join(line.split())))
            return
        self._turn(table.page)
        found = to_statements(table.rows, self.unit, self.header)
        self.header = found.header
        self.tables += 1
        self.after_table = True
        self.row_names += found.row_names
        self.remarks += [Remark(table.page, f"{doubt}; hãy bổ sung vào các câu lập từ bảng.") for doubt in found.doubts]
        self.remarks.append(Remark(table.page, f"một bảng đã được chuyển thành {len(found.sentences)} câu, hãy đối chiếu từng số."))
        self.pieces += [_Piece(sentence) for sentence in found.sentences]


def _safe(block: Paragraph) -> tuple[str, tuple[int, ...]]:
    """The text on one line with the marks of the pages that begin in it, and nothing that the report's format would misread."""
    parts, at = [], 0
    for n, offset in enumerate(block.page_breaks, 1):
        parts.append(block.text[at:offset].rstrip() + " " + f"<!-- trang {block.page + n} -->")
        at = offset
    parts.append(block.text[at:])
    parts = [re.sub(r"<!--(?!\s*trang \d)", "<! --", part) for part in parts]
    text = " ".join("".join(parts).split())
    text = re.sub(r"^#+\s*", "", text)
    text = re.sub(r"^(\[\^\d+\]):", r"\1 :", text)
    return text, block.page_breaks
