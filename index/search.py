"""The searchable index: a question in, the passages that may answer it out, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Passage, Report, Statement, load_reports
from corpus.report import REPORTS
from index.contents import Contents
from index.embedding import Encoder, SentenceEncoder, Vectors
from index.faults import UnknownReport
from index.fusion import weighted
from index.lexical import Scores
from index.model import Progress, silent
from index.store import Store, open_store, read_store, store_home

QUERY_LIMIT = 2000
"""Characters of a question beyond this number are not looked at."""
_LEXICAL_CANDIDATES = 300
_ROW_CANDIDATES = 1000


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found.

    `score` in [0, 1] is only comparable within one search. `lexical` in [0, 1] is the share of the question's weighted
    terms that the passage holds; `dense` is the cosine of the best `statement`, `statement_scores` those of all its
    statements by their span. Over several wordings of a question each is the highest.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float
    statement: Statement
    statement_scores: dict[tuple[int, int], float] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Legs:
    """The candidates of one search before fusion: numbers of passages, and the lexical and dense score of each."""

    passages: NDArray[np.int64]
    lexical: Scores
    dense: Scores


class Index:
    """Passages of some reports with both legs of search over them; only read once it is open, from any thread."""

    def __init__(self, contents: Contents, store: Store, encoder: Encoder) -> None:
        self._contents, self._store, self._encoder = contents, store, encoder
        self.reports: tuple[Report, ...] = contents.reports
        self.passages: tuple[Passage, ...] = contents.passages

    @classmethod
    def open(
        cls,
        reports: Path = REPORTS,
        *,
        home: Path | None = None,
        encoder: Encoder | None = None,
        progress: Progress = silent,
        rebuild: bool = True,
    ) -> Index:
        """The index of the reports in a folder, with the model loaded.

        A missing, stale or damaged index is rebuilt, or refused where `rebuild` is false. Raises `IndexFault` or
        `ReportError`, each with one Vietnamese sentence.
        """
        contents = Contents.of(load_reports(reports))
        encoder = encoder or SentenceEncoder(progress=progress)
        place = home or store_home()
        store = open_store(contents, encoder, place, progress) if rebuild else read_store(contents, encoder, place)
        encoder.encode_queries(["báo cáo"])  # loads the model now, not at the first question
        return cls(contents, store, encoder)

    @property
    def folder(self) -> Path:
        """The folder that the index was read from."""
        return self._store.folder

    @property
    def encoder(self) -> Encoder:
        """The encoder of its vectors."""
        return self._encoder

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        """Every passage by its id."""
        return {passage.id: passage for passage in self.passages}

    def search(
        self, query: str, top_k: int = 10, *, expanded: Sequence[str] = (), report: str | None = None
    ) -> list[Hit]:
        """The `top_k` best passages, best first; none for a blank question.

        `expanded` are further wordings of the same question; `report` is the id of the only report to search.
        Raises `UnknownReport`.
        """
        if top_k < 1:
            raise ValueError(f"top_k of at least 1 expected, got {top_k}")
        wordings = _wordings(query, expanded)
        if not wordings:
            return []
        legs = self.legs(wordings, report)
        scores = weighted(legs.lexical, legs.dense)
        best = np.argsort(-scores, kind="stable")[:top_k]
        vectors = self._encoder.encode_queries(wordings)
        return [self._hit(int(legs.passages[i]), float(scores[i]), float(legs.lexical[i]), vectors) for i in best]

    def legs(self, wordings: Sequence[str], report: str | None = None) -> Legs:
        """Candidates by either leg with the scores of both, in order of the passages."""
        span = self._span(report)
        lexical = np.max([self._store.lexical.scores(text) for text in wordings], axis=0)
        vectors = self._encoder.encode_queries(wordings)
        candidates = self._candidates(lexical, vectors, span)
        return Legs(candidates, lexical[candidates], self._best_cosines(candidates, vectors))

    def statement_scores(self, wordings: Sequence[str], passage: Passage) -> dict[tuple[int, int], float]:
        """The cosine of each statement of a passage of this index with the nearest wording, by span."""
        return self._statement_scores(self._number[passage.id], self._encoder.encode_queries(wordings))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {passage.id: number for number, passage in enumerate(self.passages)}

    def _span(self, report: str | None) -> range:
        if report is None:
            return range(len(self.passages))
        if report not in self._contents.spans:
            raise UnknownReport(report, list(self._contents.spans))
        return self._contents.spans[report]

    def _candidates(self, lexical: Scores, vectors: Vectors, span: range) -> NDArray[np.int64]:
        inside = lexical[span.start : span.stop]
        count = min(_LEXICAL_CANDIDATES, len(inside))
        by_words = np.argpartition(-inside, count - 1)[:count] + span.start
        starts = self._contents.starts
        rows = range(int(starts[span.start]), int(starts[span.stop]))
        _, near = self._store.vectors.nearest(vectors, _ROW_CANDIDATES, rows)
        found: NDArray[np.int64] = np.union1d(by_words, self._contents.passage_of[near[near >= 0]])
        return found

    def _best_cosines(self, passages: NDArray[np.int64], vectors: Vectors) -> Scores:
        starts = self._contents.starts
        counts = starts[passages + 1] - starts[passages]
        firsts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rows = np.repeat(starts[passages] - firsts, counts) + np.arange(int(counts.sum()))
        cosines = (self._store.vectors.matrix[rows] @ vectors.T).max(axis=1)
        best: Scores = np.maximum.reduceat(cosines, firsts)
        return best

    def _statement_scores(self, number: int, vectors: Vectors) -> dict[tuple[int, int], float]:
        first, last = (int(row) for row in self._contents.starts[number : number + 2])
        cosines = (self._store.vectors.matrix[first:last] @ vectors.T).max(axis=1)
        found: dict[tuple[int, int], float] = {}
        statements = self.passages[number].statements
        for row, cosine in zip(range(first, last), cosines, strict=True):
            statement = statements[int(self._contents.statement_of[row])]
            span = (statement.start, statement.end)
            found[span] = max(found.get(span, -1.0), float(cosine))
        return found

    def _hit(self, number: int, score: float, lexical: float, vectors: Vectors) -> Hit:
        passage = self.passages[number]
        cosines = self._statement_scores(number, vectors)
        best = max(passage.statements, key=lambda statement: cosines[(statement.start, statement.end)])
        return Hit(passage, score, lexical, cosines[(best.start, best.end)], best, cosines)


def _wordings(query: str, expanded: Sequence[str]) -> list[str]:
    cut = (text[:QUERY_LIMIT].strip() for text in (query, *expanded))
    return list(dict.fromkeys(text for text in cut if text))
