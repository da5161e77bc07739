"""What the assistant returns: answers with figures and citations, verdicts on claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ANSWERED, NOT_FOUND = "answered", "not_found"
MATCH, MISMATCH, NOT_IN_REPORT = "match", "mismatch", "not_in_report"


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a report: `n` as marked in the answer, the page and footnote of the quoted words, the quote verbatim.

    `passage` is the passage's id and `start:end` the span of the quote in its text.
    """

    n: int
    report: str
    section: str
    heading: str
    page: int
    footnote: int | None
    quote: str
    passage: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """The citation as the commands print it."""
        names = ("n", "report", "section", "heading", "page", "footnote", "quote")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure that is the answer: number and unit as printed, the citation it stands in.

    `label` names what it is (a row of a table), `kind` and `direction` are those of the figure record; a computed figure
    lists its operands in `derived_from`.
    """

    text: str
    unit: str
    citation: int
    label: str = ""
    kind: str = ""
    direction: str = ""
    place: str = ""
    derived_from: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """Number and unit."""
        return self.text + ("" if self.unit.startswith("%") or not self.unit else " ") + self.unit

    def to_json(self) -> dict[str, Any]:
        """The figure as the commands print it."""
        out: dict[str, Any] = {"text": self.text, "unit": self.unit, "citation": self.citation}
        if self.derived_from:
            out["derived_from"] = list(self.derived_from)
        return out


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something near that the report does hold: what it is, and where."""

    label: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or a refusal. `companions` are figures that help (change, share of plan) but were not asked for."""

    id: str
    status: str
    answer: str
    figures: tuple[AnswerFigure, ...] = ()
    citations: tuple[Citation, ...] = ()
    understood_as: str | None = None
    latency_ms: int = 0
    form: str = ""
    companions: tuple[AnswerFigure, ...] = ()
    nearest: tuple[Suggestion, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: float = 0.0
    retrieved: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The answer as `python -m rag ask --json` prints it."""
        return {
            "id": self.id,
            "status": self.status,
            "answer": self.answer,
            "figures": [figure.to_json() for figure in self.figures],
            "citations": [citation.to_json() for citation in self.citations],
            "understood_as": self.understood_as,
            "latency_ms": self.latency_ms,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one figure of a text: `figure` is copied from the text (`start:end`), `report` is the report's figure."""

    figure: str
    start: int
    end: int
    verdict: str
    report: str | None = None
    why: str | None = None
    rounded: bool = False
    citation: Citation | None = None

    def to_json(self) -> dict[str, Any]:
        """The verdict as `python -m rag check --json` prints it."""
        return {
            "figure": self.figure,
            "verdict": self.verdict,
            "report": self.report,
            "why": self.why,
            "rounded": self.rounded,
            "citation": self.citation.to_json() if self.citation else None,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdicts on every figure of a text, in order."""

    id: str
    text: str
    figures: tuple[Verdict, ...]

    def to_json(self) -> dict[str, Any]:
        """The result as `python -m rag check --json` prints it."""
        return {"id": self.id, "figures": [verdict.to_json() for verdict in self.figures]}
