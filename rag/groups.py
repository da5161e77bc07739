"""Which figures that stand side by side are the list that a question is on: a linear model over features of the list.

Its weights are plain numbers in `rag/groups.json`, made by `python -m evals fit`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.figures import CHANGE, PLAN
from corpus.text import UPPER, search_words
from rag import forms
from rag.candidates import LISTED, TIERS, Candidate, measured_before, siblings
from rag.features import Query
from rag.ground import Ground
from rag.patterns import Pattern
from rag.ranker import Scored
from rag.terms import SEEN

WEIGHTS = Path(__file__).parent / "groups.json"
NAMES = (
    "coverage", "behind", "score_behind", "unit_equal", "unit_differs", "of_kind", "of_places", "no_places", "places_unasked",
    "other_measure", "fused", "dense_behind", "first", "many", "footnote", "listed", "anchored", "whole_behind",
    "missing", "in_table", "change_unasked",
)  # fmt: skip
"""The features of a list in the order of their weights."""
LOOKED_AT = 80
"""Figures of the ranking whose lists are looked at."""
MANY = 10
ABOVE = tuple(value for name, value in TIERS if name in ("inherited", "leaf", "anchor", "lead"))
"""What marks the tiers of a member whose words all members share."""
LED_BY = next(value for name, value in TIERS if name == "lead")
"""What marks the tier of the words of a sentence before a figure's own."""
_MEASURED_BY = (
    (Pattern(r"\b(?:dài|ngắn) nhất\b|\b(?:nhiều|ít) (?:đường|km)\b[^?]*\bnhất\b"), "length"),
    (Pattern(r"\b(?:rộng|hẹp) nhất\b|\b(?:trồng|gieo trồng|gieo cấy|canh tác)\b[^?]*\bnhất\b|\b(?:nhiều|ít) (?:đất|diện tích|ruộng) nhất\b"), "area"),
    (Pattern(r"\b(?:nhiều|ít) (?:tiền|vốn|kinh phí) nhất\b"), "money"),
)
_MEMBERS = {
    "trường": frozenset(search_words("trường thpt thcs mầm non mẫu giáo tiểu học ptdt th pt")),
    "cấp học": frozenset(search_words("mầm non mẫu giáo nhà trẻ tiểu học thcs thpt cấp")),
    "bậc học": frozenset(search_words("mầm non mẫu giáo nhà trẻ tiểu học thcs thpt cấp")),
    "đường": frozenset(search_words("đường lộ ql tl đt đh hl tuyến dh dt")),
    "tuyến": frozenset(search_words("đường lộ ql tl đt đh hl tuyến dh dt")),
    "nước": frozenset(search_words("nước nhật hàn đài loan mỹ hoa trung quốc singapore thái lan úc đức malaysia campuchia lào hong kong")),
    "công ty": frozenset(search_words("công ty doanh nghiệp tnhh cổ phần cp nhà máy")),
    "doanh nghiệp": frozenset(search_words("công ty doanh nghiệp tnhh cổ phần cp nhà máy dn hợp tác xã")),
    "hợp tác xã": frozenset(search_words("htx hợp tác")),
    "chợ": frozenset(search_words("chợ")),
    "ngân hàng": frozenset(search_words("agribank bidv vietinbank vietcombank sacombank lpbank lienvietpostbank mb acb quỹ tín dụng ngân hàng")),
}
"""Words that tell a member of a kind where its name leaves the word for the kind out (`THPT Cái Bè`)."""
_KIND_ASKED = Pattern(
    r"\b(trường|cấp học|bậc học|nước|ngân hàng|cụm|dự án|đường|cầu|chợ|nguồn|khoản|vụ|cây|đàn|loại|nhóm|doanh nghiệp|công ty|hợp tác xã|sản phẩm|giải|ngành|"
    r"quỹ|thuế|bệnh|nhà máy|công trình|tuyến|hội|đơn vị)(?: [^\s,?]+){0,2} nào\b"
)
"""The kind of thing that is asked for."""
_PLACES = Pattern(
    r"\b(?:xã|thị trấn|thị xã|phường|địa phương|địa bàn|vùng|khu vực|huyện|quận|tỉnh|thôn|ấp|bản|xóm|khóm|khu phố|tổ dân phố|làng|nơi|chỗ)"
    r"(?: [^\s,?]+){0,2}? (?:nào|mô)\b|\bđâu\b|"
    r"\b(?:[2-5]|hai|ba|bốn|năm) (?:xã|thị trấn|phường|địa phương|huyện|thôn|ấp|bản|nơi)\b(?=[^?]*\bnhất\b)"
)
_THINGS = Pattern(r"\b[^\s,?]+(?: [^\s,?]+)? nào\b|\b(?:cái|con|cây|loại|thứ|nghề|món|việc) gì\b")
"""A place, or another thing, is asked for."""
_NAME = re.compile(rf"(?<!^)\b[{UPPER}]\w+|^[{UPPER}]\w* (?:[{UPPER}0-9]\w*)")
"""A word with a capital that does not open the words before a figure, or two words that may be a name."""
_NAMED = re.compile(rf"\b[{UPPER}]\w*\s+[{UPPER}0-9]|\b\w+ \d+[A-Z]?\b|\b[{UPPER}]{{2,}}")
"""A name, or the number of a road."""
_MOVED = Pattern(r"\b(?:tăng|giảm|vượt|biến động|thay đổi|hoàn thành)\b")
"""A change, or how much of a plan was done, is asked for."""


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
        if len(members) >= LISTED and not _is_of_another_kind(query, members):
            found.append((one, members))
    covered = [_coverage(query, members) for _, members in found]
    best, top = max(covered, default=0.0), ranked[0].score if ranked else 0.0
    nearest = max((one.dense for one in ranked), default=0.0)
    groups = []
    for n, ((one, members), held) in enumerate(zip(found, covered, strict=True)):
        values = _features(query, one, members, held, best, top, nearest, n == 0)
        of_whole = max((other.score for other in ranked[:LOOKED_AT] if _is_whole(other.candidate, members)), default=one.score)
        groups.append(Group(tuple(members), (*values, _anchored(query, members), (top - max(of_whole, one.score)) / 10, *_further(query, members))))
    return groups


