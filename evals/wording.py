"""What an answer's sentence says: keywords, direction beside a figure, yes or no."""

from __future__ import annotations

import re

from corpus.text import WORD, nfc, unify_tone
from evals.notation import holds_figure

UP = re.compile(r"(?i)\b(?:tăng(?! cường)|vượt|cao hơn|nhiều hơn|lớn hơn|gia tăng)\b")
DOWN = re.compile(r"(?i)\b(?:giảm|thấp hơn|ít hơn|nhỏ hơn|kém|hụt|sụt)\b")
_YES = re.compile(r"(?i)^\W*(?:có|đúng|đã|phải|vâng|dạ có|rồi|chính xác)\b")
_NO = re.compile(r"(?i)^\W*(?:không|chưa|sai|dạ không|chẳng)\b")
_MARK = re.compile(r"\[\d+\]")
_BEFORE = 90
_AFTER = 30


def without_marks(answer: str) -> str:
    """The answer without its citation marks `[1]`."""
    return _MARK.sub("", nfc(answer))


def has_keyword(answer: str, keyword: str) -> bool:
    """Whether `keyword` (or one of its alternatives, `a|b`) stands in the answer as whole words.

    Case and the placement of tone marks do not count; diacritics do.
    """
    text = _searchable(answer)
    return any(_searchable(choice) in text for choice in keyword.split("|"))


def direction_beside(answer: str, figure: str) -> set[str]:
    """The directions (`tăng`, `giảm`) that the answer gives `figure`; empty where it gives none or not the figure.

    Looked for in the figure's own sentence: the last direction word before it, else the first close after it.
    """
    found = set()
    for sentence in re.split(r"(?<=[.!?;])\s+", without_marks(answer)):
        for match in re.finditer(re.escape(figure), sentence):
            if not holds_figure(sentence[max(0, match.start() - 3) : match.end() + 3], figure):
                continue
            before = sentence[max(0, match.start() - _BEFORE) : match.start()]
            after = sentence[match.end() : match.end() + _AFTER]
            found |= _last_direction(before) or _first_direction(after)
    return found


def polarity(answer: str) -> str:
    """`có` or `không`, from the answer's first words; empty where it begins with neither."""
    if _NO.match(answer):
        return "không"
    return "có" if _YES.match(answer) else ""


def shows_with_unit(answer: str, figure: str, unit: str) -> bool:
    """Whether the answer's sentence shows `figure` followed by `unit`."""
    pattern = rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}\s*{re.escape(unit)}"
    return bool(re.search(pattern, without_marks(answer), re.IGNORECASE))


def _last_direction(text: str) -> set[str]:
    found = [(m.start(), word) for word, pattern in (("tăng", UP), ("giảm", DOWN)) for m in pattern.finditer(text)]
    return {max(found)[1]} if found else set()


def _first_direction(text: str) -> set[str]:
    found = [(m.start(), word) for word, pattern in (("tăng", UP), ("giảm", DOWN)) for m in pattern.finditer(text)]
    return {min(found)[1]} if found else set()


def _searchable(text: str) -> str:
    return f" {' '.join(unify_tone(word) for word in WORD.findall(without_marks(text).lower()))} "
