"""Plain text files: pages at form feeds, tables of tabs or bars, footnotes under a rule at the end of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.add.columns import Columns, find_columns
from corpus.add.document import Block, Document, Note, Paragraph, Remark, Table
from corpus.add.encodings import LOST, decode, tidy
from corpus.add.lines import Line, paragraphs
from corpus.add.margins import without_margins
from corpus.add.page_notes import split_notes

LONGEST_WRAPPED = 160
"""A file with longer lines holds one paragraph a line."""
_MARKS = re.compile(r"(?<=[^\s\d⁰¹²³⁴⁵⁶⁷⁸⁹])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?<=\d)([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT_BEFORE = re.compile(r"(?<![^\W\d_])[kdcm]?m$")


def read_plain(raw: bytes) -> Document:
    """The document that a plain text file holds. Raises `AddError` where its encoding is not known."""
    decoded = decode(raw)
    sheets = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    sheets = ["\n".join(tidy(_columns(line)) for line in sheet.split("\n")) for sheet in sheets]
    remarks = [Remark(None, f"bảng mã {decoded.encoding} đã được chuyển sang Unicode.")] if decoded.encoding else []
    if len(sheets) == 1:
        remarks.append(Remark(None, "tệp văn bản không có dấu sang trang; mọi trích dẫn mang số trang 1."))
    for number, sheet in enumerate(sheets, 1):
        if LOST in sheet:
            remarks.append(Remark(number, f"{sheet.count(LOST)} ký tự bị hỏng trong tệp, hiện là {LOST}; hãy sửa lại theo bản gốc."))
    lines, heads = without_margins([_lines(sheet) for sheet in sheets])
    remarks += [Remark(None, f"đã bỏ dòng lặp ở đầu, cuối trang: “{head}”.") for head in heads]
    blocks: list[Block] = []
    last = 0
    for number, page in enumerate(lines, 1):
        body, notes, carried = split_notes(page, 1.0, number, last)
        if carried:
            _carry(blocks, carried)
        blocks += _page_blocks(body, number, find_columns(_lines(sheets[number - 1], 2)))
        blocks += notes
        last = notes[-1].mark if notes else last
    return Document(tuple(blocks), tuple(sheets), tuple(remarks))


def _carry(blocks: list[Block], words: str) -> None:
    """The last footnote goes on with `words`."""
    for at in range(len(blocks) - 1, -1, -1):
        note = blocks[at]
        if isinstance(note, Note):
            blocks[at] = Note(note.page, note.mark, f"{note.text} {words}")
            return


def _columns(line: str) -> str:
    """A line with bars for the tabs that divide a row of a table; tabs at its start are an indent."""
    indent = len(line) - len(line.lstrip("\t "))
    body = line[indent:].rstrip()
    return line[:indent].replace("\t", "    ") + (" | ".join(cell.strip() for cell in body.split("\t")) if "\t" in body else body)


def _lines(sheet: str, least_gap: int = 4) -> list[Line]:
    """The lines of a page, divided where `least_gap` blanks or more stand between words."""
    out = []
    for row, text in enumerate(sheet.split("\n")):
        for part in re.finditer(rf"\S+(?: {{1,{least_gap - 1}}}\S+)*", text):
            out.append(Line(re.sub(r" +", " ", part.group()), part.start(), part.end(), row, row + 1, 1.0))
    return out


def _page_blocks(lines: Sequence[Line], page: int, aligned: Sequence[Columns]) -> list[Block]:
    """The blocks of a page; `aligned` are its tables that blanks alone lay out."""
    blocks: list[Block] = []
    for table in aligned:
        above = [line for line in lines if line.bottom <= table.top]
        blocks += [*_barred_blocks(above, page), Table(page, table.rows)]
        lines = [line for line in lines if line.top >= table.bottom]
    return blocks + _barred_blocks(lines, page)


def _barred_blocks(lines: Sequence[Line], page: int) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _cells(lines[end].text) and len(_cells(lines[end].text)) == len(_cells(lines[at].text)):
            end += 1
        if end - at >= 2:
            rows = [_cells(line.text) for line in lines[at:end]]
            blocks.append(Table(page, tuple(tuple(row) for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row))))
            at = end
            continue
        stop = at + 1
        while stop < len(lines) and not (_cells(lines[stop].text) and stop + 1 < len(lines) and _cells(lines[stop + 1].text)):
            stop += 1
        blocks += _text_blocks(lines[at:stop], page)
        at = stop
    return blocks


def _text_blocks(lines: Sequence[Line], page: int) -> list[Paragraph]:
    if max(len(line.text) for line in lines) > LONGEST_WRAPPED:
        return [Paragraph(page, with_marks(line.text), joins=n == 0 and line.x0 == 0) for n, line in enumerate(lines)]
    return [Paragraph(p.page, with_marks(p.text), p.lead, joins=p.joins) for p in paragraphs(lines, page)]


def with_marks(text: str) -> str:
    """Text with raised numbers as footnote marks `[^7]`; `m²` and `m³` stay."""

    def mark(match: re.Match[str]) -> str:
        raised = match.group(1) or match.group(2)
        if raised in ("²", "³") and _UNIT_BEFORE.search(text[: match.start()]):
            return raised
        return f"[^{raised.translate(_SUPERSCRIPTS)}]"

    return _MARKS.sub(mark, text)


def _cells(line: str) -> list[str]:
    """The cells of a line with bars; none where it has no bar."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if "|" in line.strip().strip("|") else []
