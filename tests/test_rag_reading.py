"""How questions are read and answered in shapes that hurried people type: leftovers, measures apart, years side by side, leaning questions."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.records import ANSWERED, NOT_FOUND, Answer
from tests.rag_fakes import FRONT_MATTER, SURE, open_assistant

TEXT = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Ngân hàng

Hoạt động tín dụng ổn định: Alphabank huy động 1.945 tỷ đồng, dư nợ 2.316 tỷ đồng; Betabank huy động 1.574 tỷ đồng, dư nợ 1.688 tỷ đồng.

### 2. Giải phóng mặt bằng

Giải phóng mặt bằng 23 dự án với diện tích 164,8 ha, nhận bàn giao 131,2 ha.

### 3. Sản phẩm công nghiệp

| Sản phẩm | Năm 2023 | So với năm 2022 |
|---|---|---|
| Giày dép | 8,9 triệu đôi | tăng 23,4% |
| Gạch nung | 12,5 triệu viên | giảm 6,1% |

### 4. Giá trị sản xuất

Giá trị sản xuất ngành nông, lâm, thủy sản ước đạt 1.972 tỷ đồng; giá trị sản xuất ngành xây dựng ước đạt 830 tỷ đồng.

## II. VĂN HÓA - XÃ HỘI

### 1. Giáo dục

Tỷ lệ trường đạt chuẩn quốc gia đạt 66%.

### 2. An toàn cháy nổ

Phát hiện, xử phạt 25 cơ sở vi phạm phòng cháy, số tiền phạt 455 triệu đồng.

### 3. Xếp loại

Năm 2023 có 03 đơn vị được xếp loại xuất sắc[^1].

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Tỷ lệ trường đạt chuẩn quốc gia đạt 71,3%.

[^1]: Gồm: An Bình; Hòa Lạc; Tân Tiến.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("reading"), mau_2023=TEXT)


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("sure"), SURE, mau_2023=TEXT)


def printed(answer: Answer) -> list[str]:
    assert answer.status == ANSWERED, answer.answer
    return [figure.printed for figure in answer.figures]


def test_banks_are_compared_by_the_same_measure(sure: Assistant) -> None:
    answer = sure.ask("Dư nợ của Alphabank hơn Betabank bao nhiêu tỷ?")
    assert printed(answer) == ["628 tỷ đồng"]
    assert answer.figures[0].derived_from == ("2.316 tỷ đồng", "1.688 tỷ đồng")


def test_what_is_left_is_computed_from_all_and_what_is_done(sure: Assistant) -> None:
    answer = sure.ask("Giải phóng mặt bằng còn mấy héc-ta chưa bàn giao?")
    assert printed(answer) == ["33,6 ha"]
    assert answer.figures[0].derived_from == ("164,8 ha", "131,2 ha")


def test_a_column_against_last_year_is_a_change_cited_with_the_head_of_its_table(sure: Assistant) -> None:
    answer = sure.ask("Giày dép tăng bao nhiêu phần trăm so với năm 2022?")
    assert printed(answer) == ["23,4 %"] or printed(answer) == ["23,4%"]
    assert answer.figures[0].direction == "tăng"
    quotes = [citation.quote for citation in answer.citations]
    assert quotes[0].startswith("| Giày dép") and all("2022" in quote for quote in quotes[1:])


@pytest.mark.parametrize(
    "text",
    ["Tỷ lệ trường chuẩn quốc gia giờ bao nhiêu, sang năm phấn đấu bao nhiêu?", "ty le truong chuan quoc gia 2023 dat bn, 2024 phan dau bn"],
)
def test_this_year_and_the_next_are_two_figures_of_one_subject(sure: Assistant, text: str) -> None:
    assert printed(sure.ask(text)) == ["66 %", "71,3 %"] or printed(sure.ask(text)) == ["66%", "71,3%"]


def test_names_joined_by_commas_are_one_where_the_report_joins_them_too(sure: Assistant) -> None:
    assert printed(sure.ask("Giá trị sản xuất ngành nông, lâm, thủy sản là bao nhiêu?")) == ["1.972 tỷ đồng"]


def test_a_question_without_a_topic_of_its_own_leans_on_the_sentence_that_answered(sure: Assistant) -> None:
    answer = sure.ask("Số tiền phạt là bao nhiêu?", ["Có mấy cơ sở vi phạm phòng cháy bị xử phạt?"])
    assert printed(answer) == ["455 triệu đồng"]


def test_a_follow_up_on_what_the_report_lacks_is_not_answered_with_the_figure_before(sure: Assistant) -> None:
    answer = sure.ask("Còn Gammabank?", ["Dư nợ của Alphabank là bao nhiêu?"])
    assert answer.status == NOT_FOUND and not answer.figures


def test_names_are_answered_with_the_footnote_that_lists_them(assistant: Assistant) -> None:
    answer = assistant.ask("Những đơn vị nào được xếp loại xuất sắc năm 2023?")
    assert answer.status == ANSWERED
    assert all(name in answer.answer for name in ("An Bình", "Hòa Lạc", "Tân Tiến"))
    assert [citation.footnote for citation in answer.citations][-1] == 1


def test_an_answer_to_part_of_a_question_says_that_the_rest_is_missing(assistant: Assistant) -> None:
    answer = assistant.ask("Xử phạt bao nhiêu cơ sở vi phạm phòng cháy, và trồng được bao nhiêu ha sâm Ngọc Linh?")
    assert printed(answer) == ["25 cơ sở"]
    assert answer.answer.endswith("Phần còn lại của câu hỏi, báo cáo không nêu hoặc chưa tìm thấy.")
