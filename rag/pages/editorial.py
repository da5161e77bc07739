"""Notes at the places of a report: OCR digits that were corrected, words that stay uncertain, figures that do not add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage, Report
from corpus.audit import Finding
from corpus.ledgers import corrections, remarks
from corpus.report import Paragraph

CORRECTED, REMARKED, UNSETTLED = "Hiệu đính", "Ghi chú biên tập", "Số liệu cần xem lại"
ICONS = {CORRECTED: ":material/edit_note:", REMARKED: ":material/help:", UNSETTLED: ":material/balance:"}
_REMARKS = {"uncertain": "Chữ chưa chắc chắn", "slip": "Có thể là lỗi in của báo cáo"}
_CUT = re.compile(r"[;,]\s+")


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its kind, its page, the words it is about, what is said; `span` of the words in the file, where it is known."""

    kind: str
    page: int
    words: str
    text: str
    span: tuple[int, int] | None = None


def notes_of(report: Report, findings: Sequence[Finding], passages: dict[str, Passage]) -> list[Note]:
    """All notes on a report: corrections and remarks by page, then findings."""
    corrected = [
        Note(CORRECTED, one.page, one.restored, f"Bản OCR in “{one.ocr}”; khôi phục thành “{one.restored}”: {one.reason}.")
        for one in corrections(report)
    ]
    remarked = [Note(REMARKED, one.page, one.words, f"{_REMARKS.get(one.kind, 'Ghi chú')}: {one.remark}.") for one in remarks(report)]
    return corrected + remarked + [note for finding in findings for note in _finding_notes(finding, passages)]


def notes_at(paragraph: Paragraph, notes: Sequence[Note]) -> list[Note]:
    """The notes whose words stand in a paragraph or footnote: at their place in the file, else on their page."""
    return [note for note in notes if _stands_in(note, paragraph)]


def _stands_in(note: Note, paragraph: Paragraph) -> bool:
    if note.span:
        content = paragraph.content
        return note.span[0] <= content.file_offset(max(0, len(content.text) - 1)) and content.file_offset(0) < note.span[1]
    on_page = _words_on_page(paragraph, note.page)
    return any(words and words in on_page for words in (note.words, *_CUT.split(note.words)))


def _words_on_page(paragraph: Paragraph, page: int) -> str:
    """The words of a paragraph on a page, with a few of the neighbouring pages' since a quote may run over."""
    content = paragraph.content
    starts = [*content.pages, (len(content.text), -1)]
    parts = [(start, starts[n + 1][0]) for n, (start, number) in enumerate(content.pages) if number == page]
    return content.text[parts[0][0] : parts[-1][1] + 80] if parts else ""


def _finding_notes(finding: Finding, passages: dict[str, Passage]) -> list[Note]:
    """A note at each place that a finding quotes."""
    out = []
    for place in finding.places:
        passage = passages.get(place.passage)
        if passage is not None:
            words = passage.text[place.start : place.end]
            text = " ".join(part for part in (finding.question, f"Phép tính: {finding.computation}." if finding.computation else "", finding.reading) if part)
            span = (passage.content.file_offset(place.start), passage.content.file_offset(place.end - 1) + 1)
            out.append(Note(UNSETTLED, passage.content.page_at(place.start), words, text, span))
    return out
