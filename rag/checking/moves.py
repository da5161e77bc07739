"""What everyday words make of a figure: a change (`nhích lên`), a level reached, a counted noun that stands before."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figures import AMOUNT, CHANGE, RANK, RATIO, SHARE, Figure
from corpus.units import NO_UNIT, match_unit, unit_named
from rag.compare import PLANNED

_UP = r"tăng|nhích|cao hơn|vượt|nhiều hơn|lớn hơn|hơn hẳn|nhỉnh hơn"
_DOWN = r"giảm|hạ|sụt|tụt|thấp hơn|hụt|ít hơn|kém(?! nhất)|bớt|chậm hơn|rớt|đi xuống"
_BETWEEN = (
    r"(?:\s+(?:(?:năm (?:trước|ngoái|\d{4})|cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?)|lên|xuống|đi|thêm|được|khoảng|"
    r"gần|trên|hơn|tới|mạnh|nhẹ|đến|bình quân|trung bình|tương ứng|là|xấp xỉ|chừng|dần|những|có|mức|ở|đúng|thấp|cao|"
    r"so với [^,;()]{2,40}|với [^,;()]{2,40}|bị|số|thì|chỉ|vẫn|cỡ|độ|xa|"
    r"(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|nghị quyết)(?: (?:năm(?! (?:trước|ngoái|\d))|đề ra|đặt ra|giao|được giao|tỉnh giao|huyện giao))*))*"
)
_MOVES = re.compile(rf"(?i)(?<!\w)(?P<word>{_UP}|{_DOWN}){_BETWEEN}\s*$")
_IS_UP = re.compile(rf"(?i)(?:{_UP})$")
_TO = re.compile(r"(?i)(?:lên|xuống|còn|tới|đến|thành|lên tới|lên đến|xuống còn|lên thành)\s*$")
_RANKED = re.compile(r"(?i)(?:thứ|hạng|đứng|xếp)\s*$")


def counted(figure: Figure) -> Figure:
    """The figure with the noun that it counts where that only stands before it (`số bị can là 63`)."""
    if figure.quantity.canonical.dimension != "none" or figure.kind not in (AMOUNT, CHANGE):
        return figure
    match = _NUMBER_OF.search(figure.own.partition(figure.quantity.number)[0] or figure.subject)
    if not match:
        return figure
    end, unit = match_unit(match.string, match.end())
    if unit.dimension != "count" or unit_named(match.string[match.end() : end].strip()) is NO_UNIT:
        return figure
    return replace(figure, quantity=replace(figure.quantity, canonical=unit))


_NUMBER_OF = re.compile(r"(?i)(?<!\w)số(?: lượng)?(?= )")


def moved(figure: Figure, text: str) -> Figure:
    """The figure with the direction of everyday words (`nhích lên`, `hạ được`)."""
    if figure.kind not in (AMOUNT, SHARE, RATIO, CHANGE, RANK):
        return figure
    before = text[figure.sentence[0] : figure.start]
    if figure.kind == RANK and (figure.quantity.value > 100 or figure.quantity.value % 1 or figure.quantity.canonical.dimension not in ("none", "count")):
        return replace(figure, kind=AMOUNT)  # `bốc xếp 5,14 triệu tấn`
    if figure.kind == RANK and figure.quantity.of is None and unit_named(figure.quantity.unit) is not NO_UNIT and not _RANKED.search(before):
        return replace(figure, kind=AMOUNT)  # `chuyển đổi vị trí cho 8 công chức`
    before = re.split(r"[,;:(]\s", before)[-1] if figure.kind != CHANGE else before
    match = _MOVES.search(before)
    if figure.kind == CHANGE:
        return replace(figure, kind=AMOUNT, direction="") if _TO.search(before) and not figure.quantity.is_percent else figure
    if not match:
        return figure
    if _TO.search(before) and not PLANNED.search(match.group()) and not re.search(r"(?i)(?:nhích|thêm)\s+lên\s*$", before):
        return figure  # `tăng lên 52 trường`: the level reached
    direction = "tăng" if _IS_UP.search(match.group("word")) else "giảm"
    return replace(figure, kind=CHANGE, direction=direction)
