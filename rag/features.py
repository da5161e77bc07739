"""How well a figure answers one thing asked: features of the pair, all between -1 and 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corpus.figures import AMOUNT, CHANGE, PLAN, RATIO, SHARE
from corpus.places import find_places, is_town, own_name, place_names
from corpus.report import Report
from corpus.text import WORD, fold, search_words
from rag.asks import OPEN, Ask
from rag.candidates import ITSELF, Candidate
from rag.contrasts import Member, contrast, members_in, named_in
from rag.forms import FIGURE, YES_NO
from rag.patterns import Pattern
from rag.question import ASKING_WORDS, PLAN_WORDS, Question, only_asks
from rag.terms import SEEN, Rarity, Term, Words, is_stopword, match, pairs_of
from rag.units_alike import UNLIKE, same_unit, stands_for_people

if TYPE_CHECKING:
    from rag.ranker import Scored

NAMES = (
    "coverage", "near_coverage", "pair_coverage", "rarest_missing", "own_unasked", "subject_asked", "dense", "fused",
    "kind_equal", "kind_differs", "main_figure", "unit_equal", "unit_differs", "year_equal", "year_differs", "target_differs",
    "place_equal", "place_differs", "footnote", "total_equal", "total_differs", "versus_equal", "versus_differs",
    "part_unasked", "plan_unasked", "plan_equal", "opposite", "member_unasked",
)  # fmt: skip
"""The features in the order of their weights."""

_SOFT = 0.3
_OPPOSITES = tuple(
    (Pattern(rf"\b(?:{one})\b"), Pattern(rf"\b(?:{other})\b"))
    for one, other in (
        ("thu ngân sách|tổng thu|nguồn thu|thu(?:,| và| lẫn)(?: tổng)? chi", "chi ngân sách|tổng chi|chi đầu tư|chi thường xuyên|thu(?:,| và| lẫn)(?: tổng)? chi"),
        ("xuất khẩu", "nhập khẩu"),
        (r"thu\b(?! nhập| hồi| hút| gom| mua| hoạch)", "nợ"),
        ("nội trú", "ngoại trú"),
        ("khai sinh", "khai tử"),
        ("(?<!cận )(?<!chuẩn )(?<!giảm )nghèo", "cận nghèo"),
        ("đúng hạn", "quá hạn|trễ hạn|chậm hạn"),
        ("trong nước", "quốc tế|nước ngoài"),
    )
)
"""Two sides of one thing: a figure of the other side is another figure."""
_TOWN = re.compile(r"\b[Tt]hị trấn\b\s*(\w?)")
"""A town called by no name (`qua thị trấn dài 1,6 km`) or, with the letter that follows, by one."""
_COMMUNE = re.compile(r"(?i)(?:xã|phường|thị trấn)\b")
_OF_COMMUNES = Pattern(r"\b(?:ngân sách|cấp) (?:cấp )?(?:xã|phường)\b")
_COMMUNES_ASKED = Pattern(r"\b(?:xã|phường|thị trấn|cơ sở|các cấp|cấp nào)\b")
"""A figure of the communes' own budgets or level is not the district's."""
_OF_OTHERS, _OTHERS_ASKED = Pattern(r"^(?:thu|chi|khoản|các khoản|nguồn thu|khoản thu|khoản chi) khác\b"), Pattern(r"\bkhác\b")
"""A figure of what is left in a list of revenues or expenses is none of the whole."""
_RATE_ASKED = Pattern(r"\b(?:vạn|bình quân|trung bình|tỷ lệ|mật độ|10\.000|trên mỗi)\b")
"""So many for each ten thousand people are asked for, and no number of them."""
_PRICE_ASKED, PRICED = Pattern(r"\b(?:giá(?! trị)|đơn giá|tiền công|tiền thuê)\b"), 0.8
"""A price is asked for, for whatever it is the price; how alike money and a price for each of something are then."""
_PLANNED = frozenset(search_words("hoạch toán chỉ tiêu"))
_OF_SOCIETY = (["hoi"], ["vien"])
"""Words behind `xã` with which it is no commune (`xã hội`, `xã viên`)."""
TOTAL_WORDS = frozenset(("tong", "toan"))
"""Words of a figure that is a total, and no part of one."""


@dataclass(frozen=True)
class Query:
    """One thing asked of a report: the question's terms, where and when it asks, and which kind of figure.

    `part` is the part of the question that asks for it, where the question asks for several things, `part_years` the years
    that this part names; `aims` whether it asks for what is aimed at, beside another part that asks
    for what is reached (None where nothing tells); `memo` keeps what is worked out once for this query; `place_names` are all places of the report, `above_communes` says that it is of a place that has communes.
    """

    question: Question
    ask: Ask | None
    terms: tuple[Term, ...]
    pairs: tuple[tuple[str, str], ...]
    places: frozenset[str]
    years: tuple[int, ...]
    rarity: Rarity
    report_year: int = 0
    part: str = ""
    part_years: tuple[int, ...] = ()
    aims: bool | None = None
    place_names: tuple[str, ...] = ()
    above_communes: bool = False
    memo: dict[tuple[str, int], Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    _held: dict[tuple[str, str, int], tuple[float, Words]] = field(default_factory=dict, compare=False, repr=False)

    def held(self, term: Term, words: Words) -> float:
        """How well `words` hold a term of this question (`rag.terms.match`), looked up once for words that many figures share."""
        key = (term.folded, term.marked, id(words))
        known = self._held.get(key)
        if known is None:
            known = self._held[key] = match(term, words), words  # kept, so that no other words can take its id
        return known[0]

    def held_in(self, term: Term, candidate: Candidate, least: float) -> float:
        """How well a term stands in the tiers of a figure (see `rag.candidates`) that are worth `least` and more."""
        return max(self.held(term, words) for value, words in candidate.tiers if value >= least)

    @cached_property
    def named(self) -> list[frozenset[Member]]:
        """The names in it of things that are counted side by side; of a sort that a follow-up brings anew, only what is new."""
        named = named_in(self.asked, self.place_names)
        if self.question.context is None:
            return named
        before = members_in(self.question.context.text, self.place_names)
        new = {sort for name in named if not name & before for sort, _ in name}
        return [name for name in named if not name & before or not any(sort in new for sort, _ in name)]

    @property
    def asked(self) -> str:
        """The words that ask for this one thing: the part of the question on it, or the whole question."""
        return self.part or self.question.text

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """What each of its terms weighs (see `weight`)."""
        return tuple(self.weight(term) for term in self.terms)

    @cached_property
    def weighed_pairs(self) -> tuple[tuple[tuple[str, str], float], ...]:
        """Its word pairs with their rarity."""
        return tuple((pair, self.rarity.pair(pair)) for pair in self.pairs)

    def weight(self, term: Term) -> float:
        """What the term weighs: its rarity, little where it only tells the kind of figure."""
        asks_level = self.ask is not None and self.ask.kind not in (PLAN, CHANGE)
        soft = only_asks(term.spelled) and not (asks_level and set(term.parts) <= PLAN_WORDS)
        return term.weight * (_SOFT if soft else 1.0)


def make_query(question: Question, ask: Ask | None, terms: tuple[Term, ...], report: Report, rarity: Rarity) -> Query:
    """The query for one thing asked of one report."""
    places = frozenset(place for place in asked_places(question.text, report))
    years = (report.year - 1,) if question.of_last_year else question.years
    return Query(question, ask, terms, tuple(pairs_of(terms)), places, years, rarity, report.year, place_names=place_names(report), above_communes=not _COMMUNE.match(report.place))


def asked_places(text: str, report: Report) -> list[str]:
    """The report's places that the question names, typed with or without marks; the report's own place is none."""
    found = find_places(text, report)
    low, folded = text.lower(), fold(text)
    if len(low) == len(folded):
        for name in sorted(report.places or place_names(report), key=len, reverse=True):
            at = _unmarked(fold(name), low, folded, text)
            if at >= 0 and name not in found and not (text[at : at + len(name)] != name and text[at : at + len(name)] in report.raw):
                found.append(name)
                folded = folded[:at] + " " * len(name) + folded[at + len(name) :]
    return found


def own_name_words(text: str, report: Report) -> set[int]:
    """The numbers of the words of `text` that name the report's own place (`huyện Thanh Miện`, `toàn thị xã`): they tell no topic."""
    words, kind, bare = search_words(text), search_words(_kind_of(report.place)), search_words(own_name(report))
    capital = [token[:1].isupper() for token in WORD.findall(text)] + [False]
    found: set[int] = set()
    for at in range(len(words)):
        of_commune = words[at - 1 : at] in (["xa"], ["tran"], ["phuong"]) and words[max(0, at - len(kind)) : at] != kind
        if len(bare) > 1 and words[at : at + len(bare)] == bare and not of_commune:
            found |= set(range(at, at + len(bare)))
        if len(kind) > 1 and words[at : at + len(kind)] == kind:
            found |= set(range(at, at + len(kind)))
        elif words[at : at + 1] == kind and not any(capital[at + 1 : at + 2]) and words[at + 1 : at + 2] not in _OF_SOCIETY:
            found.add(at)  # `xã mình` in the report of a commune
    return found