def _further(query: Query, members: Sequence[Candidate]) -> tuple[float, float, float]:
    """The weight of the rarest word asked that no member holds; whether the list is of a table; whether it is of changes, and none is asked for."""
    missing = [query.weight(term) for term in query.terms if not any(query.held(term, words) > SEEN for one in members for _, words in one.tiers)]
    asked = (query.ask is not None and query.ask.kind in (CHANGE, PLAN)) or bool(_MOVED.search(query.question.text))
    return max(missing, default=0.0), float(members[0].in_table), float(members[0].figure.kind in (CHANGE, PLAN) and not asked)


def _is_whole(one: Candidate, members: Sequence[Candidate]) -> bool:
    """Whether a figure stands where the list hangs: in its sentence, outside it, or in the sentence that bears the mark of its footnote."""
    first = members[0]
    if one.figure.report != first.figure.report or any(one.figure.id == member.figure.id for member in members):
        return False
    if one.figure.passage == first.figure.passage:
        return one.figure.sentence == first.figure.sentence
    anchor, sentence = first.passage.anchor.strip(), one.passage.text[slice(*one.figure.sentence)].strip()
    before = measured_before(first.passage, [member.figure for member in members]).strip()
    return bool(anchor) and (sentence == anchor or (bool(before) and sentence.startswith(before)))


def _anchored(query: Query, members: Sequence[Candidate]) -> float:
    """Share of the question's topic that the words above the list hold: its heading, the sentence that it hangs on, what its first part inherits."""
    wholes = {one.figure.whole for one in members}
    part = next((one for one in members if one.figure.id not in wholes), members[0])
    above = [words for value, words in part.tiers if value in ABOVE]
    total = sum(query.weight(term) for term in query.terms)
    return sum(query.weight(term) * max(query.held(term, words) for words in above) for term in query.terms) / total if total else 0.0


