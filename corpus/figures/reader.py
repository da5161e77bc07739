"""The figures of passages: each group of a sentence made into a record."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.figures.comparison import direction_of, inherit_versus, kind_of, versus_of
from corpus.figures.groups import Group
from corpus.figures.record import Figure
from corpus.figures.sentence import SentenceReader
from corpus.figures.subject import strip_subject, subject_of
from corpus.figures.words import CLOSED, OPENER
from corpus.passages import Passage
from corpus.periods import period_of
from corpus.places import find_place
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
    topic = ""
    for span in sentences(passage.text):
        groups = SentenceReader(passage.text, span, previous).read()
        for group in groups:
            figures.append(_figure(group, span, passage, report, topic))
        mains = [group for group in groups if group.base is None and group.depth == 0]
        if mains:
            previous = mains[0]
        topic = passage.text[span[0] : span[1]]
    return inherit_versus(figures)


def _figure(group: Group, span: tuple[int, int], passage: Passage, report: Report, topic: str) -> Figure:
    quantity, kind = group.quantity, kind_of(group)
    group.figure_id = f"{passage.id}@{quantity.start}"
    text = passage.text
    own = f"{group.left}{text[quantity.start : quantity.end]}{group.right}".strip()
    inherited = _inherited(group)
    lead = text[span[0] : group.own_span[0]].strip()
    scope = (own, inherited, _open_words(lead), passage.anchor)
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
        period=period_of(scope, report, passage.section),
        place=find_place((own, inherited, _open_clause(lead), topic if OPENER.match(text[span[0] : span[1]]) else ""), report, lead) or report.place,
        subject=subject_of(group),
        own=own,
        inherited=inherited,
        lead=lead,
        base=group.base.figure_id if group.base else None,
        whole=group.whole.figure_id if group.whole and not group.base else None,
    )


def _open_words(lead: str) -> str:
    """The words of `lead` outside brackets that are closed again."""
    return CLOSED.sub(" ", lead)


def _open_clause(lead: str) -> str:
    """What `lead` says of the clause that it ends in: its words after the last `;`, and those before the first colon."""
    words = _open_words(lead)
    head, colon, listed = words.partition(": ")
    return words.rpartition(";")[2] if not colon else f"{head} {listed.rpartition(';')[2]}"


def _inherited(group: Group) -> str:
    parts = [group.label, *group.chain]
    seen = group.base or group.whole
    steps = 0
    while seen is not None and steps < 3:
        parts.append(f"{strip_subject(seen.left)} {seen.quantity.unit} {seen.right}".strip())
        parts += [words for words in (seen.label, *seen.chain) if words not in parts]
        seen, steps = seen.base or seen.whole, steps + 1
    return " ".join(part for part in parts if part)