def _kind_of(place: str) -> str:
    """The kind of unit that a place is (`thị xã` of `thị xã Kinh Môn`)."""
    return " ".join(word for word in place.split() if word[:1].islower())


def _unmarked(name: str, low: str, folded: str, typed: str) -> int:
    """Where the folded `name` stands in a text as whole words typed without marks, or as a name with marks that slipped; -1 where it does not."""
    at = folded.find(name)
    while at >= 0:
        end = at + len(name)
        whole = not (at and folded[at - 1].isalnum()) and not (end < len(folded) and folded[end].isalnum())
        if whole and (low[at:end] == name or all(word[:1].isupper() for word in typed[at:end].split())):
            return at
        at = folded.find(name, at + 1)
    return -1


def features(query: Query, candidate: Candidate, dense: float, fused: float) -> list[float]:
    """The features named in `NAMES` for one figure. `dense` is the cosine of its statement, `fused` its passage's score in 0..1."""
    figure = candidate.figure
    coverage, near, rarest = coverages(query, candidate)
    ask_kind = query.ask.kind if query.ask else ""
    equal, differs = _kind_match(ask_kind, candidate)
    unit_equal, unit_differs = _unit_match(query, candidate)
    year_equal, year_differs, target_differs = _year_match(query, candidate)
    place_equal = bool(query.places) and figure.place in query.places
    place_differs = (bool(query.places) and not place_equal) or (not query.places and candidate.local)
    total_asked = any(set(term.parts) & TOTAL_WORDS for term in query.terms)
    total_own = bool(TOTAL_WORDS & candidate.subject.folded)
    own_unasked = _unasked(query, candidate, own=True)
    return [
        coverage,
        near,
        _pair_coverage(query, candidate),
        rarest,
        own_unasked,
        1.0 - _unasked(query, candidate, own=False),
        dense,
        fused,
        equal,
        differs,
        float(figure.base is None),
        unit_equal,
        unit_differs,
        year_equal,
        year_differs,
        target_differs,
        float(place_equal),
        float(place_differs),
        float(figure.footnote is not None),
        float(total_asked and total_own),
        float(total_asked != total_own),
        *_versus_match(query, candidate),
        own_unasked if figure.whole is not None else 0.0,
        float(_is_plan_level(candidate) and not _asks_plan(query)),
        float(_is_plan_level(candidate) and _asks_plan(query)),
        float(_is_of_another(query, candidate)),
        _share_unasked(query, candidate.apart),
    ]


