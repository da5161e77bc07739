"""How alike two units are: the one a question asks for and the one of a figure."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold
from corpus.units import Unit, is_counted, unit_named

SAME_UNIT, UNLIKE = 0.6, 0.9
"""How alike the unit asked for and a figure's are that are one; how different those that are not (see `same_unit`)."""
_SCALED = re.compile(r"^(?:nghìn|ngàn|vạn|triệu|tỷ) ")
_MEASURED = frozenset(("area", "money", "mass", "percent", "length", "volume", "energy", "power", "usd", "age"))
_COMPOUNDS = frozenset((
    "trường hợp", "nhà máy", "nhà hàng", "nhà thờ", "nhà nghỉ", "nhà đầu tư", "nhà thầu", "nhà văn hóa", "tổ chức", "đơn vị", "cơ quan", "tin nhắn",
    "quả trứng", "cán bộ", "đoàn viên", "nhóm trẻ",
))  # fmt: skip
"""Counted nouns whose first word is another one, and no head of them."""
_CLASSIFIERS = frozenset(fold(word) for word in ("lượt", "con", "cây", "căn", "ngôi", "tòa", "lá", "du", "hành", "trẻ", "gia", "hộ", "chuyến", "xã"))
"""First words of a counted noun whose last word says what it is (`lượt khách`, `ngôi nhà`; not `cán bộ`)."""
_ANY_THING = frozenset(("chiec", "cai"))
"""Words that count things of any sort (`48 chiếc` in a list of fishing boats)."""
_OCCASIONS = frozenset(("lượt", "lượt người", "đợt", "cuộc", "buổi"))
"""What happens so many times (`lần`)."""
_CASES = frozenset(fold(word) for word in ("vụ", "vụ việc", "trường hợp", "ca", "ca mắc"))
"""Words that count what happened, one for the other."""
_PERSONS = tuple(fold(noun.strip()) for noun in (
    "người | nhân khẩu | khẩu | lượt người | lượt | lao động | học sinh | hs | học viên | sinh viên | thí sinh | giáo viên | giáo sư | công dân | "
    "thanh niên | thanh thiếu niên | thiếu niên | thiếu nhi | quân nhân | tân binh | chiến sĩ | dân quân | đối tượng | đồng chí | đ/c | cán bộ | "
    "viên chức | công chức | công nhân | nhân viên | bác sĩ | bác sỹ | y sĩ | dược sĩ | bệnh nhân | trẻ | trẻ em | cháu | em | bé | bị can | bị cáo | "
    "cá nhân | đảng viên | đoàn viên | hội viên | thành viên | đại biểu | cử tri | nghệ nhân | vận động viên | hòa giải viên | tuyên truyền viên | "
    "ngư dân | tiểu thương | diễn viên | già làng | liệt sĩ | thương binh | mẹ việt nam anh hùng | giáo dân | phật tử | tín đồ | khách | du khách | "
    "hành khách | lượt khách | lượt hành khách | bí thư | chủ hộ | cộng tác viên"
).split("|"))  # fmt: skip
"""Nouns that count people, folded."""
_ANYBODY = frozenset(fold(word) for word in ("người", "lượt", "lượt người", "đối tượng", "công dân", "cá nhân", "đồng chí", "đ/c", "lao động", "cán bộ"))
"""Those that count people of any sort."""
_STAFF = frozenset(fold(word) for word in ("bác sĩ", "bác sỹ", "y sĩ", "dược sĩ", "giáo viên", "viên chức", "công chức", "nhân viên", "đảng viên"))
_VISITS = frozenset(fold(word) for word in ("lượt", "lượt người"))
"""Those who work somewhere; and how often people came, which is no number of those."""
_HEADS = frozenset(fold(word) for word in ("người", "nhân khẩu", "khẩu"))
"""Those that count a population."""
_CHILDREN = frozenset(fold(word) for word in ("em", "cháu", "bé", "trẻ", "trẻ em", "học sinh", "hs"))
"""Those that count children."""
_HOUSEHOLDS = frozenset(fold(word) for word in ("nhà", "hộ", "hộ dân", "hộ gia đình", "gia đình", "căn nhà", "ngôi nhà"))
"""Words for a household, one for the other in everyday speech."""
_COUNTED_FOR = frozenset(fold(word) for word in (
    "hộ", "hộ gia đình", "gia đình", "suất", "suất quà", "phần quà", "thẻ", "đoàn", "tổ chức", "tập thể", "giải", "giải thưởng", "huy chương", "danh hiệu",
    "sổ", "tài khoản",
))  # fmt: skip
"""What is counted by the people or families that have it, or that may stand for them."""


