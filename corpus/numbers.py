"""Numbers in Vietnamese notation: a point groups thousands, a comma is the decimal mark.

`read_number("1.234")` is 1234 and never 1,234. `find_quantities` finds every number of a text with its unit, and leaves
out what is no figure: dates, years, document numbers, road names, ordinals, names with a digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.text import UPPER
from corpus.units import NO_UNIT, Unit, is_listed, match_unit

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d])|\d+(?:[.,]\d+)?"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_SPACE = r"[ \u00a0]?"


def read_number(text: str) -> Decimal:
    """The exact value of one number in Vietnamese notation. Raises `ValueError` if `text` is none.

    A single point not followed by exactly three digits is read as a decimal point (`1.95`), as foreign keyboards type it.
    """
    text = text.strip()
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return Decimal(text.replace(",", "."))
    raise ValueError(f"not a number in Vietnamese notation: {text!r}")


def write_number(value: Decimal) -> str:
    """`value` in Vietnamese notation: `Decimal("1626.4")` -> `1.626,4`. Reads back equal (but see below for decimals).

    Values from 1000 up are grouped.
    """
    sign, rest = ("-", -value) if value < 0 else ("", value)
    whole, _, decimals = f"{rest:f}".partition(".")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    return sign + grouped + (f",{decimals}" if decimals else "")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text with its unit.

    `start:end` spans number and unit, `number` is the number as written (a range, a ratio or `5 tỷ 786 triệu` whole),
    `unit` as written; `value` is exact in that unit, `high` the end of a range, `of` the second number of a ratio or
    rank; `qualifier` is one of `trên`, `gần`, `khoảng`, `dưới` … or empty.
    """

    start: int
    end: int
    number: str
    unit: str
    value: Decimal
    high: Decimal | None
    of: Decimal | None
    qualifier: str
    rank: bool
    canonical: Unit

    @property
    def base_value(self) -> Decimal:
        """The value in the base unit of its dimension (`5 tỷ đồng`: 5000000000)."""
        return self.value * self.canonical.scale

    @property
    def is_percent(self) -> bool:
        """Whether the unit is percent or percentage points."""
        return self.canonical.dimension == "percent"


_MONEY_PARTS = re.compile(rf"(?P<a>{NUMBER}){_SPACE}(?P<u>tỷ|tỉ|triệu){_SPACE}(?P<b>\d{{1,3}}){_SPACE}(?P<v>triệu|nghìn|ngàn)\b")
_RANGE = re.compile(rf"(?P<a>{NUMBER})(?P<au>{_SPACE}%)?{_SPACE}(?:đến|tới|-|–|—|÷){_SPACE}(?P<b>{NUMBER})(?P<bu>{_SPACE}%)?(?!\d|/\d)")
_RANGE_OF_UNITS = re.compile(rf"(?P<a>{NUMBER}){_SPACE}(?P<au>[^\W\d_][^\d,;.()]{{0,24}}?){_SPACE}(?:đến|tới){_SPACE}(?P<b>{NUMBER})(?!\d|/\d)")
_RATIO = re.compile(rf"(?P<a>{NUMBER})(?P<au>{_SPACE}[^\W\d_]+[²³23]?(?: [^\W\d_]+)?)?/(?P<b>{NUMBER})(?![/\d])")
_TIMES = re.compile(rf"(?P<a>\d{{1,3}}){_SPACE}[x×]{_SPACE}(?P<b>{NUMBER})(?!\d|/\d)")
_LISTED = re.compile(r"(?:,|và|;|-)\s*$")
_SINGLE = re.compile(NUMBER)
_SCALE = {"tỷ": Decimal(10**9), "tỉ": Decimal(10**9), "triệu": Decimal(10**6), "nghìn": Decimal(1000), "ngàn": Decimal(1000)}

