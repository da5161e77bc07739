"""Places: the communes, wards and towns that a report speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from corpus.report import Report
from corpus.text import UPPER, fold

_NAME = rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,3}}"
_KIND = re.compile(rf"\b(?:xã|Xã|thị trấn|Thị trấn|phường|Phường)[ ]({_NAME})")

_KIND_BEFORE = re.compile(rf"^(?i:xã|phường|thị trấn|thị xã|ấp|thôn|xóm|bản|làng|khóm|khu phố|tổ dân phố|tổ|khu)\s+(?=[{UPPER}])")
_LOWER_KIND = re.compile(r"(?i)\b(?:xã|xa|phường|phuong)\s+$")
_AMONG_PLACES = re.compile(r"(?i)\b(?:các xã|các phường|theo xã|một số xã|\d+ xã)\b[^.;]*$")
_KIND_END = re.compile(r"(?i)\b(?:xã|phường|thị trấn|ấp|thôn|bản)\s+$")
_NAME_GOES_ON = re.compile(rf" [{UPPER}][^\W\d_]")
_ASIDE = re.compile(r"(?i)\b(?:ưu tiên|(?<=, )nhất là|giáp ranh|kết nối với)\b[^;.:()]*")
_TOWN_WORDS = ("thị trấn",)
_TOWN = re.compile(r"(?i)thị trấn ")
_GENERAL_BEFORE = re.compile(r"(?i)(?:xã|phường|các|và|hoặc|\d+)\s*,?\s*$")


@lru_cache(maxsize=64)
def _place_pattern(report_id: str, names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    towns = [name for name in names if is_town(name)]
    bare = [bare_name(name) for name in names if not is_town(name)]
    longest_first = sorted({*names, *bare, *(_TOWN_WORDS if len(towns) == 1 else ())}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in longest_first) + r")(?!\w)", re.IGNORECASE)


def bare_name(name: str) -> str:
    """The name of a place without the word for its kind (`ấp Mỹ Long` -> `Mỹ Long`); a name of one syllable keeps it."""
    bare = _KIND_BEFORE.sub("", name)
    return bare if " " in bare else name


def is_town(name: str) -> bool:
    """Whether the name of a place says that it is a town (`thị trấn Một Ngàn`)."""
    return bool(_TOWN.match(name))


def own_name(report: Report) -> str:
    """The name of the report's own place without the words for its kind (`Kinh Môn` of `thị xã Kinh Môn`)."""
    named = " ".join(word for word in report.place.split() if not word[:1].islower())
    return named or report.place.partition(" ")[2]


def place_names(report: Report) -> tuple[str, ...]:
    """The names of places below the report's own: those of its front matter, else those that its text calls xã, phường, thị trấn."""
    return report.places or _named_in_text(report.raw)


@lru_cache(maxsize=16)
def _named_in_text(raw: str) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(_KIND.findall(raw)).most_common())


def find_places(text: str, report: Report, *, printed: bool = False, context: str = "") -> list[str]:
    """The places named in `text`, in order, as the report spells them.

    `context` are the words before the text: in a list of communes the report's own name is the commune of that name.
    `printed`: the text is a report's, which writes names with capitals: `giành thắng lợi` does not name the commune Thắng Lợi,
    and `Nam Hải Đình Vũ` is a longer name than Nam Hải.
    """
    names = place_names(report)
    pattern = _place_pattern(report.id, names)
    if pattern is None:
        return []
    spelled = {fold(bare_name(name)): name for name in names if not is_town(name)} | {fold(name): name for name in names}
    towns = [name for name in names if is_town(name)]
    own = own_name(report)
    found = []
    for match in pattern.finditer(text):
        before = text[: match.start()]
        if fold(match.group()) == fold(own) and not _LOWER_KIND.search(before) and not (printed and _AMONG_PLACES.search(f"{context} {before}")):
            continue  # the report's own place (`huyện Quản Bạ`), not the commune of that name
        if printed and not _stands_alone(match, text):
            continue
        name = spelled.get(fold(match.group())) or towns[0]
        if match.group().lower() in _TOWN_WORDS and _GENERAL_BEFORE.search(before):
            continue  # `các xã, thị trấn` names none
        found.append(name)
    return found


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a printed name is a place's and not common words or a piece of a longer name."""
    written = match.group()
    if written.lower() in _TOWN_WORDS or _KIND_END.search(text[: match.start()]) or _KIND_BEFORE.match(written):
        return True
    return any(char.isupper() for char in written) and not _NAME_GOES_ON.match(text, match.end())


def find_place(scopes: Iterable[str], report: Report, context: str = "") -> str:
    """The one place that the nearest scope of printed words naming any names last; empty where none names one. `context`: the words before."""
    for scope in scopes:
        found = find_places(_ASIDE.sub(" ", scope), report, printed=True, context=context)
        if found:
            return found[-1] if len(set(found)) == 1 else ""
    return ""
