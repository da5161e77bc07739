"""Cuts a sentence that lists several things down to the one that a question asks for (`xã nào …`), at `;` and at commas."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.abbreviations import search_copy
from corpus.places import bare_name, find_places
from corpus.report import Report
from corpus.text import UPPER, fold
from rag.features import Query
from rag.forms import LIST, YES_NO
from rag.patterns import Pattern
from rag.sentence_ranker import ScoredSentence
from rag.terms import Words

SEPARATORS = ((";", 0.8, 0.0), (",", 0.9, 0.4))
"""What separates the pieces of a sentence, and the shares that the one kept must hold: of what they hold of the question together, and of the question."""
AHEAD, AHEAD_OF_SEVERAL = 0.1, 0.35
"""How much more of it than any other piece; where several things are asked for, which other pieces may name too."""
_SEVERAL = Pattern(
    r"\b(?:những|các|mấy|kể tên|liệt kê|danh sách|gồm|hai|ba|bốn|năm|(?<![\d.,])\d{1,2}) (?:[^\s?]+ ){0,4}(?:nào|gì|đâu)\b|\b(?:những|liệt kê|kể tên)\b"
)
"""Several things are asked for."""
_PLACE = Pattern(r"\b(?:xã|thị trấn|phường|địa phương|thôn|ấp|bản|nơi|chỗ)(?: [^\s,?]+)? nào\b|\bở đâu\b")
_NAME = re.compile(rf"(?:(?<=\s)|(?<=[“\"'(]))([{UPPER}]\w*(?:\s+[{UPPER}]\w*)*)")
_NUMBERED = re.compile(r"\d[\w./]*")
"""What names something: a capital inside the piece, or a number such as that of a road."""
_KIND = Pattern(r"\b([^\s,?]+)(?: [^\s,?]+)? nào\b")
"""The kind of thing that is asked for, its first of two words."""
_LISTING = re.compile(r"^\W*\d[^;:]*:\s")
"""A count with what it counts (`02 xã kiểu mẫu: …`)."""
_DENIED = Pattern(r"\b(?:chưa|không|hụt|trượt|rớt)\b")
_BARE = re.compile(rf"(?:và\s+)?[{UPPER}]\w*(?:[\s-]+[{UPPER}]\w*){{0,4}}(?:\s+và\s+[{UPPER}][\w\s]*)?")
"""A piece that is a name and no more: what stands beside it belongs to the same enumeration."""
_HEAD = re.compile(r"[^;,]*?:\s")
"""What stands before the members of a list (`05 xã không còn nợ: …`)."""

Spread = tuple[int, int]


def narrow(query: Query, sentence: ScoredSentence, report: Report) -> Spread:
    """The span of the one piece of a sentence that the question is on; the whole sentence where no piece is it alone.

    Where several things are asked for, a piece must list them.
    """
    span = (sentence.start, sentence.end)
    text = sentence.passage.text
    if text.startswith("|", sentence.start):
        return span
    kind = _KIND.search(query.question.text)
    several = query.question.form == LIST or bool(_SEVERAL.search(query.question.text))
    of_place = bool(_PLACE.search(query.question.text))
    for separator, most, least in SEPARATORS[:1] if several else SEPARATORS:
        pieces = _pieces(text, span, separator)
        if several and kind is not None and any(text[start:end].lower().startswith(f"{kind.group(1).lower()} ") for start, end in pieces[1:]):
            return span  # the members of one list: `đường huyện 195; đường xã Hồng Phong`
        kept = _best(query, text, pieces, (most, least, AHEAD_OF_SEVERAL if several else AHEAD)) if len(pieces) > 1 else None
        said = text[slice(*kept)] if kept is not None else ""
        if kept is None or several and not _lists(said, report):
            continue
        if _may_answer(query, said, report, of_place=of_place, whole=separator == ";"):
            span = kept
    return span


def _lists(said: str, report: Report) -> bool:
    """Whether a piece is a list of its own: a count with its members, or several places."""
    return bool(_LISTING.match(said)) or len(find_places(said, report, printed=True)) > 1


def _may_answer(query: Query, said: str, report: Report, *, of_place: bool, whole: bool) -> bool:
    """Whether a piece names something (a place, where one is asked for) that the question does not name itself, and denies what the question denies.

    Where yes or no is asked, it is enough that it denies.
    """
    asked = fold(query.question.text)
    if query.question.form == YES_NO:
        return bool(_DENIED.search(said))
    if _DENIED.search(query.question.text) and not _DENIED.search(said):
        return False
    if of_place:
        return any(fold(bare_name(place)) not in asked for place in find_places(said, report, printed=True))
    names = [name.group(1) for name in _NAME.finditer(f"x {said[:1].lower()}{said[1:]}")]
    return any(fold(name) not in asked for name in (*names, *(_NUMBERED.findall(said) if whole else ())))


def _best(query: Query, text: str, pieces: Sequence[Spread], shares: tuple[float, float, float]) -> Spread | None:
    """The piece that holds nearly all that the pieces hold of the question together, and more than any other; None where none does."""
    if any(_BARE.fullmatch(text[start:end].strip(" .")) for start, end in pieces):
        return None
    head = _HEAD.match(text[slice(*pieces[0])])
    above = text[pieces[0][0] : pieces[0][0] + head.end()] if head else ""
    bodies = [(start + len(above) if n == 0 else start, end) for n, (start, end) in enumerate(pieces)]
    words = [Words(search_copy(text[start:end])) for start, end in bodies]
    heading = Words(search_copy(above))
    numbers = [quantity.number for quantity in query.question.numbers]
    held, whole = [0.0] * len(bodies), 0.0
    for term in query.terms:
        if query.held(term, heading) > 0:
            continue
        hits = [query.held(term, one) * query.weight(term) for one in words]
        whole += max(hits)
        held = [value + hit for value, hit in zip(held, hits, strict=True)]
    for number in numbers:
        stands = [float(_stands(number, text[start:end])) for start, end in bodies]
        whole += max(stands)
        held = [value + hit for value, hit in zip(held, stands, strict=True)]
    total = sum(query.weight(term) for term in query.terms)
    if not whole:
        return None
    best = max(range(len(bodies)), key=lambda n: held[n])
    second = max((value for n, value in enumerate(held) if n != best), default=0.0)
    most, least, ahead = shares
    enough = held[best] >= max(most * whole, least * total) and held[best] - second >= ahead * whole
    return bodies[best] if enough else None


def _stands(number: str, text: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(number)}(?![.,]?\d)", text) is not None


def _pieces(text: str, span: Spread, separator: str) -> list[Spread]:
    """The parts of a span between separators that are followed by a space and stand outside brackets, without white space around."""
    found, depth, begin = [], 0, span[0]
    for at in range(*span):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth <= 0 and text[at] == separator and text[at + 1 : at + 2].isspace():
            found.append((begin, at))
            begin = at + 1
    found.append((begin, span[1]))
    return [(start + len(text[start:end]) - len(text[start:end].lstrip()), end) for start, end in found if text[start:end].strip(" .")]
