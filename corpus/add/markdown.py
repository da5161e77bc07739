"""Markdown files: headings, tables with bars, footnotes, page marks as comments; front matter kept as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from corpus.add.document import Block, Document, Note, Paragraph, Remark, Table
from corpus.add.encodings import decode, tidy
from corpus.add.faults import AddError
from corpus.add.plain import with_marks
from corpus.report import FRONT_MATTER, PAGE_MARK

_NOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_EMPHASIS = re.compile(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>$])")
_LIST = re.compile(r"(?:[-*+]\s|\d{1,2}[.)]\s|[a-zđ]\)\s)")


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """The document, the fields of the front matter that stands in the file, and whether it marks headings."""

    document: Document
    front: dict[str, Any]
    has_headings: bool


def read_markdown(raw: bytes) -> MarkdownFile:
    """The document that a Markdown file holds. Raises `AddError` if its encoding or its front matter cannot be read."""
    decoded = decode(raw)
    text = "\n".join(tidy(line) for line in decoded.text.replace("\r\n", "\n").split("\n"))
    front: dict[str, Any] = {}
    match = FRONT_MATTER.match(text)
    if match:
        try:
            front = yaml.safe_load(match.group(1)) or {}
        except yaml.YAMLError:
            raise AddError("Phần khai báo đầu tệp Markdown (giữa hai dòng ---) viết sai, không đọc được.") from None
        if not isinstance(front, dict):
            raise AddError("Phần khai báo đầu tệp Markdown (giữa hai dòng ---) phải gồm các dòng “tên: giá trị”.")
        text = text[match.end() :]
    reader = _Reader(text)
    remarks = [Remark(None, f"bảng mã {decoded.encoding} đã được chuyển sang Unicode.")] if decoded.encoding else []
    if reader.page == 1 and not PAGE_MARK.search(text):
        remarks.append(Remark(None, "tệp không có dấu trang (<!-- trang N -->); mọi trích dẫn mang số trang 1."))
    return MarkdownFile(Document(tuple(reader.blocks), tuple(reader.pages()), tuple(remarks)), front, reader.has_headings)


class _Reader:
    def __init__(self, text: str) -> None:
        self.page = 1
        self.blocks: list[Block] = []
        self.has_headings = False
        self.numbers: dict[str, int] = {}
        self.printed: list[tuple[int, str]] = []
        lines: list[str] = []
        for line in [*text.split("\n"), ""]:
            indented_note = line.startswith("    ") and self.blocks and isinstance(self.blocks[-1], Note) and not lines
            if not line.strip() or indented_note:
                self._block(lines)
                lines = []
                if indented_note:
                    self._extend(line.strip())
            elif re.match(r"#{1,6}\s", line) or PAGE_MARK.fullmatch(line.strip()):
                self._block(lines)
                self._block([line])
                lines = []
            elif lines and (_LIST.match(line.strip()) or _NOTE.match(line)):
                self._block(lines)
                lines = [line]
            else:
                lines.append(line)

    def pages(self) -> list[str]:
        """The words of each page, as far as the blocks begin on it."""
        last = max((page for page, _ in self.printed), default=1)
        return ["\n".join(words for page, words in self.printed if page == number) for number in range(1, last + 1)]

    def _extend(self, words: str) -> None:
        note = self.blocks[-1]
        if isinstance(note, Note):
            self.blocks[-1] = Note(note.page, note.mark, f"{note.text}\n{_plain(words)}")

    def _number(self, mark: str) -> int:
        taken = set(self.numbers.values())
        wanted = int(mark) if mark.isdigit() and len(mark) <= 3 else next(n for n in range(1, 1000) if n not in taken)
        return self.numbers.setdefault(mark, wanted)

    def _numbered(self, text: str) -> str:
        return _REFERENCE.sub(lambda m: f"[^{self._number(m.group(1))}]", text)

    def _block(self, lines: list[str]) -> None:
        if not lines:
            return
        self.printed.append((self.page, "\n".join(lines)))
        if all("|" in line for line in lines) and len(lines) > 1:
            rows = [[self._numbered(_plain(cell)) for cell in line.strip().strip("|").split("|")] for line in lines]
            self.blocks.append(Table(self.page, tuple(tuple(row) for row in rows if not all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in row))))
            return
        text = " ".join(line.strip() for line in lines)
        note = _NOTE.match(text)
        if note:
            words = PAGE_MARK.sub("", text[note.end() :])
            self.blocks.append(Note(self.page, self._number(note.group(1)), _plain(words)))
            return
        self._paragraph(text)

    def _paragraph(self, text: str) -> None:
        heading = re.match(r"(#{1,6})\s+", text)
        if heading:
            self.has_headings = True
            text = text[heading.end() :].rstrip("# ")
        bold = bool(re.fullmatch(r"(\*\*|__)(?!\s).+\1", text))
        first, breaks, plain = self.page, [], ""
        at = 0
        for mark in PAGE_MARK.finditer(text):
            plain = f"{plain} {_plain(text[at : mark.start()])}".strip()
            at, self.page = mark.end(), int(mark.group(1))
            if plain:
                plain += " "
                breaks.append(len(plain))
            else:
                first = self.page
        plain += _plain(text[at:])
        if not plain.strip() or re.fullmatch(r"[-*_\s]{3,}", plain):
            return
        plain = self._numbered(plain)
        self.blocks.append(Paragraph(first, plain, len(plain) if bold else 0, len(heading.group(1)) if heading else None, page_breaks=tuple(breaks)))


def _plain(text: str) -> str:
    """Words without Markdown's emphasis, links and escapes."""
    text = re.sub(r"!?\[([^\]^][^\]]*)\]\([^)]*\)", r"\1", text.strip())
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return with_marks(" ".join(_ESCAPED.sub(r"\1", text).split()))
