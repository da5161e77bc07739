"""Parts against totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from corpus.audit.bounds import Term, bounds, step
from corpus.audit.checks import MAYBE, SURE, SUSPECT, TOTAL, Check, failed, held
from corpus.audit.lists import FULL, NEAR, PART, PartList, part_lists
from corpus.audit.material import Material
from corpus.audit.notation import worth
from corpus.audit.notes import FAR, note_lists
from corpus.audit.relations import Within
from corpus.audit.wording import asks, where

_FINE = 1000
"""A total known to this many steps: a slip that explains the gap to the last step is then no accident."""

_SEVERAL = 3
"""Parts from which on a list that makes up to twice its total is taken for one of parts; shorter ones may be of other things."""


def total_checks(material: Material) -> Iterator[Check]:
    """The checks of every list of parts; one for each total and set of parts."""
    for one in [*part_lists(material), *note_lists(material)]:
        check = _judge(one, material)
        if check is not None:
            yield check


def _judge(one: PartList, material: Material) -> Check | None:
    relation = one.relation
    if len(one.parts) > 1 and relation.holds():
        return held(TOTAL, relation)
    if one.claim == FULL:
        return failed(TOTAL, relation, SURE, _question(one))
    if len(one.parts) == 1:
        return _one_part(one, material)
    coverage = relation.sum_of_parts / relation.total.base if relation.total.base else None
    if coverage is None:
        return None
    near = abs(coverage - 1) <= (Decimal("0.03") if one.layout == "siblings" else Decimal("0.2"))
    if one.claim == NEAR and (near or (_all_places(one, material) and Decimal("0.5") <= coverage <= 2)):
        return failed(TOTAL, relation, MAYBE, _question(one))
    if (one.claim == FAR or (one.claim == PART and near)) and _is_fine(one):
        return failed(TOTAL, relation, SUSPECT, _question(one))
    if one.claim == FAR or one.layout == "siblings":
        return None
    if relation.exceeds():
        said = one.claim == PART and one.layout == "hanging"
        most = Decimal("1.5") if len(one.parts) < _SEVERAL else 2
        return failed(TOTAL, relation, MAYBE, _question(one)) if said or coverage <= most else None
    if one.layout == "note" and one.claim == NEAR:
        return None
    return held(TOTAL, Within(max((Term(part) for part in one.parts), key=lambda t: t.base), relation.total))


def _one_part(one: PartList, material: Material) -> Check | None:
    """A single part says only that it is not more than its total, and only where the text makes it a part."""
    if "trong đó" not in material.between(one.total, one.parts[0]).lower():
        return None
    relation = Within(Term(one.parts[0]), Term(one.total))
    if relation.holds():
        return held(TOTAL, relation)
    question = (
        f"{where(one.parts[0], capital=True)} ghi phần là {one.parts[0].printed}, lớn hơn tổng {one.total.printed}. "
        f"Đề nghị cho biết số nào đúng."
    )
    return failed(TOTAL, relation, SURE, question)


def _all_places(one: PartList, material: Material) -> bool:
    places = {part.place for part in one.parts} - {material.report.place, ""}
    return len(places) == len(one.parts) >= 3


def _is_fine(one: PartList) -> bool:
    total = one.relation.total
    width = bounds(total).high - bounds(total).low
    return total.base >= _FINE * max(width, step(total))


def _question(one: PartList) -> str:
    relation = one.relation
    total, added = one.total, worth(relation.sum_of_parts, one.total)
    if total.passage != one.parts[0].passage:
        told = f"{where(total, capital=True)} nêu {total.printed}, còn các khoản ở {where(one.parts[0])} cộng lại là {added}"
    else:
        told = f"{where(total, capital=True)} nêu tổng là {total.printed}, còn các phần nêu kèm cộng lại là {added}"
    return f"{told}, chênh {relation.gap()}. {asks()}"
