"""Lists of parts and the total that they should make, as the text lays them out.

Four layouts: parts that hang on a total in its sentence or the next (`trong đó`, brackets), parts after a colon,
paragraphs with dashes under a line that ends in a colon, and siblings that follow a `Tổng số`. Footnotes: `notes.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.audit.bounds import Term
from corpus.audit.material import Material, comparable, content_words, counted, is_additive, is_part, same_noun
from corpus.audit.relations import Sum
from corpus.figures import AMOUNT, SHARE, Figure
from corpus.passages import Passage
from corpus.text import sentences

FULL, NEAR, PART, OPEN = "full", "near", "part", "open"
"""How far a list claims to be the whole: it says so; it looks so when it comes near; `trong đó`; it says `v.v.`"""

_SAYS_ALL = re.compile(r"(?i)\b(?:gồm|bao gồm|gồm có|chia ra|phân ra|cụ thể|như sau|bao gồm cả)\b(?!.*\btrong đó\b)", re.DOTALL)
_SAYS_SOME = re.compile(r"(?i)\b(?:trong đó|trong số đó|riêng|nhất là|chủ yếu|điển hình|như(?! sau))\b")
_GOES_ON = re.compile(r"(?i)v\.v|\.\.\.|…")
_TOTAL = re.compile(r"(?i)tổng\b")
_ITEM = re.compile(r"^\s*[-–+•*]\s")


@dataclass(frozen=True, slots=True)
class PartList:
    """A total, its parts in order, and how far the list claims to be the whole."""

    total: Figure
    parts: tuple[Figure, ...]
    claim: str
    layout: str

    @property
    def relation(self) -> Sum:
        """That the parts add up to the total."""
        return Sum(Term(self.total), tuple(Term(part) for part in self.parts))


def part_lists(material: Material) -> Iterator[PartList]:
    """Every list of parts with its total, within sentences and across sentences and paragraphs of running text."""
    yield from _upgrade(list(_hanging(material)), material)
    for passage in material.passages.values():
        for figure in material.by_passage.get(passage.id, ()):
            if is_part(figure):
                yield from _after_colon(figure, material)
                yield from _siblings(figure, material)
    yield from _dashes(material)


def _hanging(material: Material) -> Iterator[PartList]:
    """Parts that the records hang on a total, one list for each unit."""
    by_total: dict[str, list[Figure]] = defaultdict(list)
    for figure in material.figures:
        if figure.whole is None:
            continue
        root = material.root(figure.whole)
        mates = [f for f in material.dependents.get(figure.id, ()) if f.kind == AMOUNT]
        by_total[root.id] += [f for f in (figure, *mates) if is_part(f)]
    for root_id, parts in by_total.items():
        root = material.by_id[root_id]
        for same in _by_unit(parts):
            total = _total_for(root, same, material)
            if total is not None and all(part.period.year == total.period.year for part in same):
                yield PartList(total, tuple(same), _claim(total, same, material), "hanging")


def _by_unit(parts: list[Figure]) -> list[list[Figure]]:
    """The parts by what they count, nouns with one head (`giải nhất`, `giải Nhì`) together."""
    grouped: dict[str, list[Figure]] = defaultdict(list)
    for part in parts:
        grouped[counted(part)].append(part)
    return list(grouped.values())


def _total_for(root: Figure, parts: list[Figure], material: Material) -> Figure | None:
    """The total that parts of one unit belong to: the root, or the figure of their unit beside it (`67 lần, bằng 187 lượt`)."""
    if is_additive(root) and root.kind == AMOUNT and _fits(root, parts):
        return root
    for figure in material.sentence_figures(root):
        after = root.start < figure.start < parts[0].start or figure.passage != parts[0].passage
        if after and figure not in parts and figure.whole is None and is_part(figure) and _fits(figure, parts):
            return figure
    return None


def _fits(total: Figure, parts: list[Figure]) -> bool:
    if all(comparable(total, part) for part in parts):
        return True
    counts = {f.quantity.canonical.dimension for f in (total, *parts)} == {"count"}
    head = parts[0].quantity.canonical.name.split(" ")[0].lower()
    return counts and head in total.own[total.own.find(total.text) :].lower().split()


def _claim(total: Figure, parts: list[Figure], material: Material) -> str:
    words = material.between(total, parts[0])
    last = parts[-1]
    tail = material.text(last)[last.end : last.sentence[1]]
    if _GOES_ON.search(tail) or len(parts) < 2:
        return OPEN
    if _covers_names(total, parts, material):
        return FULL
    some, says_all = _SAYS_SOME.search(words), _SAYS_ALL.search(words)
    if says_all and not some:
        return FULL
    return PART if some else NEAR


def _covers_names(total: Figure, parts: list[Figure], material: Material) -> bool:
    """Whether the total's own words name the parts (`đơn khiếu nại, tố cáo`), or the parts are all places of the report."""
    places = {part.place for part in parts} - {material.report.place, ""}
    if len(places) == len(parts) == len(material.report.places) and places:
        return True
    shares = [f for part in parts for f in material.dependents.get(part.id, ()) if f.kind == SHARE]
    if len(shares) == len(parts) and abs(sum((f.value for f in shares), Decimal(-100))) <= 1:
        return True
    named = [set(content_words(part.subject)) for part in parts]
    others = [set[str]().union(*named[:n], *named[n + 1 :]) for n in range(len(named))]
    whole = set(content_words(total.subject))
    return all(words - other and words - other <= whole for words, other in zip(named, others, strict=True))


