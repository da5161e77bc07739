"""Báo cáo: the transcription with contents, footnotes in place, page marks, notes and full-text search."""

from __future__ import annotations

import pandas as pd  # type: ignore[import-untyped,unused-ignore]
import streamlit as st

from corpus import Passage, Report
from corpus.report import Paragraph, Section
from rag.citations import cite_span
from rag.pages import audit_list, readiness
from rag.pages.editorial import ICONS, Note, notes_at, notes_of
from rag.pages.escaping import FOUND, QUOTED, Span, escape, mark
from rag.pages.findings import findings_of
from rag.pages.full_text import Match, SearchText, find_words
from rag.pages.navigation import END, PASSAGE, READER, REPORT, SEARCH, SECTION, START, page
from rag.pages.reading import Block, anchor_of, blocks, neighbours, outline, paragraph_markdown, spans_in
from rag.pages.resources import of_reports, passage_of, passages_of
from rag.pages.source import show_requested_source, source_button
from rag.pages.wording import leaf, report_name, where

_MOST_MATCHES = 20
_INDENT = "\u2003"
_QUOTE = "cau-duoc-dan"
"""Anchor of the quoted words."""


def show() -> None:
    """Draws the page."""
    reports = readiness.the_reports()
    report = _chosen(reports)
    readiness.warn_of_unreviewed((report,))
    section = st.query_params.get(SECTION)
    section = section if section in report.sections else None
    notes = _notes(report.id)
    _show_contents(report, section)
    st.header(escape(report.title), anchor=False)
    st.caption(escape(" · ".join(part for part in (report.body, report.session, report.date) if part)))
    _show_search(report)
    if section:
        _show_section_bar(report, section)
    _show_text(report, section, notes)
    if section:
        _show_neighbours(report, section)
    else:
        audit_list.show_audit(report)
        _show_ledger(notes)
    show_requested_source()


def _chosen(reports: tuple[Report, ...]) -> Report:
    by_id = {report.id: report for report in reports}
    linked = st.query_params.get(REPORT, "")
    if len(reports) == 1:
        return reports[0]
    ids = list(by_id)
    chosen = st.sidebar.selectbox(
        "Báo cáo",
        ids,
        index=ids.index(linked) if linked in ids else 0,
        format_func=lambda one: report_name(by_id[one]),
    )
    return by_id[chosen]


@of_reports
@st.cache_resource(show_spinner=False)
def _notes(report_id: str) -> list[Note]:
    report = next(one for one in readiness.the_reports() if one.id == report_id)
    return notes_of(report, findings_of(report_id), passages_of(report_id))


def _show_contents(report: Report, section: str | None) -> None:
    if section:
        return
    entries = outline(report)
    top = min((one.level for one in entries), default=1)
    lines = [f"{_INDENT * (one.level - top)}[{escape(_short(one, 38 - 3 * (one.level - top)))}](#{anchor_of(one.id)})" for one in entries]
    lines.append(f"[{audit_list.TITLE}](#{audit_list.ANCHOR})")
    with st.sidebar:
        st.markdown("**Mục lục**")
        st.markdown("  \n".join(f":small[{line}]" for line in lines))


def _short(section: Section, longest: int = 60) -> str:
    title = section.path[-1] if section.path else section.title
    return title if len(title) <= longest else title[:longest].rsplit(" ", 1)[0] + "…"


@st.fragment
def _show_search(report: Report) -> None:
    query = st.text_input(
        "Tìm trong toàn văn",
        st.query_params.get(SEARCH, ""),
        key="reader-search",
        type="search",
        live=True,
        placeholder="Tìm từ, tên xã hoặc con số, có dấu hay không dấu",
        label_visibility="collapsed",
        icon=":material/search:",
    )
    if not query or not query.strip():
        return
    matches = find_words(query, _search_texts(report.id))
    if not matches:
        st.info("Không có chỗ nào trong báo cáo có những từ này.", icon=":material/search_off:")
        return
    more = f", hiện {_MOST_MATCHES} chỗ đầu" if len(matches) > _MOST_MATCHES else ""
    with st.expander(f"Tìm thấy ở {len(matches)} câu{more}", expanded=True, icon=":material/manage_search:"):
        for number, match in enumerate(matches[:_MOST_MATCHES]):
            _show_match(match, number)
    show_requested_source()


def _show_match(match: Match, number: int) -> None:
    start, end = match.sentence
    spans = [Span(left - start, right - start, FOUND) for left, right in match.spans]
    citation = cite_span(match.passage, start, end, number + 1, match.spans[0][0])
    with st.container(border=True, gap="xsmall"):
        st.markdown(mark(match.passage.text[start:end], spans))
        place = f"{leaf(citation.heading)} · {where(citation.page, citation.footnote)}"
        source_button(citation, f"match-{number}", label=place)


