"""What all sessions share: reports, their figures and OCR originals, and the assistant. Each is loaded once, and anew when reports change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from corpus import Passage, Report, build_passages, load_reports
from corpus.figures import Figure, read_figures
from corpus.ocr import ocr_pages
from corpus.report import REPORTS
from index.model import Progress
from rag.assistant import Assistant
from rag.pages.job import Job
from rag.pages.next_questions import Trials

if TYPE_CHECKING:
    from index.embedding import SentenceEncoder

Cached = TypeVar("Cached", bound=Any)
FOLDER = REPORTS
"""The folder of reports that the app reads, and puts new ones in."""
_OF_REPORTS: list[Any] = []
_ENCODER: list[SentenceEncoder] = []


class Loading(Job[Assistant]):
    """The assistant on its way: loaded once for all sessions."""

    def __init__(self, load: Callable[[Progress], Assistant]) -> None:
        super().__init__(load, "assistant")

    def renew(self, progress: Progress) -> None:
        """Loads the assistant once more; the one before serves until then, and goes on where this raises."""
        self.finished.wait()
        self.result, self.failed, self.fault = self._work(progress), False, ""


def load_assistant(progress: Progress) -> Assistant:
    """The assistant over the index on disk, which is built first where it is missing or stale."""
    progress("Đang nạp thư viện tìm kiếm", 0, 0)
    from index import Index

    index = Index.open(FOLDER, encoder=_encoder(progress), progress=progress)
    progress("Đang đọc số liệu của báo cáo", 0, 0)
    return Assistant.load(index)


def _encoder(progress: Progress) -> SentenceEncoder:
    """The one encoder: its model, the largest part of the assistant, outlives a change of the reports."""
    from index.embedding import SentenceEncoder

    if not _ENCODER:
        _ENCODER.append(SentenceEncoder(progress=progress))
    return _ENCODER[0]


@st.cache_resource(show_spinner=False)
def loading() -> Loading:
    """The one loading of the assistant."""
    return Loading(lambda progress: load_assistant(progress))


def of_reports(cached: Cached) -> Cached:
    """Marks a cache as made from the reports, so that it is emptied when these change."""
    _OF_REPORTS.append(cached)
    return cached


def renew(progress: Progress) -> None:
    """Takes in what changed in the folder of reports; until that is done, and where it raises, everything is as before."""
    load_reports(FOLDER)
    loading().renew(progress)
    for cached in _OF_REPORTS:
        cached.clear()


@of_reports
@st.cache_resource(show_spinner=False)
def trials() -> Trials:
    """Which questions made from figures are answered with them; filled as people ask."""
    return Trials()


@of_reports
@st.cache_resource(show_spinner="Đang đọc báo cáo…")
def reports() -> tuple[Report, ...]:
    """All reports, the newest first. Raises `ReportError`."""
    return tuple(sorted(load_reports(FOLDER), key=lambda report: (-report.year, report.id)))


def report_of(report_id: str) -> Report | None:
    """A report by its id."""
    return next((report for report in reports() if report.id == report_id), None)


@of_reports
@st.cache_resource(show_spinner=False)
def passages_of(report_id: str) -> dict[str, Passage]:
    """The passages of a report by id, in order."""
    report = report_of(report_id)
    return {passage.id: passage for passage in build_passages(report)} if report else {}


@of_reports
@st.cache_resource(show_spinner="Đang đọc số liệu…")
def figures_of(report_id: str) -> tuple[Figure, ...]:
    """All figures of a report, in order."""
    report = report_of(report_id)
    return tuple(read_figures(list(passages_of(report_id).values()), report)) if report else ()


@of_reports
@st.cache_resource(show_spinner=False)
def ocr_of(report_id: str) -> tuple[str, ...]:
    """The pages of a report's OCR original; none where there is no original."""
    report = report_of(report_id)
    return ocr_pages(report) if report else ()


def passage_of(passage_id: str) -> Passage | None:
    """A passage by its id, whose first part is the id of the report."""
    return passages_of(passage_id.split(":", 1)[0]).get(passage_id)
