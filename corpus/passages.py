"""Passages: the citable pieces of a report, by section and by footnote, long sections by paragraph (a table with what leads to it)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.report import Paragraph, Report, Text
from corpus.text import clauses, sentences

SECTION_LIMIT = 1200
"""A section's text up to this many characters is one passage; a longer one is cut at its paragraphs."""
TITLE_LIMIT = 120
"""A paragraph up to this many characters above a table is its title."""


@dataclass(frozen=True)
class Passage:
    """A citable piece of a report.

    `id` is `report:section:n` or `report:section:fnN`; `content` holds the exact words with their pages and file
    offsets; `anchor` is the sentence that bears a footnote's mark, `anchor_clause` its part between `;` that does, `marked`
    the words of that clause which the mark stands behind, and `before` those of its paragraph before the sentence (all empty
    for running text).
    """

    id: str
    report: str
    section: str
    footnote: int | None
    heading: str
    content: Text
    anchor: str
    anchor_clause: str = ""
    marked: str = ""
    before: str = ""

    @property
    def text(self) -> str:
        """The exact words, NFC, paragraphs separated by line breaks."""
        return self.content.text

    @property
    def leaf(self) -> str:
        """The last heading that it stands under."""
        return self.heading.rsplit(" › ", 1)[-1]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that the passage stands on, in order."""
        return tuple(page for _, page in self.content.pages)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements (sentences cut at `;`) of the passage, in order."""
        return tuple(
            Statement(self.id, start, end, sentence, self.text[start:end])
            for sentence in sentences(self.text)
            for start, end in clauses(self.text, sentence)
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or a part of one between `;`: span in its passage's text, span of its sentence, exact words."""

    passage: str
    start: int
    end: int
    sentence: tuple[int, int]
    text: str


def build_passages(report: Report) -> list[Passage]:
    """The passages of a report, in order: each section's running text, then the footnotes of that section."""
    by_section: dict[str, list[Paragraph]] = {section: [] for section in report.sections}
    notes: dict[str, list[Paragraph]] = {section: [] for section in report.sections}
    for paragraph in report.paragraphs:
        by_section[paragraph.section].append(paragraph)
    for note in report.footnotes:
        notes[note.section].append(note)
    anchors = _anchors(report.paragraphs)
    passages = []
    for section, paragraphs in by_section.items():
        for n, content in enumerate(_pieces([p.content for p in paragraphs]), 1):
            passages.append(_passage(report, section, None, str(n), content))
        for note in notes[section]:
            number = note.footnote or 0
            passages.append(_passage(report, section, number, f"fn{number}", note.content, *anchors.get(number, ())))
    return passages


def _passage(report: Report, section: str, footnote: int | None, tail: str, content: Text, *anchor: str) -> Passage:
    return Passage(f"{report.id}:{section}:{tail}", report.id, section, footnote, report.heading(section), content, *(anchor or ("",)))


def _pieces(contents: list[Text]) -> list[Text]:
    if sum(len(content.text) for content in contents) <= SECTION_LIMIT and len(contents) > 1:
        return [join_texts(contents)]
    pieces: list[list[Text]] = []
    for content in contents:
        if pieces and content.text.startswith("|") and _leads_to_table(pieces[-1][-1].text):
            pieces[-1].append(content)
        else:
            pieces.append([content])
    return [join_texts(piece) if len(piece) > 1 else piece[0] for piece in pieces]


def _leads_to_table(text: str) -> bool:
    """Whether a paragraph says what the table below it is of: it ends in a colon, or is as short as a title."""
    return not text.startswith("|") and (text.rstrip().endswith(":") or len(text) <= TITLE_LIMIT)


def join_texts(contents: Iterable[Text]) -> Text:
    """Several paragraphs as one text, separated by line breaks."""
    text = ""
    source: list[tuple[int, int]] = []
    pages: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    for content in contents:
        if text:
            text += "\n"
        base = len(text)
        text += content.text
        source += [(base + offset, value) for offset, value in content.source]
        pages += [(base + o, v) for i, (o, v) in enumerate(content.pages) if i or not pages or pages[-1][1] != v]
        marks += [(base + offset, value) for offset, value in content.marks]
    return Text(text, tuple(source), tuple(pages), tuple(marks))


def _anchors(paragraphs: Iterable[Paragraph]) -> dict[int, tuple[str, str, str, str]]:
    """For each footnote the sentence and the clause that its mark stands in, the words that it stands behind, and the paragraph before the sentence."""
    found = {}
    for paragraph in paragraphs:
        text = paragraph.content.text
        for offset, number in paragraph.content.marks:
            for start, end in sentences(text):
                if start < offset <= end:
                    first, last = next((span for span in clauses(text, (start, end)) if offset <= span[1]), (start, end))
                    found[number] = (text[start:end], text[first:last], text[first:offset], text[:start])
    return found
