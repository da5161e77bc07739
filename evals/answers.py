"""How good the answers are: every gold question asked once, graded, and summed up with n and intervals."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from evals.citing import is_verbatim
from evals.gold import REFUSALS, Question
from evals.gold_check import Places
from evals.grade import OUTCOMES, Grade, grade
from evals.intervals import Share, share
from evals.progress import progress
from evals.reply import read_reply
from evals.retrieval import latency
from evals.runs import Row

CITED = ("first", "section", "page", "footnote", "holds", "every")
"""What is judged of citations: the fields of `CitationGrade`."""


class Answered(Protocol):
    """What an assistant returns."""

    def to_json(self) -> dict[str, Any]:
        """The answer in the agreed JSON."""


class Asker(Protocol):
    """What is evaluated: something that answers a question."""

    def ask(self, question: str, history: Sequence[str] = (), *, id: str = "", report: str | None = None) -> Answered:
        """The answer to `question` after the earlier questions `history`, oldest first."""


def run_answers(questions: Sequence[Question], asker: Asker, places: Places, label: str = "answers") -> list[Row]:
    """One row per question; a crash, or an answer not of the agreed form, is a row `error` with its trace."""
    return [_row(question, asker, places) for question in progress(questions, label)]


def summarize_answers(rows: Sequence[Row], split: str) -> dict[str, Any]:
    """Shares with intervals over the rows of a run; what each is a share of stands in `evals/README.md`."""
    answerable = [row for row in rows if row["answerable"]]
    unanswerable = [row for row in rows if not row["answerable"]]
    right = [row for row in answerable if row["outcome"] == "correct"]
    shown = [row for row in rows if row["citations"]]
    measures = {
        "correct": _outcome(answerable, "correct"),
        "refused_right": _outcome(unanswerable, "correct"),
        "false_refusal": _outcome(answerable, "refused"),
        "wrong_figure": share(row["wrong_figure"] for row in rows),
        "error": share(row["outcome"] == "error" for row in rows),
        **{f"citation_{name}": _cited(right, name) for name in CITED},
        "quotes_verbatim": share(not row["unquoted"] for row in shown),
        "untraced": share(bool(row["untraced"]) for row in rows),
        "unclear_yes_no": share(row["unclear_polarity"] for row in right if row["kind"] == "yes_no"),
    }
    return {
        "script": "answers",
        "split": split,
        "n": len(rows),
        "outcomes": {"answerable": _outcomes(answerable), "unanswerable": _outcomes(unanswerable)},
        "measures": {name: value.to_json() for name, value in measures.items()},
        "digit_strings": {name: sum(len(row[name]) for row in rows) for name in ("untraced", "derived", "echoed")},
        "faults": dict(Counter(fault.split(":")[0] for row in rows for fault in row["faults"]).most_common()),
        "by_kind": shares_by(rows, lambda row: [row["kind"]]),
        "by_refusal": shares_by(unanswerable, lambda row: [tag for tag in row["tags"] if tag in REFUSALS]),
        "by_tag": shares_by(answerable, lambda row: row["tags"]),
        "by_section": shares_by(answerable, lambda row: [row["section"]]),
        "by_variant": shares_by(rows, lambda row: [row["variant"]] if row["variant"] else []),
        "latency_ms": latency([row["ms"] for row in rows]),
    }


def shares_by(rows: Sequence[Row], keys: Callable[[Row], Sequence[str]]) -> dict[str, Any]:
    """The share of rows won under each key, keys in order of the alphabet."""
    names = sorted({key for row in rows for key in keys(row)})
    return {name: share(row["won"] for row in rows if name in keys(row)).to_json() for name in names}


def _row(question: Question, asker: Asker, places: Places) -> Row:
    raw: Mapping[str, Any] = {}
    error, retrieved, started = "", [], time.perf_counter()
    try:
        answer = asker.ask(question.question, question.history, id=question.id, report=question.scope)
        ms = (time.perf_counter() - started) * 1000
        raw = answer.to_json()
        retrieved = list(getattr(answer, "retrieved", ()))
        reply = read_reply(raw)
        graded = grade(question, reply)
        unquoted = [citation.quote for citation in reply.citations if not is_verbatim(citation, places)]
    except Exception:
        ms = (time.perf_counter() - started) * 1000
        error, graded, unquoted = traceback.format_exc(), Grade("error"), []
    return {
        **_asked(question),
        **asdict(graded),
        "won": graded.outcome == "correct",
        "citations": len(raw.get("citations") or ()),
        "unquoted": unquoted,
        "expected": _expected(question),
        "answer": dict(raw),
        "retrieved": retrieved,
        "error": error,
        "ms": round(ms, 2),
    }


def _asked(question: Question) -> Row:
    return {
        "id": question.id,
        "of": question.of,
        "question": question.question,
        "history": list(question.history),
        "kind": question.kind,
        "split": question.split,
        "section": question.evidence[0].section if question.evidence else "",
        "tags": list(question.tags),
        "variant": question.variant,
        "answerable": question.answerable,
    }


def _expected(question: Question) -> Row:
    return {
        "figures": [str(figure) for figure in question.figures or question.corrects or ()],
        "keywords": list(question.keywords),
        "says": question.says,
        "places": [asdict(place) for place in question.evidence],
    }


def _outcomes(rows: Sequence[Row]) -> dict[str, int]:
    return {outcome: sum(row["outcome"] == outcome for row in rows) for outcome in OUTCOMES}


def _outcome(rows: Sequence[Row], outcome: str) -> Share:
    return share(row["outcome"] == outcome for row in rows)


def _cited(rows: Sequence[Row], name: str) -> Share:
    return share(bool(row["citation"] and row["citation"][name]) for row in rows)
