"""Answers in words: the sentences of the report that say why, how, which or what, verbatim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.passages import Passage
from rag.citations import cite_span
from rag.compose import as_sentence
from rag.figure_answer import Draft
from rag.ground import Ground
from rag.sentence_ranker import ScoredSentence

NEAR = 2.5
"""What a further sentence of the passage may fall short of the first one and still be said with it."""
MAX_SENTENCES = 3
_REASON = r"do|vì|nhờ|bởi|nguyên nhân|lý do"
_TELLS_WHY = re.compile(rf"(?i)\b(?:{_REASON})\b")
_MAY_TELL_WHY = re.compile(
    rf"(?i)\b(?:{_REASON}|nên|để|vướng|khó|thiếu|chưa|không|ảnh hưởng|hạn chế|chậm|nhằm|giúp|sau khi|từ khi|kéo dài|thấp|cao|"
    r"tập trung|đẩy mạnh|tăng cường|chủ động|thực hiện tốt|trong khi)\b"
)
ABOUT_AS_GOOD = 1.5
"""What a clause that gives a reason may score less than one that only may lead to one."""
ALL_FIGURES = 1.0
"""Share of figures (see `rag.spans.Span`) of a list, which tells a reason only in so many words."""
LONGEST_NOTE = 700
"""Characters of a footnote that is quoted whole."""


def that_tell_why(ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Those about as good as the first that hold any word that may lead to a reason: what went well or ill, what was lacking, what was done."""
    near = [one for one in ranked if one.score > ranked[0].score - NEAR]
    telling = [one for one in near if _tells_why(one)]
    return sorted(telling, key=lambda one: -one.score - ABOUT_AS_GOOD * _says_why(one))


def _says_why(one: ScoredSentence) -> bool:
    """Whether a clause itself gives a reason, in so many words."""
    return bool(_TELLS_WHY.search(one.passage.text[one.start : one.end]))


def _tells_why(one: ScoredSentence) -> bool:
    text = one.passage.text
    told = bool(_TELLS_WHY.search(text[slice(*one.span.sentence)]))
    return told or (one.span.figures < ALL_FIGURES and bool(_MAY_TELL_WHY.search(text[one.start : one.end])))


def draft_text(spans: Sequence[tuple[Passage, int, int]], note: Passage | None = None) -> Draft:
    """An answer from spans of passages and the footnote that goes with them, each quoted and cited."""
    spans = list(spans)
    if note is not None:
        spans.append((note, 0, len(note.text)))
    parts, citations = [], []
    for n, (passage, start, end) in enumerate(spans, 1):
        citation = cite_span(passage, start, end, n)
        citations.append(citation)
        parts.append(as_sentence(_said(citation.quote).rstrip(".;: "), n))
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


def note_of(ground: Ground, passage: Passage, start: int, end: int) -> Passage | None:
    """The first footnote whose mark stands behind `start` and no later than `end`, where it is short enough to be quoted whole; None where there is none."""
    number = next((number for offset, number in passage.content.marks if start < offset <= end), None)
    note = ground.note(passage.report, number) if number is not None else None
    return note if note is not None and len(note.text) <= LONGEST_NOTE else None
