"""The source of a figure: the passage with the quoted words marked, and the same lines of the OCR original."""

from __future__ import annotations

import streamlit as st

from corpus import Passage
from corpus.ledgers import Correction, corrections
from corpus.ocr import OcrLine, locate_lines
from rag.pages.escaping import QUOTED, STRONG, Span, escape, mark
from rag.pages.navigation import reader_link
from rag.pages.resources import figures_of, ocr_of, passage_of, report_of
from rag.pages.wording import leaf, where
from rag.records import Citation

_REQUESTED = "source_requested"
_AROUND = 900
"""Characters of a long passage shown before and after the quote."""


def request_source(citation: Citation, figures: tuple[str, ...] = ()) -> None:
    """Opens the source at the end of this run (a callback of buttons and tables); `figures` are marked in the quote."""
    st.session_state[_REQUESTED] = (citation, figures)


def source_button(citation: Citation, key: str, figures: tuple[str, ...] = (), label: str | None = None) -> None:
    """A button that opens the source of `citation`."""
    named = label or f"[{citation.n}] {leaf(citation.heading)} · {where(citation.page, citation.footnote)}"
    st.button(
        escape(named),
        key=key,
        icon=":material/format_quote:",
        help=escape(citation.heading),
        on_click=request_source,
        args=(citation, figures),
    )


def show_requested_source() -> None:
    """Opens the source asked for, if any; called once, at the end of a page."""
    requested = st.session_state.pop(_REQUESTED, None)
    if requested:
        _show(*requested)


@st.dialog("Nguồn trong báo cáo", width="medium", position="right", icon=":material/format_quote:")
def _show(citation: Citation, figures: tuple[str, ...]) -> None:
    report, passage = report_of(citation.report), passage_of(citation.passage)
    if report is None or passage is None:
        st.info("Đoạn này không còn trong báo cáo hiện có; hãy hỏi lại câu hỏi.", icon=":material/search_off:")
        return
    st.caption(escape(report.title))
    st.markdown(f"**{escape(citation.heading)}**")
    st.markdown(f":gray-badge[:material/article: {escape(where(citation.page, citation.footnote).capitalize())}]")
    if passage.anchor:
        st.caption(f"Chú thích {citation.footnote} của câu: “{escape(passage.anchor)}”")
    with st.container(border=True):
        st.markdown(quoted_passage(passage, citation, figures))
    _show_original(citation)
    reader_link("Mở trong báo cáo", citation)


def quoted_passage(passage: Passage, citation: Citation, figures: tuple[str, ...] = ()) -> str:
    """Markdown of a passage with the quote marked and its figures strong; a long passage is cut around the quote."""
    start = 0 if citation.start <= _AROUND else passage.text.rfind(" ", 0, citation.start - _AROUND) + 1
    end = passage.text.find(" ", citation.end + _AROUND)
    end = len(passage.text) if end < 0 else end
    spans = [Span(citation.start, citation.end, QUOTED), *figure_spans(citation, figures)]
    shown = mark(passage.text[start:end], [Span(one.start - start, one.end - start, one.style) for one in spans])
    return ("… " if start else "") + shown + (" …" if end < len(passage.text) else "")


def figure_spans(citation: Citation, figures: tuple[str, ...]) -> list[Span]:
    """Where the figures (as printed, without unit) stand in the quote, with their units."""
    return [
        Span(record.start, record.end, STRONG)
        for record in figures_of(citation.report)
        if record.passage == citation.passage and citation.start <= record.start < citation.end and record.text in figures
    ]


def _show_original(citation: Citation) -> None:
    pages = ocr_of(citation.report)
    lines = locate_lines(citation.quote, citation.page, pages)
    if not lines:
        return
    st.markdown(f"**Bản OCR gốc, trang {lines[0].page}**")
    st.code(original_text(lines), language=None, wrap_lines=True)
    st.caption("Máy quét đã làm mất dấu chữ Việt; chữ số còn đọc được để đối chiếu. Dấu ▸ chỉ những dòng của đoạn trích.")
    for correction in corrections_in(citation):
        st.caption(f":material/edit_note: OCR “{escape(correction.ocr)}” → “{escape(correction.restored)}”: {escape(correction.reason)}")


def original_text(lines: tuple[OcrLine, ...]) -> str:
    """OCR lines one below the other, those of the quote marked."""
    return "\n".join(f"{'▸' if line.quoted else ' '} {line.text}" for line in lines)


def corrections_in(citation: Citation) -> list[Correction]:
    """The corrections of OCR digits on the quote's page whose restored words stand in the quote."""
    report = report_of(citation.report)
    if report is None:
        return []
    return [one for one in corrections(report) if one.page == citation.page and _restored_in(one, citation.quote)]


def _restored_in(correction: Correction, quote: str) -> bool:
    return any(part.strip() and part.strip() in quote for part in correction.restored.split(";"))
