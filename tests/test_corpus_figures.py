"""The figures of the report as records, against a table made by reading the report (`tests/data/figures.tsv`)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.__main__ import main
from corpus.figures import Figure, read_figures
from corpus.passages import Passage, build_passages
from corpus.report import load_report, load_reports, parse_report
from tests.figure_table import Expected, place_of, read_table, score

TABLE = Path(__file__).parent / "data" / "figures.tsv"
REPORT = load_reports()[0]
COLUMNS = ("number", "subject", "unit", "kind", "direction", "period", "place")


def table() -> list[Expected]:
    return read_table(TABLE, REPORT.id)


@cache
def passages() -> tuple[Passage, ...]:
    return tuple(build_passages(REPORT))


@cache
def figures() -> dict[tuple[str, int], Figure]:
    return {(figure.passage, figure.start): figure for figure in read_figures(passages(), REPORT)}


def test_the_table_holds_at_least_150_figures_of_every_kind() -> None:
    rows = table()
    assert len(rows) >= 150
    assert len({place_of(row, passages()) for row in rows}) == len(rows)
    kinds = Counter(kind for row in rows for kind in row.kind.split("|"))
    assert min(kinds[kind] for kind in ("amount", "share", "share_of_plan", "change", "rank", "ratio")) >= 3
    assert sum(bool(row.footnote) for row in rows) >= 50
    assert {row.period.split()[-1] for row in rows} == {"result", "target", "goal"}


def test_every_figure_of_the_table_is_found() -> None:
    missing = [row.words for row in table() if place_of(row, passages()) not in figures()]
    assert not missing


@pytest.mark.parametrize("column", COLUMNS)
def test_at_least_95_in_100_are_right(column: str) -> None:
    scored, wrong = score(column, table(), passages(), figures())
    assert scored >= 150
    assert 1 - len(wrong) / scored >= 0.95, f"{len(wrong)} of {scored}: {wrong}"


def test_spans_point_at_the_printed_figure_in_passage_and_file() -> None:
    texts = {passage.id: passage.text for passage in passages()}
    for figure in figures().values():
        printed = texts[figure.passage][figure.start : figure.end]
        assert printed.startswith(figure.text)
        assert figure.unit in printed
        in_file = REPORT.raw[slice(*figure.source)]
        assert re.sub(r"\s+|<!--.*?-->|\[\^\d+\]", "", in_file) == re.sub(r"\s+", "", printed)


def test_dates_document_numbers_road_names_and_ordinals_are_no_figures() -> None:
    found = {figure.text for figure in figures().values() if figure.section in ("P1.I.2.3", "P1.IV.4")}
    assert not found  # roads 392, Km 14+00, 30/4, Nghị định 62/2020/NĐ-CP ngày 01/6/2020
    texts = {figure.text for figure in figures().values()}
    assert not texts & {"2023", "2022", "2024", "2025", "9001", "122", "736", "392", "2050", "10/3"}


def test_a_figure_hangs_on_what_it_qualifies_and_on_its_whole() -> None:
    by_text = {f.text: f for f in figures().values() if f.section == "P1.I.4.1"}
    assert by_text["107,2"].base == by_text["338,116"].id
    assert by_text["19,7"].base == by_text["338,116"].id
    assert by_text["88,116"].whole == by_text["338,116"].id
    assert by_text["250"].whole == by_text["338,116"].id
    assert by_text["386,860"].whole == by_text["537,860"].id


def test_a_change_says_against_what() -> None:
    by_text = {f.text: f for f in figures().values() if f.section == "P1.I.1.1" and f.kind == "change" and f.footnote is None}
    assert by_text["4,6"].versus == "năm 2022"  # `tăng 4,6%, trong đó … tăng 4,9% so với năm 2022`
    assert by_text["18,42"].versus == "năm 2022"


def test_the_command_lists_every_figure_as_csv_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(figures())
    assert main(["figures", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    budget = next(record for record in records if record["text"] == "338,116")
    assert (budget["value"], budget["unit"], budget["section"], budget["page"], budget["kind"]) == ("338.116", "tỷ đồng", "P1.I.4.1", 6, "amount")


def read(text: str, *, plan_year: str = "plan_year: 2022\n") -> list[Figure]:
    front = f"---\nid: khac-2021\nyear: 2021\n{plan_year}place: huyện Khác\nplaces: [Bình An, Hòa Lạc]\n---\n\n"
    report = parse_report(f"{front}{text}\n", Path("khac-2021.md"))
    return read_figures(build_passages(report), report)


def test_a_change_after_a_list_belongs_to_the_count_of_its_noun_and_words() -> None:
    text = "Tai nạn 22 vụ, 08 người chết, 17 người bị thương; so cùng kỳ giảm 05 vụ, giảm 03 người chết."
    crashes, killed, hurt, fewer, fewer_killed = read(f"# I. Kết quả\n\n{text}")
    assert (fewer.base, fewer.direction) == (crashes.id, "giảm")
    assert fewer_killed.base == killed.id
    assert hurt.base is None


def test_a_list_after_a_colon_hangs_on_the_quantity_before_it_and_ends_at_a_semicolon() -> None:
    figures = read("# I. Kết quả\n\nXây dựng 10 mô hình diện tích 40 ha ở các xã: Bình An 30 ha, Hòa Lạc 10 ha; sửa 6 cầu.")
    models, area, first, second, bridges = figures
    assert [f.whole for f in (first, second)] == [area.id, area.id]
    assert [f.place for f in (first, second)] == ["Bình An", "Hòa Lạc"]
    assert "mô hình" in first.inherited
    assert (models.whole, bridges.whole) == (None, None)


def test_a_later_year_inherits_what_it_is_of() -> None:
    now, later = read("# Chỉ tiêu năm 2022\n\nTỷ lệ trường đạt chuẩn 58,5%; đến năm 2025 đạt 65%.")
    assert (now.period.year, now.period.status) == (2022, "target")
    assert (later.period.year, later.period.status, later.subject) == (2025, "goal", "Tỷ lệ trường đạt chuẩn")


def test_the_aims_of_a_half_years_report_are_targets_of_its_own_year() -> None:
    text = "# I. Kết quả 6 tháng\n\nThu ngân sách 96 tỷ đồng.\n\n# II. Nhiệm vụ 6 tháng cuối năm\n\nPhấn đấu cả năm 2021 thu ngân sách 179 tỷ đồng."
    done, aimed = read(text, plan_year="")
    assert (done.period.year, done.period.status) == (2021, "result")
    assert (aimed.period.year, aimed.period.status) == (2021, "target")


def test_a_year_of_comparison_is_not_the_year_of_the_figure() -> None:
    text = "Đón 213.700 lượt khách, gấp 3,1 lần năm 2020, trong đó khách quốc tế 6.850 lượt; xuất khẩu 1,2 triệu USD, bằng 36,5% năm 2020."
    figures = read(f"# I. Kết quả\n\n{text}")
    assert {f.period.year for f in figures} == {2021}


@pytest.mark.parametrize("words", ["cao hơn cùng kỳ", "vượt chỉ tiêu tỉnh giao", "cao hơn bình quân chung của tỉnh", "tăng"])
def test_a_difference_is_a_change_whatever_it_is_told_against(words: str) -> None:
    value, change = read(f"# I. Kết quả\n\nNăng suất lúa 66,5 tạ/ha, {words} 1,3 tạ/ha.")
    assert (change.kind, change.direction, change.base) == ("change", "tăng", value.id)


def test_an_unstated_year_and_place_are_those_of_the_report(tmp_path: Path) -> None:
    path = tmp_path / "khac-2021.md"
    path.write_text(
        "---\nid: khac-2021\nyear: 2021\nplan_year: 2022\nplace: huyện Khác\nplaces: [Bình An, Hòa Lạc]\n---\n\n"
        "# I. Kết quả thực hiện năm 2021\n\nTổng đàn lợn 12.300 con; xã Bình An 4.100 con.\n\n"
        "# II. Chỉ tiêu, nhiệm vụ năm 2022\n\nTổng đàn lợn 13.000 con; đến năm 2025 đạt 15.000 con.\n",
        encoding="utf-8",
    )
    report = load_report(path)
    found = {f.text: f for f in read_figures(build_passages(report), report)}
    assert (found["12.300"].period.year, found["12.300"].period.status, found["12.300"].place) == (2021, "result", "huyện Khác")
    assert found["4.100"].place == "Bình An"
    assert (found["13.000"].period.year, found["13.000"].period.status) == (2022, "target")
    assert (found["15.000"].period.year, found["15.000"].period.status) == (2025, "goal")


def test_common_words_and_longer_names_are_no_places() -> None:
    front = "---\nid: khac-2021\nyear: 2021\nplace: huyện Khác\nplaces: [Thắng Lợi, Nam Hải, Quản Bạ, Khác]\n---\n\n# I. Kết quả\n\n"
    text = "Tổ chức thắng lợi 05 cuộc diễn tập. Bến cảng Nam Hải Đình Vũ 742 nghìn TEU. Xã Thắng Lợi 12 ha. Nam Hải 13 ha. Theo xã: Nam Hải 9 ha, Khác 27 ha."
    report = parse_report(front + text + "\n", Path("khac-2021.md"))
    found = {figure.text: figure.place for figure in read_figures(build_passages(report), report)}
    assert found == {"05": "huyện Khác", "742": "huyện Khác", "12": "Thắng Lợi", "13": "Nam Hải", "9": "Nam Hải", "27": "Khác"}