def _features(
    query: Query, one: Scored, members: Sequence[Candidate], held: float, best: float, top: float, nearest: float, first: bool
) -> list[float]:
    text = query.question.text
    of_places = asks_place(text)
    of_things = not of_places and bool(_THINGS.search(text))
    local = sum(candidate.local for candidate in members) >= LISTED
    return [
        held,
        best - held,
        (top - one.score) / 10,
        float(one.value("unit_equal") >= 0.6),
        one.value("unit_differs"),
        float(_mostly_of_kind(query, members)),
        float(of_places and local),
        float(of_places and not local),
        float(of_things and local),
        float(_other_measure(query, members)),
        one.value("fused"),
        (nearest - one.dense) * 10,
        float(first),
        min(len(members), MANY) / MANY,
        one.value("footnote"),
        float(query.question.form == forms.LIST),
    ]


def asks_place(text: str) -> bool:
    """Whether a question asks for a place (`xã nào`, `ở đâu`)."""
    return bool(_PLACES.search(text))


def _other_measure(query: Query, members: Sequence[Candidate]) -> bool:
    """Whether `dài nhất` is asked of figures that are no lengths, or `rộng nhất` of figures that are no areas."""
    dimension = members[0].figure.quantity.canonical.dimension
    return any(pattern.search(query.question.text) and dimension != wanted for pattern, wanted in _MEASURED_BY)


def _mostly_of_kind(query: Query, members: Sequence[Candidate]) -> bool:
    """Whether most members are things of the kind asked for (`trường nào … nhất`)."""
    asked = _KIND_ASKED.search(query.question.text)
    if asked is None:
        return False
    kind, telling = frozenset(search_words(asked.group(1))), _telling(query)
    return 2 * sum(kind <= one.near or bool(telling & one.near) for one in members) >= len(members)


def _is_of_another_kind(query: Query, members: Sequence[Candidate]) -> bool:
    """Whether things of a kind are asked for (`trường nào … nhất`) that few members are, and the words that lead to the list do not speak of."""
    telling = _telling(query)
    led_by = next(words for value, words in members[0].tiers if value == LED_BY)
    return bool(telling) and 2 * len(of_kind(query, members)) < len(members) and not telling & led_by.folded


def _telling(query: Query) -> frozenset[str]:
    """The words that tell a member of the kind of thing asked for; none where no such kind is asked for."""
    asked = _KIND_ASKED.search(query.question.text)
    return _MEMBERS.get(asked.group(1).lower(), frozenset()) if asked else frozenset()


def of_kind(query: Query, members: Sequence[Candidate]) -> list[Candidate]:
    """The members whose own words or those they inherit say that they are of the kind asked for; of several, those with names where most have."""
    telling = _telling(query)
    telling_so = [one for one in members if telling & one.near]
    named = [one for one in telling_so if _NAMED.search(one.figure.own.partition(one.figure.text)[0])]
    return named if 2 * len(named) > len(telling_so) else telling_so


def names_place(candidate: Candidate) -> bool:
    """Whether a member is of a place below the report's own, or bears a name that may be one (`ngã tư Phú Thứ 2,6 lần`)."""
    return candidate.local or bool(_NAME.search(candidate.figure.own.partition(candidate.figure.text)[0]))


def _coverage(query: Query, members: Sequence[Candidate]) -> float:
    """Share of the question's topic that the list covers as a whole, its members' own words counted once."""
    total = found = 0.0
    for term in query.terms:
        weight = query.weight(term)
        total += weight
        found += weight * max(value * query.held(term, words) for candidate in members for value, words in candidate.tiers[1:] + candidate.tiers[:1])
    return found / total if total else 0.0
