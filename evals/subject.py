"""What is evaluated: the assistant as shipped, its settings for the record, and its search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.gold import GoldError, Question
from evals.retrieval import Search

if TYPE_CHECKING:
    from rag.assistant import Assistant

MODES = ("extractive", "llm")


def load_assistant(mode: str = "extractive", reports: Path | None = None) -> Assistant:
    """The assistant with the real model, over the shipped reports or those of a folder. Raises `GoldError` for an unknown mode."""
    if mode != "extractive":
        raise GoldError("Chế độ llm chưa có; hãy chạy với --mode extractive.")
    from rag.assistant import Assistant

    if reports is None:
        return Assistant.load()
    from index import Index

    return Assistant.load(Index.open(reports))


def shipped_search(assistant: Assistant) -> Search:
    """The search that answers stand on: the question spelt out as the assistant does, the report the line is about."""
    reports = {report.id: report for report in assistant.ground.index.reports}

    def search(question: Question, top_k: int) -> Sequence[tuple[str, float]]:
        asked, _ = assistant.understand(question.question, question.history)
        found = assistant.ground.find(asked, reports[question.report])
        return [(one.reading.passage.id, one.fused) for one in found[:top_k]]

    return search


def ranked_search(assistant: Assistant) -> Search:
    """The shipped search with its passages in the order in which the statement ranker first names them."""
    reports = {report.id: report for report in assistant.ground.index.reports}

    def search(question: Question, top_k: int) -> Sequence[tuple[str, float]]:
        ground, report = assistant.ground, reports[question.report]
        asked, _ = assistant.understand(question.question, question.history)
        found = ground.find(asked, report)
        ranked = ground.rank(ground.query(asked, asked.asks[0] if asked.asks else None, report), found)
        named = [scored.candidate.passage.id for scored in ranked] + [one.reading.passage.id for one in found]
        return [(passage, 1 / rank) for rank, passage in enumerate(list(dict.fromkeys(named))[:top_k], 1)]

    return search


def knobs(assistant: Assistant) -> dict[str, Any]:
    """Model and settings for a run's config: the index's manifest, depth and weight of search, the ranker's weights."""
    from index.folder import read_manifest
    from index.fusion import DENSE_WEIGHT
    from rag.ground import TOP_K

    folder = getattr(assistant.ground.index, "folder", None)
    manifest = read_manifest(folder) if folder else {}
    return {
        "index": {name: value for name, value in manifest.items() if name != "files"},
        "top_k": TOP_K,
        "dense_weight": DENSE_WEIGHT,
        "weights": str(assistant.ground.weights),
    }
