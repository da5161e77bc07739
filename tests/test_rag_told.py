"""What the report tells outright or leaves to one step: the most of something, what is still to be done, the whole beside its parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.contrasts import swapped
from rag.features import own_name_words
from rag.forms import WHAT_IS
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

Xử lý 108 vụ vi phạm môi trường, chuyển hồ sơ 12 vụ. Kiểm tra, xử phạt vi phạm giao thông 1.221 trường hợp với số tiền 3,93 tỷ đồng.

Thanh tra kiến nghị giảm trừ 1.401 triệu đồng, thu hồi 20,9 triệu đồng nộp ngân sách.

Tổng chiều dài đường thôn, xóm đã làm là 40,5 km, đạt 77% kế hoạch (kế hoạch năm là 52,5 km).

| Khu công nghiệp | Số dự án | Lao động (người) |
|---|---|---|
| Tân Đức | 214 | 28.640 |
| Hựu Thạnh | 63 | 11.320 |

### 3. Đơn thư, giải tỏa

Toàn huyện có 48/52 trường mầm non, tiểu học, THCS đạt chuẩn quốc gia.

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


def test_what_is_still_to_be_done_of_a_plan_is_not_what_is_done(sure: Assistant) -> None:
    assert printed(sure, "Còn bao nhiêu km đường thôn, xóm chưa làm?") == ["12 km"]


def test_several_at_the_head_of_a_list(sure: Assistant) -> None:
    answer = sure.ask("2 xã có nhiều ca sốt xuất huyết nhất")
    assert [figure.printed for figure in answer.figures] == ["196 ca", "172 ca"]
    assert "hai mức cao nhất" in answer.answer


def test_a_question_that_ends_in_chua_asks_for_no_rest(sure: Assistant) -> None:
    assert not any(figure.derived_from for figure in sure.ask("Vi phạm đất đai xử lý xong hết chưa em?").figures)


def test_the_mean_of_all_is_not_that_of_one_of_a_sort(sure: Assistant) -> None:
    assert printed(sure, "Năng suất lúa bình quân bao nhiêu?") == ["52,6 tạ/ha"]
    assert sure.ask("Lúa Thu Đông năng suất bao nhiêu tạ một ha?").status == NOT_FOUND


def test_a_figure_of_several_of_a_sort_is_that_of_none_of_them(sure: Assistant) -> None:
    assert printed(sure, "Bao nhiêu trường đạt chuẩn quốc gia?") == ["48/52 trường"]
    assert sure.ask("Bao nhiêu trường tiểu học đạt chuẩn quốc gia?").status == NOT_FOUND


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


def test_a_figure_of_another_place_of_the_report_than_the_one_named_is_none(sure: Assistant) -> None:
    assert printed(sure, "Xử phạt vi phạm giao thông bao nhiêu tiền?") == ["3,93 tỷ đồng"]
    assert sure.ask("108 vụ vi phạm môi trường thì xử phạt bao nhiêu tiền?").status == NOT_FOUND


def test_a_plan_that_was_missed_was_not_surpassed(sure: Assistant) -> None:
    assert printed(sure, "Đường thôn, xóm còn thiếu mấy km so với kế hoạch?") == ["12 km"]
    assert not any(figure.derived_from for figure in sure.ask("Đường thôn, xóm vượt kế hoạch mấy km?").figures)


def test_what_is_cut_off_is_no_difference(sure: Assistant) -> None:
    assert printed(sure, "Thanh tra kiến nghị giảm trừ bao nhiêu và thu hồi bao nhiêu?") == ["1.401 triệu đồng", "20,9 triệu đồng"]


def test_whose_a_figure_is(sure: Assistant) -> None:
    assert "Tân Đức" in sure.ask("Khu công nghiệp nào có 28.640 người lao động?").answer
    assert sure.ask("Khu công nghiệp nào có 29.640 người lao động?").status == NOT_FOUND


def test_a_list_of_figures_tells_no_reason(sure: Assistant) -> None:
    assert sure.ask("Vì sao Hòa Lạc có nhiều ca sốt xuất huyết vậy?").status == NOT_FOUND


def test_a_new_question_leans_on_none(sure: Assistant) -> None:
    answer = sure.ask("à cho hỏi tai nạn giao thông mấy vụ?", ["Dư nợ cho vay bao nhiêu tỷ?"])
    assert (answer.status, [figure.printed for figure in answer.figures]) == (ANSWERED, ["86 vụ"])


@pytest.mark.parametrize(
    "lead",
    [
        "Kính thưa ủy ban, tôi là đại biểu hội đồng đang chuẩn bị câu hỏi chất vấn, xin cho biết ", "Tôi là tổ trưởng tổ vay vốn, cần số để họp: ",
        "Tôi đang chuẩn bị bài phát biểu cho đại biểu, cho tôi hỏi ", "anh ơi cho em hỏi chút, ", "Xin hỏi ", "Tôi đang viết bài về thiếu giáo viên ở huyện, ",
    ],
)  # fmt: skip
def test_what_leads_up_to_a_question_is_on_no_topic(lead: str) -> None:
    assert read_question("", f"{lead}tổng đàn lợn là bao nhiêu con?").text == "tổng đàn lợn là bao nhiêu con?"


def test_where_someone_is_from_is_kept() -> None:
    asked = "Tôi ở xã Hòa Lạc, cho hỏi xã tôi có bao nhiêu ca sốt xuất huyết?"
    assert read_question("", asked).text == asked


def test_each_thing_is_no_rank() -> None:
    question = read_question("", "Thiếu giáo viên mầm non, tiểu học mỗi thứ bao nhiêu người?")
    assert [(ask.kind, ask.unit.name) for ask in question.asks] == [("amount", "người")]


def test_an_indicator_that_is_to_reach_a_level_is_asked_for_that_level() -> None:
    assert [ask.kind for ask in read_question("", "Chỉ tiêu bác sĩ trên một vạn dân năm 2024 đạt bao nhiêu?").asks] == ["open"]
    assert [ask.kind for ask in read_question("", "Chỉ tiêu trồng rừng đạt bao nhiêu phần trăm kế hoạch?").asks] == ["share_of_plan"]


def test_what_a_number_is_may_be_asked_of_it() -> None:
    assert read_question("", "Trong báo cáo có con số 102.367, nó chỉ cái gì?").form == WHAT_IS


def test_money_of_other_countries_and_prices_for_each_metre() -> None:
    (ask,) = read_question("", "Thuê đất giá bao nhiêu đô một mét?").asks
    assert ask.unit.dimension.startswith("usd/")


def test_what_a_question_is_for_does_not_put_it_outside_a_report(sure: Assistant) -> None:
    assert printed(sure, "Để kịp đưa tin cho số báo ngày mai, phóng viên xin hỏi tai nạn giao thông mấy vụ?") == ["86 vụ"]


def test_another_turn_swaps_one_of_a_sort_for_another() -> None:
    assert swapped("Agribank huy động được bao nhiêu", "BIDV") == "BIDV huy động được bao nhiêu"
    assert swapped("Diện tích lúa và ngô bao nhiêu", "lạc") == ""
    assert swapped("Diện tích lúa bao nhiêu", "giá bán") == ""


COMMUNE = TEXT.replace("id: mau-2023", "id: xa-mau-2023").replace("place: huyện Mẫu", "place: xã Mẫu")


def test_the_kind_of_the_place_that_a_report_is_of_is_no_topic(tmp_path: Path) -> None:
    assistant = open_assistant(tmp_path, SURE, mau_2023=COMMUNE)
    report = assistant.ground.index.reports[0]
    text = "Kinh tế xã hội xã mình ra sao, thị trấn cũ và xã An Bình?"
    assert own_name_words(text, report) == {4}
