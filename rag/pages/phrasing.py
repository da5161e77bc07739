"""The answer in a language model's words, beneath the report's words: written in a thread of its own, shown as it comes in."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st

from corpus.text import nfc
from rag.assistant import Assistant
from rag.llm.settings import LlmSettings, SettingsError, read_settings
from rag.llm.summary import SUMMARY
from rag.llm.writer import EXTRACTIVE, KEPT, LLM, Draft, Phrased, Phraser
from rag.pages.answer import answer_markdown
from rag.pages.escaping import escape
from rag.records import ANSWERED, Answer

_ICON = ":material/edit_square:"
_LOOK_AGAIN = 0.4
"""Seconds between two looks at what has been written."""
WRITING = "Mô hình ngôn ngữ {model} đang viết lại câu chữ; số liệu và lời của báo cáo ở trên dùng được ngay."
_TOPIC = re.compile(r"(?i)\s*(?:xin |hãy |nhờ |giúp )*(?:tóm tắt|tóm lược|tom tat|tom luoc)\s+(?:(?:về|ve)\s+)?(.*\S)")
STOPPED = "Mô hình ngôn ngữ gặp lỗi ngoài dự kiến." + KEPT

log = logging.getLogger(__name__)


class Phrasing:
    """One answer on its way through the model.

    `draft` is what may be shown so far, all of it checked; `phrased` is the outcome, once `finished`. Nothing that the
    model or its server does is raised.
    """

    def __init__(self, phraser: Phraser, question: str, answer: Answer) -> None:
        self.model = phraser.settings.model
        self.draft = ""
        self.phrased: Phrased | None = None
        self.finished = threading.Event()
        self._answer = answer
        topic = topic_of(question) if answer.form == SUMMARY else ""
        events = phraser.stream_summary(topic, answer) if topic else phraser.stream(question, answer)
        threading.Thread(target=self._run, args=(events,), name="phrasing", daemon=True).start()

    def _run(self, events: Iterator[Draft | Phrased]) -> None:
        outcome = Phrased(self._answer.answer, EXTRACTIVE, STOPPED)
        try:
            for event in events:
                if isinstance(event, Draft):
                    self.draft = event.text
                else:
                    outcome = event
        except Exception:  # the answer stands in the report's words; the log says what happened
            log.exception("an answer could not be phrased")
        finally:
            self.phrased = outcome
            self.finished.set()


def topic_of(question: str) -> str:
    """The topic that a question asks to sum up (`Tóm tắt về giáo dục`); empty where it asks for something else."""
    match = _TOPIC.fullmatch(nfc(question))
    return match.group(1).rstrip(" .?!") if match else ""


def settings_of_model() -> LlmSettings | None:
    """The language model that this server was given, by its environment or by Streamlit's secrets. Raises `SettingsError`."""
    secrets: Mapping[str, object] = st.secrets if st.secrets.load_if_toml_exists() else {}
    return read_settings(secrets=secrets)


def show_model() -> LlmSettings | None:
    """Says which model phrases the answers and where it runs; what is wrong with its settings, where they cannot be used."""
    try:
        settings = settings_of_model()
    except SettingsError as error:
        st.caption(f":material/edit_off: Không dùng mô hình ngôn ngữ: {escape(str(error))}")
        return None
    if settings is not None:
        host = urlsplit(settings.url).hostname or ""
        where = "chạy trên máy này" if settings.is_local else f"ở máy chủ {host}; câu hỏi và các đoạn trích được gửi tới đó"
        st.caption(f"{_ICON} {escape(f'Mô hình ngôn ngữ {settings.model} ({where}) viết lại câu chữ. Con số luôn lấy từ báo cáo.')}")
    return settings


def start_phrasing(settings: LlmSettings | None, assistant: Assistant, question: str, answer: Answer) -> Phrasing | None:
    """Hands an answer to the model; None where there is no model, and for refusals, which are decided without it."""
    if settings is None or answer.status != ANSWERED or not answer.citations:
        return None
    return Phrasing(Phraser(settings, assistant.ground), question, answer)


def show_phrasing(phrasing: Phrasing, answer: Answer) -> None:
    """The model's words, or why the report's words are kept; looks again by itself while the model writes."""
    if phrasing.phrased is not None:
        _show_outcome(phrasing.phrased, answer)
    else:
        st.fragment(_show_progress, run_every=_LOOK_AGAIN)(phrasing, answer)


def _show_progress(phrasing: Phrasing, answer: Answer) -> None:
    if phrasing.finished.is_set():
        st.rerun()
    with st.container(border=True, gap="xsmall"):
        if phrasing.draft:
            st.markdown(answer_markdown(replace(answer, answer=phrasing.draft)))
        st.caption(f":material/hourglass_top: {escape(WRITING.format(model=phrasing.model))}")


def _show_outcome(phrased: Phrased, answer: Answer) -> None:
    if phrased.shown != LLM:
        st.caption(f":material/edit_off: {escape(phrased.why)}")
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(answer_markdown(replace(answer, answer=phrased.text)))
        st.caption(f"{_ICON} {escape(f'{phrased.why} Câu ở trên là lời của báo cáo. Mô hình: {phrased.model}.')}")
