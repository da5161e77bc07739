"""Percentages of one structure, and percentages of a whole beside those of its parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.audit import checks
from corpus.audit.bounds import Bounds, Swap, Term, bounds, percent_bounds
from corpus.audit.checks import MAYBE, SURE, Check, failed, held
from corpus.audit.lists import PartList, part_lists
from corpus.audit.material import Material, first_letter_lower
from corpus.audit.notation import tidy, with_unit, worth
from corpus.audit.notes import note_lists
from corpus.audit.relations import NO_SWAP
from corpus.audit.wording import asks, where
from corpus.figures import CHANGE, PLAN, SHARE, Figure
from corpus.numbers import write_number

_STRUCTURE = re.compile(r"(?i)\b(?:cơ cấu|tỷ trọng|tỉ trọng)\b")


@dataclass(frozen=True, slots=True)
class Hundred:
    """Percentages of one structure make 100."""

    parts: tuple[Figure, ...]

    @property
    def operands(self) -> tuple[Figure, ...]:
        return self.parts

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        all_bounds = [bounds(Term(swap.get(part.id, part))) for part in self.parts]
        return sum(b.low for b in all_bounds) <= 100 <= sum(b.high for b in all_bounds)

    def computation(self, swap: Swap = NO_SWAP) -> str:
        parts = [swap.get(part.id, part) for part in self.parts]
        added = write_number(tidy(sum((part.value for part in parts), Decimal(0))))
        left = " + ".join(f"{part.text}%" for part in parts)
        return f"{left} = {added}%" + ("" if added == "100" else " ≈ 100%" if self.holds(swap) else " ≠ 100%")

    def gap(self) -> str:
        return with_unit(write_number(tidy(abs(sum((part.value for part in self.parts), Decimal(0)) - 100))), "điểm %")


@dataclass(frozen=True, slots=True)
class Weighted:
    """The plan (or the year before) behind a total's percentage is that behind the percentages of its parts, added up.

    Each pair is an amount and its percentage, the total's first.
    """

    pairs: tuple[tuple[Figure, Figure], ...]

    @property
    def operands(self) -> tuple[Figure, ...]:
        return tuple(figure for amount, percent in self.pairs for figure in (percent, amount))

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        whole, *parts = (_behind(swap.get(a.id, a), swap.get(p.id, p)) for a, p in self.pairs)
        return whole.meets(Bounds(sum((b.low for b in parts), Decimal(0)), sum((b.high for b in parts), Decimal(0))))

    def sides(self) -> tuple[str, str]:
        """What stands behind the total, and behind the parts together."""
        whole, *parts = (_middle(amount, percent) for amount, percent in self.pairs)
        like = self.pairs[0][0]
        return _short(whole, like), _short(sum(parts, Decimal(0)), like)

    def computation(self, swap: Swap = NO_SWAP) -> str:
        whole, parts = self.sides()
        (amount, percent), *rest = self.pairs
        added = " + ".join(_division(a, p) for a, p in rest)
        return f"{_division(amount, percent)} ≈ {whole}; {added} ≈ {parts}"

    def gap(self) -> str:
        whole, *parts = (_middle(amount, percent) for amount, percent in self.pairs)
        return _short(abs(whole - sum(parts, Decimal(0))), self.pairs[0][0])


def structure_checks(material: Material) -> Iterator[Check]:
    """Structures that ought to make 100%, and totals with percentages whose parts have some as well."""
    groups: dict[tuple[str, tuple[int, int], str], list[Figure]] = defaultdict(list)
    for figure in material.figures:
        label, _, _ = figure.subject.partition(":")
        if figure.kind == SHARE and figure.quantity.high is None and _STRUCTURE.search(label) and ":" in figure.subject:
            groups[(figure.passage, figure.sentence, label)].append(figure)
    for parts in groups.values():
        if len(parts) > 1:
            yield _hundred_check(tuple(parts))
    for one in [*part_lists(material), *note_lists(material)]:
        if len(one.parts) > 1 and one.relation.holds():
            yield from _weighted_checks(one, material)


def _hundred_check(parts: tuple[Figure, ...]) -> Check:
    relation = Hundred(parts)
    if relation.holds():
        return held(checks.TOTAL, relation)
    question = f"{where(parts[0], capital=True)} nêu một cơ cấu mà các tỷ lệ cộng lại không đủ 100%: {relation.computation()}. {asks()}"
    return failed(checks.TOTAL, relation, SURE, question)


def _weighted_checks(one: PartList, material: Material) -> Iterator[Check]:
    for kind in (PLAN, CHANGE):
        pairs = []
        for amount in (one.total, *one.parts):
            percents = [d for d in material.dependents.get(amount.id, ()) if d.kind == kind and d.quantity.is_percent]
            pairs += [(amount, percents[0])] if percents and percents[0].quantity.high is None else []
        if len(pairs) != len(one.parts) + 1 or len({percent.versus for _, percent in pairs}) > 1:
            continue
        relation = Weighted(tuple(pairs))
        if relation.holds():
            yield held(checks.WEIGHT, relation)
        else:
            yield failed(checks.WEIGHT, relation, MAYBE, _weighted_question(relation, kind))


def _weighted_question(relation: Weighted, kind: str) -> str:
    (amount, percent), *rest = relation.pairs
    whole, parts = relation.sides()
    total = first_letter_lower(amount.subject) or "tổng"
    shown = " và ".join(_told(p) for _, p in rest)
    behind = "dự toán" if "dự toán" in percent.versus else "kế hoạch" if kind == PLAN else "số của kỳ trước"
    return (
        f"{where(percent, capital=True)} ghi {total} {'đạt ' if kind == PLAN else ''}{_told(percent)} {behind if kind == PLAN else ''}".rstrip()
        + f", còn các phần hợp thành {'đạt' if kind == PLAN else 'lại'} {shown}: tính ngược thì {behind} là khoảng {whole} "
        f"theo tỷ lệ của tổng, nhưng khoảng {parts} theo tỷ lệ của các phần. "
        f"Có khoản nào chưa nêu, hay tỷ lệ nào chưa đúng?"
    )


def _told(percent: Figure) -> str:
    return f"{percent.direction} {percent.printed}".strip() if percent.kind == CHANGE else percent.printed


def _division(amount: Figure, percent: Figure) -> str:
    if percent.kind == CHANGE:
        return f"{amount.text} : (100% {'+' if percent.direction == 'tăng' else '−'} {percent.text}%)"
    return f"{amount.text} : {percent.text}%"


def _factor(percent: Decimal, like: Figure) -> Decimal:
    if like.kind == CHANGE:
        percent = 100 + percent if like.direction == "tăng" else 100 - percent
    return percent / 100


def _behind(amount: Figure, percent: Figure) -> Bounds:
    """The values that a printed amount and its printed percentage allow for the plan, or for the year before."""
    size, share = bounds(Term(amount)), percent_bounds(percent)
    low, high = sorted((_factor(share.low, percent), _factor(share.high, percent)))
    return Bounds(size.low / high, size.high / low) if low > 0 else Bounds(Decimal(0), Decimal("Infinity"))


def _middle(amount: Figure, percent: Figure) -> Decimal:
    return Term(amount).base / _factor(percent.value, percent)


def _short(base: Decimal, like: Figure) -> str:
    scale = like.quantity.canonical.scale
    return worth(round(base / scale, 1) * scale, like)
