"""A sentence whose figures agree has no finding; the same sentence with any one figure altered has one.

The sentences are those in which the figures determine one another: a total with all its parts, a ratio with its
percentage, a change with its percentage, a value with its plan, one quantity in two units, a structure, a footnote's list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.audit import Finding, audit
from corpus.numbers import write_number
from corpus.report import parse_report

NOUNS = st.sampled_from(["trường hợp", "hồ sơ", "con", "đơn", "người", "hộ", "lượt"])
MEASURES = st.sampled_from(["ha", "tỷ đồng", "km", "tấn", "m²", "triệu đồng"])
COUNTS = st.integers(11, 9_000).filter(lambda n: not 1900 <= n <= 2099)
DECIMALS = st.integers(1_011, 900_000).map(lambda n: Decimal(n) / 100)
examples = settings(max_examples=40, deadline=None)  # an audit takes milliseconds; a loaded machine is no failure
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def findings(text: str) -> tuple[Finding, ...]:
    front = "---\nid: nho-2023\nyear: 2023\nplan_year: 2024\nplace: huyện Nhỏ\n---\n\n# I. Kết quả năm 2023\n\n"
    return audit(parse_report(f"{front}{text}\n", Path("nho-2023.md"))).findings


def write(number: Decimal | int) -> str:
    return write_number(Decimal(number))


def percent(part: Decimal | int, whole: Decimal | int) -> str:
    share = 100 * Decimal(part) / Decimal(whole)
    return write(share.quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() if share == share.to_integral() else share.quantize(Decimal("0.1"), ROUND_HALF_UP))


def altered(text: str, which: int, change: Callable[[str], str]) -> str:
    """`text` with its figure number `which` changed (modulo how many it has); figures of one digit are left alone."""
    spans = [m.span() for m in NUMBER.finditer(text) if len(m.group()) > 1]
    start, end = spans[which % len(spans)]
    return text[:start] + change(text[start:end]) + text[end:]


def other_first_digit(number: str) -> str:
    """`4.817` → `7.817`: what no rounding explains."""
    return str((int(number[0]) + 2) % 9 + 1) + number[1:]


def digits_swapped(number: str) -> str:
    """The first two digits that differ, swapped, unless that puts a zero in front or changes nothing."""
    digits = [n for n, char in enumerate(number) if char.isdigit()]
    for one, two in zip(digits, digits[1:], strict=False):
        if number[one] != number[two] and (one != digits[0] or number[two] != "0"):
            return number[:one] + number[two] + number[one + 1 : two] + number[one] + number[two + 1 :]
    assume(False)
    return number


def check(text: str, which: int, change: Callable[[str], str] = other_first_digit) -> None:
    assert findings(text) == (), f"consistent: {text}"
    wrong = altered(text, which, change)
    assert findings(wrong), f"not found: {wrong}"


@examples
@given(st.lists(COUNTS, min_size=2, max_size=5), NOUNS, st.integers(0, 9))
def test_any_figure_of_a_total_and_its_parts(parts: list[int], noun: str, which: int) -> None:
    listed = "; ".join(f"nhóm {'ABCDE'[n]} {write(part)} {noun}" for n, part in enumerate(parts))
    check(f"Tổng số tiếp nhận là {write(sum(parts))} {noun}, gồm: {listed}.", which)


@examples
@given(st.lists(DECIMALS, min_size=2, max_size=5), MEASURES, st.integers(0, 9))
def test_any_digit_swap_in_a_total_and_its_parts(parts: list[Decimal], unit: str, which: int) -> None:
    listed = "; ".join(f"vùng {'ABCDE'[n]} {write(part)} {unit}" for n, part in enumerate(parts))
    check(f"Tổng số thực hiện đạt {write(sum(parts))} {unit}, bao gồm: {listed}.", which, digits_swapped)


@examples
@given(st.lists(COUNTS, min_size=3, max_size=6), NOUNS, st.integers(0, 9))
def test_any_figure_of_a_total_and_the_list_in_its_footnote(parts: list[int], noun: str, which: int) -> None:
    listed = "; ".join(f"{write(part)} {noun} nhóm {'ABCDEG'[n]}" for n, part in enumerate(parts))
    text = f"Tiếp nhận {write(sum(parts))} {noun} trong năm[^1].\n\n[^1]: Gồm: {listed}."
    assert findings(text) == ()
    body, note = text.split("[^1]", 1)
    numbers = [m for m in NUMBER.finditer(text) if m.start() < len(body) or m.start() > text.index("Gồm")]
    chosen = numbers[which % len(numbers)]
    assert findings(text[: chosen.start()] + other_first_digit(chosen.group()) + text[chosen.end() :])


@examples
@given(st.integers(11, 999), st.integers(1, 999), st.sampled_from([", đạt {}%", " (đạt {}%)", " (bằng {}%)", ", chiếm {}%", " ({}%)"]), st.integers(0, 9))
def test_any_figure_of_a_ratio_and_its_percentage(part: int, more: int, link: str, which: int) -> None:
    whole = part + more
    text = f"Toàn huyện có {part}/{whole} trường đạt chuẩn{link.format(percent(part, whole))}."
    check(text, which)


@examples
@given(st.integers(100, 9000), st.integers(11, 4000), st.booleans(), st.integers(0, 9))
def test_any_figure_of_a_change_and_its_percentage(before: int, by: int, up: bool, which: int) -> None:
    assume(by < before and 100 * by / before >= 10)
    now = before + by if up else before - by
    assume(now > 11 and (now > by or not up))
    word = "tăng" if up else "giảm"
    check(f"Tiếp nhận {write(now)} đơn, {word} {write(by)} đơn, bằng {percent(by, before)}% so với cùng kỳ năm trước.", which)


@examples
@given(DECIMALS, DECIMALS, st.integers(0, 9))
def test_any_figure_of_a_value_its_plan_and_their_share(value: Decimal, plan: Decimal, which: int) -> None:
    assume(Decimal("0.1") <= value / plan <= 9)
    check(f"Chiều dài thực hiện là {write(value)} km, đạt {percent(value, plan)}% kế hoạch (kế hoạch giao {write(plan)} km).", which)


@examples
@given(st.integers(100_000, 90_000_000), st.integers(0, 9))
def test_any_figure_of_one_area_in_two_units(area: int, which: int) -> None:
    check(f"Thu hồi đất với tổng diện tích {write(area)} m² (tức {write(Decimal(area) / 10000)} ha).", which)


@examples
@given(st.integers(110, 500), st.integers(110, 380), st.integers(0, 9))
def test_any_figure_of_a_structure(one: int, two: int, which: int) -> None:
    shares = [Decimal(one) / 10, Decimal(two) / 10, Decimal(1000 - one - two) / 10]
    assume(shares[2] >= 11)
    told = "; ".join(f"{name} {write(share)}%" for name, share in zip(("nông nghiệp", "công nghiệp", "dịch vụ"), shares, strict=True))
    check(f"Cơ cấu lao động trong các ngành kinh tế: {told}.", which)
