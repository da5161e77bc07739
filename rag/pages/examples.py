"""Example questions of a report, by who would ask them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Report
from corpus.figures import AMOUNT, Figure
from corpus.periods import RESULT
from corpus.text import nfc
from rag.pages.wording import capital

MOST = 6
_ANYBODY = "Gợi ý"


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and who would ask it."""

    role: str
    question: str


def examples_of(report: Report, figures: Sequence[Figure]) -> list[Example]:
    """Six questions: those in `<report>.examples.tsv` beside the report, else made from its most prominent figures."""
    written = _written(report)
    return written[:MOST] if written else _made(figures)


def question_for(figure: Figure) -> str:
    """A question that `figure` answers."""
    year = f" năm {figure.period.year}" if str(figure.period.year) not in figure.subject else ""
    return f"{capital(figure.subject)}{year} là bao nhiêu?"


def short_name(figure: Figure) -> str:
    """The subject of a figure for a button."""
    year = f" năm {figure.period.year}" if figure.period.status != RESULT else ""
    return capital(figure.subject) + year


def is_askable(figure: Figure) -> bool:
    """Whether the subject of a figure makes a question that a person would ask."""
    words = figure.subject.split()
    plain = ":" not in figure.subject and "(" not in figure.subject and not any(char.isdigit() for char in figure.subject)
    return figure.kind == AMOUNT and figure.base is None and plain and 3 <= len(words) <= 14


def _written(report: Report) -> list[Example]:
    try:
        lines = nfc(report.path.with_suffix(".examples.tsv").read_text(encoding="utf-8")).splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    rows = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) == 2]
    return [Example(role.strip(), question.strip()) for role, question in rows[1:]]


def _made(figures: Sequence[Figure]) -> list[Example]:
    """The first askable figure with companions of each section, shortest sections first come first."""
    qualified = {figure.base for figure in figures if figure.base}
    chosen: dict[str, Example] = {}
    for figure in figures:
        if figure.id in qualified and is_askable(figure) and figure.footnote is None:
            chosen.setdefault(figure.section, Example(_ANYBODY, question_for(figure)))
    return list(chosen.values())[:MOST]
