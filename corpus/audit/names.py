"""How many places a sentence says, against the places that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.audit import checks
from corpus.audit.bounds import Swap
from corpus.audit.checks import SURE, Check, failed, held
from corpus.audit.material import Material
from corpus.audit.relations import NO_SWAP
from corpus.audit.wording import asks, where
from corpus.figures import AMOUNT, Figure
from corpus.places import find_places
from corpus.text import fold

_UNITS = frozenset({"xã", "thị trấn", "phường", "địa phương"})
_LIST = re.compile(r"(?i)(?P<between>[^();:.\d]{0,60}?)(?:\((?P<but>trừ )?(?P<bracket>[^()]*)\)|:\s(?P<colon>[^();:.]*))")


@dataclass(frozen=True, slots=True)
class Named:
    """The figure counts the names listed; or, with `of`, all places of the report but them."""

    figure: Figure
    names: tuple[str, ...]
    of: int | None

    @property
    def operands(self) -> tuple[Figure, ...]:
        return (self.figure,)

    @property
    def counted(self) -> int:
        """How many places the names make."""
        return len(self.names) if self.of is None else self.of - len(self.names)

    def holds(self, swap: Swap = NO_SWAP, *, loose: bool = False) -> bool:
        return swap.get(self.figure.id, self.figure).value == self.counted

    def computation(self, swap: Swap = NO_SWAP) -> str:
        figure = swap.get(self.figure.id, self.figure)
        listed = f"{self.counted} tên: {', '.join(self.names)}"
        if self.of is not None:
            listed = f"{self.of} − {len(self.names)} ({', '.join(self.names)}) = {self.counted}"
        return f"{listed} {'=' if self.holds(swap) else '≠'} {figure.printed}"

    def gap(self) -> str:
        return f"{abs(int(self.figure.value) - self.counted)} {self.figure.unit}"


def name_checks(material: Material) -> Iterator[Check]:
    """`6 xã (Lê Hồng, Hồng Quang, …)`, `15 xã, thị trấn (trừ Hồng Quang, Tứ Cường)`."""
    for figure in material.figures:
        if figure.kind != AMOUNT or figure.quantity.canonical.name not in _UNITS or figure.quantity.high is not None:
            continue
        found = _LIST.match(material.text(figure), figure.end, figure.sentence[1])
        if not found:
            continue
        listed = found.group("bracket") or found.group("colon") or ""
        names = tuple(find_places(listed, material.report))
        if len(names) < 1 or not _only_names(listed, names):
            continue
        relation = Named(figure, names, len(material.report.places) if found.group("but") else None)
        if relation.of is not None and not re.search(r"(?i)thị trấn|phường", found.group("between")):
            continue
        yield held(checks.COUNT, relation) if relation.holds() else failed(checks.COUNT, relation, SURE, _question(relation))


def _only_names(listed: str, names: tuple[str, ...]) -> bool:
    rest = fold(listed)
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(fold(name), "", 1)
    return not re.sub(r"\b(?:va|cac|xa|thi tran|phuong|tai|gom|la)\b|[\s,;]", "", rest)


def _question(relation: Named) -> str:
    told = "tên nêu kèm" if relation.of is None else "trừ các nơi nêu tên"
    return f"{where(relation.figure, capital=True)} ghi {relation.figure.printed}, nhưng {told} thì được {relation.counted}. {asks()}"
