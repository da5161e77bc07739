"""Tables with one unit for all, lists that begin with a mark, and what stands right before the number asked for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.text import fold, search_words, unify_tone
from corpus.units import Unit, unit_named
from rag.assistant import Assistant
from rag.forms import FIGURE, LIST, WHAT_IS
from rag.question import read_question
from rag.records import NOT_FOUND
from rag.roads import roads_in
from rag.terms import Term, Words
from rag.things import sets_year
from rag.units_alike import UNLIKE, same_unit, stands_for_people
from tests.rag_fakes import FRONT_MATTER, SURE, open_assistant

FILLING = "UBND huyện chỉ đạo các cơ quan chuyên môn và các xã, thị trấn tập trung thực hiện đồng bộ các giải pháp. " * 12

TEXT_OF_REPORT = FRONT_MATTER + f"""# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Ngân sách

{FILLING}

Tổng thu ngân sách đạt 486,5 tỷ đồng. Chi tiết các khoản thu (đơn vị: tỷ đồng):

| Khoản thu | Dự toán 2023 | Ước thực hiện 2023 | So dự toán |
|---|---|---|---|
| Tiền sử dụng đất | 120,0 | 168,4 | 140,3% |
| Lệ phí trước bạ | 42,0 | 38,6 | 91,9% |
| Thuế thu nhập cá nhân | 30,0 | 33,2 | 110,7% |

### 2. Chăn nuôi

- Chăn nuôi: Tổng đàn gia súc 41.380 con, cụ thể:
+ Đàn trâu: 2.346 con, giảm 3,2% so với cùng kỳ.
+ Đàn bò: 8.914 con, tăng 1,5%.

## II. VĂN HÓA - XÃ HỘI

### 1. Y tế

Trung tâm Y tế huyện có 41 bác sĩ, thiếu 13 bác sĩ so với đề án vị trí việc làm. Còn 03 trạm chưa có bác sĩ làm việc tại chỗ.

### 2. Giáo dục

Học sinh đạt 16 giải cấp tỉnh.

Dư nợ của 04 quỹ tín dụng nhân dân 854 tỷ đồng (Nhật Tân 312 tỷ đồng, Dị Chế 247 tỷ đồng, Hưng Đạo 168 tỷ đồng, Thủ Sỹ 127 tỷ đồng).
"""


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("tables"), SURE, mau_2023=TEXT_OF_REPORT)


def printed(assistant: Assistant, question: str) -> list[str]:
    return [f"{figure.text} {figure.unit}".strip() for figure in assistant.ask(question).figures]


def test_numbers_of_a_table_have_the_unit_that_the_sentence_above_it_gives(sure: Assistant) -> None:
    answer = sure.ask("Thu tiền sử dụng đất năm 2023 được bao nhiêu tỷ đồng?")
    assert [f"{figure.text} {figure.unit}" for figure in answer.figures][:1] == ["168,4 tỷ đồng"]
    assert "168,4 tỷ đồng" in answer.answer


def test_a_table_is_one_passage_with_what_leads_to_it(sure: Assistant) -> None:
    (table,) = [passage for passage in sure.ground.index.passages if "| Khoản thu" in passage.text]
    assert table.text.startswith("Tổng thu ngân sách đạt 486,5 tỷ đồng.")


@pytest.mark.parametrize(("question", "figure"), [("Đàn trâu có bao nhiêu con?", "2.346 con"), ("Đàn bò có bao nhiêu con?", "8.914 con")])
def test_items_that_begin_with_a_mark_are_statements_of_their_own(sure: Assistant, question: str, figure: str) -> None:
    assert printed(sure, question) == [figure]
    assert not sure.ask(question).answer.startswith("+")


def test_what_stands_right_before_the_number_asked_for_tells_which(sure: Assistant) -> None:
    assert printed(sure, "Trung tâm Y tế huyện thiếu mấy bác sĩ?") == ["13 bác sĩ"]
    assert printed(sure, "Trung tâm Y tế huyện có mấy bác sĩ?") == ["41 bác sĩ"]


def test_people_are_no_places_and_no_prizes(sure: Assistant) -> None:
    assert same_unit(unit_named("bác sĩ"), unit_named("trạm"))[1] >= UNLIKE
    assert stands_for_people(unit_named("học sinh"), unit_named("giải"))
    assert sure.ask("Trường trung học cơ sở có bao nhiêu học sinh?").status == NOT_FOUND


def test_each_of_several_bodies_is_listed_without_those_beside_them(sure: Assistant) -> None:
    assert read_question("", "Dư nợ của từng quỹ tín dụng nhân dân là bao nhiêu?").form == LIST
    assert printed(sure, "Dư nợ của từng quỹ tín dụng nhân dân là bao nhiêu?") == ["312 tỷ đồng", "247 tỷ đồng", "168 tỷ đồng", "127 tỷ đồng"]


@pytest.mark.parametrize(
    ("asked", "held", "equal", "differs"),
    [
        ("cháu", "học sinh", 0.7, 0.0),
        ("bộ", "cán bộ", 0.0, UNLIKE),
        ("người", "nhân khẩu", 0.7, 0.0),
        ("người", "công trình", 0.0, UNLIKE),
    ],
)
def test_nouns_that_count_people(asked: str, held: str, equal: float, differs: float) -> None:
    assert same_unit(unit_named(asked), unit_named(held)) == (equal, differs)


def test_scales_before_a_counted_noun_change_nothing() -> None:
    assert same_unit(unit_named("lượt khách"), Unit("triệu lượt hành khách", "count", Decimal(1_000_000))) == (0.7, 0.0)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("9.824 trong báo cáo là cái gì?", WHAT_IS),
        ("7.782 văn bản nghĩa là sao?", WHAT_IS),
        ("Sản lượng nhãn năm 2024 với chỉ tiêu năm 2025 thế nào?", FIGURE),
        ("Sản lượng lương thực hơn hay kém năm 2022, bao nhiêu tấn?", FIGURE),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert read_question("", text).form == form


ROADS = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Giao thông

Đường ĐH.92 dài 4,8 km, tổng mức đầu tư 142,6 tỷ đồng; đường trục trung tâm dài 2,1 km, tổng mức đầu tư 96,4 tỷ đồng; đường huyện làm mới 9,4 km.
"""


