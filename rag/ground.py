"""The ground an answer stands on: the index, the passages read for matching, word rarity and the ranker, loaded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from corpus.abbreviations import abbreviations, other_readings, search_copy
from corpus.passages import Passage, Statement
from corpus.places import place_names
from corpus.report import Report
from rag.asks import Ask
from rag.candidates import Candidate, PassageReading, Readings
from rag.confidence import Trees, confidence_inputs, load_trees
from rag.features import Query, make_query, own_name_words
from rag.lexicon import phrases, usage
from rag.marks import Marks
from rag.patterns import Pattern
from rag.question import Question
from rag.ranker import Scored, Weights, load_weights, rank
from rag.sentence_ranker import ScoredSentence, rank_sentences
from rag.shorthand import Shorthand
from rag.spelling import Speller
from rag.terms import Rarity, Words, compound_terms

TOP_K = 30
"""Passages looked at for each question."""
LEANED_ON = 0.35
"""What the words of the earlier question weigh in a follow-up that brings words of its own."""

class SearchHit(Protocol):
    """What the index returns for a passage."""

    @property
    def passage(self) -> Passage: ...
    @property
    def score(self) -> float: ...
    @property
    def dense(self) -> float: ...
    @property
    def statement_scores(self) -> dict[tuple[int, int], float]: ...


class SearchIndex(Protocol):
    """What the answers need of an index."""

    @property
    def passages(self) -> tuple[Passage, ...]: ...
    @property
    def reports(self) -> tuple[Report, ...]: ...
    def search(self, query: str, top_k: int = 10, *, expanded: Sequence[str] = (), report: str | None = None) -> Sequence[SearchHit]: ...


@dataclass(frozen=True)
class Found:
    """A passage found for a question, with its fused score in 0..1 and the cosine of each of its statements."""

    reading: PassageReading
    fused: float
    dense: float
    statement_scores: dict[tuple[int, int], float]

    def dense_at(self, offset: int) -> float:
        """The cosine of the statement that holds the character at `offset`."""
        for (start, end), cosine in self.statement_scores.items():
            if start <= offset < end:
                return cosine
        return self.dense


_PHRASES_OF_PLANS = Pattern(r"\bphấn đấu\b")
"""Says that something is planned, by words that have a topic of their own one by one."""


class Ground:
    """Everything loaded once and shared by all questions."""

    def __init__(self, index: SearchIndex, weights: Weights | None = None) -> None:
        self.index = index
        self.readings = Readings(index.reports)
        self.weights = weights or load_weights()
        statements: dict[str, list[Words]] = {report.id: [] for report in index.reports}
        for passage in index.passages:
            statements[passage.report] += [Words(search_copy(f"{passage.heading} {statement.text}")) for statement in passage.statements]
        self.rarity = Rarity(words for of_report in statements.values() for words in of_report)
        written_out = [meaning for meanings in abbreviations().values() for meaning in meanings]
        places = [spoken for report in index.reports for name in place_names(report) for spoken in (name, f"xã {name}")]
        self.marks = Marks([report.raw for report in index.reports], [*phrases(), *written_out, *places], usage(), abbreviations())
        self.speller = Speller(self.marks)
        self.shorthand = Shorthand(index.reports, statements, self.marks, self.rarity)

    def find(self, question: Question, report: Report, text: str | None = None) -> list[Found]:
        """The passages of a report nearest to a question (or to `text` in its place), best first."""
        text = text or question.text
        hits = self.index.search(text, TOP_K, expanded=other_readings(question.raw), report=report.id)
        top = max((hit.score for hit in hits), default=1.0) or 1.0
        return [Found(self.readings.of(hit.passage), hit.score / top, hit.dense, hit.statement_scores) for hit in hits]

    def query(self, question: Question, ask: Ask | None, report: Report, text: str | None = None) -> Query:
        """The query for one thing asked."""
        said = text or question.text
        terms = compound_terms(said if ask is None else _PHRASES_OF_PLANS.sub("sẽ sẽ", said), self.rarity, question.ignored, unsure=question.unmarked)
        own = own_name_words(said, report)
        terms = tuple(term for term in terms if not own & set(range(term.at, term.at + len(term.parts)))) or terms
        if question.focus:
            terms = tuple(t if question.focus & set(t.parts) else replace(t, weight=t.weight * LEANED_ON) for t in terms)
        return make_query(question, ask, terms, report, self.rarity)

    def rank(self, query: Query, found: Sequence[Found]) -> list[Scored]:
        """All figures of the passages found, best first."""
        pool: list[tuple[Candidate, float, float]] = []
        for one in found:
            for candidate in one.reading.candidates:
                pool.append((candidate, one.dense_at(candidate.figure.start), one.fused))
        return rank(query, pool, self.weights)

    @cached_property
    def trees(self) -> Trees:
        """The trees of the confidence."""
        return load_trees()

    def confidence(self, query: Query, best: Scored, ranked: Sequence[Scored], found: Sequence[Found]) -> float:
        """How sure it is, 0 to 1, that `best` is what was asked for and that the report holds it."""
        cosines = [cosine for one in found for cosine in one.statement_scores.values()]
        return self.trees.chance(confidence_inputs(query, best, ranked, cosines, self.told(query, found)))

    def told(self, query: Query, found: Sequence[Found]) -> list[ScoredSentence]:
        """The sentences of the passages found as answers in words, best first; ranked once for a query."""
        if not found:
            return []
        key = ("told", id(found))
        known = query.memo.get(key)
        if known is None:
            known = query.memo[key] = (found, rank_sentences(query, found, found[0].reading.report))  # `found` is kept, so that no other can take its id
        told: list[ScoredSentence] = known[1]
        return told

    def note(self, report: str, number: int) -> Passage | None:
        """The footnote of that number of a report; None where it has none."""
        return self._notes.get((report, number))

    @cached_property
    def _notes(self) -> dict[tuple[str, int], Passage]:
        return {(passage.report, passage.footnote): passage for passage in self.index.passages if passage.footnote is not None}

    def mates(self, candidate: Candidate) -> tuple[Candidate, ...]:
        """All figures of the passage that `candidate` stands in."""
        return self.readings.of(candidate.passage).candidates

    def statement_of(self, candidate: Candidate) -> Statement | None:
        """The statement that holds a figure."""
        start = candidate.figure.start
        return next((s for s in candidate.passage.statements if s.start <= start < s.end), None)
