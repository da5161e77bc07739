"""What a sentence is divided into while its figures are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.numbers import Quantity


@dataclass(slots=True)
class Group:
    """A quantity with the words around it while a sentence is read.

    `base` is the group that it qualifies, `whole` the one that it is a part of. A `coordinate` group shares the words of the
    one before it (`05 vụ, 28 đối tượng`), a `bare` one says only how that one is measured (`kinh phí 5 tỷ đồng`): `chain` are
    the words taken from there. `head` are those that its own go on from (`Sản lượng cá cơm 9 tấn, cá nục 6 tấn`), `after` those
    that follow its number, whosesoever they are, `clause` counts the `;` before it.
    """

    quantity: Quantity
    left: str
    right: str
    depth: int
    label: str
    clause: int = 0
    after: str = ""
    base: Group | None = None
    whole: Group | None = None
    coordinate: bool = False
    bare: bool = False
    head: str = ""
    own_span: tuple[int, int] = (0, 0)
    figure_id: str = ""
    chain: list[str] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether things are counted."""
        return self.quantity.canonical.dimension == "count"


@dataclass(slots=True)
class Frame:
    """What is open at one depth of brackets.

    `part_of` is the whole of the parts that an opener announces (`trong đó`); `listing` says that a colon did, `parts` how many
    came, `crossed` that a `;` stood since. `label_passes`: the label stands within the sentence and holds up to the next `;`.
    """

    opened_by: Group | None = None
    main: Group | None = None
    last: Group | None = None
    label: str = ""
    label_passes: bool = False
    part_of: Group | None = None
    listing: bool = False
    after_colon: bool = False
    parts: int = 0
    crossed: bool = False
    asked_before: int = 0

    def open_parts(self, whole: Group | None, groups: int, *, after_colon: bool) -> None:
        """Takes `whole` as the whole of what follows; `groups` quantities stand before it."""
        self.part_of, self.parts, self.crossed, self.after_colon, self.asked_before = whole, 0, False, after_colon, groups

    def close_clause(self) -> None:
        """At a `;`: lists that a colon after a quantity opened, wholes without parts and passing labels end."""
        if self.listing or not self.parts:
            self.listing, self.part_of = False, None
        self.crossed = True
        if self.label_passes:
            self.label, self.label_passes = "", False


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between a quantity and the one before it.

    `between` are all the words; `flat`: nothing but commas and words; `semicolon`: one at the quantity's depth; `after_comma`:
    the quantity's own words begin after a comma. `context` are the words before those in the same clause, `named` those before
    an open bracket.
    """

    between: str
    context: str
    named: str
    flat: bool
    semicolon: bool
    after_comma: bool
