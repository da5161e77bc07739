"""Số liệu over the sample report: filters, table, charts, files to take away."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from corpus.figures import Figure, read_figures
from rag.pages.editorial import notes_of
from rag.pages.figure_groups import change_bars, doubted_figures, place_bars, place_groups, plan_bars, target_pairs
from rag.pages.figure_table import EXPORTED, Filters, exported_row, filtered
from rag.pages.sheets import csv_file, xlsx_file
from tests.app_fakes import Library, WrittenAssistant, installed, open_page, words_on


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    library = Library(tmp_path / "reports")
    with installed(monkeypatch, library, WrittenAssistant({})):
        yield library


@pytest.fixture
def figures(library: Library) -> list[Figure]:
    return read_figures(list(library.passages.values()), library.report)


def printed(figures: list[Figure]) -> list[str]:
    return [one.printed for one in figures]


def test_every_figure_stands_in_the_table_as_printed(library: Library, figures: list[Figure]) -> None:
    at = open_page("figures").run()
    table = at.dataframe[0].value
    assert len(table) == len(figures)
    assert list(table["Nội dung"])[:3] == ["Tổng diện tích gieo trồng", "Tổng diện tích gieo trồng", "Năng suất lúa cả năm"]
    assert f"Đang chọn {len(figures)} số liệu." in words_on(at)


def test_filters_narrow_the_table(library: Library) -> None:
    at = open_page("figures").run()
    at.text_input(key="figures-words").set_value("dan lon").run()
    assert set(at.dataframe[0].value["Nội dung"]) == {"Tổng đàn lợn"}
    at.pills(key="figures-kinds").set_value(["change"]).run()
    assert list(at.dataframe[0].value["Loại"]) == ["Mức tăng, giảm"]
    at.pills(key="figures-kinds").set_value([]).run()
    at.pills(key="figures-periods").set_value(["Kế hoạch 2024"]).run()
    assert list(at.dataframe[0].value["Số liệu"]) == [22000.0]


def test_a_place_and_a_section_can_be_chosen(library: Library) -> None:
    at = open_page("figures").run()
    at.multiselect(key="figures-places").set_value(["An Bình"]).run()
    assert list(at.dataframe[0].value["Số liệu"]) == [120.0]
    at.multiselect(key="figures-places").set_value([]).run()
    at.selectbox(key="figures-section").set_value("P1.II").run()
    assert set(at.dataframe[0].value["Mục"]) == {"1. Giáo dục"}
    at.multiselect(key="figures-units").set_value(["lao động"]).run()
    assert list(at.dataframe[0].value["Số liệu"]) == [1850.0]


def test_filters_that_leave_nothing_say_so(library: Library) -> None:
    at = open_page("figures").run()
    at.text_input(key="figures-words").set_value("$<khủng long>").run()
    assert any("Không có số liệu nào khớp" in one.value for one in at.info)
    assert not at.exception


def test_a_section_takes_in_those_below_it(figures: list[Figure]) -> None:
    assert {one.section for one in filtered(figures, Filters(section="P1.I"))} == {"P1.I.1.1", "P1.I.1.2", "P1.I.2"}


def test_words_with_marks_match_only_so(figures: list[Figure]) -> None:
    assert printed(filtered(figures, Filters(words="lua"))) == ["62,5 tạ/ha", "4.100 ha"]
    assert printed(filtered(figures, Filters(words="lúa"))) == ["62,5 tạ/ha", "4.100 ha"]
    assert filtered(figures, Filters(words="lụa")) == []


def test_changes_are_sorted_increases_first(library: Library, figures: list[Figure]) -> None:
    bars = change_bars(figures, library.report)
    assert [(bar.label, bar.printed) for bar in bars] == [("Tổng đàn lợn", "tăng 3,4%"), ("Tổng diện tích gieo trồng", "giảm 1,2%")]


def test_shares_of_the_plan_say_whether_it_was_reached(figures: list[Figure]) -> None:
    assert [(bar.value, bar.series) for bar in plan_bars(figures)] == [(102.0, "Đạt và vượt")]
    short = [replace(one, quantity=replace(one.quantity, value=one.value - 3)) for one in figures]
    assert [(bar.value, bar.series) for bar in plan_bars(short)] == [(99.0, "Chưa đạt")]


def test_communes_of_one_list_are_compared(library: Library, figures: list[Figure]) -> None:
    [group] = place_groups(figures, library.report, library.passages)
    assert [(bar.label, bar.printed) for bar in place_bars(group)] == [("Tân Tiến", "140 hộ"), ("An Bình", "120 hộ"), ("Hòa Lạc", "95 hộ")]
    assert doubted_figures(group, notes_of(library.report, (), library.passages)) == {}


def test_results_stand_beside_the_targets_of_the_same_name(library: Library, figures: list[Figure]) -> None:
    pairs = {one.target.printed: one.result.printed for one in target_pairs(figures, library.report)}
    assert pairs["22.000 con"] == "21.300 con"


def test_charts_and_targets_are_drawn(library: Library) -> None:
    at = open_page("figures").run()
    assert [tab.label for tab in at.tabs] == ["So với năm 2022", "So với kế hoạch", "So sánh các xã", "2023 và kế hoạch 2024"]
    pigs = next(one for one in at.metric if one.label == "Tổng đàn lợn")
    assert (pigs.value, pigs.delta) == ("22\\.000 con", "21\\.300 con")


def test_the_csv_opens_in_a_spreadsheet_with_its_citations(library: Library, figures: list[Figure]) -> None:
    rows = [exported_row(one, library.report, library.passages[one.passage]) for one in figures]
    content = csv_file(EXPORTED, rows)
    assert content.startswith(b"\xef\xbb\xbf")  # Excel knows UTF-8 by it
    read = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    area = read[0]
    assert (area["Số"], area["Đơn vị"], area["Mục"], area["Trang"], area["Chú thích"]) == ("5.200", "ha", "P1.I.1.1", "1", "")
    assert area["Câu trích"].startswith("Tổng diện tích gieo trồng cả năm ước đạt 5.200 ha")
    assert area["Báo cáo"] == "Báo cáo mẫu"
    assert [row["Chú thích"] for row in read if row["Nội dung"] == "Rau màu"] == ["1"]


def test_the_xlsx_holds_the_same_rows(library: Library, figures: list[Figure]) -> None:
    rows = [exported_row(one, library.report, library.passages[one.passage]) for one in figures]
    sheet = load_workbook(BytesIO(xlsx_file("Số liệu", EXPORTED, rows))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(EXPORTED)
    assert sheet.max_row == len(figures) + 1
    assert sheet.cell(2, 3).value == "5.200"
    assert sheet.cell(2, 5).value == 5200


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+84", "\t=2"])
def test_no_cell_becomes_a_formula(words: str) -> None:
    assert list(csv.reader(StringIO(csv_file(("a",), [[words]]).decode("utf-8-sig"))))[1] == [f"'{words}"]
    cell = load_workbook(BytesIO(xlsx_file("a", ("a",), [[words]]))).worksheets[0].cell(2, 1)
    assert cell.data_type == "s"
    assert cell.value == words


def test_control_characters_do_not_break_a_sheet() -> None:
    cell = load_workbook(BytesIO(xlsx_file("a/b:c", ("a",), [["x\x00\x0by"]]))).worksheets[0].cell(2, 1)
    assert cell.value == "xy"
