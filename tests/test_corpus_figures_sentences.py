"""What a sentence leaves unsaid of its figures, in shapes that reports use."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.figures import Figure, read_figures
from corpus.passages import build_passages
from corpus.report import parse_report

FRONT = "---\nid: khac-2023\nyear: 2023\nplan_year: 2024\nplace: huyện Khác\nplaces: [Bình An, Hòa Lạc, thị trấn Khác]\n---\n\n# I. Kết quả\n\n"


def read(text: str) -> list[Figure]:
    report = parse_report(f"{FRONT}{text}\n", Path("khac-2023.md"))
    return read_figures(build_passages(report), report)


def test_numbers_told_respectively_go_to_their_names_and_share_the_unit() -> None:
    figures = read("Giá trị sản xuất nông nghiệp, công nghiệp và dịch vụ lần lượt đạt 1.200, 3.400 và 2.100 tỷ đồng.")
    assert [(f.text, f.unit, f.subject) for f in figures] == [
        ("1.200", "tỷ đồng", "Giá trị sản xuất nông nghiệp"),
        ("3.400", "tỷ đồng", "Giá trị sản xuất công nghiệp"),
        ("2.100", "tỷ đồng", "Giá trị sản xuất dịch vụ"),
    ]


def test_numbers_told_respectively_go_to_the_places_that_begin_the_sentence() -> None:
    figures = read("Hai cụm công nghiệp Tân Tiến và Hòa Lạc rộng 112,5 ha, tỷ lệ lấp đầy lần lượt 78% và 41%.")
    assert [(figure.text, figure.subject) for figure in figures[1:]] == [
        ("78", "cụm công nghiệp Tân Tiến, tỷ lệ lấp đầy"),
        ("41", "cụm công nghiệp Hòa Lạc, tỷ lệ lấp đầy"),
    ]


def test_the_level_that_a_change_started_from_is_no_change() -> None:
    before, now, change = read("Thu ngân sách tăng từ 120 tỷ đồng lên 150 tỷ đồng, tăng 25%.")
    assert [(f.kind, f.direction, f.period.year) for f in (before, now, change)] == [("amount", "", 2022), ("amount", "", 2023), ("change", "tăng", 2023)]
    assert now.subject == "Thu ngân sách"
    assert change.base == now.id


def test_years_told_one_after_the_other_are_those_of_their_figures() -> None:
    figures = read("Tỷ lệ hộ nghèo năm 2022 là 5,2%, năm 2023 là 4,1%; phấn đấu đến năm 2025 còn dưới 1%.")
    assert [(f.period.year, f.period.status) for f in figures] == [(2022, "result"), (2023, "result"), (2025, "goal")]
    assert all("hộ nghèo" in f.subject for f in figures)


def test_signs_in_brackets_are_changes_of_the_figure_before() -> None:
    cover, more, poor, fewer = read("Tỷ lệ che phủ rừng đạt 42,5% (+0,3%), tỷ lệ hộ nghèo 3,1% (-1,2%).")
    assert [(f.kind, f.direction, f.base) for f in (more, fewer)] == [("change", "tăng", cover.id), ("change", "giảm", poor.id)]


def test_the_same_period_told_beside_is_of_the_year_before() -> None:
    now, before, killed, killed_before = read("Tai nạn giao thông 25 vụ (cùng kỳ năm 2022: 31 vụ), làm chết 12 người (cùng kỳ 15 người).")
    assert [f.period.year for f in (now, before, killed, killed_before)] == [2023, 2022, 2023, 2022]
    assert "chết" in killed_before.subject
    assert "tai nạn" in killed.subject.lower()


def test_a_plan_in_brackets_or_after_a_slash_is_a_target() -> None:
    _, planned = read("Tỷ lệ rác thải được xử lý 78,3% (kế hoạch 85%).")
    done, target, share = read("Huyện tạo việc làm mới cho 1.250 lao động/KH 1.200 lao động, đạt 104,2%.")
    assert [(f.period.year, f.period.status) for f in (planned, done, target)] == [(2023, "target"), (2023, "result"), (2023, "target")]
    assert "rác thải" in planned.subject
    assert share.base == done.id


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Sản lượng cá cơm 9.640 tấn, cá nục 6.215 tấn, mực 1.870 tấn.", ["Sản lượng cá cơm", "Sản lượng cá nục", "Sản lượng mực"]),
        ("Trao 412 suất quà và 26 xe đạp.", ["Trao", "Trao xe đạp"]),
        ("Toàn huyện có 54 trường, 40.315 học sinh.", ["trường", "học sinh"]),
        ("Xử phạt 07 tổ chức, cá nhân vi phạm khoáng sản, môi trường số tiền 248 triệu đồng.", ["tổ chức, cá nhân", "số tiền"]),
        ("Bắt 18 vụ, 21 đối tượng về ma túy.", ["vụ về ma túy", "đối tượng về ma túy"]),
        ("Nhân dân hiến 41.300 m2 đất; sửa 03 cầu.", ["Nhân dân hiến", "sửa cầu"]),
    ],
)
def test_what_the_words_before_leave_unsaid(text: str, subjects: list[str]) -> None:
    figures = read(text)
    assert len(figures) == len(subjects)
    assert [f.subject for f, wanted in zip(figures, subjects, strict=True) if wanted not in f.subject] == []


def test_parts_end_where_the_sentence_turns_to_something_else() -> None:
    whole, part, other_part, repaired = read("Vốn huy động 12 tỷ đồng, trong đó dân đóng góp 5 tỷ đồng; doanh nghiệp hỗ trợ 2 tỷ đồng; sửa 03 cầu.")
    assert [f.whole for f in (part, other_part, repaired)] == [whole.id, whole.id, None]


def test_rows_of_a_table_have_the_units_years_and_places_of_their_heads() -> None:
    plan, done, share, change = read(
        "| STT | Chỉ tiêu | ĐVT | Kế hoạch 2024 | Thực hiện 2023 | So với KH (%) | Tăng, giảm so với 2022 (%) |\n"
        "|---|---|---|---|---|---|---|\n| 1 | Tổng diện tích gieo trồng | ha | 12.000 | 12.350 | 102,9 | -1,5 |"
    )
    assert [(int(f.value), f.unit, f.quantity.canonical.dimension) for f in (plan, done)] == [(12000, "ha", "area"), (12350, "ha", "area")]
    assert [(f.kind, f.direction, f.period.year, f.period.status) for f in (plan, done, share, change)] == [
        ("amount", "", 2024, "target"), ("amount", "", 2023, "result"), ("share_of_plan", "", 2023, "result"), ("change", "giảm", 2023, "result"),
    ]  # fmt: skip
    first, second = read("| Xã | Diện tích (ha) |\n|---|---|\n| Bình An | 120 |\n| Hòa Lạc | 95,5 |")
    assert [(f.place, f.unit) for f in (first, second)] == [("Bình An", "ha"), ("Hòa Lạc", "ha")]


def test_a_cell_that_says_which_way_it_went_is_a_change_against_the_year_of_its_column() -> None:
    level, change = read("| Sản phẩm | Năm 2023 | So với năm 2022 |\n|---|---|---|\n| Giày dép | 8,9 triệu đôi | tăng 23,4% |")
    assert (level.kind, level.subject) == ("amount", "Giày dép: Năm 2023")
    assert (change.kind, change.direction, change.versus) == ("change", "tăng", "năm 2022")


def test_points_are_always_a_change_and_another_measure_takes_the_name_alone() -> None:
    *_, points = read("Giải ngân đạt 82,1%, thấp hơn mục tiêu đề ra 12,9 điểm %.")
    assert (points.kind, points.direction) == ("change", "giảm")
    raised, lent = read("Alphabank huy động 1.945 tỷ đồng, dư nợ 2.316 tỷ đồng.")
    assert (raised.subject, lent.subject) == ("Alphabank huy động", "dư nợ (Alphabank)")


def test_general_words_for_places_do_not_take_the_place_named_before() -> None:
    town, communes = read("Tỷ lệ thu gom rác tại thị trấn đạt 96,5%, tại các xã đạt 61,3%.")
    assert (town.place, communes.place) == ("thị trấn Khác", "huyện Khác")


def test_a_measure_beside_another_one_of_the_same_name_is_not_measured_by_it() -> None:
    figures = read("BIDV: huy động 1.782 tỷ đồng, dư nợ 2.034 tỷ đồng; Agribank: huy động 3.415 tỷ đồng, dư nợ 4.206 tỷ đồng.")
    assert [f.subject for f in figures] == ["BIDV: huy động", "BIDV: dư nợ", "Agribank: huy động", "Agribank: dư nợ"]
    assert not any("huy động" in f.inherited for f in figures[1::2])


def test_what_has_the_most_is_of_what_the_sentence_or_the_one_before_counts() -> None:
    found, restored, most, following = read(
        "Kiểm tra, xử lý 146 vụ vi phạm đất đai, buộc khôi phục hiện trạng 52 vụ; nhiều nhất là Bình An 38 vụ, Hòa Lạc 29 vụ."
    )
    assert most.inherited == following.inherited == found.subject
    assert not restored.inherited
    accidents, road, next_road = read("Tai nạn giao thông xảy ra 86 vụ. Tuyến xảy ra nhiều nhất là Quốc lộ 25 với 29 vụ, kế đến là Quốc lộ 24 với 17 vụ.")
    assert road.inherited == next_road.inherited == accidents.subject
    *_, company = read("Nợ khó thu 148,2 tỷ đồng. Doanh nghiệp nợ lớn nhất là một công ty hạ tầng, 96,4 tỷ đồng.")
    assert company.inherited == ""


def test_a_measure_after_a_list_is_that_of_the_whole() -> None:
    figures = read("Lúa xuống giống 03 vụ, gồm Đông Xuân 10.236 ha và Thu Đông 6.308 ha; năng suất bình quân 52,6 tạ/ha, riêng vụ Đông Xuân đạt 63,8 tạ/ha.")
    assert figures[3].subject == "năng suất bình quân (Lúa xuống giống)"
    above = read("Lúa đạt năng suất 52,6 tạ/ha, riêng vụ Đông Xuân đạt 63,8 tạ/ha, cao hơn vụ Hè Thu 14,9 tạ/ha.")[-1]
    assert (above.kind, above.direction) == ("change", "tăng")


def test_a_bare_mean_is_one_of_what_the_clause_before_speaks_of() -> None:
    mean, times = read("Giá bồi thường đất trồng cây hằng năm thấp, bình quân 1,35 triệu đồng/m2, trong khi giá chuyển nhượng cao gấp 2 - 3 lần.")
    assert "Giá bồi thường đất trồng cây hằng năm thấp" in mean.inherited
    assert (times.quantity.number, times.quantity.unit, times.kind) == ("2 - 3", "lần", "change")


def test_a_change_in_number_or_in_capital_is_a_change_of_that() -> None:
    count, capital, fewer, more = read("Số doanh nghiệp mới 614, vốn đăng ký 5.920 tỷ đồng, so với năm 2022 giảm 5,2% về số lượng nhưng tăng 9,8% về vốn.")
    assert [(f.base, f.direction) for f in (fewer, more)] == [(count.id, "giảm"), (capital.id, "tăng")]


def test_sectors_that_are_one_together_take_one_number_of_a_series() -> None:
    figures = read("Cơ cấu kinh tế của công nghiệp - xây dựng, thương mại - dịch vụ và nông nghiệp, thủy sản lần lượt là 84,6%, 11,2% và 4,2%.")
    assert [f.subject for f in figures] == [
        "Cơ cấu kinh tế của công nghiệp - xây dựng", "Cơ cấu kinh tế của thương mại - dịch vụ", "Cơ cấu kinh tế của nông nghiệp - thủy sản",
    ]  # fmt: skip


def test_a_column_of_numbers_of_something_counts_that() -> None:
    projects, workers = read("| Khu | Số dự án | Lao động (người) |\n|---|---|---|\n| Bình An | 214 | 28.640 |")
    assert [(f.unit, f.quantity.canonical.dimension) for f in (projects, workers)] == [("dự án", "count"), ("người", "count")]


def test_units_for_each_of_something_are_read_whole() -> None:
    rent, land, salt = read("Giá thuê phòng 1,2 - 1,8 triệu đồng/phòng/tháng; giá thuê đất 165 USD/m2/chu kỳ thuê; độ mặn 2,1 g/l.")
    assert [f.unit for f in (rent, land, salt)] == ["triệu đồng/phòng/tháng", "USD/m2/chu kỳ thuê", "g/l"]


def test_levels_of_schools_in_a_list_are_counted() -> None:
    figures = read("Còn thiếu 342 giáo viên, gồm mầm non 148, tiểu học 126, THCS 68.")
    assert [f.text for f in figures] == ["342", "148", "126", "68"]


@pytest.mark.parametrize("joint", [", đến 30/11/2023", "; đến 30/11/2023", ", tính đến ngày 30/11/2023", ". Đến 30/11/2023"])
def test_what_was_paid_out_up_to_a_day_is_of_the_money_before(joint: str) -> None:
    _, paid, share = read(f"Kế hoạch vốn đầu tư công năm 2023 là 524,8 tỷ đồng{joint} giải ngân 402,6 tỷ đồng, đạt 76,7%.")
    assert "Kế hoạch vốn đầu tư công" in paid.inherited and "Kế hoạch vốn đầu tư công" in share.inherited


def test_a_name_may_end_in_a_word_for_a_rank() -> None:
    place, rank = read("Nồng độ bụi tại phường Phú Thứ 2,6 lần; đứng thứ 3 toàn tỉnh.")
    assert place.kind != "rank" and rank.kind == "rank"