def _is_of_another(query: Query, candidate: Candidate) -> bool:
    """Whether a figure is of the other side of what is asked, or of another thing of its sort."""
    together = not query.part and query.question.context is None and query.question.form in (FIGURE, YES_NO)
    if contrast(query.named, candidate.near_members, candidate.around_members, together=together):
        return True
    words = f"{candidate.figure.inherited} {candidate.figure.own}"
    if query.above_communes and _OF_COMMUNES.search(words) and not _COMMUNES_ASKED.search(query.question.text):
        return True
    if _OF_OTHERS.search(candidate.figure.own) and not _OTHERS_ASKED.search(query.question.text):
        return True
    return is_opposite(query.asked, words)


def is_opposite(question: str, figure: str) -> bool:
    """Whether the question names one side of a pair (`thu`) and the figure's words only the other (`chi ngân sách`)."""
    for sides in _OPPOSITES:
        for asked, other in (sides, sides[::-1]):
            if asked.search(question) and not other.search(question) and other.search(figure) and not asked.search(figure):
                return True
    return False


def _is_plan_level(candidate: Candidate) -> bool:
    """Whether a level is that of a plan for the report's own year (`kế hoạch năm là 52,592 km`)."""
    figure = candidate.figure
    return figure.kind == AMOUNT and figure.period.status == "result" and bool(_PLANNED & candidate.subject.folded)


def _asks_plan(query: Query) -> bool:
    return query.question.plan_year or any(_PLANNED & set(term.parts) for term in query.terms)


def coverages(query: Query, candidate: Candidate) -> tuple[float, float, float]:
    """Shares of the question's topic words found with the figure at all, and near it; weight of the rarest one missing."""
    total = found = near = missing = 0.0
    for term, weight in zip(query.terms, query.weights, strict=True):
        best, close = 0.0, 0.0
        for n, (value, words) in enumerate(candidate.tiers):
            if value <= best:
                break
            hit = query.held(term, words)
            best = max(best, value * hit)
            if n < ITSELF:
                close = max(close, value * hit)
        total += weight
        found += weight * best
        near += weight * close
        if best < SEEN:
            missing = max(missing, weight)
    return (found / total, near / total, missing) if total else (0.0, 0.0, 0.0)


def _pair_coverage(query: Query, candidate: Candidate) -> float:
    total = found = 0.0
    for pair, weight in query.weighed_pairs:
        total += weight
        found += weight * max((value for value, words in candidate.tiers if pair in words.pairs), default=0.0)
    return found / total if total else 0.0


