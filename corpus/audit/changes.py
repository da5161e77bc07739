"""Increases and decreases against the values that they changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.audit import checks
from corpus.audit.bounds import Term
from corpus.audit.checks import MAYBE, SURE, Check, failed, held
from corpus.audit.material import Material, comparable, is_additive, same_noun
from corpus.audit.rates import Before, Change
from corpus.audit.relations import Within
from corpus.audit.wording import asks, where
from corpus.figures import AMOUNT, CHANGE, SHARE, Figure

_MEANS = re.compile(r"(?i)^[\s,(]*(?:=|bằng|tương đương|tương ứng|tức|hay|ứng với|đạt tỷ lệ|tỷ lệ|(?:tăng|giảm)(?: khoảng)?|khoảng|\s)*$")
_BEFORE = re.compile(r"(?i)cùng kỳ|năm trước|năm ngoái|\bnăm (?:19|20)\d\d\b")


def change_checks(material: Material) -> Iterator[Check]:
    """For each change in the value's own unit: its percentage, and that there was something to take it from."""
    for change in material.figures:
        if change.kind != CHANGE or change.base is None or not _has_size(change):
            continue
        values = _values(change, material)
        if not values:
            continue
        percent = _percent_after(change, material)
        if percent is not None:
            yield _percent_check(change, values, percent)
        if change.direction == "tăng":
            yield _room_check(change, values)
        before = _value_before(change, values[0], material)
        if before is not None:
            yield _before_check(change, values[0], before)


def _has_size(change: Figure) -> bool:
    return is_additive(change) and not change.quantity.is_percent


def _values(change: Figure, material: Material) -> list[Figure]:
    """The amounts that may have changed, likeliest first: of the same noun, in this sentence, before the change."""
    base = material.root(change.base) if change.base else None
    mates = [f for f in material.sentence_figures(change) if f.start < change.start and f.kind == AMOUNT]
    fitting = [f for f in mates if comparable(f, change) and _noun_fits(f, change)]
    fitting.sort(key=lambda f: (-_noun_length(f, change), f is not base, -f.start))
    return fitting


def _noun_fits(value: Figure, change: Figure) -> bool:
    first, second = value.quantity.canonical, change.quantity.canonical
    return first.dimension != "count" or same_noun(first.name, second.name)


def _noun_length(value: Figure, change: Figure) -> int:
    return len(value.quantity.canonical.name) if change.quantity.canonical.dimension == "count" else 0


def _percent_after(change: Figure, material: Material) -> Figure | None:
    mates = material.sentence_figures(change)
    at = mates.index(change)
    after = mates[at + 1] if at + 1 < len(mates) else None
    if after is None or not after.quantity.is_percent or after.kind not in (SHARE, CHANGE) or after.quantity.high is not None:
        return None
    words = material.between(change, after)
    opposed = after.kind == CHANGE and after.direction != change.direction
    return after if _MEANS.match(words) and not opposed else None


def _percent_check(change: Figure, values: list[Figure], percent: Figure) -> Check:
    relations = [Change(Term(value), Term(change), percent, change.direction == "tăng") for value in values]
    for relation in relations:
        if relation.holds():
            return held(checks.CHANGE, relation)
    relation = relations[0]
    question = (
        f"{where(change, capital=True)} ghi {values[0].printed}, {change.direction} {change.printed}, ứng với {percent.printed}; "
        f"tính lại thì {relation.told()}. {asks()}"
    )
    return failed(checks.CHANGE, relation, SURE if len(values) == 1 else MAYBE, question)


def _room_check(change: Figure, values: list[Figure]) -> Check:
    relations = [Within(Term(change), Term(value)) for value in values]
    for relation in relations:
        if relation.holds():
            return held(checks.CHANGE, relation)
    question = f"{where(change, capital=True)} ghi tăng {change.printed}, lớn hơn cả số hiện có là {values[0].printed}. {asks()}"
    return failed(checks.CHANGE, relations[0], SURE, question)


def _value_before(change: Figure, value: Figure, material: Material) -> Figure | None:
    """The value of the year before, where the sentence gives it in brackets after the change."""
    for figure in material.sentence_figures(change):
        words = material.between(change, figure) if figure.start > change.end else ";"
        if figure.kind == AMOUNT and ";" not in words and _BEFORE.search(words) and "(" in words and comparable(figure, value):
            return figure
    return None


def _before_check(change: Figure, value: Figure, before: Figure) -> Check:
    relation = Before(Term(value), Term(change), Term(before), change.direction == "tăng")
    if relation.holds():
        return held(checks.CHANGE, relation)
    question = (
        f"{where(change, capital=True)} ghi {value.printed}, {change.direction} {change.printed} so với {before.printed}, "
        f"nhưng chênh giữa hai số là {relation.difference()}. {asks()}"
    )
    return failed(checks.CHANGE, relation, SURE, question)
