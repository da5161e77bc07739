"""Roads by their numbers (`ĐH.92`, `quốc lộ 38B`): a figure of one road is none of another."""

from __future__ import annotations

import re

from corpus.text import fold

_ROAD = re.compile(
    r"\b(?:quoc lo|ql|duong tinh|tinh lo|dt|tl|duong huyen|huyen lo|dh|huong lo|hl|duong(?= (?:so )?\d{2,4}[a-z]?\b))\.?\s?(?:so )?(\d{1,4}[a-z]?)\b"
    r"(?!\s?(?:(?:km|m|m2|ha|tuyen|ho|ty|trieu)\b|%)|[.,]\d)"
)


def roads_in(text: str) -> frozenset[str]:
    """The numbers of the roads that `text` names, with their letters, folded (`38b`)."""
    return frozenset(match.group(1) for match in _ROAD.finditer(fold(text)))
