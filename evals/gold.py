"""Gold records: questions, claims and what answers them. The format is described in `evals/README.md`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evals.notation import Reading, read_figure

FOLDER = Path(__file__).parent / "gold"
DEFAULT_REPORT = "thanh-mien-2023"

KINDS = frozenset(
    [
        "figure",
        "change",
        "footnote",
        "multi",
        "list",
        "which",
        "extreme",
        "what_is",
        "derived",
        "text",
        "yes_no",
        "compare",
        "followup",
        "unanswerable",
    ]
)
REFUSALS = frozenset(["near_miss", "out_of_scope", "false_premise", "abuse"])
STYLES = frozenset(["formal", "chatty", "paraphrase", "unaccented", "telex", "typo", "abbrev"])
NOISY = frozenset(["unaccented", "telex", "typo", "abbrev"])
TAGS = (
    STYLES
    | REFUSALS
    | frozenset(
        [
            "period",
            "plan_2024",
            "goal_2025",
            "place",
            "names",
            "range",
            "rank",
            "ratio",
            "money_parts",
            "multi_section",
            "cross_page",
        ]
    )
    | frozenset(["conflict", "new_topic", "deep"])
)
CLAIM_TAGS = frozenset(
    [
        "speech",
        "article",
        "voter",
        "notation",
        "rounding",
        "direction",
        "unit",
        "digits",
        "neighbour",
        "place",
        "year",
        "plan",
        "points",
        "silent",
        "unaccented",
        "multi",
    ]
)
VERDICTS = ("match", "mismatch", "not_in_report")
DIAGNOSES = frozenset(
    {
        "tăng/giảm ngược chiều",
        "sai đơn vị",
        "đảo chữ số",
        "số của chỉ tiêu khác",
        "nơi khác",
        "năm khác",
        "kế hoạch thay kết quả",
        "% và điểm %",
        "khác giá trị",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a gold line: file name, line (from 1), field, and a Vietnamese sentence."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}, trường “{self.field}”: {self.message}"


class GoldError(ValueError):
    """A gold file cannot be used; the message is Vietnamese and names file, line and field."""


@dataclass(frozen=True, slots=True)
class Where:
    """The file and line (from 1) that a gold record was read from."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure of a perfect answer: as printed, unit, `tăng` or `giảm` (or empty), operands where it is computed."""

    text: str
    unit: str
    direction: str = ""
    optional: bool = False
    derived_from: tuple[str, ...] = ()

    @property
    def reading(self) -> Reading:
        """Value, shape and unit."""
        return read_figure(self.text, self.unit)

    def __str__(self) -> str:
        return self.text if not self.unit or self.text.endswith(self.unit) else f"{self.text} {self.unit}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place of the report: section, page, footnote (or None), verbatim quote.

    `pages` are all the pages the quote stands on and `passages` the ids of the passages that hold it, both filled in
    when the line is checked against the report.
    """

    section: str
    page: int
    footnote: int | None
    quote: str
    pages: tuple[int, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question: what is asked, what a right answer holds and where that stands.

    `report` is where the evidence stands; `scope` the report that the line names for the assistant to look in, if any.
    """

    id: str
    question: str
    history: tuple[str, ...]
    kind: str
    figures: tuple[GoldFigure, ...]
    also: tuple[tuple[GoldFigure, ...], ...]
    keywords: tuple[str, ...]
    not_keywords: tuple[str, ...]
    says: str
    evidence: tuple[Evidence, ...]
    corrects: tuple[GoldFigure, ...] | None
    answerable: bool
    split: str
    tags: tuple[str, ...]
    report: str
    scope: str | None
    where: Where
    of: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class GoldVerdict:
    """One figure of a claim: as in the text with unit, the verdict, the report's figure, the diagnosis, its place."""

    figure: str
    verdict: str
    report: str | None
    why: str
    rounded: bool
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A text with figures, and the verdict on each in the text's order.

    `report` is where the evidence stands; `scope` the report that the line names for the check to judge against, if any.
    """

    id: str
    text: str
    figures: tuple[GoldVerdict, ...]
    split: str
    tags: tuple[str, ...]
    report: str
    scope: str | None
    where: Where


@dataclass(frozen=True, slots=True)
class Variant:
    """A misspelt copy of the question `of`, made by the generator."""

    id: str
    of: str
    variant: str
    question: str
    history: tuple[str, ...]
    where: Where
