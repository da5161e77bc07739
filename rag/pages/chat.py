"""Hỏi đáp: questions and answers in one conversation."""

from __future__ import annotations

import logging

import streamlit as st

from corpus import Report
from rag.assistant import Assistant
from rag.llm import LlmSettings, gather
from rag.pages import readiness
from rag.pages.answer import show_answer
from rag.pages.chat_tools import show_conversation_tools, show_turn_tools
from rag.pages.conversation import REPORT, Turn, history, shared_parameters, turns_of_link
from rag.pages.escaping import escape
from rag.pages.findings import with_notes
from rag.pages.first_screen import LONGEST, PLACEHOLDER, show_first_screen
from rag.pages.next_questions import next_questions
from rag.pages.phrasing import show_model, show_phrasing, start_phrasing, topic_of
from rag.pages.resources import figures_of, trials
from rag.pages.rewording import show_rewording, start_rewording
from rag.pages.source import show_requested_source
from rag.pages.wording import report_name
from rag.records import ANSWERED, Answer

_TURNS, _PENDING, _CHOSEN = "turns", "pending_question", "chosen_report"
_USER, _PRODUCT = ":material/person:", ":material/account_balance:"
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
    model = show_model()
    question = st.session_state.pop(_PENDING, None)
    first = st.empty()  # emptied at once when the conversation begins, not when its answer is there
    if not turns and not question:
        with first.container():
            _show_first(tuple(report for report in reports if chosen in (None, report.id)) or reports)
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
    show_conversation_tools(turns, reports, _start_anew)
    show_requested_source()


def ask(question: str) -> None:
    """Asks `question` in the next run (a callback of buttons)."""
    st.session_state[_PENDING] = question


def _show_first(reports: tuple[Report, ...]) -> None:
    readiness.warn_of_unreviewed(reports)
    with show_first_screen(reports, ask):
        readiness.the_assistant()


def _choose_report(reports: tuple[Report, ...]) -> str | None:
    if len(reports) < 2:
        return None
    names = {report.id: report_name(report) for report in reports}
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
        if turn.rewording is not None:
            show_rewording(turn.rewording, f"turn-{number}", ask)
        show_turn_tools(turns, number, turn.answer, reports)


def _answer(turns: list[Turn], number: int, assistant: Assistant, model: LlmSettings | None) -> None:
    """Answers a turn, and has the last one phrased; what nobody foresaw is logged and leaves the rest of the conversation as it is."""
    turn, earlier = turns[number], history(turns, number)
    try:
        turn.answer = with_notes(_look_up(turn, earlier, assistant, model))
        if number == len(turns) - 1:
            turn.phrasing = start_phrasing(model, assistant, turn.question, turn.answer)
            turn.rewording = start_rewording(model, assistant, turn.question, earlier, turn.report, turn.answer)
    except Exception:
        log.exception("a question failed")
        turn.failed = True


def _look_up(turn: Turn, earlier: list[str], assistant: Assistant, model: LlmSettings | None) -> Answer:
    """The answer; with a model, a request to sum up a topic gathers what several sections say, since the model makes that readable."""
    topic = topic_of(turn.question) if model else ""
    if topic and (gathered := gather(assistant, topic, report=turn.report)).status == ANSWERED:
        return gathered
    return assistant.ask(turn.question, earlier, report=turn.report)


def _ask_again(turn: Turn) -> None:
    turn.failed = False


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


def _start_anew() -> None:
    for key in [key for key in st.session_state if str(key).startswith("turn-")]:
        del st.session_state[key]
    st.session_state[_TURNS] = []
    st.query_params.clear()
