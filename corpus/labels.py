"""The labels that headings of administrative reports begin with: `Phần thứ nhất`, `A.`, `I.`, `1.`, `1.1`, `1 -`, `a)`."""

from __future__ import annotations

import re

PART_LABEL = re.compile(r"(?i:phần)\s+(?:(?i:thứ)\s+)?([IVX]+|[0-9]{1,2}|(?i:nhất|hai|ba|tư|bốn|năm))\b\s*[.:]?\s*(?:[-–]\s*)?")
"""The label of a part of the report, with what stands between it and the part's title."""

_NUMBER = re.compile(
    r"(?:(?P<chain>[0-9]{1,2}(?:\.[0-9]{1,2})+)(?:[.):/]|(?=\s|$))|(?P<one>[0-9]+|[IVXL]+|[A-HĐ])(?:[.):/](?![0-9])|(?=\s+[-–—]\s))|(?P<small>[a-hđ])\))"
    r"(?:\s+[-–—](?=\s))?\s*"
)
_PART_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def heading_label(heading: str) -> tuple[str, str, str]:
    """The label of a heading as an id names it (`P1`, `I`, `1.1`, `a`), as printed, and the title after it; empty labels where it has none."""
    part = PART_LABEL.match(heading)
    if part:
        word = part.group(1)
        number = _PART_WORDS.get(word.lower()) or (int(word) if word.isdigit() else _roman(word))
        return f"P{number}", heading[: part.end()].strip(" .:-–"), heading[part.end() :]
    match = _NUMBER.match(heading)
    if match is None:
        return "", "", heading
    label = match.group("chain") or match.group("one") or match.group("small")
    return label, heading[: match.end()].strip(), heading[match.end() :]


def _roman(word: str) -> int:
    values = [_ROMAN[letter] for letter in word]
    return sum(-v if i + 1 < len(values) and values[i + 1] > v else v for i, v in enumerate(values))
