"""Abbreviations of a user's own making: read by the words of the report that begin with their letters, and by their company."""

from __future__ import annotations

import pytest

from corpus.report import parse_report
from rag.assistant import Assistant
from rag.initials import Initials, may_shorten
from rag.marks import Marks
from rag.terms import Words
from rag.together import Together
from tests.rag_fakes import open_assistant

TEXT = "Trung tâm Phục vụ hành chính công trả 9 hồ sơ. Xử lý vi phạm, vi phạm cũ. Mô hình chăn nuôi an toàn sinh học, đập Cầu."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("initials"))


@pytest.mark.parametrize(
    ("letters", "phrases"),
    [
        ("pvhcc", ("phục vụ hành chính công",)), ("atsh", ("an toàn sinh học",)), ("vp", ("vi phạm",)),
        ("hs", ()),  # said once only: two letters need more
        ("shdc", ()),  # a comma between: no phrase
        ("", ()), ("p", ()), ("p.h", ()), ("aaaaaaaaaaaaaaaa", ()),
    ],
)  # fmt: skip
def test_letters_stand_for_words_side_by_side_that_begin_with_them(letters: str, phrases: tuple[str, ...]) -> None:
    marks = Marks([TEXT] * 2, [])
    assert Initials(TEXT, marks.bound).phrases(letters) == phrases


def test_a_letter_that_folds_to_two_moves_no_other() -> None:
    odd = Initials("ﬁlm ßa \u0301x. Xử lý vi phạm đê điều.", lambda first, second: 1.0)
    assert odd.phrases("xlvp") == ("xử lý vi phạm",)


@pytest.mark.parametrize(("word", "may"), [("pvhcc", True), ("đtxd", True), ("tham", False), ("an", False), ("ợnk", False), ("x", False), ("a1b", False)])
def test_what_is_no_syllable_may_be_short_for_words(word: str, may: bool) -> None:
    assert may_shorten(word) is may


def test_an_abbreviation_that_no_list_holds_is_read_by_the_report(assistant: Assistant) -> None:
    report = assistant.ground.index.reports[0]
    own = parse_report(report.raw + "\n\nXử lý vi phạm trật tự xây dựng: 12 vụ; vi phạm trật tự xây dựng giảm.\n", report.path)
    ground = assistant.ground
    assert "vi phạm trật tự xây dựng" in Initials(own.raw, ground.marks.bound).phrases("vpttxd")
    assert ground.shorthand.shortened("có bao nhiêu vụ vpttxd", None) == {}
    assert ground.shorthand.shortened("tổng đàn lợn", report) == {}


def test_an_abbreviation_that_nothing_speaks_for_stays_as_typed(assistant: Assistant) -> None:
    report = assistant.ground.index.reports[0]
    assert assistant.ground.shorthand.written_out("tổng số qzx là bao nhiêu", report) == "tổng số qzx là bao nhiêu"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14 da trong diem", "14 dự án trọng điểm"),
        ("thang 12 da lam", "tháng 12 đã làm"),
        ("nam 2023 da lam", "năm 2023 đã làm"),
        ("chat doc da cam", "chất độc da cam"),
    ],
)
def test_after_a_number_a_word_may_be_short_for_a_noun(assistant: Assistant, typed: str, read: str) -> None:
    assert assistant.ground.shorthand.written_out(typed) == read


@pytest.mark.parametrize("typed", ["gtsx xd 2023 bn", "gtsx xd bn", "GTSX XD BN"])
def test_a_question_of_nothing_but_abbreviations_is_read_with_its_marks(assistant: Assistant, typed: str) -> None:
    assert assistant.ground.shorthand.written_out(typed).lower().startswith("giá trị sản xuất xây dựng")
    assert assistant.ask(typed).figures[0].text == "420,5"


def test_words_stand_together_where_one_statement_holds_most_of_them() -> None:
    together = Together([Words("hồ sơ đúng hạn"), Words("học sinh giỏi cấp tỉnh"), Words("học sinh")])
    assert together.most([("hoc", 1.0), ("sinh", 1.0), (("hoc", "sinh"), 0.5), ("ho", 2.0)]) == 2.5
    assert together.most([("xe", 1.0)]) == 0.0 == Together([]).most([("xe", 1.0)])


@pytest.mark.parametrize(("typed", "read"), [("sl luong thuc bn tan", "sản lượng lương thực"), ("sl ho chan nuoi bn", "số lượng hộ chăn nuôi")])
def test_a_reading_that_says_nothing_is_taken_only_where_the_other_does_not_stand_with_the_rest(assistant: Assistant, typed: str, read: str) -> None:
    assert assistant.ground.shorthand.written_out(typed, assistant.ground.index.reports[0]).startswith(read)
