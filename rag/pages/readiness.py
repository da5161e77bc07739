"""What must be there before a page can work: reports, and the assistant with its model and index."""

from __future__ import annotations

import time

import streamlit as st

from corpus import Report, ReportError
from rag.assistant import Assistant
from rag.pages import resources
from rag.pages.escaping import escape
from rag.pages.job import LOOK_AGAIN, follow
from rag.pages.wording import NOT_REVIEWED, whose_report


def the_reports() -> tuple[Report, ...]:
    """All reports; where they cannot be read, the page says what to do and stops."""
    try:
        return resources.reports()
    except ReportError as error:
        _show_fault(str(error), "Kiểm tra thư mục `corpus/reports`, khôi phục tệp báo cáo (`git checkout corpus/reports`), rồi bấm Thử lại.")
        st.stop()


def the_assistant() -> Assistant:
    """The assistant; its loading is shown while it lasts, and where it failed, the page says what to do and stops."""
    loading = resources.loading()
    if not loading.finished.wait(0.3):
        with st.container(border=True):
            place = st.empty()
            st.caption("Chỉ lần mở đầu tiên mới phải chờ; những người dùng sau vào là dùng được ngay.")
            with place:
                follow(loading)
        time.sleep(LOOK_AGAIN)
        st.rerun()
    if loading.result is None:
        reason = loading.fault or "Không nạp được mô hình và chỉ mục; nhật ký của máy chủ ghi rõ lý do."
        _show_fault(reason, "Chạy `python -m index build` trong thư mục của sản phẩm để dựng lại chỉ mục, rồi bấm Thử lại.")
        st.stop()
    return loading.result


def warn_of_unreviewed(reports: tuple[Report, ...]) -> None:
    """A visible warning for each report that nobody has reviewed."""
    for report in reports:
        if not report.reviewed:
            st.warning(f"**{escape(whose_report(report))}.** {NOT_REVIEWED}", icon=":material/rule:")


def _show_fault(reason: str, remedy: str) -> None:
    st.subheader("Chưa dùng được", anchor=False)
    st.error(escape(reason), icon=":material/error:")
    st.markdown(f"**Cách khắc phục.** {remedy}")
    st.caption("Trang Báo cáo và Số liệu vẫn dùng được khi tệp báo cáo còn nguyên.")
    st.button("Thử lại", icon=":material/refresh:", type="primary", on_click=_forget)


def _forget() -> None:
    st.cache_resource.clear()
