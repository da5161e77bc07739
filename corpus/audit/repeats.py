"""One quantity given twice: restated in another unit, as a ratio's second number, or in another place of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from corpus.audit import checks
from corpus.audit.bounds import Term
from corpus.audit.checks import MAYBE, SURE, Check, failed, held
from corpus.audit.material import Material, content_words, same_noun
from corpus.audit.relations import Same
from corpus.audit.variants import is_slip
from corpus.audit.wording import asks, where
from corpus.figures import AMOUNT, RATIO, SHARE, Figure

FEW, ALIKE, CONTAINED = 3, 6, 9
"""Content words that two subjects must share to be one: all of both (few, where the figures are near), or all of the shorter."""

_STATED = frozenset({AMOUNT, RATIO, SHARE})

_RESTATES = re.compile(
    r"(?i)[\s,]*(?:\(\s*(?:tức|hay|tương đương|tương ứng|bằng|=|≈)?|tức là|tức|hay|tương đương(?: với)?)\s*"
    r"(?:khoảng|trên|hơn|gần|xấp xỉ)?\s*"
)
_MANY_DIGITS = 1000


def repeat_checks(material: Material) -> Iterator[Check]:
    """Restated quantities, second numbers of ratios, and subjects that occur twice."""
    for figures in material.by_passage.values():
        for one, other in pairwise(figures):
            yield from _restated(one, other, material)
        for figure in figures:
            if figure.kind == RATIO:
                yield from _ratio_base(figure, figures)
    yield from _twice(material)


def _restated(one: Figure, other: Figure, material: Material) -> Iterator[Check]:
    """`2.604.315,77m² (trên 260,436 ha)`."""
    first, second = one.quantity.canonical, other.quantity.canonical
    if first.dimension != second.dimension or first.scale == second.scale or one.sentence != other.sentence:
        return
    if other.kind != AMOUNT or not _RESTATES.fullmatch(material.between(one, other)):
        return
    relation = Same(Term(one), Term(other))
    if relation.holds():
        yield held(checks.REPEAT, relation)
        return
    question = (
        f"{where(other, capital=True)} ghi {one.printed} rồi ghi lại là {_qualified(other)}; đổi đơn vị thì được {relation.converted()}. {asks()}"
    )
    yield failed(checks.REPEAT, relation, SURE, question)


def _ratio_base(ratio: Figure, figures: list[Figure]) -> Iterator[Check]:
    """`chi trả cho 5.071 người … 2.556/5.071 người`: the second number names a number given before."""
    base = Term(ratio, of=True)
    before = [f for f in figures if f.start < ratio.start and f.kind in (AMOUNT, RATIO) and _same_things(f, ratio)]
    if base.base < _MANY_DIGITS or not before:
        return
    same = next((f for f in before if f.value == base.base), None)
    if same is not None:
        yield held(checks.REPEAT, Same(Term(same), base))
        return
    slip = next((f for f in before if is_slip(f.value, base.base)), None)
    if slip is not None:
        question = f"{where(ratio, capital=True)} nêu {slip.printed}, nhưng ngay sau lại tính trên {ratio.text}. {asks()}"
        yield failed(checks.REPEAT, Same(Term(slip), base), MAYBE, question)


def _same_things(one: Figure, other: Figure) -> bool:
    first, second = one.quantity.canonical, other.quantity.canonical
    if {first.dimension, second.dimension} <= {"count", "none"}:
        return "none" in (first.dimension, second.dimension) or same_noun(first.name, second.name)
    return first == second


def _twice(material: Material) -> Iterator[Check]:
    """One subject, in so many words, in two places of the report, of one place and year."""
    told = [f for f in material.figures if f.kind in _STATED and f.whole is None and f.base is None and f.quantity.high is None]
    words = {f.id: frozenset(content_words(f.subject)) for f in told if ":" not in f.subject and "(" not in f.subject}
    for one, other in combinations([f for f in told if len(words.get(f.id, ())) >= FEW], 2):
        first, second = words[one.id], words[other.id]
        if one.passage == other.passage or one.unit.lower() != other.unit.lower() or not _of_one_time_and_place(one, other):
            continue
        many = len(first | second) >= ALIKE and min(len(first), len(second)) >= ALIKE
        alike = first == second or (min(len(first), len(second)) >= CONTAINED and (first <= second or second <= first))
        if not alike or not (many or _nearly(one, other)):
            continue
        relation = Same(Term(one), Term(other))
        yield held(checks.REPEAT, relation) if relation.holds() else failed(checks.REPEAT, relation, MAYBE, _twice_question(one, other))


def _of_one_time_and_place(one: Figure, other: Figure) -> bool:
    """Whether both are of one place and period, and of one kind (a count may be told as a ratio: `15/17 xã`)."""
    kinds = {one.kind, other.kind}
    same = (one.place, one.period.year, one.period.status) == (other.place, other.period.year, other.period.status)
    return same and (len(kinds) == 1 or kinds == {AMOUNT, RATIO})


def _nearly(one: Figure, other: Figure) -> bool:
    """Whether two figures of a short subject are so near that they tell one quantity: within a tenth, or a slip of the pen apart."""
    first, second = Term(one).base, Term(other).base
    return abs(first - second) * 10 <= max(first, second) or is_slip(one.value, other.value)


def _twice_question(one: Figure, other: Figure) -> str:
    return (
        f"Cùng một nội dung, {where(one)} ghi {one.printed}, {where(other)} ghi {other.printed}. "
        "Đây là hai nội dung khác nhau, hay một trong hai số chưa đúng?"
    )


def _qualified(figure: Figure) -> str:
    return f"{figure.quantity.qualifier} {figure.printed}".strip()
