"""Gold against the report: every quote at its place, every figure in its quote, the halves apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus import Passage, Report, build_passages
from corpus.text import words
from evals.gold import Claim, Evidence, GoldFigure, Problem, Question, Where
from evals.notation import holds_figure
from evals.wording import shows_with_unit


class Places:
    """The passages of the reports by report, section and footnote, to find quotes in."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._passages: dict[tuple[str, str, int | None], list[Passage]] = defaultdict(list)
        self.reports: dict[str, Report] = {}
        for report in reports:
            self.reports[report.id] = report
            for passage in build_passages(report):
                self._passages[report.id, passage.section, passage.footnote].append(passage)

    def passages(self, report: str, section: str, footnote: int | None) -> list[Passage]:
        """The passages of one section's running text, or of one footnote; empty where there are none."""
        return self._passages.get((report, section, footnote), [])

    def file_span(self, report: str, evidence: Evidence) -> tuple[int, int]:
        """Where the quote stands in the report's file: offset of its first character and after its last.

        Both 0 where the quote is not at its place.
        """
        quote = " ".join(evidence.quote.split())
        for passage in self.passages(report, evidence.section, evidence.footnote):
            at = " ".join(passage.text.split()).find(quote)
            if quote and at >= 0:
                start, end = _span_in(passage.text, at, len(quote))
                return passage.content.file_offset(start), passage.content.file_offset(end - 1) + 1
        return 0, 0

    def find(self, report: str, evidence: Evidence) -> Evidence:
        """`evidence` with the pages and the passages of its quote; both empty where the quote is not there."""
        pages: list[int] = []
        found = []
        quote = " ".join(evidence.quote.split())
        for passage in self.passages(report, evidence.section, evidence.footnote):
            at = " ".join(passage.text.split()).find(quote)
            if quote and at >= 0:
                found.append(passage.id)
                start, end = _span_in(passage.text, at, len(quote))
                pages += [passage.content.page_at(start), passage.content.page_at(end - 1)]
        around = range(min(pages), max(pages) + 1) if pages else ()
        return replace(evidence, pages=tuple(around), passages=tuple(found))


def check_questions(
    questions: Sequence[Question], places: Places, split_of: dict[str, str], problems: list[Problem]
) -> list[Question]:
    """The questions with their evidence located; what is wrong is appended to `problems`."""
    checked = [replace(question, evidence=_locate(question, places, problems)) for question in questions]
    for question in checked:
        _check_figures(question, problems)
    _check_halves(checked, split_of, problems)
    return checked


def check_claims(claims: Sequence[Claim], places: Places, problems: list[Problem]) -> list[Claim]:
    """The claims with their evidence located; what is wrong is appended to `problems`."""
    checked = []
    for claim in claims:
        if claim.report not in places.reports:
            message = f"không có báo cáo “{claim.report}”."
            problems.append(Problem(claim.where.file, claim.where.line, "report", message))
            checked.append(claim)
            continue
        figures = []
        for n, figure in enumerate(claim.figures, 1):
            located = figure.evidence and _located(
                figure.evidence, claim.report, places, claim.where, f"figures[{n}].evidence.", problems
            )
            figures.append(replace(figure, evidence=located))
            number = (figure.report or "").split(" ")[0]
            if located and number and not holds_figure(located.quote, number):
                message = f"“{number}” không có trong đoạn trích."
                problems.append(Problem(claim.where.file, claim.where.line, f"figures[{n}].report", message))
        checked.append(replace(claim, figures=tuple(figures)))
    return checked


def check_ids(lines: Iterable[tuple[str, Where]], problems: list[Problem]) -> None:
    """Complain of every id that stands on more than one line."""
    first: dict[str, Where] = {}
    for name, where in lines:
        if name and name in first:
            message = f"mã “{name}” đã có ở {first[name].file}, dòng {first[name].line}."
            problems.append(Problem(where.file, where.line, "id", message))
        first.setdefault(name, where)


def read_split(path: Path) -> dict[str, str]:
    """Which half each section belongs to, from `section<TAB>half` lines; empty where there is no such file."""
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {row[0].strip(): row[-1].strip() for row in rows}


