"""The figures of other reports as records, against a table made by reading them (`tests/data/figures-others.tsv`)."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.figures import Figure, read_figures
from corpus.passages import Passage, build_passages
from corpus.report import load_reports
from tests.figure_table import Expected, place_of, read_table, score

TABLE = Path(__file__).parent / "data" / "figures-others.tsv"
REPORTS = Path(__file__).parents[1] / "evals" / "others" / "dev" / "reports"
COLUMNS = {"number": 140, "subject": 130, "unit": 140, "kind": 140, "direction": 140, "versus": 20, "period": 140, "place": 130}
"""The columns and the rows that each is scored in, at least."""


@cache
def table() -> tuple[Expected, ...]:
    return tuple(read_table(TABLE))


@cache
def read() -> tuple[tuple[Passage, ...], dict[tuple[str, int], Figure]]:
    passages: list[Passage] = []
    figures: dict[tuple[str, int], Figure] = {}
    for report in load_reports(REPORTS):
        own = build_passages(report)
        passages += own
        figures |= {(figure.passage, figure.start): figure for figure in read_figures(own, report)}
    return tuple(passages), figures


def test_the_table_holds_figures_of_many_reports_and_every_kind() -> None:
    places = {place_of(row, read()[0]) for row in table()}
    assert len(places) == len(table()) >= 140
    assert min(Counter(row.report for row in table()).values()) >= 10
    assert {kind for row in table() for kind in row.kind.split("|")} == {"amount", "share", "share_of_plan", "change", "rank", "ratio"}
    assert {row.period.split()[-1] for row in table()} == {"result", "target", "goal"}
    assert sum("|" in row.words for row in table()) >= 8  # rows of tables


def test_every_figure_of_the_table_is_found() -> None:
    passages, figures = read()
    assert [row.words for row in table() if place_of(row, passages) not in figures] == []


@pytest.mark.parametrize("column", COLUMNS)
def test_at_least_95_in_100_are_right(column: str) -> None:
    scored, wrong = score(column, table(), *read())
    assert scored >= COLUMNS[column]
    assert 1 - len(wrong) / scored >= 0.95, f"{len(wrong)} of {scored}: {wrong}"
