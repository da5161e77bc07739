"""Follow-ups inherit what they leave unsaid; a new question inherits nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.places import bare_name
from rag.assistant import Assistant
from rag.followup import is_follow_up, resolve
from rag.siblings import sibling_named
from tests.rag_fakes import FRONT_MATTER, open_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("followup"))


PIGS = "Tổng đàn lợn là bao nhiêu?"
MAIZE = "Diện tích ngô của Tân Tiến là bao nhiêu?"


@pytest.mark.parametrize(
    ("history", "text", "figures"),
    [
        ([MAIZE], "Còn xã Hòa Lạc?", ["25 ha"]),  # another place
        ([MAIZE], "Thế Đông Phú thì sao?", ["33 ha"]),
        ([MAIZE, "Còn xã Hòa Lạc?"], "Còn Đông Phú?", ["33 ha"]),  # through a chain
        ([PIGS], "Thế năm 2024?", ["22.000 con"]),  # another year
        ([PIGS], "So với năm 2022 thì sao?", ["3,4%"]),  # a comparison
        ([PIGS], "tăng bao nhiêu?", ["3,4%"]),  # another kind of figure of the same
        ([PIGS], "Còn gia cầm?", ["612.000 con"]),  # another topic
        ([PIGS], "gia cầm thì bao nhiêu", ["612.000 con"]),
        ([MAIZE], "Thế riêng xã Hòa Lạc?", ["25 ha"]),  # opened twice
        (["Giá trị sản xuất ngành xây dựng là bao nhiêu?"], "so với kế hoạch?", ["102%"]),
        (["Giá trị sản xuất ngành xây dựng là bao nhiêu?"], "Còn công nghiệp?", ["1.250 tỷ đồng"]),
        (["dien tich ngo o xa Tan Tien la bao nhieu"], "con xa Hoa Lac?", ["25 ha"]),  # without marks
    ],
)
def test_a_follow_up_inherits_what_it_leaves_unsaid(assistant: Assistant, history: list[str], text: str, figures: list[str]) -> None:
    answer = assistant.ask(text, history)
    assert [figure.printed for figure in answer.figures] == figures
    assert answer.understood_as


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Tổng thu ngân sách nhà nước là bao nhiêu?", ["530,2 tỷ đồng"]),
        ("Toàn huyện có bao nhiêu trường đạt chuẩn quốc gia?", ["30/34 trường"]),
        ("Giá trị sản xuất công nghiệp đạt bao nhiêu phần trăm kế hoạch?", ["96,5%"]),
    ],
)
def test_a_question_that_stands_alone_inherits_nothing(assistant: Assistant, text: str, figures: list[str]) -> None:
    for history in ([], [MAIZE], [PIGS, "Thế năm 2024?"]):
        answer = assistant.ask(text, history)
        assert [figure.printed for figure in answer.figures] == figures
        assert answer.understood_as is None


def test_a_follow_up_without_anything_before_it_is_asked_as_it_stands(assistant: Assistant) -> None:
    question, understood = assistant.understand("Còn xã Hòa Lạc?")
    assert (question.context, understood) == (None, None)


def test_blank_turns_of_the_history_are_passed_over(assistant: Assistant) -> None:
    assert assistant.ask("Còn xã Hòa Lạc?", ["", MAIZE, "  "]).figures == assistant.ask("Còn xã Hòa Lạc?", [MAIZE]).figures != ()


def test_a_place_that_is_unknown_is_refused_in_a_follow_up_too(assistant: Assistant) -> None:
    answer = assistant.ask("Còn xã Minh Quang?", [MAIZE])
    assert (answer.status, answer.answer) == ("not_found", "Báo cáo này không có số liệu của xã Minh Quang.")


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("Còn xã Hòa Lạc?", True),
        ("Thế năm 2022?", True),
        ("so với kế hoạch?", True),
        ("Chỉ tiêu này tăng bao nhiêu?", True),
        ("Trong đó xuất khẩu lao động?", True),
        ("nhiều nhất là về mảng gì", True),
        ("Xã nào nhiều hộ nghèo nhất?", False),
        ("Tổng đàn lợn là bao nhiêu?", False),
        ("Vì sao năng suất lúa tăng?", False),
    ],
)
def test_follow_ups_are_told_from_questions_that_stand_alone(assistant: Assistant, text: str, follows: bool) -> None:
    assert is_follow_up(text, assistant.ground.index.reports) is follows


def test_one_name_takes_the_place_of_the_one_asked_of_before(assistant: Assistant) -> None:
    earlier = ["Dự án khu đô thị thu hồi bao nhiêu đất?", "Cụm công nghiệp Gò Dưa thì sao?"]
    assert resolve("Thế đường trục Đông Tây?", earlier, assistant.ground.index.reports).text == "đường trục Đông Tây, Dự án khu đô thị thu hồi bao nhiêu đất?"
    narrowed = resolve("năng suất?", ["Diện tích lúa bao nhiêu?", "Riêng vụ xuân?"], assistant.ground.index.reports).text
    assert "vụ xuân" in narrowed  # a measure is none


def test_a_places_name_stands_without_its_kind() -> None:
    names = ("xã An Bình", "thôn Đông Lao", "thị trấn Mẫu", "Hòa Lạc")
    assert [bare_name(name) for name in names] == ["An Bình", "Đông Lao", "thị trấn Mẫu", "Hòa Lạc"]  # one syllable says too little


def test_that_commune_is_the_one_answered_before(assistant: Assistant) -> None:
    answer = assistant.ask("Xã đó có bao nhiêu hộ chăn nuôi?", ["Xã nào có diện tích ngô lớn nhất?"])
    assert [figure.printed for figure in answer.figures] == ["140 hộ"]
    assert answer.understood_as == "Tân Tiến có bao nhiêu hộ chăn nuôi?"


def test_the_whole_district_is_no_longer_the_commune_asked_of_before(assistant: Assistant) -> None:
    answer = assistant.ask("Còn tổng đàn lợn toàn huyện?", [MAIZE])
    assert [figure.printed for figure in answer.figures] == ["21.300 con"]


GIFTS = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. VĂN HÓA - XÃ HỘI

### 1. Chính sách

Quà Tết của Chủ tịch nước 516 suất, trị giá 154 triệu đồng; quà tỉnh 735 suất, trị giá 220 triệu đồng; quà huyện 255 suất, trị giá 76 triệu đồng.

### 2. Giáo dục

Tỷ lệ trường đạt chuẩn của các bậc học: tiểu học và THCS 35%, THCS 21%, mầm non 62%.
"""


