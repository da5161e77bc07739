"""Other ways to search, to compare the shipped one with: the tutorial's, each leg alone, other fusions.

Each pipeline ranks passages of the report, or chunks of its file or of its OCR text for those that know no passages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s  # type: ignore[import-untyped,unused-ignore]
import numpy as np
from numpy.typing import NDArray

from corpus import Passage, Report
from evals.chunks import Chunks
from evals.gold import Question
from evals.retrieval import DEPTH
from index.embedding import Encoder
from index.fusion import reciprocal_rank, weighted
from index.lexical import K1, B, Field, LexicalIndex
from index.pieces import search_text
from index.search import Index
from index.vectors import FlatVectors

Scores = NDArray[np.float32]
Ranker = Callable[[Question], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A way to search: `rank` gives ids of passages best first, or of chunks where `chunks` is set."""

    label: str
    rank: Ranker
    chunks: Chunks | None = None


def splitter_pipeline(label: str, chunks: Chunks, encoder: Encoder) -> Pipeline:
    """The tutorial's pipeline: a text splitter's chunks in a LangChain vector store over FAISS."""
    store = FlatVectors.from_texts(list(chunks.texts), encoder, ids=list(chunks.ids))

    def rank(question: Question) -> list[str]:
        found = store.similarity_search_with_score(question.question, DEPTH)
        return [str(document.id) for document, _ in found]

    return Pipeline(label, rank, chunks)


def by_words(ids: Sequence[str], texts: Sequence[str], *fields: Field) -> Ranker:
    """BM25 over the given readings of `texts`, their scores added; ids of `DEPTH` texts at most."""
    tables = [(field, _table([field.terms(text) for text in texts])) for field in fields]

    def rank(question: Question) -> list[str]:
        total = np.zeros(len(texts), np.float32)
        for field, table in tables:
            known = [term for term in dict.fromkeys(field.terms(question.question)) if term in table.vocab_dict]
            if known:
                total += field.weight * table.get_scores(known)
        return [ids[i] for i in np.argsort(-total, kind="stable")[:DEPTH] if total[i] > 0]

    return rank


def leg_pipelines(index: Index, report: Report) -> list[Pipeline]:
    """The shipped legs alone, and fused in either way, on the question as typed."""

    def ranked(score: Callable[[Scores, Scores], Scores]) -> Ranker:
        def rank(question: Question) -> list[str]:
            legs = index.legs([question.question], report.id)
            scores = score(legs.lexical, legs.dense)
            return [index.passages[int(legs.passages[i])].id for i in np.argsort(-scores, kind="stable")[:DEPTH]]

        return rank

    return [
        Pipeline("Chỉ vectơ, một vectơ cho mỗi câu hoặc vế câu", ranked(lambda lexical, dense: dense)),
        Pipeline("Chỉ từ: không dấu, cặp từ và có dấu (nhánh từ đang dùng)", ranked(lambda lexical, dense: lexical)),
        Pipeline("Trộn theo thứ hạng (RRF) hai nhánh đang dùng", ranked(reciprocal_rank)),
        Pipeline("Trộn có trọng số hai nhánh đang dùng, câu hỏi để nguyên", ranked(weighted)),
    ]


def passage_vector_pipelines(passages: Sequence[Passage], encoder: Encoder) -> list[Pipeline]:
    """One vector a passage: alone, and in the shipped fusion in the place of the clause vectors."""
    vectors = encoder.encode_passages([search_text(passage) for passage in passages])
    lexical = LexicalIndex.build([search_text(passage) for passage in passages])
    ids = [passage.id for passage in passages]

    def dense(question: Question) -> Scores:
        return np.asarray(vectors @ encoder.encode_queries([question.question])[0], np.float32)

    def best(scores: Scores) -> list[str]:
        return [ids[i] for i in np.argsort(-scores, kind="stable")[:DEPTH]]

    return [
        Pipeline("Chỉ vectơ, một vectơ cho mỗi đoạn", lambda question: best(dense(question))),
        Pipeline(
            "Trộn có trọng số, một vectơ cho mỗi đoạn",
            lambda question: best(weighted(lexical.scores(question.question), dense(question))),
        ),
    ]


def _table(terms: list[list[str]]) -> bm25s.BM25:
    table = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
    table.index([found or [" "] for found in terms], show_progress=False)
    return table
