"""Footnotes numbered through the whole report, each with its mark in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.add.document import Block, Note, Paragraph, Remark, Table

_MARK = re.compile(r"\[\^(\d{1,6})\]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def number_notes(blocks: Sequence[Block]) -> tuple[list[Block], list[Remark]]:
    """The blocks with footnotes and marks numbered alike and without a number twice, and what the reviewer should know.

    Numbers stay as printed unless they begin again on a page. A mark without a footnote becomes a raised figure; a footnote
    without a mark gets one at the end of its page's text.
    """
    notes = [block for block in blocks if isinstance(block, Note)]
    repeated = max(Counter(note.mark for note in notes).values(), default=0) > 1
    number_of: dict[tuple[int, int], int] = {}
    for n, note in enumerate(notes, 1):
        number_of.setdefault((note.page, note.mark), n if repeated else note.mark)
    remarks = [Remark(None, "chú thích được đánh số lại liên tục từ đầu đến cuối vì số in lặp lại ở mỗi trang.")] if repeated else []
    numberer = _Numberer(number_of, remarks)
    out: list[Block] = []
    seen: set[tuple[int, int]] = set()
    for block in blocks:
        if isinstance(block, Note):
            key = (block.page, block.mark)
            if key in seen:
                remarks.append(Remark(block.page, f"có hai chú thích cùng mang số {block.mark}; chú thích sau được nối vào chú thích trước."))
                out = _append_to_note(out, number_of[key], block.text)
                continue
            seen.add(key)
            out.append(Note(block.page, number_of[key], _MARK.sub(r"(\1)", block.text)))
        elif isinstance(block, Paragraph):
            out.append(numberer.paragraph(block))
        else:
            out.append(Table(block.page, tuple(tuple(numberer.text(cell, block.page) for cell in row) for row in block.rows)))
    for note in [block for block in out if isinstance(block, Note)]:
        if note.mark not in numberer.used:
            _place_mark(out, note, remarks)
    return out, remarks


class _Numberer:
    def __init__(self, number_of: dict[tuple[int, int], int], remarks: list[Remark]) -> None:
        self.number_of, self.remarks = number_of, remarks
        self.used: set[int] = set()

    def paragraph(self, block: Paragraph) -> Paragraph:
        text = self.text(block.text, block.page)
        longer = len(text) - len(block.text)
        return replace(block, text=text, lead=block.lead + longer if block.bold else block.lead) if text != block.text else block

    def text(self, text: str, page: int) -> str:
        return _MARK.sub(lambda match: self._mark(match.group(1), page), text)

    def _mark(self, printed: str, page: int) -> str:
        numbers = self._numbers(printed, page)
        if not numbers:
            self.remarks.append(Remark(page, f"dấu chú thích {printed} không có nội dung chú thích."))
            return printed.translate(_RAISED)
        self.used.update(numbers)
        return "".join(f"[^{number}]" for number in numbers)

    def _numbers(self, printed: str, page: int) -> list[int]:
        """The footnotes that a raised number marks: one, or two whose marks touch (`78` is 7 and 8); none where it marks none."""
        whole = self._number(int(printed), page)
        if whole is not None:
            return [whole] if whole not in self.used else []
        for at in range(1, len(printed)):
            pair = [self._number(int(part), page) for part in (printed[:at], printed[at:])]
            if int(printed[at:]) == int(printed[:at]) + 1 and None not in pair:
                return [number for number in pair if number is not None]
        return []

    def _number(self, mark: int, page: int) -> int | None:
        """The number of the footnote printed as `mark` on this page, or on the next one, or alone of that mark in the report."""
        near = self.number_of.get((page, mark)) or self.number_of.get((page + 1, mark))
        alone = [number for (_, other), number in self.number_of.items() if other == mark]
        return near or (alone[0] if len(alone) == 1 else None)


def _append_to_note(blocks: list[Block], number: int, words: str) -> list[Block]:
    return [replace(b, text=f"{b.text} {words}") if isinstance(b, Note) and b.mark == number else b for b in blocks]


def _place_mark(blocks: list[Block], note: Note, remarks: list[Remark]) -> None:
    """Puts the mark of a footnote where its number stands in brackets, else at the end of its page's text."""
    paragraphs = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.page <= note.page]
    on_page = [(at, block) for at, block in paragraphs if block.page == note.page]
    for pattern in (rf"\s?\[{note.mark}\]", rf"(?<=[^\W_])\({note.mark}\)"):
        found = [(at, block, match) for at, block in on_page for match in re.finditer(pattern, block.text)]
        if len(found) == 1:
            at, block, match = found[0]
            blocks[at] = replace(block, text=f"{block.text[: match.start()]}[^{note.mark}]{block.text[match.end() :]}")
            return
    if paragraphs:
        running = [(at, block) for at, block in on_page if len(block.text) > 80 and not block.bold]
        at, block = (running or on_page or paragraphs)[-1]
        blocks[at] = replace(block, text=f"{block.text}[^{note.mark}]")
    else:
        blocks.insert(0, Paragraph(note.page, f"[^{note.mark}]"))
    remarks.append(Remark(note.page, f"không thấy chỗ đánh dấu chú thích {note.mark} trong văn bản; dấu tạm đặt ở cuối trang, cần chuyển về đúng chỗ."))
