"""Quotes cut from passages, with their place."""

from __future__ import annotations

from corpus.figures import Figure
from corpus.passages import Passage
from corpus.text import clauses
from rag.records import Citation

LONG = 420
"""A sentence of more characters is quoted by the clause that holds the figure."""


def cite_span(passage: Passage, start: int, end: int, n: int, at: int | None = None) -> Citation:
    """A citation of `start:end` of a passage; the page is that of the character `at` (default: the first)."""
    start, end = _trim(passage.text, start, end)
    page = passage.content.page_at(start if at is None else at)
    quote = passage.text[start:end]
    return Citation(n, passage.report, passage.section, passage.heading, page, passage.footnote, quote, passage.id, start, end)


def cite_figures(passage: Passage, figures: list[Figure], n: int) -> Citation:
    """One citation that holds all of `figures` of one sentence: the sentence, or its clauses from first to last of them."""
    start, end = figures[0].sentence
    if end - start > LONG:
        spans = clauses(passage.text, (start, end))
        first, last = min(f.start for f in figures), max(f.end for f in figures)
        start = max((s for s, _ in spans if s <= first), default=start)
        end = min((e for _, e in spans if e >= last), default=end)
    return cite_span(passage, start, end, n, figures[0].start)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " -–+•\n":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
