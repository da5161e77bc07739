"""Thêm báo cáo: a file becomes a draft, the draft is read beside its source, and the report is taken in."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from corpus import Report
from corpus.add import Draft, draft_from_file
from corpus.add.draft import LARGEST
from index.model import Progress
from rag.pages import intake, readiness, resources
from rag.pages.draft_editor import show_editor
from rag.pages.draft_text import FIRST_YEAR, LAST_YEAR, Edited, named_for_the_page
from rag.pages.escaping import escape
from rag.pages.job import Job, follow
from rag.pages.navigation import CHAT, READER, REPORT, page
from rag.pages.page_pictures import PDFIUM, is_pdf
from rag.pages.wording import report_name

_EDITED, _FILE, _READING, _TAKEN, _INTAKE, _NEWS = "add-edited", "add-content", "add-reading", "add-taken", "add-intake", "add-news"
_LABELS = (("year", "Năm của báo cáo"), ("place", "Địa phương"), ("id", "Mã báo cáo"))
"""Options of the command line that messages name, and the fields of the page for them."""
UNFORESEEN = "Có lỗi ngoài dự kiến, chưa có gì thay đổi. Hãy thử lại; nếu lỗi lặp lại, xin báo người quản trị."


@dataclass(frozen=True, slots=True)
class Given:
    """What the person says of the file, in the place of what would be guessed."""

    year: int | None
    place: str
    id: str


def show() -> None:
    """Draws the page."""
    reports = readiness.the_reports()
    st.title("Thêm báo cáo", anchor=False)
    st.markdown(
        "Tải lên báo cáo dạng TXT, Markdown, DOCX, PDF hoặc ảnh quét. Máy lập bản nháp; anh/chị đọc bản nháp bên cạnh bản gốc, sửa chỗ "
        "sai rồi lưu. Bản chưa soát vẫn hỏi được, kèm lời nhắc."
    )
    _show_taken_in()
    _take_upload()
    edited: Edited | None = st.session_state.get(_EDITED)
    if edited is None:
        _show_waiting(reports)
        return
    wish = show_editor(edited, st.session_state.get(_FILE, b""), reports, lambda changed: st.session_state.update({_EDITED: changed}))
    if wish is not None:
        st.session_state[_INTAKE] = Job(lambda progress: intake.take_in(wish.draft, wish.reviewed, wish.replace, progress), "intake")
        st.session_state[_NEWS] = (wish.draft.id, wish.reviewed)
    _show_intake()
    if st.button("Bỏ bản nháp này", icon=":material/close:", type="tertiary", key="add-drop"):
        _close()
        st.rerun()


def _take_upload() -> None:
    """Reads an uploaded file, once; its draft is then edited. A file that cannot be used changes nothing."""
    file = st.file_uploader("Tệp báo cáo (TXT, MD, DOCX, PDF, PNG, JPG, TIFF)", key="add-file", max_upload_size=2 * LARGEST // 2**20)
    given = _given()
    place = st.empty()  # always there, so that nothing beneath moves when the reading ends
    if file is None:
        st.session_state.pop(_TAKEN, None)
        st.session_state.pop(_READING, None)
        return
    taken: tuple[str, Given] | None = st.session_state.get(_TAKEN)
    read_well = taken is not None and taken[0] == file.file_id and _READING not in st.session_state
    if not read_well and taken != (file.file_id, given):
        st.session_state[_TAKEN] = (file.file_id, given)
        st.session_state[_READING] = _reading(file, given)
        st.session_state.pop(_NEWS, None)
    job: Job[Draft] | None = st.session_state.get(_READING)
    if job is None:
        return
    if not job.finished.is_set():
        with place:
            follow(job)
    if job.failed or job.result is None:
        with place.container():
            st.error(escape(named_for_the_page(job.fault, _LABELS) or UNFORESEEN), icon=":material/error:")
            st.caption("Chưa có gì thay đổi: các báo cáo và chỉ mục vẫn như trước.")
        return
    del st.session_state[_READING]
    _edit(Edited.of_draft(job.result), file.getvalue())


def _given() -> Given:
    with st.expander("Năm, địa phương, mã: điền khi máy không đoán được", icon=":material/edit_location_alt:"):
        left, middle, right = st.columns(3)
        year = left.number_input("Năm của báo cáo", FIRST_YEAR, LAST_YEAR, value=None, step=1, key="add-year")
        place = middle.text_input("Địa phương", key="add-place", placeholder="huyện Tên Huyện", max_chars=100)
        name = right.text_input("Mã báo cáo", key="add-id", placeholder="ten-huyen-2024", max_chars=100)
    return Given(year, (place or "").strip(), (name or "").strip())


def _reading(file: UploadedFile, given: Given) -> Job[Draft]:
    name, content = Path(file.name), file.getvalue()

    def read(progress: Progress) -> Draft:
        with PDFIUM if is_pdf(content) else nullcontext():
            return draft_from_file(name, given.id or None, content, given.year, given.place or None, progress)

    return Job(read, "draft")


def _edit(edited: Edited, content: bytes) -> None:
    _close()
    st.session_state[_EDITED], st.session_state[_FILE] = edited, content


def _close() -> None:
    """Forgets the draft with all that was typed in it."""
    for key in [key for key in st.session_state if str(key).startswith("draft-")]:
        del st.session_state[key]
    for name in (_EDITED, _FILE):
        st.session_state.pop(name, None)


def _show_intake() -> None:
    """How far a report is taken in, if one is; and why the last one was not. It stands beneath the buttons, where the person looks."""
    job: Job[None] | None = st.session_state.get(_INTAKE)
    if job is not None:
        with st.container(border=True):
            place = st.empty()
            st.caption("Chỉ phần mới hoặc đã sửa được đưa thêm vào chỉ mục. Mọi người vẫn hỏi đáp như thường trong lúc này.")
            with place:
                follow(job)
        del st.session_state[_INTAKE]
        if job.failed:
            st.session_state[_NEWS] = named_for_the_page(job.fault, _LABELS) or UNFORESEEN
        else:
            _close()
        st.rerun()
    news = st.session_state.get(_NEWS)
    if isinstance(news, str):
        st.error(escape(news), icon=":material/error:")
        st.caption("Chưa có gì thay đổi: các báo cáo và chỉ mục vẫn như trước; bản nháp còn nguyên.")
        del st.session_state[_NEWS]


def _show_taken_in() -> None:
    """The report that was taken in last, with ways to use it."""
    news = st.session_state.get(_NEWS)
    if _INTAKE in st.session_state or not isinstance(news, tuple) or (report := resources.report_of(news[0])) is None:
        return
    said = "đã lưu và đánh dấu là đã soát" if news[1] else "đã lưu, chưa soát; câu trả lời lấy từ báo cáo này có kèm lời nhắc"
    st.success(f"**{escape(report_name(report))}** {said}.", icon=":material/check_circle:")
    with st.container(horizontal=True):
        st.page_link(page(CHAT), label="Hỏi báo cáo này", icon=CHAT.icon, query_params={REPORT: report.id})
        st.page_link(page(READER), label="Đọc và xem chỗ số học chưa khớp", icon=READER.icon, query_params={REPORT: report.id})


def _show_waiting(reports: tuple[Report, ...]) -> None:
    """The reports that nobody has reviewed, each to be read on."""
    waiting = [report for report in reports if not report.reviewed]
    if not waiting:
        return
    st.subheader("Chờ soát", anchor=False)
    for report in waiting:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(escape(report_name(report)), width="stretch")
            st.button("Soát tiếp", key=f"add-review-{report.id}", icon=":material/rule:", on_click=_review, args=(report,))


def _review(report: Report) -> None:
    st.session_state.pop(_NEWS, None)
    _edit(Edited.of_report(report), b"")