def same_unit(asked: Unit, unit: Unit) -> tuple[float, float]:
    """`(equal, differs)`, each 0 to 1, of the unit asked for and a figure's unit."""
    if asked.dimension == "none":
        return 0.0, 0.0
    if asked.name == "điểm" and unit.name == "điểm %":
        return 0.8, 0.0
    if asked.dimension != "count" or unit.dimension != "count":
        return _same_measure(asked, unit)
    one, other = _SCALED.sub("", asked.name.lower()), _SCALED.sub("", unit.name.lower())
    a, b = fold(one), fold(other)
    if a == b:
        return 1.0, 0.0
    if {a, b} <= _HEADS or {a, b} <= _CHILDREN:
        return 0.7, 0.0
    if not {one, other} & _COMPOUNDS and (_is_part_of(a, b) or _is_part_of(b, a) or _have_one_head(one, other)):
        return 0.7, 0.0
    if {a, b} <= _HOUSEHOLDS:
        return 0.5, 0.1
    if a in _CASES and b in _CASES:
        return 0.4, 0.1
    if _ANY_THING & {a.split()[0], b.split()[0]}:
        return 0.3, 0.1
    return _same_people(a, b) if _is_person(a) or _is_person(b) else (0.0, 0.6)


def _same_measure(asked: Unit, unit: Unit) -> tuple[float, float]:
    if asked.dimension.split("/")[0] == unit.dimension.split("/")[0]:
        if asked.dimension == f"{unit.dimension}/day":
            return 0.8, 0.0  # `68 tấn mỗi ngày`
        return (1.0, 0.0) if asked.dimension == unit.dimension else (0.5, 0.2)
    if asked.name == "đồng" and unit.dimension == "usd":
        return 0.5, 0.2  # money is asked for, in whatever currency
    if {asked.dimension, unit.dimension} == {"times", "count"}:
        return (0.3, 0.1) if {asked.name, unit.name} & _OCCASIONS else (0.0, 0.6)  # `tiếp mấy lần` and `46 lượt`
    measured = {asked.dimension.split("/")[0], unit.dimension.split("/")[0]} - {"count"}
    return (0.0, 1.0) if measured & _MEASURED or "none" in measured and asked.dimension != "count" else (0.1, 0.2)


def _same_people(asked: str, unit: str) -> tuple[float, float]:
    """Of two nouns, folded, of which at least one counts people."""
    if asked in _STAFF and unit in _VISITS:
        return 0.0, UNLIKE
    if _is_person(asked) and _is_person(unit):
        return (0.4, 0.1) if {asked, unit} & _ANYBODY else (0.2, 0.3)
    other = unit if _is_person(asked) else asked
    if other in _CASES:
        return 0.2, 0.3
    return 0.0, 0.6 if other in _COUNTED_FOR or unit_named(other).dimension != "count" else UNLIKE


def stands_for_people(asked: Unit, unit: Unit) -> bool:
    """Whether people are asked for and a figure counts what they have or get (`16 giải`): it is of them only where the question speaks of that."""
    return asked.dimension == unit.dimension == "count" and _is_person(fold(asked.name)) and fold(unit.name) in _COUNTED_FOR


def is_any_thing(unit: Unit) -> bool:
    """Whether a unit counts things of any sort (`mấy cái`)."""
    return fold(unit.name) in _ANY_THING


@lru_cache(maxsize=4096)
def _is_person(noun: str) -> bool:
    return any(noun == person or noun.startswith(f"{person} ") for person in _PERSONS)


def _is_part_of(noun: str, of: str) -> bool:
    """Whether a counted noun is the beginning of a longer one, or its end behind a word that only counts (`khách` of `lượt khách`)."""
    words, whole = noun.split(), of.split()
    if len(words) >= len(whole):
        return False
    return whole[: len(words)] == words or (whole[0] in _CLASSIFIERS and whole[-len(words) :] == words)


def _have_one_head(one: str, other: str) -> bool:
    """Whether two counted nouns begin with one word that is a counted noun by itself (`hộ nghèo`, `hộ dân`; not `giáo viên`, `giáo dân`)."""
    head, _, _ = one.partition(" ")
    return other.split(" ")[0] == head and is_counted(head)
