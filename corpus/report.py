"""A report as written down in `corpus/reports/*.md`: front matter, sections, paragraphs, footnotes, pages."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.labels import heading_label
from corpus.text import nfc

REPORTS = Path(__file__).parent / "reports"

PAGE_MARK = re.compile(r"<!--\s*trang\s+(?P<page>\d+)\s*-->")
"""The mark at which a page of the original begins."""
FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_TOKEN = re.compile(rf"{PAGE_MARK.pattern}|\[\^(?P<mark>\d+)\]|\s+|.", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_FOOTNOTE = re.compile(r"\[\^(\d+)\]:[ \t]*")
_PAGE_MARKS = re.compile(rf"(?:{PAGE_MARK.pattern}\s*)*")
_ORDINAL_PARAGRAPH = re.compile(r"([0-9]{1,2})\.\s+(?=\S)")
_RULE_ROW = re.compile(r"(?m)^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_ROW_START = re.compile(r"[ \t]*\n\s*\|")


class ReportError(ValueError):
    """A report file cannot be used; the message is one Vietnamese sentence for the user."""


@dataclass(frozen=True, slots=True)
class Text:
    """Exact words without marks and comments, white space collapsed, and where they stand in the file.

    `source`, `pages` and `marks` are runs `(offset in text, value)` in rising order: the file offset that the
    characters from there on come from, the page they stand on, and the footnote mark that stands just before the offset.
    """

    text: str
    source: tuple[tuple[int, int], ...]
    pages: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, int], ...]

    def page_at(self, offset: int) -> int:
        """The page on which the character at `offset` stands."""
        return run_value(self.pages, offset)

    def file_offset(self, offset: int) -> int:
        """The offset in the report file of the character at `offset`."""
        at = bisect_right(self.source, (offset, 1 << 62)) - 1
        start, file_start = self.source[at]
        return file_start + offset - start


@dataclass(frozen=True, slots=True)
class Section:
    """A section: `id` such as `P1.I.1.1`, the printed heading, and the headings from the top down to it (for display)."""

    id: str
    title: str
    path: tuple[str, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a section's text, or one whole footnote (`footnote` is its number, else None)."""

    section: str
    footnote: int | None
    content: Text


@dataclass(frozen=True, slots=True)
class Report:
    """One report: front matter, sections by id in order, paragraphs in order of the text, footnotes in order of number."""

    id: str
    title: str
    body: str
    place: str
    year: int
    plan_year: int | None
    session: str
    date: str
    places: tuple[str, ...]
    reviewed: bool
    sections: dict[str, Section]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Paragraph, ...]
    raw: str
    path: Path

    @property
    def sha256(self) -> str:
        """Hash of the file's text."""
        return hashlib.sha256(self.raw.encode()).hexdigest()

    def heading(self, section: str) -> str:
        """The heading path of a section, for display: `Phần I › I. Lĩnh vực kinh tế › 2.2. Xây dựng`."""
        return " › ".join(self.sections[section].path) or self.title


def run_value(runs: tuple[tuple[int, int], ...], offset: int) -> int:
    """The value of the last run that starts at or before `offset` (the first run's where none does)."""
    return runs[max(0, bisect_right(runs, (offset, 1 << 62)) - 1)][1]


def load_reports(folder: Path = REPORTS) -> list[Report]:
    """All reports of a folder, by id. Raises `ReportError` if there is none or one cannot be read."""
    if not folder.is_dir():
        raise ReportError(f"Không tìm thấy thư mục báo cáo {folder}.")
    reports = [load_report(path) for path in sorted(folder.glob("*.md"))]
    if not reports:
        raise ReportError(f"Thư mục {folder} chưa có báo cáo nào (tệp .md).")
    return reports


def load_report(path: Path) -> Report:
    """One report from its Markdown file. Raises `ReportError` if it is missing, not UTF-8, or has no front matter."""
    try:
        raw = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ReportError(f"Không tìm thấy tệp báo cáo {path}.") from None
    except UnicodeDecodeError:
        raise ReportError(f"Tệp báo cáo {path} không phải văn bản UTF-8.") from None
    except OSError as error:
        raise ReportError(f"Không đọc được tệp báo cáo {path}: {error.strerror}.") from None
    return parse_report(raw, path)