@of_reports
@st.cache_resource(show_spinner=False)
def _search_texts(report_id: str) -> list[SearchText]:
    return [SearchText.of(passage) for passage in passages_of(report_id).values()]


def _show_section_bar(report: Report, section: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(page(READER), label="Đọc toàn văn", icon=":material/arrow_back:", query_params={REPORT: report.id})
        if _quoted():
            st.markdown(f":material/format_quote: [Đến câu được dẫn](#{_QUOTE})")
        st.caption(escape(report.heading(section)))


def _show_text(report: Report, section: str | None, notes: list[Note]) -> None:
    quoted = _quoted()
    footnotes = {note.footnote: note for note in report.footnotes}
    for block in blocks(report, section):
        if block.paragraph is None:
            _show_heading(block.section)
        else:
            _show_paragraph(block, block.paragraph, footnotes, notes, quoted)


def _quoted() -> tuple[Passage, int, int] | None:
    """The passage and span that the address asks to mark."""
    passage = passage_of(st.query_params.get(PASSAGE, ""))
    start, end = (st.query_params.get(name, "") for name in (START, END))
    if passage is None or not (start.isdigit() and end.isdigit()):
        return None
    return passage, int(start), min(int(end), len(passage.text))


def _show_heading(section: Section) -> None:
    title, name = escape(section.title.rstrip(": ")), anchor_of(section.id)
    if section.level <= 2:
        st.header(title, anchor=name, divider="gray" if section.level <= 1 else False)
    else:
        st.subheader(title if section.level == 3 else f"*{title}*", anchor=name)


def _show_paragraph(
    block: Block,
    paragraph: Paragraph,
    footnotes: dict[int | None, Paragraph],
    notes: list[Note],
    quoted: tuple[Passage, int, int] | None,
) -> None:
    spans = spans_in(paragraph, *quoted, QUOTED) if quoted else []
    if spans or (quoted and quoted[0].footnote in {mark for _, mark in paragraph.content.marks}):
        st.html(f'<span id="{_QUOTE}" style="display: block; scroll-margin-top: 4.5rem"></span>')
    st.markdown(paragraph_markdown(paragraph, spans, block.page))
    marked = [footnotes[mark] for _, mark in paragraph.content.marks if mark in footnotes]
    own = notes_at(paragraph, notes)
    if not marked and not own:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for footnote in marked:
            _show_footnote(footnote, notes, quoted)
        _show_notes(own)


def _show_footnote(footnote: Paragraph, notes: list[Note], quoted: tuple[Passage, int, int] | None) -> None:
    spans = spans_in(footnote, *quoted, QUOTED) if quoted else []
    own = notes_at(footnote, notes)
    icon = ":material/format_quote:" if spans else ":material/notes:"
    if spans:
        with st.container(border=True):
            st.markdown(f":blue[{footnote.footnote}] {paragraph_markdown(footnote, spans)}")
        return
    with st.popover(f"Chú thích {footnote.footnote}", icon=icon, type="tertiary"):
        st.markdown(paragraph_markdown(footnote, spans))
        for note in own:
            st.caption(f"{ICONS[note.kind]} {escape(note.text)}")


def _show_notes(notes: list[Note]) -> None:
    for kind in dict.fromkeys(note.kind for note in notes):
        of_kind = list(dict.fromkeys(note for note in notes if note.kind == kind))
        with st.popover(f"{kind} ({len(of_kind)})", icon=ICONS[kind], type="tertiary"):
            for note in of_kind:
                st.markdown(escape(note.text))


def _show_neighbours(report: Report, section: str) -> None:
    before, after = neighbours(report, section)
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        for name, icon in ((before, ":material/arrow_back:"), (after, ":material/arrow_forward:")):
            if name:
                label = escape(_short(report.sections[name]) or report.title)
                st.page_link(page(READER), label=label, icon=icon, query_params={REPORT: report.id, SECTION: name})


def _show_ledger(notes: list[Note]) -> None:
    if not notes:
        return
    with st.expander(f"Sổ hiệu đính và ghi chú ({len(notes)})", icon=":material/history_edu:"):
        st.caption("Chữ số giữ như bản in; chỗ máy quét đọc sai được khôi phục và ghi lý do. Lỗi in của báo cáo được giữ nguyên.")
        rows = [{"Loại": note.kind, "Trang": note.page, "Chỗ": note.words, "Nội dung": note.text} for note in notes]
        st.dataframe(pd.DataFrame(rows), hide_index=True, column_config={"Nội dung": st.column_config.TextColumn(width="large")})
