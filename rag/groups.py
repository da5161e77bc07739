"""Which figures that stand side by side are the list that a question is on: a linear model over features of the list.

Its weights are plain numbers in `rag/groups.json`, made by `python -m evals fit`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.text import search_words
from rag import forms
from rag.candidates import Candidate, siblings
from rag.features import Query
from rag.ground import Ground
from rag.patterns import Pattern
from rag.ranker import Scored

WEIGHTS = Path(__file__).parent / "groups.json"
NAMES = (
    "coverage", "behind", "score_behind", "unit_equal", "unit_differs", "of_kind", "of_places", "no_places", "places_unasked",
    "other_measure", "fused", "dense_behind", "first", "many", "footnote", "listed",
)  # fmt: skip
"""The features of a list in the order of their weights."""
LOOKED_AT = 80
"""Figures of the ranking whose lists are looked at."""
LEAST = 3
"""Figures that make a list."""
MANY = 10
_MEASURED_BY = ((Pattern(r"\b(?:dài|ngắn) nhất\b"), "length"), (Pattern(r"\b(?:rộng|hẹp) nhất\b"), "area"))
_KIND_ASKED = Pattern(
    r"\b(trường|ngân hàng|cụm|dự án|đường|cầu|chợ|nguồn|khoản|vụ|cây|đàn|loại|nhóm|doanh nghiệp|công ty|hợp tác xã|sản phẩm|giải|ngành|quỹ|thuế|"
    r"bệnh|nhà máy|công trình|tuyến|hội|đơn vị)(?: [^\s,?]+){0,2} nào\b"
)
"""The kind of thing that is asked for."""
_PLACES = Pattern(r"\b(?:xã|thị trấn|phường|địa phương|huyện|thôn|ấp|bản|xóm|khóm|khu phố|tổ dân phố|nơi|đâu)\b")


@dataclass(frozen=True)
class Model:
    """Weights by feature, and what a list must reach to be the one asked for."""

    weights: tuple[float, ...]
    least: float

    def value(self, features: Sequence[float]) -> float:
        """The weighted sum."""
        return sum(weight * value for weight, value in zip(self.weights, features, strict=True))


@dataclass(frozen=True)
class Group:
    """Figures that stand side by side, with the features of the list."""

    members: tuple[Candidate, ...]
    values: tuple[float, ...]


@lru_cache(maxsize=1)
def load_model(path: Path = WEIGHTS) -> Model:
    """The shipped model. Raises `ValueError` if the file does not fit this code."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if tuple(data["weights"]) != NAMES:
        raise ValueError(f"Tệp {path.name} không khớp mã nguồn; hãy chạy: python -m evals fit")
    return Model(tuple(map(float, data["weights"].values())), float(data["least"]))


def best_group(ground: Ground, query: Query, ranked: Sequence[Scored]) -> tuple[Candidate, ...] | None:
    """The list that the question is on; None where none is surely enough."""
    model = load_model()
    groups = [(model.value(group.values), n, group) for n, group in enumerate(all_groups(ground, query, ranked))]
    if not groups:
        return None
    value, _, best = max(groups, key=lambda one: (one[0], -one[1]))
    return best.members if value >= model.least else None


def all_groups(ground: Ground, query: Query, ranked: Sequence[Scored]) -> list[Group]:
    """The lists of three figures or more among the figures ranked, with their features."""
    seen: set[str] = set()
    found: list[tuple[Scored, list[Candidate]]] = []
    for one in ranked[:LOOKED_AT]:
        if one.candidate.figure.id in seen or one.value("unit_differs") >= 0.9 or one.value("opposite"):
            continue
        members = siblings(one.candidate, ground.mates(one.candidate))
        seen.update(candidate.figure.id for candidate in members)
        if len(members) >= LEAST:
            found.append((one, members))
    covered = [_coverage(query, members) for _, members in found]
    best, top = max(covered, default=0.0), ranked[0].score if ranked else 0.0
    nearest = max((one.dense for one in ranked), default=0.0)
    return [
        Group(tuple(members), tuple(_features(query, one, members, held, best, top, nearest, n == 0)))
        for n, ((one, members), held) in enumerate(zip(found, covered, strict=True))
    ]


def _features(
    query: Query, one: Scored, members: Sequence[Candidate], held: float, best: float, top: float, nearest: float, first: bool
) -> list[float]:
    of_places = bool(_PLACES.search(query.question.text))
    local = sum(candidate.local for candidate in members) >= LEAST
    return [
        held,
        best - held,
        (top - one.score) / 10,
        float(one.value("unit_equal") >= 0.6),
        one.value("unit_differs"),
        float(_of_kind(query, members)),
        float(of_places and local),
        float(of_places and not local),
        float(local and not of_places),
        float(_other_measure(query, members)),
        one.value("fused"),
        (nearest - one.dense) * 10,
        float(first),
        min(len(members), MANY) / MANY,
        one.value("footnote"),
        float(query.question.form == forms.LIST),
    ]


def _other_measure(query: Query, members: Sequence[Candidate]) -> bool:
    """Whether `dài nhất` is asked of figures that are no lengths, or `rộng nhất` of figures that are no areas."""
    dimension = members[0].figure.quantity.canonical.dimension
    return any(pattern.search(query.question.text) and dimension != wanted for pattern, wanted in _MEASURED_BY)


def _of_kind(query: Query, members: Sequence[Candidate]) -> bool:
    """Whether most members are things of the kind asked for (`trường nào … nhất`)."""
    asked = _KIND_ASKED.search(query.question.text)
    if asked is None:
        return False
    words = search_words(asked.group(1))
    near = ([candidate.own.folded | candidate.tiers[1][1].folded for candidate in members])
    return 2 * sum(all(word in held for word in words) for held in near) >= len(members)


def _coverage(query: Query, members: Sequence[Candidate]) -> float:
    """Share of the question's topic that the list covers as a whole, its members' own words counted once."""
    total = found = 0.0
    for term in query.terms:
        weight = query.weight(term)
        total += weight
        found += weight * max(value * query.held(term, words) for candidate in members for value, words in candidate.tiers[1:] + candidate.tiers[:1])
    return found / total if total else 0.0
