"""A check: one relation that the text says or implies, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.audit.relations import Relation
from corpus.figures import Figure

TOTAL, SHARE, PLAN, CHANGE, REPEAT, UNIT, DATE, COUNT, WEIGHT, PRODUCT = (
    "total",
    "share",
    "plan",
    "change",
    "repeat",
    "unit",
    "date",
    "count",
    "weight",
    "product",
)

LABELS = {
    TOTAL: "Cộng tổng",
    SHARE: "Tỷ lệ",
    PLAN: "Tỷ lệ so với kế hoạch",
    CHANGE: "Mức tăng, giảm",
    REPEAT: "Cùng một số ở hai nơi",
    UNIT: "Đơn vị, độ lớn",
    DATE: "Ngày tháng",
    COUNT: "Số lượng nêu tên",
    WEIGHT: "Tỷ lệ chung và tỷ lệ từng phần",
    PRODUCT: "Năng suất, diện tích, sản lượng",
}

SURE, MAYBE, SUSPECT = "chắc", "có thể", "ngờ"
"""How sure a failing check is: a contradiction, a likely one, or one that counts only where a reading explains it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A span of a passage that a check reads."""

    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Check:
    """A relation judged: between figures (`relation`), or between other words, whose places and sum it then carries itself.

    A failing one is sure (`chắc`), likely (`có thể`), or a mere suspicion (`ngờ`).
    """

    kind: str
    holds: bool
    certainty: str
    question: str
    relation: Relation | None
    spots: tuple[Spot, ...] = ()
    computation: str = ""
    gap: str = ""
    reading: str = ""

    @property
    def operands(self) -> tuple[Figure, ...]:
        """The figures that it binds."""
        return self.relation.operands if self.relation else ()

    @property
    def computation_told(self) -> str:
        """The computation in Vietnamese notation."""
        return self.computation or (self.relation.computation() if self.relation else "")

    @property
    def gap_told(self) -> str:
        """The gap in Vietnamese notation; empty where there is none to measure."""
        return self.gap or (self.relation.gap() if self.relation else "")

    @property
    def key(self) -> tuple[object, ...]:
        """What it checks: its kind and the figures or places that it binds."""
        return self.kind, tuple(sorted(figure.id for figure in self.operands)), self.spots


def held(kind: str, relation: Relation) -> Check:
    """A check between figures that holds."""
    return Check(kind, True, SURE, "", relation)


def failed(kind: str, relation: Relation, certainty: str, question: str) -> Check:
    """A check between figures that does not hold. A sure one that rounding could explain after all is only likely."""
    if certainty == SURE and relation.holds(loose=True):
        certainty = MAYBE
    return Check(kind, False, certainty, question, relation)
