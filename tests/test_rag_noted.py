"""Names that a footnote gives of what a figure counts; figures of all before those of a part; notes read by the clause of their mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import build_passages
from corpus.report import parse_report
from rag.assistant import Assistant
from rag.records import ANSWERED, NOT_FOUND
from tests.rag_fakes import FRONT_MATTER, open_assistant

TEXT = FRONT_MATTER + """# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

## I. LĨNH VỰC KINH TẾ

### 1. Trồng trọt

Cả năm gieo cấy 5.000 ha lúa, bằng 99% kế hoạch; nhờ thời tiết thuận lợi, năng suất bình quân 60,5 tạ/ha, sản lượng 30.250 tấn. \
Trong đó vụ Xuân 2.600 ha, năng suất 68,2 tạ/ha; vụ Mùa 2.400 ha, năng suất 52,2 tạ/ha.

### 2. Sản phẩm

Công nhận thêm 09 sản phẩm OCOP, nâng tổng số lên 31 sản phẩm, gồm 03 sản phẩm 4 sao[^1] và 28 sản phẩm 3 sao.

### 3. Y tế

Sốt xuất huyết 120 ca[^2]; đau mắt đỏ bùng phát trong tháng 9 với 460 ca.

### 4. Trường chuẩn

Tuổi thọ bình quân 73,5 tuổi. Có 30/34 trường đạt chuẩn quốc gia, tăng 02 trường[^3].

### 5. Chợ

Xử phạt 90 trường hợp lấn chiếm vỉa hè[^4].

Chợ Mẫu bố trí 260 ki-ốt nhưng mới có 180 ki-ốt ký hợp đồng thuê.

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Phấn đấu có thêm 05 sản phẩm OCOP.

[^1]: Cam An Bình, Gạo nếp Hòa Lạc, Mật ong Tân Tiến.
[^2]: An Bình 70 ca, Hòa Lạc 30 ca, Tân Tiến 20 ca.
[^4]: Phố Bà Triệu 55 trường hợp, phố Lê Lai 35 trường hợp.
[^3]: Mầm non Hòa Lạc; Tiểu học và THCS Đông Phú.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("noted"), mau_2023=TEXT)


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("Kể tên các sản phẩm OCOP 4 sao", "Cam An Bình, Gạo nếp Hòa Lạc, Mật ong Tân Tiến [1]."),
        ("Kể giúp tôi tên mấy sản phẩm OCOP 4 sao", "Cam An Bình, Gạo nếp Hòa Lạc, Mật ong Tân Tiến [1]."),
        ("Những trường nào mới đạt chuẩn quốc gia?", "Mầm non Hòa Lạc; Tiểu học và THCS Đông Phú [1]."),
    ],
)
def test_the_names_that_a_footnote_gives_of_a_count_answer_which_they_are(assistant: Assistant, question: str, note: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.answer) == (ANSWERED, note)
    assert answer.citations[0].footnote in (1, 3)


def test_a_note_with_another_number_of_names_proves_nothing(tmp_path: Path) -> None:
    other = open_assistant(tmp_path, mau_2023=TEXT.replace(", Mật ong Tân Tiến.", "."))
    answer = other.ask("Kể tên các sản phẩm OCOP 4 sao")
    assert answer.answer != "Cam An Bình, Gạo nếp Hòa Lạc [1]."


def test_why_is_not_answered_by_names(assistant: Assistant) -> None:
    assert not assistant.ask("Vì sao các trường mới đạt chuẩn quốc gia?").answer.startswith("Mầm non Hòa Lạc")


def test_how_many_is_answered_by_the_count(assistant: Assistant) -> None:
    assert [figure.printed for figure in assistant.ask("Có bao nhiêu sản phẩm OCOP 4 sao?").figures] == ["03 sản phẩm"]


@pytest.mark.parametrize(("question", "figure"), [("Năng suất lúa cả năm là bao nhiêu?", "60,5 tạ/ha"), ("Năng suất lúa vụ Mùa là bao nhiêu?", "52,2 tạ/ha")])
def test_the_figure_of_all_goes_before_that_of_a_season_that_nobody_named(assistant: Assistant, question: str, figure: str) -> None:
    assert [one.printed for one in assistant.ask(question).figures] == [figure]


def test_a_note_is_of_the_clause_that_its_mark_stands_in(assistant: Assistant) -> None:
    note = next(passage for passage in build_passages(parse_report(TEXT, Path("mau-2023.md"))) if passage.footnote == 2)
    assert note.anchor == "Sốt xuất huyết 120 ca; đau mắt đỏ bùng phát trong tháng 9 với 460 ca."
    assert note.anchor_clause == note.marked == "Sốt xuất huyết 120 ca"
    assert [one.printed for one in assistant.ask("Xã An Bình có bao nhiêu ca sốt xuất huyết?").figures] == ["70 ca"]
    assert assistant.ask("Xã An Bình có bao nhiêu ca đau mắt đỏ?").status == NOT_FOUND


def test_what_is_not_done_yet_is_the_whole_without_what_is(assistant: Assistant) -> None:
    answer = assistant.ask("Chợ Mẫu còn bao nhiêu ki-ốt chưa ai ký thuê?")
    assert answer.figures[0].printed == "80 ki-ốt" and len(answer.figures[0].derived_from) == 2


def test_a_name_in_the_question_goes_before_the_topic(assistant: Assistant) -> None:
    assert [one.printed for one in assistant.ask("Trên phố Bà Triệu có bao nhiêu trường hợp lấn chiếm vỉa hè?").figures] == ["55 trường hợp"]


@pytest.mark.parametrize("question", ["Tuổi thọ bình quân tính riêng phụ nữ là bao nhiêu?", "Năng suất lúa riêng vụ Thu Đông là bao nhiêu tạ/ha?"])
def test_what_is_asked_for_by_itself_is_not_answered_by_the_whole(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == NOT_FOUND


def test_a_town_named_next_takes_the_place_of_a_commune(tmp_path: Path) -> None:
    text = TEXT.replace("Đông Phú]", "Đông Phú, thị trấn Một Ngàn]").replace("Tân Tiến 20 ca.", "Tân Tiến 15 ca, thị trấn Một Ngàn 5 ca.")
    answer = open_assistant(tmp_path, mau_2023=text).ask("Còn thị trấn Một Ngàn?", ["Xã An Bình có bao nhiêu ca sốt xuất huyết?"])
    assert answer.understood_as == "thị trấn Một Ngàn có bao nhiêu ca sốt xuất huyết?"
    assert [one.printed for one in answer.figures] == ["5 ca"]