@pytest.mark.parametrize(
    ("first", "said", "figure"),
    [
        ("Quà Tết của Chủ tịch nước có bao nhiêu suất?", "Còn quà huyện?", "255 suất"),
        ("Quà Tết của Chủ tịch nước có bao nhiêu suất?", "con tinh thi sao", "735 suất"),
        ("Có bao nhiêu phần trăm trường mầm non đạt chuẩn?", "Còn THCS?", "21%"),  # and not `tiểu học và THCS`
        ("Quà Tết của Chủ tịch nước có bao nhiêu suất?", "Còn quà Tết huyện?", "255 suất"),  # one name of the same
        ("Quà Tết của Chủ tịch nước có bao nhiêu suất?", "Thế trị giá bao nhiêu?", "154 triệu đồng"),  # each gift has one
        ("Quà Tết của Chủ tịch nước có bao nhiêu suất?", "Còn quà xã?", None),
        ("Quà Tết của Chủ tịch nước có bao nhiêu suất?", "Còn quà huyện năm 2022?", None),
    ],
)
def test_a_follow_up_may_name_another_figure_of_the_sentence(tmp_path: Path, first: str, said: str, figure: str | None) -> None:
    gifts = open_assistant(tmp_path, mau_2023=GIFTS)
    report = gifts.ground.index.reports[0]
    context, _ = gifts.understand(first)
    question, _ = gifts.understand(said, [first])
    found = gifts.ground.find(context, report)
    ranked = gifts.ground.rank(gifts.ground.query(context, context.first_ask, report), found)
    before = next(one.candidate for one in ranked if one.candidate.figure.printed in ("516 suất", "62%"))
    named = sibling_named(question, before, gifts.ground.mates(before))
    assert (named.figure.printed if named else None) == figure


CLUSTERS = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Cụm công nghiệp

| Cụm công nghiệp | Diện tích | Dự án hoạt động | Nộp ngân sách |
|---|---|---|---|
| Đông La | 39,8 ha | 24 dự án | 31,6 tỷ đồng |
| Gò Dưa | 52,1 ha | 19 dự án | 12,4 tỷ đồng |
| Lam Kiều | 20,5 ha | 6 dự án | 4,9 tỷ đồng |

### 2. Đầu tư

Chấp thuận chủ trương 17 dự án. Xảy ra 09 vụ cháy.
"""
AREA = "Cụm công nghiệp Gò Dưa có diện tích bao nhiêu?"


@pytest.mark.parametrize(
    ("history", "text", "figure"),
    [
        ([AREA], "Có mấy dự án rồi?", "19 dự án"),  # of the row, and of no other
        ([AREA, "Có mấy dự án rồi?"], "Nộp ngân sách được bao nhiêu?", "12,4 tỷ đồng"),  # through one that leans itself
        ([AREA], "Có mấy vụ cháy?", "09 vụ cháy"),  # nothing of the row
    ],
)
def test_a_question_short_of_topic_stays_in_the_sentence_answered_before(tmp_path: Path, history: list[str], text: str, figure: str) -> None:
    answer = open_assistant(tmp_path, mau_2023=CLUSTERS).ask(text, history)
    assert [one.printed for one in answer.figures] == [figure]
