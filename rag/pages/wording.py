"""Words that several pages show."""

from __future__ import annotations

from corpus import Report
from corpus.figures import AMOUNT, CHANGE, PLAN, RANK, RATIO, SHARE, Figure
from corpus.periods import GOAL, RESULT, TARGET
from rag.records import Citation

KINDS = {
    AMOUNT: "Giá trị",
    CHANGE: "Mức tăng, giảm",
    PLAN: "So với kế hoạch",
    SHARE: "Tỷ lệ",
    RATIO: "Tỷ số",
    RANK: "Thứ hạng",
}
PERIODS = {RESULT: "Kết quả", TARGET: "Kế hoạch", GOAL: "Mục tiêu"}
LONGEST_UNIT = 14
"""Characters of a unit that still stand large beside a number."""
PERIOD_COLOURS = {RESULT: "green", TARGET: "blue", GOAL: "violet"}
NOT_REVIEWED = (
    "Bản chép của báo cáo này chưa được người đọc soát lại; số liệu có thể còn sai so với bản in. "
    "Hãy đối chiếu với bản gốc trước khi dùng."
)


def capital(text: str) -> str:
    """`text` with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def period_name(figure: Figure) -> str:
    """`Kết quả 2023`, `Kế hoạch 2024`, `Mục tiêu 2025`."""
    return f"{PERIODS[figure.period.status]} {figure.period.year}"


def where(page: int, footnote: int | None) -> str:
    """`trang 5, chú thích 12`."""
    return f"trang {page}" + (f", chú thích {footnote}" if footnote else "")


def leaf(heading: str) -> str:
    """The last heading of a heading path."""
    return heading.rsplit(" › ", 1)[-1]


def whose_report(report: Report) -> str:
    """What tells a report from others of the same title: `Huyện Thanh Miện, năm 2023`."""
    return f"{capital(report.place)}, năm {report.year}" if report.place else f"Năm {report.year}"


def report_name(report: Report) -> str:
    """A report among several; whose it is comes first, since the titles are alike and long."""
    return f"{whose_report(report)}: {report.title}"


def source_line(citation: Citation, report: Report | None) -> str:
    """A citation in one line, as one writes it beneath a text."""
    title = f"{report.title} ({report.body})" if report and report.body else report.title if report else citation.report
    return f"{title}; {citation.heading}, {where(citation.page, citation.footnote)}: “{citation.quote}”"


def whole(number: int) -> str:
    """A whole number with points between the thousands."""
    return f"{number:,}".replace(",", ".")


def number_and_unit(figure: Figure | None, shown: str) -> tuple[str, str]:
    """A large figure, and what to add to its label: a unit too long to stand large goes there, in brackets."""
    if figure is None or len(figure.unit) <= LONGEST_UNIT or not shown.endswith(figure.unit):
        return shown, ""
    return shown.removesuffix(figure.unit).strip(), f" ({figure.unit})"
