"""Things of one sort that stand side by side in a report (crops, school levels, diseases): a figure of one is no figure of another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from corpus.places import bare_name
from corpus.text import WORD, nfc, unify_tone
from rag.lexicon import always_named, contrasts

_LONGEST = 7
"""Words of the longest name."""
Member = tuple[int, int]
"""The number of a sort in the lexicon, and of one of its members."""


@lru_cache(maxsize=1)
def _names() -> dict[str, frozenset[Member]]:
    """Each name, with the members that it may stand for (`gà` is one by itself and a part of `gia cầm`)."""
    found: dict[str, set[Member]] = {}
    for sort, members in enumerate(contrasts()):
        for number, names in enumerate(members):
            for name in names:
                found.setdefault(_key(name), set()).add((sort, number))
    return {name: frozenset(members) for name, members in found.items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@lru_cache(maxsize=65536)
def _key(text: str) -> str:
    return WORD.sub(lambda word: unify_tone(word.group()), " ".join(nfc(text).lower().split()))


def members_in(text: str, places: Collection[str] = ()) -> frozenset[Member]:
    """The members that `text` (with its marks) names outside the names of `places` (there are peanuts in `Hòa Lạc` for no reader)."""
    return frozenset().union(*named_in(text, places))


def named_in(text: str, places: Collection[str] = ()) -> list[frozenset[Member]]:
    """For each name in `text`, outside those of `places`, the members that it may stand for."""
    names, key = _names(), _key(text)
    for place in places:
        key = key.replace(_key(bare_name(place)), " ")
    return [names[name] for name in _pattern().findall(key)]


def swapped(text: str, name: str) -> str:
    """`text` with its one name of a sort replaced by `name`, another one of that sort; empty where `name` is no such name, or `text` has none or several."""
    wanted = _names().get(_key(name), frozenset())
    sorts = {sort for sort, _ in wanted}
    tokens = list(WORD.finditer(text))
    spelled = [unify_tone(nfc(token.group()).lower()) for token in tokens]
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        length = next((n for n in range(min(_LONGEST, len(tokens) - at), 0, -1) if _sorts(spelled[at : at + n]) & sorts), 0)
        found += [(at, at + length)] if length else []
        at += length or 1
    if len(found) != 1 or _names()[" ".join(spelled[slice(*found[0])])] & wanted:
        return ""
    start, end = tokens[found[0][0]].start(), tokens[found[0][1] - 1].end()
    return f"{text[:start]}{name}{text[end:]}"


def _sorts(words: Sequence[str]) -> set[int]:
    """The sorts of what spelled words name together; empty where they name nothing."""
    return {sort for sort, _ in _names().get(" ".join(words), ())}


def lacks(asked: Sequence[frozenset[Member]], said: str, places: Collection[str] = ()) -> bool:
    """Whether a name is asked for that a figure must bear to be of it (`giáo viên THPT`), and `said`, all that is said of the figure, does not."""
    strict = [name for name in asked if name <= always_named()]
    return bool(strict) and any(not name & members_in(said, places) for name in strict)


def contrast(asked: Sequence[frozenset[Member]], near: Collection[Member], around: Collection[Member], *, together: bool = False) -> bool:
    """Whether what is asked is set against what a figure is of.

    `asked` are the names asked for, `near` the members that the figure's own words name, `around` those of its sentence and
    heading: the nearest words that name a member of the sort decide. `together`: all that is asked is asked of one figure,
    so that one of a part of it is another.
    """
    for sort in {sort for name in asked for sort, _ in name}:
        wanted = [name for name in asked if any(member[0] == sort for member in name)]
        for held in (near, around):
            of_sort = {member for member in held if member[0] == sort}
            if of_sort:
                met = [bool(name & of_sort) for name in wanted]
                if not any(met) or (together and held is near and not all(met)):
                    return True
                break
    return False
