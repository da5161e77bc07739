"""Whether something is so: yes or no, from the figure that the question is about."""

from __future__ import annotations

from decimal import Decimal

from corpus.figures import CHANGE, PLAN, Figure
from rag.compare import compare_quantities
from rag.patterns import Pattern
from rag.question import Question

YES, NO = "Có.", "Không."
_TRUE, _FALSE = "Đúng.", "Không đúng."
_MET = Pattern(r"\b(?:đạt|hoàn thành|vượt)\b")
_EXCEEDED = Pattern(r"\bvượt\b")
_BOUND = Pattern(r"\b(?:quá|vượt|vượt quá|hơn|trên|dưới|chưa tới|chưa đến|không tới|tới|được|đạt|lên) (?:mốc |mức |ngưỡng )?(?=\d)[^?]*\b(?:chưa|không)\b")
_ABOVE, _BELOW = Pattern(r"^(?:quá|vượt|hơn|trên)"), Pattern(r"^(?:dưới|chưa tới|chưa đến|không tới)")
_ALL = Pattern(r"\b(?:hết|toàn bộ|xong|trọn)(?: rồi)? (?:không|chưa|ko|k)\b")
"""Asks whether something is done with all of those that a number counts."""
_CLAIMED = Pattern(r"\b(?:phải không|đúng không|đúng chứ|phải chăng|có đúng|có phải|đúng là|hả|à)\b")


def yes_or_no(question: Question, figure: Figure) -> str:
    """`Có.` / `Không.` (`Đúng.` / `Không đúng.`) where the figure decides it; empty where it does not."""
    verdict = _verdict(question, figure)
    if verdict is None:
        return ""
    if _CLAIMED.search(question.text):
        return _TRUE if verdict else _FALSE
    return YES if verdict else NO


def _verdict(question: Question, figure: Figure) -> bool | None:
    bound = _BOUND.search(question.text)
    if bound and len(question.numbers) == 1:
        said, held = question.numbers[0].base_value, figure.quantity.base_value
        if question.numbers[0].canonical.dimension != figure.quantity.canonical.dimension:
            return None
        return held < said if _BELOW.search(bound.group()) else held > said if _ABOVE.search(bound.group()) else held >= said
    if _ALL.search(question.text) and figure.quantity.of is None and not figure.quantity.is_percent:
        return None  # that there were 14 says of none that it was solved
    if question.numbers:
        return any(compare_quantities(number, figure.quantity).equal for number in question.numbers)
    if figure.kind == CHANGE and question.direction:
        return figure.direction == question.direction
    if figure.kind == PLAN and _MET.search(question.text):
        return figure.value > Decimal(100) if _EXCEEDED.search(question.text) else figure.value >= Decimal(100)
    return None
