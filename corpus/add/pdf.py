"""PDF files: the words of each page with their type, ruled tables, footnotes by place and size; scanned pages by Tesseract."""

from __future__ import annotations

import io
import logging
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from PIL import Image

from corpus.add import scan
from corpus.add.columns import COLUMN_GAP, find_columns
from corpus.add.document import Block, Document, Note, Paragraph, Remark, Table
from corpus.add.faults import AddError
from corpus.add.glyphs import Word, lines_of, words_of
from corpus.add.grid import ruled_rows
from corpus.add.lines import Line, paragraphs
from corpus.add.margins import without_margins
from corpus.add.page_notes import split_notes
from corpus.syllables import share_of_syllables

MOST_PAGES = 500
LEAST_CHARACTERS = 20
"""A page with fewer characters is taken to be a picture."""
LEAST_SYLLABLES, LEAST_MARKED = 0.75, 20
"""Below this share of Vietnamese syllables among its words with marks (if there are so many) a page's text layer is said to be damaged."""
BROKEN = "Tệp PDF bị hỏng, không mở được."
UNREAD = "trang là ảnh quét, chưa đọc được vì máy chưa có Tesseract với gói tiếng Việt."
LOCKED = "Tệp PDF được đặt mật khẩu; hãy gỡ mật khẩu rồi thêm lại."

Progress = Callable[[str, int, int], None]
"""Called with a label, how many pages are done and how many there are."""


