"""What kind of figure it is, in which direction it changed, and against what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figures.groups import Group
from corpus.figures.record import AMOUNT, CHANGE, PLAN, RANK, RATIO, SHARE, Figure
from corpus.figures.words import (
    AFTER_FROM,
    AGAINST,
    CHANGE_LEFT,
    FROM_LEVEL,
    IS_UP,
    PLAN_LEFT,
    PLAN_RIGHT,
    PLAN_WORD,
    POINTS_CHANGE,
    RANGE_CHANGE,
    SIGN_LEFT,
    TIMES_LEFT,
    VERSUS,
)

_TIME = re.compile(r"(?i)(?:cùng kỳ(?: năm)?(?: (?:trước|ngoái|\d{4}))?|(?:(?:đầu|cuối) )?năm (?:\d{4}|trước|ngoái)|(?:đầu|cuối) năm)(?=\s|$)")


def kind_of(group: Group) -> str:
    """The kind of a figure: amount, share, share of plan, change, rank or ratio."""
    quantity = group.quantity
    if quantity.rank:
        return RANK
    if _way(group) or is_times(group) or (quantity.canonical.name == "điểm %" and not is_from_level(group)):
        return CHANGE
    if quantity.is_percent:
        plan = PLAN_RIGHT.match(group.right) or PLAN_LEFT.search(group.left)
        return PLAN if plan else SHARE
    return RATIO if quantity.of is not None else AMOUNT


def direction_of(group: Group) -> str:
    """`tăng` or `giảm` of a change; empty for any other figure and for `gấp 2 lần`."""
    return "" if group.quantity.rank else _way(group)


def _way(group: Group) -> str:
    sign = SIGN_LEFT.search(group.left)
    if sign and group.quantity.is_percent:
        return "tăng" if sign.group(1) == "+" else "giảm"
    match = CHANGE_LEFT.search(group.left)
    if match and not is_from_level(group):
        return "tăng" if IS_UP.fullmatch(match.group(1)) else "giảm"
    if not group.quantity.is_percent or is_from_level(group):
        return ""
    between = RANGE_CHANGE.search(group.left)
    if between and (group.quantity.high is not None or between.group("by").lower() != "từ"):
        return between.group(1).lower()
    points = POINTS_CHANGE.search(group.left.strip()) if group.quantity.canonical.name == "điểm %" else None
    return points.group(1).lower() if points else ""


def is_from_level(group: Group) -> bool:
    """Whether the figure is the level that a change started from (`giảm từ 5,5% của năm 2021`), and no change itself."""
    return group.quantity.high is None and bool(FROM_LEVEL.search(group.left) and AFTER_FROM.match(group.after or group.right))


def is_times(group: Group) -> bool:
    """Whether the figure says how many times another one it is (`gấp 3,1 lần năm 2021`)."""
    return group.quantity.canonical.dimension == "times" and bool(TIMES_LEFT.search(group.left))


def versus_of(group: Group, kind: str) -> str:
    """What a share of plan or a change is told against, as printed; empty where the group's words do not say."""
    if kind == PLAN:
        match = re.search(PLAN_WORD, group.right + " " + group.left, re.IGNORECASE)
        return match.group().lower() if match else "kế hoạch"
    against = AGAINST.match(group.right) if is_times(group) or (kind == SHARE and TIMES_LEFT.search(group.left)) else None
    if against or kind != CHANGE:
        return against.group(1).strip() if against else ""
    match = VERSUS.search(group.right) or VERSUS.search(group.left)
    if match:
        return _told(match.group())
    plan = re.search(PLAN_WORD, group.left, re.IGNORECASE)
    return plan.group().lower() if plan else ""


def _told(words: str) -> str:
    """What is compared with, without the reasons that follow it: `năm 2023` of `so với năm 2023 do …`."""
    words = re.sub(r"(?i)^so (?:với )?", "", words).strip(" -–−+")
    time = _TIME.match(words)
    return time.group() if time else re.split(r"(?i)\s(?:do|vì|nhờ|bởi)\s", words)[0].strip()


def inherit_versus(figures: Sequence[Figure]) -> list[Figure]:
    """A change without its own comparison takes that of the next change of its sentence, else of the one before."""
    out = list(figures)
    for n, figure in enumerate(out):
        if figure.kind != CHANGE or figure.versus:
            continue
        mates = [m for m in out if m.sentence == figure.sentence and m.passage == figure.passage and m.kind == CHANGE and m.versus]
        later = [m for m in mates if m.start > figure.start]
        chosen = later[0] if later else (mates[-1] if mates else None)
        if chosen:
            out[n] = replace(figure, versus=chosen.versus)
            continue
        head = VERSUS.search(figure.lead)
        if head:
            out[n] = replace(figure, versus=_told(head.group()))
    return out
