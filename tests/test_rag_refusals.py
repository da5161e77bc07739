"""What the report does not hold is refused; what a question has wrong is set right; what is no question is turned away at the door."""

from __future__ import annotations

import unicodedata

import pytest

from rag import door, refusal
from rag.assistant import Assistant
from rag.persons import asks_who, names_holder
from rag.question import MAX_LENGTH
from rag.records import ANSWERED, NOT_FOUND, Answer
from tests.rag_fakes import SURE, open_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("refusals"))


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Sure of every figure, so that nothing but what speaks against a figure can hold an answer back."""
    return open_assistant(tmp_path_factory.mktemp("sure"), SURE)


def refused(assistant: Assistant, text: str) -> Answer:
    answer = assistant.ask(text)
    assert (answer.status, answer.figures, answer.citations) == (NOT_FOUND, (), ()), answer.answer
    return answer


@pytest.mark.parametrize(
    "text",
    [
        "Diện tích cây cà phê là bao nhiêu?",
        "Diện tích khoai lang là bao nhiêu ha?",
        "Năng suất ngô là bao nhiêu?",
        "Đàn dê là bao nhiêu?",
        "Doanh thu du lịch là bao nhiêu tỷ đồng?",
        "Bao nhiêu ca sốt xuất huyết?",
        "dien tich ca phe la bao nhieu",
    ],
)
def test_another_crop_animal_or_field_is_not_answered_with_one_that_the_report_has(assistant: Assistant, text: str) -> None:
    assert refused(assistant, text).answer == refusal.NOTHING


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Giá trị sản xuất ngành xây dựng năm 2021?", refusal.OTHER_YEAR.format(year=2021)),
        ("Tổng đàn lợn năm 2019 là bao nhiêu?", refusal.OTHER_YEAR.format(year=2019)),
        ("Số hộ chăn nuôi của xã Đông Phú?", refusal.OTHER_PLACE.format(place="Đông Phú")),
        ("Năng suất lúa của Hòa Lạc là bao nhiêu?", refusal.OTHER_PLACE.format(place="Hòa Lạc")),
        ("Đàn lợn có bao nhiêu tấn?", refusal.OTHER_KIND.format(what="số tấn")),
        ("Năng suất lúa là bao nhiêu tỷ đồng?", refusal.OTHER_KIND.format(what="số tiền")),
    ],
)
def test_another_year_place_or_unit_is_refused_by_name_even_by_one_who_is_sure(sure: Assistant, text: str, reason: str) -> None:
    assert refused(sure, text).answer == reason


def test_the_nearest_thing_is_named_apart_with_its_own_label_and_place(assistant: Assistant) -> None:
    answer = refused(assistant, "Năng suất lúa của Hòa Lạc là bao nhiêu?")
    assert answer.nearest
    for one in answer.nearest:
        label, figure = one.label.rsplit(": ", 1)
        assert label and figure in one.citation.quote
    assert answer.nearest[0].label == "Năng suất lúa cả năm: 62,5 tạ/ha"
    assert answer.to_json()["figures"] == answer.to_json()["citations"] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Diện tích ngô của xã Minh Quang là bao nhiêu?", "xã Minh Quang"),
        ("Giá trị sản xuất ngành xây dựng của huyện Khác là bao nhiêu?", "huyện Khác"),
        ("Tổng đàn lợn của thành phố Hải Thượng?", "thành phố Hải Thượng"),
    ],
)
def test_a_place_that_the_report_does_not_know_is_refused_by_name(assistant: Assistant, text: str, place: str) -> None:
    assert refused(assistant, text).answer == refusal.UNKNOWN_PLACE.format(place=place)


@pytest.mark.parametrize(
    ("text", "begins", "figure"),
    [
        ("Đàn lợn giảm bao nhiêu phần trăm?", "Báo cáo nêu ngược lại: không phải giảm mà là tăng. ", "3,4%"),
        ("Đàn gia cầm tăng bao nhiêu?", "Báo cáo nêu ngược lại: không phải tăng mà là giảm. ", "2,1%"),
        ("Vì sao đàn lợn giảm?", "Báo cáo nêu khác: không phải giảm mà là tăng. ", "3,4%"),
        ("Vì sao đàn gia cầm tăng?", "Báo cáo nêu khác: không phải tăng mà là giảm. ", "2,1%"),
        ("Vì sao công nghiệp vượt kế hoạch?", "Báo cáo nêu khác: ", "96,5%"),
        ("Vì sao thu ngân sách không đạt dự toán?", "Báo cáo nêu khác: ", "112%"),
        ("Vì sao đàn lợn chỉ đạt 12.000 con?", "Báo cáo không nêu con số như trong câu hỏi; báo cáo nêu: ", "21.300 con"),
    ],
)
def test_what_a_question_has_wrong_is_set_right_before_the_figure(sure: Assistant, text: str, begins: str, figure: str) -> None:
    answer = sure.ask(text)
    assert answer.status == ANSWERED
    assert answer.answer.startswith(begins)
    assert [one.printed for one in answer.figures] == [figure]


@pytest.mark.parametrize("text", ["Vì sao năng suất lúa tăng?", "Đàn lợn tăng bao nhiêu phần trăm?", "Công nghiệp có đạt kế hoạch không?"])
def test_what_a_question_has_right_is_not_set_right(sure: Assistant, text: str) -> None:
    assert "Báo cáo nêu" not in sure.ask(text).answer


@pytest.mark.parametrize("text", ["", " ", "\n\t\n"])
def test_nothing_is_answered_with_a_request_for_a_question(assistant: Assistant, text: str) -> None:
    assert refused(assistant, text).answer == door.EMPTY


@pytest.mark.parametrize("text", ["🙂🙂🙂", "???", "!!!...", "<br><br/>", "\x00\x01\u200b", "7", "[](){}"])
def test_signs_without_words_are_no_question(assistant: Assistant, text: str) -> None:
    assert refused(assistant, text).answer in (door.NO_WORDS, door.EMPTY)


@pytest.mark.parametrize("length", [MAX_LENGTH + 1, 100_000])
def test_a_question_that_is_too_long_is_turned_away_at_once(assistant: Assistant, length: int) -> None:
    answer = refused(assistant, ("đàn lợn " * length)[:length])
    assert answer.answer == door.TOO_LONG
    assert answer.latency_ms < 200


def test_a_question_of_the_greatest_length_is_still_looked_up(assistant: Assistant) -> None:
    text = "Tổng đàn lợn là bao nhiêu con?"
    assert assistant.ask(text + "?" * (MAX_LENGTH - len(text))).figures[0].printed == "21.300 con"


@pytest.mark.parametrize(
    "text",
    [
        "<b>Tổng đàn lợn</b> là bao nhiêu con?",
        "<script src='x'></script>Tổng đàn lợn là bao nhiêu con?",
        "Tổng đàn lợn là bao nhiêu con 🐷🐷?",
        "Tổng\u00a0đàn\x00lợn\r\nlà bao nhiêu con?",
        "  Tổng   đàn   lợn\tlà bao nhiêu con ? ",
        "TỔNG ĐÀN LỢN LÀ BAO NHIÊU CON?",
        "**Tổng đàn lợn** là bao nhiêu con?",
    ],
)
def test_markup_emoji_control_signs_and_capitals_do_not_change_the_figure(assistant: Assistant, text: str) -> None:
    assert [one.printed for one in assistant.ask(text).figures] == ["21.300 con"]


@pytest.mark.parametrize("text", ["Tổng đàn lợn là bao nhiêu con?", "Diện tích ngô của xã Hòa Lạc?", "Vì sao năng suất lúa tăng?", "Diện tích cà phê?"])
def test_a_decomposed_question_is_answered_like_a_composed_one(assistant: Assistant, text: str) -> None:
    composed, decomposed = (assistant.ask(unicodedata.normalize(form, text)).to_json() | {"latency_ms": 0} for form in ("NFC", "NFD"))
    assert composed == decomposed


def test_a_question_is_cleaned_to_one_line() -> None:
    assert door.clean("a<b>b</b>\x07 c\n\nd\u0301") == "a b c d\u0301".replace("d\u0301", unicodedata.normalize("NFC", "d\u0301"))


@pytest.mark.parametrize("text", ["Bí thư huyện ủy là ai?", "Chủ tịch UBND huyện tên gì", "Ai đang làm giám đốc trung tâm y tế?"])
def test_who_holds_a_post_is_answered_by_a_name_alone(assistant: Assistant, text: str) -> None:
    assert asks_who(text)
    assert assistant.ask(text).status == NOT_FOUND


def test_a_holder_is_a_person_named_beside_the_post() -> None:
    who = "Chủ tịch UBND huyện là ai?"
    assert names_holder("đồng chí Nguyễn Văn An, Chủ tịch UBND huyện, chủ trì", who)
    assert not names_holder("Chủ tịch, các PCT.UBND huyện", who) and not names_holder("hộ ông Vũ Xuân Quyền, bà Vũ Thị Hà", who)
    assert not asks_who("Chủ tịch huyện tiếp dân bao nhiêu lần?")