_LETTER = r"[^\W\d_]"
_NOT_FIGURES = re.compile(
    rf"""
      \b\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{4}}\b                       # 05/12/2023
    | (?<![\d/])\b\d+(?:/\d+){0,6}\s?[-/]\s?(?:[A-ZĐ]{{2,}}[A-ZĐa-z]*)(?:[-/]\s?[A-ZĐ]{{2,}}[A-ZĐa-z\d]*)*   # 03/2019/NĐ-CP, 122-KH/HU
    | (?i:\btháng)\s+\d{{1,2}}(?!\d|\.\d{{3}}\b)(?:\s?[/.-]\s?\d{{4}})?                            # tháng 12/2022
    | (?i:\bngày)\s+\d{{1,2}}(?:\s?[/.-]\s?\d{{1,2}})?(?=\b)(?:\s*(?:-|–|đến)\s*\d{{1,2}}\s?/\s?\d{{1,2}})?
    | \b(?:0?[1-9]|1[0-2])/(?:19|20)\d\d\b                                       # 01/2023
    | (?i:\b(?:lúc|hồi))\s+\d{{1,2}}\s?(?:giờ\b|h(?=\d\d\b|\b))(?:\s?\d{{1,2}}(?:\s?phút\b)?)?    # lúc 13 giờ 30 phút
    | \b\d{{1,2}}\s?(?:giờ\b|h(?=\d\d\b|\b))(?:\s?\d{{1,2}}(?:\s?phút\b)?)?(?=,?\s(?:ngày|sáng|chiều|tối|đêm|trưa)\b)
    | (?i:\bkm)\s?\d+\s?\+\s?\d+
    | \b(?:ISO|TCVN|QCVN|OHSAS)\b[\s\d:/.-]*\d
    | (?<!{_LETTER}){_LETTER}+-?\d+{_LETTER}*                                                  # ST25, Covid-19, Q5
    | \b\d+\s?(?:kV|KV|V)\b
    | \b\d+{_LETTER}?\b(?=\s*\(\+\))
    | (?<![\w.,])\d+G\b                                                         # 4G
    | (?m:^)[ \t]*\d{{1,2}}(?:\.\d{{1,2}})+\.(?=\s)                               # 2.1. of a paragraph
    | \b\d{{1,2}}\s?(?:-|–|đến)\s?\d{{1,2}}(?=\s+tuổi\b)                        # trẻ 3 - 5 tuổi
    | \b\d\s+trong\s+\d\b                                                          # vắc xin “5 trong 1”
    | \(\s?\d\.0\s?\)
    | (?<![\d.,/%])\b(?:19|20)\d\d\s?(?:-|–|đến)\s?(?:năm\s)?(?:19|20)\d\d\b(?!,\d|\.\d)   # 2021 - 2025
    """,
    re.VERBOSE,
)
_DAY = r"\d{1,2}/\d{1,2}(?![/\d])"
_HOLIDAY_DATE = re.compile(r"(?i:lễ|dịp|khánh|vương|tết|đán|mừng|kỷ niệm|liệt sĩ|liệt sỹ|tbls|lao động|hôm|đến hết|sáng|chiều)\s+" + _DAY)
_DATE_LIST = re.compile(_DAY + r"(?:\s*(?:,|;|và|-)\s*" + _DAY + r")+")
_NAMED_BEFORE = re.compile(
    r"(?i:\b(?:lớp|khối|khóa|khoá|kỳ họp(?: thứ)?|lần thứ|con thứ|hạng|quý|cấp độ|mức độ|(?<!định )mức|(?<!phân )(?<!chủng )loại|giai đoạn|đợt|vòng|"
    r"độ tuổi|điều|(?<!tài )khoản|(?<!dứt )(?<!trọng )(?<!thời )(?<!địa )(?<!thí )(?<!cao )(?<!tâm )điểm|(?<!hạng )(?<!danh )mục|phụ lục|biểu|bảng|tờ|thửa|lô|"
    r"(?:đường(?: (?:tỉnh|huyện|xã|trục|số))?|quốc lộ|tỉnh lộ|huyện lộ|đt|đh|ql|tl)\.?|"
    r"(?:nghị định|nghị quyết|quyết định|kế hoạch|đề án|chỉ thị|thông tư|thông báo|công văn|chương trình|kết luận|luật|dự án)"
    r"(?: số)?|số(?! (?:tiền|lượng|hộ|người|vụ))|nhóm|tiêu chí số|phiên|ca|mũi|(?<!chỉnh )(?<!nghĩa )(?<!khang )trang|(?<!tiêm )(?<!dự )(?<!quốc )(?<!đề )phòng|tầng|khu(?: vực)?|tổ|thôn|xóm|(?<!quân )đội|cụm|"
    r"vành đai|cố định(?: năm)?|giá cđ|gđ|cđ|năm học|(?<!đầu )(?<!cuối )(?<!giữa )(?<!hằng )(?<!hàng )(?<!trong )(?<!cả )năm|(?<!phục )(?<!dịch )(?<!nhiệm )vụ|niên độ|nhiệm kỳ))\s*$"
)
_SEASON_YEAR = re.compile(r"(?i:xuân|đông|mùa|thu|hè|thìn|mão|tỵ|ngọ|dần|sửu|tý|vụ|năm|tết|kỳ|đoạn|giá|so sánh)\s*$")
_PROPER_BEFORE = re.compile(rf"\b[{UPPER}]\w*\s+$")
_AGE_BEFORE = re.compile(r"(?i:(?:từ|dưới|trên|đủ|đến|trẻ|giáo|em|<|>|≤|≥|người|và|-)\s*)$")
_DURATION_BEFORE = re.compile(r"(?i)\b(?:trong vòng|thời hạn|sau|trước|ít nhất|tối đa|tối thiểu|không quá|kéo dài|mỗi|cứ|hơn|gần|phạt|tù)\s*$")
_BRONZE_BEFORE = re.compile(r"(?i)\d\s+(?:huy chương |hc)?bạc(?:\s*[,;]|\s+và)\s*$")
_FRACTION = re.compile(r"[123]/[2345](?<!2/2)(?<!3/3)(?<!3/2)(?<!2/4)")
_ZONE_BEFORE = re.compile(rf"(?:(?i:cụm công nghiệp|khu công nghiệp|khu đô thị|khu dân cư|cụm|khu)|CCN|KCN|KĐT)(?: [{UPPER}][^\W\d_]*)+ $")
_SCHOOL_BEFORE = re.compile(r"(?:\b(?:THCS|THPT|TH|MN)|(?i:mầm non|tiểu học|trung đoàn|tiểu đoàn|sư đoàn))\s+$")
_LISTED_LEVEL = re.compile(r"\d(?: [^\W\d_]+){0,2}(?:,| và)\s+(?:và )?(?:THCS|THPT|TH|MN)\s+$")
"""A level of schools in a list of numbers (`tiểu học 126, THCS 68`), and no school called by a number."""
_NAMED_ITEM = rf"(?:(?:xã|phường|thị trấn|ấp|thôn) )?(?P<name>[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,4}}) (?P<number>\d{{1,3}})(?![\d.,]*\d|[/%])"
_NAMED_NUMBER = re.compile(_NAMED_ITEM)
_PLAIN_ITEM = re.sub(r"\?P<\w+>", "?:", _NAMED_ITEM)
_NAMED_NUMBERS = re.compile(rf"{_PLAIN_ITEM}(?:, {_PLAIN_ITEM}){{2,}}")
_PER_ONE = re.compile(r"(?i:\b(?:trên|mỗi|cho|/)\s*)$")
_QUALIFIER = re.compile(
    r"(?i)(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )\b(trên dưới|trên|hơn|gần|khoảng|xấp xỉ|dưới|không quá|tối đa|ít nhất|tối thiểu|không dưới|ước|từ|chưa đến)\s*$"
)
_RANK_BEFORE = re.compile(r"(?i)\b(?:(?<!sắp )xếp(?: hạng| vị trí)?|đứng|hạng|vị trí|vị thứ|(?<!năm )thứ)\s*(?:thứ(?: hạng)?)?\s*$")

