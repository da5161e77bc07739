"""The words of a question: marks restored, slips and Telex mended, abbreviations written out, compounds, synonyms, spellings."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

import pytest

from corpus.abbreviations import abbreviations, meanings_in, write_out
from corpus.figures import SHARE, Figure, passage_figures
from corpus.periods import RESULT
from corpus.text import fold, nfc, search_words, unify_tone, words
from rag.assistant import Assistant
from rag.implied import implied_words
from rag.lexicon import bearing, phrases, synonyms
from rag.lexicon.tables import compounds
from rag.marks import Marks
from rag.syllables import is_folded_syllable
from rag.terms import SAME, SYNONYM, Rarity, Words, compound_terms, is_stopword, match, question_terms
from tests.rag_fakes import open_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("words"))


def read_first(typed: str, words: Container[str] = ()) -> str:
    """`typed` with each abbreviation as what it likeliest stands for by itself, with marks."""
    return write_out(typed, {short: meanings[0] for short, meanings in meanings_in(typed, words).items()}, marked=True)


MARKED = [
    "Tổng đàn lợn là bao nhiêu con?",
    "đàn lợn bao nhiêu con",
    "Tỷ lệ hộ nghèo còn bao nhiêu?",
    "tổng thu ngân sách nhà nước đạt bao nhiêu",
    "Giá trị sản xuất ngành xây dựng",
    "tai nạn giao thông làm chết bao nhiêu người",
    "giải quyết việc làm cho bao nhiêu lao động",
    "năng suất lúa",
]


@pytest.mark.parametrize("text", MARKED)
def test_marks_are_restored_to_a_question_typed_without(assistant: Assistant, text: str) -> None:
    marks = assistant.ground.marks
    assert marks.is_unmarked(fold(text))
    restored = marks.restore(fold(text)[:1].upper() + fold(text)[1:])
    assert restored == text[:1].upper() + text[1:]


@pytest.mark.parametrize("text", MARKED)
def test_a_question_typed_with_marks_is_left_as_it_is(assistant: Assistant, text: str) -> None:
    assert assistant.ground.marks.restore(text) == text


@pytest.mark.parametrize("text", ["How many pigs are there in the district?", "What is the total budget revenue?", "qwzx lorem ipsum", "12,5%", ""])
def test_foreign_text_and_figures_get_no_marks(assistant: Assistant, text: str) -> None:
    assert assistant.ground.marks.restore(text) == text


def test_capitals_stay_where_they_were_typed(assistant: Assistant) -> None:
    assert assistant.ground.marks.restore("TONG THU NGAN SACH") == "TỔNG THU NGÂN SÁCH"
    assert assistant.ground.marks.restore("Tong thu") == "Tổng thu"


def test_neighbours_decide_between_words_that_fold_alike() -> None:
    marks = Marks(["bán hàng\nbàn ghế\ncái bàn"], [])
    # `bàn` is the commoner word; beside `hàng` only `bán` stands
    assert marks.restore("ban hang") == "bán hàng"
    assert marks.restore("ban") == "bàn"


def test_a_rare_word_before_an_unknown_pair_is_not_taken_for_a_common_one() -> None:
    marks = Marks(["chỉ tiêu phải đạt\nphải đạt chỉ tiêu\nđạt kế hoạch\nkế hoạch đạt\nít nhất là\ndắt trâu"], [])
    # neither `đạt ít` nor `dắt ít` was ever seen
    assert marks.restore("phai dat it nhat") == "phải đạt ít nhất"


def test_the_end_of_a_clause_is_a_neighbour_too() -> None:
    marks = Marks(["được vậy\nnhư vậy\nvay vốn\nvay tiền\ncho vay vốn"], [])
    assert marks.restore("nhu vay") == "như vậy"
    assert marks.restore("vay von") == "vay vốn"


def test_a_word_that_nobody_knows_stays_as_typed() -> None:
    assert Marks(["đàn lợn"], []).restore("dan lon zux") == "đàn lợn zux"


@pytest.mark.parametrize(("word", "yes"), [("nghieng", True), ("thuong", True), ("quyen", True), ("bcd", False), ("what", False), ("pigs", False), ("", False)])
def test_a_syllable_is_an_onset_and_a_rime(word: str, yes: bool) -> None:
    assert is_folded_syllable(word) is yes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("GTSX ngành XD là bao nhiêu?", "giá trị sản xuất ngành xây dựng là bao nhiêu?"),
        ("Tổng thu NSNN đạt bao nhiêu?", "Tổng thu ngân sách nhà nước đạt bao nhiêu?"),
        ("gtsx nganh xd la bao nhieu?", "giá trị sản xuất ngành xây dựng là bao nhiêu?"),
        ("Tỷ lệ HS tốt nghiệp THCS?", "Tỷ lệ học sinh tốt nghiệp trung học cơ sở?"),
        ("Sửa QL27 và ĐT.393 hết bao nhiêu?", "Sửa quốc lộ 27 và đường tỉnh 393 hết bao nhiêu?"),
        ("con bao nhiu tien", "còn bao nhiêu tiền"),
        ("ty le bhyt hien dat bao nhieu", "tỷ lệ bảo hiểm y tế hiện đạt bao nhiêu"),
    ],
)
def test_abbreviations_are_written_out_and_the_reading_is_shown(assistant: Assistant, typed: str, read: str) -> None:
    question, understood = assistant.understand(typed)
    assert (question.text, understood, question.raw) == (read, read, typed)


def test_an_ambiguous_abbreviation_is_read_by_its_company(assistant: Assistant) -> None:
    ground = assistant.ground
    report = ground.index.reports[0]
    for of_report in (None, report):
        assert ground.shorthand.written_out("hs tốt nghiệp", of_report) == "học sinh tốt nghiệp"
        # nothing of either stands in the report: the first reading
        assert ground.shorthand.written_out("ts cố định", of_report) == f"{abbreviations()['ts'][0]} cố định"


def test_a_question_that_reads_as_typed_shows_no_reading(assistant: Assistant) -> None:
    assert assistant.understand("Tổng đàn lợn là bao nhiêu?")[1] is None


@pytest.fixture(scope="module")
def rarity() -> Rarity:
    texts = ["giá trị công nghiệp", "cụm công nghiệp", "sản xuất công nghiệp", "công an huyện", "nghiệp vụ", "đàn lợn", "năng suất lúa"]
    return Rarity([Words(text) for text in texts])


def test_words_that_stand_together_are_one_term(rarity: Rarity) -> None:
    # 3 of the 4 statements with `nghiệp` and of the 4 with `công` hold the pair
    assert [term.folded for term in compound_terms("giá trị công nghiệp là bao nhiêu", rarity)] == ["gia tri", "cong nghiep"]


def test_half_a_compound_is_worth_little_and_the_whole_is_worth_all(rarity: Rarity) -> None:
    [term] = compound_terms("công nghiệp", rarity)
    assert match(term, Words("phát triển công nghiệp")) == 1
    assert 0 < match(term, Words("công an huyện")) < 0.3
    assert match(term, Words("đàn lợn")) == 0


def test_rare_words_weigh_more_than_common_ones(rarity: Rarity) -> None:
    assert rarity.word("voi") > rarity.word("lon") > rarity.word("cong")


def test_words_without_topic_are_no_terms(rarity: Rarity) -> None:
    assert question_terms("bao nhiêu là của cái gì thế ạ", rarity) == ()
    assert is_stopword("bao") and is_stopword("nhieu") and not is_stopword("lúa")


@pytest.mark.parametrize(
    ("asked", "written", "value"),
    [
        ("heo", "tổng đàn lợn", SAME),  # a synonym
        ("lợn", "tổng đàn lợn", 1.0),
        ("thóc", "năng suất lúa", SAME),
        ("hoà giải", "tổ hòa giải", 1.0),  # old and new place of the tone
        ("hòa giải", "tổ hoà giải", 1.0),
        ("kĩ thuật", "cán bộ kỹ thuật", 1.0),  # i and y
        ("kỹ thuật", "cán bộ kĩ thuật", 1.0),
        ("lon", "tổng đàn lợn", 1.0),  # typed without marks
        ("lớn", "tổng đàn lợn", 0.55),  # typed with other marks
        ("trâu", "tổng đàn lợn", 0.0),
    ],
)
def test_a_term_is_found_as_typed_by_spelling_or_by_synonym(rarity: Rarity, asked: str, written: str, value: float) -> None:
    terms = compound_terms(asked, rarity)
    assert min(match(term, Words(written)) for term in terms) == value


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("sổ đỏ", "cấp giấy chứng nhận quyền sử dụng đất lần đầu"),
        ("thẻ bảo hiểm", "tỷ lệ bao phủ BHYT"),
        ("ca mắc", "ghi nhận trường hợp mắc sốt xuất huyết"),
        ("lên chức", "bổ nhiệm cán bộ quản lý"),
        ("máy móc cày cấy", "đẩy mạnh cơ giới hóa"),
        ("đi bộ đội", "công dân lên đường nhập ngũ"),
        ("đàn heo", "tổng đàn lợn"),
        ("trạm xá", "trạm y tế xã"),
        ("đền bù", "chi trả bồi thường cho các hộ"),
        ("khách tây", "khách quốc tế đến tham quan"),
        ("trễ hẹn", "hồ sơ quá hạn"),
        ("chích ngừa", "tiêm chủng mở rộng"),
        ("học trò", "học sinh tiểu học"),
        ("đi làm nước ngoài", "xuất khẩu lao động"),
        ("nhà dột nát", "xóa nhà tạm"),
        ("khoai mì", "củ sắn, cây sắn"),
    ],
)
def test_everyday_words_find_those_of_a_report(asked: str, written: str) -> None:
    report = Rarity([Words(written), Words("công an huyện")])
    assert min(match(term, Words(written)) for term in compound_terms(asked, report)) in (SYNONYM, SAME)


def test_what_no_report_says_stands_for_nothing(rarity: Rarity) -> None:
    assert all(not term.synonyms for term in compound_terms("sổ đỏ", rarity))


def test_abbreviations_are_written_out_with_marks_before_these_are_restored(assistant: Assistant) -> None:
    marks = assistant.ground.marks
    assert read_first("gtsx dat bn", words=marks) == "giá trị sản xuất dat bao nhiêu"
    assert "te" in marks and "bn" not in marks  # `te` is tế, and no abbreviation
    assert assistant.understand("tram y te nao")[0].text == "trạm y tế nào"
    assert assistant.understand("noi nao nhieu ca mac nhat")[0].text == "nơi nào nhiều ca mắc nhất"


def test_foreign_text_is_not_read_as_vietnamese_without_marks(assistant: Assistant) -> None:
    assert not assistant.ground.marks.is_unmarked("how many people live there")


APART_IN_REPORTS = [
    ("hộ nghèo", "hộ cận nghèo"),
    ("thu ngân sách", "chi ngân sách"),
    ("diện tích", "sản lượng"),
    ("diện tích", "năng suất"),
    ("năng suất", "sản lượng"),
    ("kế hoạch", "kết quả"),
    ("xuất khẩu", "nhập khẩu"),
    ("khởi công", "hoàn thành"),
    ("số hộ", "nhân khẩu"),
    ("nước sạch", "nước hợp vệ sinh"),
    ("vận tải hành khách", "vận tải hàng hóa"),
    ("nội trú", "ngoại trú"),
    ("thấp còi", "nhẹ cân"),
    ("khiếu nại", "tố cáo"),
    ("giao đất", "cho thuê đất"),
    ("khai sinh", "khai tử"),
    ("giải thể", "tạm ngừng hoạt động"),
    ("thu nội địa", "thu ngân sách trên địa bàn"),
    ("phòng học", "lớp học"),
    ("gia súc", "gia cầm"),
    ("tiểu học", "trung học cơ sở"),
    ("tăng", "giảm"),
]


@pytest.mark.parametrize(("one", "other"), APART_IN_REPORTS)
def test_no_synonym_joins_what_reports_tell_apart(one: str, other: str) -> None:
    assert not [group for group in synonyms() if one in group and other in group]


def test_synonyms_are_groups_of_different_phrases_without_folded_twins_of_common_words() -> None:
    common = {"trong", "de", "cho", "dan", "ca", "dung", "mat", "cuoi", "hang", "don", "phat", "giai", "hien", "tang", "cay", "doi", "chuyen", "nhau", "boi"}
    for group in synonyms():
        assert len(group) > 1 and len(set(group)) == len(group), group
        # "tăng" beside "cao hơn" tells a direction, which is read apart
        assert not [one for one in group if one != "tăng" and " ".join(search_words(one)) in common], group
        assert all(len(words(one)) <= 9 for one in group), group


def test_phrases_and_compounds_are_spelled_as_people_write_them() -> None:
    for phrase in [*phrases(), *compounds()]:
        assert phrase == nfc(phrase).strip() and "  " not in phrase and "|" not in phrase
    assert len(set(compounds())) > 900 and all(" " in one or one == "camera" or one == "internet" for one in compounds())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("xã k đạt bn tiêu chí", "xã không đạt bao nhiêu tiêu chí"),
        ("sl lúa đc mấy tấn", "sản lượng lúa được mấy tấn"),
        ("hsg qg có mấy giải", "học sinh giỏi quốc gia có mấy giải"),
        ("mik hỏi số hcn", "mình hỏi số hộ cận nghèo"),
        ("cty nào chưa đóng bhxh", "công ty nào chưa đóng bảo hiểm xã hội"),
        # words of ordinary text stay what they are
        ("xã An Lạc", "xã An Lạc"),
        ("bao nhiêu ca mắc", "bao nhiêu ca mắc"),
        ("mỗi khẩu 15 kg gạo", "mỗi khẩu 15 kg gạo"),
    ],
)
def test_the_first_reading_of_chat(typed: str, first: str) -> None:
    assert read_first(typed) == first


def test_an_abbreviation_of_several_meanings_has_each() -> None:
    assert meanings_in("dt lúa") == {"dt": ("dự toán", "diện tích")}
    assert "da" in meanings_in("chất độc da cam")["da"]
    assert "công an" in meanings_in("ca xã")["ca"]


def test_abbreviations_are_short_for_something_else_and_no_line_repeats_another() -> None:
    for short, meanings in abbreviations().items():
        assert short == short.lower().strip() and " " not in short
        assert len(set(meanings)) == len(meanings), short
        assert set(meanings) != {short}, short


@pytest.mark.parametrize("place", ["An Bình", "Hòa Lạc", "Tân Tiến", "Đông Phú"])
@pytest.mark.parametrize("typed", ["xa {place} co bao nhieu ho ngheo", "xa {place} lam duoc may km duong", "ho ngheo o {place} la bao nhieu"])
def test_a_place_of_the_report_typed_without_marks_stays_that_place(assistant: Assistant, place: str, typed: str) -> None:
    question, _ = assistant.understand(typed.format(place=fold(place)))
    assert place.lower() in question.text.lower()


def test_what_everybody_abbreviates_is_written_out_even_where_a_name_folds_to_it() -> None:
    assert read_first("lúa có tăng ko", words=frozenset(("ko", "la"))) == "lúa có tăng không"
    assert read_first("lúa ở ubnd", words=frozenset(("ubnd",))) == "lúa ở ubnd"


def test_words_that_answers_do_without_weigh_less(rarity: Rarity, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bearing() and all(0.0 < share < 1.0 for share in bearing().values())
    plain = {term.folded: term.weight for term in compound_terms("lợn hết sạch", rarity)}
    monkeypatch.setattr("rag.terms.bearing", lambda: {unify_tone("sạch"): 0.25})
    told = {term.folded: term.weight for term in compound_terms("lợn hết sạch", rarity)}
    assert told["sach"] == pytest.approx(plain["sach"] * 0.25)
    assert told["lon"] == plain["lon"]


@pytest.fixture(scope="module")
def figures(assistant: Assistant) -> dict[str, Figure]:
    report = assistant.ground.index.reports[0]
    return {figure.printed: figure for passage in assistant.ground.index.passages for figure in passage_figures(passage, report)}


def test_a_figure_implies_its_measure_its_kind_and_whether_it_is_planned(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        said = implied_words(figure, local=False)
        assert ("diện tích" in said) == (figure.quantity.canonical.dimension == "area")
        assert ("tỷ trọng" in said) == (figure.kind == SHARE)
        assert ("phấn đấu" in said) == (figure.period.status != RESULT)
    assert any(figure.period.status != RESULT for figure in figures.values())
    assert any(figure.kind == SHARE for figure in figures.values())


def test_no_part_and_no_figure_of_a_single_place_is_a_total(figures: dict[str, Figure]) -> None:
    whole = next(figure for figure in figures.values() if figure.whole is None and figure.base is None)
    assert "tổng số" in implied_words(whole, local=False)
    assert "tổng số" not in implied_words(whole, local=True)
    assert "tổng số" not in implied_words(replace(whole, whole="x"), local=False)
