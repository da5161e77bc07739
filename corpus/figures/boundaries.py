"""Where the words of one quantity of a sentence end, and where those of the next begin."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.figures.words import (
    CLAUSE_START,
    DEPENDENT,
    HEAD_NOUN,
    KIN_AFTER,
    KIN_BEFORE,
    MEASURE_TAIL,
    MONEY_TAIL,
    NAME_AFTER,
    NAME_BEFORE,
    NOUN_AFTER,
    NOUN_BEFORE,
    TAIL_JOIN,
)
from corpus.numbers import Quantity

_BREAK = re.compile(r"[;:()]")
_LONGEST_PIECE = 4
"""Words of the longest noun that goes on after a comma (`tranh chấp đất đai, môi trường`)."""


def is_flat(text: str, start: int, stop: int) -> bool:
    """Whether only commas and words stand between `start` and `stop`."""
    return _BREAK.search(text, start, stop) is None


def boundary(text: str, quantity: Quantity, stop: int) -> tuple[int, int] | None:
    """Where the words of `quantity` end and those of the quantity at `stop` begin; None where the two share the words between.

    Nothing but commas and words stands between the two.
    """
    start = quantity.end
    counts = quantity.canonical.dimension == "count"
    commas = [at for at in range(start, stop) if text[at] == "," and not lists_on(text, at)]
    if commas:
        goes_on = counts and text[start : commas[0]].strip()
        starting = next((at for at in commas if starts_clause(text[at + 1 : stop])), None) if goes_on else commas[0]
        money = MONEY_TAIL.search(text, commas[0], stop) if starting is None else None
        if money:
            return money.start(), money.start(1)
        chosen = commas[0] if starting is None else starting
        return chosen, chosen + 1
    for pattern in (MEASURE_TAIL, TAIL_JOIN):
        match = pattern.search(text, start, stop) if counts else None
        if match:
            return match.start(), match.start(1)
    joined = last_join(text, start, stop)
    if joined or quantity.canonical.dimension in ("count", "percent", "none"):
        return joined
    return start, start  # `đất ở 1.335 m² đất nông nghiệp 450 m²`: the words say what the second is


def right_end(text: str, quantity: Quantity, stop: int, is_last: bool) -> int:
    """Where the words after `quantity` end that belong to it; `stop` is the next quantity or the end of the sentence."""
    if not is_last and is_flat(text, quantity.end, stop):
        cut = boundary(text, quantity, stop)
        return cut[0] if cut else stop
    broken = _BREAK.search(text, quantity.end, stop)
    limit = broken.start() if broken else stop
    commas = [at for at in range(quantity.end, limit) if text[at] == "," and not lists_on(text, at, names=True)]
    for comma, following in pairwise([*commas, limit]):
        piece = text[comma + 1 : following]
        if DEPENDENT.match(text[comma + 1 : stop].strip()) or (is_last and _cuts_last(piece)):
            return comma
        if not is_last and (quantity.canonical.dimension != "count" or len(piece.split()) > _LONGEST_PIECE or starts_clause(piece)):
            return comma
    return limit


def _cuts_last(piece: str) -> bool:
    return CLAUSE_START.match(piece) is not None


def starts_clause(words: str) -> bool:
    """Whether the words after a comma begin something new: a verb, a measure, a qualification, or nothing before the number."""
    words = words.strip()
    return not words or any(pattern.match(words) for pattern in (CLAUSE_START, DEPENDENT, HEAD_NOUN))


def last_join(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The last `và`, `với`, `do` between two quantities that no punctuation separates: the words before it go to the first."""
    joins = list(re.finditer(r"\s(?:và|với|do|vì|nhờ|(?:nhưng|song)(?=\s+(?:lại )?(?:tăng|giảm)\b))\s+", text[start:stop]))
    return (start + joins[-1].start(), start + joins[-1].end()) if joins else None


def lists_on(text: str, comma: int, names: bool = False) -> bool:
    """Whether the comma only joins nouns of one kind: `trường MN, TH, THCS`, `xã, thị trấn`, `tổ chức, cá nhân`; with `names` also proper names."""
    near = max(0, comma - 30)
    if NOUN_BEFORE.search(text, near, comma) and NOUN_AFTER.match(text, comma):
        return True
    if names and NAME_BEFORE.search(text, near, comma) and NAME_AFTER.match(text, comma):
        return True
    return any(before.search(text, near, comma) and after.match(text, comma) for before, after in zip(KIN_BEFORE, KIN_AFTER, strict=True))
