"""Figures are read and compared in Vietnamese notation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evals.notation import holds_figure, read_figure, read_number, same_figure, untraced


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234", "1234"), ("1,234", "1.234"), ("1.626,4", "1626.4"), ("830,0", "830"), ("1.95", "1.95"), ("01", "1")],
)
def test_a_point_groups_and_a_comma_is_decimal(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_number("1,234.5")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("830,0", "tỷ đồng"), ("830", "tỷđ")),
        (("63,03", "tạ/ha"), ("63,03tạ/ha", "")),
        (("103,4%", "%"), ("103,4", "%")),
        (("103,4", "%"), ("103,4 %", "")),
        (("8% đến 10%", "%"), ("8 - 10", "%")),
        (("48/52", "trường"), ("48/52 trường", "trường")),
        (("5 tỷ 786", "triệu đồng"), ("5 tỷ 786 triệu đồng", "")),
        (("12.000", "m²"), ("12.000", "m2")),
        (("17,9", "điểm %"), ("17,9 điểm phần trăm", "")),
        (("1.200", "lượt"), ("1.200", "lượt khách")),
        (("5,2", "triệu lượt khách"), ("5,2", "triệu lượt khách du lịch")),
        (("4", "vụ hoà giải"), ("4", "vụ hòa giải")),
    ],
)
def test_one_figure_in_two_spellings_is_equal(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert same_figure(read_figure(*first), read_figure(*second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("830,0", "tỷ đồng"), ("830,0", "triệu đồng")),
        (("1.234", "ha"), ("1,234", "ha")),
        (("830", "tỷ đồng"), ("830.000", "triệu đồng")),
        (("1,5", "%"), ("1,5", "")),
        (("1,5%", "%"), ("1,5", "điểm %")),
        (("1,5%", "%"), ("-1,5%", "%")),
        (("48/52", "trường"), ("48", "trường")),
        (("8% đến 10%", "%"), ("8", "%")),
        (("5", "bị can"), ("5", "bị cáo")),
        (("63,03", "tạ/ha"), ("63,03", "tạ")),
        (("78.822", "tấn"), ("78.823", "tấn")),
    ],
)
def test_another_value_unit_or_shape_is_not_equal(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert not same_figure(read_figure(*first), read_figure(*second))


def test_a_figure_inside_a_longer_number_is_not_held() -> None:
    assert holds_figure("ước đạt 14.739 ha", "14.739")
    assert not holds_figure("ước đạt 14.739 ha", "739")
    assert not holds_figure("ước đạt 14.739,5 ha", "14.739")
    assert holds_figure("đạt 14.739.", "14.739")


def test_digit_strings_are_traced_to_the_quotes_as_whole_numbers() -> None:
    # 2022 stands in the quote, 2023 and the 73 of 14.739 do not; the 2 of m2 is no figure
    assert untraced("Năm 2023: 14.739 ha, 73 m2, so với 2022", ["14.739 ha so với năm 2022"]) == ["2023", "73"]
