"""What is asked for one of several things in a sentence is answered with the piece on it; two years of one thing; what no report answers."""

from __future__ import annotations

import pytest

from rag import refusal
from rag.assistant import Assistant
from rag.records import ANSWERED, NOT_FOUND
from tests.rag_fakes import FRONT_MATTER, open_assistant

TEXT = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Đầu tư

Xây dựng kho lạnh 5.000 tấn tại xã An Bình với tổng mức đầu tư 78 tỷ đồng; hỗ trợ lưới che mưa đá cho vùng mận ở xã Hòa Lạc; mở bãi đỗ xe tại xã Tân Tiến.

Hoàn thành và đưa vào khai thác đường huyện 195; đường huyện An Bình - Hòa Lạc; đường xã Tân Tiến.

### 2. Nông thôn mới

Năm 2025 phấn đấu: 02 xã nông thôn mới nâng cao: An Bình, Hòa Lạc; 02 xã nông thôn mới kiểu mẫu: Tân Tiến, Đông Phú.

### 3. Diễn tập

Tổ chức diễn tập phòng thủ: An Bình, Tân Tiến xếp loại giỏi; Hòa Lạc xếp loại khá.

### 4. Đường giao thông

Tổng diện tích đất nhân dân hiến để mở rộng đường là 1.785 m², trong đó đất ở là 1.335 m², đất nông nghiệp là 450 m².

Chi ngân sách huyện 1.874 tỷ đồng, trong đó chi đầu tư phát triển 1.102 tỷ đồng.

### 5. Du lịch

Khách du lịch đến huyện đạt 286.000 lượt, tăng 12% so với năm 2022. Doanh thu du lịch đạt 1.740 tỷ đồng.

## II. VĂN HÓA - XÃ HỘI

### 1. Dân số

Có 38 cặp tảo hôn, giảm 11 cặp; không có hôn nhân cận huyết thống.

### 2. An ninh

Xảy ra 13 vụ lừa đảo qua mạng, chiếm đoạt 6 tỷ 720 triệu đồng, mới thu hồi được 1 tỷ 150 triệu đồng.

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Đón 320.000 lượt khách du lịch; doanh thu du lịch 2.050 tỷ đồng.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("narrowing"), mau_2023=TEXT)


@pytest.mark.parametrize(
    ("text", "held", "left_out"),
    [
        ("Kho lạnh 5.000 tấn đặt ở xã nào?", "An Bình", ("Hòa Lạc", "Tân Tiến")),
        ("Lưới che mưa đá hỗ trợ cho vùng mận ở xã nào?", "Hòa Lạc", ("An Bình", "Tân Tiến")),
        ("Xã nào diễn tập phòng thủ chỉ xếp loại khá?", "Hòa Lạc", ("An Bình", "Tân Tiến")),
        ("Những xã nào phấn đấu nông thôn mới kiểu mẫu năm 2025?", "Tân Tiến, Đông Phú", ("An Bình", "Hòa Lạc")),
        ("Trên địa bàn có hôn nhân cận huyết thống không?", "Không có hôn nhân cận huyết thống", ("38 cặp",)),
    ],
)
def test_only_the_piece_that_is_asked_for_is_said_and_quoted(assistant: Assistant, text: str, held: str, left_out: tuple[str, ...]) -> None:
    answer = assistant.ask(text)
    assert answer.status == ANSWERED, answer.answer
    assert held in answer.answer
    assert not any(name in answer.answer for name in left_out)
    assert held.casefold() in answer.citations[0].quote.casefold()


def test_a_list_is_said_whole(assistant: Assistant) -> None:
    answer = assistant.ask("Những tuyến đường nào đã hoàn thành, đưa vào khai thác?")
    assert all(name in answer.answer for name in ("đường huyện 195", "An Bình - Hòa Lạc", "đường xã Tân Tiến"))


def test_two_years_of_one_thing_are_answered_together(assistant: Assistant) -> None:
    answer = assistant.ask("doanh thu dl nam nay bn, kh nam toi bn")
    assert [figure.printed for figure in answer.figures] == ["1.740 tỷ đồng", "2.050 tỷ đồng"]


def test_a_follow_up_with_another_year_keeps_the_subject(assistant: Assistant) -> None:
    answer = assistant.ask("Kế hoạch năm sau bao nhiêu?", ["Khách du lịch đến huyện năm 2023 đạt bao nhiêu lượt?"])
    assert [figure.printed for figure in answer.figures] == ["320.000 lượt khách du lịch"]


def test_what_is_left_is_computed_where_the_part_done_is_told_in_other_words(assistant: Assistant) -> None:
    answer = assistant.ask("Tiền bị lừa đảo chiếm đoạt qua mạng còn bao nhiêu chưa lấy lại được?")
    assert answer.figures[0].printed == "5 tỷ 570 triệu đồng"
    assert answer.figures[0].derived_from == ("6 tỷ 720 triệu đồng", "1 tỷ 150 triệu đồng")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Nhân dân hiến bao nhiêu m2 đất để mở rộng đường?", ["1.785 m²"]),
        ("Đất nông nghiệp nhân dân hiến để mở rộng đường là bao nhiêu m2?", ["450 m²"]),
        ("Trong chi ngân sách huyện, phần chi cho đầu tư phát triển là mấy tỷ?", ["1.102 tỷ đồng"]),
    ],
)
def test_a_part_is_said_where_it_is_named_and_else_the_whole(assistant: Assistant, text: str, figures: list[str]) -> None:
    assert [figure.printed for figure in assistant.ask(text).figures] == figures


@pytest.mark.parametrize(
    "text",
    [
        "Viết giúp tôi bài phát biểu khai mạc",
        "soan ho em bai tho ve que huong",
        "Giá vàng hôm nay bao nhiêu?",
        "Thủ tục làm sổ đỏ cần mang theo giấy tờ gì?",
        "mai huyen co mua khong",
    ],
)
def test_what_no_report_of_a_year_answers_is_refused_as_such(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert (answer.status, answer.answer) == (NOT_FOUND, refusal.OUTSIDE)
