"""What kind of figure it is, in which direction it changed, and against what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figures.groups import Group
from corpus.figures.record import AMOUNT, CHANGE, PLAN, RANK, RATIO, SHARE, Figure
from corpus.figures.words import CHANGE_LEFT, IS_UP, PLAN_LEFT, PLAN_RIGHT, PLAN_WORD, VERSUS


def kind_of(group: Group) -> str:
    """The kind of a figure: amount, share, share of plan, change, rank or ratio."""
    quantity = group.quantity
    if quantity.rank:
        return RANK
    if CHANGE_LEFT.search(group.left):
        return CHANGE
    if quantity.is_percent:
        plan = PLAN_RIGHT.match(group.right) or PLAN_LEFT.search(group.left)
        return PLAN if plan else SHARE
    return RATIO if quantity.of is not None else AMOUNT


def direction_of(group: Group) -> str:
    """`tăng` or `giảm` of a change; empty for any other figure."""
    match = CHANGE_LEFT.search(group.left)
    if not match:
        return ""
    return "tăng" if IS_UP.fullmatch(match.group(1)) else "giảm"


def versus_of(group: Group, kind: str) -> str:
    """What a share of plan or a change is told against, as printed; empty where the group's words do not say."""
    if kind == PLAN:
        match = re.search(PLAN_WORD, group.right + " " + group.left, re.IGNORECASE)
        return match.group().lower() if match else "kế hoạch"
    if kind != CHANGE:
        return ""
    match = VERSUS.search(group.right) or VERSUS.search(group.left)
    if match:
        return re.sub(r"(?i)^so (?:với )?", "", match.group()).strip()
    plan = re.search(PLAN_WORD, group.left, re.IGNORECASE)
    return plan.group().lower() if plan else ""


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
            out[n] = replace(figure, versus=re.sub(r"(?i)^so (?:với )?", "", head.group()).strip())
    return out
