"""Footnotes at the bottom of printed pages: told from the text by their place, their smaller type and their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.add.document import Note
from corpus.add.lines import Line

SMALLER = 0.92
"""Type up to this share of the body's is a footnote's."""
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"(?:\[\^(\d{1,3})\]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]?(?=\s+\S|[^\W\d_]))\s*")
_MISREAD = re.compile(r"[!'’‘*°”\"|?]\s+(?=[^\W\d_])")
_RULE = re.compile(r"\s*(?:[_—–]{4,}|-{4,}|={4,})\s*")


def printed_mark(text: str) -> tuple[int, str] | None:
    """The number of the footnote that a line begins, and its words after the number; None where it begins none."""
    match = _MARK.match(text)
    if not match:
        return None
    number = next(group for group in match.groups() if group)
    words = text[match.end() :].strip()
    return (int(number.translate(_SUPERSCRIPTS)), words) if words else None


def split_notes(lines: Sequence[Line], body_size: float, page: int, last: int, scanned: bool = False) -> tuple[list[Line], list[Note], str]:
    """The body lines of a page, its footnotes, and the words at their head that go on from the page before.

    `last` is the number of the last footnote before this page (0: none): numbers go on from it or begin again at 1. On a
    `scanned` page a raised number may have been read as another sign.
    """
    begin = len(lines)
    while begin > 0 and lines[begin - 1].size <= SMALLER * body_size:
        begin -= 1
    rule = next((n for n in range(len(lines) - 1, -1, -1) if _RULE.fullmatch(lines[n].text)), None)
    if rule is not None and rule < len(lines) - 1 and printed_mark(lines[rule + 1].text):
        begin = min(begin, rule)
    candidates = [line for line in lines[begin:] if not _RULE.fullmatch(line.text)]
    notes: list[Note] = []
    carried: list[str] = []
    for line in candidates:
        found = printed_mark(line.text)
        following = notes[-1].mark + 1 if notes else last + 1
        if found is None and scanned and (misread := _MISREAD.match(line.text)):
            found = (following, line.text[misread.end() :])
        if found and (found[0] == following or (not notes and (found[0] == 1 or found[0] > last))):
            notes.append(Note(page, *found))
        elif notes:
            notes[-1] = Note(page, notes[-1].mark, f"{notes[-1].text} {line.text}")
        else:
            carried.append(line.text)
    if not notes and (last == 0 or not carried):
        return [line for line in lines if not _RULE.fullmatch(line.text)], [], ""
    if carried and last == 0:
        return [line for line in lines[: begin + len(carried)] if not _RULE.fullmatch(line.text)], notes, ""
    return [line for line in lines[:begin] if not _RULE.fullmatch(line.text)], notes, " ".join(carried)
