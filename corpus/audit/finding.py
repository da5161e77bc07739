"""What the audit hands on: findings, each with its places, and how many checks hold."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a finding quotes: `start:end` is the quote's span in its passage's text, `figures` the figures' ids."""

    passage: str
    section: str
    heading: str
    page: int
    footnote: int | None
    quote: str
    start: int
    end: int
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up, as a question to the authors.

    `kind` is the kind of check and `label` its name in Vietnamese; `certainty` is `chắc` or `có thể`; `reading` is the
    one change that would make it add up, empty where none is obvious. `places[0]` is the place of the question.
    """

    id: str
    kind: str
    label: str
    certainty: str
    question: str
    computation: str
    gap: str
    reading: str
    places: tuple[Place, ...]

    def to_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The audit of one report: the findings in order of the text, and of how many checks how many hold."""

    report: str
    findings: tuple[Finding, ...]
    checks: int
    holding: int

    @property
    def summary(self) -> str:
        """`74/85 phép kiểm khớp`."""
        return f"{self.holding}/{self.checks} phép kiểm khớp"

    def to_json(self) -> dict[str, Any]:
        """The result as plain values."""
        return {
            "report": self.report,
            "checks": self.checks,
            "holding": self.holding,
            "summary": self.summary,
            "findings": [finding.to_json() for finding in self.findings],
        }
