"""Charts in the colours of the theme: figures as bars, shares with their intervals.

Above a bar stand the figure as printed and its name, in this order: a narrow screen cuts the name, never the figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped,unused-ignore]
import streamlit as st

from rag.pages.results import interval, percent

_ROW = 48
"""Height of a bar with its words and gap, in pixels."""
_NAME = 52
"""Characters of a name beyond which it is cut; the tooltip has it whole."""
_NOTHING = "\u200b"  # without width: tells equal names apart


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is, its length, the figure as printed; bars of one `series` share a colour."""

    label: str
    value: float
    printed: str
    series: str = ""


def show_bars(bars: Sequence[Bar], key: str, title: str, reference: float | None = None) -> None:
    """Horizontal bars in the order given; `reference` draws a line (100 for a plan). `title` is read out to the blind."""
    chart = bar_chart(bars, reference)
    st.altair_chart(chart, key=key, alt=f"{title}. " + "; ".join(f"{bar.label}: {bar.printed}" for bar in bars[:12]))


def bar_chart(bars: Sequence[Bar], reference: float | None = None) -> Any:
    """The Altair chart of `show_bars`.

    The words above a bar are labels of its axis, since only these take the colour of the theme.
    """
    values = [0.0, *(bar.value for bar in bars)]
    table = pd.DataFrame(
        {
            "words": [f"{bar.printed} · {_cut(bar.label)}{_NOTHING * number}" for number, bar in enumerate(bars)],
            "name": [bar.label for bar in bars],
            "value": [bar.value for bar in bars],
            "printed": [bar.printed for bar in bars],
            "series": [bar.series for bar in bars],
        }
    )
    words: dict[str, Any] = {"labelAlign": "left", "labelPadding": -2, "labelOffset": -9, "labelLimit": 900, "labelFlush": False, "labelFontSize": 13}
    axis = alt.Axis(**words, ticks=False, domain=False, grid=False, zindex=1)
    scale = alt.Scale(domain=[min(values), max([*values, reference or 0.0])], nice=False)
    shown = alt.Chart(table, height=len(bars) * _ROW).mark_bar(cornerRadius=2, size=16, yOffset=9)
    shown = shown.encode(
        y=alt.Y("words:N", sort=None, title=None, axis=axis),
        x=alt.X("value:Q", title=None, axis=None, scale=scale),
        tooltip=[alt.Tooltip("name:N", title="Nội dung"), alt.Tooltip("printed:N", title="Số liệu")],
    )
    series = sorted({bar.series for bar in bars}, reverse=True)
    if len(series) > 1:
        legend = alt.Legend(orient="top", labelLimit=300)
        shown = shown.encode(color=alt.Color("series:N", title=None, sort=series, legend=legend))
    layers = [shown]
    if reference is not None:
        line = alt.Chart(pd.DataFrame({"value": [reference]})).mark_rule(strokeDash=[4, 4], strokeWidth=2, color="#c8792b")
        layers.append(line.encode(x=alt.X("value:Q", scale=scale)))
    return alt.layer(*layers).configure_view(strokeWidth=0)


def interval_chart(shares: Mapping[str, Mapping[str, Any]]) -> Any:
    """The Altair chart of shares with their 95% intervals, a row each, from 0 to 100."""
    table = pd.DataFrame(
        [
            {
                "name": name,
                "share": 100 * one["share"],
                "low": 100 * one["low"],
                "high": 100 * one["high"],
                "text": f"{percent(one['share'])} ({interval(one)})",
            }
            for name, one in shares.items()
        ]
    )
    base = alt.Chart(table, height=max(2, len(table)) * 35)
    row = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=240, labelFlush=False, ticks=False, domain=False))
    tooltip = [alt.Tooltip("name:N", title="Nhóm"), alt.Tooltip("text:N", title="Tỷ lệ")]
    scale = alt.Scale(domain=[0, 100])
    spans = base.mark_rule(strokeWidth=3, color="#8a94a3").encode(y=row, x=alt.X("low:Q", title="%", scale=scale), x2="high:Q", tooltip=tooltip)
    points = base.mark_point(filled=True, size=90, opacity=1).encode(y=row, x=alt.X("share:Q", title="%", scale=scale), tooltip=tooltip)
    return spans + points


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[:_NAME].rsplit(" ", 1)[0] + "…"
