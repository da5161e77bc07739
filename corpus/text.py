"""Vietnamese text: NFC, search copies (folded, tone placement unified), word and sentence spans.

Search copies are folded and never shown; quotes are cut from the original and never changed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[.,/][0-9]+)*", re.UNICODE)
"""A word or a number with its inner points, commas and slashes (`1.626,4`, `48/52`)."""

UPPER = "".join(char for char in map(chr, [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]) if char.isupper())
"""Every capital letter of Vietnamese, to stand inside square brackets of a pattern (a range such as `À-Ỹ` holds small letters too)."""

_D_STROKE = str.maketrans({"đ": "d", "Đ": "D"})
BULLETS = "-–+•*"
"""Characters that begin an item of a list."""
_CLOSERS = "\"”’')]»"
# A point after one of these ends an abbreviation, not a sentence.
_ABBREVIATIONS = frozenset({"tx", "tp", "v.v", "tt", "ths", "ts", "gs", "pgs", "bs", "ks", "ô", "b", "tr", "st", "stt"})


def nfc(text: str) -> str:
    """`text` in Unicode normal form C."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A search copy: lower case, no diacritics, `đ` as `d`. The length may differ from that of `text`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D_STROKE).lower())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


_DAY = re.compile(r"^0?(\d{1,2})/0?(\d{1,2})(?=/\d{4}$|$)")
_Y_AS_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_TONES = {"̀": "f", "́": "s", "̃": "x", "̉": "r", "̣": "j"}


@lru_cache(maxsize=65536)
def unify_tone(word: str) -> str:
    """A search copy of one word, lower case, with its tone mark moved to the end: `hòa` and `hoà` become equal, and `tỷ` and `tỉ`; a date without noughts."""
    tone, rest = "", []
    word = _without_noughts(word.lower())
    if _I_FOR_Y.match(fold(word)):
        word = word.translate(_Y_AS_I)
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = char
        else:
            rest.append(char)
    return unicodedata.normalize("NFC", "".join(rest)) + _TONES.get(tone, "")


_I_FOR_Y = re.compile(r"^((?:h|k|l|m|s|t|qu|v))y$")


@lru_cache(maxsize=65536)
def search_key(word: str) -> str:
    """A search copy of one word: folded, with `y` after a lone consonant as `i` (`tỷ` and `tỉ` become equal), a date without noughts."""
    return _without_noughts(_I_FOR_Y.sub(r"\1i", fold(word)))


def _without_noughts(word: str) -> str:
    """A day and month, with a year or without, as people write it without noughts (`08/11/2023` as `8/11/2023`)."""
    return _DAY.sub(r"\1/\2", word)


def search_words(text: str) -> list[str]:
    """The search keys of the words of `text`, in order."""
    return [search_key(word) for word in WORD.findall(text)]


def words(text: str) -> list[str]:
    """The words of `text`, as written, in order."""
    return WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """The words of `text`, folded, in order."""
    return WORD.findall(fold(text))


def has_diacritics(text: str) -> bool:
    """Whether any letter of `text` carries a Vietnamese mark (or is `đ`)."""
    return fold(text) != text.lower()


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of `text`, without surrounding white space, in order.

    A sentence ends at a line break, or at `.`, `!` or `?` followed by white space and a capital, digit or bracket,
    unless the point belongs to an abbreviation, an ordinal at the start (`1. Tổ chức`), or stands inside brackets. A row of
    a table (`| … | … |`, a line of its own) is one sentence.
    """
    spans, start, depth = [], 0, 0
    for match in re.finditer(r"[()\n]|[.!?…]+[" + re.escape(_CLOSERS) + r"]*(?=\s)", text):
        token = match.group()
        if token == "(":
            depth += 1
        elif token == ")":
            depth = max(0, depth - 1)
        elif token == "\n":
            depth = 0
            spans.append((start, match.start()))
            start = match.end()
        elif depth == 0 and not text.startswith("|", start) and _ends_sentence(text, start, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [span for span in (_strip(text, *span) for span in spans) if span[0] < span[1]]


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    follow = text[match.end() :].lstrip()[:1]
    if not follow or not (follow.isupper() or follow.isdigit() or follow in f"“\"({BULLETS}"):
        return False
    before = text[start : match.start()].strip()
    last = before.rsplit(None, 1)[-1].lower() if before else ""
    if match.group().startswith(".") and last.strip("(") in _ABBREVIATIONS:
        return last == "v.v"
    return not re.fullmatch(r"(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[IVX]{1,4}|[A-ZĐ])", before)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def clauses(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Spans of the parts of one sentence that `;` separates, in order; the sentence itself where there is none.

    A `;` inside round brackets or in a row of a table does not separate.
    """
    start, end = span
    if text.startswith("|", start):
        return [span]
    parts, depth, begin = [], 0, start
    for at in range(start, end):
        char = text[at]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == ";" and depth == 0:
            parts.append(_strip(text, begin, at))
            begin = at + 1
    parts.append(_strip(text, begin, end))
    return [part for part in parts if part[0] < part[1]]
