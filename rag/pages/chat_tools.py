"""What a person does with an answer and a conversation: judge, copy, link to, take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from corpus import Report
from rag.pages.conversation import Turn, history, shared_link
from rag.pages.conversation_file import answer_with_sources, conversation_docx, conversation_markdown
from rag.pages.feedback import store_feedback
from rag.pages.footnotes_docx import DOCX
from rag.records import ANSWERED, Answer


def show_turn_tools(turns: list[Turn], number: int, answer: Answer, reports: tuple[Report, ...]) -> None:
    """Beneath an answer: thumbs with an optional comment, the answer with its sources to copy, its link."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        key = f"turn-{number}-thumbs"
        st.feedback("thumbs", key=key, on_change=_judge, args=(turns, number, key), persist_state="session")
        if answer.status == ANSWERED:
            with st.popover("Chép", icon=":material/content_copy:", type="tertiary"):
                st.caption("Câu trả lời kèm dẫn nguồn; bấm biểu tượng chép ở góc khung.")
                st.code(answer_with_sources(answer, reports), language=None, wrap_lines=True)
        with st.popover("Liên kết", icon=":material/link:", type="tertiary"):
            st.caption("Mở liên kết này sẽ thấy lại đúng câu trả lời trên.")
            st.code(shared_link(st.context.url or "", turns, number), language=None, wrap_lines=True)
    if st.session_state.get(key) is not None:
        _show_comment(turns, number)


def _judge(turns: list[Turn], number: int, key: str) -> None:
    _store(turns, number, st.session_state.get(key), "")


def _show_comment(turns: list[Turn], number: int) -> None:
    with st.form(f"turn-{number}-comment", clear_on_submit=True, border=False):
        comment = st.text_input("Góp ý thêm (không bắt buộc)", max_chars=2000, key=f"turn-{number}-words")
        if st.form_submit_button("Gửi góp ý", icon=":material/send:") and comment.strip():
            _store(turns, number, st.session_state.get(f"turn-{number}-thumbs"), comment)


def _store(turns: list[Turn], number: int, thumb: int | None, comment: str) -> None:
    turn = turns[number]
    if thumb is None or turn.answer is None:
        return
    stored = store_feedback(turn.question, history(turns, number), turn.answer, thumb == 1, comment)
    message = "Đã ghi nhận, cảm ơn anh/chị." if stored else "Máy chủ chưa ghi được góp ý; câu trả lời không bị ảnh hưởng."
    st.toast(message, icon=":material/check:" if stored else ":material/info:")


def show_conversation_tools(turns: list[Turn], reports: tuple[Report, ...], start_anew: Callable[[], None]) -> None:
    """Beneath the conversation: start another one, take this one away."""
    day = date.today()
    with st.container(horizontal=True, gap="small"):
        st.button("Hội thoại mới", icon=":material/add_comment:", type="tertiary", on_click=start_anew)
        with st.popover("Tải hội thoại", icon=":material/download:", type="tertiary"):
            st.download_button(
                "Tải DOCX",
                lambda: conversation_docx(turns, reports, day),
                f"hoi-dap-{day:%Y%m%d}.docx",
                DOCX,
                icon=":material/description:",
                on_click="ignore",
            )
            st.download_button(
                "Tải Markdown",
                lambda: conversation_markdown(turns, reports, day),
                f"hoi-dap-{day:%Y%m%d}.md",
                "text/markdown",
                icon=":material/markdown:",
                on_click="ignore",
            )
