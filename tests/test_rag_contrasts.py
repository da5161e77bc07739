"""Things of one sort that stand side by side: a figure of one does not answer a question on another."""

from __future__ import annotations

import pytest

from rag.contrasts import contrast, lacks, members_in, named_in
from rag.lexicon import contrasts


def test_every_name_is_of_no_two_members_of_one_sort_by_a_slip() -> None:
    assert all(len(members) > 1 and all(names and all(names) for names in members) for members in contrasts())


@pytest.mark.parametrize(
    ("asked", "near", "around", "differs"),
    [
        ("năng suất ngô", "năng suất", "Lúa vụ Mùa cấy 7.826 ha, năng suất", True),
        ("năng suất ngô", "ngô", "Lúa 200 ha; ngô", False),
        ("sĩ số cấp 2", "sĩ số bình quân cấp tiểu học", "", True),
        ("sĩ số cấp 2", "sĩ số bình quân cấp THCS", "", False),
        ("hộ nghèo", "hộ cận nghèo", "", True),
        ("hộ cận nghèo", "hộ cận nghèo", "hộ nghèo", False),
        ("cặp ly hôn", "kết hôn", "", True),
        ("đàn gà vịt", "đàn gia cầm", "", False),
        ("tổng thu ngân sách", "đàn trâu", "", False),
        ("ngân sách xã hỗ trợ", "Nguồn vốn ngân sách huyện hỗ trợ", "", True),
        ("ngân sách xã hỗ trợ", "nguồn ngân sách các xã, thị trấn", "", False),
    ],
)
def test_the_nearest_words_that_name_one_of_the_sort_decide(asked: str, near: str, around: str, differs: bool) -> None:
    assert contrast(named_in(asked), members_in(near), members_in(around)) is differs


def test_the_name_of_a_place_is_no_crop() -> None:
    assert members_in("diện tích ngô của Hòa Lạc", ["xã Hòa Lạc"]) == members_in("ngô")


def test_a_part_is_no_figure_of_all_that_is_asked_together() -> None:
    asked = named_in("đơn khiếu nại, tố cáo")
    assert contrast(asked, members_in("đơn tố cáo"), (), together=True)
    assert not contrast(asked, members_in("đơn khiếu nại, tố cáo"), (), together=True)
    assert not contrast(asked, members_in("đơn tố cáo"), ())


@pytest.mark.parametrize(
    ("asked", "said", "missing"),
    [
        ("THPT thiếu mấy giáo viên", "Toàn ngành thiếu 127 giáo viên", True),
        ("cấp 2 thiếu mấy giáo viên", "THCS thiếu 33 giáo viên", False),
        ("hộ nghèo xã Hải Lý", "Xã Hải Lý có 121 hộ làm muối", True),
        ("bao nhiêu hộ dân dùng nước sạch", "tỷ lệ hộ gia đình sử dụng nước sạch", False),
        ("dài mấy km", "đường thôn", False),
    ],
)
def test_some_names_must_be_said_of_a_figure(asked: str, said: str, missing: bool) -> None:
    assert lacks(named_in(asked), said) is missing
