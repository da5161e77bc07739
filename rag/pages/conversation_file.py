"""A conversation to take away: as a Word document and as Markdown, every citation a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus import Report
from rag.pages.conversation import Turn
from rag.pages.footnotes_docx import FootnoteDocument
from rag.pages.wording import source_line
from rag.records import Answer, Citation

_MARK = re.compile(r"\s*\[(\d+)\]")
_MARKUP = re.compile(r"([\\*_\[\]<>`$~])")
MADE_BY = "Các câu trả lời được lập từ chính lời văn của báo cáo; con số ghi như trong báo cáo."


def conversation_docx(turns: Sequence[Turn], reports: Sequence[Report], day: date) -> bytes:
    """The conversation as DOCX; the marks of an answer are footnotes of the page."""
    out = FootnoteDocument()
    out.heading("Hỏi đáp số liệu báo cáo", 0)
    for line in _front(reports, day):
        out.paragraph(line)
    for number, turn in enumerate(turns, 1):
        answer = turn.answer
        if answer is None:
            continue
        out.heading(f"{number}. {turn.question}", 1)
        if answer.understood_as:
            out.paragraph().add_run(f"Hiểu là: {answer.understood_as}").italic = True
        paragraph = out.paragraph()
        for words, citation in _pieces(answer):
            paragraph.add_run(words)
            if citation:
                out.footnote(paragraph, source_line(citation, _report_of(citation, reports)))
        for note in answer.notes:
            out.paragraph(f"Lưu ý: {note}")
        for suggestion in answer.nearest:
            item = out.paragraph(f"Gần nhất: {suggestion.label}", "List Bullet")
            out.footnote(item, source_line(suggestion.citation, _report_of(suggestion.citation, reports)))
    return out.content()


def conversation_markdown(turns: Sequence[Turn], reports: Sequence[Report], day: date) -> str:
    """The conversation as Markdown; citations are footnotes."""
    lines = ["# Hỏi đáp số liệu báo cáo", ""]
    lines += [f"{_safe(line)}\n" for line in _front(reports, day)]
    notes: list[str] = []

    def footnote(citation: Citation) -> str:
        notes.append(_safe(source_line(citation, _report_of(citation, reports))))
        return f"[^{len(notes)}]"

    for number, turn in enumerate(turns, 1):
        answer = turn.answer
        if answer is None:
            continue
        lines += [f"## {number}. {_safe(turn.question)}", ""]
        if answer.understood_as:
            lines += [f"*Hiểu là: {_safe(answer.understood_as)}*", ""]
        lines += ["".join(_safe(words) + (footnote(citation) if citation else "") for words, citation in _pieces(answer)), ""]
        lines += [f"> Lưu ý: {_safe(note)}\n" for note in answer.notes]
        lines += [f"- Gần nhất: {_safe(one.label)}{footnote(one.citation)}" for one in answer.nearest]
        lines += [""] if answer.nearest else []
    lines += [f"[^{number}]: {note}" for number, note in enumerate(notes, 1)]
    return "\n".join(lines) + "\n"


def answer_with_sources(answer: Answer, reports: Sequence[Report]) -> str:
    """An answer as plain text with its sources beneath, to paste elsewhere."""
    sources = [f"[{citation.n}] {source_line(citation, _report_of(citation, reports))}" for citation in answer.citations]
    return "\n".join([answer.answer, *(f"Lưu ý: {note}" for note in answer.notes), *sources])


def _front(reports: Sequence[Report], day: date) -> list[str]:
    named = [", ".join(part for part in (report.title, report.body, report.session) if part) for report in reports]
    return [*(f"Báo cáo: {name}." for name in named), f"Ngày lập: {day:%d/%m/%Y}. {MADE_BY}"]


def _pieces(answer: Answer) -> Iterator[tuple[str, Citation | None]]:
    """The words of an answer up to each mark with the citation that it names; an answer without marks cites at its end."""
    cited = {citation.n: citation for citation in answer.citations}
    at = 0
    for match in _MARK.finditer(answer.answer):
        citation = cited.get(int(match.group(1)))
        if citation is None:
            continue
        yield answer.answer[at : match.start()], citation
        at = match.end()
    rest = answer.answer[at:]
    if at or not answer.citations:
        yield rest, None
    else:
        yield rest, answer.citations[0]


def _report_of(citation: Citation, reports: Sequence[Report]) -> Report | None:
    return next((report for report in reports if report.id == citation.report), None)


def _safe(text: str) -> str:
    """Words that Markdown shows as they are; lighter than for the app, since people read the file itself too."""
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", _MARKUP.sub(r"\\\1", re.sub(r"\s+", " ", text)))
