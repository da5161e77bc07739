"""Đối chiếu: every figure of a pasted text against the report."""

from __future__ import annotations

import logging
from datetime import date

import pandas as pd  # type: ignore[import-untyped,unused-ignore]
import streamlit as st

from corpus import Report
from rag.assistant import Assistant
from rag.pages import readiness
from rag.pages.escaping import escape
from rag.pages.footnotes_docx import DOCX
from rag.pages.sheets import XLSX, xlsx_file
from rag.pages.source import request_source, show_requested_source
from rag.pages.uploaded_text import LONGEST, UploadError, read_upload
from rag.pages.verdicts import HEADER, LOOKS, check_docx, explanation, marked_text, reported, row, summary
from rag.pages.wording import capital, where, whole
from rag.records import CheckResult

_TEXT, _WANTED, _RESULT, _TABLE = "check-text", "check-wanted", "check-result", "check-table"

_LONG, _A_MINUTE = 10_000, 60_000
"""Characters of a text whose check takes long enough to be told; those that take about a minute."""
FAILED = "Có lỗi ngoài dự kiến nên chưa đối chiếu được đoạn này. Hãy thử lại; nếu lỗi lặp lại, xin báo người quản trị."

log = logging.getLogger(__name__)


def show() -> None:
    """Draws the page."""
    reports = readiness.the_reports()
    readiness.warn_of_unreviewed(reports)
    st.title("Đối chiếu", anchor=False)
    st.markdown(
        "Dán bài phát biểu, bài báo hay câu hỏi của cử tri. Mỗi con số được so với báo cáo: khớp, không khớp "
        "(và sai ở đâu), hay báo cáo không nêu."
    )
    _take_upload()
    text = st.text_area(
        "Đoạn văn cần đối chiếu",
        key=_TEXT,
        height=140,
        max_chars=LONGEST,
        placeholder="Ví dụ: Năm 2023, tổng sản lượng lương thực đạt 78.822 tấn, giảm 2,9% so với năm 2022…",
        persist_state="session",
    )
    st.button("Đối chiếu", type="primary", icon=":material/fact_check:", on_click=_ask_for_check)
    if st.session_state.get(_WANTED) and not (text or "").strip():
        del st.session_state[_WANTED]
        st.session_state.pop(_RESULT, None)
        st.info("Hãy dán đoạn văn hoặc tải tệp lên trước.", icon=":material/content_paste:")
    if st.session_state.get(_WANTED) and text:
        assistant = readiness.the_assistant()
        del st.session_state[_WANTED]
        long = f" Bài dài {whole(len(text))} ký tự, có thể mất {max(1, len(text) // _A_MINUTE)} phút." if len(text) > _LONG else ""
        with st.spinner(f"Đang đọc từng con số và tìm trong báo cáo…{long}", show_time=bool(long)):
            _check(text, assistant)
    result: CheckResult | None = st.session_state.get(_RESULT)
    if result is not None:
        _show_result(result, reports)
    show_requested_source()


def _check(text: str, assistant: Assistant) -> None:
    """Checks the text; what nobody foresaw is logged and said in one sentence."""
    st.session_state.pop(_RESULT, None)
    try:
        st.session_state[_RESULT] = assistant.check(text)
    except Exception:
        log.exception("a check failed")
        st.error(FAILED, icon=":material/error:")


def _ask_for_check() -> None:
    """Kept until the check is done, since the first one may have to wait for the assistant."""
    st.session_state[_WANTED] = True


def _take_upload() -> None:
    """Puts the words of an uploaded file into the text box, once."""
    with st.expander("Tải tệp TXT hoặc DOCX lên", icon=":material/upload_file:"):
        file = st.file_uploader("Tệp cần đối chiếu", type=["txt", "docx"], key="check-file", label_visibility="collapsed")
    if file is None or st.session_state.get("check-taken") == file.file_id:
        return
    st.session_state["check-taken"] = file.file_id
    try:
        st.session_state[_TEXT] = read_upload(file.name, file.getvalue())
        st.session_state.pop(_RESULT, None)
    except UploadError as error:
        st.error(escape(str(error)), icon=":material/error:")


def _show_result(result: CheckResult, reports: tuple[Report, ...]) -> None:
    st.subheader("Kết quả", anchor=False)
    if not result.figures:
        st.info("Đoạn văn không có số liệu nào để đối chiếu (năm, ngày tháng, số hiệu văn bản không tính).", icon=":material/search_off:")
        return
    st.markdown(f"**{escape(summary(result))}**")
    with st.container(border=True):
        st.markdown(marked_text(result))
    st.caption(" · ".join(f":{look.colour}[{look.icon} {look.name}]" for look in LOOKS.values()) + " · Chọn một dòng trong bảng để xem câu gốc.")
    st.dataframe(
        _table(result),
        hide_index=True,
        height="content",
        key=_TABLE,
        on_select=_open_source,
        selection_mode="single-row",
        column_config={
            "Số liệu trong bài": st.column_config.TextColumn(width=135),
            "Kết luận": st.column_config.TextColumn(width=155),
            "Báo cáo ghi": st.column_config.TextColumn(width=125),
            "Giải thích": st.column_config.TextColumn(width=170),
            "Nơi ghi": st.column_config.TextColumn(width=170),
            "Câu trong báo cáo": st.column_config.TextColumn(width="large"),
        },
    )
    _show_downloads(result, reports)


def _table(result: CheckResult) -> pd.DataFrame:
    """The verdicts for the page: place in one column, the sign of the verdict before its name."""
    cited = [one.citation for one in result.figures]
    return pd.DataFrame(
        {
            "Số liệu trong bài": [one.figure for one in result.figures],
            "Kết luận": [f"{LOOKS[one.verdict].sign} {LOOKS[one.verdict].name}" for one in result.figures],
            "Báo cáo ghi": [reported(one) for one in result.figures],
            "Giải thích": [explanation(one) for one in result.figures],
            "Nơi ghi": [capital(where(one.page, one.footnote)) if one else "" for one in cited],
            "Câu trong báo cáo": [one.quote if one else "" for one in cited],
        }
    )


def _open_source() -> None:
    rows = st.session_state[_TABLE].selection.rows
    result: CheckResult | None = st.session_state.get(_RESULT)
    if rows and result and rows[0] < len(result.figures):
        verdict = result.figures[rows[0]]
        if verdict.citation is not None:
            request_source(verdict.citation)
        else:
            st.toast("Báo cáo không nêu số liệu này nên không có câu gốc.", icon=":material/info:")


def _show_downloads(result: CheckResult, reports: tuple[Report, ...]) -> None:
    day = date.today()
    with st.container(horizontal=True):
        st.download_button(
            "Tải DOCX",
            lambda: check_docx(result, reports, day),
            f"doi-chieu-{day:%Y%m%d}.docx",
            DOCX,
            icon=":material/description:",
            on_click="ignore",
        )
        st.download_button(
            "Tải XLSX",
            lambda: xlsx_file("Đối chiếu", HEADER, [row(verdict) for verdict in result.figures]),
            f"doi-chieu-{day:%Y%m%d}.xlsx",
            XLSX,
            icon=":material/table_view:",
            on_click="ignore",
        )
