"""The figures of a report as rows: filtered, shown, taken away with their citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus import Passage, Report
from corpus.figures import Figure
from corpus.text import fold, has_diacritics
from rag.pages.wording import KINDS, capital, period_name

COLUMNS = ("Số liệu", "Nội dung", "Loại", "So với", "Kỳ", "Nơi", "Mục", "Trang", "Chú thích")
EXPORTED = (
    "Mã", "Nội dung", "Số", "Đơn vị", "Giá trị", "Loại", "Tăng/giảm", "So với", "Kỳ", "Năm", "Nơi",
    "Mục", "Tên mục", "Trang", "Chú thích", "Câu trích", "Báo cáo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted of each; an empty tuple or text wants all. `section` takes the sections below it too."""

    section: str = ""
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    words: str = ""


def filtered(figures: Sequence[Figure], filters: Filters) -> list[Figure]:
    """The figures that pass every filter, in order."""
    tests: list[Callable[[Figure], bool]] = [
        lambda one: not filters.section or one.section == filters.section or one.section.startswith(filters.section + "."),
        lambda one: not filters.kinds or one.kind in filters.kinds,
        lambda one: not filters.units or one.quantity.canonical.name in filters.units,
        lambda one: not filters.periods or period_name(one) in filters.periods,
        lambda one: not filters.places or one.place in filters.places,
        _has_words(filters.words),
    ]
    return [figure for figure in figures if all(test(figure) for test in tests)]


def choices(figures: Sequence[Figure], value: Callable[[Figure], str]) -> list[str]:
    """The values that occur, the most frequent first, then by the alphabet."""
    counts: dict[str, int] = {}
    for figure in figures:
        counts[value(figure)] = counts.get(value(figure), 0) + 1
    return sorted((name for name in counts if name), key=lambda name: (-counts[name], fold(name)))


def printed(figure: Figure) -> str:
    """The figure as printed, with `trên`, `gần` … and its direction."""
    return " ".join(word for word in (figure.direction, figure.quantity.qualifier, figure.printed) if word)


def shown_row(figure: Figure, report: Report) -> dict[str, Any]:
    """A row of the table on the page; `Số liệu` is the value, to sort by."""
    title = report.sections[figure.section].path[-1] if report.sections[figure.section].path else report.title
    return {
        "Số liệu": float(figure.value),
        "Nội dung": capital(figure.subject),
        "Loại": KINDS.get(figure.kind, figure.kind),
        "So với": figure.versus,
        "Kỳ": period_name(figure),
        "Nơi": capital(figure.place),
        "Mục": title,
        "Trang": figure.page,
        "Chú thích": figure.footnote,
    }


def exported_row(figure: Figure, report: Report, passage: Passage) -> list[Any]:
    """A row of the file: the record with its place and the sentence that holds it."""
    start, end = figure.sentence
    return [
        figure.id, capital(figure.subject), figure.text, figure.unit, float(figure.value), KINDS.get(figure.kind, figure.kind),
        figure.direction, figure.versus, period_name(figure), figure.period.year, capital(figure.place), figure.section,
        report.heading(figure.section), figure.page, figure.footnote, passage.text[start:end], report.title,
    ]  # fmt: skip


def _has_words(query: str) -> Callable[[Figure], bool]:
    key = str.lower if has_diacritics(query) else fold
    words = key(query).split()

    def test(figure: Figure) -> bool:
        text = key(f"{figure.subject} {figure.own} {figure.text} {figure.unit} {figure.place}")
        return all(word in text for word in words)

    return test