def _unasked(query: Query, candidate: Candidate, *, own: bool) -> float:
    """Share of the topic words of the figure's own group (or of its subject) that the question does not name."""
    words = candidate.own if own else candidate.subject
    return _share_unasked(query, words.folded)


def _share_unasked(query: Query, words: Iterable[str]) -> float:
    """Share of the topic words among folded `words` that the question does not name; little for those it names in other words."""
    asked = {part for term in query.terms for part in term.parts}
    synonyms = {word for term in query.terms for phrase in term.synonyms for word in phrase}
    total = unasked = 0.0
    for word in words:
        if word.isdigit() or word[:1].isdigit() or word in ASKING_WORDS or is_stopword(word):
            continue
        weight = query.rarity.word(word)
        total += weight
        if word not in asked:
            unasked += weight * (0.4 if word in synonyms else 1.0)
    return unasked / total if total else 0.0


def _kind_match(asked: str, candidate: Candidate) -> tuple[float, float]:
    figure = candidate.figure
    if not asked:
        return 0.0, 0.0
    if asked == OPEN:
        return (0.0, 0.6) if figure.kind in (CHANGE, PLAN) else (0.4, 0.0)
    if asked == figure.kind:
        return 1.0, 0.0
    if {asked, figure.kind} == {AMOUNT, RATIO}:
        return 0.8, 0.0
    if {asked, figure.kind} == {SHARE, PLAN}:
        return 0.4, 0.3
    if asked == SHARE and figure.quantity.is_percent:
        return 0.5, 0.2
    if asked == CHANGE and figure.kind == SHARE and figure.direction:
        return 0.5, 0.0
    return 0.0, 1.0


def _unit_match(query: Query, candidate: Candidate) -> tuple[float, float]:
    if query.ask is None:
        return 0.0, 0.0
    asked, unit = query.ask.unit, candidate.figure.quantity.canonical
    if stands_for_people(asked, unit) and search_words(unit.name)[0] not in search_words(query.question.text):
        return 0.0, UNLIKE
    if asked.dimension == "count" and unit.dimension.endswith("/10000") and not _RATE_ASKED.search(query.question.text):
        return 0.0, UNLIKE
    if asked.name == "đồng" and unit.dimension.startswith("money/") and _PRICE_ASKED.search(query.question.text):
        return PRICED, 0.0
    return same_unit(asked, unit)


def _year_match(query: Query, candidate: Candidate) -> tuple[float, float, float]:
    figure = candidate.figure
    asks_change = query.ask is not None and query.ask.kind == CHANGE
    years = [year for year in query.years if not (asks_change and figure.kind == CHANGE and year < query.report_year and str(year) in figure.versus)]
    target = figure.period.status != "result"
    if query.aims is not None and query.aims is not (target or _is_plan_level(candidate)):
        return 0.0, 1.0, float(target)
    if not years:
        return 0.0, 0.0, float(target and not query.question.plan_year)
    if figure.period.year in years:
        return 1.0, 0.0, float(target and figure.period.year == query.report_year and not query.question.plan_year)
    return 0.0, 1.0, float(target)


def _versus_match(query: Query, candidate: Candidate) -> tuple[float, float]:
    """Whether a change is against the year that the question names (`so với năm 2022`)."""
    years, figure = query.question.versus_years, candidate.figure
    if query.question.last_year:
        years = (*years, query.report_year - 1)
    if not years:
        return 0.0, 0.0
    if any(str(year) in figure.versus for year in years):
        return 1.0, 0.0
    return 0.0, float(figure.kind == CHANGE and any(c.isdigit() for c in figure.versus))


def fits(query: Query, one: Scored) -> bool:
    """Whether nothing speaks against a figure: its kind, unit, year and place are those asked for."""
    if one.value("opposite") or one.value("kind_differs") >= 0.9 or one.value("unit_differs") >= UNLIKE or one.value("year_differs"):
        return False
    if not query.places:
        return not one.candidate.of_listed_place or query.question.context is not None or query.question.form not in (FIGURE, YES_NO)
    return bool(one.value("place_equal")) or names_all(query, one)


def names_all(query: Query, best: Scored) -> bool:
    """Whether the figure's own words or those it inherits name every place asked for (a figure of several places)."""
    said = f"{best.candidate.figure.own} {best.candidate.figure.inherited}"
    towns = any(not match.group(1).isupper() for match in _TOWN.finditer(said))
    return all(fold(place) in fold(said) or (towns and is_town(place)) for place in query.places)


def summed(weights: Sequence[float], values: Sequence[float]) -> float:
    """The weighted sum of the features."""
    return sum(w * v for w, v in zip(weights, values, strict=True))
