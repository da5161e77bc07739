"""Lexical search finds what was typed with or without diacritics."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex, accented_words, folded_pairs

TEXTS = [
    "Diện tích rau màu đạt 1.100 ha",
    "Giá trị sản xuất ngành xây dựng đạt 420,5 tỷ đồng",
    "Hòa giải thành 12 vụ việc",
    "Bán hàng tại chợ",
]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize("query", ["diện tích rau màu", "dien tich rau mau", "DIỆN TÍCH RAU MÀU?"])
def test_a_question_finds_its_text_with_and_without_diacritics(lexical: LexicalIndex, query: str) -> None:
    assert np.argmax(lexical.scores(query)) == 0


def test_old_and_new_tone_placement_find_the_same(lexical: LexicalIndex) -> None:
    assert lexical.scores("hoà giải") == pytest.approx(lexical.scores("hòa giải"))


def test_diacritics_tell_apart_words_that_fold_alike() -> None:
    lexical = LexicalIndex.build(["bán hàng", "bạn hàng", "bàn hàng"])
    assert np.argmax(lexical.scores("bạn")) == 1


def test_a_printed_number_is_one_term(lexical: LexicalIndex) -> None:
    assert np.argmax(lexical.scores("420,5 là gì")) == 1
    assert lexical.scores("420").max() == 0


def test_adjacent_words_in_order_count_more_than_the_same_words_apart() -> None:
    lexical = LexicalIndex.build(["đất nông nghiệp tăng vụ", "nghiệp vụ tăng đất nông"])
    scores = lexical.scores("nông nghiệp")
    assert scores[0] > scores[1]


def test_scores_are_shares_and_zero_where_no_term_is_known(lexical: LexicalIndex) -> None:
    scores = lexical.scores("diện tích rau màu xuất khẩu")
    assert 0 < scores[0] < 1
    assert scores.min() >= 0
    assert lexical.scores("bitcoin").max() == 0
    assert lexical.scores("?!").max() == 0


def test_a_text_without_any_pair_is_kept_in_place() -> None:
    lexical = LexicalIndex.build(["một", "hai ba"])
    assert np.argmax(lexical.scores("hai ba")) == 1
    assert np.argmax(LexicalIndex.build(["một", "…"]).scores("một")) == 0


def test_an_endless_question_is_cut(lexical: LexicalIndex) -> None:
    assert lexical.scores("x " * 100_000 + "rau màu").max() == 0


def test_what_is_saved_scores_the_same_when_loaded(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert loaded.size == len(TEXTS)
    assert loaded.scores("giá trị xây dựng") == pytest.approx(lexical.scores("giá trị xây dựng"))


def test_terms() -> None:
    assert folded_pairs("Đàn lợn tăng") == ["dan lon", "lon tang"]
    assert accented_words("Hoà giải") == accented_words("hòa GIẢI")
