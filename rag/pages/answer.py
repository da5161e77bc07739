"""An answer as shown: the asked figure large, the sentence, lists, citations; a refusal with what is near."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from corpus.figures import CHANGE, PLAN, Figure
from corpus.periods import default_period
from rag.pages.escaping import STRONG, Span, escape, mark
from rag.pages.figure_records import citation_of, printed_with_words, record_of
from rag.pages.listing import listed_figures, show_list
from rag.pages.resources import report_of, reports
from rag.pages.source import source_button
from rag.pages.wording import NOT_REVIEWED, PERIOD_COLOURS, PERIODS, capital, number_and_unit, report_name, where
from rag.records import ANSWERED, Answer, AnswerFigure, Citation, Suggestion

_LARGE = 3
"""Up to this number of figures each is shown large."""
_LONG_LABEL, _LONG_NEAR = 90, 48


def show_answer(answer: Answer, key: str) -> None:
    """The whole answer, without the buttons to judge and share it; `key` tells its elements from those of others."""
    if answer.understood_as:
        st.caption(f":material/psychology_alt: Hiểu là: {escape(answer.understood_as)}")
    if answer.status != ANSWERED:
        _show_refusal(answer, key)
        return
    if not listed_figures(answer):
        _show_figures(answer)
    st.markdown(answer_markdown(answer))
    for note in answer.notes:
        st.warning(escape(note), icon=":material/rule:" if NOT_REVIEWED in note else ":material/balance:")
    show_list(answer, key)
    with st.container(horizontal=True, gap="small"):
        for citation in answer.citations:
            texts = tuple(figure.text for figure in answer.figures if figure.citation == citation.n)
            source_button(citation, f"{key}-source-{citation.n}", texts)
    _show_reports(answer)


def _show_reports(answer: Answer) -> None:
    """Which report the answer is from, where there are several."""
    if len(reports()) > 1:
        cited = [report for name in dict.fromkeys(one.report for one in answer.citations) if (report := report_of(name))]
        for report in cited:
            st.caption(f":material/menu_book: {escape(report_name(report))}")


def _show_refusal(answer: Answer, key: str) -> None:
    st.info(escape(answer.answer), icon=":material/search_off:")
    if not answer.nearest:
        return
    st.caption("Gần nhất trong báo cáo, nhưng là nội dung khác:")
    for number, suggestion in enumerate(answer.nearest):
        source_button(suggestion.citation, f"{key}-near-{number}", label=near_label(suggestion))


def near_label(suggestion: Suggestion) -> str:
    """The label of a near thing, cut where its subject is long: `Đàn lợn: 40.857 con (trang 2)`."""
    subject, colon, figure = suggestion.label.rpartition(": ")
    short = subject if len(subject) <= _LONG_NEAR else subject[:_LONG_NEAR].rsplit(" ", 1)[0].rstrip("…") + "…"
    return f"{capital(short + colon + figure)} (trang {suggestion.citation.page})"


def answer_markdown(answer: Answer) -> str:
    """The sentence of an answer with its figures strong and its marks small."""
    spans = [
        Span(match.start(), match.end(), STRONG)
        for figure in answer.figures
        for match in re.finditer(rf"(?<![\d.,]){re.escape(figure.text)}(?![\d]|[.,]\d)(?:\s?{re.escape(figure.unit)})?", answer.answer)
    ]
    marks = [Span(match.start(), match.end(), ":blue[{}]") for match in re.finditer(r"\[\d+\]", answer.answer)]
    return mark(answer.answer, spans + marks)


def _show_figures(answer: Answer) -> None:
    if not answer.figures or len(answer.figures) > _LARGE:
        return
    with st.container(horizontal=True, gap="medium"):
        for figure in answer.figures:
            _show_figure(figure, answer)
    st.markdown(" ".join(badges(answer)))


def _show_figure(figure: AnswerFigure, answer: Answer) -> None:
    record = record_of(figure, answer)
    beside = _beside(answer)
    number, unit = number_and_unit(record, printed_with_words(figure, record))
    st.metric(
        escape(figure_label(figure, record) + unit),
        escape(number),
        delta=escape(f"{beside.direction} {beside.printed}".strip()) if beside else None,
        delta_color="off",
        delta_arrow={"tăng": "up", "giảm": "down"}.get(beside.direction if beside else "", "off"),  # type: ignore[arg-type]
        delta_description=_compared(beside, answer) if beside else None,
        help=escape(f"Tính từ {' và '.join(figure.derived_from)}, là các số ghi trong báo cáo.") if figure.derived_from else None,
        width="content",
    )


def _beside(answer: Answer) -> AnswerFigure | None:
    """What stands beneath the only large figure: its change, else its share of the plan."""
    if len(answer.figures) != 1:
        return None
    return next(iter([*_of_kind(answer.companions, CHANGE), *_of_kind(answer.companions, PLAN)]), None)


def _compared(beside: AnswerFigure, answer: Answer) -> str | None:
    """`so với năm 2022`, `so với dự toán`."""
    record = record_of(beside, answer)
    against = record.versus if record and record.versus else "kế hoạch" if beside.kind == PLAN else ""
    return escape(f"so với {against}") if against else None


def figure_label(figure: AnswerFigure, record: Figure | None) -> str:
    """What stands over the large figure."""
    label = capital(figure.label or (record.subject if record else ""))
    if len(label) > _LONG_LABEL:
        label = label[:_LONG_LABEL].rsplit(" ", 1)[0] + "…"
    if record and record.kind == PLAN:
        label = f"{label}, so với {record.versus or 'kế hoạch'}"
    return label or "Số liệu"


def badges(answer: Answer) -> list[str]:
    """Markdown badges: the share of the plan where the change stands beside the figure, of when, of which commune, where."""
    out: list[str] = []
    if (beside := _beside(answer)) and beside.kind == CHANGE:
        out += [f":blue-badge[:material/flag: {escape(share.printed)} {_compared(share, answer)}]" for share in _of_kind(answer.companions, PLAN)[:1]]
    for figure in answer.figures:
        record, citation = record_of(figure, answer), citation_of(figure, answer)
        if citation is None:
            continue
        if figure.derived_from:
            out.append(":orange-badge[:material/calculate: Tính từ số liệu báo cáo]")
        out.append(_period_badge(record, citation))
        report = report_of(citation.report)
        if record and report and record.place and record.place != report.place:
            out.append(f":gray-badge[:material/location_on: {escape(capital(record.place))}]")
        out.append(f":gray-badge[:material/article: {escape(capital(where(citation.page, citation.footnote)))}]")
    return list(dict.fromkeys(badge for badge in out if badge))


def _period_badge(record: Figure | None, citation: Citation) -> str:
    report = report_of(citation.report)
    period = record.period if record else default_period(report, citation.section) if report else None
    if period is None:
        return ""
    colour = PERIOD_COLOURS[period.status]
    return f":{colour}-badge[:material/calendar_today: {PERIODS[period.status]} {period.year}]"


def _of_kind(figures: Sequence[AnswerFigure], kind: str) -> list[AnswerFigure]:
    return [figure for figure in figures if figure.kind == kind]
