"""Results set beside aims: of two years, and of a half-year that aims at its own year."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.question import read_question
from rag.years import rank_by_years
from tests.rag_fakes import FRONT_MATTER, SURE, open_assistant

YEARS = FRONT_MATTER + """\
# PHẦN I. KẾT QUẢ NĂM 2023

## 1. Công nghiệp

Giá trị sản xuất công nghiệp ước đạt 1.250 tỷ đồng, tăng 10,2% so với năm 2022. Hoàn thành khảo sát, lập hồ sơ mở rộng Cụm công nghiệp Gò Dưa.

## 2. Du lịch

Hoạt động du lịch phục hồi nhanh sau dịch, đón 96.000 lượt khách, bằng 106,7% kế hoạch.

## 3. Xuất khẩu

Kim ngạch xuất khẩu ước 214,6 triệu USD.

## 4. Chỉ tiêu chủ yếu

| Chỉ tiêu | Đơn vị | Kế hoạch năm 2023 | Ước thực hiện năm 2023 | Kế hoạch năm 2024 |
|---|---|---|---|---|
| Trồng rừng | ha | 2.100 | 2.480 | 2.000 |
| Thu ngân sách | tỷ đồng | 248,0 | 238,5 | 260,0 |

# PHẦN II. KẾ HOẠCH NĂM 2024

Phấn đấu giá trị sản xuất công nghiệp tăng 15,5% so với năm 2023. Khởi công xây dựng hạ tầng Cụm công nghiệp Gò Dưa.

Đón 130.000 lượt khách du lịch. Kim ngạch xuất khẩu 240 triệu USD. Thu nhập bình quân đầu người 94 triệu đồng/năm.

Đề nghị UBND tỉnh hỗ trợ 45 tỷ đồng để đóng cửa bãi rác Gò Dưa.
"""
HALF_YEAR = """\
---
id: giua-nam-2025
title: Báo cáo 6 tháng
body: UBND huyện Mẫu
place: huyện Mẫu
year: 2025
period: 6 tháng đầu năm
---

# PHẦN I. KẾT QUẢ 6 THÁNG ĐẦU NĂM

Tỷ lệ bao phủ bảo hiểm y tế đạt 95,2% dân số, tăng 0,6 điểm % so với cuối năm 2024. Tỷ lệ lấp đầy khu công nghiệp đạt 62,8%.

# PHẦN II. NHIỆM VỤ, GIẢI PHÁP 6 THÁNG CUỐI NĂM

Tỷ lệ bao phủ bảo hiểm y tế cuối năm đạt 96,0% dân số. Phấn đấu tỷ lệ lấp đầy khu công nghiệp lên 70%.
"""


@pytest.fixture(scope="module")
def of_year(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("years"), SURE, mau_2023=YEARS)


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("half"), SURE, giua_nam_2025=HALF_YEAR)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("gtsx cong nghiep 2023 tang may %, 2024 dat muc tieu tang may %", ["10,2", "15,5"]),
        ("Khách du lịch năm nay được bao nhiêu lượt, sang năm tính đón bao nhiêu?", ["96.000", "130.000"]),
        ("Kim ngạch xuất khẩu năm 2023 đạt bao nhiêu và chỉ tiêu năm 2024 là bao nhiêu?", ["214,6", "240"]),
        ("Theo kế hoạch, thu nhập bình quân đầu người năm 2024 phấn đấu đạt bao nhiêu?", ["94"]),
        ("huyen xin tinh bao nhieu tien de dong cua bai rac Go Dua", ["45"]),
    ],
)
def test_each_year_has_its_own_figure(of_year: Assistant, question: str, figures: list[str]) -> None:
    assert [figure.text for figure in of_year.ask(question).figures] == figures


def test_what_was_done_and_what_comes_next_is_told_in_words_year_by_year(of_year: Assistant) -> None:
    ground, report = of_year.ground, of_year.ground.index.reports[0]
    question, _ = of_year.understand("Cụm công nghiệp Gò Dưa: năm 2023 làm được gì, năm 2024 làm gì tiếp?")
    done, planned = rank_by_years(ground.query(question, None, report), ground.find(question, report), report)
    assert "hồ sơ mở rộng" in done[0].passage.text[done[0].start : done[0].end]
    assert "Khởi công" in planned[0].passage.text[planned[0].start : planned[0].end]
    assert not rank_by_years(ground.query(of_year.understand("Cụm công nghiệp Gò Dưa năm 2024 làm gì?")[0], None, report), (), report)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("bhyt hien dat bn % dan so, cuoi nam phan dau bn", ["95,2", "96,0"]),
        ("Tỷ lệ lấp đầy khu công nghiệp hiện nay và mục tiêu cuối năm?", ["62,8", "70"]),
    ],
)
def test_a_half_years_result_stands_beside_the_aim_of_its_year(half_year: Assistant, question: str, figures: list[str]) -> None:
    assert [figure.text for figure in half_year.ask(question).figures] == figures


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("Từ giờ tới cuối năm định gắn thêm bao nhiêu camera?", True),
        ("huyện đề nghị xin bao nhiêu tiền", True),
        ("Sáu tháng tới phải thu bao nhiêu?", True),
        ("Cuối năm còn bao nhiêu hộ nghèo?", False),
        ("Giải quyết bao nhiêu kiến nghị của cử tri?", False),
        ("Xác định mức thu bao nhiêu?", False),
    ],
)
def test_a_question_speaks_of_plans_or_it_does_not(text: str, plans: bool) -> None:
    assert read_question(text, text).plan_year is plans


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Kế hoạch năm 2024 tỷ lệ hộ nghèo giảm còn bao nhiêu?", (2024,)),
        ("Năm 2024 hộ nghèo còn bao nhiêu?", (2024,)),
        ("2023 tỷ lệ hộ nghèo bao nhiêu", (2023,)),
        ("trồng 2023 ha lúa ở đâu", ()),
        ("thu 2024 tỷ đồng là thu gì", ()),
    ],
)
def test_a_year_before_what_is_counted_is_a_year(text: str, years: tuple[int, ...]) -> None:
    assert read_question(text, text).years == years


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Trồng rừng năm 2023 làm được bao nhiêu, sang năm 2024 đặt ra bao nhiêu?", ["2.480 ha", "2.000 ha"]),
        ("Trồng rừng: thực hiện 2023 và kế hoạch 2024 ra sao?", ["2.480 ha", "2.000 ha"]),
        ("Thu ngân sách hiện nay và sang năm 2024 là bao nhiêu?", ["238,5 tỷ đồng", "260,0 tỷ đồng"]),
    ],
)
def test_the_reports_own_year_is_asked_for_its_result_whatever_the_year_to_come_is_asked_for(of_year: Assistant, text: str, figures: list[str]) -> None:
    assert [figure.printed for figure in of_year.ask(text).figures] == figures
