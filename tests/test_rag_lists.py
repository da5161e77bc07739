"""Lists, and the highest and lowest of them: totals left out, a slipped unit, ties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag import groups
from rag.assistant import Assistant
from rag.records import ANSWERED, Answer
from tests.rag_fakes import FRONT_MATTER, open_assistant

TEXT = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Thủy sản

Tổng diện tích nuôi trồng thủy sản của các xã 150 ha, trong đó: An Bình 50 ha; Hòa Lạc 30 ha; Tân Tiến 45 ha; Đông Phú 25 ha.

### 2. Giao thông

Kinh phí sửa đường của các xã: An Bình 120 triệu đồng; Hòa Lạc 95 triệu đồng; Tân Tiến 110 triệu đồng; Đông Phú 80.000 triệu đồng.

### 3. Cây xanh

Số cây xanh của các xã: An Bình 900 cây; Hòa Lạc 1.200 cây; Tân Tiến 1.200 cây; Đông Phú 700 cây.

## II. VĂN HÓA - XÃ HỘI

### 1. Môi trường

Toàn huyện thu gom 88 tấn rác thải mỗi ngày.

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Phấn đấu trồng 5.000 cây xanh.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("lists"), mau_2023=TEXT)


def rows(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status == ANSWERED, answer.answer
    return [(figure.place, figure.printed) for figure in answer.figures]


def test_the_total_of_a_list_is_no_candidate_for_its_highest(assistant: Assistant) -> None:
    assert rows(assistant.ask("Xã nào có diện tích nuôi trồng thủy sản lớn nhất?")) == [("An Bình", "50 ha")]
    assert rows(assistant.ask("Xã nào có diện tích nuôi trồng thủy sản thấp nhất?")) == [("Đông Phú", "25 ha")]


def test_a_row_a_thousand_times_the_others_is_named_but_not_compared(assistant: Assistant) -> None:
    answer = assistant.ask("Xã nào có kinh phí sửa đường lớn nhất?")
    # 80.000 against 120: a unit must have slipped
    assert rows(answer) == [("An Bình", "120 triệu đồng")]
    assert "Đông Phú: 80.000 triệu đồng, lệch hẳn các mục khác nên không đưa vào so sánh" in answer.answer


def test_the_lowest_is_not_shifted_by_a_slipped_unit(assistant: Assistant) -> None:
    assert rows(assistant.ask("Xã nào có kinh phí sửa đường thấp nhất?")) == [("Hòa Lạc", "95 triệu đồng")]


def test_all_that_tie_for_the_highest_are_named(assistant: Assistant) -> None:
    assert rows(assistant.ask("Xã nào có số cây xanh nhiều nhất?")) == [("Hòa Lạc", "1.200 cây"), ("Tân Tiến", "1.200 cây")]


def test_the_whole_list_that_was_compared_stands_in_the_quote(assistant: Assistant) -> None:
    answer = assistant.ask("Xã nào có diện tích nuôi trồng thủy sản lớn nhất?")
    assert all(f"{place} {figure}" in answer.citations[0].quote for place, figure in [("An Bình", "50 ha"), ("Hòa Lạc", "30 ha"), ("Đông Phú", "25 ha")])
    assert [one.place for one in answer.companions] == ["An Bình", "Hòa Lạc", "Tân Tiến", "Đông Phú"]


def test_the_place_of_a_figure_that_the_question_names_is_said(assistant: Assistant) -> None:
    assert rows(assistant.ask("900 cây xanh là của xã nào?")) == [("An Bình", "900 cây")]
    assert "An Bình" not in assistant.ask("1.200 cây xanh là của xã nào?").answer  # two places have it: no single one is said


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Xã nào có diện tích nuôi trồng thủy sản lớn thứ hai?", ("Tân Tiến", "45 ha")),
        ("xa nao nuoi trong thuy san nhieu thu nhi", ("Tân Tiến", "45 ha")),
        ("Xã nào có diện tích nuôi trồng thủy sản thấp thứ ba?", ("Tân Tiến", "45 ha")),
    ],
)
def test_the_second_and_third_of_a_list_are_told_by_size(assistant: Assistant, text: str, held: tuple[str, str]) -> None:
    answer = assistant.ask(text)
    assert rows(answer) == [held]
    assert "thứ" in answer.answer


BANKS = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Ngân hàng

Các ngân hàng trên địa bàn: Agribank huy động 900 tỷ đồng, dư nợ 1.200 tỷ đồng; BIDV huy động 300 tỷ đồng, dư nợ 800 tỷ đồng; \
Sacombank huy động 200 tỷ đồng, dư nợ 500 tỷ đồng.

### 2. Môi trường

Toàn huyện thu gom 88 tấn rác thải mỗi ngày.
"""


def test_banks_are_compared_by_the_measure_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    any_list = replace(groups.load_model(), least=0.0)
    monkeypatch.setattr(groups, "load_model", lambda: any_list)
    banks = open_assistant(tmp_path, mau_2023=BANKS)
    assert [figure.printed for figure in banks.ask("Ngân hàng nào có dư nợ thấp nhất?").figures] == ["500 tỷ đồng"]
    assert [figure.printed for figure in banks.ask("Ngân hàng nào huy động nhiều nhất?").figures] == ["900 tỷ đồng"]
