"""The working copy of a text: markup off, marks restored, names as the report writes them, everyday words as reports have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.places import place_names
from corpus.report import Report
from rag.checking.spoken import Change, Copy, in_digits, shares_in_digits
from rag.marks import Marks

_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|&nbsp;|[\u200b-\u200f\u2060\ufeff\ufe0f]|[*_`#~]+|\s*\|\s*|[ \t\u00a0\u202f]{2,}|[\t\u00a0\u202f]")
_YEAR_THEN_RATE = re.compile(r"(?i)(?<![\d.,])(?:19|20)\d\d (?=t[ỷỉ] (?:lệ|số|trọng|suất)(?!\w))")
_NEW_CLAUSE = re.compile(
    r"(?i)(?<=[\w%²³]) (?=(?:còn (?!\d|khoảng|gần|hơn|trên|lại|có|tới|đến|những|dưới|chừng|nợ|thiếu|khó|là)\S"
    r"|trong khi |nhưng |tuy nhiên|đồng thời |(?<!sầu )riêng ))"
)
_EVERYDAY = {"khối": "m³", "ký": "kg", "kí": "kg", "cân": "kg", "héc-ta": "ha", "vuông": "m²", "cây số": "km"}
_EVERYDAY_UNIT = re.compile(
    r"(?i)\d(?: nghìn| ngàn| triệu| vạn)? ?(?P<unit>khối(?! lượng| u\b| lớp)|ký|kí|cân(?! đối)|héc-ta|vuông|cây số)(?!\w)"
)
_THAN_YEAR = re.compile(r"(?i)(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )(?<!\w)(?P<word>hơn|kém)(?= (?:cùng kỳ )?năm (?:\d{4}|trước|ngoái))")
_PLACE_KIND = re.compile(r"^(?:xã|phường|thị trấn|thị xã|ấp|thôn|huyện|quận) ")
_NO_SEASON = re.compile(r"(?i)(?<!\w)(?:phục|nghiệp|nhiệm|nghĩa) vụ(?= (?:cho |gần |hơn |trên |khoảng )?\d)")


def working_copy(text: str, report: Report, marks: Marks) -> Copy:
    """The copy of a text that figures are read from, which knows where each character came from."""
    copy = Copy.of(text)
    copy = shares_in_digits(copy.replaced(_cleaned(copy.text)))
    copy = replace(copy, text=_named(_restored(copy.text, marks), report))
    return in_digits(copy.replaced(_disambiguated(copy.text)))


def _cleaned(text: str) -> Iterator[Change]:
    for match in _MARKUP.finditer(text):
        blank = "" if match.group()[0] in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f" else " "
        if match.start() == 0 or text[match.start() - 1].isspace() or match.group()[0] in "*_`#~<" and match.end() < len(text) and text[match.end()].isspace():
            blank = ""
        if "|" in match.group():
            blank = ", " if match.start() and text[match.start() - 1] != "\n" and match.end() < len(text) else ""
        yield Change(match.start(), match.end(), blank)


def _disambiguated(text: str) -> Iterator[Change]:
    """`năm 2023 tỷ lệ …` holds no money, and `phục vụ 14 dự án` no crop season."""
    for match in _YEAR_THEN_RATE.finditer(text):
        yield Change(match.end() - 1, match.end(), ", ")
    for match in _EVERYDAY_UNIT.finditer(text):
        yield Change(match.start("unit"), match.end("unit"), _EVERYDAY[match.group("unit").lower()])
    for match in _NEW_CLAUSE.finditer(text):
        yield Change(match.start(), match.start() + 1, "; ")
    for match in _THAN_YEAR.finditer(text):
        yield Change(match.start(), match.end(), "cao hơn so với" if match.group("word").lower() == "hơn" else "thấp hơn so với")
    for match in _NO_SEASON.finditer(text):
        yield Change(match.start(), match.end(), "cho")


def _restored(text: str, marks: Marks) -> str:
    """`text` with its marks restored line by line; a line whose length would change stays."""
    lines = []
    for line in text.split("\n"):
        restored = marks.restore(line)
        lines.append(restored if len(restored) == len(line) else line)
    return "\n".join(lines)


def _named(text: str, report: Report) -> str:
    """`text` with the report's places of two words and more written as their names, where they were typed small."""
    full = place_names(report)
    for name in (*full, *(_PLACE_KIND.sub("", name) for name in full)):
        if " " in name and len(name.lower()) == len(name):
            for match in re.finditer(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text):
                text = text[: match.start()] + name + text[match.end() :]
    return text
