"""The pages of the app, and links between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.navigation.page import Page as StreamlitPage

    from rag.records import Citation

SECTION, PASSAGE, START, END, SEARCH = "muc", "doan", "tu", "den", "tim"
"""Query parameters of the reader: section, passage with the span to mark in it, words to search."""
REPORT = "bao-cao"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: module of `rag.pages` whose `show` draws it, title, icon, path in the address."""

    module: str
    title: str
    icon: str
    path: str


CHAT = Place("chat", "Hỏi đáp", ":material/forum:", "")
READER = Place("reader", "Báo cáo", ":material/menu_book:", "bao-cao")
FIGURES = Place("figures", "Số liệu", ":material/table_chart:", "so-lieu")
CHECK = Place("check", "Đối chiếu", ":material/fact_check:", "doi-chieu")
ADD = Place("add_report", "Thêm báo cáo", ":material/note_add:", "them-bao-cao")
EVALUATION = Place("evaluation", "Đánh giá", ":material/monitoring:", "danh-gia")
PLACES = (CHAT, READER, FIGURES, CHECK, ADD, EVALUATION)
WIDE = frozenset([FIGURES.path, ADD.path, EVALUATION.path])
"""Paths of the pages that take the whole width."""


def page(place: Place) -> StreamlitPage:
    """Streamlit's page for a place; the default one has no path."""
    show: Callable[[], None] = import_module(f"rag.pages.{place.module}").show
    named: dict[str, Any] = {"url_path": place.path} if place.path else {"default": True}
    return st.Page(show, title=place.title, icon=place.icon, **named)


def reader_link(label: str, citation: Citation, icon: str = ":material/menu_book:") -> None:
    """A link to the quoted words in the reader."""
    st.page_link(page(READER), label=label, icon=icon, query_params=reader_address(citation))


def reader_address(citation: Citation) -> dict[str, str]:
    """The query parameters with which the reader shows and marks the quoted words."""
    return {
        REPORT: citation.report,
        SECTION: citation.section,
        PASSAGE: citation.passage,
        START: str(citation.start),
        END: str(citation.end),
    }
