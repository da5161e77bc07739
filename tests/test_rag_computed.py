"""What is left, what is wanting, totals of places, and whether something is so: from figures and words that stand side by side."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.records import ANSWERED
from tests.rag_fakes import FRONT_MATTER, SURE, open_assistant

TEXT = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Giao thông

Tổng chiều dài đường giao thông nông thôn đã làm là 40,5 km, đạt 77,9% kế hoạch (kế hoạch toàn huyện là 52 km).

### 2. Trật tự xây dựng

Tổ công tác lập biên bản 31 trường hợp vi phạm đất đai, trật tự xây dựng, đã xử lý dứt điểm 26 trường hợp.

Số giấy phép xây dựng đã cấp: An Bình 61 giấy phép; Hòa Lạc 34 giấy phép; Tân Tiến 28 giấy phép.

## II. VĂN HÓA - XÃ HỘI

### 1. Y tế

Ghi nhận 23 ca sốt xuất huyết, giảm 41 ca so với năm 2022, không có ca tử vong.

| Trường | Số lớp | Số học sinh |
|---|---|---|
| Tiểu học Mẫu | 33 lớp | 1.142 học sinh |
| Mầm non Mẫu | 27 lớp | 684 cháu |

### 9. Hồ sơ, quà Tết, ngân hàng

Số hóa khi tiếp nhận đạt 99,18% (46.222/46.602 hồ sơ).

Quà Tết: quà của tỉnh 4.180 suất, quà của huyện 1.250 suất.

Agribank: huy động 3.180 tỷ đồng, dư nợ 2.465 tỷ đồng; BIDV: huy động 742 tỷ đồng, dư nợ 684 tỷ đồng.

Tỷ lệ bao phủ bảo hiểm y tế đạt 92,6% dân số.

Tiếp nhận 47 tin báo tội phạm (giảm 20 tin).

Tổng thu ngân sách giảm 24,6% so với năm 2022; thu thuế bằng 109,6% dự toán.

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Phấn đấu làm 30 km đường giao thông nông thôn. Tỷ lệ bao phủ bảo hiểm y tế đạt trên 93,75% dân số.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("computed"), mau_2023=TEXT)


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Sure of every figure, so that nothing but what speaks against a figure can hold an answer back."""
    return open_assistant(tmp_path_factory.mktemp("computed-sure"), SURE, mau_2023=TEXT)


@pytest.mark.parametrize(
    ("text", "result", "operands"),
    [
        ("Còn bao nhiêu km đường giao thông nông thôn chưa làm so với kế hoạch?", "11,5 km", ("40,5 km", "52 km")),
        ("Vi phạm đất đai, trật tự xây dựng còn bao nhiêu trường hợp chưa xử lý xong?", "5 trường hợp", ("31 trường hợp", "26 trường hợp")),
        ("Tổng số giấy phép xây dựng của An Bình và Hòa Lạc là bao nhiêu?", "95 giấy phép", ("61 giấy phép", "34 giấy phép")),
    ],
)
def test_what_is_left_and_what_places_have_together_is_computed(assistant: Assistant, text: str, result: str, operands: tuple[str, ...]) -> None:
    answer = assistant.ask(text)
    assert answer.status == ANSWERED, answer.answer
    assert [figure.printed for figure in answer.figures] == [result]
    assert sorted(answer.figures[0].derived_from) == sorted(operands)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Còn bao nhiêu hồ sơ chưa số hóa khi tiếp nhận?", "380 hồ sơ"),  # of a ratio as printed
        ("Tổng quà Tết của tỉnh và của huyện cộng lại là bao nhiêu suất?", "5.430 suất"),
        ("Agribank huy động nhiều hơn dư nợ bao nhiêu tỷ?", "715 tỷ đồng"),
        ("Tỷ lệ bao phủ bảo hiểm y tế năm 2024 phấn đấu cao hơn năm 2023 bao nhiêu điểm phần trăm?", "1,15 điểm phần trăm"),
        ("Năm 2022 tiếp nhận bao nhiêu tin báo tội phạm?", "67 tin báo"),
        ("Đường giao thông nông thôn còn hụt bao nhiêu cây số nữa mới đủ kế hoạch?", "11,5 km"),
    ],
)
def test_differences_and_sums_of_what_is_given_are_computed(sure: Assistant, text: str, result: str) -> None:
    answer = sure.ask(text)
    assert answer.status == ANSWERED, answer.answer
    assert [figure.printed for figure in answer.figures] == [result]
    assert len(answer.figures[0].derived_from) in (1, 2)


@pytest.mark.parametrize("text", ["Thu thuế chiếm bao nhiêu phần trăm tổng thu ngân sách?", "Hồ sơ đã số hóa xong hết chưa?"])
def test_a_change_is_no_share_and_whether_all_is_done_is_no_difference(sure: Assistant, text: str) -> None:
    assert not any(figure.kind == "change" or figure.derived_from for figure in sure.ask(text).figures)


def test_whether_anyone_died_is_answered_by_the_words_that_say_so(assistant: Assistant) -> None:
    answer = assistant.ask("Sốt xuất huyết có ca tử vong không?")
    assert "không có ca tử vong" in answer.answer


def test_the_head_of_a_table_is_no_answer(assistant: Assistant) -> None:
    assert "Số học sinh |" not in assistant.ask("Trường nào có nhiều lớp?").answer