def _upgrade(lists: list[PartList], material: Material) -> Iterator[PartList]:
    """A list beside one of another unit that adds up (`21 lần, 141 lượt`; `46 lần, 46 lượt`) is whole as well."""
    for one in lists:
        span = (one.parts[0].passage, one.parts[0].sentence, len(one.parts), one.total.sentence)
        mates = (o for o in lists if o is not one and (o.parts[0].passage, o.parts[0].sentence, len(o.parts), o.total.sentence) == span)
        proven = one.claim == PART and len(one.parts) > 1 and any(mate.relation.holds() for mate in mates)
        yield replace(one, claim=FULL) if proven else one


def _after_colon(total: Figure, material: Material) -> Iterator[PartList]:
    """`40ha ở các HTX: Chi Lăng Nam 02 mô hình (8ha), Chi Lăng Bắc (4ha) …`: one part in every item after the colon."""
    text = material.text(total)
    stop = clause_end(text, total.end, total.sentence[1])
    colon = re.compile(r"[^;:]*?:\s").match(text, total.end, stop)
    if not colon or re.search(r"\d", text[total.end : colon.end()]):
        return
    parts = column(items(text, colon.end(), stop), material.by_passage[total.passage], total)
    if parts and not any(part.whole == total.id for part in parts):
        yield PartList(total, tuple(parts), OPEN if _GOES_ON.search(text[colon.end() : stop]) else FULL, "colon")


def _siblings(total: Figure, material: Material) -> Iterator[PartList]:
    """`Tổng số hồ sơ là 47.613 …; trả đúng hạn 47.382 hồ sơ, trả quá hạn 14 hồ sơ, đang giải quyết 217 hồ sơ`."""
    if not re.search(r"(?i)\btổng\b", total.subject) or total.whole or total.base:
        return
    after = [f for f in material.sentence_figures(total) if f.start > total.start and f.base is None and f.whole is None and is_part(f)]
    parts = [f for f in after if f.unit == total.unit]
    if len(parts) > 1 and not any(re.search(r"(?i)\btổng\b", f.subject) for f in parts):
        yield PartList(total, tuple(parts), PART, "siblings")


def _dashes(material: Material) -> Iterator[PartList]:
    """A line that ends in a colon, and the paragraphs with a dash under it."""
    lines = [(p, span) for p in material.running() for span in sentences(p.text)]
    for n, (passage, span) in enumerate(lines):
        if not passage.text[span[0] : span[1]].endswith(":"):
            continue
        totals = [f for f in material.by_passage.get(passage.id, ()) if f.sentence == span and f.base is None and is_part(f)]
        if not totals and n and lines[n - 1][0].section == passage.section:
            before = material.by_passage.get(lines[n - 1][0].id, ())
            totals = [f for f in before if f.sentence == lines[n - 1][1] and f.base is None and is_part(f) and _TOTAL.match(f.subject)]
        rows: list[tuple[Passage, tuple[int, int]]] = []
        for follower, line in lines[n + 1 :]:
            if follower.section != passage.section or not _ITEM.match(follower.text[line[0] : line[1]]):
                break
            rows.append((follower, line))
        for total in totals:
            firsts = [_first_like(total, [f for f in material.by_passage.get(p.id, ()) if f.sentence == s]) for p, s in rows]
            parts = [f for f in firsts if f is not None]
            if len(parts) == len(firsts) > 1:
                some = _SAYS_SOME.search(passage.text[total.end : span[1]])
                full = FULL if total.sentence == span and total.passage == passage.id else NEAR
                yield PartList(total, tuple(parts), PART if some else full, "dashes")


def _first_like(total: Figure, figures: list[Figure]) -> Figure | None:
    return next((f for f in figures if is_part(f) and f.base is None and comparable(total, f)), None)


def clause_end(text: str, start: int, stop: int) -> int:
    """Where the clause that `start` stands in ends: the next `;` or closing bracket of its depth, else `stop`."""
    depth = 0
    for at in range(start, stop):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth < 0 or (depth == 0 and text[at] == ";"):
            return at
    return stop


def items(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Spans of the items of a list: cut at `;` outside brackets, or at commas (before a space) where there is no `;`."""
    by_semicolon = _cut(text, start, stop, ";")
    return by_semicolon if len(by_semicolon) > 1 else _cut(text, start, stop, ",")


def mixed_items(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Spans of the items of a list that is cut at both (`A 19 công trình, B 11 công trình; các nơi khác 13 công trình`)."""
    return _cut(text, start, stop, ";,")


def _cut(text: str, start: int, stop: int, marks: str) -> list[tuple[int, int]]:
    spans, depth, begin = [], 0, start
    for at in range(start, stop):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0 and text[at] in marks and text[at + 1 : at + 2].isspace():
            spans.append((begin, at))
            begin = at + 1
    return [*spans, (begin, stop)]


def column(spans: list[tuple[int, int]], figures: list[Figure], like: Figure) -> list[Figure] | None:
    """The first amount comparable with `like` in each span; None where a span has none or there are fewer than two."""
    found = []
    for start, stop in spans:
        first = next((f for f in figures if start <= f.start < stop and is_part(f) and _like(like, f)), None)
        if first is None:
            return None
        found.append(first)
    return found if len(found) > 1 else None


def _like(total: Figure, part: Figure) -> bool:
    first, second = total.quantity.canonical, part.quantity.canonical
    return comparable(total, part) and (first.dimension != "count" or same_noun(first.name, second.name))
