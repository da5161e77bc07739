"""Several things asked in one question, what tells one figure of a sentence from its neighbours, and levels against their plan."""

from __future__ import annotations

import pytest

from rag import forms, refusal
from rag.assistant import Assistant
from rag.question import read_question
from tests.rag_fakes import FRONT_MATTER, SURE, open_assistant

TEXT = FRONT_MATTER + """\
# PHẦN I. KẾT QUẢ NĂM 2023

## 1. An toàn giao thông

Xảy ra 19 vụ tai nạn giao thông, làm chết 12 người, bị thương 14 người; so với năm 2022 giảm 03 vụ, tăng 01 người chết, giảm 05 người bị thương.

## 2. Một cửa

Bộ phận một cửa tiếp nhận 9.486 hồ sơ, giải quyết trước và đúng hạn 9.148 hồ sơ, quá hạn 65 hồ sơ; đang giải quyết 273 hồ sơ.

## 3. Đầu tư

Khởi công mới 34 công trình, hoàn thành đưa vào sử dụng 27 công trình. Đàn trâu, bò 6.120 con, gồm trâu 1.845 con, bò 4.275 con. \
Diện tích trồng rừng tập trung 236,5 ha, bằng 107,5% kế hoạch. Có 02 di tích được xếp hạng cấp tỉnh là đền Hạ và chùa Cầu.

## 4. Nghề muối

Tính chung có 412 hộ với 936 lao động. Xã An Bình có 164 hộ làm muối. Xã Hòa Lạc có 121 hộ làm muối. Xã Tân Tiến có 53 hộ làm muối.

## 5. Rừng

Đã giao khoán bảo vệ 28.460 ha[^1]. Sau bão có 6.240 ha rừng bị gãy đổ; đến nay đã dọn dẹp 4.870 ha.

## 6. Người có công

Chuyển 22.256 suất quà cho người có công. Đề nghị giải quyết chế độ trợ cấp một lần, trợ cấp hằng tháng cho 381 hồ sơ của người có công và thân nhân.

## 7. Thu ngân sách

| Khoản thu | Dự toán | Thực hiện | Tăng |
|---|---|---|---|
| Lệ phí trước bạ | 30,0 tỷ đồng | 33,5 tỷ đồng | 2,0% |
| Tiền sử dụng đất | 520,0 tỷ đồng | 461,8 tỷ đồng | 3,0% |
| Thuế nhà đất | 12,0 tỷ đồng | 13,0 tỷ đồng | 4,0% |

# PHẦN II. KẾ HOẠCH NĂM 2024

Phấn đấu số giường bệnh bình quân đạt 19,9 giường/vạn dân, số bác sĩ bình quân đạt 7,7 người/vạn dân.

[^1]: Ban Quản lý rừng phòng hộ 14.860 ha; Công ty Lâm nghiệp 9.720 ha; cộng đồng dân cư 3.880 ha.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("joined"), SURE, mau_2023=TEXT)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Tai nạn giao thông: số vụ, số người chết, số người bị thương?", ["19", "12", "14"]),
        ("Trong năm khởi công và hoàn thành bao nhiêu công trình?", ["34", "27"]),
        ("Đàn trâu và đàn bò, mỗi loại bao nhiêu con?", ["1.845", "4.275"]),
        ("Năm 2024 phấn đấu mỗi vạn dân có mấy giường bệnh, mấy bác sĩ?", ["19,9", "7,7"]),
        ("Số hồ sơ của người có công và thân nhân được đề nghị giải quyết trợ cấp một lần, trợ cấp hằng tháng?", ["381"]),
        ("Công ty lâm nghiệp được giao khoán bảo vệ mấy héc ta rừng?", ["9.720"]),
        ("rung gay do sau bao don dep duoc bao nhieu hec", ["4.870"]),
    ],
)
def test_each_of_the_names_that_a_question_joins_has_its_figure(assistant: Assistant, question: str, figures: list[str]) -> None:
    assert [figure.text for figure in assistant.ask(question).figures] == figures


def test_the_figure_that_says_what_is_asked_stands_before_its_neighbour(assistant: Assistant) -> None:
    assert [figure.text for figure in assistant.ask("Bộ phận một cửa có bao nhiêu hồ sơ trễ hẹn?").figures] == ["65"]


def test_what_joins_names_that_nobody_bears_does_not_fail(assistant: Assistant) -> None:
    answer = assistant.ask("Tiền từ đâu ra nhiều nhất: huyện, xã, dân góp hay tài trợ?")
    assert answer.status in ("answered", "not_found")


def test_a_plan_is_that_of_the_same_row(assistant: Assistant) -> None:
    answer = assistant.ask("Thu tiền sử dụng đất còn thiếu bao nhiêu tỷ đồng so với dự toán?")
    assert (answer.figures[0].text, answer.figures[0].derived_from) == ("58,2", ("461,8 tỷ đồng", "520,0 tỷ đồng"))


def test_a_share_of_the_plan_of_an_area_is_asked_by_the_area(assistant: Assistant) -> None:
    assert [figure.text for figure in assistant.ask("Diện tích trồng rừng bằng bao nhiêu phần trăm kế hoạch?").figures] == ["107,5"]


def test_what_a_figure_is_is_told_with_its_heading_and_sentence(assistant: Assistant) -> None:
    answer = assistant.ask("Con số 936 lao động trong báo cáo nói về nghề gì?")
    assert answer.answer == "Mục “Nghề muối”: Tính chung có 412 hộ với 936 lao động [1]."


def test_places_told_one_by_one_are_a_list_and_each_is_cited_in_its_own_sentence(assistant: Assistant) -> None:
    answer = assistant.ask("xã nào ít hộ làm muối nhất")
    assert (answer.figures[0].label, answer.citations[0].quote) == ("Tân Tiến", "Xã Tân Tiến có 53 hộ làm muối.")


def test_the_greatest_row_of_a_table_is_cited_by_its_row(assistant: Assistant) -> None:
    answer = assistant.ask("Khoản thu nào có dự toán cao nhất?")
    assert (answer.figures[0].text, answer.citations[0].quote) == ("520,0", "| Tiền sử dụng đất | 520,0 tỷ đồng | 461,8 tỷ đồng | 3,0% |")


def test_a_whole_list_of_rows_is_cited_in_one_piece(assistant: Assistant) -> None:
    answer = assistant.ask("Liệt kê dự toán từng khoản thu")
    assert [figure.text for figure in answer.figures] == ["30,0", "520,0", "12,0"]
    assert len(answer.citations) == 1 and answer.citations[0].quote.count("\n") == 2


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Con số 97,2% nêu trong báo cáo phản ánh nội dung gì?", forms.WHAT_IS),
        ("Khoản 27 tỷ 860 triệu trong báo cáo là tiền chi cho việc gì?", forms.WHAT_IS),
        ("Số tiền 2 tỷ đồng nói về nội dung gì?", forms.WHAT_IS),
        ("Hai di tích nào được xếp hạng cấp tỉnh?", forms.WHICH),
        ("Nhờ đâu mà số vụ giảm được 2 vụ?", forms.TEXT),
        ("Số hộ nghèo là bao nhiêu?", forms.FIGURE),
        ("Tính chung các dự án giải phóng mặt bằng, còn bao nhiêu hộ chưa bàn giao đất?", forms.FIGURE),
        ("Vải năm nay bán rẻ hơn vụ trước bao nhiêu một ký?", forms.FIGURE),
        ("Nhà kính tháo dỡ ở từng xã bao nhiêu ha?", forms.LIST),
    ],
)
def test_the_form_of_a_question(text: str, form: str) -> None:
    assert read_question(text, text).form == form


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("rộng bao nhiêu ki-lô-mét vuông", ["km²"]),
        ("rộng mấy cây số vuông", ["km²"]),
        ("dài mấy cây số", ["km"]),
        ("Mấy chỗ kè bị lở đó, xử lý tốn bao nhiêu tiền?", ["đồng"]),
        ("nuôi được mấy con", ["con"]),
        ("xã nào làm được nhiều đường nhất", ["km"]),
        ("xây thêm mấy phòng, hết ngần nào tiền", ["phòng", "đồng"]),
        ("cắt được tất cả bao nhiêu cành", ["cành"]),
        ("bàn giao được bao nhiêu héc", ["ha"]),
        ("riêng hoa được mấy triệu đô", ["triệu USD"]),
    ],
)
def test_what_is_asked_is_told_by_units_of_speech(text: str, units: list[str]) -> None:
    assert [ask.unit.name for ask in read_question(text, text).asks] == units


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("thoc lam ra hon nam ngoai bao nhieu tan", ["change"]),
        ("luong khach du lich gap may lan nam 2021", ["change"]),
        ("tiếp công dân mấy lần", ["amount"]),
        ("Đỉnh lũ năm nay chênh với năm ngoái bao nhiêu?", ["change"]),
        ("Theo kế hoạch, thu nhập bình quân năm 2024 phấn đấu đạt bao nhiêu?", ["open"]),
        ("Cụm công nghiệp rộng bao nhiêu và đã lấp đầy tới đâu?", ["open", "open"]),
        ("Giá sầu riêng tại vườn từ bao nhiêu tới bao nhiêu?", ["open"]),
    ],
)
def test_the_kind_of_what_is_asked(text: str, kinds: list[str]) -> None:
    assert [ask.kind for ask in read_question(text, text).asks] == kinds


def test_what_each_person_earns_is_the_income_per_head() -> None:
    text = "Mỗi người dân huyện mình một năm làm ra bình quân mấy chục triệu?"
    assert read_question(text, text).text.startswith("thu nhập bình quân đầu người")


def test_a_month_written_short_is_a_month() -> None:
    assert read_question("6t đầu năm", "6t đầu năm").text == "6 tháng đầu năm"
    assert read_question("đến hết T11", "đến hết T11").text == "đến hết tháng 11"


def test_what_is_not_found_of_two_things_asked_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("Số công trình khởi công và số vụ đuối nước lần lượt là bao nhiêu?")
    assert [figure.text for figure in answer.figures] == ["34"] and answer.answer.endswith(refusal.THE_REST)
    assert not assistant.ask("Trong năm khởi công bao nhiêu công trình?").answer.endswith(refusal.THE_REST)
