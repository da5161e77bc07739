"""Numbers in Vietnamese notation: written, read back, equal; found in sentences, and never where they only name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.numbers import find_quantities, read_number, write_number

examples = settings(deadline=None)
wholes = st.integers(0, 10**15)
decimals = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)
UNITS = st.sampled_from(["ha", "tấn", "tỷ đồng", "triệu đồng", "%", "hồ sơ", "trường hợp", "km", "tạ/ha", "m²", "con", "lượt người"])


@examples
@given(wholes)
def test_a_whole_number_written_and_read_back_is_equal(number: int) -> None:
    assert read_number(write_number(Decimal(number))) == number


@examples
@given(decimals)
def test_a_decimal_number_written_and_read_back_is_equal(number: Decimal) -> None:
    assert read_number(write_number(number)) == number


@examples
@given(st.integers(1, 999), st.integers(0, 999))
def test_a_point_before_three_digits_groups_and_never_is_a_decimal_mark(thousands: int, rest: int) -> None:
    grouped, decimal = f"{thousands}.{rest:03d}", f"{thousands},{rest:03d}"
    assert read_number(grouped) == thousands * 1000 + rest
    assert read_number(decimal) == Decimal(f"{thousands}.{rest:03d}")
    assert read_number(grouped) != read_number(decimal)


def test_one_thousand_two_hundred_is_never_one_point_two() -> None:
    assert read_number("1.234") == 1234
    assert read_number("1,234") == Decimal("1.234")
    assert read_number("1.234,5") == Decimal("1234.5")
    assert read_number("2.604.315,77") == Decimal("2604315.77")
    assert read_number("0,0302") == Decimal("0.0302")


@pytest.mark.parametrize("text", ["", "một", "1.23.4", "1,2,3", "12.", "1.2345,6,7", "-"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number in Vietnamese notation"):
        read_number(text)


@examples
@given(st.one_of(wholes.filter(lambda n: not 1900 <= n <= 2099), decimals), UNITS)
def test_a_number_in_a_sentence_is_found_with_its_unit_and_value(number: int | Decimal, unit: str) -> None:
    written = write_number(Decimal(number))
    space = "" if unit == "%" else " "
    (found,) = find_quantities(f"Tổng số ước đạt {written}{space}{unit}, trong đó có phần của huyện.")
    assert (found.number, found.unit, found.value) == (written, unit, Decimal(number))


@examples
@given(st.integers(1, 9998), st.integers(1, 9998))
def test_a_ratio_keeps_both_numbers(part: int, whole: int) -> None:
    (found,) = find_quantities(f"toàn huyện có {write_number(Decimal(part))}/{write_number(Decimal(whole))} trường đạt chuẩn")
    assert (found.value, found.of, found.unit) == (Decimal(part), Decimal(whole), "trường")


@examples
@given(st.integers(1, 40), st.integers(1, 40))
def test_a_range_keeps_both_ends(low: int, more: int) -> None:
    (found,) = find_quantities(f"tăng từ {low}% đến {low + more}% trở lên")
    assert (found.value, found.high, found.qualifier) == (Decimal(low), Decimal(low + more), "từ")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("trên 5 tỷ 786 triệu đồng", 5_786_000_000, "đồng"),
        ("mức 63,03tạ/ha", Decimal("63.03"), "tạ/ha"),
        ("có 01/01 mô hình", 1, "mô hình"),
        ("trị giá 1.680.300.000đ", 1_680_300_000, "đ"),
        ("giảm 17,9 điểm % so với năm trước", Decimal("17.9"), "điểm %"),
        ("DQ =1.518 đồng chí", 1518, "đồng chí"),
        ("phục vụ 2,89 triệu lượt khách", Decimal("2.89"), "triệu lượt khách"),
        ("chỉnh trang 128 ngõ", 128, "ngõ"),
        ("có 71 khách sạn", 71, "khách sạn"),
        ("công suất 2 x 63 MVA", 126, "MVA"),
        ("đạt 19,9 giường/vạn dân", Decimal("19.9"), "giường/vạn dân"),
        ("đã xử lý dứt điểm 26 trường hợp", 26, "trường hợp"),  # and `điểm 2 Điều 5` is none
        ("đã tiêm phòng 300 con", 300, "con"),
    ],
)
def test_shapes_of_the_report(text: str, value: Decimal | int, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Tính đến ngày 05/12/2023",
        "Nghị định số 62/2020/NĐ-CP ngày 01/6/2020",
        "Kế hoạch số 122-KH/HU ngày 16/3/2023",
        "giai đoạn 2021 - 2025, tầm nhìn đến năm 2050",
        "đường tỉnh 392, 393 và 399; đoạn từ Km 14+00 đến Km15+362",
        "kỳ họp thứ 16, HĐND huyện khoá XX",
        "dịp nghỉ lễ 30/4, 1/5 và Quốc khánh 2/9",
        "dịch bệnh Covid-19, giống lúa ST25, TCVN ISO 9001:2015",
        "lớp 4, lớp 8, lớp 11",
        "sản phẩm đạt chứng nhận OCOP 3 sao",
        "Khu công nghiệp Bình Sơn 1 và Khu công nghiệp Bình Sơn 2",
        "đường dây 500kV",
        "năm học 2022 - 2023",
        "cách mạng khoa học lần thứ tư (4.0)",
        "2.1. Xây dựng bãi đỗ xe",
        "tiêm mũi 3 cho trẻ 3 - 5 tuổi",
        "sóng di động 4G",
        "mực nước lúc 13 giờ ngày 11/9/2024",
        "hồi 5h30 ngày 3/2",
        "cháy lúc 22 giờ 15 phút",
    ],
)
def test_dates_years_documents_roads_and_names_are_no_figures(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(("text", "qualifier"), [("gần 2.000 lượt", "gần"), ("khoảng 80.000 lượt", "khoảng"), ("dưới 75%", "dưới"), ("trên 381 hồ sơ", "trên")])
def test_a_number_keeps_the_word_that_qualifies_it(text: str, qualifier: str) -> None:
    (found,) = find_quantities(f"đã có {text} của huyện")
    assert found.qualifier == qualifier


@pytest.mark.parametrize(("text", "low", "high"), [("giá 70 - 95 nghìn đồng/kg", 70, 95), ("giảm 6 - 7 điểm %", 6, 7), ("từ 1 - 3 sản phẩm", 1, 3)])
def test_a_range_with_a_dash(text: str, low: int, high: int) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.high) == (Decimal(low), Decimal(high))


def test_what_is_sorted_has_no_rank_and_a_rank_no_word_that_merely_follows() -> None:
    (sorted_out,) = find_quantities("sắp xếp 61 tổ dân phố")
    (ranked,) = find_quantities("đứng thứ 4 thành phố")
    assert (sorted_out.rank, sorted_out.unit) == (False, "tổ")
    assert (ranked.rank, ranked.unit) == (True, "")


def test_a_rank_is_no_ratio() -> None:
    (found,) = find_quantities("đồng đội chung huyện xếp thứ 1/12 huyện")
    assert found.rank
    assert (found.value, found.of) == (Decimal(1), Decimal(12))


@pytest.mark.parametrize(
    ("text", "number", "unit", "dimension"),
    [
        ("Hộ nghèo đầu năm 512 hộ", "512", "hộ", "count"),
        ("sản xuất 86,4 triệu viên gạch", "86,4", "triệu viên", "count"),
        ("sĩ số bình quân 39,4 học sinh/lớp", "39,4", "học sinh/lớp", "count/lớp"),
        ("năng suất nho đạt 12,4 tấn/vụ/ha", "12,4", "tấn/vụ/ha", "mass/vụ/ha"),
        ("còn 17 điểm giết mổ nhỏ lẻ", "17", "điểm", "count"),
        ("Chỉ số SIPAS đạt 88,74 điểm", "88,74", "điểm", "points"),
        ("chiếm gần 1/3 lượng tôm giống", "1/3", "", "none"),
        ("chỉ số PAPI đạt 43,51", "43,51", "", "none"),
        ("phục vụ 14 đoàn công tác", "14", "đoàn", "count"),
        ("thu 162,4 gam heroin", "162,4", "gam", "mass"),
    ],
)
def test_units_of_other_reports(text: str, number: str, unit: str, dimension: str) -> None:
    (found,) = find_quantities(text)
    assert (found.number, found.unit, found.canonical.dimension) == (number, unit, dimension)


def test_medals_of_bronze_are_no_money() -> None:
    gold, silver, bronze = find_quantities("giành 34 huy chương (09 vàng, 12 bạc, 13 đồng)")[1:]
    assert {one.canonical.dimension for one in (gold, silver, bronze)} == {"count"}
    assert [one.canonical.dimension for one in find_quantities("hỗ trợ 500 đồng")] == ["money"]


@pytest.mark.parametrize(
    "text",
    ["Năm 2023 tỷ lệ hộ nghèo giảm", "dự án Đường Vành đai 4 qua huyện", "Khởi công Cụm công nghiệp Thạch Khê 02", "ấp văn hóa năm thứ 15 liên tục"],
)
def test_names_and_years_before_other_words_are_no_figures(text: str) -> None:
    assert find_quantities(text) == []


def test_a_number_for_each_name_of_a_list_is_a_figure_and_a_name_with_a_number_is_none() -> None:
    found = find_quantities("Hợp Phong 14, thị trấn Cao Phong 13, Thung Nai 4")
    assert [one.number for one in found] == ["14", "13", "4"]
    assert find_quantities("phường Đông Hải 1, Đông Hải 2") == []


@pytest.mark.parametrize("noise", ["a", "1/", "A ", "1."])
def test_a_hundred_thousand_characters_of_noise_do_not_hang(noise: str) -> None:
    text = noise * (100_000 // len(noise))
    assert all(one.number in text for one in find_quantities(text))
