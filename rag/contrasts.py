"""Things of one sort that stand side by side in a report (crops, school levels, diseases): a figure of one is no figure of another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from corpus.places import bare_name
from corpus.text import WORD, nfc, unify_tone
from rag.lexicon import always_named, contrasts

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
    names, key = _names(), _key(text)
    wanted = names.get(_key(name), frozenset())
    sorts = {sort for sort, _ in wanted}
    found = [match for match in _pattern().finditer(key) if sorts & {sort for sort, _ in names[match.group()]}]
    if len(found) != 1 or names[found[0].group()] & wanted:
        return ""
    words = list(WORD.finditer(text))
    first, last = (len(WORD.findall(key[:end])) for end in found[0].span())
    return f"{text[: words[first].start()]}{name}{text[words[last - 1].end() :]}"


def tells_others(asked: Sequence[Collection[Member]], told: Sequence[Collection[Member]], sorts: Collection[int]) -> bool:
    """Whether, of names `told`, one is of what is `asked` among some sorts, and another is of these sorts and of nothing asked."""
    wanted = {member for name in asked for member in name}
    of_sort = [{member for member in name if member[0] in sorts} for name in told]
    return any(name & wanted for name in of_sort) and any(name and not name & wanted for name in of_sort)


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
