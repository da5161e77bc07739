"""Whether the figures of a sentence agree with the figures that it cites: number, unit, qualifier, kind, direction, year, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.abbreviations import search_copy
from corpus.figures import CHANGE, PLAN, RANK, Figure
from corpus.report import Report
from corpus.text import WORD, search_words
from rag.checking.reading import Claim, read_claims
from rag.compare import opposite, other_year
from rag.ground import Ground
from rag.terms import is_stopword

MORE_SAID = 0.3
"""By how much more a sentence may say of the words of another cited figure than of the one whose number it gives."""
MORE_SAID_OF_OWN = 1.0
"""The same where the words that a part has from its whole are left out."""
_LOOSE = frozenset(("", "ước", "từ"))
_QUALIFIERS = {"hơn": "trên", "xấp xỉ": "khoảng", "chưa đến": "dưới"}

Found = tuple[str, str]
"""Kind of fault, and what it is (Vietnamese)."""


def figure_faults(plain: str, printed: Sequence[Figure], report: Report, ground: Ground) -> list[Found]:
    """What is wrong with the figures of a sentence without marks, against the figures `printed` in what it cites."""
    faults: list[Found] = []
    for claim in read_claims(plain, report, ground.marks):
        if not any(char.isdigit() for char in claim.shown):
            continue  # numbers in words are held against the quotes as words
        same = [figure for figure in printed if _number(figure.text) == _number(claim.figure.text)]
        found = [_fault(claim, figure, printed, ground) for figure in same]
        if not same:
            faults.append(("digits", f"số {claim.shown} không có trong trích dẫn được ghi."))
        elif all(found):
            faults.append(next(one for one in found if one))
    return faults


def _number(text: str) -> str:
    return "".join(text.split())


def _fault(claim: Claim, printed: Figure, others: Sequence[Figure], ground: Ground) -> Found | None:
    shown = claim.shown
    if not _same_unit(claim, printed):
        return "unit", f"{shown} sai đơn vị, trích dẫn ghi {printed.printed}."
    if opposite(claim.figure, printed) or ((claim.figure.kind == CHANGE) != (printed.kind == CHANGE)):
        return "direction", f"{shown} sai hoặc thiếu chiều tăng, giảm so với trích dẫn."
    if any((claim.figure.kind == kind) != (printed.kind == kind) for kind in (PLAN, RANK)):
        return "kind", f"{shown} không được nói đúng là tỷ lệ so với kế hoạch, thứ hạng hay số lượng như trong trích dẫn."
    if _qualifier(claim.figure) != _qualifier(printed):
        return "qualifier", f"{shown} thêm hoặc bớt “trên, gần, khoảng” so với trích dẫn."
    if other_year(claim.figure, printed):
        return "year", f"{shown} được nói của năm khác với trích dẫn."
    if any(_another_is_named(claim, printed, other, ground) for other in others if _rivals(printed, other)):
        return "whose", f"{shown} là số của nội dung khác trong trích dẫn."
    return None


def _same_unit(claim: Claim, printed: Figure) -> bool:
    mine, theirs = claim.figure.quantity.canonical, printed.quantity.canonical
    if mine.name == theirs.name:
        return True
    if "none" in (mine.dimension, theirs.dimension):  # a list gives its unit once: `lúa 4.100, rau 1.100 ha`
        other = theirs if mine.dimension == "none" else mine
        return other.dimension == "count" and _written(other.name) <= _written(f"{printed.own} {printed.subject} {claim.rest}")
    return mine.dimension == theirs.dimension == "count" and _written(mine.name) <= _written(f"{printed.own} {printed.subject}")


def _written(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))


def _qualifier(figure: Figure) -> str:
    word = figure.quantity.qualifier
    return "" if word in _LOOSE else _QUALIFIERS.get(word, word)


def _rivals(printed: Figure, other: Figure) -> bool:
    return (
        other.id != printed.id
        and other.quantity.canonical.dimension == printed.quantity.canonical.dimension
        and (other.kind == CHANGE) == (printed.kind == CHANGE)
        and (other.kind == PLAN) == (printed.kind == PLAN)
    )


def _another_is_named(claim: Claim, printed: Figure, other: Figure, ground: Ground) -> bool:
    """Whether the words at the claim tell the other figure rather than the one that bears its number."""
    if _number(other.text) == _number(printed.text):
        return False
    return any(
        _lead(claim, words(other), words(printed), ground) > least for words, least in ((_words, MORE_SAID), (_own_words, MORE_SAID_OF_OWN))
    )


def _lead(claim: Claim, of_other: str, of_printed: str, ground: Ground) -> float:
    """How much more the words at the claim hold of what tells the other figure than of what tells the printed one."""
    said, theirs, mine = _keys(claim.own), _keys(of_other), _keys(of_printed)
    return _weight(said & (theirs - mine), ground) - _weight(said & (mine - theirs), ground)


def _words(figure: Figure) -> str:
    return f"{_own_words(figure)} {figure.inherited}"


def _own_words(figure: Figure) -> str:
    """The words of a figure without those of its whole, which a part inherits."""
    return f"{figure.own} {figure.subject} {figure.place}"


def _keys(text: str) -> frozenset[str]:
    """Words and pairs of neighbours, folded, without numbers and words of no topic."""
    tokens = [word for word in search_copy(text).split() if not any(map(str.isdigit, word)) and not is_stopword(word.strip(",.;:()"))]
    keys = [key for word in tokens for key in search_words(word)]
    return frozenset((*keys, *(f"{a} {b}" for a, b in pairwise(keys))))


def _weight(keys: frozenset[str], ground: Ground) -> float:
    singles = [key for key in keys if " " not in key]
    pairs = [key for key in keys if " " in key]
    return sum(ground.rarity.word(key) for key in singles) + 0.5 * len(pairs)
