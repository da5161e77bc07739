"""The findings of the audit as a list, beneath the report: each a question to the authors, with its places and computation."""

from __future__ import annotations

import streamlit as st

from corpus import Report
from corpus.audit import Finding
from rag.pages.editorial import ICONS, UNSETTLED
from rag.pages.escaping import escape
from rag.pages.findings import audit_of
from rag.pages.source import source_button
from rag.pages.wording import leaf, where
from rag.records import Citation

TITLE, ANCHOR = "Kiểm số học của báo cáo", "kiem-so-hoc"


def show_audit(report: Report) -> None:
    """The findings of the audit as a list, with what adds up counted too."""
    result = audit_of(report.id)
    if result is None or not result.checks:
        return
    st.subheader(TITLE, anchor=ANCHOR)
    st.markdown(
        f"**{result.summary}** (cộng tổng, tỷ lệ, mức tăng giảm, cùng một số ở hai nơi, ngày tháng). "
        f"{len(result.findings)} chỗ chưa khớp, ghi dưới dạng câu hỏi gửi cơ quan soạn báo cáo; số trong báo cáo được giữ nguyên như in."
    )
    for number, finding in enumerate(result.findings):
        _show_finding(finding, number)


def _show_finding(finding: Finding, number: int) -> None:
    first = finding.places[0]
    sure = {"chắc": "chắc chắn", "có thể": "có thể"}.get(finding.certainty, finding.certainty)
    gap = f": chênh {finding.gap}" if finding.gap else ""
    with st.expander(escape(f"{finding.label}, {where(first.page, first.footnote)}{gap} ({sure})"), icon=ICONS[UNSETTLED]):
        st.markdown(escape(finding.question))
        if finding.computation:
            st.markdown(f"Phép tính: {escape(finding.computation)}" + (f" (chênh {escape(finding.gap)})" if finding.gap else ""))
        if finding.reading:
            st.markdown(escape(finding.reading))
        with st.container(horizontal=True, gap="small"):
            for order, place in enumerate(finding.places):
                citation = Citation(
                    order + 1, place.passage.split(":")[0], place.section, place.heading, place.page, place.footnote, place.quote,
                    place.passage, place.start, place.end,
                )  # fmt: skip
                source_button(citation, f"finding-{number}-{order}", label=f"{leaf(place.heading)} · {where(place.page, place.footnote)}")