def parse_report(raw: str, path: Path) -> Report:
    """The report that the text `raw` of the file `path` holds. Raises `ReportError` if it has no usable front matter."""
    front = FRONT_MATTER.match(raw)
    if not front:
        raise ReportError(f"Tệp báo cáo {path.name} thiếu phần khai báo đầu tệp (giữa hai dòng ---).")
    try:
        meta = yaml.safe_load(front.group(1))
        report_id, year = str(meta["id"]), int(meta["year"])
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        raise ReportError(f"Phần khai báo đầu tệp {path.name} thiếu hoặc sai trường id, year.") from None
    sections, paragraphs, footnotes = _Reader(raw, front.end()).read()
    plan_year = meta.get("plan_year")
    return Report(
        id=report_id,
        title=str(meta.get("title", report_id)),
        body=str(meta.get("body", "")),
        place=nfc(str(meta.get("place", ""))),
        year=year,
        plan_year=int(plan_year) if plan_year else None,
        session=str(meta.get("session", "")),
        date=str(meta.get("date", "")),
        places=tuple(nfc(str(place)) for place in meta.get("places") or ()),
        reviewed=bool(meta.get("reviewed", True)),
        sections=sections,
        paragraphs=tuple(paragraphs),
        footnotes=tuple(footnotes),
        raw=raw,
        path=path,
    )


class _Reader:
    """One pass over the blocks (separated by blank lines) of a report's Markdown."""

    def __init__(self, raw: str, start: int) -> None:
        self.raw = raw
        self.start = start
        self.page = 1
        self.sections: dict[str, Section] = {}
        self.stack: list[tuple[int, str, str]] = []  # (heading level, label, display)
        self.section = "P0"
        self.unnumbered = 0
        self.ordinal_of: dict[str, int] = {}
        self.heading_level = 0

    def read(self) -> tuple[dict[str, Section], list[Paragraph], list[Paragraph]]:
        """Sections by id, text paragraphs in order, footnotes by number."""
        self.sections["P0"] = Section("P0", "", (), 0)
        paragraphs: list[Paragraph] = []
        notes: list[tuple[int, int, int, int | None]] = []
        mark_at: dict[int, tuple[str, int]] = {}
        for begin, end in _blocks(self.raw, self.start):
            start = self._turn(begin, end)
            note = _FOOTNOTE.match(self.raw, start)
            if note:
                notes.append((int(note.group(1)), note.end(), end, self.page if start > begin else None))
                continue
            heading = _HEADING.match(self.raw, start, end)
            if heading:
                self._enter(len(heading.group(1)), heading.start(2), end, mark_at)
                continue
            if self.raw[start:end].strip() == "---":
                self._close()
                continue
            self._ordinal(start, end)
            content, self.page = _clean(self.raw, start, end, self.page)
            for offset, number in content.marks:
                mark_at[number] = (self.section, content.page_at(max(0, offset - 1)))
            if content.text:
                paragraphs.append(Paragraph(self.section, None, content))
        footnotes = []
        for number, start, end, own_page in sorted(notes, key=lambda note: note[:3]):
            section, page = mark_at.get(number, ("P0", 1))
            footnotes.append(Paragraph(section, number, _clean(self.raw, start, end, own_page or page)[0]))
        if not any(paragraph.section == "P0" for paragraph in paragraphs):
            self.sections.pop("P0")
        return self.sections, paragraphs, footnotes

    def _turn(self, start: int, end: int) -> int:
        """Turns the page at the page marks that a block begins with; returns where its words begin."""
        marks = _PAGE_MARKS.match(self.raw, start, end)
        if marks and marks.end() > start:
            _, self.page = _clean(self.raw, start, marks.end(), self.page)
            return marks.end()
        return start

    def _enter(self, level: int, start: int, end: int, mark_at: dict[int, tuple[str, int]]) -> None:
        content, self.page = _clean(self.raw, start, end, self.page)
        label, title = self._label(content.text)
        self.stack = [entry for entry in self.stack if entry[0] < level]
        self.stack.append((level, label, title))
        chain: list[tuple[str, str]] = []
        for _, one_label, one_title in self.stack:
            if chain and _extends(one_label, chain[-1][0]):
                chain.pop()
            chain.append((one_label, one_title))
        self.section = self._unique(".".join(one_label for one_label, _ in chain))
        self.heading_level = level
        self.sections[self.section] = Section(self.section, content.text, tuple(title for _, title in chain), level)
        for offset, number in content.marks:
            mark_at[number] = (self.section, content.page_at(max(0, offset - 1)))

    def _label(self, heading: str) -> tuple[str, str]:
        label, display, rest = heading_label(heading)
        if label.startswith("P"):
            return label, display
        if label:
            return label, f"{display} {display_title(rest)}".strip()
        self.unnumbered += 1
        return f"h{self.unnumbered}", display_title(heading)

    def _unique(self, wanted: str) -> str:
        name, copy = wanted, 2
        while name in self.sections:
            name, copy = f"{wanted}-{copy}", copy + 1
        return name

    def _ordinal(self, start: int, end: int) -> None:
        """A paragraph `2. …` under a heading without sub-headings counts as the section `….2`."""
        match = _ORDINAL_PARAGRAPH.match(self.raw, start, end)
        base = self.stack[-1][1] if self.stack else ""
        if not match or base[:1].isdigit() or not self.stack:
            return
        parent = self.section.rsplit(".", 1)[0] if self.section in self.ordinal_of else self.section
        number = int(match.group(1))
        expected = self.ordinal_of.get(self.section, 0) + 1
        if number != expected:
            return
        path = self.sections[parent].path
        self.section = self._unique(f"{parent}.{number}")
        self.ordinal_of[self.section] = number
        self.sections[self.section] = Section(self.section, f"{number}.", (*path, f"{number}."), self.heading_level + 1)

    def _close(self) -> None:
        """A line `---` ends the sections: what follows (signature, recipients) belongs to the last part."""
        if self.stack:
            self.stack = self.stack[:1]
            self.section = self.stack[0][1]
            self.sections.setdefault(self.section, Section(self.section, "", (self.stack[0][2],), 1))


