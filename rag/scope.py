"""Which report a question is about, and whether it asks of a place that no report speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.places import place_names
from corpus.report import Report
from corpus.text import fold, has_diacritics
from rag.ground import Ground
from rag.lexicon import asking, lightwords, phrases, stopwords, usage
from rag.question import Question

_KINDS = r"xã|thị trấn|phường|huyện|quận|thành phố|thị xã|tỉnh|tp\.?|tx\.?|tt\.?"
_NAMED = re.compile(rf"(?i:\b({_KINDS}))\s+((?:[A-ZĐÂÊÔƠƯĂÁÀẢÃẠÉÍÝÓÚ][^\W\d_]*\s?){{1,4}})")


def choose_reports(reports: Sequence[Report], question: Question, report_id: str | None) -> list[Report]:
    """The reports that may answer: the one chosen, else those whose place or year the question names, else all."""
    if report_id is not None:
        return [report for report in reports if report.id == report_id] or list(reports)
    if len(reports) == 1:
        return list(reports)
    asked = fold(question.text)
    named = [report for report in reports if _bare(report.place) in asked]
    pool = named or list(reports)
    of_year = [r for r in pool if r.year in question.years or (r.plan_year in question.years and not any(o.year == r.plan_year for o in pool))]
    return of_year or pool


def _bare(place: str) -> str:
    return re.sub(rf"^(?:{fold(_KINDS)})\s+", "", fold(place))


def unknown_place(text: str, report: Report, ground: Ground) -> str:
    """The first place that the question names with its kind and that the report never mentions; empty where there is none.

    Typed without marks or capitals, the word after `xa` or `huyen` counts if the report's text never holds that pair.
    """
    known = {fold(name) for name in place_names(report)} | {_bare(report.place)}
    mentioned = fold(report.raw)
    for match in _NAMED.finditer(text):
        name = match.group(2).strip()
        folded = fold(name)
        if folded in known or any(folded.startswith(one + " ") for one in known) or folded in mentioned:
            continue
        return f"{match.group(1).lower()} {name}"
    if not has_diacritics(text) or text == text.lower():
        return _unknown_in_lower_case(text, known, mentioned)
    return ""


_LOWER = re.compile(rf"\b({_KINDS}|{fold(_KINDS)})\s+([^\W\d_]+)\s+([^\W\d_]+)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Folded words that people ask with: a place is not named by them alone."""
    light, _ = lightwords()
    stop, _ = stopwords()
    return frozenset(fold(word) for word in light | stop) | frozenset(fold(word) for phrase in asking() for word in phrase.split())


@lru_cache(maxsize=1)
def _everyday_pairs() -> frozenset[tuple[str, str]]:
    """Folded neighbours of the lexicon and of everyday usage: no names of places."""
    folded = (fold(line).split() for line in (*phrases(), *usage()))
    return frozenset(pair for words in folded for pair in zip(words, words[1:], strict=False))


def _unknown_in_lower_case(text: str, known: set[str], mentioned: str) -> str:
    """A place named without capitals: two words after `xã`, `huyện` and so on that stand together nowhere and are no everyday words."""
    for match in _LOWER.finditer(text):
        first, second = fold(match.group(2)), fold(match.group(3))
        pair = f"{first} {second}"
        if first in _everyday() or second in _everyday() or (first, second) in _everyday_pairs() or pair in mentioned:
            continue
        if any(name.startswith(pair) or pair.startswith(name) for name in known):
            continue
        return f"{match.group(1)} {match.group(2)} {match.group(3)}"
    return ""
