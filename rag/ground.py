"""The ground an answer stands on: the index, the passages read for matching, word rarity and the ranker, loaded once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from corpus.abbreviations import abbreviations, meanings_in, other_readings, search_copy, typed_words, write_out
from corpus.passages import Passage, Statement
from corpus.places import place_names
from corpus.report import Report
from corpus.text import WORD, fold
from rag.asks import Ask
from rag.candidates import Candidate, PassageReading, Readings
from rag.confidence import Trees, confidence_inputs, load_trees
from rag.features import Query, make_query, own_name_words
from rag.initials import Initials, may_shorten
from rag.lexicon import phrases, usage
from rag.marks import Marks
from rag.question import Question
from rag.ranker import Scored, Weights, load_weights, rank
from rag.spelling import Speller
from rag.terms import Rarity, Words, compound_terms, is_stopword, question_terms
from rag.together import Together

TOP_K = 30
"""Passages looked at for each question."""
CLEARLY, VERY_CLEARLY = 0.1, 0.12
"""By how much better a less likely reading of an abbreviation must be; one that the lexicon does not give it."""
COMPANY = 1
"""Words with a topic that must stand beside an abbreviation to tell that it means what the lexicon does not say."""
FLUENT = 0.1
"""What the mean log chance of the words of a reading counts against the share of it that stands in one statement."""
LEANED_ON = 0.35
"""What the words of the earlier question weigh in a follow-up that brings words of its own."""

_COUNTED = re.compile(r"(?i)(?:(tháng|thang|ngày|ngay|quý|quy|năm|nam|số|so|thứ|thu) )?(?<![\w/.,-])(?!(?:19|20)\d\d )\d{1,4} ([^\W\d_]{2,3})(?!\w)")
"""What is counted: after a number a word like `da` is short for a noun."""


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


class Ground:
    """Everything loaded once and shared by all questions."""

    def __init__(self, index: SearchIndex, weights: Weights | None = None) -> None:
        self.index = index
        self.readings = Readings(index.reports)
        self.weights = weights or load_weights()
        self._statements_of: dict[str, list[Words]] = {report.id: [] for report in index.reports}
        for passage in index.passages:
            self._statements_of[passage.report] += [Words(search_copy(f"{passage.heading} {statement.text}")) for statement in passage.statements]
        self._together: dict[str, Together] = {}
        self.rarity = Rarity(words for of_report in self._statements_of.values() for words in of_report)
        written_out = [meaning for meanings in abbreviations().values() for meaning in meanings]
        places = [spoken for report in index.reports for name in place_names(report) for spoken in (name, f"xã {name}")]
        self.marks = Marks([report.raw for report in index.reports], [*phrases(), *written_out, *places], usage(), abbreviations())
        self.speller = Speller(self.marks)
        self._initials: dict[str, Initials] = {}

    def written_out(self, text: str, report: Report | None = None) -> str:
        """`text` with each abbreviation as what it likeliest stands for beside the other words, and with its marks where it was typed without."""
        unmarked = self.marks.is_unmarked(text)
        known = self._meanings(text, report)
        chosen = {short: meanings[0] for short, meanings in known.items()}

        def read(chosen: Mapping[str, str]) -> str:
            spelled = write_out(text, chosen, marked=True)
            return self.marks.fill(spelled) if unmarked else spelled

        best = read(chosen)
        several = {short: meanings for short, meanings in known.items() if len(meanings) > 1}
        if not several:
            return best
        stands, value = self._likelihood(best, report)
        for short, (first, *others) in several.items():
            for other in others:
                reading = read({**chosen, short: other})
                stands_so, now = self._likelihood(reading, report)
                if not _has_topic(other) and stands > stands_so:
                    continue  # `sl chè`: `sản lượng` stands with the rest, and `số lượng` is better by saying nothing
                if now > value + _margin(short, first, other, chosen[short]):
                    best, stands, value, chosen = reading, stands_so, now, {**chosen, short: other}
        return best

    def _meanings(self, text: str, report: Report | None) -> dict[str, tuple[str, ...]]:
        """What the abbreviations of `text` may stand for: by the lexicon, and by the words of the report that begin with their letters."""
        known = meanings_in(text, self.marks)
        counted = {match.group(2).lower() for match in _COUNTED.finditer(text) if not match.group(1)} & abbreviations().keys() - known.keys()
        known |= {short: (*abbreviations()[short], short) for short in counted}
        topical = {word for word in WORD.findall(text.lower()) if _has_topic(known.get(word, (word,))[0])}
        for word, short_for in self.shortened(text, report).items():
            if word in known and len(topical - {word}) < COMPANY:
                continue
            meanings = known.get(word, (word,))
            known[word] = (*meanings, *(phrase for phrase in short_for if phrase not in meanings))
        return known

    def shortened(self, text: str, report: Report | None) -> dict[str, tuple[str, ...]]:
        """The words of `text` (small letters) that may be short for words of the report side by side, with these, those said most often first."""
        if report is None:
            return {}
        initials = self._initials.get(report.id)
        if initials is None:
            initials = self._initials[report.id] = Initials(report.raw, self.marks.bound)
        short = [word for word in typed_words(text) if may_shorten(word) and (word in abbreviations() or word not in self.rarity.words)]
        return {word: phrases for word in short if (phrases := initials.phrases(fold(word)))}

    def _likelihood(self, text: str, report: Report | None) -> tuple[float, float]:
        """What the words and word pairs of a reading weigh that stand together in one statement; and how likely it is, by their share and their order."""
        terms = question_terms(text, self.rarity)
        pairs = [(a.folded, b.folded) for a, b in zip(terms, terms[1:], strict=False)]
        weights: list[tuple[str | tuple[str, str], float]] = [(term.folded, term.weight) for term in terms]
        weights += [(pair, self.rarity.pair(pair)) for pair in pairs]
        reports = [report.id] if report is not None else list(self._statements_of)
        standing = max((self._together_in(one).most(weights) for one in reports), default=0.0)
        whole = sum(term.weight for term in terms) + len(pairs)
        return standing, standing / (whole or 1.0) + FLUENT * self.marks.fluency(text)

    def _together_in(self, report: str) -> Together:
        together = self._together.get(report)
        if together is None:
            together = self._together[report] = Together(self._statements_of[report])
        return together

    def find(self, question: Question, report: Report, text: str | None = None) -> list[Found]:
        """The passages of a report nearest to a question (or to `text` in its place), best first."""
        text = text or question.text
        hits = self.index.search(text, TOP_K, expanded=other_readings(question.raw), report=report.id)
        top = max((hit.score for hit in hits), default=1.0) or 1.0
        return [Found(self.readings.of(hit.passage), hit.score / top, hit.dense, hit.statement_scores) for hit in hits]

    def query(self, question: Question, ask: Ask | None, report: Report, text: str | None = None) -> Query:
        """The query for one thing asked."""
        terms = compound_terms(text or question.text, self.rarity, question.ignored, unsure=question.unmarked)
        own = own_name_words(text or question.text, report)
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
        return self.trees.chance(confidence_inputs(query, best, ranked, cosines))

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


def _margin(short: str, first: str, other: str, now: str) -> float:
    """By how much better `other` must be to be taken for an abbreviation read as `now`, where `first` is what it likeliest stands for by itself."""
    if now != first:
        return 0.0
    return CLEARLY if first == short or other in abbreviations()[short] else VERY_CLEARLY


def _has_topic(phrase: str) -> bool:
    """Whether words carry any topic (`sản lượng`, and not `số lượng`)."""
    return not all(map(is_stopword, phrase.split()))
