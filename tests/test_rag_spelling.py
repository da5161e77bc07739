"""Hurried typing: raw Telex, wrong and missing tones, slips of the keys; and what may be meant stays."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.text import fold
from rag.assistant import Assistant
from rag.marks import Marks
from rag.spelling import Speller
from rag.syllables import from_telex, settle_tones, with_tone
from tests.rag_fakes import open_assistant


@pytest.fixture(scope="module")
def speller(tmp_path_factory: pytest.TempPathFactory) -> Speller:
    return open_assistant(tmp_path_factory.mktemp("spelling")).ground.speller


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("ddoongf", "đồng"), ("tieenf", "tiền"), ("lowjn", "lợn"), ("nguwowif", "người"), ("nguoiwf", "người"), ("ddieenj", "điện"), ("dieenjd", "điện"),
        ("nhuwngx", "những"), ("conf", "còn"), ("quaf", "quà"), ("giaf", "già"), ("quoocs", "quốc"), ("thuyr", "thủy"), ("hoaj", "họa"), ("ansf", "àn"),
        ("thoong", "thông"), ("tuwr", "tử"), ("w", "ư"), ("Ddaats", "đất"),
    ],
)  # fmt: skip
def test_raw_telex_is_read_as_the_word_it_spells(keys: str, word: str) -> None:
    found = from_telex(keys)
    assert found is not None and with_tone(*found) == word


@pytest.mark.parametrize("word", ["dong", "lợn", "123", "", "what", "pigs", "ocop", "xsd"])
def test_what_is_no_telex_spells_nothing(word: str) -> None:
    assert from_telex(word) is None


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("lần lựơt", "lần lượt"), ("nứơc", "nước"), ("tíêng", "tiếng"), ("mụôn", "muộn"), ("đưọc", "được"), ("huye\u0300\u0302n", "huyền"),
        ("huyè\u0302n", "huyền"), ("cửa hàng", "cửa hàng"), ("thủy", "thủy"),
    ],
)  # fmt: skip
def test_a_tone_in_the_wrong_place_is_settled(typed: str, settled: str) -> None:
    assert settle_tones(typed) == settled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Toongr ddanf lowjn laf bao nhieeu", "Tổng đàn lợn là bao nhiêu"),
        ("Sản lượg lúa car năm", "Sản lượng lúa cả năm"),
        ("diện tíhc gieo trồng", "diện tích gieo trồng"),
        ("Giá trị sản xuuất công nghhiệp", "Giá trị sản xuất công nghiệp"),
        ("bao nhieu phần trăm kế hoạhc", "bao nhiêu phần trăm kế hoạch"),
        ("khám bệng cho ngừoi dân", "khám bệnh cho người dân"),
        ("hổ sơ trể hẹn được giải quyêt", "hồ sơ trễ hẹn được giải quyết"),
        ("tỷ lệ hộ nghéo giãm bao nhiêu", "tỷ lệ hộ nghèo giảm bao nhiêu"),
        ("lam duogn giao thong", "lam đường giao thong"),
        ("ty le bao phu bhtyt", "ty le bao phu bhyt"),
    ],
)
def test_slips_are_mended_by_the_words_beside_them(speller: Speller, typed: str, meant: str) -> None:
    assert speller.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "khoai lang", "đàn trâu", "Vinamilk", "OCOP", "cà phê", "cá trê", "sầu riêng", "tôm thẻ", "xã Lê Hồng", "thôn Phù Tải", "500kV", "tlxh", "ctn",
        "dan trau bn con", "ty le ho ngheo", "GTSX nn", "How many pigs are there?", "12,5%", "", "hoá học", "khẳng định", "di dời mồ mả",
    ],
)  # fmt: skip
def test_what_may_be_meant_stays_as_typed(speller: Speller, text: str) -> None:
    assert speller.mend(text) == text


def test_a_known_word_gives_way_sooner_where_the_typing_is_careless() -> None:
    speller = Speller(Marks(["trạm xá", "xã"] * 50, []))
    # `xã` is a word; only beside what is none it is a slip
    assert speller.mend("trạm xã") == "trạm xã"
    assert speller.mend("trạm xã, khẩmz").startswith("trạm xá,")


def test_two_words_shortened_to_one_are_written_out_where_everybody_says_them() -> None:
    speller = Speller(Marks(["kiểm tra", "thời gian", "tự nguyện", "tài nguyên"] * 20, []))
    assert speller.mend("tgian ktra") == "thoi gian kiem tra"
    assert speller.mend("gửi ktrá, đợt ktra sau") == "gửi ktrá, đợt kiểm tra sau"
    assert speller.mend("tnguyen") == "tnguyen"  # either


def test_text_in_any_normal_form_is_mended_alike(speller: Speller) -> None:
    typed = "diện tíhc gieo trồng"
    assert speller.mend(unicodedata.normalize("NFD", typed)) == speller.mend(typed) == "diện tích gieo trồng"


def test_a_mended_question_says_how_it_was_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    assistant: Assistant = open_assistant(tmp_path_factory.mktemp("asked"))
    asked = assistant.understand("Toongr ddanf lowjn laf bao nhieeu?")
    assert asked[1] == "Tổng đàn lợn là bao nhiêu?"
    assert fold(asked[0].text) == "tong dan lon la bao nhieu?"
