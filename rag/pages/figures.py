"""Số liệu: every figure of a report as a table, filtered, charted, taken away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd  # type: ignore[import-untyped,unused-ignore]
import streamlit as st

from corpus import Report
from corpus.figures import Figure
from rag.citations import cite_figures
from rag.pages import readiness
from rag.pages.charts import Bar, show_bars
from rag.pages.editorial import notes_of
from rag.pages.escaping import escape
from rag.pages.figure_groups import Pair, change_bars, doubted_figures, place_bars, place_groups, plan_bars, target_pairs
from rag.pages.figure_table import EXPORTED, Filters, choices, exported_row, filtered, printed, shown_row
from rag.pages.listing import as_printed
from rag.pages.reading import outline
from rag.pages.resources import figures_of, passages_of
from rag.pages.sheets import XLSX, csv_file, xlsx_file
from rag.pages.source import request_source, show_requested_source
from rag.pages.wording import KINDS, capital, number_and_unit, period_name, report_name, whole

_TABLE = "figures-table"
_INDENT = "\u2003"
_ROWS = 11
"""Rows from which the table scrolls."""


def show() -> None:
    """Draws the page."""
    reports = readiness.the_reports()
    report = _chosen(reports)
    readiness.warn_of_unreviewed((report,))
    st.title("Số liệu", anchor=False)
    figures = figures_of(report.id)
    st.caption(f"{whole(len(figures))} số liệu của {escape(report.title)}. Chọn một dòng để xem câu gốc; bấm đầu cột để sắp xếp.")
    chosen = filtered(figures, _filters(report, figures))
    _show_table(chosen, report)
    _show_downloads(chosen, report)
    st.subheader("Biểu đồ", anchor=False)
    _show_charts(chosen, report)
    show_requested_source()


def _chosen(reports: tuple[Report, ...]) -> Report:
    if len(reports) == 1:
        return reports[0]
    return st.selectbox("Báo cáo", reports, format_func=report_name)


def _filters(report: Report, figures: Sequence[Figure]) -> Filters:
    with st.container(border=True):
        left, middle = st.columns([1, 1])
        words = left.text_input("Tìm", type="search", live=True, placeholder="lúa, thu ngân sách, 78.822…", icon=":material/search:", key="figures-words")
        sections = {section.id: section for section in outline(report)}
        section = middle.selectbox(
            "Mục của báo cáo",
            ["", *sections],
            format_func=lambda one: _INDENT * (sections[one].level - 1) + _short(sections[one].path[-1]) if one else "Cả báo cáo",
            key="figures-section",
        )
        of_kind = choices(figures, lambda one: one.kind)
        kinds = st.pills("Loại", of_kind, selection_mode="multi", format_func=lambda one: KINDS.get(one, one), key="figures-kinds")
        periods = st.pills("Kỳ", choices(figures, period_name), selection_mode="multi", key="figures-periods")
        left, middle = st.columns([1, 1])
        units = left.multiselect("Đơn vị", choices(figures, lambda one: one.quantity.canonical.name), placeholder="Mọi đơn vị", key="figures-units")
        places = middle.multiselect("Nơi", choices(figures, lambda one: one.place), placeholder="Mọi nơi", format_func=capital, key="figures-places")
    return Filters(section, tuple(kinds), tuple(units), tuple(periods), tuple(places), words or "")


def _short(title: str) -> str:
    return title if len(title) <= 70 else title[:70].rsplit(" ", 1)[0] + "…"


def _show_table(figures: list[Figure], report: Report) -> None:
    if not figures:
        st.info("Không có số liệu nào khớp với bộ lọc.", icon=":material/filter_alt_off:")
        return
    table = pd.DataFrame([shown_row(figure, report) for figure in figures])
    table["Chú thích"] = table["Chú thích"].astype("Int64")
    st.dataframe(
        as_printed(table, "Số liệu", [printed(figure) for figure in figures]),
        hide_index=True,
        height="content" if len(figures) < _ROWS else 420,
        placeholder="",
        key=_TABLE,
        on_select=_open_source,
        selection_mode="single-row",
        column_config={
            "Số liệu": st.column_config.NumberColumn(width=140),
            "Nội dung": st.column_config.TextColumn(width="large"),
            "Trang": st.column_config.NumberColumn(width="small"),
            "Chú thích": st.column_config.NumberColumn(width="small"),
        },
    )
    st.session_state["figures-shown"] = figures


def _open_source() -> None:
    """Asks for the source of the row that was just chosen."""
    rows = st.session_state[_TABLE].selection.rows
    shown: list[Figure] = st.session_state.get("figures-shown", [])
    if rows and rows[0] < len(shown):
        figure = shown[rows[0]]
        passage = passages_of(figure.report)[figure.passage]
        request_source(cite_figures(passage, [figure], 1), (figure.text,))


def _show_downloads(figures: list[Figure], report: Report) -> None:
    passages = passages_of(report.id)

    def rows() -> list[list[object]]:
        return [exported_row(figure, report, passages[figure.passage]) for figure in figures]

    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Đang chọn {whole(len(figures))} số liệu.")
        st.download_button(
            "Tải CSV", lambda: csv_file(EXPORTED, rows()), f"so-lieu-{report.id}.csv", "text/csv", icon=":material/download:", on_click="ignore"
        )
        st.download_button(
            "Tải XLSX", lambda: xlsx_file("Số liệu", EXPORTED, rows()), f"so-lieu-{report.id}.xlsx", XLSX, icon=":material/table_view:", on_click="ignore"
        )


def _show_charts(figures: list[Figure], report: Report) -> None:
    before = report.year - 1
    changes, plan, places, targets = st.tabs(
        [f"So với năm {before}", "So với kế hoạch", "So sánh các xã", f"{report.year} và kế hoạch {report.plan_year or report.year + 1}"]
    )
    with changes:
        _bars_or_word(change_bars(figures, report), "changes", f"Mức tăng, giảm so với năm {before}, tính bằng %")
    with plan:
        _bars_or_word(plan_bars(figures), "plan", "Mức đạt so với kế hoạch, dự toán (%); vạch đứt là 100%", 100.0)
    with places:
        _show_places(figures, report)
    with targets:
        _show_pairs(target_pairs(figures_of(report.id), report))


def _bars_or_word(bars: list[Bar], key: str, title: str, reference: float | None = None) -> None:
    if not bars:
        st.info("Bộ lọc đang chọn không có số liệu cho biểu đồ này.", icon=":material/bar_chart_off:")
        return
    st.caption(title)
    show_bars(bars, f"chart-{key}", title, reference)


def _show_places(figures: list[Figure], report: Report) -> None:
    groups = place_groups(figures, report, passages_of(report.id))
    if not groups:
        st.info("Bộ lọc đang chọn không có danh mục nào kê số liệu của từng xã, thị trấn.", icon=":material/bar_chart_off:")
        return
    group = st.selectbox("Danh mục", groups, format_func=lambda one: one.title, key="figures-group")
    doubted = doubted_figures(group, notes_of(report, (), {}))
    show_bars(place_bars(group, without=set(doubted)), "chart-places", group.title)
    for figure, note in doubted.items():
        st.caption(f":material/help: Không vẽ {escape(f'{capital(figure.place)} {figure.printed}')}. {escape(note.text)}")


def _show_pairs(pairs: list[Pair]) -> None:
    if not pairs:
        st.info("Chưa ghép được chỉ tiêu nào có cả kết quả và kế hoạch.", icon=":material/bar_chart_off:")
        return
    st.caption("Số lớn là kế hoạch, số nhỏ là kết quả. Ghép theo tên chỉ tiêu và đơn vị; xem hai câu gốc trong Báo cáo trước khi dùng.")
    with st.grid(3, min_column_width=280):
        for pair in pairs:
            number, unit = number_and_unit(pair.target, printed(pair.target))
            with st.container(border=True):
                st.metric(
                    escape(capital(pair.target.subject) + unit),
                    escape(number),
                    delta=escape(printed(pair.result)),
                    delta_arrow="off",
                    delta_color="off",
                    delta_description=escape(f"{period_name(pair.result).lower()}, trang {pair.result.page}"),
                    help=escape(f"{period_name(pair.target)}, trang {pair.target.page}. Kết quả: {capital(pair.result.subject)}."),
                )
