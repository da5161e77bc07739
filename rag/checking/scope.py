"""Which report a text is about, and whether a claim speaks of a place that the report does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.places import place_names
from corpus.report import Report
from corpus.text import fold
from rag.checking.reading import Claim

_KIND = r"xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh"
_CAPITAL = "[" + "".join(chr(n) for n in range(0x41, 0x1F00) if chr(n).isupper() and chr(n).isalpha() and (n < 0x250 or n >= 0x1E00)) + "]"
_NAMED = re.compile(rf"\b(?i:(?P<kind>{_KIND}))\s+(?P<name>{_CAPITAL}[^\W\d_]*(?:\s+{_CAPITAL}[^\W\d_]*){{0,3}})")
_PREFIX = re.compile(rf"^(?:{_KIND})\s+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def chosen_reports(reports: Sequence[Report], text: str, report_id: str | None) -> list[Report]:
    """The reports that a text may be about: the one chosen, else those whose place and year it names, else all.

    Raises `ValueError` for an unknown `report_id`.
    """
    if report_id is not None:
        chosen = [report for report in reports if report.id == report_id]
        if not chosen:
            known = ", ".join(report.id for report in reports)
            raise ValueError(f"Không có báo cáo “{report_id}”; các báo cáo đang có: {known}.")
        return chosen
    if len(reports) == 1:
        return list(reports)
    folded = fold(text)
    named = [r for r in reports if re.search(rf"\b{re.escape(fold(_PREFIX.sub('', r.place.lower())))}\b", folded)] or list(reports)
    years = {int(year) for year in _YEAR.findall(text)}
    return [r for r in named if r.year in years] or [r for r in named if r.plan_year in years] or named


def place_of(claim: Claim, report: Report) -> frozenset[str]:
    """The places that a claim can be on: the report's own, or that which it names; both where the two share their name."""
    place, own = claim.figure.place, report.place
    bare = _bare(place)
    if place == own or bare != _bare(own):
        return frozenset([place])
    before = re.findall(rf"\b({fold(_KIND)})\s+{re.escape(bare)}\b", fold(claim.rest))
    kind = fold(place)[: -len(bare)].strip()
    if not before and kind and re.search(rf"(?<!xa, )\b{kind}\b", fold(claim.near)):
        return frozenset([place])
    if not before:
        return frozenset([place, own])
    return frozenset([own if fold(own).startswith(before[-1]) else place])


def _bare(place: str) -> str:
    return fold(_PREFIX.sub("", place.lower()))


def strange_place(claim: Claim, report: Report) -> bool:
    """Whether the words at a claim's figure name a place of the state that the report never mentions."""
    known = [fold(report.place), *(fold(name) for name in place_names(report))]
    mentioned = fold(report.raw)
    for match in _NAMED.finditer(f"{claim.figure.lead} {claim.figure.own} {claim.figure.inherited}"):
        name = fold(match.group("name"))
        if name in mentioned or any(name in one or one in name for one in known if one):
            continue
        if f"{fold(match.group('kind'))} {name.split()[0]}" not in mentioned or name.split()[0] not in mentioned:
            return True
    return False
