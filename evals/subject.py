"""What is evaluated: the assistant as shipped, its settings for the record, and its search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.gold import GoldError, Question
from evals.retrieval import Search

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.llm import LlmAssistant

MODES = ("extractive", "llm")


def load_assistant(mode: str = "extractive", reports: Path | None = None) -> Any:
    """The assistant with the real model, over the shipped reports or those of a folder; in mode `llm` its answers phrased.

    Raises `GoldError` where that mode has no endpoint to ask.
    """
    return _load_phrasing(reports) if mode == "llm" else _load_extractive(reports)


def _load_phrasing(reports: Path | None) -> LlmAssistant:
    from rag.llm import LlmAssistant, Phraser, SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        raise GoldError(str(error)) from None
    if settings is None:
        raise GoldError("Chế độ llm cần RAG_LLM_URL và RAG_LLM_MODEL trong môi trường; hãy đặt, hoặc chạy với --mode extractive.")
    assistant = _load_extractive(reports)
    return LlmAssistant(assistant, Phraser(settings, assistant.ground))


def _load_extractive(reports: Path | None) -> Assistant:
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


def knobs(assistant: Assistant | LlmAssistant) -> dict[str, Any]:
    """Model and settings for a run's config: the index's manifest, depth and weight of search, the ranker's weights.

    In mode `llm` also what the language model was and how often the guard stopped it so far.
    """
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
        **({"llm": tally()} if (tally := getattr(assistant, "tally", None)) else {}),
    }
