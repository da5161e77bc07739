"""Đánh giá: the last evaluation run, by kind, with its failures and intervals; run anew from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd  # type: ignore[import-untyped,unused-ignore]
import streamlit as st

from rag.pages.charts import interval_chart
from rag.pages.escaping import escape
from rag.pages.evaluation_run import EvaluationRun
from rag.pages.results import GROUPS, HEADLINES, KINDS, LIMITS, MEASURES, Result, failures, first_shown, interval, newest_run, percent, read_all
from rag.pages.wording import where

_CHOSEN, _NEWEST = "evaluation-chosen", "evaluation-newest"
_MOST_FAILURES = 50


class _Slot:
    """Holds the one run that may be under way on this machine."""

    run: EvaluationRun | None = None


@st.cache_resource(show_spinner=False)
def _slot() -> _Slot:
    return _Slot()


def show() -> None:
    """Draws the page."""
    st.title("Đánh giá", anchor=False)
    st.markdown("Sản phẩm trả lời đúng đến đâu, đo trên bộ câu hỏi do người đọc báo cáo soạn. Mỗi tỷ lệ kèm số câu và khoảng tin cậy 95%.")
    _show_run()
    results = read_all()
    first = newest_run(results) if st.session_state.pop(_NEWEST, False) else first_shown(results)
    if first is None:
        st.info("Máy này chưa có lần đánh giá nào. Bấm Chạy lại để chấm lần đầu.", icon=":material/hourglass_empty:")
        return
    by_name = {f"{one.name}/{one.folder is None}": one for one in results}
    names = list(by_name)
    start = names.index(f"{first.name}/{first.folder is None}")
    chosen = st.selectbox("Lần đánh giá", names, index=start, format_func=lambda name: by_name[name].title, key=_CHOSEN)
    _show_result(by_name[chosen])


@st.fragment(run_every=1.0)
def _watch() -> None:
    run = _slot().run
    if run is None:  # somebody else's session saw its end first
        st.rerun()
    if run.finished.is_set():
        _slot().run = None
        st.session_state["evaluation-ended"] = (run.succeeded, "Đã dừng theo yêu cầu." if run.stopped else f"Lần chạy dừng giữa chừng. {run.last}")
        st.rerun()
    share = run.done / run.total if run.total else 0.0
    text = f"Đã chấm {run.done}/{run.total} câu" if run.total else "Đang nạp mô hình và bộ câu hỏi…"
    st.progress(share, text=text)
    st.button("Dừng", icon=":material/stop_circle:", on_click=run.stop)


def _show_run() -> None:
    if _slot().run is not None:
        _watch()
        return
    ended = st.session_state.pop("evaluation-ended", None)
    if ended and ended[0]:
        st.toast("Đã chấm xong.", icon=":material/check:")
        st.session_state.pop(_CHOSEN, None)
        st.session_state[_NEWEST] = True
    elif ended:
        st.warning(escape(ended[1].strip()), icon=":material/warning:")
    st.button(
        "Chạy lại",
        icon=":material/play_circle:",
        on_click=_start,
        help="Chấm lại nửa câu hỏi dùng khi phát triển; mất vài phút, người khác vẫn dùng được.",
    )


def _start() -> None:
    if _slot().run is None:
        _slot().run = EvaluationRun()


def _show_result(result: Result) -> None:
    measures: Mapping[str, Any] = result.summary.get("measures", {})
    script = str(result.config.get("script", ""))
    _show_headlines({name: measures[name] for name in HEADLINES.get(script, ()) if measures.get(name, {}).get("n")})
    groups = [name for name in GROUPS if result.summary.get(name)]
    failed = failures(result)
    titles = ["Mọi số đo", *(GROUPS[name] for name in groups), *(["Câu chưa đạt"] if failed else []), "Điều kiện chạy"]
    tabs = st.tabs(titles)
    with tabs[0]:
        _show_measures(result.summary)
    for tab, name in zip(tabs[1:], groups, strict=False):
        with tab:
            _show_shares(result.summary[name], f"{name}-{result.name}", "Nhóm")
    if failed:
        with tabs[-2]:
            _show_failures(failed)
    with tabs[-1]:
        _show_conditions(result)


def _show_headlines(measures: Mapping[str, Any]) -> None:
    with st.container(horizontal=True):
        for name, share in measures.items():
            st.metric(
                MEASURES.get(name, name),
                percent(share["share"]),
                delta=f"{share['k']}/{share['n']}",
                delta_arrow="off",
                delta_color="off",
                delta_description=f"khoảng 95%: {interval(share)}",
                border=True,
            )


def _show_measures(summary: Mapping[str, Any]) -> None:
    if summary.get("rows"):
        st.dataframe(pd.DataFrame(summary["rows"]), hide_index=True)
        return
    named = {MEASURES.get(name, name): share for name, share in summary.get("measures", {}).items()}
    _show_shares(named, "measures", "Số đo")
    latency = summary.get("latency_ms", {})
    if latency.get("p50") is not None:
        st.caption(f"Thời gian trả lời một câu: trung vị {latency['p50']:.0f} ms, 95% số câu dưới {latency['p95']:.0f} ms.")


def _show_shares(shares: Mapping[str, Mapping[str, Any]], key: str, heading: str) -> None:
    counted = {KINDS.get(name, name): share for name, share in shares.items() if share.get("n")}
    table = pd.DataFrame(
        {
            heading: list(counted),
            "Tỷ lệ": [percent(share["share"]) for share in counted.values()],
            "Số câu": [f"{share['k']}/{share['n']}" for share in counted.values()],
            "Khoảng 95%": [interval(share) for share in counted.values()],
        }
    )
    left, right = st.columns([1, 1], gap="large")
    left.dataframe(table, hide_index=True, height="content", key=f"table-{key}")
    with right:
        st.altair_chart(interval_chart(counted), key=f"chart-{key}", alt="Tỷ lệ và khoảng tin cậy 95% của từng dòng trong bảng")


def _show_failures(rows: list[dict[str, Any]]) -> None:
    st.caption(f"{len(rows)} câu chưa đạt của nửa dùng khi phát triển. Nửa chỉ để chấm không bao giờ hiện câu hỏi.")
    for row in rows[:_MOST_FAILURES]:
        question = str(row.get("question") or row.get("text") or row.get("id"))
        with st.expander(escape(question[:120]), icon=":material/close:"):
            _show_failure(row)


def _show_failure(row: Mapping[str, Any]) -> None:
    answer, expected = row.get("answer") or {}, row.get("expected") or {}
    lines = [
        ("Loại", ", ".join([KINDS.get(str(row.get("kind")), str(row.get("kind") or "")), *map(str, row.get("tags", ()))]).strip(", ")),
        ("Các câu trước", " → ".join(map(str, row.get("history") or ()))),
        ("Đã trả lời", str(answer.get("answer", ""))),
        ("Cần có", "; ".join([*expected.get("figures", ()), *expected.get("keywords", ())]) or "từ chối"),
        ("Chỗ đúng", "; ".join(f"{one['section']}, {where(one['page'], one['footnote'])}" for one in expected.get("places", ()))),
        ("Vì sao chưa đạt", "; ".join(map(str, row.get("faults") or ()))),
        ("Lỗi", str(row.get("error") or "").strip().rpartition("\n")[2]),
    ]
    st.markdown("\n".join(f"- **{name}:** {escape(value)}" for name, value in lines if value))


def _show_conditions(result: Result) -> None:
    config = result.config
    rows = [
        ("Bản mã", config.get("commit")),
        ("Bộ câu hỏi", str(config.get("gold", ""))[:12]),
        ("Báo cáo", ", ".join(config.get("corpus", {}))),
        ("Số nhân", config.get("cores")),
        ("Python", config.get("python")),
        *((name, version) for name, version in config.get("packages", {}).items()),
    ]
    st.dataframe(pd.DataFrame([{"Mục": name, "Giá trị": str(value or "–")} for name, value in rows]), hide_index=True, height="content")
    if LIMITS.is_file():
        with st.expander("Những gì các số này không đo", icon=":material/info:"):
            st.markdown(LIMITS.read_text(encoding="utf-8"))
