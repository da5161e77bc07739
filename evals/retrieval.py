"""How well search finds the passages that gold quotes stand in."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from evals.gold import Question
from evals.intervals import mean, percentile, share
from evals.measures import all_measures
from evals.progress import progress
from evals.runs import Row

DEPTH = 10
"""How many passages are asked for."""

Search = Callable[[Question, int], Sequence[tuple[str, float]]]
"""Passage ids with scores for a question, best first."""


def run_retrieval(questions: Sequence[Question], search: Search, label: str = "retrieval") -> list[Row]:
    """One row per question; a crash of `search` is a row with its trace and zeros.

    Not applicable, and without measures: questions that must be refused, and follow-ups, which mean nothing alone.
    """
    return [_row(question, search) for question in progress(questions, label)]


def relevant_passages(question: Question) -> list[str]:
    """Ids of the passages in which a gold quote stands, at its section and footnote; empty where none is wanted."""
    if not question.answerable or question.history:
        return []
    return list(dict.fromkeys(passage for place in question.evidence for passage in place.passages))


def summarize_retrieval(rows: Sequence[Row], split: str) -> dict[str, Any]:
    """Means over the applicable questions, Success@k with intervals, by kind and by tag, and what was counted apart."""
    scored = [row for row in rows if row["measures"] is not None]
    names = list(scored[0]["measures"]) if scored else []
    return {
        "script": "retrieval",
        "split": split,
        "n": len(scored),
        "not_applicable": len(rows) - len(scored),
        "errors": sum(bool(row["error"]) for row in rows),
        "means": {name: _rounded(mean([row["measures"][name] for row in scored])) for name in names},
        "measures": {
            name: share(row["measures"][name] == 1 for row in scored).to_json()
            for name in names
            if name.startswith("Success")
        },
        "by_kind": _success_by(scored, lambda row: [row["kind"]]),
        "by_tag": _success_by(scored, lambda row: row["tags"]),
        "by_variant": _success_by(scored, lambda row: [row["variant"]] if row["variant"] else []),
        "latency_ms": latency([row["ms"] for row in scored]),
    }


def latency(values: Sequence[float]) -> dict[str, float | None]:
    """Median and 95th percentile, in milliseconds."""
    return {"p50": _rounded(percentile(values, 50)), "p95": _rounded(percentile(values, 95))}


def trec_lines(rows: Iterable[Row], tag: str) -> tuple[str, str]:
    """The qrels and the run of a retrieval run, in TREC form (question ids and passage ids hold no spaces)."""
    qrels, run = [], []
    for row in rows:
        if row["measures"] is None:
            continue
        qrels += [f"{row['id']} 0 {passage} 1\n" for passage in row["relevant"]]
        run += [
            f"{row['id']} Q0 {hit['passage']} {rank} {hit['score']:.6f} {tag}\n"
            for rank, hit in enumerate(row["ranking"], 1)
        ]
    return "".join(qrels), "".join(run)


def _row(question: Question, search: Search) -> Row:
    relevant = relevant_passages(question)
    error, hits, started = "", [], time.perf_counter()
    if relevant:
        try:
            hits = [(passage, float(score)) for passage, score in search(question, DEPTH)][:DEPTH]
        except Exception:
            error = traceback.format_exc()
    ms = (time.perf_counter() - started) * 1000
    measures = all_measures([passage for passage, _ in hits], relevant) if relevant else None
    return {
        "id": question.id,
        "of": question.of,
        "question": question.question,
        "kind": question.kind,
        "split": question.split,
        "tags": list(question.tags),
        "variant": question.variant,
        "relevant": relevant,
        "ranking": [{"passage": passage, "score": round(score, 6)} for passage, score in hits],
        "measures": measures,
        "won": bool(measures and measures["Success@1"]),
        "error": error,
        "ms": round(ms, 2),
    }


def _success_by(rows: Sequence[Row], keys: Callable[[Row], Sequence[str]]) -> dict[str, Any]:
    names = sorted({key for row in rows for key in keys(row)})
    return {name: share(row["won"] for row in rows if name in keys(row)).to_json() for name in names}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
