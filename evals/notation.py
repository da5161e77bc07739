"""Figures in Vietnamese notation, read for grading: equal when value, shape and unit are, however they are typed.

Kept apart from `corpus.numbers` on purpose: a misreading there must not hide itself here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from corpus.text import WORD, nfc, unify_tone

NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?")
"""A number: a point groups thousands, a comma is the decimal mark; `1.95`, as foreign keyboards type it, is 1,95."""

DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
"""A digit string with its inner points, commas and slashes (`1.626,4`, `48/52`)."""

_ALIASES = {
    "đ": "đồng",
    "vnđ": "đồng",
    "tỷ": "tỷ đồng",
    "tỷđ": "tỷ đồng",
    "tỷ đ": "tỷ đồng",
    "triệu": "triệu đồng",
    "triệu đ": "triệu đồng",
    "trđ": "triệu đồng",
    "tr.đ": "triệu đồng",
    "tr đồng": "triệu đồng",
    "nghìn tỷ": "nghìn tỷ đồng",
    "phần trăm": "%",
    "điểm phần trăm": "điểm %",
    "hecta": "ha",
    "héc ta": "ha",
    "mét vuông": "m²",
    "mét khối": "m³",
    "hs": "học sinh",
    "đ/c": "đồng chí",
    "htx": "hợp tác xã",
}
_QUALIFIER = re.compile(r"^(?:trên|hơn|gần|khoảng|xấp xỉ|dưới|ước|từ|đạt|tăng|giảm|còn|là)\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as read: its numbers in order, its shape (`#`, `#-#`, `#/#`, `# tỷ #`) and its unit in one spelling."""

    numbers: tuple[Decimal, ...]
    shape: str
    unit: str


def read_number(text: str) -> Decimal:
    """The value of one number in Vietnamese notation. Raises `ValueError` if `text` is none."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"not a number in Vietnamese notation: {text!r}")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def read_figure(text: str, unit: str = "") -> Reading:
    """The figure `text` with its `unit` (which may also stand in `text`: `63,03tạ/ha`, `103,4%`)."""
    text, unit = _plain(text), _plain(unit)
    whole = text if unit and text.endswith(unit) else f"{text} {unit}".strip()
    while match := _QUALIFIER.match(whole):
        whole = whole[match.end() :]
    numbers = tuple(read_number(match.group()) for match in NUMBER.finditer(whole))
    pattern = re.sub(r"\s*([%/])\s*", r"\1", NUMBER.sub("#", whole))
    pattern = re.sub(r"\s*(?:đến|tới|-)\s*#", "-#", pattern)
    if pattern.count("%") > 1:
        pattern = pattern.replace("%-#", "-#")
    last = pattern.rfind("#") + 1
    return Reading(numbers, pattern[:last], unit_name(pattern[last:]))


def unit_name(unit: str) -> str:
    """A unit in one spelling: lower case, `tỷđ` and `tỷ` as `tỷ đồng`, `m2` as `m²`, one tone placement."""
    unit = re.sub(r"\s*/\s*", "/", _plain(unit)).strip(" .,;")
    head, slash, tail = unit.partition("/")
    name = (_ALIASES.get(unit) or _ALIASES.get(head, head) + slash + tail).replace(" %", "%")
    return WORD.sub(lambda match: unify_tone(match.group()), name)


def same_unit(gold: str, given: str) -> bool:
    """Whether two `unit_name`s are one unit: measures equal, of counted nouns one may go on (`lượt`, `lượt khách`)."""
    if gold == given:
        return True
    (scale, _, counted), (other, _, counted_too) = gold.partition(" "), given.partition(" ")
    if scale == other and scale in _SCALES and counted and counted_too:
        return same_unit(counted, counted_too)  # `triệu lượt khách`, `triệu lượt khách du lịch`
    if not given or _is_measure(gold) or _is_measure(given):
        return False
    return not gold or f"{gold} ".startswith(f"{given} ") or f"{given} ".startswith(f"{gold} ")


def same_figure(gold: Reading, given: Reading) -> bool:
    """Whether two figures are equal in value, shape and unit; nothing is converted or rounded."""
    return same_value(gold, given) and same_unit(gold.unit, given.unit)


def same_value(gold: Reading, given: Reading) -> bool:
    """Whether two figures have the same numbers in the same shape, whatever their units."""
    return bool(gold.numbers) and gold.numbers == given.numbers and gold.shape == given.shape


def holds_figure(text: str, figure: str) -> bool:
    """Whether `figure` stands in `text` as written and is not a part of a longer number."""
    return bool(re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}(?!\d)(?![.,]\d)", text))


def digit_strings(text: str) -> list[str]:
    """The digit strings of `text`, in order; units such as `m2` have none."""
    return DIGITS.findall(re.sub(r"(?<=m)[23]\b", "", text))


def untraced(text: str, quotes: Iterable[str]) -> list[str]:
    """The digit strings of `text` that stand in none of `quotes` as whole numbers."""
    quotes = list(quotes)
    return [digits for digits in digit_strings(text) if not any(holds_figure(quote, digits) for quote in quotes)]


def _is_measure(unit: str) -> bool:
    return "%" in unit or re.split(r"[ /]", unit)[0] in _MEASURES


def _plain(text: str) -> str:
    text = re.sub(r"[‐‑‒–—−÷]", "-", nfc(text).lower().replace("\u00a0", " "))
    text = re.sub(r"(?<=m)2\b", "²", text)
    text = re.sub(r"(?<=m)3\b", "³", text)
    return " ".join(re.sub(r"\b(t|T)ỉ", r"\1ỷ", text).replace("ngàn", "nghìn").split())


_SCALES = frozenset(unify_tone(word) for word in ("nghìn", "triệu", "tỷ"))
_MEASURES = frozenset(
    WORD.sub(lambda match: unify_tone(match.group()), word)
    for word in [
        "điểm",
        "đồng",
        "nghìn",
        "triệu",
        "tỷ",
        "trăm",
        "usd",
        "ha",
        "sào",
        "mẫu",
        "m²",
        "m³",
        "km²",
        "km",
        "m",
        "mét",
        "cm",
        "mm",
        "tấn",
        "tạ",
        "kg",
        "lít",
        "kwh",
    ]
)
"""First words of units that are measured, in the spelling of `unit_name`."""
