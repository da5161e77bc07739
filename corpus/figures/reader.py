"""The figures of passages: each group of a sentence made into a record."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.figures.comparison import direction_of, inherit_versus, kind_of, versus_of
from corpus.figures.groups import Group
from corpus.figures.record import Figure
from corpus.figures.rows import Cell, cells_of, row_groups
from corpus.figures.scopes import Scopes
from corpus.figures.sentence import SentenceReader
from corpus.figures.subject import subject_of
from corpus.passages import Passage
from corpus.report import Report
from corpus.text import sentences


def read_figures(passages: Iterable[Passage], report: Report) -> list[Figure]:
    """Every figure of the passages of one report, in order."""
    figures: list[Figure] = []
    for passage in passages:
        figures += passage_figures(passage, report)
    return figures


def passage_figures(passage: Passage, report: Report) -> list[Figure]:
    """The figures of one passage, in order of the text."""
    figures: list[Figure] = []
    previous: Group | None = None
    topic = caption = ""
    header: list[Cell] = []
    for span in sentences(passage.text):
        words = passage.text[span[0] : span[1]]
        if words.startswith("|"):
            groups = row_groups(passage.text, span, header, caption) if header else []
            figures += [_figure(group, span, passage, report, Scopes.of_row(group, passage.text, header, caption)) for group in groups]
            header = header or cells_of(passage.text, span)
            continue
        header, caption = [], words
        groups = SentenceReader(passage.text, span, previous).read()
        figures += [_figure(group, span, passage, report, Scopes.of_sentence(group, span, passage, topic)) for group in groups]
        mains = [group for group in groups if group.base is None and group.depth == 0]
        if mains:
            previous = mains[0]
        topic = words
    return inherit_versus(figures)


def _figure(group: Group, span: tuple[int, int], passage: Passage, report: Report, scopes: Scopes) -> Figure:
    quantity, kind = group.quantity, kind_of(group)
    group.figure_id = f"{passage.id}@{quantity.start}"
    return Figure(
        id=group.figure_id,
        passage=passage.id,
        report=passage.report,
        section=passage.section,
        footnote=passage.footnote,
        page=passage.content.page_at(quantity.start),
        start=quantity.start,
        end=quantity.end,
        source=(passage.content.file_offset(quantity.start), passage.content.file_offset(quantity.end - 1) + 1),
        sentence=span,
        quantity=quantity,
        kind=kind,
        direction=direction_of(group),
        versus=versus_of(group, kind),
        period=scopes.period(group, report, passage.section),
        place=scopes.place(report),
        subject=subject_of(group),
        own=scopes.own,
        inherited=scopes.inherited,
        lead=scopes.lead,
        base=group.base.figure_id if group.base else None,
        whole=group.whole.figure_id if group.whole and not group.base else None,
    )
