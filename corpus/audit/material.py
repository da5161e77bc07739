"""A report laid out for checking: its figures, what stands between them, and where footnotes hang."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from corpus.figures import AMOUNT, Figure, read_figures
from corpus.passages import Passage, build_passages
from corpus.report import Report
from corpus.text import fold

ADDITIVE = frozenset({"count", "none", "money", "area", "length", "mass", "volume", "energy", "usd", "containers"})
"""Dimensions whose parts add up (a yield, a rate or an age does not)."""

GENERIC = frozenset({"trường hợp", "đơn vị", "cái"})
"""Nouns that count whatever the text speaks of."""

_COMPARED = re.compile(
    r"(?i)\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|cùng kỳ|cả nước|toàn quốc|toàn tỉnh|bình quân|trung bình|năm trước|năm ngoái)\b"
)


_SCALE_WORD = re.compile(r"^(?:nghìn|ngàn|vạn|triệu|tỷ)\s+")


class Material:
    """The passages and figures of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.passages: dict[str, Passage] = {passage.id: passage for passage in build_passages(report)}
        self.figures: tuple[Figure, ...] = tuple(read_figures(self.passages.values(), report))
        self.by_id: dict[str, Figure] = {figure.id: figure for figure in self.figures}

    @cached_property
    def by_passage(self) -> dict[str, list[Figure]]:
        """The figures of each passage, in order of the text."""
        grouped: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            grouped[figure.passage].append(figure)
        return grouped

    @cached_property
    def dependents(self) -> dict[str, list[Figure]]:
        """The figures that qualify a figure, by its id, in order."""
        grouped: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.base:
                grouped[figure.base].append(figure)
        return grouped

    @cached_property
    def notes(self) -> dict[int, Passage]:
        """The footnotes by number."""
        return {passage.footnote: passage for passage in self.passages.values() if passage.footnote is not None}

    @cached_property
    def marks(self) -> dict[int, tuple[Passage, int]]:
        """Where each footnote's mark stands: passage and offset."""
        return {number: (p, offset) for p in self.passages.values() for offset, number in p.content.marks}

    def root(self, figure_id: str) -> Figure:
        """The amount that a chain of qualifying figures ends at."""
        figure = self.by_id[figure_id]
        while figure.base is not None:
            figure = self.by_id[figure.base]
        return figure

    def text(self, figure: Figure) -> str:
        """The whole text of the figure's passage."""
        return self.passages[figure.passage].text

    def between(self, one: Figure, other: Figure) -> str:
        """The words between two figures; from the sentence's beginning where they stand in different sentences."""
        start = one.end if one.sentence == other.sentence and one.passage == other.passage else other.sentence[0]
        return self.text(other)[start : other.start]

    def sentence_figures(self, figure: Figure) -> list[Figure]:
        """The figures of the figure's sentence, in order."""
        return [f for f in self.by_passage[figure.passage] if f.sentence == figure.sentence]

    def running(self) -> Iterator[Passage]:
        """The passages of running text, in order."""
        return (passage for passage in self.passages.values() if passage.footnote is None)


def is_part(figure: Figure) -> bool:
    """Whether the figure is an amount that can be a part or a total: no plan, no other place's or year's value."""
    return figure.kind == AMOUNT and is_additive(figure) and not _COMPARED.search(figure.own)


def is_additive(figure: Figure) -> bool:
    """Whether values of the figure's kind can be added up."""
    quantity = figure.quantity
    times = quantity.canonical.dimension == "times" and quantity.value == int(quantity.value)  # `tiếp 67 lần`
    return (times or quantity.canonical.dimension in ADDITIVE) and quantity.high is None and quantity.of is None


def comparable(one: Figure, other: Figure) -> bool:
    """Whether both measure in one dimension, or count with the same noun or one that can stand for any."""
    first, second = one.quantity.canonical, other.quantity.canonical
    if "none" in (first.dimension, second.dimension):
        return {first.dimension, second.dimension} <= {"none", "count"}
    if first.dimension != second.dimension:
        return False
    return first.dimension != "count" or same_noun(first.name, second.name)


def same_noun(one: str, other: str) -> bool:
    """`suất` and `suất quà`, `lượt` and `lượt người`; any noun and `trường hợp`."""
    first, second = (_SCALE_WORD.sub("", noun.lower()) for noun in (one, other))
    return first.startswith(second) or second.startswith(first) or bool({first, second} & GENERIC)


def counted(figure: Figure) -> str:
    """What an amount is an amount of, roughly: the first word of the noun that it counts (`giải`), else its dimension."""
    unit = figure.quantity.canonical
    return _SCALE_WORD.sub("", unit.name.lower()).split(" ")[0] if unit.dimension == "count" else unit.dimension


def content_words(text: str) -> list[str]:
    """The folded words of `text` that say what it is about, in order."""
    return [word for word in re.findall(r"[^\W_]+", fold(text)) if word not in _EMPTY_WORDS]


_EMPTY = """
    va voi cac nhung cua cho tai tu den trong tren duoi la duoc co da dat uoc thuc hien tong so nam xay dung trien khai to chuc
    theo ve o do bang chiem gom trong do thuoc nay mot cong tac
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())


def first_letter_lower(text: str) -> str:
    """`text` as it stands inside a sentence: a leading capital of an ordinary word made small."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
