"""A report as one reads it: headings and paragraphs in order, with marks of footnotes and pages in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Passage, Report
from corpus.report import Paragraph, Section
from corpus.text import fold
from rag.pages.escaping import Span, mark

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BARE_NUMBER = re.compile(r"\d{1,2}\.")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`paragraph` is None) or a paragraph of a section; `page` where it is the first of a page, else None."""

    section: Section
    paragraph: Paragraph | None
    page: int | None = None


def anchor_of(section: str) -> str:
    """The name of a section in an address: `p1-i-1-1`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(section)).strip("-")


def outline(report: Report) -> list[Section]:
    """The sections with printed headings, in order."""
    return [section for section in report.sections.values() if section.title and not _BARE_NUMBER.fullmatch(section.title)]


def blocks(report: Report, within: str | None = None) -> Iterator[Block]:
    """Headings and paragraphs in the order of the report; only those of the section `within` and below, if it is given."""
    headed = {section.id for section in outline(report)}
    order = list(report.sections)
    at, page = 0, 0
    for paragraph in report.paragraphs:
        number = order.index(paragraph.section)
        while at <= number:
            if order[at] in headed and _is_within(order[at], within):
                yield Block(report.sections[order[at]], None)
            at += 1
        first, last = paragraph.content.pages[0][1], paragraph.content.pages[-1][1]
        if _is_within(paragraph.section, within):
            yield Block(report.sections[paragraph.section], paragraph, first if first != page else None)
            page = last


def neighbours(report: Report, section: str) -> tuple[str | None, str | None]:
    """The sections with text of their own before and after `section`."""
    order = [name for name in report.sections if any(p.section == name for p in report.paragraphs)]
    inside = [n for n, name in enumerate(order) if _is_within(name, section)]
    if not inside:
        return None, None
    before, after = inside[0] - 1, inside[-1] + 1
    return (order[before] if before >= 0 else None), (order[after] if after < len(order) else None)


def paragraph_markdown(paragraph: Paragraph, spans: Sequence[Span] = (), page: int | None = None) -> str:
    """Markdown of a paragraph: raised numbers where footnotes are marked, a badge where a page begins, `spans` marked.

    `page` is the page that begins with the paragraph, if one does.
    """
    text, content = paragraph.content.text, paragraph.content
    inserted = [(0, f"{_page_mark(page)} ")] if page else []
    inserted += [(offset, f" {_page_mark(number)} ") for offset, number in content.pages[1:]]
    inserted += [(offset, f":blue[{str(number).translate(_RAISED)}]") for offset, number in content.marks]
    out, at = [], 0
    for offset, words in sorted(inserted, key=lambda one: one[0]):
        out += [_part(text, at, offset, spans), words]
        at = offset
    return "".join([*out, _part(text, at, len(text), spans)])


def spans_in(paragraph: Paragraph, passage: Passage, start: int, end: int, style: str) -> list[Span]:
    """The part of `start:end` of a passage that stands in `paragraph`, as spans of it."""
    if (paragraph.section, paragraph.footnote) != (passage.section, passage.footnote):
        return []
    found = []
    at = start
    for line in passage.text[start:end].split("\n"):
        place = paragraph.content.text.find(line) if line.strip() else -1
        while place >= 0 and paragraph.content.file_offset(place) != passage.content.file_offset(at):
            place = paragraph.content.text.find(line, place + 1)
        if place >= 0:
            found.append(Span(place, place + len(line), style))
        at += len(line) + 1
    return found


def _page_mark(page: int) -> str:
    return f":gray-badge[:material/article: trang {page}]"


def _part(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    return mark(text[start:end], [Span(one.start - start, one.end - start, one.style) for one in spans if one.end > start])


def _is_within(section: str, within: str | None) -> bool:
    return within is None or section == within or section.startswith(within + ".")
