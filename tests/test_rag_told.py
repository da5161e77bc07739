"""What the report tells outright or leaves to one step: the most of something, what is still to be done, the whole beside its parts."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.question import read_question
from rag.records import ANSWERED, NOT_FOUND
from tests.rag_fakes import FRONT_MATTER, SURE, open_assistant

TEXT = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Trồng trọt

Lúa xuống giống 03 vụ, gồm Đông Xuân 10.236 ha, Hè Thu 9.874 ha và Thu Đông 6.308 ha; năng suất bình quân 52,6 tạ/ha, riêng vụ Đông Xuân đạt 63,8 tạ/ha.

Nợ xây dựng cơ bản của các xã còn 38,7 tỷ đồng; ba xã nợ nhiều nhất là An Bình 7,9 tỷ đồng, Hòa Lạc 6,4 tỷ đồng, Tân Tiến 5,8 tỷ đồng.

### 2. Ngân hàng

Dư nợ cho vay của các tổ chức tín dụng đạt 42.180 tỷ đồng, tăng 12,7% so với năm 2022.

## II. AN NINH, TRẬT TỰ

### 1. Giao thông

Tai nạn giao thông xảy ra 86 vụ, làm chết 41 người. Tuyến xảy ra nhiều nhất là Đường tỉnh 825 với 29 vụ, kế đến là Đường tỉnh 824 với 17 vụ.

### 2. Hình sự

Xảy ra 248 vụ phạm pháp hình sự; làm rõ 206 vụ, bắt 342 đối tượng.

### 3. Đơn thư, giải tỏa

Phát hiện 96 trường hợp vi phạm đất đai, đã xử lý 71 trường hợp. Trạm y tế có 20/20 trạm y tế đạt tiêu chí quốc gia.

Dịch bệnh sốt xuất huyết ghi nhận 486 ca[^1].

Đưa 164 lao động đi làm việc ở nước ngoài[^2]. Có 246 doanh nghiệp tạm ngừng, 87 doanh nghiệp giải thể.

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Phấn đấu tỷ lệ bao phủ bảo hiểm y tế đạt 95% dân số.

[^1]: Sốt xuất huyết: An Bình 196 ca; Hòa Lạc 172 ca; Tân Tiến 118 ca.
[^2]: Đi làm việc ở Nhật Bản 92 người, Đài Loan 41 người, Hàn Quốc 31 người.
"""


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("told"), SURE, mau_2023=TEXT)


def printed(assistant: Assistant, question: str, *history: str) -> list[str]:
    return [figure.printed for figure in assistant.ask(question, history).figures]


@pytest.mark.parametrize("question", ["Đường nào xảy ra tai nạn giao thông nhiều nhất?", "Đường nào hay xảy ra tai nạn giao thông nhất vậy?"])
def test_what_the_report_calls_the_most_is_the_answer(sure: Assistant, question: str) -> None:
    answer = sure.ask(question)
    assert [figure.printed for figure in answer.figures] == ["29 vụ"]
    assert "Đường tỉnh 825" in answer.answer


def test_so_many_of_the_first_as_are_asked_for(sure: Assistant) -> None:
    assert printed(sure, "3 xã nợ xây dựng cơ bản nhiều nhất") == ["7,9 tỷ đồng", "6,4 tỷ đồng", "5,8 tỷ đồng"]


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Còn bao nhiêu vụ phạm pháp hình sự chưa làm rõ?", "42 vụ"),
        ("Còn mấy trường hợp vi phạm đất đai chưa xử lý xong?", "25 trường hợp"),
        ("so truong hop vi pham dat dai chua xu ly", "25 trường hợp"),
    ],
)
def test_what_is_not_yet_done_is_the_whole_without_what_is_done(sure: Assistant, question: str, rest: str) -> None:
    (figure,) = sure.ask(question).figures
    assert figure.printed == rest
    assert len(figure.derived_from) == 2


def test_a_question_that_ends_in_chua_asks_for_no_rest(sure: Assistant) -> None:
    assert not any(figure.derived_from for figure in sure.ask("Vi phạm đất đai xử lý xong hết chưa em?").figures)


def test_the_mean_of_all_is_not_that_of_one_of_a_sort(sure: Assistant) -> None:
    assert printed(sure, "Năng suất lúa bình quân bao nhiêu?") == ["52,6 tạ/ha"]
    assert sure.ask("Lúa Thu Đông năng suất bao nhiêu tạ một ha?").status == NOT_FOUND


def test_the_loans_of_all_banks_are_not_those_of_one(sure: Assistant) -> None:
    assert printed(sure, "Dư nợ cho vay bao nhiêu tỷ?") == ["42.180 tỷ đồng"]
    assert sure.ask("dư nợ Agribank bn tỷ").status == NOT_FOUND


def test_a_name_alone_asks_for_its_level(sure: Assistant) -> None:
    assert printed(sure, "Dư nợ cho vay?") == ["42.180 tỷ đồng"]


def test_things_of_any_sort_are_those_that_are_counted(sure: Assistant) -> None:
    assert printed(sure, "Trạm y tế đạt tiêu chí quốc gia mấy cái?") == ["20/20 trạm y tế"]


def test_the_figure_of_a_place_stands_in_the_footnote_of_the_total(sure: Assistant) -> None:
    answer = sure.ask("Hòa Lạc có bao nhiêu ca sốt xuất huyết?")
    assert [figure.printed for figure in answer.figures] == ["172 ca"]
    assert answer.citations[0].footnote == 1


def test_which_they_are_and_how_much_each_has_is_a_list(sure: Assistant) -> None:
    assert printed(sure, "Lao động đi làm việc ở những nước nào, mỗi nơi bao nhiêu người?") == ["92 người", "41 người", "31 người"]


def test_the_total_of_what_is_so_and_what_is_so(sure: Assistant) -> None:
    (figure,) = sure.ask("tổng cộng mấy doanh nghiệp vừa tạm ngừng vừa giải thể?").figures
    assert (figure.printed, figure.derived_from) == ("333 doanh nghiệp", ("246 doanh nghiệp", "87 doanh nghiệp"))


def test_a_new_question_leans_on_none(sure: Assistant) -> None:
    answer = sure.ask("à cho hỏi tai nạn giao thông mấy vụ?", ["Dư nợ cho vay bao nhiêu tỷ?"])
    assert (answer.status, [figure.printed for figure in answer.figures]) == (ANSWERED, ["86 vụ"])


@pytest.mark.parametrize(
    "lead",
    ["Tôi đang chuẩn bị bài phát biểu cho đại biểu, cho tôi hỏi ", "anh ơi cho em hỏi chút, ", "Xin hỏi ", "Tôi đang viết bài về thiếu giáo viên ở huyện, "],
)
def test_what_leads_up_to_a_question_is_on_no_topic(lead: str) -> None:
    assert read_question("", f"{lead}tổng đàn lợn là bao nhiêu con?").text == "tổng đàn lợn là bao nhiêu con?"


def test_each_thing_is_no_rank() -> None:
    question = read_question("", "Thiếu giáo viên mầm non, tiểu học mỗi thứ bao nhiêu người?")
    assert [(ask.kind, ask.unit.name) for ask in question.asks] == [("amount", "người")]


def test_money_of_other_countries_and_prices_for_each_metre() -> None:
    (ask,) = read_question("", "Thuê đất giá bao nhiêu đô một mét?").asks
    assert ask.unit.dimension.startswith("usd/")
