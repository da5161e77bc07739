"""How good the check of claims is: every figure of every gold text against its verdict."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from evals.answers import Answered
from evals.citing import is_at
from evals.gold import Claim, GoldVerdict
from evals.intervals import share
from evals.notation import read_figure, same_figure
from evals.progress import progress
from evals.reply import read_citation
from evals.retrieval import latency
from evals.runs import Row


class Checker(Protocol):
    """What is evaluated: something that judges the figures of a text."""

    def check(self, text: str, *, id: str = "", report: str | None = None) -> Answered:
        """The verdicts on the figures of `text`, in order, against `report` or the report that the text is about."""


def run_claims(claims: Sequence[Claim], checker: Checker, label: str = "claims") -> list[Row]:
    """One row per text, with a record per gold figure; a crash is a row with its trace and no verdict right."""
    return [_row(claim, checker) for claim in progress(claims, label)]


def summarize_claims(rows: Sequence[Row], split: str) -> dict[str, Any]:
    """Shares over the gold figures; what each is a share of stands in `evals/README.md`."""
    figures = [{**figure, "tags": row["tags"]} for row in rows for figure in row["figures"]]
    told = [figure for figure in figures if figure["right"] and figure["gold"] == "mismatch"]
    placed = [figure for figure in figures if figure["right"] and figure["gold"] != "not_in_report"]
    not_matching = [figure for figure in figures if figure["gold"] != "match"]
    measures = {
        "verdict": share(figure["right"] for figure in figures),
        "called_match": share(figure["called_match"] for figure in not_matching),
        "missed": share(figure["given"] is None for figure in figures),
        "report_figure": share(figure["report_right"] for figure in told),
        "diagnosis": share(figure["why_right"] for figure in told),
        "citation": share(figure["citation_right"] for figure in placed),
        "rounded": share(figure["rounded_right"] for figure in placed if figure["gold"] == "match"),
        "error": share(bool(row["error"]) for row in rows),
    }
    return {
        "script": "claims",
        "split": split,
        "n": len(rows),
        "figures": len(figures),
        "extra_figures": sum(len(row["extra"]) for row in rows),
        "measures": {name: value.to_json() for name, value in measures.items()},
        "confusion": _confusion(figures),
        "by_verdict": _right_by(figures, lambda figure: [figure["gold"]]),
        "by_diagnosis": _right_by(figures, lambda figure: [figure["gold_why"]] if figure["gold_why"] else []),
        "by_tag": _right_by(figures, lambda figure: figure["tags"]),
        "latency_ms": latency([row["ms"] for row in rows]),
    }


def _row(claim: Claim, checker: Checker) -> Row:
    given: list[dict[str, Any]] = []
    error, started = "", time.perf_counter()
    try:
        given = list(checker.check(claim.text, id=claim.id, report=claim.scope).to_json()["figures"])
        pairs, extra = align(claim, given)
        figures = [_figure(gold, found) for gold, found in pairs]
    except Exception:
        error, extra = traceback.format_exc(), []
        figures = [_figure(gold, None) for gold in claim.figures]
    return {
        "id": claim.id,
        "text": claim.text,
        "split": claim.split,
        "tags": list(claim.tags),
        "figures": figures,
        "extra": [str(found["figure"]) for found in extra],
        "won": not error and all(figure["right"] for figure in figures),
        "answer": {"figures": given},
        "error": error,
        "ms": round((time.perf_counter() - started) * 1000, 2),
    }


def align(
    claim: Claim, given: Sequence[dict[str, Any]]
) -> tuple[list[tuple[GoldVerdict, dict[str, Any] | None]], list[dict[str, Any]]]:
    """Each gold figure with the given verdict on the same place of the text (or None), and the verdicts left over."""
    gold_spans = _spans(claim.text, [figure.figure for figure in claim.figures])
    given_spans = _spans(claim.text, [str(found["figure"]) for found in given])
    left = list(range(len(given)))
    pairs: list[tuple[GoldVerdict, dict[str, Any] | None]] = []
    for gold, (start, end) in zip(claim.figures, gold_spans, strict=True):
        at = next((i for i in left if given_spans[i][0] < end and start < given_spans[i][1]), None)
        if at is not None:
            left.remove(at)
        pairs.append((gold, None if at is None else given[at]))
    return pairs, [given[i] for i in left]


def _spans(text: str, pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Where each piece stands, one after the other; an empty span at the end for one that is not in the text."""
    spans, at = [], 0
    for piece in pieces:
        found = text.find(piece, at) if piece else -1
        spans.append((found, found + len(piece)) if found >= 0 else (len(text), len(text)))
        at = found + len(piece) if found >= 0 else at
    return spans


def _figure(gold: GoldVerdict, found: dict[str, Any] | None) -> Row:
    given = found or {}
    verdict, report, citation = given.get("verdict"), given.get("report"), given.get("citation")
    place = gold.evidence
    return {
        "figure": gold.figure,
        "gold": gold.verdict,
        "given": verdict,
        "right": verdict == gold.verdict,
        "called_match": verdict == "match" and gold.verdict != "match",
        "gold_report": gold.report,
        "report": report,
        "report_right": bool(report) and same_figure(read_figure(gold.report or ""), read_figure(str(report))),
        "gold_why": gold.why,
        "why": given.get("why"),
        "why_right": bool(gold.why) and given.get("why") == gold.why,
        "rounded_right": bool(given.get("rounded")) == gold.rounded,
        "citation_right": citation is not None and place is not None and is_at(read_citation(citation), place),
    }


def _confusion(figures: Sequence[Row]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for figure in figures:
        found.setdefault(figure["gold"], Counter())[figure["given"] or "missed"] += 1
    return {gold: dict(counter) for gold, counter in sorted(found.items())}


def _right_by(figures: Sequence[Row], keys: Callable[[Row], Sequence[str]]) -> dict[str, Any]:
    names = sorted({key for figure in figures for key in keys(figure)})
    return {name: share(figure["right"] for figure in figures if name in keys(figure)).to_json() for name in names}
