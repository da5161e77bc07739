"""One table of ways to search, all on the same questions, negative results included."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from corpus import Report
from corpus.text import folded_words
from evals.chunks import file_chunks, ocr_chunks
from evals.gold import GoldError, Question
from evals.gold_check import Places
from evals.intervals import mean, share
from evals.measures import all_measures
from evals.progress import progress
from evals.retrieval import DEPTH, Search, relevant_passages
from evals.subject import ranked_search, shipped_search

if TYPE_CHECKING:
    from evals.pipelines import Pipeline
    from index.search import Index
    from rag.assistant import Assistant


def run_ablation(questions: Sequence[Question], assistant: Assistant, split: str) -> dict[str, Any]:
    """A summary with one row per way to search. Questions that mean nothing alone or have no place are left out.

    Raises `GoldError` if none is left, or if they are about more than one report.
    """
    applicable = [question for question in questions if relevant_passages(question)]
    names = {question.report for question in applicable}
    if len(names) != 1:
        raise GoldError(f"Bảng so sánh cần các câu hỏi về đúng một báo cáo, nhận được {len(names)}.")
    index: Any = assistant.ground.index
    report = next(report for report in index.reports if report.id in names)
    rows = [_row(pipeline, applicable) for pipeline in _pipelines(index, report, assistant)]
    return {"script": "ablation", "split": split, "n": len(applicable), "measures": {}, "rows": rows}


def _pipelines(index: Index, report: Report, assistant: Assistant) -> list[Pipeline]:
    from evals.pipelines import Pipeline, by_words, leg_pipelines, passage_vector_pipelines, splitter_pipeline
    from index.lexical import Field, accented_words, folded_pairs
    from index.pieces import search_text

    passages = [passage for passage in index.passages if passage.report == report.id]
    ids, texts = [passage.id for passage in passages], [search_text(passage) for passage in passages]
    ocr, file = ocr_chunks(report), file_chunks(report, Places([report]))
    words, pairs = Field("words", 1.0, folded_words), Field("pairs", 1.0, folded_pairs)
    accented = Field("accented", 1.0, accented_words)
    dense_passage, fused_passage = passage_vector_pipelines(passages, index.encoder)
    clause, lexical, rrf, fused = leg_pipelines(index, report)
    return [
        splitter_pipeline("Như bài hướng dẫn (cắt đoạn + FAISS), văn bản OCR", ocr, index.encoder),
        splitter_pipeline("Như bài hướng dẫn (cắt đoạn + FAISS), bản chép", file, index.encoder),
        Pipeline("Chỉ từ (không dấu + cặp từ), cắt đoạn văn bản OCR", by_words(ocr.ids, ocr.texts, words, pairs), ocr),
        Pipeline("Chỉ từ (không dấu + cặp từ), cắt đoạn bản chép", by_words(file.ids, file.texts, words, pairs), file),
        dense_passage,
        clause,
        Pipeline("Chỉ từ: có dấu", by_words(ids, texts, accented)),
        Pipeline("Chỉ từ: không dấu", by_words(ids, texts, words)),
        Pipeline("Chỉ từ: không dấu + cặp từ", by_words(ids, texts, words, pairs)),
        lexical,
        rrf,
        fused_passage,
        fused,
        Pipeline("Tìm kiếm đang dùng (thêm viết tắt, sửa lỗi gõ, thêm dấu)", _ids(shipped_search(assistant))),
        Pipeline("Tìm kiếm đang dùng + xếp hạng từng câu", _ids(ranked_search(assistant))),
    ]  # fmt: skip


def _ids(search: Search) -> Callable[[Question], list[str]]:
    return lambda question: [passage for passage, _ in search(question, DEPTH)]


def _row(pipeline: Pipeline, questions: Sequence[Question]) -> dict[str, Any]:
    scored = []
    for question in progress(questions, pipeline.label[:30]):
        relevant = pipeline.chunks.relevant(question) if pipeline.chunks else relevant_passages(question)
        scored.append(all_measures(pipeline.rank(question), relevant))
    first = share(one["Success@1"] == 1 for one in scored)
    low, high = first.interval or (None, None)
    means = {name: mean([one[name] for one in scored]) for name in scored[0]}
    return {"label": pipeline.label, **means, "low": low, "high": high}