_NAME_BEFORE = re.compile(rf"[{UPPER}]\w* [{UPPER}]\w*\s+$")
"""A name of which a word may stand before a rank as well (`phường Phú Thứ 2,6 lần`)."""


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of `text`, in order. Spans do not overlap."""
    blocked = _blocked_spans(text)
    listed = _listed_numbers(text)
    found: list[Quantity] = []
    at, name_end = 0, -1
    while match := _SINGLE.search(text, at):
        at = match.end()
        block_end = next((end for start, end in blocked if start <= match.start() < end), None)
        if block_end is not None:
            at = name_end = max(at, block_end)
            continue
        quantity = _plain(text, match) if match.start() in listed else _quantity_at(text, match)
        goes_on = name_end >= 0 and _LISTED.fullmatch(text[name_end : match.start()].strip())
        if quantity is None or (goes_on and quantity.canonical.dimension == "none" and quantity.value == int(quantity.value)):
            name_end = match.end()  # `đường tỉnh 392, 393 và 399`: the list goes on naming
            continue
        name_end = -1
        found.append(quantity)
        at = max(at, quantity.end)
    return found


def _listed_numbers(text: str) -> set[int]:
    """Where the numbers stand of a list of three or more names with a number each: `Hợp Phong 14, Dũng Phong 12, Thung Nai 4`."""
    found: set[int] = set()
    for match in _NAMED_NUMBERS.finditer(text):
        items = list(_NAMED_NUMBER.finditer(text, *match.span()))
        if len({item.group("name") for item in items}) == len(items):
            found |= {item.start("number") for item in items}
    return found


def _plain(text: str, match: re.Match[str]) -> Quantity:
    return Quantity(match.start(), match.end(), match.group(), "", read_number(match.group()), None, None, "", False, NO_UNIT)


def _blocked_spans(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _NOT_FIGURES.finditer(text)]
    for pattern in (_HOLIDAY_DATE, _DATE_LIST):
        for match in pattern.finditer(text):
            days = re.findall(r"(\d{1,2})/(\d{1,2})", match.group())
            if all(_is_day_of_month(day, month) for day, month in days):
                spans.append(match.span())
    return spans


def _quantity_at(text: str, single: re.Match[str]) -> Quantity | None:
    start = single.start()
    before = text[max(0, start - 40) : start]
    if start and (text[start - 1].isalpha() or text[start - 1] in "_^"):
        return None
    rank = bool(_RANK_BEFORE.search(before)) and not _NAME_BEFORE.search(before)
    for pattern, make in ((_MONEY_PARTS, _money), (_RANGE, _range), (_RANGE_OF_UNITS, _range_of_units), (_TIMES, _times), (_RATIO, _ratio)):
        match = pattern.match(text, start)
        quantity = make(text, match, before, rank) if match else None
        if quantity:
            return quantity
    return _single(text, single, before, rank)


def _qualifier(before: str) -> str:
    match = _QUALIFIER.search(before)
    return match.group(1).lower() if match else ""


def _with_unit(text: str, start: int, end: int, value: Decimal, before: str, rank: bool, high: Decimal | None, of: Decimal | None) -> Quantity:
    unit_end, unit = match_unit(text, end)
    if rank and not is_listed(unit):
        unit_end, unit = end, NO_UNIT  # `đứng thứ 4 thành phố`
    written = text[end:unit_end].strip()
    return Quantity(start, unit_end, text[start:end], written, value, high, of, _qualifier(before), rank, unit)


def _money(text: str, match: re.Match[str], before: str, rank: bool) -> Quantity | None:
    first, second = _SCALE[match.group("u")], _SCALE[match.group("v")]
    if second >= first:
        return None
    value = read_number(match.group("a")) * first + read_number(match.group("b")) * second
    return _with_unit(text, match.start(), match.end(), value, before, rank, None, None)


def _range(text: str, match: re.Match[str], before: str, rank: bool) -> Quantity | None:
    low, high = read_number(match.group("a")), read_number(match.group("b"))
    dash = not re.search(r"đến|tới", match.group())
    if low >= high:
        return None
    end = match.end("b")
    if dash and not match.group("bu") and not before.rstrip().lower().endswith(("từ", "khoảng")):
        measured = match_unit(text, end)[1].dimension.split("/")[0] in ("money", "mass", "area", "length", "volume", "age", "percent", "times")
        apart = "." in match.group("a") + match.group("b") or re.search(r"\s[-–—]\s", match.group())
        if not measured or not apart:
            return None
    quantity = _with_unit(text, match.start(), end, low, before, rank, high, None)
    if quantity.canonical.dimension == "none" or _is_year(match.group("a")):
        return None
    return quantity


def _range_of_units(text: str, match: re.Match[str], before: str, rank: bool) -> Quantity | None:
    """`300 nghìn đồng đến 500 nghìn đồng/con`: both ends with their unit, which is one."""
    low, high = read_number(match.group("a")), read_number(match.group("b"))
    quantity = _with_unit(text, match.start(), match.end("b"), low, before, rank, high, None)
    unit_end, unit = match_unit(text, match.end("a"))
    same = unit.name == quantity.canonical.name or quantity.canonical.name.startswith(f"{unit.name}/")
    return quantity if low < high and unit.dimension != "none" and unit_end == match.end("au") and same and is_listed(unit) else None


def _times(text: str, match: re.Match[str], before: str, rank: bool) -> Quantity | None:
    """`2 x 63 MVA`: two of them, their product."""
    value = read_number(match.group("a")) * read_number(match.group("b"))
    quantity = _with_unit(text, match.start(), match.end(), value, before, rank, None, None)
    return None if quantity.canonical.dimension in ("none", "count") else quantity


def _ratio(text: str, match: re.Match[str], before: str, rank: bool) -> Quantity | None:
    unit_between = (match.group("au") or "").strip()
    value, of = read_number(match.group("a")), read_number(match.group("b"))
    if unit_between and not text[match.end("b") :].lstrip().startswith(unit_between):
        return None  # `120 bé trai/100 bé gái` is one unit, `12.000m²/10.000m²` a ratio
    if unit_between and match_unit(text, match.end("a"))[1].dimension == "none":
        return None
    quantity = _with_unit(text, match.start(), match.end(), value, before, rank, None, of)
    if _FRACTION.fullmatch(match.group()) and not is_listed(quantity.canonical):
        return replace(quantity, end=match.end(), unit="", canonical=NO_UNIT)  # `1/3 lượng tôm giống`
    return quantity


def _is_day_of_month(day: str, month: str) -> bool:
    return len(day) <= 2 and len(month) <= 2 and 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _is_year(number: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number))


def _single(text: str, match: re.Match[str], before: str, rank: bool) -> Quantity | None:
    start, end, number = match.start(), match.end(), match.group()
    quantity = _with_unit(text, start, end, read_number(number), before, rank, None, None)
    unit = quantity.canonical
    after = text[end : end + 2]
    if _says_when(text, quantity, before) or unit.name == "sao":
        return None
    if unit.name == "đồng" and _BRONZE_BEFORE.search(before):
        quantity = replace(quantity, canonical=Unit("đồng", "count", Decimal(1)))  # `09 vàng, 12 bạc, 13 đồng`
    if rank and not _NAMED_BEFORE.search(before):
        return quantity
    if number.isdigit() and unit.scale == 1 and _NAMED_BEFORE.search(before) and unit.dimension in ("none", "count") and not re.search(r"(?i)số\s*$", before):
        return None
    if re.search(r"(?i)(?<!con )\bsố\s*$", before) and unit.dimension == "none":
        return None
    if _is_year(number) and unit.dimension in ("none", "count") and not number.startswith("0"):
        return None
    if _SCHOOL_BEFORE.search(before) and not is_listed(unit) and number.isdigit():
        return None  # `Trường THCS 719 dẫn đầu`
    if unit.dimension == "none" and (_names_a_thing(text, start, number, before) or (after[:1] and after[0] in "/+")):
        return None
    if number in ("1", "01") and _PER_ONE.search(before) and unit.dimension in ("area", "length", "count"):
        return None
    return quantity


def _says_when(text: str, quantity: Quantity, before: str) -> bool:
    """`trẻ dưới 5 tuổi`, `6 tháng đầu năm`, `kế hoạch 5 năm 2021 - 2025`, `năm thứ 15`: an age or a time, and no figure."""
    number, unit = quantity.number, quantity.canonical
    if unit.dimension == "age" and not _is_measured_age(text, quantity.start, number):
        return True
    if unit.name == "tháng" and number.lstrip("0") in ("3", "6", "9") and not _DURATION_BEFORE.search(before):
        return True
    if unit.name == "năm" and re.match(r"\s*(?:19|20)\d\d", text[quantity.end : quantity.end + 6]):
        return True
    return re.search(r"(?i)\bnăm thứ\s*$", before) is not None


def _names_a_thing(text: str, start: int, number: str, before: str) -> bool:
    """`Khu công nghiệp Thanh Miện 1` names; `Thanh Tùng 01` in a list counts (counts are written with a leading zero)."""
    if number.isdigit() and len(number) <= 2 and _ZONE_BEFORE.search(before):
        return True
    if not number.isdigit() or number.startswith("0") or len(number) > 2 or _LISTED_LEVEL.search(before):
        return False
    at_start = not text[:start].strip() or text[:start].rstrip(" ").endswith("\n")
    return bool(_PROPER_BEFORE.search(before)) or at_start


def _is_measured_age(text: str, start: int, number: str) -> bool:
    near = text[max(0, start - 60) : start].lower()
    return "," in number or "tuổi thọ" in near or "bình quân" in near or "trung bình" in near


def iter_digit_strings(text: str) -> Iterator[tuple[int, int]]:
    """Spans of every maximal run of digits with its inner points, commas, slashes and plus signs (`1.626,4`, `48/52`)."""
    for match in re.finditer(r"\d+(?:[.,/+]\d+)*", text):
        yield match.span()
