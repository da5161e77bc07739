"""Hỏi đáp: questions and answers in one conversation."""

from __future__ import annotations

import logging
from datetime import date

import streamlit as st

from corpus import Report
from rag.assistant import Assistant
from rag.llm import LlmSettings
from rag.pages import readiness
from rag.pages.answer import show_answer
from rag.pages.conversation import REPORT, Turn, history, shared_link, shared_parameters, turns_of_link
from rag.pages.conversation_file import answer_with_sources, conversation_docx, conversation_markdown
from rag.pages.escaping import escape
from rag.pages.feedback import store_feedback
from rag.pages.findings import with_findings
from rag.pages.first_screen import LONGEST, PLACEHOLDER, show_first_screen
from rag.pages.next_questions import next_questions
from rag.pages.phrasing import show_model, show_phrasing, start_phrasing
from rag.pages.resources import figures_of, trials
from rag.pages.source import show_requested_source
from rag.records import ANSWERED, Answer

_TURNS, _PENDING, _CHOSEN = "turns", "pending_question", "chosen_report"
_USER, _PRODUCT = ":material/person:", ":material/account_balance:"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ALL = "Tất cả báo cáo"
FAILED = "Có lỗi ngoài dự kiến nên chưa trả lời được câu này. Hãy hỏi lại; nếu lỗi lặp lại, xin báo người quản trị."

log = logging.getLogger(__name__)


def show() -> None:
    """Draws the page."""
    reports = readiness.the_reports()
    turns: list[Turn] = st.session_state.setdefault(_TURNS, [])
    if not turns:
        turns += turns_of_link({name: st.query_params.get_all(name) for name in st.query_params})
    chosen = _choose_report(reports)
    readiness.warn_of_unreviewed(reports)
    model = show_model()
    question = st.session_state.pop(_PENDING, None)
    if not turns and not question:
        with show_first_screen(reports, ask):
            readiness.the_assistant()
        return
    typed = st.chat_input(PLACEHOLDER, max_chars=LONGEST, submit_mode="disable", key="chat-next")
    question = typed or question
    if question and question.strip():
        turns.append(Turn(question.strip(), chosen))
    assistant = readiness.the_assistant()
    for number in range(len(turns)):
        _show_turn(turns, number, assistant, reports, model)
    _write_address(turns)
    _show_next(turns, assistant)
    _show_conversation_tools(turns, reports)
    show_requested_source()


def ask(question: str) -> None:
    """Asks `question` in the next run (a callback of buttons)."""
    st.session_state[_PENDING] = question


def _choose_report(reports: tuple[Report, ...]) -> str | None:
    if len(reports) < 2:
        return None
    names = {report.id: f"{report.title} ({report.body})" for report in reports}
    linked = st.query_params.get(REPORT)
    options = [None, *names]
    return st.selectbox(
        "Hỏi trong",
        options,
        index=options.index(linked) if linked in options else 0,
        format_func=lambda one: names[one] if one else _ALL,
        key=_CHOSEN,
        persist_state="session",
    )


def _show_turn(turns: list[Turn], number: int, assistant: Assistant, reports: tuple[Report, ...], model: LlmSettings | None) -> None:
    turn = turns[number]
    with st.chat_message("user", avatar=_USER):
        st.markdown(escape(turn.question))
    with st.chat_message("assistant", avatar=_PRODUCT):
        if turn.answer is None and not turn.failed:
            with st.spinner("Đang tìm trong báo cáo và kiểm từng con số…"):
                _answer(turns, number, assistant, model)
        if turn.answer is None:
            st.error(FAILED, icon=":material/error:")
            st.button("Hỏi lại câu này", key=f"turn-{number}-again", icon=":material/refresh:", on_click=_ask_again, args=(turn,))
            return
        show_answer(turn.answer, f"turn-{number}")
        if turn.phrasing is not None:
            show_phrasing(turn.phrasing, turn.answer)
        _show_tools(turns, number, turn.answer, reports)


def _answer(turns: list[Turn], number: int, assistant: Assistant, model: LlmSettings | None) -> None:
    """Answers a turn, and has the last one phrased; what nobody foresaw is logged and leaves the rest of the conversation as it is."""
    turn = turns[number]
    try:
        turn.answer = with_findings(assistant.ask(turn.question, history(turns, number), report=turn.report))
        if number == len(turns) - 1:
            turn.phrasing = start_phrasing(model, assistant, turn.question, turn.answer)
    except Exception:
        log.exception("a question failed")
        turn.failed = True


def _ask_again(turn: Turn) -> None:
    turn.failed = False


def _show_tools(turns: list[Turn], number: int, answer: Answer, reports: tuple[Report, ...]) -> None:
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


def _write_address(turns: list[Turn]) -> None:
    """Puts the conversation into the address, so that reloading or sharing the page opens it anew."""
    wanted = shared_parameters(turns, len(turns) - 1)
    if {name: st.query_params.get_all(name) for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)


def _show_next(turns: list[Turn], assistant: Assistant) -> None:
    turn = turns[-1]
    if turn.answer is None:
        return
    if turn.next_questions is None:
        known = figures_of(turn.answer.citations[0].report) if turn.answer.citations else ()
        try:
            turn.next_questions = next_questions(turn.answer, [one.question for one in turns], known, assistant, trials())
        except Exception:
            log.exception("questions to ask next could not be tried out")
            turn.next_questions = ()
    if turn.next_questions:
        with st.container(horizontal=True, gap="small"):
            for number, one in enumerate(turn.next_questions):
                key, label, full = f"next-{len(turns)}-{number}", escape(one.name), escape(f"Hỏi tiếp: {one.question}")
                st.button(label, key=key, icon=":material/reply:", help=full, on_click=ask, args=(one.question,))


def _show_conversation_tools(turns: list[Turn], reports: tuple[Report, ...]) -> None:
    day = date.today()
    with st.container(horizontal=True, gap="small"):
        st.button("Hội thoại mới", icon=":material/add_comment:", type="tertiary", on_click=_start_anew)
        with st.popover("Tải hội thoại", icon=":material/download:", type="tertiary"):
            st.download_button(
                "Tải DOCX",
                lambda: conversation_docx(turns, reports, day),
                f"hoi-dap-{day:%Y%m%d}.docx",
                _DOCX,
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


def _start_anew() -> None:
    for key in [key for key in st.session_state if str(key).startswith("turn-")]:
        del st.session_state[key]
    st.session_state[_TURNS] = []
    st.query_params.clear()
