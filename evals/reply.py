"""An assistant's answer as its JSON says it, read strictly: what is not of the agreed form is an error, not a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.notation import Reading, read_figure


class ReplyError(ValueError):
    """The answer's JSON is not of the agreed form."""


@dataclass(frozen=True, slots=True)
class ReplyFigure:
    """A figure of an answer: as shown, unit, number of its citation, operands where it was computed."""

    text: str
    unit: str
    citation: int | None
    derived_from: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """Value, shape and unit."""
        return read_figure(self.text, self.unit)

    def __str__(self) -> str:
        return self.text if not self.unit or self.text.endswith(self.unit) else f"{self.text} {self.unit}"


@dataclass(frozen=True, slots=True)
class ReplyCitation:
    """A citation of an answer."""

    n: int
    report: str
    section: str
    page: int
    footnote: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status, sentence, figures (the asked one first), citations (the place of the answer first)."""

    status: str
    answer: str
    figures: tuple[ReplyFigure, ...]
    citations: tuple[ReplyCitation, ...]
    understood_as: str
    latency_ms: float

    @property
    def refused(self) -> bool:
        """Whether the assistant said that the report does not hold it."""
        return self.status == "not_found"


def read_reply(raw: Mapping[str, Any]) -> Reply:
    """The answer that `raw` (the JSON of design.md) holds. Raises `ReplyError` where it is not of that form."""
    try:
        reply = Reply(
            status=str(raw["status"]),
            answer=str(raw["answer"]),
            figures=tuple(_figure(figure) for figure in raw.get("figures") or ()),
            citations=tuple(read_citation(citation) for citation in raw.get("citations") or ()),
            understood_as=str(raw.get("understood_as") or ""),
            latency_ms=float(raw.get("latency_ms") or 0),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReplyError(f"answer not of the agreed form: {type(error).__name__}: {error}") from error
    if reply.status not in ("answered", "not_found"):
        raise ReplyError(f"unknown status {reply.status!r}")
    numbers = {citation.n for citation in reply.citations}
    if len(numbers) < len(reply.citations) or any(figure.citation not in {None, *numbers} for figure in reply.figures):
        raise ReplyError("a figure cites a number that is not among the citations, or a number occurs twice")
    return reply


def read_citation(raw: Mapping[str, Any]) -> ReplyCitation:
    """One citation; `n` is 1 where it is absent (the citation of a verdict)."""
    footnote = raw.get("footnote")
    return ReplyCitation(
        n=int(raw.get("n", 1)),
        report=str(raw["report"]),
        section=str(raw["section"]),
        page=int(raw["page"]),
        footnote=None if footnote is None else int(footnote),
        quote=str(raw["quote"]),
    )


def _figure(raw: Mapping[str, Any]) -> ReplyFigure:
    citation = raw.get("citation")
    operands = raw.get("derived_from") or ()
    return ReplyFigure(
        text=str(raw["text"]),
        unit=str(raw.get("unit") or ""),
        citation=None if citation is None else int(citation),
        derived_from=tuple(str(o["text"]) if isinstance(o, Mapping) else str(o) for o in operands),
    )
