"""What speaks against a figure (no mean, no profit, no occasion), and for it (a stated difference, a measure said before a list, a restated value)."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import build_passages
from corpus.report import parse_report
from corpus.units import unit_named
from rag.assistant import Assistant
from rag.candidates import Readings
from rag.compare import restates
from rag.records import ANSWERED, NOT_FOUND
from rag.units_alike import same_unit
from tests.rag_fakes import FRONT_MATTER, SURE, open_assistant

TEXT = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Chăn nuôi

Đàn bò sữa 4.200 con, tăng 3,8% so với năm 2022, trong đó 2.100 con nuôi tại 50 hộ (bình quân 42 con/hộ). Giá gà đồi bán tại chuồng 57,3 nghìn đồng/kg.

### 2. Liên kết

Các hộ trong chuỗi liên kết bán cà phê cao hơn giá thị trường 1.500 đồng/kg.

### 3. Đất đai

Thu hồi đất của 14 dự án trọng điểm với tổng diện tích 2.604.315,77m² (trên 260,436 ha).

### 4. Giao thông

Tổng chiều dài đường thôn, xóm đã làm là 40,5 km, đạt 77% kế hoạch. Nhân dân đóng góp 36,4 tỷ đồng. Các xã làm tốt là An Bình, Hòa Lạc[^1].

Công an huyện triển khai cao điểm bảo đảm trật tự. Làm rõ 14/14 vụ trộm cắp tài sản, bắt 20 đối tượng.

### 5. Lâm nghiệp

Diện tích quế 19.740 ha[^2]. Tre măng có 4.316 ha, nhiều nhất ở Hòa Lạc[^3].

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Phấn đấu đàn bò sữa đạt 4.500 con.

[^1]: An Bình 6,2 km; Hòa Lạc 3,7 km; Tân Tiến 1,1 km; Đông Phú 2,9 km.
[^2]: An Bình 1.910 ha; Hòa Lạc 2.480 ha; Tân Tiến 1.746 ha.
[^3]: Hòa Lạc 865 ha; Đông Phú 412 ha.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("fitting"), mau_2023=TEXT)


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("sure"), SURE, mau_2023=TEXT)


def test_a_mean_is_answered_by_a_mean_and_by_nothing_else(sure: Assistant) -> None:
    assert [figure.printed for figure in sure.ask("Trung bình mỗi hộ nuôi mấy con bò sữa?").figures] == ["42 con/hộ"]
    assert sure.ask("Bình quân mỗi trường bắt bao nhiêu đối tượng?").status == NOT_FOUND


def test_a_price_is_no_profit(sure: Assistant) -> None:
    assert [figure.printed for figure in sure.ask("Bán một ký gà đồi được mấy nghìn?").figures] == ["57,3 nghìn đồng/kg"]
    assert sure.ask("Bán một ký gà đồi thì lãi mấy nghìn?").status == NOT_FOUND


def test_a_difference_that_the_report_states_is_not_computed(sure: Assistant) -> None:
    answer = sure.ask("Bán cà phê trong chuỗi liên kết được giá hơn thị trường mấy đồng một ký?")
    assert [(figure.printed, figure.derived_from) for figure in answer.figures] == [("1.500 đồng/kg", ())]


def test_why_is_not_answered_by_what_tells_no_reason(assistant: Assistant) -> None:
    assert assistant.ask("Vì sao công an chỉ làm rõ được vụ trộm cắp tài sản?").status == NOT_FOUND
    assert assistant.ask("Công an làm rõ bao nhiêu vụ trộm cắp tài sản?").status == ANSWERED


def test_a_list_in_a_footnote_measures_what_the_last_figure_in_its_unit_is_of(assistant: Assistant) -> None:
    answer = assistant.ask("Xã nào làm được nhiều đường thôn, xóm nhất?")
    assert [figure.printed for figure in answer.figures] == ["6,2 km"]
    assert answer.citations[0].footnote == 1


def test_a_place_in_a_list_of_something_else_is_not_answered_with(sure: Assistant) -> None:
    assert [figure.printed for figure in sure.ask("Diện tích quế của An Bình là bao nhiêu ha?").figures] == ["1.910 ha"]
    assert sure.ask("Diện tích tre măng của An Bình là bao nhiêu ha?").status == NOT_FOUND


def test_one_value_in_two_units_is_one_quantity() -> None:
    report = parse_report(TEXT, Path("mau-2023.md"))
    figures = [one.figure for passage in build_passages(report) for one in Readings([report]).of(passage).candidates]
    by_text = {figure.text: figure for figure in figures}
    assert restates(by_text["2.604.315,77"], by_text["260,436"])
    assert restates(by_text["260,436"], by_text["2.604.315,77"])
    assert not restates(by_text["40,5"], by_text["36,4"])
    assert not restates(by_text["14/14"], by_text["20"])


@pytest.mark.parametrize(
    ("asked", "held", "equal", "differs"),
    [
        ("lần", "lần", 1.0, 0.0),
        ("lần", "lượt", 0.3, 0.1),
        ("lần", "người", 0.0, 0.6),
        ("MW", "nhà máy", 0.0, 1.0),
        ("người", "lượt người", 0.7, 0.0),
        ("hộ nghèo", "hộ dân", 0.7, 0.0),
        ("trường", "trường hợp", 0.0, 0.6),
        ("giáo viên", "học viên", 0.2, 0.3),
        ("người", "giáo viên", 0.4, 0.1),
    ],
)
def test_units_asked_for_and_held(asked: str, held: str, equal: float, differs: float) -> None:
    assert same_unit(unit_named(asked), unit_named(held)) == (equal, differs)
