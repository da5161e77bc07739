"""What does not add up in a report, if the audit is there to say so: the one place that knows the shape of its findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

import streamlit as st

from corpus import Report
from rag.pages.resources import report_of


class QuotedPlace(Protocol):
    """A place that a finding quotes: passage id and the span of the quote in its text."""

    @property
    def passage(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Finding(Protocol):
    """A finding: a question to the authors in one or two Vietnamese sentences, the computation, the places quoted."""

    @property
    def question(self) -> str: ...
    @property
    def computation(self) -> str: ...
    @property
    def places(self) -> Sequence[QuotedPlace]: ...


@st.cache_resource(show_spinner="Đang kiểm các phép cộng, tỷ lệ trong báo cáo…")
def findings_of(report_id: str) -> tuple[Finding, ...]:
    """The findings of the audit on a report; none where there is no audit."""
    report = report_of(report_id)
    if report is None or find_spec("corpus.audit") is None:
        return ()
    audit: Callable[[Report], Sequence[Finding]] = import_module("corpus.audit").audit_report
    return tuple(audit(report))
