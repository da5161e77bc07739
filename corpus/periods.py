"""Of when a figure is: a result, a target or a goal of a year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.report import Report

RESULT, TARGET, GOAL = "result", "target", "goal"

_COMPARED = re.compile(
    r"(?i)\bgấp [\d.,]+ lần [^,;()]*?\d{4}|\bbằng (?:khoảng |gần )?[\d.,]+\s?%? (?:so với |của )?(?:cùng kỳ )?năm \d{4}|"
    r"\b(?:kể )?từ (?:đầu )?năm \d{4} (?:đến nay|trở lại đây|trở đi)|\bso (?:với )?(?:cùng kỳ )?[^,;().]*?\d{4}|\bcùng kỳ (?:năm )?\d{4}|\bgiá (?:cđ|"
    r"cố định|so sánh)[^,;()]*?\d{4}"
)
_NAMED = re.compile(
    r"(?i)\b(?:nghị định|kế hoạch|quyết định|thông tư|nghị quyết|đề án|luật|quy hoạch|thời kỳ|giai đoạn|nhiệm kỳ|"
    r"năm học)\b[^,;()]*?\d{4}(?:\s?[-–]\s?\d{4})?"
)
_YEAR = re.compile(
    r"(?i)\b(?P<goal>(?:mục tiêu )?(?:đến|tới)(?: hết)? năm\s+)?(?:(?:năm|vụ [^\W\d]+(?: [^\W\d]+)?)\s+)(?:(?:19|20)\d\d\s?[-–]\s?)?(?P<year>(?:19|"
    r"20)\d\d)\b"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_DATE = re.compile(r"\b\d{1,2}\s?/\s?\d{1,2}\s?/\s?((?:19|20)\d\d)\b")
_PLANNING = re.compile(r"(?i)mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|phương hướng|kế hoạch")
_RESULTS = re.compile(r"(?i)kết quả|tình hình|thực hiện|đánh giá")
_GOAL_WORD = re.compile(r"(?i)\bmục tiêu|phấn đấu|\bđến năm\b")


@dataclass(frozen=True, slots=True)
class Period:
    """`year`, and whether the figure is a `result`, a `target` (of the plan year) or a `goal` (of a later year).

    `stated` says that the sentence names the year itself.
    """

    year: int
    status: str
    stated: bool


def period_of(scopes: Iterable[str], report: Report, section: str) -> Period:
    """The period of a figure: the one that its words name, else its section's. A year of aims stays one when it is named."""
    default = default_period(report, section)
    named = find_period(scopes, report)
    if named is None:
        return default
    if named.year == default.year and default.status == TARGET:
        return Period(named.year, TARGET, True)
    return named


def find_period(scopes: Iterable[str], report: Report) -> Period | None:
    """The period that the first of `scopes` (nearest words first) names; None where none does."""
    for scope in scopes:
        plain = _NAMED.sub(" ", _COMPARED.sub(" ", _QUOTED.sub(" ", scope)))
        years = list(_YEAR.finditer(plain))
        if years:
            match = years[-1]
            return _period(int(match.group("year")), bool(match.group("goal")) or bool(_GOAL_WORD.search(plain)), report)
        dates = _DATE.findall(plain)
        if dates:
            return _period(int(dates[-1]), False, report)
    return None


def _period(year: int, aimed: bool, report: Report) -> Period:
    if report.plan_year is not None and year == report.plan_year:
        return Period(year, TARGET, True)
    if year > report.year:
        return Period(year, GOAL, True)
    return Period(year, GOAL if aimed and year > report.year else RESULT, True)


def default_period(report: Report, section: str) -> Period:
    """The period of a section: the plan year under headings of aims and tasks, else the report's year.

    A report without a plan year (a half-year's) aims at its own year there.
    """
    titles = [title for _, title in ancestors(report, section)]
    if report.plan_year is None:
        aimed = any(_PLANNING.search(title) and not _RESULTS.search(title) for title in titles)
        return Period(report.year, TARGET if aimed else RESULT, False)
    for title in titles:
        planned = re.search(rf"\b{report.plan_year}\b", title) and _PLANNING.search(title)
        of_results = _RESULTS.search(title) and re.search(rf"\b{report.year}\b", title)
        if planned and not of_results:
            return Period(report.plan_year, TARGET, False)
    return Period(report.year, RESULT, False)


def ancestors(report: Report, section: str) -> list[tuple[str, str]]:
    """`(section id, printed heading)` of the sections from the top down to `section`."""
    out = [(name, one.title) for name, one in report.sections.items() if name == section or section.startswith(name + ".")]
    return sorted(out, key=lambda pair: len(pair[0]))