def test_a_figure_of_one_road_is_none_of_another(tmp_path: Path) -> None:
    assistant = open_assistant(tmp_path, SURE, mau_2023=ROADS)
    assert printed(assistant, "Đường ĐH.92 dài mấy cây số?") == ["4,8 km"]
    assert printed(assistant, "duong huyen 92 dai bao nhieu km") == ["4,8 km"]
    assert assistant.ask("Đường ĐH.95 dài mấy cây số?").status == NOT_FOUND
    assert printed(assistant, "Đường ĐH.92 tổng mức đầu tư bao nhiêu?") == ["142,6 tỷ đồng"]


@pytest.mark.parametrize(
    ("text", "roads"),
    [
        ("đường ĐH.92 và QL 38B", {"92", "38b"}),
        ("tỉnh lộ 392 dài 12 km", {"392"}), ("đường 376", {"376"}), ("làm 46 km đường, đường 12 km", set()),
        ("QL.39A", {"39a"}),
    ],
)
def test_roads_by_their_numbers(text: str, roads: set[str]) -> None:
    assert roads_in(text) == roads


def test_words_that_set_years_are_no_topic_but_those_that_look_like_them_are() -> None:
    named = {word: sets_year(Term(fold(word), " ".join(map(unify_tone, word.split())), 1.0, ())) for word in ("chỉ tiêu", "chi tiêu", "tiêu", "đất", "đạt")}
    assert named == {"chỉ tiêu": True, "chi tiêu": False, "tiêu": False, "đất": False, "đạt": True}


def test_money_goes_on_to_be_asked_for() -> None:
    assert [ask.unit.name for ask in read_question("", "Vốn đầu tư công giao bao nhiêu, đã giải ngân bao nhiêu?").asks] == ["đồng", "đồng"]
    assert [ask.unit.name for ask in read_question("", "Vốn đầu tư công giao bao nhiêu, giải ngân đạt bao nhiêu?").asks] == ["đồng", ""]


def test_several_numbers_named_before_one_that_asks() -> None:
    asked = read_question("", "Tổng số việc phải thi hành, số việc đủ điều kiện và số việc đã xong lần lượt là bao nhiêu?").asks
    assert [ask.unit.name for ask in asked] == ["việc"] * 3


