"""A footnote's list against the figure that bears its mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.audit.lists import FULL, NEAR, OPEN, PART, PartList, items, mixed_items
from corpus.audit.material import Material, comparable, content_words, counted, is_part
from corpus.figures import Figure
from corpus.passages import Passage
from corpus.text import sentences

FAR = "far"
"""The claim of a list whose total stands elsewhere in the paragraph than in the sentence of the mark."""

_OPENS = re.compile(r"(?i)^\W*(?:bao gồm|gồm|cụ thể|chia ra)\b")
_SOME = re.compile(r"(?i)^\W*(?:trong đó|riêng|như|điển hình|tiêu biểu)\b")
_GOES_ON = re.compile(r"(?i)v\.v|\.\.\.|…")


def note_lists(material: Material) -> Iterator[PartList]:
    """The lists of footnotes with their totals: those that add up, and those that nothing else can be the total of."""
    for number, note in material.notes.items():
        if number not in material.marks:
            continue
        anchor, offset = material.marks[number]
        near, far = _totals(material, anchor, offset)
        columns = note_columns(note, material)
        listed = set().union(*({f.quantity.base_value for f in c} for c in columns))
        near = [t for t in near if t.quantity.base_value not in listed]
        yield from _matched(near or far, columns, note, material, NEAR if near else FAR)


def _totals(material: Material, anchor: Passage, offset: int) -> tuple[list[Figure], list[Figure]]:
    """Figures before the mark, nearest first: those of its sentence, and the totals of its paragraph."""
    span = next((s for s in sentences(anchor.text) if s[0] < offset <= s[1]), (0, offset))
    before = [f for f in material.by_passage.get(anchor.id, ()) if f.end <= offset and f.base is None and is_part(f)]
    near = [f for f in before if f.sentence == span and f.whole is None]
    far = [f for f in before if f.sentence != span and f.whole is None and re.match(r"(?i)tổng\b", f.subject)]
    return near[::-1], far[::-1]


def _matched(totals: list[Figure], columns: list[list[Figure]], note: Passage, material: Material, claim: str) -> Iterator[PartList]:
    """Totals with the columns that make them; then what is left on both sides, by the words that they share."""
    lists = [PartList(t, tuple(c), FULL, "note") for t in totals for c in columns if _fits(t, c)]
    good = [one for one in lists if one.relation.holds()]
    yield from ({one.total.id: one for one in good}).values()
    used = {part.id for one in good for part in one.parts}
    done = {one.total.id for one in good}
    open_lists = [one for one in lists if one.total.id not in done and not used & {part.id for part in one.parts}]
    longest = max((len(one.parts) for one in open_lists), default=0)
    open_lists = [one for one in open_lists if len(one.parts) == longest]
    best = max(open_lists, key=lambda one: _shared(one), default=None)
    if best is not None:
        yield PartList(best.total, best.parts, _claim(note, best, material, claim), "note")


def _fits(total: Figure, parts: list[Figure]) -> bool:
    if len({counted(part) for part in parts}) > 1:
        return False  # `tước giấy phép 214 trường hợp, tạm giữ 601 phương tiện`: two things counted, no parts of one
    return all(comparable(total, part) for part in parts) and not any(part.passage == total.passage for part in parts)


def _shared(one: PartList) -> tuple[float, int]:
    """How well the words of the parts and of the total agree; then how near the total stands to the mark."""
    words = set(content_words(one.total.subject))
    part_words = set.union(*(set(content_words(part.subject)) for part in one.parts))
    return len(words & part_words) / (1 + len(words)), one.total.start


def _claim(note: Passage, one: PartList, material: Material, claim: str) -> str:
    if _GOES_ON.search(note.text):
        return OPEN
    if claim == FAR:
        return FAR
    if _SOME.match(note.text):
        return PART
    if _OPENS.match(note.text):
        return FULL
    return NEAR


def note_columns(note: Passage, material: Material) -> list[list[Figure]]:
    """The columns of a footnote's list: the n-th amounts of its items, over the whole note and over each sentence."""
    figures = material.by_passage.get(note.id, [])
    spans = sentences(note.text)
    rows = [items(note.text, *sentence) for sentence in spans]
    rows += [row for sentence in spans if (row := mixed_items(note.text, *sentence)) not in rows]
    tables = [[span for row in rows[: len(spans)] for span in row], *rows] if len(spans) > 1 else rows
    columns: list[list[Figure]] = []
    for table in tables:
        cells = [[f for f in figures if start <= f.start < end and is_part(f)] for start, end in table]
        cells = [row for row in cells if row] if len(table) > 2 else cells
        if len(cells) < 2 or not all(cells):
            continue
        for unit in dict.fromkeys(f.quantity.canonical.dimension for f in cells[0]):
            rows_of_unit = [[f for f in row if f.quantity.canonical.dimension == unit] for row in cells]
            width = min(len(row) for row in rows_of_unit)
            columns += [[row[n] for row in rows_of_unit] for n in range(width)]
    return [column for n, column in enumerate(columns) if column not in columns[:n]]
