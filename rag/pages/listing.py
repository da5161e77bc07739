"""Lists of figures in an answer: a sortable table, and bars beside it where the figures can be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd  # type: ignore[import-untyped,unused-ignore]
import streamlit as st

from corpus.figures import Figure
from rag.pages.charts import Bar, show_bars
from rag.pages.figure_records import record_of
from rag.pages.wording import capital
from rag.records import Answer, AnswerFigure

LEAST = 3
"""From this number of figures on an answer is shown as a list."""
_MOST_BARS = 20
_SHORT_NAME = 24
"""Characters of a name up to which table and chart have room side by side."""


def listed_figures(answer: Answer) -> tuple[AnswerFigure, ...]:
    """The figures that make a list: those asked for, or those among which the highest or lowest was sought; else none."""
    if len(answer.figures) >= LEAST:
        return answer.figures
    labels = {figure.label for figure in answer.companions}
    return answer.companions if len(answer.companions) >= LEAST and len(labels) >= LEAST else ()


def show_list(answer: Answer, key: str) -> None:
    """The list of an answer, if it has one."""
    figures = listed_figures(answer)
    if not figures:
        return
    records = [record_of(figure, answer) for figure in figures]
    bars = comparable_bars(figures, records)
    narrow = bars and max(len(bar.label) for bar in bars) <= _SHORT_NAME
    table, chart = st.columns([1, 1], gap="medium") if narrow else (st.container(), st.container())
    with table:
        st.dataframe(
            list_table(figures, records),
            hide_index=True,
            key=f"{key}-list",
            height="content",
            column_config={"Nội dung": st.column_config.TextColumn(width=180 if narrow else 420), "Số liệu": st.column_config.Column(width=120)},
        )
    if bars:
        with chart:
            show_bars(bars, f"{key}-bars", "Biểu đồ so sánh các mục trong bảng")


def list_table(figures: Sequence[AnswerFigure], records: Sequence[Figure | None]) -> object:
    """How much and what (in this order, so that a phone shows both): sorted by the value, shown as printed."""
    names = [capital(figure.label or (record.subject if record else "")) for figure, record in zip(figures, records, strict=True)]
    values = [_value(record) for record in records]
    printed = [figure.printed for figure in figures]
    if any(value is None for value in values):
        return pd.DataFrame({"Số liệu": printed, "Nội dung": names})
    return as_printed(pd.DataFrame({"Số liệu": values, "Nội dung": names}), "Số liệu", printed)


def as_printed(table: pd.DataFrame, column: str, printed: Sequence[str]) -> object:
    """A styled table whose numbers in `column` show as printed and still sort by value."""
    shown = table.style
    for row, text in enumerate(printed):
        shown = shown.format({column: _always(text)}, subset=pd.IndexSlice[[row], [column]])
    return shown


def _always(text: str) -> Callable[[object], str]:
    return lambda _value: text


def comparable_bars(figures: Sequence[AnswerFigure], records: Sequence[Figure | None]) -> list[Bar]:
    """Bars, the longest first, where every figure has a value in one unit and the values differ; else none."""
    known = [record for record in records if record is not None]
    units = {(record.quantity.canonical.name, record.kind) for record in known}
    values = [_value(record) for record in records]
    if len(known) != len(figures) or len(units) != 1 or len(set(values)) < 2 or len(figures) > _MOST_BARS:
        return []
    bars = [
        Bar(capital(figure.label), _value(record) or 0.0, figure.printed)
        for figure, record in zip(figures, known, strict=True)
    ]
    return sorted(bars, key=lambda bar: -bar.value)


def _value(record: Figure | None) -> float | None:
    return None if record is None else float(record.value)