def test_dates_are_found_with_and_without_noughts() -> None:
    assert search_words("đến 8/11/2023") == search_words("đến 08/11/2023")
    assert Words("từ ngày 08/11/2023").holds(("8/11",))


def test_words_of_the_central_coast_are_understood() -> None:
    assert read_question("", "Chuột phá lúa nặng nhất ở mô?").text == "Chuột phá lúa nặng nhất ở đâu?"
    assert read_question("", "Bà con chuyển qua trồng cây chi?").text == "Bà con chuyển qua trồng cây gì?"
    assert read_question("", "Chi thường xuyên bao nhiêu?").text == "Chi thường xuyên bao nhiêu?"


def test_that_there_were_so_many_says_of_none_that_it_was_solved(tmp_path: Path) -> None:
    text = FRONT_MATTER + "# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023\n\n## I. AN NINH\n\nXảy ra 14 vụ phạm tội về trật tự xã hội.\n"
    assistant = open_assistant(tmp_path, SURE, mau_2023=text)
    assert not assistant.ask("14 vụ phạm tội về trật tự xã hội có phá hết không?").answer.startswith("Có")


SAID = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Đầu tư

Vốn giao theo dự án: Dự án 2 (đa dạng hóa sinh kế) 24,2 tỷ đồng; Dự án 5 (nhà ở) 11,2 tỷ đồng. Tổng vốn đầu tư 1.186 tỷ đồng, giảm do dự án thủy điện Hồi Xuân dừng thi công.

### 2. An ninh

Bắt, xử lý 48 vụ vi phạm pháp luật về kinh tế (giảm 36 vụ); 108 vụ vi phạm pháp luật về môi trường (tăng 6 vụ). Trung tâm Y tế huyện khám bệnh cho 92.086 lượt người. Tuổi thọ trung bình của huyện là 73,5 tuổi, cả nước 73,7 tuổi.
"""  # noqa: E501


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("said"), SURE, mau_2023=SAID)


def test_money_that_was_given_is_not_what_was_disbursed(said: Assistant) -> None:
    assert said.ask("Dự án 2 đa dạng hóa sinh kế đã giải ngân được mấy tỷ?").status == NOT_FOUND
    assert printed(said, "Dự án 2 đa dạng hóa sinh kế được giao bao nhiêu tỷ đồng?") == ["24,2 tỷ đồng"]


def test_a_name_behind_a_figure_is_not_what_it_is_of(said: Assistant) -> None:
    assert said.ask("Tổng vốn đầu tư thủy điện Hồi Xuân là bao nhiêu tỷ?").status == NOT_FOUND


def test_of_two_like_figures_the_one_that_says_more_of_what_is_asked(said: Assistant) -> None:
    assert printed(said, "Vi phạm pháp luật về môi trường tăng hay giảm mấy vụ?") == ["6 vụ"]


def test_the_number_of_people_of_a_kind_is_none_of_others(said: Assistant) -> None:
    assert said.ask("Tổng số bác sĩ của Trung tâm Y tế huyện là bao nhiêu người?").status == NOT_FOUND


def test_how_much_one_is_behind_another_is_worked_out(said: Assistant) -> None:
    assert printed(said, "Tuổi thọ trung bình của huyện thua cả nước mấy tuổi?") == ["0,2 tuổi"]


def test_so_many_for_ten_thousand_people_are_no_number_of_them(tmp_path: Path) -> None:
    text = FRONT_MATTER + "# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023\n\n## I. Y TẾ\n\nSố bác sĩ bình quân đạt 7,7 người/vạn dân.\n"
    assistant = open_assistant(tmp_path, SURE, mau_2023=text)
    assert assistant.ask("Huyện có bao nhiêu bác sĩ?").status == NOT_FOUND
    assert printed(assistant, "Cứ một vạn dân có mấy bác sĩ?") == ["7,7 người/vạn dân"]


def test_bricks_are_no_people() -> None:
    assert same_unit(unit_named("người"), unit_named("viên"))[1] >= UNLIKE
    assert same_unit(unit_named("người"), unit_named("tuyên truyền viên"))[0] > 0.0