def unsupported_keywords(question: Question, places: Places) -> list[str]:
    """The keywords of which no alternative stands in the evidence, its passage or its heading: perhaps a slip."""
    if not question.evidence or question.kind in ("yes_no", "compare"):
        return []
    text = ""
    for evidence in question.evidence:
        for passage in places.passages(question.report, evidence.section, evidence.footnote):
            text += f" {passage.heading} {passage.text} {passage.anchor}"
    found = f" {' '.join(words(text.lower()))} "
    return [k for k in question.keywords if not any(f" {' '.join(words(a.lower()))} " in found for a in k.split("|"))]


def unprinted_units(question: Question) -> list[str]:
    """The figures whose unit does not stand right after the number in any quote: perhaps a slip."""
    quotes = [evidence.quote for evidence in question.evidence]
    return [
        str(figure)
        for figure in question.figures
        if figure.unit and not figure.derived_from and not figure.text.endswith(figure.unit)
        if not any(shows_with_unit(quote, figure.text, figure.unit) for quote in quotes)
    ]


def _locate(question: Question, places: Places, problems: list[Problem]) -> tuple[Evidence, ...]:
    if question.evidence and question.report not in places.reports:
        message = f"không có báo cáo “{question.report}”."
        problems.append(Problem(question.where.file, question.where.line, "report", message))
        return question.evidence
    return tuple(
        _located(evidence, question.report, places, question.where, f"evidence[{n}].", problems)
        for n, evidence in enumerate(question.evidence, 1)
    )


def _located(
    evidence: Evidence, report: str, places: Places, where: Where, path: str, problems: list[Problem]
) -> Evidence:
    located = places.find(report, evidence)
    field, message = "", ""
    if not places.passages(report, evidence.section, evidence.footnote):
        place = evidence.section + (f", chú thích {evidence.footnote}" if evidence.footnote else "")
        field, message = "section", f"báo cáo không có chỗ “{place}”."
    elif not located.passages:
        field, message = "quote", "đoạn trích không có nguyên văn ở mục (hoặc chú thích) này."
    elif evidence.page not in located.pages:
        pages = ", ".join(map(str, located.pages))
        field, message = "page", f"đoạn trích nằm ở trang {pages}, không phải {evidence.page}."
    if message:
        problems.append(Problem(where.file, where.line, path + field, message))
    return located


def _check_figures(question: Question, problems: list[Problem]) -> None:
    lists = [("figures", question.figures), ("corrects", question.corrects or ())]
    lists += [(f"also[{n}]", figures) for n, figures in enumerate(question.also, 1)]
    quotes = [evidence.quote for evidence in question.evidence]
    for name, figures in lists:
        for n, figure in enumerate(figures, 1):
            for printed in _printed(figure):
                if not any(holds_figure(quote, printed) for quote in quotes):
                    message = f"“{printed}” không có trong đoạn trích nào của câu này."
                    problems.append(Problem(question.where.file, question.where.line, f"{name}[{n}].text", message))


def _printed(figure: GoldFigure) -> tuple[str, ...]:
    return figure.derived_from or (figure.text,)


def _check_halves(questions: Sequence[Question], split_of: dict[str, str], problems: list[Problem]) -> None:
    """A section's questions all lie in one half: the agreed one, or where none is agreed that of most of its lines."""
    halves: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    single = [question for question in questions if not question.history]
    for question in single:
        for evidence in question.evidence:
            halves[question.report, evidence.section][question.split] += 1
    for question in single:
        for n, evidence in enumerate(question.evidence, 1):
            most = halves[question.report, evidence.section].most_common(1)[0][0]
            agreed = split_of.get(evidence.section, most)
            if question.split != agreed:
                message = f"mục {evidence.section} thuộc nửa “{agreed}”, dòng này ghi “{question.split}”."
                problems.append(Problem(question.where.file, question.where.line, f"evidence[{n}].section", message))


def _span_in(text: str, at: int, length: int) -> tuple[int, int]:
    """The span in `text` of the span `at`, `length` of `text` with its white space collapsed."""
    offsets, previous_space = [], True
    for offset, char in enumerate(text):
        if not char.isspace() or not previous_space:
            offsets.append(offset)
        previous_space = char.isspace()
    return offsets[at], offsets[at + length - 1] + 1
