"""Answers of each form over a small report: the figures as printed, the asked one first, each in the quote of its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.records import ANSWERED, Answer
from tests.rag_fakes import FRONT_MATTER, digit_strings, open_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("answers"))


def answered(assistant: Assistant, text: str) -> Answer:
    """The answer, its figures each in the quote they cite and its quotes verbatim in the report on their page."""
    answer = assistant.ask(text)
    assert answer.status == ANSWERED, answer.answer
    passages = {passage.id: passage for passage in assistant.ground.index.passages}
    quotes = {citation.n: citation.quote for citation in answer.citations}
    assert list(quotes) == list(range(1, len(quotes) + 1))
    for citation in answer.citations:
        passage = passages[citation.passage]
        assert citation.quote == passage.text[citation.start : citation.end] != ""
        assert (citation.section, citation.heading, citation.footnote) == (passage.section, passage.heading, passage.footnote)
    for figure in (*answer.figures, *answer.companions):
        assert figure.derived_from or figure.text in quotes[figure.citation]
    return answer


def figures(answer: Answer) -> list[str]:
    return [figure.printed for figure in answer.figures]


@pytest.mark.parametrize(
    ("text", "figure", "section", "page", "footnote"),
    [
        ("Tổng diện tích gieo trồng cả năm là bao nhiêu?", "5.200 ha", "P1.I.1.1", 1, None),
        ("Năng suất lúa cả năm đạt bao nhiêu?", "62,5 tạ/ha", "P1.I.1.1", 1, None),
        ("Sản lượng lương thực là bao nhiêu tấn?", "31.000 tấn", "P1.I.1.1", 1, None),
        ("Diện tích rau màu là bao nhiêu?", "1.100 ha", "P1.I.1.1", 1, 1),
        ("Tổng đàn lợn có bao nhiêu con?", "21.300 con", "P1.I.1.2", 1, None),
        ("Đàn heo có bao nhiêu con?", "21.300 con", "P1.I.1.2", 1, None),
        ("tong dan lon la bao nhieu con", "21.300 con", "P1.I.1.2", 1, None),
        ("GTSX ngành XD là bao nhiêu?", "420,5 tỷ đồng", "P1.I.2", 2, None),
        ("Giá trị sản xuất ngành xây dựng đạt bao nhiêu phần trăm kế hoạch?", "102%", "P1.I.2", 2, None),
        ("Tổng thu ngân sách nhà nước đạt bao nhiêu % dự toán?", "112%", "P1.I.3", 2, None),
        ("Bao nhiêu trường đạt chuẩn quốc gia?", "30/34 trường", "P1.II.1", 3, None),
        ("Huyện xếp thứ mấy trong kỳ thi học sinh giỏi cấp tỉnh?", "3/12 huyện", "P1.II.1", 3, None),
        ("Tai nạn giao thông làm chết bao nhiêu người?", "6 người", "P1.II.3", 3, None),
        ("Tỷ lệ hộ nghèo còn bao nhiêu?", "2,15%", "P1.II.2", 3, None),
        ("Tổng đàn lợn năm 2024 là bao nhiêu?", "22.000 con", "P2", 3, None),
        ("Diện tích ngô của Tân Tiến là bao nhiêu?", "61 ha", "P1.I.1.1", 1, None),
    ],
)
def test_one_figure_is_answered_with_its_place(assistant: Assistant, text: str, figure: str, section: str, page: int, footnote: int | None) -> None:
    answer = answered(assistant, text)
    assert figures(answer) == [figure]
    first = answer.citations[0]
    assert (first.section, first.page, first.footnote) == (section, page, footnote)


def test_a_level_is_told_with_its_change_and_share_of_plan_which_are_not_the_answer(assistant: Assistant) -> None:
    answer = answered(assistant, "Giá trị sản xuất ngành xây dựng là bao nhiêu?")
    assert answer.answer == "Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng, đạt 102% kế hoạch, tăng 8,6% so với năm 2022 [1]."
    assert figures(answer) == ["420,5 tỷ đồng"]
    assert [(one.printed, one.kind, one.direction) for one in answer.companions] == [("102%", "share_of_plan", ""), ("8,6%", "change", "tăng")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Giá trị sản xuất ngành xây dựng là bao nhiêu và tăng bao nhiêu phần trăm?", ["420,5 tỷ đồng", "8,6%"]),
        ("Bao nhiêu vụ tai nạn giao thông và bao nhiêu người chết?", ["14 vụ tai nạn", "6 người"]),
        ("Diện tích ngô của An Bình và Hòa Lạc là bao nhiêu?", ["40,5 ha", "25 ha"]),
        ("Diện tích ngô của Hòa Lạc và An Bình là bao nhiêu?", ["25 ha", "40,5 ha"]),
        ("Tổng đàn lợn năm 2023 và chỉ tiêu năm 2024 là bao nhiêu?", ["21.300 con", "22.000 con"]),
        ("Tổng thu ngân sách nhà nước năm 2023 và năm 2024 là bao nhiêu?", ["530,2 tỷ đồng", "545 tỷ đồng"]),
    ],
)
def test_several_figures_are_answered_in_the_order_asked(assistant: Assistant, text: str, wanted: list[str]) -> None:
    assert figures(answered(assistant, text)) == wanted


def test_years_side_by_side_are_cited_each_in_its_own_part(assistant: Assistant) -> None:
    answer = answered(assistant, "Tổng đàn lợn năm 2023 và chỉ tiêu năm 2024 là bao nhiêu?")
    assert [citation.section for citation in answer.citations] == ["P1.I.1.2", "P2"]
    assert [figure.citation for figure in answer.figures] == [1, 2]


def test_a_list_names_every_row_with_its_place(assistant: Assistant) -> None:
    answer = answered(assistant, "Diện tích ngô của từng xã?")
    assert [(one.place, one.printed) for one in answer.figures] == [("An Bình", "40,5 ha"), ("Hòa Lạc", "25 ha"), ("Tân Tiến", "61 ha"), ("Đông Phú", "33 ha")]
    assert answer.answer == "An Bình: 40,5 ha; Hòa Lạc: 25 ha; Tân Tiến: 61 ha; Đông Phú: 33 ha [1]."


@pytest.mark.parametrize(
    ("text", "place", "figure"),
    [
        ("Xã nào có diện tích ngô lớn nhất?", "Tân Tiến", "61 ha"),
        ("Xã nào có diện tích ngô nhỏ nhất?", "Hòa Lạc", "25 ha"),
        ("Xã nào có nhiều hộ chăn nuôi nhất?", "Tân Tiến", "140 hộ"),
    ],
)
def test_the_highest_and_lowest_of_a_list_name_their_place(assistant: Assistant, text: str, place: str, figure: str) -> None:
    answer = answered(assistant, text)
    assert [(one.place, one.printed) for one in answer.figures] == [(place, figure)]
    assert place in answer.answer


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Con số 21.300 con là gì?", "Tổng đàn lợn ước đạt 21.300 con"),
        ("2,15% là tỷ lệ gì?", "Tỷ lệ hộ nghèo còn 2,15%"),
        ("Con số 1.850 lao động là gì?", "Giải quyết việc làm cho 1.850 lao động"),
        ("420.500 triệu đồng là số gì?", "Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng"),  # the same amount in another unit
    ],
)
def test_a_figure_is_said_what_it_is(assistant: Assistant, text: str, says: str) -> None:
    assert says in answered(assistant, text).answer


@pytest.mark.parametrize(
    ("text", "result", "operands"),
    [
        # 40,5 + 25 = 65,5
        ("Diện tích ngô của An Bình và Hòa Lạc cộng lại là bao nhiêu?", "65,5 ha", ("40,5 ha", "25 ha")),
        # 40,5 + 25 + 61 = 126,5
        ("Diện tích ngô của An Bình, Hòa Lạc và Tân Tiến cộng lại là bao nhiêu?", "126,5 ha", ("40,5 ha", "25 ha", "61 ha")),
        # 61 - 40,5 = 20,5
        ("Diện tích ngô của Tân Tiến hơn An Bình bao nhiêu?", "20,5 ha", ("61 ha", "40,5 ha")),
        # 530,2 - 498,7 = 31,5
        ("Tổng thu ngân sách hơn tổng chi ngân sách bao nhiêu?", "31,5 tỷ đồng", ("530,2 tỷ đồng", "498,7 tỷ đồng")),
        # 62,5 - 0,5 = 62, risen by 0,5 since
        ("Năng suất lúa năm 2022 là bao nhiêu?", "62 tạ/ha", ("62,5 tạ/ha", "0,5 tạ/ha")),
        # 2,15 + 0,35 = 2,5, fallen by 0,35 since
        ("Tỷ lệ hộ nghèo năm 2022 là bao nhiêu?", "2,5%", ("2,15%", "0,35%")),
    ],
)
def test_a_computed_figure_is_marked_and_shows_its_operands(assistant: Assistant, text: str, result: str, operands: tuple[str, ...]) -> None:
    answer = answered(assistant, text)
    [figure] = answer.figures
    assert figure.printed == result
    assert sorted(figure.derived_from) == sorted(operands)
    assert answer.answer.startswith("Tính từ số liệu của báo cáo: ")
    assert all(operand in answer.answer for operand in operands)
    quoted = digit_strings(" ".join(citation.quote for citation in answer.citations))
    assert digit_strings(" ".join(operands)) <= quoted
    assert figure.to_json()["derived_from"] == list(figure.derived_from)


@pytest.mark.parametrize(
    ("text", "says", "figure"),
    [
        ("Công nghiệp có đạt kế hoạch không?", "Không.", "96,5%"),
        ("Xây dựng có đạt kế hoạch không?", "Có.", "102%"),
        ("Đàn gia cầm có tăng không?", "Không.", "2,1%"),
        ("Đàn lợn có tăng so với năm 2022 không?", "Có.", "3,4%"),
        ("Đàn lợn có 21.300 con phải không?", "Đúng.", "21.300 con"),
        ("dan gia cam co tang khong?", "Không.", "2,1%"),
    ],
)
def test_yes_or_no_is_said_with_the_figure_that_decides_it(assistant: Assistant, text: str, says: str, figure: str) -> None:
    answer = answered(assistant, text)
    assert answer.answer.startswith(f"{says} ")
    assert figures(answer) == [figure]


def test_why_is_answered_in_the_reports_own_words(assistant: Assistant) -> None:
    answer = answered(assistant, "Nguyên nhân năng suất lúa tăng?")
    assert answer.answer == "Nguyên nhân năng suất lúa tăng là do thời tiết thuận lợi và nông dân sử dụng giống mới [1]."
    assert answer.figures == ()


def test_tasks_of_the_year_to_come_are_answered_from_the_plan(assistant: Assistant) -> None:
    assert answered(assistant, "Nhiệm vụ trọng tâm năm 2024 là gì?").citations[0].section == "P2"


def test_asking_twice_gives_the_same_answer(assistant: Assistant) -> None:
    for text in ("Tổng đàn lợn là bao nhiêu?", "Đàn dê là bao nhiêu?"):
        first, second = (assistant.ask(text).to_json() | {"latency_ms": 0} for _ in range(2))
        assert first == second


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Đàn lợn và đàn gia cầm có bao nhiêu con?", ["21.300 con", "612.000 con"]),
        ("dan lon va dan gia cam co bao nhieu con", ["21.300 con", "612.000 con"]),
        ("Tổng đàn lợn năm nay là bao nhiêu, năm sau là bao nhiêu?", ["21.300 con", "22.000 con"]),
    ],
)
def test_each_name_or_year_that_a_question_joins_has_its_figure(assistant: Assistant, text: str, wanted: list[str]) -> None:
    assert figures(answered(assistant, text)) == wanted


def test_a_grade_that_nobody_named_is_passed_over_for_the_figure_of_all(tmp_path: Path) -> None:
    text = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. VĂN HÓA - XÃ HỘI

### 1. Giáo dục

Có 15 trường đạt chuẩn quốc gia mức độ 2; toàn huyện có 48 trường đạt chuẩn quốc gia.
"""
    schools = open_assistant(tmp_path, mau_2023=text)
    assert [figure.printed for figure in schools.ask("Có bao nhiêu trường đạt chuẩn quốc gia?").figures] == ["48 trường"]
    assert [figure.printed for figure in schools.ask("Có bao nhiêu trường đạt chuẩn quốc gia mức độ 2?").figures] == ["15 trường"]
