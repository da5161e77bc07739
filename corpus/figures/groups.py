"""What a sentence is divided into while its figures are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.numbers import Quantity


@dataclass(slots=True)
class Group:
    """A quantity with the words around it while a sentence is read."""

    quantity: Quantity
    left: str
    right: str
    depth: int
    label: str
    base: Group | None = None
    whole: Group | None = None
    coordinate: bool = False
    own_span: tuple[int, int] = (0, 0)
    figure_id: str = ""
    chain: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """What is open at one depth of brackets."""

    opened_by: Group | None = None
    main: Group | None = None
    last: Group | None = None
    label: str = ""
    part_of: Group | None = None
    listing: bool = False
