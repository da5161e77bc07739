"""Percentages against the numbers that they are percentages of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.audit import checks
from corpus.audit.bounds import Term
from corpus.audit.checks import MAYBE, SURE, SUSPECT, Check, failed, held
from corpus.audit.material import Material, comparable, is_part, same_noun
from corpus.audit.rates import Share
from corpus.audit.wording import asks, where
from corpus.figures import AMOUNT, CHANGE, PLAN, RATIO, SHARE, Figure

_LINK = re.compile(r"(?i)(?:đạt|bằng|chiếm|=|tương ứng|tương đương|tỷ lệ|tỉ lệ|\()(?:\s+(?:tỷ lệ|là|trên|khoảng))*\s*$")
_NO_BREAK = re.compile(r"[^;.()]*\(?[^;.()]*")
_PLAN_VALUE = re.compile(r"(?i)\b(?:kế hoạch|kh|dự toán|chỉ tiêu|mục tiêu)\b[^,;()]*$")


def share_checks(material: Material) -> Iterator[Check]:
    """One check for each percentage whose part and whole the text gives."""
    for figure in material.figures:
        if figure.kind not in (SHARE, PLAN) or not figure.quantity.is_percent or figure.quantity.high is not None:
            continue
        ratio = _ratio_of(figure, material)
        if ratio is not None:
            yield _ratio_check(figure, ratio)
            continue
        amount = material.by_id[figure.base] if figure.base else None
        if amount is None or amount.kind != AMOUNT or amount.quantity.of is not None:
            continue
        check = _plan_check(figure, amount, material) if figure.kind == PLAN else _whole_check(figure, amount, material)
        if check is not None:
            yield check


def _ratio_of(percent: Figure, material: Material) -> Figure | None:
    """The ratio that a percentage restates: the one it hangs on, that hangs on it, or that stands just before it."""
    if percent.base and material.by_id[percent.base].kind == RATIO:
        return material.by_id[percent.base]
    mates = material.sentence_figures(percent)
    at = mates.index(percent)
    if at + 1 < len(mates) and mates[at + 1].kind == RATIO and mates[at + 1].whole == percent.id:
        return mates[at + 1]
    before = mates[at - 1] if at else None
    if before is None or before.kind != RATIO or percent.base is not None:
        return None
    words = material.between(before, percent)
    return before if _NO_BREAK.fullmatch(words) and _LINK.search(words) else None


def _ratio_check(percent: Figure, ratio: Figure) -> Check:
    kind = checks.PLAN if percent.kind == PLAN else checks.SHARE
    relation = Share(Term(ratio), (Term(ratio, of=True),), percent)
    if relation.holds():
        return held(kind, relation)
    question = f"{where(percent, capital=True)} ghi {ratio.printed}, tức {relation.real()}, nhưng tỷ lệ ghi {percent.printed}. {asks()}"
    return failed(kind, relation, SURE, question)


def _plan_check(percent: Figure, amount: Figure, material: Material) -> Check | None:
    """`đạt 40,531 km, bằng 77,06% kế hoạch (kế hoạch 52,592 km)`."""
    for plan in material.sentence_figures(percent):
        told = plan.kind == AMOUNT and _PLAN_VALUE.search(plan.own.split(plan.text)[0])
        hangs = plan.whole is not None and material.root(plan.whole).id == amount.id
        if plan.id == amount.id or not told or not comparable(plan, amount) or not (hangs or plan.start > percent.end):
            continue
        relation = Share(Term(amount), (Term(plan),), percent)
        if relation.holds():
            return held(checks.PLAN, relation)
        question = (
            f"{where(percent, capital=True)} ghi đạt {amount.printed} trên kế hoạch {plan.printed}, tức {relation.real()}, "
            f"nhưng tỷ lệ ghi {percent.printed}. {asks()}"
        )
        return failed(checks.PLAN, relation, SURE if hangs else MAYBE, question)
    return None


def _whole_check(percent: Figure, amount: Figure, material: Material) -> Check | None:
    """A share of an amount against every number that may be its whole; it fails only where none will do."""
    if percent.value > 100 or _follows_change(percent, amount, material) or not is_part(amount):
        return None
    wholes = _wholes(percent, amount, material)
    for terms in wholes:
        relation = Share(Term(amount), terms, percent)
        if relation.holds():
            return held(checks.SHARE, relation)
    if not wholes:
        return None
    relation = Share(Term(amount), wholes[0], percent)
    stated = _stated_whole(percent, amount, material)
    certainty = SUSPECT if stated is None else SURE if "chiếm" in material.between(amount, percent) else MAYBE
    total = wholes[0][0]
    question = (
        f"{where(percent, capital=True)} ghi {amount.printed} là {percent.printed}, nhưng so với "
        f"{total.figure.printed} thì {amount.printed} ứng với {relation.real()}. {asks()}"
    )
    return failed(checks.SHARE, relation, certainty, question)


def _follows_change(percent: Figure, amount: Figure, material: Material) -> bool:
    """`giảm 05 vụ = 26,3%`: the percentage belongs to the change."""
    before = [f for f in material.sentence_figures(percent) if amount.start < f.start < percent.start]
    return bool(before) and before[-1].kind == CHANGE


def _stated_whole(percent: Figure, amount: Figure, material: Material) -> Term | None:
    """The total that the records hang the amount on, or that the words after the percentage name."""
    if amount.whole is not None:
        root = material.root(amount.whole)
        if root.kind == AMOUNT and comparable(root, amount):
            return Term(root)
    for figure in material.sentence_figures(percent):
        words = material.between(percent, figure)
        if figure.start > percent.end and re.fullmatch(r"(?i)[^;.]*\btổng[^;.]*", words) and comparable(figure, amount):
            return Term(figure)
    return None


def _wholes(percent: Figure, amount: Figure, material: Material) -> list[tuple[Term, ...]]:
    """What the whole may be, most likely first: the stated total, all that have such a share, amounts given before."""
    found: list[tuple[Term, ...]] = []
    stated = _stated_whole(percent, amount, material)
    if stated is not None:
        found.append((stated,))
    mates = [
        f
        for f in material.sentence_figures(amount)
        if f.unit == amount.unit and f.base is None and any(d.kind == SHARE for d in material.dependents.get(f.id, ()))
    ]
    if len(mates) > 1:
        found.append(tuple(Term(f) for f in mates))
    before = [f for f in material.by_passage[amount.passage] if f.start < amount.start and f.base is None]
    for figure in reversed(before):
        unit, own = figure.quantity.canonical, amount.quantity.canonical
        alike = unit.dimension == own.dimension and same_noun(unit.name, own.name)
        term = Term(figure, of=figure.kind == RATIO)
        if figure.kind in (AMOUNT, RATIO) and alike and term.base >= Term(amount).base:
            found.append((term,))
    return list(dict.fromkeys(found))