def _blocks(raw: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of the blocks between blank lines; a footnote's indented further paragraphs stay with it.

    A heading's line is a block of its own, a footnote that begins on the line after another one too.
    """
    spans = [(m.start(), m.end()) for m in re.finditer(r"\S(?:.|\n(?![ \t]*(?:\n|\Z)))*", raw[start:])]
    begin, stop, is_note = -1, -1, False
    for a, b in (piece for s, e in spans for piece in _lines_apart(raw, s + start, e + start)):
        indented = raw.rfind("\n", 0, a) < a - 4 and raw[a - 4 : a] == "    "
        if is_note and indented:
            stop = b
            continue
        if begin >= 0:
            yield begin, stop
        begin, stop, is_note = a, b, bool(_FOOTNOTE.match(raw, a))
    if begin >= 0:
        yield begin, stop


def _lines_apart(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span of a block cut before and after each line that stands alone: a heading, a footnote below another."""
    begin, is_note = start, bool(_FOOTNOTE.match(raw, start))
    at = raw.find("\n", start, end)
    heading = _is_heading(raw, start, end)
    while at >= 0:
        line, next_heading = at + 1, _is_heading(raw, at + 1, end)
        if heading or next_heading or (is_note and _FOOTNOTE.match(raw, line)):
            yield begin, at
            begin = line
        heading = next_heading
        at = raw.find("\n", line, end)
    yield begin, end


def _is_heading(raw: str, line: int, end: int) -> bool:
    marks = _PAGE_MARKS.match(raw, line, end)
    return _HEADING.match(raw, marks.end() if marks else line, end) is not None


def _clean(raw: str, start: int, end: int, page: int) -> tuple[Text, int]:
    """The text of one block, and the page at its end.

    Paragraph breaks inside a footnote become line breaks, and so do those between the rows of a table; its row of dashes goes.
    """
    out: list[str] = []
    source: list[tuple[int, int]] = []
    pages: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    length, pending, expected = 0, "", -1
    dashes = {at for match in _RULE_ROW.finditer(raw, start, end) for at in range(*match.span())}
    in_row = raw.startswith("|", start)
    for token in _TOKEN.finditer(raw, start, end):
        if token.start() in dashes and not token.group().isspace():
            continue
        if token.group("page"):
            page = int(token.group("page"))
            continue
        if token.group("mark"):
            marks.append((length, int(token.group("mark"))))
            continue
        piece = token.group()
        if piece.isspace():
            row_ends = in_row and "\n" in piece
            in_row = _ROW_START.match(raw, token.start(), end) is not None if "\n" in piece else in_row
            parted = "\n\n" in re.sub(r"[ \t]", "", piece) or row_ends or (in_row and "\n" in piece)
            pending = "\n" if pending == "\n" or parted else " "
            continue
        if pending and out:
            out.append(pending)
            length += 1
            expected = -1
        pending = ""
        if token.start() != expected:
            source.append((length, token.start()))
        if not pages or pages[-1][1] != page:
            pages.append((length, page))
        out.append(piece)
        length += len(piece)
        expected = token.end()
    if not source:
        source, pages = [(0, start)], [(0, page)]
    return Text("".join(out), tuple(source), tuple(pages), tuple(marks)), page


def _extends(label: str, parent: str) -> bool:
    return label.startswith(parent + ".") and parent[:1].isdigit()


def display_title(title: str) -> str:
    """A heading's title for display: without its closing colon, capitals turned into sentence case."""
    title = title.strip().rstrip(":").strip()
    return title.capitalize() if title.isupper() else title
