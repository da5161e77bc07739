"""Figures that people compare: changes, shares of the plan, communes in one list, results beside targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus import Passage, Report
from corpus.abbreviations import search_copy
from corpus.figures import CHANGE, PLAN, Figure
from corpus.periods import RESULT, TARGET
from corpus.text import fold
from rag.pages.charts import Bar
from rag.pages.editorial import REMARKED, Note
from rag.pages.figure_table import printed
from rag.pages.wording import capital

MOST_BARS = 18
PERCENT = "%"
WHOLE = 100
"""Percent of the plan at which it is reached."""
_LEAST_PLACES = 3
_SAME_WORDS, _SAME_ORDER = 95.0, 70.0
"""Likeness of two subjects (0..100) from which they count as one indicator: of their words, and of words and length."""


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Figures of one list for different places: what the list is of, and the figures."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator with its result and its target for the next year."""

    result: Figure
    target: Figure


def change_bars(figures: Sequence[Figure], report: Report) -> list[Bar]:
    """Changes in percent against the year before by size, increases before decreases; at most `MOST_BARS`, the largest."""
    changes = [figure for figure in figures if _is_yearly_change(figure, report)]
    largest = sorted(changes, key=lambda one: -one.value)[:MOST_BARS]
    ordered = sorted(largest, key=lambda one: (one.direction == "giảm", -one.value))
    return [Bar(capital(one.subject), float(one.value), printed(one), capital(one.direction)) for one in ordered]


def plan_bars(figures: Sequence[Figure]) -> list[Bar]:
    """Shares of the plan in percent, the highest first; of those that reach it at most `MOST_BARS`."""
    shares = [figure for figure in figures if figure.kind == PLAN and figure.quantity.is_percent]
    bars = [Bar(capital(one.subject), float(one.value), one.printed, _reached(one)) for one in shares]
    ranked = sorted(bars, key=lambda bar: -bar.value)
    return [bar for number, bar in enumerate(ranked) if number < MOST_BARS or bar.value < WHOLE]


def place_groups(figures: Sequence[Figure], report: Report, passages: Mapping[str, Passage]) -> list[PlaceGroup]:
    """Lists in which at least three places have a figure of one kind and unit, the longest and most varied first."""
    by_id = {figure.id: figure for figure in figures}
    found: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if figure.place and figure.place != report.place:
            key = (figure.passage, figure.sentence, figure.kind, figure.quantity.canonical.name, figure.whole)
            found.setdefault(key, []).append(figure)
    groups = [group for group in found.values() if len({figure.place for figure in group}) >= _LEAST_PLACES]
    groups.sort(key=lambda group: (len({figure.value for figure in group}) < 2, -len(group)))
    return [PlaceGroup(_group_title(group[0], by_id, passages), tuple(group)) for group in groups]


def doubted_figures(group: PlaceGroup, notes: Sequence[Note]) -> dict[Figure, Note]:
    """The figures of a group that an editor remarked on, with the remark."""
    return {
        figure: note
        for figure in group.figures
        for note in notes
        if note.kind == REMARKED and note.page == figure.page and f"{figure.place} {figure.printed}" in note.words
    }


def place_bars(group: PlaceGroup, without: Collection[Figure] = ()) -> list[Bar]:
    """A bar for each figure but those `without`, the largest first."""
    bars = [Bar(capital(one.place), float(one.value), one.printed) for one in group.figures if one not in without]
    return sorted(bars, key=lambda bar: -bar.value)


def target_pairs(figures: Sequence[Figure], report: Report) -> list[Pair]:
    """Targets of the plan year with the result of the report's year that has the same subject, kind and unit."""
    results = [figure for figure in figures if figure.period.status == RESULT and figure.period.year == report.year]
    pairs: list[Pair] = []
    for target in figures:
        if target.period.status != TARGET:
            continue
        alike = [(one, _likeness(target, one)) for one in results if _comparable(target, one)]
        best = max(alike, key=lambda pair: pair[1], default=None)
        if best is not None and best[1] > 0:
            pairs.append(Pair(best[0], target))
    return pairs


def _comparable(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind and one.quantity.canonical.name == other.quantity.canonical.name and one.place == other.place


def _likeness(target: Figure, result: Figure) -> float:
    """0 where the subjects do not count as one indicator."""
    mine, other = (fold(search_copy(one.subject)).replace(":", " ") for one in (target, result))
    words, order = fuzz.token_set_ratio(mine, other), fuzz.token_sort_ratio(mine, other)
    return words + order if words >= _SAME_WORDS and order >= _SAME_ORDER else 0.0


def _group_title(figure: Figure, by_id: Mapping[str, Figure], passages: Mapping[str, Passage]) -> str:
    whole = by_id.get(figure.whole or "")
    passage = passages[figure.passage]
    sentence = passage.anchor or passage.text[slice(*figure.sentence)]
    title = f"{capital(whole.subject)} {whole.printed}" if whole else sentence
    short = title if len(title) <= 90 else title[:90].rsplit(" ", 1)[0] + "…"
    return f"{short} ({figure.quantity.canonical.name or 'số'}, trang {figure.page})"


def _is_yearly_change(figure: Figure, report: Report) -> bool:
    of_result = figure.period.status == RESULT and figure.period.year == report.year
    against = not figure.versus or str(report.year - 1) in figure.versus or "cùng kỳ" in figure.versus
    return figure.kind == CHANGE and figure.quantity.canonical.name == PERCENT and bool(figure.direction) and of_result and against


def _reached(figure: Figure) -> str:
    return "Đạt và vượt" if figure.value >= WHOLE else "Chưa đạt"
