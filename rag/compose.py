"""Sentences around figures: the report's own words, cut and joined so that a person can read them out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures import AMOUNT, CHANGE, PLAN, RANK, Figure
from corpus.passages import Passage

_VERB = re.compile(
    r"(?i)\b((?:ước|đã|mới|chỉ|phấn đấu)?\s*(?:tính\s+)?(?:thực hiện|đạt|là|chiếm|có|được|đón|bằng|còn|ước|tiếp|hỗ trợ|vay|thu|chi)(?:\s+(?:được|tới))?)\s*"
    r"(?:khoảng|gần|trên|hơn|dưới|từ|xấp xỉ|không quá)?\s*$"
)
_HEAD = re.compile(r"(?i)^(?:[\s,;:.=–-]|(?:và|nhưng|song|tuy nhiên|đồng thời|trong đó|trong số đó|gồm|cụ thể)\b)+")
_BRACKETED = re.compile(r"[^()]+ \(([^()]+)\)")
"""A subject with what it hangs on: `diện tích (dự án …)`."""
_TAIL = re.compile(r"(?i)(?:[\s,;:.=–(-]|\s(?:(?<!việc )làm|với|và|cho|tại|trong đó|gồm|để|trên|từ|do|có|là|bằng|đạt|được|của|chiếm)(?=[\s,;:.=–(-]*$))+$")
"""What hangs over at the end of the words cut out for a figure."""


def sentence_for(figure: Figure, passage: Passage, companions: Sequence[Figure], mark: int) -> str:
    """One sentence that states `figure` (and the `companions` that hang on it), with the citation mark."""
    core = _clause(figure, passage, companions)
    label = _label(figure, core)
    return as_sentence(f"{label}: {core}" if label else core, mark)


def as_sentence(words: str, mark: int) -> str:
    """`words` as a sentence of an answer, with the citation mark."""
    return f"{words[:1].upper()}{words[1:]} [{mark}]."


def _clause(figure: Figure, passage: Passage, companions: Sequence[Figure]) -> str:
    if figure.base is not None:
        return _dependent(figure)
    members = [figure, *companions]
    own = _own_words(figure, passage)
    tail = ", ".join(qualifying(one) for one in members[1:])
    return f"{own}, {tail}" if tail else own


def _own_words(figure: Figure, passage: Passage) -> str:
    """The words of a main figure's group, or subject and figure where the group has none of its own."""
    if passage.text.startswith("|", figure.sentence[0]) and figure.own.endswith(figure.text) and not figure.direction:
        return _cell(figure)
    own = _TAIL.sub("", _HEAD.sub("", figure.own))
    bare = figure.printed if figure.unit else figure.text
    if own.replace("\u00a0", " ") in (bare, f"{figure.text}{figure.unit}", f"{figure.text} {figure.unit}") and figure.subject:
        return f"{figure.subject} {_verb(figure)} {bare}"
    return own


def _cell(figure: Figure) -> str:
    """A number in a table: `Sản lượng nhãn, ước thực hiện 2024: 8.450 tấn`."""
    row, _, column = figure.own.removesuffix(figure.text).strip().partition(": ")
    told = f"{row.rstrip(':')}, {column if column[1:2].isupper() else column[:1].lower() + column[1:]}" if column else row.rstrip(":")
    return f"{told}: {figure.printed}"


def _verb(figure: Figure) -> str:
    return "xếp thứ" if figure.kind == RANK else "là"


def _dependent(figure: Figure) -> str:
    """`Năng suất lúa … giảm 1,3% so với năm 2022`: the subject of the amount with what qualifies it."""
    return f"{figure.subject} {qualifying(figure)}"


def qualifying(figure: Figure) -> str:
    """What a figure says of the one it hangs on: `giảm 1,3% so với năm 2022`, `đạt 103,4% kế hoạch`."""
    own = _TAIL.sub("", _HEAD.sub("", figure.own))
    if figure.kind == CHANGE and figure.direction and own == figure.printed.replace(" %", "%"):
        own = f"{figure.direction} {own}"  # `118 triệu viên (-6,8%)`
    if figure.kind == CHANGE and figure.versus and figure.versus.lower() not in own.lower():
        own = f"{own} so với {figure.versus}"
    if figure.kind in (AMOUNT, PLAN) and own == figure.printed:
        own = f"là {own}"
    return own


def _label(figure: Figure, core: str) -> str:
    """The label (`Agribank Thanh Miện`) that the figure's group stands under, unless its words are there already."""
    bracketed = _BRACKETED.fullmatch(figure.subject)
    if bracketed and figure.base is None:
        label = bracketed.group(1)
    elif ": " in figure.subject:
        label = figure.subject.split(": ", 1)[0]
    else:
        return ""
    return "" if label.lower() in core.lower() or len(label) > 160 else label


def verb_of(left: str) -> str:
    """The verb at the end of the words before a figure (`ước đạt`), empty where there is none."""
    match = _VERB.search(left)
    return match.group(1).strip().lower() if match else ""


def short_subject(figure: Figure, limit: int = 140) -> str:
    """The subject for a table or a button: cut at a word near `limit` characters."""
    subject = figure.subject
    if len(subject) <= limit:
        return subject
    return subject[:limit].rsplit(" ", 1)[0] + "…"
