"""Series of numbers that share what only one of them says: a unit, or names told before (`A, B và C lần lượt đạt 5, 6 và 7 ha`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figures.groups import Group
from corpus.figures.words import MEASURE_HEAD, RESPECTIVELY
from corpus.numbers import Quantity
from corpus.text import UPPER

_SEPARATOR = re.compile(r"\s*(?:,|và|;|, và)\s*")
_TO = re.compile(r"(?i)\s*(?:xuống|lên)(?:\s+(?:còn|đến|tới|mức))*\s*")
_HEAD = re.compile(r"(?i)(?:tỷ trọng|cơ cấu|tỷ lệ|tỉ lệ|tốc độ|chỉ số)\b(?:[^\d,;]*\bcủa\b)?(?: ngành| kinh tế)?\s+")
"""What the numbers of a series measure, told with the first of their names (`Cơ cấu kinh tế của …`)."""
_PROPER = rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*)*"
_KIND = r"(?P<kind>(?<![^\W\d_])(?!(?i:hai|ba|bốn|các|những)\b)(?:[^\W\d_A-ZĐ]+ ){1,3})"
_PROPER_NAMES = re.compile(rf"{_KIND}?(?P<names>{_PROPER}(?:, {_PROPER})* và {_PROPER})")
_NAMES = re.compile(r",\s+(?:và\s+)?|\s+và\s+")
_ONE_SECTOR = re.compile(
    r"(?i)\b((?:nông|lâm)(?: nghiệp)?|công nghiệp|thương mại|du lịch)(?:, | và )"
    r"(?=(?:lâm(?: nghiệp)?|(?:lâm )?ngư(?: nghiệp)?|thủy sản|thuỷ sản|xây dựng|dịch vụ)\b)"
)
"""Sectors that are one together (`nông nghiệp, thủy sản`)."""


def share_units(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, each without a unit taking that of the next one in its series (`12, 15 và 20 ha`, `từ 12 xuống còn 10 phòng`)."""
    out = list(quantities)
    for n in range(len(out) - 2, -1, -1):
        one, following = out[n], out[n + 1]
        if one.canonical.dimension != "none" or following.canonical.dimension == "none" or one.rank or following.rank or one.of is not None:
            continue
        between = text[one.end : following.start]
        told = _TO.fullmatch(between) or (_SEPARATOR.fullmatch(between) and RESPECTIVELY.search(text, 0, _series_start(text, out, n)))
        if told:
            out[n] = replace(one, unit=following.unit, canonical=following.canonical)
    return out


def _series_start(text: str, quantities: Sequence[Quantity], n: int) -> int:
    """Where the first number stands of the series that quantity `n` is in."""
    while n > 0 and _SEPARATOR.fullmatch(text[quantities[n - 1].end : quantities[n].start]):
        n -= 1
    return quantities[n].start


def distribute_names(text: str, span: tuple[int, int], groups: Sequence[Group]) -> None:
    """Gives each number of a series told `lần lượt` its own name, where as many names stand before it."""
    for n, group in enumerate(groups):
        clause = re.split(r"[;:.](?=\s)", text[span[0] : group.quantity.start])[-1]
        told = RESPECTIVELY.search(clause)
        if not told:
            continue
        series = [group]
        for following in groups[n + 1 :]:
            if not _SEPARATOR.fullmatch(text[series[-1].quantity.end : following.quantity.start]):
                break
            series.append(following)
        names = _names_before(_as_one(clause[: told.start()].strip(" ,-"), len(series)), len(series))
        if len(series) < 2 or len(names) != len(series):
            continue
        head = MEASURE_HEAD.match(names[0]) or _HEAD.match(names[0])
        way = told.group().split()[-1] if told.group().split()[-1] in ("tăng", "giảm") else ""
        for one, name in zip(series, names, strict=True):
            one.left = f"{head.group() if head and one is not group and not MEASURE_HEAD.match(name) and not _HEAD.match(name) else ''}{name} {way} "
            one.base, one.whole, one.coordinate, one.bare, one.chain = None, None, False, False, []


def _as_one(words: str, count: int) -> str:
    """`words` with the sectors joined that are one together, where so they name as many as there are numbers."""
    joined = _ONE_SECTOR.sub(r"\1 - ", words)
    return joined if len(_NAMES.split(joined)) == count != len(_NAMES.split(words)) else words


def _names_before(words: str, count: int) -> list[str]:
    """The names that a series of `count` numbers is told of: the parts of what stands before it, or the places and bodies that begin it.

    `Hai cụm công nghiệp A và B rộng 112,5 ha, tỷ lệ lấp đầy` gives `cụm công nghiệp A, tỷ lệ lấp đầy` and the like for B.
    """
    names = _NAMES.split(words)
    joined = _PROPER_NAMES.search(words) if len(names) != count else None
    said = _NAMES.split(joined.group("names")) if joined else []
    if joined is None or len(said) != count:
        return names
    measure = words[joined.end() :].rpartition(",")[2].strip()
    return [f"{joined.group('kind') or ''}{name}, {measure}" for name in said] if measure else names
