"""Every digit string of an answer must stand in the words it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.numbers import iter_digit_strings
from rag.records import Answer

_MARK = re.compile(r"\[\d+\]")


def digit_strings(text: str) -> list[str]:
    """The digit strings of `text`, without citation marks `[1]`."""
    plain = _MARK.sub(" ", text)
    return [plain[start:end] for start, end in iter_digit_strings(plain)]


def untraced(text: str, quotes: Iterable[str], computed: Iterable[str] = ()) -> list[str]:
    """The digit strings of `text` that stand in none of `quotes` and were not `computed`."""
    known = {digits for quote in quotes for digits in digit_strings(quote)}
    known |= {digits for result in computed for digits in digit_strings(result)}
    return [digits for digits in digit_strings(text) if digits not in known]


def is_traced(answer: Answer) -> bool:
    """Whether every digit string of the answer's text and figures stands in its quotes or was computed from such."""
    quotes = [citation.quote for citation in answer.citations]
    computed = [figure.text for figure in answer.figures if figure.derived_from]
    operands = [digits for figure in answer.figures for operand in figure.derived_from for digits in digit_strings(operand)]
    computed += [part for digits in operands for part in digits.split("/")]  # `46.602 − 46.222` of `46.222/46.602 hồ sơ`
    if untraced(answer.answer, quotes, computed):
        return False
    by_number = {citation.n: citation.quote for citation in answer.citations}
    return all(
        not untraced(figure.text, [by_number.get(figure.citation, "")]) for figure in answer.figures if not figure.derived_from
    ) and all(not untraced(" ".join(figure.derived_from), quotes) for figure in answer.figures)
