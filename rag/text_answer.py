"""Answers in words: the statements of the report that say why, how or what, verbatim."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.abbreviations import search_copy
from corpus.passages import Passage
from corpus.periods import RESULT, default_period
from corpus.places import find_places
from corpus.report import Report
from corpus.text import sentences
from rag.citations import cite_span
from rag.features import Query
from rag.figure_answer import Draft
from rag.ground import Found
from rag.question import LIST, TEXT, WHICH, Pattern
from rag.terms import Words, match

_ASKS_PLACES = Pattern(r"\b(?:xã|thị trấn|phường|địa phương|nơi|đâu)\b")
IN_SENTENCE = 0.7
"""What a word of the question found in the rest of a clause's sentence is worth."""
AIMS = 1.0
"""What it is worth that a sentence stands among the aims and tasks where such are asked for, or among the results where not."""
FIGURED, DENSE = 1.0, 0.08
"""What a sentence full of figures (of so great a share of digits) loses where words are asked for."""
LONG, LENGTHY = 0.4, 300
"""What a sentence of more characters loses with every e-fold of its length: long ones cover more by chance."""
MAX_SENTENCES = 3
LONGEST = 700
"""A sentence of more characters is cut to its best clause."""


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence of a passage with its score and the share of the question that it and its heading cover."""

    passage: Passage
    start: int
    end: int
    score: float
    coverage: float


def rank_sentences(query: Query, found: Sequence[Found], report: Report) -> list[ScoredSentence]:
    """The sentences of the passages found, best first; those that name places first where places are asked for."""
    scored = []
    asks_places = query.question.form == WHICH and bool(_ASKS_PLACES.search(query.question.text))
    planned = query.question.plan_year or report.plan_year in query.years
    by_clause = query.question.form in (WHICH, LIST)
    for one in found:
        passage = one.reading.passage
        whole = sentences(passage.text)
        for start, end in [(s.start, s.end) for s in passage.statements] if by_clause else whole:
            words = Words(search_copy(passage.text[start:end]))
            sentence = next((s for s in whole if s[0] <= start < s[1]), (start, end))
            around = words if sentence == (start, end) else Words(search_copy(passage.text[slice(*sentence)]))
            coverage, own = _coverage(query, words, around, one)
            cosine = max((c for (s, e), c in one.statement_scores.items() if s < end and e > start), default=one.dense)
            score = 4 * own + 3 * coverage + 6 * cosine + one.fused
            if asks_places:
                score += 1.5 * bool(find_places(passage.text[start:end], report))
            aims = default_period(report, passage.section).status != RESULT
            score += AIMS if planned and aims else -AIMS if planned != aims else 0.0
            if query.question.form == TEXT:
                score -= FIGURED * min(1.0, sum(char.isdigit() for char in passage.text[start:end]) / (end - start) / DENSE)
            score -= LONG * max(0.0, math.log((end - start) / LENGTHY))
            scored.append(ScoredSentence(passage, start, end, score, coverage))
    return sorted(scored, key=lambda s: (-s.score, s.passage.id, s.start))


def _coverage(query: Query, words: Words, sentence: Words, found: Found) -> tuple[float, float]:
    """Shares of the question that the words, their sentence and what stands above cover, and that the sentence covers."""
    total = covered = own = 0.0
    for term in query.terms:
        weight = query.weight(term)
        here = max(match(term, words), IN_SENTENCE * match(term, sentence))
        above = max(0.75 * match(term, found.reading.heading), 0.5 * match(term, found.reading.anchor))
        total += weight
        own += weight * here
        covered += weight * max(here, above)
    return (covered / total, own / total) if total else (0.0, 0.0)


def draft_text(best: Sequence[ScoredSentence]) -> Draft:
    """An answer from the chosen sentences, each quoted and cited; sentences next to one another share a citation."""
    parts, citations = [], []
    for n, one in enumerate(best, 1):
        citation = cite_span(one.passage, one.start, one.end, n)
        citations.append(citation)
        parts.append(f"{citation.quote.rstrip('.;: ')} [{n}].")
    return Draft(tuple(parts), (), tuple(citations))


def choose_sentences(ranked: Sequence[ScoredSentence], *, several: bool) -> list[ScoredSentence]:
    """The best sentence, and where `several` are wanted those near it in score from the same passage, in order of the text."""
    if not ranked:
        return []
    first = ranked[0]
    chosen = [first]
    if several:
        near = [s for s in ranked[1:12] if s.passage.id == first.passage.id and s.score > first.score - 2.5]
        chosen += near[: MAX_SENTENCES - 1]
    return sorted(chosen, key=lambda s: (s is not first and s.passage.id != first.passage.id, s.start))
