"""The first screen of the chat: what this is, which report it knows, and what one may ask."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus import Report
from rag.pages.escaping import escape
from rag.pages.examples import examples_of
from rag.pages.resources import figures_of
from rag.pages.wording import whole

PLACEHOLDER = "Hỏi về số liệu trong báo cáo…"
LONGEST = 1000
"""Characters of a question that the box takes."""


def show_first_screen(reports: tuple[Report, ...], ask: Callable[[str], None]) -> DeltaGenerator:
    """Draws it; `ask` is called with the example that was chosen. Returns the place for news on the loading."""
    st.title("Hỏi báo cáo, có ngay con số", anchor=False)
    st.markdown(
        "Gõ câu hỏi bằng tiếng Việt, có dấu hay không dấu. Mỗi con số trả lời đều kèm mục, trang và chú thích "
        "nơi báo cáo ghi; điều báo cáo không ghi thì nói là không có."
    )
    with st.container():
        typed = st.chat_input(PLACEHOLDER, max_chars=LONGEST, key="chat-first")
    if typed:
        ask(typed)
        st.rerun()
    news = st.container()
    for report in reports:
        _show_report(report)
    report = reports[0]
    st.subheader("Thử hỏi", anchor=False)
    with st.grid(2, min_column_width=280):
        for number, example in enumerate(examples_of(report, figures_of(report.id))):
            st.button(
                f":blue-badge[{escape(example.role)}] {escape(example.question)}",
                key=f"example-{number}",
                width="stretch",
                wrap=True,
                on_click=ask,
                args=(example.question,),
            )
    return news


def _show_report(report: Report) -> None:
    pages = max((page for paragraph in report.paragraphs for _, page in paragraph.content.pages), default=1)
    facts = [f"{pages} trang", f"{len(report.footnotes)} chú thích", f"{whole(len(figures_of(report.id)))} số liệu"]
    with st.container(border=True, gap="xsmall"):
        st.caption(escape(report.body or report.place))
        st.markdown(f"**{escape(report.title)}**")
        session = ", ".join(part for part in (report.session, report.date) if part)
        st.caption(f"{escape(session)}{' · ' if session else ''}{' · '.join(facts)}")
