"""After a refusal: the question worded anew by the language model, offered only if the report answers that wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from index.model import Progress
from rag.assistant import Assistant
from rag.door import refuse_at_door
from rag.llm import LlmSettings, Phraser
from rag.pages.escaping import escape
from rag.pages.job import Job
from rag.records import ANSWERED, Answer

_LOOK_AGAIN = 0.4
LOOKING = "Mô hình ngôn ngữ đang thử hiểu câu hỏi theo cách khác…"

Rewording = Job[str | None]
"""The wording to offer, None where there is none."""


def start_rewording(
    settings: LlmSettings | None, assistant: Assistant, question: str, history: Sequence[str], report: str | None, answer: Answer
) -> Rewording | None:
    """Has a refused question worded anew; None without a model, and for what was not looked up at all."""
    if settings is None or answer.status == ANSWERED or refuse_at_door(question):
        return None
    phraser = Phraser(settings, assistant.ground)

    def work(progress: Progress) -> str | None:
        wording = phraser.search_question(question, history)
        return wording if wording and assistant.ask(wording, report=report).status == ANSWERED else None

    return Job(work, "rewording")


def show_rewording(rewording: Rewording, key: str, ask: Callable[[str], None]) -> None:
    """The wording as a button that asks it; looks again by itself while the model thinks."""
    if not rewording.finished.is_set():
        st.fragment(_show_looking, run_every=_LOOK_AGAIN)(rewording)
    elif rewording.result:
        st.caption("Câu hỏi do mô hình ngôn ngữ viết lại, báo cáo có trả lời:")
        st.button(escape(rewording.result), key=f"{key}-reworded", icon=":material/edit_square:", on_click=ask, args=(rewording.result,))


def _show_looking(rewording: Rewording) -> None:
    if rewording.finished.is_set():
        st.rerun()
    st.caption(f":material/hourglass_top: {LOOKING}")
