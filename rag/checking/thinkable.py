"""Which figures of a report a claim can be on at all: comparable in kind and unit, of its place and year, not on its opposite."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.figures import CHANGE, RANK, RATIO, SHARE, Figure
from corpus.text import fold
from rag.checking.pool import Pool
from rag.checking.reading import Claim
from rag.checking.scope import place_of

Flags = NDArray[np.bool_]
_SCOPE = re.compile(r"(?<!so voi )(?<!hon )(?<!bang )\b(?:ca nuoc|toan quoc|toan tinh|ca tinh|binh quan tinh|the gioi)\b")
_OPPOSITES = (
    ("thu", "chi"), ("chết", "(?:bị )?thương"), ("nhập", "xuất"), ("khiếu nại", "tố cáo"), ("(?:đầu|trước) (?:năm|kỳ)", "(?:cuối|hết) (?:năm|kỳ)"),
    ("(?:trước|đúng|trong) hạn", "(?:quá|trễ) hạn"), ("nội trú", "ngoại trú"), ("trong nước", "nước ngoài"), ("khai thác", "nuôi trồng"),
    ("vụ mùa|hè thu", "(?:vụ |chiêm |đông )xuân"), ("huy động", "dư nợ"), ("thường xuyên", "đầu tư"), ("bé trai", "bé gái"), ("gia súc", "gia cầm"),
)  # fmt: skip
"""What is told of the one is not true of the other."""


def allowed(claim: Claim, pool: Pool) -> Flags:
    """Which figures can be on the claim's quantity at all: comparable, of the place that it names, of its year."""
    figure, report = claim.figure, pool.report
    known_years = (report.year, report.plan_year)
    strange = figure.period.stated and figure.period.year not in known_years
    places = place_of(claim, report)
    place = fold(figure.place) if places == {figure.place} and figure.place != report.place else ""
    scoped = _SCOPE.search(fold(claim.near))
    out = np.zeros(len(pool.candidates), bool)
    for n, candidate in enumerate(pool.candidates):
        printed = candidate.figure
        right_year = not strange or printed.period.year == figure.period.year
        right_scope = scoped or not is_scoped(printed.subject)
        if not (right_year and right_scope and comparable(claim, printed)) or opposed(claim, printed):
            continue
        right_place = report.place in places or printed.place in places
        out[n] = right_place or bool(re.search(rf"\b{re.escape(place)}\b", fold(f"{printed.own} {printed.subject}")))
    return out


@lru_cache(maxsize=20_000)
def is_scoped(text: str) -> bool:
    """Whether words speak of the country or the province."""
    return bool(_SCOPE.search(fold(text)))


def opposed(claim: Claim, printed: Figure) -> bool:
    """Whether the two speak of opposite things (`thu ngân sách`, `chi ngân sách`)."""
    said, held = _sides(claim.near), _sides(f"{printed.own} {printed.subject}")
    return any(said[n] != held[n] and all(sum(one[n]) == 1 for one in (said, held)) for n in range(len(_OPPOSITES)))


@lru_cache(maxsize=50_000)
def _sides(text: str) -> tuple[tuple[bool, bool], ...]:
    """For each pair of opposites whether the text says the one and whether it says the other."""
    low = text.lower()
    return tuple((bool(one.search(low)), bool(other.search(low))) for one, other in _PATTERNS)


_PATTERNS = tuple((re.compile(rf"(?<!\w)(?:{one})(?!\w)"), re.compile(rf"(?<!\w)(?:{other})(?!\w)")) for one, other in _OPPOSITES)


def comparable(claim: Claim, printed: Figure) -> bool:
    """Whether the two figures are of kinds and units that can be on one quantity at all."""
    figure = claim.figure
    a, b = figure.quantity.canonical.dimension, printed.quantity.canonical.dimension
    if figure.quantity.is_percent != printed.quantity.is_percent:
        return printed.kind == RATIO and figure.kind == SHARE
    if (figure.kind == RANK) != (printed.kind == RANK):
        return printed.kind == RATIO and figure.quantity.of is not None
    if (figure.kind == CHANGE) != (printed.kind == CHANGE) and not figure.quantity.is_percent and not claim.unmarked:
        return False
    if "none" in (a, b) or a == b:
        return True
    if a == "count" and "/" in b and figure.quantity.value % 1:
        return True  # `7,7 bác sĩ trên một vạn dân`: people are whole, a rate is not
    return a.split("/")[0] == b.split("/")[0] and "/" in a + b
