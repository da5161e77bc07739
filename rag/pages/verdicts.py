"""Verdicts on a text: counted, marked in the text, as rows, as files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.enum.text import WD_COLOR_INDEX

from corpus import Report
from rag.pages.escaping import Span, mark
from rag.pages.footnotes_docx import FootnoteDocument, printable
from rag.pages.resources import figures_of, passage_of
from rag.pages.wording import source_line, where
from rag.records import MATCH, MISMATCH, NOT_IN_REPORT, CheckResult, Verdict


@dataclass(frozen=True, slots=True)
class Look:
    """How a verdict is named and marked: word, icon, sign before the figure, colour on the page and in Word."""

    name: str
    icon: str
    sign: str
    colour: str
    highlight: WD_COLOR_INDEX


LOOKS = {
    MATCH: Look("Khớp", ":material/check_circle:", "✓", "green", WD_COLOR_INDEX.BRIGHT_GREEN),
    MISMATCH: Look("Không khớp", ":material/error:", "✗", "red", WD_COLOR_INDEX.YELLOW),
    NOT_IN_REPORT: Look("Báo cáo không nêu", ":material/help:", "?", "gray", WD_COLOR_INDEX.GRAY_25),
}
HEADER = ("Số liệu trong bài", "Kết luận", "Báo cáo ghi", "Giải thích", "Mục", "Trang", "Chú thích", "Câu trong báo cáo")
MADE_BY = "Đối chiếu tự động từng con số với báo cáo; không dùng mô hình ngôn ngữ để kết luận."


def summary(result: CheckResult) -> str:
    """One line: how many figures, how many of each verdict."""
    counts = {verdict: sum(one.verdict == verdict for one in result.figures) for verdict in LOOKS}
    rounded = sum(one.rounded for one in result.figures)
    tail = f" (trong đó {rounded} số làm tròn)" if rounded else ""
    parts = [
        f"{counts[MATCH]} khớp{tail}",
        f"{counts[MISMATCH]} không khớp",
        f"{counts[NOT_IN_REPORT]} báo cáo không nêu",
    ]
    return f"{len(result.figures)} số liệu: {', '.join(parts)}."


def marked_text(result: CheckResult) -> str:
    """Markdown of the text with every figure marked in colour and with a sign."""
    spans = [Span(one.start, one.end, _style(one)) for one in result.figures]
    return mark(result.text, spans)


def _style(verdict: Verdict) -> str:
    look = LOOKS[verdict.verdict]
    return f":{look.colour}-background[{look.icon}\u00a0**{{}}**]"


def explanation(verdict: Verdict) -> str:
    """Why a verdict is what it is, in a few words."""
    if verdict.verdict == MATCH:
        return "Làm tròn đúng" if verdict.rounded else ""
    return (verdict.why or "").capitalize()


def reported(verdict: Verdict) -> str:
    """What the report gives, with its direction: `giảm 2,9%`."""
    citation = verdict.citation
    passage = passage_of(citation.passage) if citation else None
    if citation is None or passage is None or not verdict.report:
        return verdict.report or ""
    directions = [
        one.direction
        for one in figures_of(citation.report)
        if one.passage == passage.id and citation.start <= one.start < citation.end and passage.text[one.start : one.end] == verdict.report
    ]
    return f"{next(iter(directions), '')} {verdict.report}".strip()


def row(verdict: Verdict) -> list[Any]:
    """A row under `HEADER`."""
    citation = verdict.citation
    place = [citation.heading, citation.page, citation.footnote, citation.quote] if citation else ["", None, None, ""]
    return [verdict.figure, LOOKS[verdict.verdict].name, reported(verdict), explanation(verdict), *place]


def check_docx(result: CheckResult, reports: Sequence[Report], day: date) -> bytes:
    """The text with every figure highlighted and footnoted with its verdict, and the table of verdicts, as DOCX."""
    out = FootnoteDocument()
    out.heading("Đối chiếu số liệu với báo cáo", 0)
    for report in reports:
        out.paragraph(f"Báo cáo: {report.title}, {report.body}.")
    out.paragraph(f"Ngày lập: {day:%d/%m/%Y}. {MADE_BY}")
    out.paragraph(summary(result)).runs[0].bold = True
    out.heading("Bài được đối chiếu", 1)
    _write_text(out, result, reports)
    out.heading("Bảng kết luận", 1)
    _write_table(out, result)
    return out.content()


def _write_text(out: FootnoteDocument, result: CheckResult, reports: Sequence[Report]) -> None:
    at = 0
    for line in result.text.split("\n"):
        paragraph, end = out.paragraph(), at + len(line)
        for verdict in (one for one in result.figures if at <= one.start < end):
            paragraph.add_run(printable(result.text[at : verdict.start]))
            shown = paragraph.add_run(printable(result.text[verdict.start : verdict.end]))
            shown.font.highlight_color = LOOKS[verdict.verdict].highlight
            out.footnote(paragraph, _note(verdict, reports))
            at = verdict.end
        paragraph.add_run(printable(result.text[at:end]))
        at = end + 1


def _note(verdict: Verdict, reports: Sequence[Report]) -> str:
    words = [LOOKS[verdict.verdict].name, explanation(verdict), f"báo cáo ghi {reported(verdict)}" if verdict.report else ""]
    said = "; ".join(word for word in words if word) + "."
    if verdict.citation is None:
        return said
    report = next((one for one in reports if one.id == verdict.citation.report), None) if verdict.citation else None
    return f"{said} {source_line(verdict.citation, report)}"


def _write_table(out: FootnoteDocument, result: CheckResult) -> None:
    shown = ("Số liệu trong bài", "Kết luận", "Báo cáo ghi", "Giải thích", "Nơi ghi")
    table = out.document.add_table(rows=1, cols=len(shown), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, shown, strict=True):
        cell.text = name
        cell.paragraphs[0].runs[0].bold = True
    for verdict in result.figures:
        citation = verdict.citation
        place = f"{citation.heading}, {where(citation.page, citation.footnote)}" if citation else ""
        values = (verdict.figure, LOOKS[verdict.verdict].name, reported(verdict), explanation(verdict), place)
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = printable(value)
