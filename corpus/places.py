"""Places: the communes, wards and towns that a report speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from corpus.report import Report
from corpus.text import fold

_NAME = r"[A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*){0,3}"
_KIND = re.compile(rf"\b(?:xã|Xã|thị trấn|Thị trấn|phường|Phường)[ ]({_NAME})")

_KIND_BEFORE = re.compile(r"(?i)^(?:xã|phường|thị trấn|thị xã|ấp|thôn|xóm|bản|làng|khóm|khu phố|tổ dân phố|tổ|khu)\s+(?=[^\W\d_]*[A-ZĐÀ-Ỹ])")
_LOWER_KIND = re.compile(r"(?i)\b(?:xã|xa|phường|phuong)\s+$")
_TOWN_WORDS = ("thị trấn",)
_TOWN = re.compile(r"(?i)thị trấn ")
_GENERAL_BEFORE = re.compile(r"(?i)(?:xã|phường|các|và|hoặc|\d+)\s*,?\s*$")


@lru_cache(maxsize=64)
def _place_pattern(report_id: str, names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    towns = [name for name in names if _TOWN.match(name)]
    bare = [bare_name(name) for name in names if not _TOWN.match(name)]
    longest_first = sorted({*names, *bare, *(_TOWN_WORDS if len(towns) == 1 else ())}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?!\w)", re.IGNORECASE)


def bare_name(name: str) -> str:
    """The name of a place without the word for its kind (`ấp Mỹ Long` -> `Mỹ Long`); a name of one syllable keeps it."""
    bare = _KIND_BEFORE.sub("", name)
    return bare if " " in bare else name


def place_names(report: Report) -> tuple[str, ...]:
    """The names of places below the report's own: those of its front matter, else those that its text calls xã, phường, thị trấn."""
    return report.places or _named_in_text(report.raw)


@lru_cache(maxsize=16)
def _named_in_text(raw: str) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(_KIND.findall(raw)).most_common())


def find_places(text: str, report: Report) -> list[str]:
    """The places named in `text`, in order, as the report spells them."""
    names = place_names(report)
    pattern = _place_pattern(report.id, names)
    if pattern is None:
        return []
    spelled = {fold(bare_name(name)): name for name in names if not _TOWN.match(name)} | {fold(name): name for name in names}
    towns = [name for name in names if _TOWN.match(name)]
    own_name = report.place.partition(" ")[2]
    found = []
    for match in pattern.finditer(text):
        if fold(match.group()) == fold(own_name) and not _LOWER_KIND.search(text[: match.start()]):
            continue  # the report's own place (`huyện Quản Bạ`), not the commune of that name
        name = spelled.get(fold(match.group())) or towns[0]
        if match.group().lower() in _TOWN_WORDS and _GENERAL_BEFORE.search(text[: match.start()]):
            continue  # `các xã, thị trấn` names none
        found.append(name)
    return found


def find_place(scopes: Iterable[str], report: Report) -> str:
    """The one place that the nearest scope naming any names last before its end; empty where no scope names one."""
    for scope in scopes:
        found = find_places(scope, report)
        if found:
            return found[-1] if len(set(found)) == 1 else ""
    return ""