class _Faults(logging.Handler):
    """Keeps what pdfminer logs of a file while it is read, off the screen: `damaged` says that a page lost data."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.damaged, self.thread = False, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and "data-loss" in record.getMessage().lower():
            self.damaged = True

    def __enter__(self) -> _Faults:
        self.logger = logging.getLogger("pdfminer")
        self.propagated, self.logger.propagate = self.logger.propagate, False
        self.logger.addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        self.logger.removeHandler(self)
        self.logger.propagate = self.propagated


@dataclass(slots=True)
class Sheet:
    """What was read of one page: body lines, and tables with the height at which each begins."""

    lines: list[Line] = field(default_factory=list)
    tables: list[tuple[float, tuple[tuple[str, ...], ...]]] = field(default_factory=list)
    scanned: bool = False
    encodings: set[str] = field(default_factory=set)


def read_pdf(raw: bytes, progress: Progress | None = None) -> Document:
    """The document that a PDF holds. Raises `AddError` if it is broken, locked or too long, or is scanned and Tesseract is missing."""
    remarks: list[Remark] = []
    try:
        with _Faults() as faults, pdfplumber.open(io.BytesIO(raw)) as opened:
            count = len(opened.pages)
            if count == 0:
                raise AddError("Tệp PDF không có trang nào.")
            if count > MOST_PAGES:
                raise AddError(f"Tệp PDF có {count} trang, nhiều hơn mức {MOST_PAGES} trang nhận được; hãy tách tệp rồi thêm lại.")
            sheets = []
            for number, page in enumerate(opened.pages, 1):
                sheets.append(_sheet(page, number, remarks))
                if faults.damaged:
                    remarks.append(Remark(number, "dữ liệu của trang bị hỏng một phần, có chữ không đọc được; hãy đối chiếu với bản gốc."))
                    faults.damaged = False
                if progress:
                    progress("Đọc PDF", number, count)
    except AddError:
        raise
    except PdfminerException as error:
        raise AddError(LOCKED if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect) else BROKEN) from None
    except (
        MalformedPDFException,
        PDFException,
        PSException,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
        AssertionError,
    ):
        raise AddError(BROKEN) from None
    return assemble(sheets, remarks)


def read_images(images: Sequence[Image.Image], progress: Progress | None = None) -> Document:
    """The document on scanned images, one page each. Raises `AddError` where Tesseract is missing."""
    remarks: list[Remark] = []
    sheets = []
    for number, image in enumerate(images, 1):
        sheets.append(_scanned(image, number, remarks))
        if progress:
            progress("Đọc ảnh quét", number, len(images))
    return assemble(sheets, remarks)


def assemble(sheets: Sequence[Sheet], remarks: list[Remark]) -> Document:
    """The document of pages that are read (`AddError` if none could be): margins left out, footnotes told from the text, lines joined to paragraphs."""
    if any(remark.text == UNREAD for remark in remarks) and not any(sheet.lines or sheet.tables for sheet in sheets):
        raise AddError(scan.NO_PROGRAM)
    size = _body_size(sheets)
    bare, heads = without_margins([sheet.lines for sheet in sheets])
    remarks = [Remark(None, f"đã bỏ dòng lặp ở đầu, cuối trang: “{head}”.") for head in heads] + remarks
    names = sorted({name for sheet in sheets for name in sheet.encodings})
    remarks = [Remark(None, f"chữ theo bảng mã {name} đã được chuyển sang Unicode.") for name in names] + remarks
    blocks: list[Block] = []
    last = 0
    for number, (sheet, lines) in enumerate(zip(sheets, bare, strict=True), 1):
        body, notes, carried = split_notes(lines, size, number, last, sheet.scanned)
        if carried:
            _carry(blocks, carried)
        blocks += _in_order(body, sheet, number)
        blocks += notes
        last = notes[-1].mark if notes else last
    return Document(tuple(blocks), tuple(_page_text(sheet) for sheet in sheets), tuple(remarks))


def _sheet(page: Any, number: int, remarks: list[Remark]) -> Sheet:
    words, lost = words_of(page)
    letters = sum(len(word.text) for word in words)
    text = " ".join(word.text for word in words)
    marked = sum(not word.text.isascii() for word in words)
    damaged = marked >= LEAST_MARKED and share_of_syllables(text, marked_only=True) < LEAST_SYLLABLES
    if lost:
        remarks.append(Remark(number, f"{lost} từ không đọc được vì phông chữ trong tệp không cho biết mã chữ; hãy chép tay hoặc thêm bản khác."))
    if letters < LEAST_CHARACTERS and not page.images and not page.curves:
        if not words:
            remarks.append(Remark(number, "trang trắng."))
        sheet = _read(page, words)
    elif letters < LEAST_CHARACTERS or (damaged and page.images and scan.is_available()):
        sheet = _scan_page(page, number, remarks)
    else:
        if damaged:
            remarks.append(Remark(number, "lớp chữ của trang bị lỗi, nhiều từ không phải tiếng Việt; cần soát kỹ hoặc thêm bản khác."))
        sheet = _read(page, words)
    page.close()
    return sheet


def _scan_page(page: Any, number: int, remarks: list[Remark]) -> Sheet:
    image = page.to_image(resolution=scan.DOTS_PER_INCH).original
    image.info["dpi"] = (scan.DOTS_PER_INCH, scan.DOTS_PER_INCH)
    return _scanned(image, number, remarks)


def _scanned(image: Image.Image, number: int, remarks: list[Remark]) -> Sheet:
    if not scan.is_available():
        remarks.append(Remark(number, UNREAD))
        return Sheet(scanned=True)
    try:
        read = scan.scan(image)
    except AddError:
        remarks.append(Remark(number, "không đọc được trang này (Tesseract báo lỗi)."))
        return Sheet(scanned=True)
    if not read.lines:
        remarks.append(Remark(number, "không đọc được chữ nào trên ảnh của trang này."))
    elif read.confidence < scan.SURE:
        remarks.append(Remark(number, f"ảnh quét khó đọc (độ tin cậy {read.confidence:.0f}/100), cần soát từng số."))
    else:
        remarks.append(Remark(number, "chữ do máy đọc từ ảnh quét, cần soát từng số, dấu và chỗ đánh dấu chú thích."))
    return Sheet(list(read.lines), list(read.tables), scanned=True)


def _read(page: Any, words: Sequence[Word]) -> Sheet:
    sheet = Sheet(encodings={word.encoding for word in words if word.encoding})
    taken: set[int] = set()
    for table in page.find_tables():
        rows, used = ruled_rows(table, words)
        if len(rows) > 1 and len(rows[0]) > 1:
            sheet.tables.append((table.bbox[1], rows))
            taken |= used
    rest = [word for n, word in enumerate(words) if n not in taken]
    for columns in find_columns(lines_of(rest, COLUMN_GAP)):
        sheet.tables.append((columns.top, columns.rows))
        rest = [word for word in rest if not columns.top <= (word.top + word.bottom) / 2 <= columns.bottom]
    sheet.lines = lines_of(rest)
    return sheet


def _in_order(lines: Sequence[Line], sheet: Sheet, number: int) -> Iterator[Block]:
    """The paragraphs and tables of a page from its top down."""
    rest = list(lines)
    for top, rows in sorted(sheet.tables, key=lambda entry: entry[0]):
        above = [line for line in rest if line.bottom <= top + line.size]
        rest = rest[len(above) :]
        yield from paragraphs(above, number)
        yield Table(number, rows)
    below = paragraphs(rest, number)
    if sheet.tables and below and below[0].joins:
        below[0] = Paragraph(number, below[0].text, below[0].lead)
    yield from below


def _carry(blocks: list[Block], words: str) -> None:
    """The last footnote goes on with `words`, on the next page."""
    for at in range(len(blocks) - 1, -1, -1):
        note = blocks[at]
        if isinstance(note, Note):
            blocks[at] = Note(note.page, note.mark, f"{note.text} {words}")
            return


def _body_size(sheets: Sequence[Sheet]) -> float:
    weights: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            weights[round(2 * line.size) / 2] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 1.0


def _page_text(sheet: Sheet) -> str:
    rows = [(top + n / 1000, " | ".join(" ".join(cell.split()) for cell in row)) for top, table in sheet.tables for n, row in enumerate(table)]
    return "\n".join(text for _, text in sorted([*rows, *((line.top, line.text) for line in sheet.lines)], key=lambda entry: entry[0]))
