"""Word files (DOCX): paragraphs with the numbers that Word prints, tables, footnotes, and page breaks where it kept them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.add.document import Block, Document, Note, Paragraph, Remark, Table
from corpus.add.encodings import is_of_old_font, of_font, repair, tidy
from corpus.add.faults import AddError
from corpus.add.numbering import Numbering
from corpus.add.plain import with_marks
from corpus.add.word_styles import Styles

LARGEST_UNPACKED = 300 * 1024 * 1024
"""Bytes that a Word file may hold once unpacked."""
BROKEN = "Tệp Word bị hỏng hoặc không phải DOCX, không mở được."


def read_word(raw: bytes) -> Document:
    """The document that a DOCX file holds. Raises `AddError` if it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST_UNPACKED:
                raise AddError("Tệp Word quá lớn sau khi giải nén; hãy bỏ bớt ảnh hoặc tách thành nhiều tệp.")
            if package.testzip() is not None:
                raise AddError(BROKEN)
        document = docx.Document(io.BytesIO(raw))
        return _Reader(document).read()
    except AddError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        TypeError,
        AttributeError,
        IndexError,
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
        NotImplementedError,
        RuntimeError,
    ):
        raise AddError(BROKEN) from None


@dataclass(slots=True)
class _Run:
    """What is collected of one paragraph."""

    parts: list[tuple[str, bool, str]] = field(default_factory=list)  # words, bold, font
    breaks: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, bold: bool, font: str) -> None:
        self.parts.append((words, bold, font))
        self.length += len(words)


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.body = document.element.body
        self.numbering = Numbering(self._part_root("/numbering"))
        self.styles = Styles(document)
        self.rendered = next(self.body.iter(qn("w:lastRenderedPageBreak")), None) is not None
        self.page = 1
        self.usual = self._usual_encoding()
        self.encodings: set[str] = set()
        self.note_numbers: dict[str, int] = {}
        self.note_pages: dict[int, int] = {}
        self.remarks: list[Remark] = []

    def read(self) -> Document:
        blocks: list[Block] = []
        for element in self._children(self.body):
            if element.tag == qn("w:p"):
                blocks += self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                blocks += self._table(element)
        blocks += self._notes()
        self._tell_lost()
        pages: list[list[str]] = [[] for _ in range(self.page)]
        for block in blocks:
            pages[block.page - 1].append(" | ".join(c for row in block.rows for c in row) if isinstance(block, Table) else block.text)
        if self.page == 1:
            self.remarks.append(Remark(None, "tệp Word không ghi chỗ sang trang; mọi trích dẫn mang số trang 1 (muốn có số trang, hãy xuất ra PDF rồi thêm)."))
        elif self.rendered:
            self.remarks.append(Remark(None, "số trang lấy theo lần Word dàn trang gần nhất, hãy đối chiếu với bản in."))
        self.remarks += [Remark(None, f"chữ theo bảng mã {name} đã được chuyển sang Unicode.") for name in sorted(self.encodings)]
        return Document(tuple(blocks), tuple("\n".join(page) for page in pages), tuple(self.remarks))

    def _children(self, parent: Any) -> Iterator[Any]:
        for element in parent:
            if element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")):
                yield from self._children(element)
            else:
                yield element

    def _part_root(self, ending: str) -> Any:
        for relation in self.document.part.rels.values():
            if relation.reltype.endswith(ending) and not relation.is_external:
                return parse_xml(relation.target_part.blob)
        return None

    def _paragraph(self, element: Any) -> list[Paragraph]:
        run = _Run()
        properties = element.find(qn("w:pPr"))
        style = self.styles.style(properties)
        if not self.rendered and properties is not None and properties.find(qn("w:pageBreakBefore")) is not None:
            self.page += 1
        first_page = self.page
        label = self._label(properties, style)
        self._runs(element, run, style)
        if not self.rendered and properties is not None and self._new_page_after(properties):
            run.breaks.append(run.length)
        return self._made(run, label, first_page, style)

    def _made(self, run: _Run, label: str, first_page: int, style: Any) -> list[Paragraph]:
        text, lead, offsets, at = "", 0, [], 0
        for words, bold, font in run.parts:
            begin = at
            at += len(words)
            inner = [offset - begin for offset in run.breaks if begin <= offset < at]
            cut = [0, *inner, len(words)]
            for n, (a, b) in enumerate(zip(cut, cut[1:], strict=False)):
                if n:
                    offsets.append(len(text))
                text += self._decoded(words[a:b], font)
            if bold or not words.strip():
                lead = len(text) if lead >= len(text) - len(self._decoded(words, font)) else lead
        trailing = len([offset for offset in run.breaks if offset >= at])
        if label:
            text, lead = f"{label} {text}", lead + len(label) + 1 if lead else 0
            offsets = [offset + len(label) + 1 for offset in offsets]
        leading = len([offset for offset in offsets if not text[:offset].strip()])
        offsets = [offset for offset in offsets if text[:offset].strip() and text[offset:].strip()]
        self.page = first_page + leading + len(offsets) + trailing
        if not text.strip():
            return []
        cleaned = [" ".join(tidy(part).split()) for part in (text[a:b] for a, b in zip([0, *offsets], [*offsets, len(text)], strict=True))]
        breaks, joined = [], cleaned[0]
        for part in cleaned[1:]:
            joined = f"{joined} "
            breaks.append(len(joined))
            joined += part
        lead = len(joined) if lead >= len(text.rstrip()) else len(" ".join(tidy(text[:lead]).split()))
        return [Paragraph(first_page + leading, with_marks(joined), lead, self.styles.heading(style), page_breaks=tuple(breaks))]

    def _decoded(self, words: str, font: str) -> str:
        decoded = of_font(words, font, self.usual)
        if decoded.encoding and not words.isascii():
            self.encodings.add(decoded.encoding)
        return decoded.text

    def _runs(self, element: Any, run: _Run, style: Any) -> None:
        for child in self._children(element):
            if child.tag == qn("w:r"):
                self._run(child, run, style)
            elif child.tag in (qn("w:hyperlink"), qn("w:fldSimple"), qn("w:dir"), qn("w:bdo")):
                self._runs(child, run, style)

    def _run(self, element: Any, run: _Run, style: Any) -> None:
        properties = element.find(qn("w:rPr"))
        bold, font = self.styles.bold(properties, style), self.styles.font(properties, style)
        raised = properties is not None and (v := properties.find(qn("w:vertAlign"))) is not None and v.get(qn("w:val")) == "superscript"
        for child in element:
            if child.tag == qn("w:t"):
                words = child.text or ""
                if raised and words.strip() in ("2", "3") and re.search(r"(?<![^\W\d_])[kdcm]?m$", "".join(p[0] for p in run.parts).rstrip()):
                    words = {"2": "²", "3": "³"}[words.strip()]
                run.add(words, bold, font)
            elif child.tag in (qn("w:tab"), qn("w:cr"), qn("w:noBreakHyphen")):
                run.add("-" if child.tag == qn("w:noBreakHyphen") else " ", bold, font)
            elif child.tag == qn("w:br"):
                if child.get(qn("w:type")) == "page" and not self.rendered:
                    run.breaks.append(run.length)
                else:
                    run.add(" ", bold, font)
            elif child.tag == qn("w:lastRenderedPageBreak"):
                run.breaks.append(run.length)
            elif child.tag == qn("w:footnoteReference") or child.tag == qn("w:endnoteReference"):
                key = f"{child.tag}{child.get(qn('w:id'))}"
                number = self.note_numbers.setdefault(key, len(self.note_numbers) + 1)
                self.note_pages.setdefault(number, self.page + len(run.breaks))
                run.add(f"[^{number}]", bold, "")

    def _table(self, element: Any) -> list[Block]:
        page = self.page
        rows: list[list[str]] = []
        for row in element.iter(qn("w:tr")):
            if row.getparent() is not element and row.getparent().tag != qn("w:sdtContent"):
                continue
            rows.append(self._cells(row, rows[-1] if rows else []))
        return [Table(page, tuple(tuple(row) for row in rows))] if rows else []

    def _cells(self, row: Any, above: list[str]) -> list[str]:
        cells: list[str] = []
        for cell in self._children(row):
            if cell.tag != qn("w:tc"):
                continue
            properties = cell.find(qn("w:tcPr"))
            span = properties.find(qn("w:gridSpan")) if properties is not None else None
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            if merge is not None and merge.get(qn("w:val")) != "restart" and len(cells) < len(above):
                words = above[len(cells)]
            else:
                words = "\n".join(p.text for child in self._children(cell) if child.tag == qn("w:p") for p in self._paragraph(child))
            cells += [words] * (int(span.get(qn("w:val"))) if span is not None else 1)
        return cells

    def _notes(self) -> list[Block]:
        out: list[Block] = []
        page = self.page
        for ending, reference in (("/footnotes", "w:footnoteReference"), ("/endnotes", "w:endnoteReference")):
            root = self._part_root(ending)
            for note in root if root is not None else ():
                number = self.note_numbers.get(f"{qn(reference)}{note.get(qn('w:id'))}")
                if number is None:
                    continue
                words = "\n".join(p.text for child in self._children(note) if child.tag == qn("w:p") for p in self._paragraph(child))
                out.append(Note(self.note_pages[number], number, words.strip()))
        self.page = page
        return sorted(out, key=lambda note: note.mark if isinstance(note, Note) else 0)

    def _usual_encoding(self) -> str:
        """The old encoding of the text whose fonts do not tell it, judged by the whole of it; empty where it is Unicode."""
        words = []
        for paragraph in self.body.iter(qn("w:p")):
            style = self.styles.style(paragraph.find(qn("w:pPr")))
            for run in paragraph.iter(qn("w:r")):
                if not is_of_old_font(self.styles.font(run.find(qn("w:rPr")), style)):
                    words += [text.text or "" for text in run.iter(qn("w:t"))]
            words.append("\n")
        return repair("".join(words)).encoding

    def _tell_lost(self) -> None:
        boxes = [box for box in self.body.iter(qn("w:txbxContent")) if any((t.text or "").strip() for t in box.iter(qn("w:t")))]
        if boxes:
            self.remarks.append(Remark(None, "tệp có hộp văn bản (text box); chữ trong đó không được đọc, hãy chép tay nếu cần."))
        if next(self.body.iter(qn("w:drawing"), qn("w:pict")), None) is not None:
            self.remarks.append(Remark(None, "tệp có ảnh hoặc hình vẽ; chữ và số trong đó không được đọc."))
        if next(self.body.iter(qn("w:del")), None) is not None:
            self.remarks.append(Remark(None, "tệp có vết sửa (track changes) chưa chấp nhận; bản nháp lấy phần thêm, bỏ phần xóa."))

    def _label(self, properties: Any, style: Any) -> str:
        holders = [properties] if properties is not None else []
        holders += [one.element.find(qn("w:pPr")) for one in self.styles.chain(style) if one.element.find(qn("w:pPr")) is not None]
        for holder in holders:
            numbers = holder.find(qn("w:numPr"))
            if numbers is not None:
                number, level = numbers.find(qn("w:numId")), numbers.find(qn("w:ilvl"))
                if number is None:
                    continue
                return self.numbering.label(number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0)
        return ""

    def _new_page_after(self, properties: Any) -> bool:
        section = properties.find(qn("w:sectPr"))
        if section is None:
            return False
        kind = section.find(qn("w:type"))
        return kind is None or kind.get(qn("w:val")) != "continuous"
