"""Answers in words: the sentences of the report that say why, how, which or what, verbatim."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.passages import Passage
from rag.citations import cite_span
from rag.figure_answer import Draft
from rag.sentence_ranker import ScoredSentence

NEAR = 2.5
"""What a further sentence of the passage may fall short of the first one and still be said with it."""
MAX_SENTENCES = 3
LONGEST_NOTE = 700
"""Characters of a footnote that is quoted whole."""


def draft_text(spans: Sequence[tuple[Passage, int, int]], note: Passage | None = None) -> Draft:
    """An answer from spans of passages and the footnote that goes with them, each quoted and cited."""
    spans = list(spans)
    if note is not None:
        spans.append((note, 0, len(note.text)))
    parts, citations = [], []
    for n, (passage, start, end) in enumerate(spans, 1):
        citation = cite_span(passage, start, end, n)
        citations.append(citation)
        said = _said(citation.quote).rstrip(".;: ")
        parts.append(f"{said[:1].upper()}{said[1:]} [{n}].")
    return Draft(tuple(parts), (), tuple(citations))


def _said(quote: str) -> str:
    """A quote as one says it: the cells of a row one after the other, what it is of first."""
    if not quote.startswith("|"):
        return quote
    first, *cells = [cell.strip() for cell in quote.strip("| ").split("|")]
    return f"{first}: {'; '.join(cell for cell in cells if cell)}"


def choose_sentences(ranked: Sequence[ScoredSentence], *, several: bool) -> list[ScoredSentence]:
    """The best sentence, and where `several` are wanted those near it in score from the same passage, in order of the text."""
    if not ranked:
        return []
    first = ranked[0]
    chosen = [first]
    for one in ranked[1:12] if several else ():
        apart = all(one.end <= other.start or one.start >= other.end for other in chosen)
        if one.passage.id == first.passage.id and one.score > first.score - NEAR and apart and len(chosen) < MAX_SENTENCES:
            chosen.append(one)
    return sorted(chosen, key=lambda s: s.start)


def note_of(sentence: ScoredSentence, passages: Sequence[Passage]) -> Passage | None:
    """The footnote whose mark stands in the sentence of an answer, where it is short enough to be quoted whole; None where there is none."""
    bearing = sentence.passage.text[slice(*sentence.span.sentence)].strip()
    for passage in passages:
        if passage.report == sentence.passage.report and passage.footnote is not None and passage.anchor.strip() == bearing:
            return passage if len(passage.text) <= LONGEST_NOTE else None
    return None
