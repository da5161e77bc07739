"""Which whole a quantity is a part of: `trong đó`, lists after a colon, brackets."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.figures.groups import Frame, Group
from corpus.figures.words import HEAD_NOUN, TAKES_PART, VERB_LEFT

_ANY_KIND = frozenset({"người", "trường hợp", "đơn vị", "cái", "con", "chiếc", "lượt"})


def same_kind(one: Group, other: Group) -> bool:
    """Whether both are quantities of one dimension."""
    return one.quantity.canonical.dimension == other.quantity.canonical.dimension


def same_noun(one: Group, other: Group) -> bool:
    """Whether both count the same noun: `vụ` and `vụ cháy`, `hộ` and `hộ nghèo`."""
    first, second = one.quantity.canonical.name.lower(), other.quantity.canonical.name.lower()
    return first == second or first.startswith(f"{second} ") or second.startswith(f"{first} ")


def whole_of(group: Group, groups: Sequence[Group], frames: Sequence[Frame], named: str) -> Group | None:
    """The whole that an opener or a bracket announced, of the group's kind of quantity. `named`: the words before the group's own bracket."""
    frame = frames[-1]
    if frame.part_of is not None:
        return _announced(group, groups, frame, frame.part_of)
    outer = frames[-2].part_of if named and len(frames) > 1 else None
    opened = outer if named else frame.opened_by
    if opened is not None and opened.base is not None and not same_kind(opened, group) and same_kind(opened.base, group):
        return opened.base
    return opened


def _announced(group: Group, groups: Sequence[Group], frame: Frame, whole: Group) -> Group | None:
    if same_kind(whole, group):
        ends = frame.crossed and not frame.after_colon and (HEAD_NOUN.match(group.left.strip()) or not _can_be_part(group, whole))
    elif frame.after_colon:
        ends = False
    else:
        alike = [one for one in groups[: frame.asked_before] if one.base is None and same_kind(one, group) and _can_be_part(group, one)]
        if alike:
            return alike[-1]
        if whole.quantity.is_percent and not group.quantity.is_percent:
            return None
        ends = frame.crossed
    if ends:
        frame.part_of = None
        return None
    return whole


def _can_be_part(group: Group, whole: Group) -> bool:
    """Whether a quantity can be listed as a part: of the whole's noun, no ratio, not larger, and no new doing."""
    noun = not group.counts or same_noun(group, whole) or group.quantity.canonical.name in _ANY_KIND
    smaller = group.quantity.base_value <= whole.quantity.base_value
    left = group.left.strip()
    return noun and smaller and group.quantity.of is None and not (VERB_LEFT.match(left) and not TAKES_PART.match(left))
