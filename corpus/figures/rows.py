"""The figures of a table's rows: each cell measures what its row names, in the way that its column says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.figures.groups import Group
from corpus.figures.words import PLAN_WORD
from corpus.numbers import NUMBER, Quantity, find_quantities, read_number
from corpus.text import BULLETS
from corpus.units import NO_UNIT, UNIT_SAID, is_listed, match_unit

_CELL = re.compile(r"[^|]+")
_ORDINAL = re.compile(rf"\s*(?:\d{{1,3}}(?:\.\d{{1,3}})*\.?|[IVXLivx]{{1,5}}\.?|[A-Za-zĐđ][.)]?|[{BULLETS}]+)?\s*")
_ORDER_HEAD = re.compile(r"(?i)\s*(?:s?tt|số tt|thứ tự)\s*")
_UNIT_HEAD = re.compile(rf"(?i)\s*{UNIT_SAID}\s*")
_UNIT_OF_ALL = re.compile(rf"(?i){UNIT_SAID}\s*:\s*([^():;\n]{{1,25}}?)\s*(?:[).:;]|$)")
"""What a sentence above a table says of the unit of its numbers (`đơn vị: tỷ đồng`)."""
_UNIT_IN_BRACKETS = re.compile(r"\(\s*(?:đvt:?\s*)?([^()\d]{1,25})\)\s*$", re.IGNORECASE)
_AGAINST_PLAN = re.compile(rf"(?i)(?:so với|so|đạt|bằng)\b[^|]*?{PLAN_WORD}|%\s*{PLAN_WORD}|{PLAN_WORD}\s*\(?%")
_AGAINST_YEAR = re.compile(r"(?i)\s*(?:tăng,? giảm |biến động )?(?:so|so sánh)(?: với)? (.*(?:năm|cùng kỳ).*)")
_NUMBER_OF = re.compile(r"(?i)\s*(?:tổng )?số(?: lượng)?(?= [^\W\d_])")
_BARE_NUMBER = re.compile(rf"\s*([-–−+]?\s?)({NUMBER})\s*")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell and where they begin in the passage."""

    text: str
    start: int


def cells_of(text: str, span: tuple[int, int]) -> list[Cell]:
    """The cells of a row, in order."""
    return [Cell(match.group(), match.start()) for match in _CELL.finditer(text, *span)] if text.startswith("|", span[0]) else []


def row_groups(text: str, span: tuple[int, int], header: Sequence[Cell], caption: str = "") -> list[Group]:
    """The groups of one row below its `header`, in order of the cells; none for the header itself. `caption` is the sentence above the table."""
    cells = cells_of(text, span)
    heads = [cell.text.strip() for cell in header]
    named = next((n for n, cell in enumerate(cells) if _names(cell.text, heads[n] if n < len(heads) else "")), None)
    if named is None:
        return []
    of_all = _UNIT_OF_ALL.search(caption)
    name = re.sub(rf"^(?:\d{{1,2}}(?:\.\d{{1,2}})*\.|[{BULLETS}])\s*", "", cells[named].text.strip())
    unit = next((cell.text.strip() for n, cell in enumerate(cells) if n < len(heads) and _UNIT_HEAD.fullmatch(heads[n])), "")
    groups = []
    for n, cell in enumerate(cells):
        head = heads[n] if n < len(heads) else ""
        if n > named and not _UNIT_HEAD.fullmatch(head):
            groups += _cell_groups(cell, name, head, unit or _counted(head) or (of_all.group(1) if of_all else ""))
    return groups


def _names(cell: str, head: str) -> bool:
    return not _ORDINAL.fullmatch(cell) and not _ORDER_HEAD.fullmatch(head) and any(char.isalpha() for char in cell)


def _cell_groups(cell: Cell, name: str, head: str, row_unit: str) -> list[Group]:
    bracket = _UNIT_IN_BRACKETS.search(head)
    unit = bracket.group(1).strip() if bracket else "%" if "%" in head else row_unit
    title = (head[: bracket.start()] if bracket else head).strip(" :%")
    quantities = _quantities(cell, unit)
    groups = []
    for quantity in quantities:
        before = cell.text[: quantity.start - cell.start].strip(" |")
        against = _against(head, title, before) if quantity.is_percent else ""
        left = " ".join(part for part in (f"{name}:", "" if against else title, before) if part) + " "
        group = Group(quantity, left, f" so với {against}" if against else "", 0, "")
        group.own_span = (cell.start, cell.start + len(cell.text))
        groups.append(group)
    return groups


def _counted(head: str) -> str:
    """What a column counts (`dự án` of `Số dự án`); empty where its head does not say."""
    said = _NUMBER_OF.match(head)
    end, unit = match_unit(head, said.end()) if said else (0, NO_UNIT)
    return head[said.end() : end].strip() if said and unit.dimension == "count" and is_listed(unit) else ""


def _against(head: str, title: str, before: str) -> str:
    """What a column compares with: a plan, or (where the cell says which way it went) a year before; empty where nothing."""
    if _AGAINST_PLAN.search(head):
        found = re.search(rf"(?i){PLAN_WORD}.*", title)
        return found.group() if found else title
    year = _AGAINST_YEAR.match(title) if before else None
    return year.group(1).strip() if year else ""


def _quantities(cell: Cell, unit: str) -> list[Quantity]:
    """The quantities of a cell; a bare number has the unit of its column or row."""
    bare = _BARE_NUMBER.fullmatch(cell.text)
    if bare is None:
        return [replace(one, start=one.start + cell.start, end=one.end + cell.start) for one in find_quantities(cell.text)]
    start = cell.start + bare.start(2)
    _, known = match_unit(f" {unit.lower() if unit != 'USD' else unit}", 0) if unit else (0, NO_UNIT)
    value = read_number(bare.group(2))
    return [Quantity(start, start + len(bare.group(2)), bare.group(2), unit, value, None, None, "", False, known)]
