"""What speaks against a figure that ranks best: another place, year, unit or kind; another name, road or grade; a mean, a plan, what was paid out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.abbreviations import search_copy
from corpus.figures import AMOUNT, CHANGE, PLAN, SHARE, Figure
from corpus.numbers import Quantity
from corpus.periods import RESULT
from corpus.report import Report
from corpus.text import search_words
from rag import refusal
from rag.contrasts import lacks, named_in, tells_others
from rag.features import Query, names_all
from rag.figure_answer import same_sentence
from rag.forms import FIGURE
from rag.lexicon import always_named
from rag.patterns import Pattern
from rag.ranker import Scored
from rag.roads import roads_in
from rag.terms import SEEN, Term, Words, match
from rag.units_alike import UNLIKE

NAMING = 0.45
"""What a word weighs at least that bears a name."""
IN_SENTENCE = 0.5
"""What tiers are worth that stand in the sentence of a figure or right above it."""
ABOVE_LIST, LEAST_TOPIC, MUCH_ASKED = 0.6, 0.3, 1.0
"""What the tiers are worth that say what a footnote's list is of; what they must hold of what is asked but the places; and what that must weigh."""
PLAN_SAID = Pattern(r"\b(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|giao)\b")
_PLAN_GIVEN = Pattern(r"\bgiao (?:kế hoạch|chỉ tiêu|dự toán)(?: [^\s,?]+){0,3} (?:bao nhiêu|mấy)\b(?! (?:%|phần trăm))")
GRADE = Pattern(r"\b(?:mức(?: độ)?|cấp độ|hạng|loại|giai đoạn|bậc) (?:[1-4]|i{1,3}|iv)\b")
"""A grade or a stage by its number."""
_ABOVE = re.compile(r"\b(?:tinh|thanh pho|tp|huyen|thi xa|quan)$")
"""Words, folded, before the name of a place that stands above a commune."""
_CLAUSE_END = re.compile(r"[,;]\s")
_DISBURSED = Pattern(r"\bgiải ngân(?: được)? (?:bao nhiêu|mấy)\b")
_SPENT = Pattern(r"\b(?:giải ngân|thanh toán|đã chi|thực hiện|đã tiêu|cho vay|doanh số|rút vốn)\b")
_SPENT_ABOVE = Pattern(r"\b(?:giải ngân|cho vay)\b")
"""It is asked what was disbursed; the words of a figure, and those of a heading, that speak of that."""
_MEAN_ASKED = Pattern(
    r"\b(?:bình quân|trung bình(?! (?:khá|yếu|trở))|mỗi (?:hộ|nhà|gia đình|người|đầu người|lao động|công nhân|em|cháu|lớp|trường|con|ha|sào|tháng|ngày|vụ))\b"
    r"[^?]*\b(?:bao nhiêu|mấy)\b"
)
_MEAN_SAID = Pattern(r"\b(?:bình quân|bq|trung bình|tb|mỗi|từng|đầu người)\b|\b(?:một|0?1) (?=[^\d\s])")
"""A mean is asked for (`trung bình mỗi nhà nuôi mấy con`), and words say that a figure is one."""
_PROFIT = Pattern(r"\b(?:lợi nhuận|lãi(?! suất)|(?<!trả )(?<!vâng )lời(?! (?:khai|hứa|chúc|khuyên)))\b")
"""Speaks of what is left when all is paid: no price and no turnover is it."""
_APART = Pattern(r"(?<!sầu )(?<!của )(?<!nhà )\b(?:riêng|tính riêng|chỉ tính)(?: (?:của|ở|về|cho|trong|tại|số|phần|khoản))? ((?:[^\s,?]+ ){0,1}[^\s,?]+)")
"""What is asked for by itself, apart from the rest."""
_SHARE_SAID = Pattern(r"\bchiếm (?:khoảng |chừng |được )?(?:bao nhiêu|mấy|tỷ lệ|tỷ trọng|%)")
"""A share is asked for in so many words: no change and no share of a plan is one."""
_EXCEPT = Pattern(r"\b(?:không phải(?: là)?|không thuộc(?: diện)?|trừ|không kể|không tính) (?:người |hộ |các |những |số )*((?:[^\s,?]+ ){1,3}[^\s,?]+)")
"""What is left out of what is asked (`hộ nghèo không phải người dân tộc thiểu số`)."""


def _is_of_the_rest(query: Query, best: Scored) -> bool:
    """Whether something is asked for by itself (`riêng vụ mùa`) and a figure's sentence and heading do not speak of it."""
    said = _APART.search(query.question.text)
    apart = frozenset(search_words(said.group(1))) if said else frozenset()
    return any(apart & set(term.parts) and not query.held_in(term, best.candidate, IN_SENTENCE) for term in query.terms)


def _is_no_plan(query: Query, best: Scored) -> bool:
    """Whether it is asked how much of something was planned for a place or body (`được giao kế hoạch bao nhiêu km`), and a figure is a result."""
    figure = best.candidate.figure
    planned = figure.period.status != RESULT or bool(PLAN_SAID.search(best.candidate.said))
    return bool(_PLAN_GIVEN.search(query.question.text)) and not planned


def _lacks_name(query: Query, best: Scored) -> bool:
    """Whether the question names a grade (`đạt chuẩn mức độ 2`), a road or a thing of a sort of which nothing in the sentence or above it speaks."""
    candidate, figure = best.candidate, best.candidate.figure
    said = f"{candidate.passage.heading} {candidate.passage.anchor} {figure.inherited} {figure.subject} "
    before, sentence = candidate.passage.text[figure.sentence[0] : figure.end], candidate.passage.text[slice(*figure.sentence)]
    graded = bool(GRADE.search(query.question.text)) and not GRADE.search(f"{said} {figure.own} {before}")
    roads = roads_in(query.asked)
    if roads and not roads <= best.candidate.roads and not roads <= roads_in(f"{said} {before.rpartition(';')[2]}"):
        return True
    return graded or lacks(query.named, search_copy(f"{said} {sentence}"), candidate.places)


def is_no_mean(query: Query, best: Scored) -> bool:
    """Whether a mean is asked for, and neither a figure's unit nor what is said of it tells of one."""
    is_mean = "/" in best.candidate.figure.unit or bool(_MEAN_SAID.search(best.candidate.said))
    return not is_mean and bool(_MEAN_ASKED.search(query.question.text))


def _is_no_profit(query: Query, best: Scored) -> bool:
    """Whether a profit is asked for, and nothing that is said of a figure in its sentence up to it speaks of one."""
    figure = best.candidate.figure
    said = f"{figure.inherited} {figure.own} {best.candidate.passage.text[figure.sentence[0] : figure.end]}"
    return bool(_PROFIT.search(query.question.text)) and not _PROFIT.search(said)


def _is_excepted(query: Query, best: Scored) -> bool:
    """Whether a figure's own words say just what the question leaves out."""
    said = _EXCEPT.search(query.question.raw)
    words = search_words(said.group(1)) if said else []
    return len(words) > 1 and all(pair in best.candidate.own.pairs for pair in pairwise(words[:3]))


def _is_of_more(query: Query, best: Scored) -> bool:
    """Whether one of a sort is asked for (`trường tiểu học`), and a figure says itself that it is of others as well (`trường mầm non, tiểu học`)."""
    said = named_in(search_copy(best.candidate.figure.own), best.candidate.places)
    return any(tells_others(query.named, said, {sort}) for sort in {sort for name in query.named if name <= always_named() for sort, _ in name})


def _is_of_other_list(query: Query, best: Scored) -> bool:
    """Whether a figure is of one place in a footnote's list (`Việt Hồng 1.910 ha`), and what the list is of is not what is asked."""
    terms = [term for term in but_places(query) if term.weight >= NAMING]
    asked = sum(term.weight for term in terms)
    if best.candidate.passage.footnote is None or not best.candidate.of_listed_place or asked < MUCH_ASKED:
        return False
    return sum(term.weight for term in terms if query.held_in(term, best.candidate, ABOVE_LIST) >= SEEN) < LEAST_TOPIC * asked


def _is_of_other_number(query: Query, best: Scored, ranked: Sequence[Scored]) -> bool:
    """Whether the question names a figure (`108 vụ … thì phạt bao nhiêu?`) that the report gives in another sentence of the passage, or in another passage."""
    said = [number for number in query.question.numbers if len(number.number) > 1 and number.canonical.dimension != "none"]
    if len(said) != 1 or query.question.form != FIGURE:
        return False
    saying = [one.candidate.figure for one in ranked[:60] if _is_number(one.candidate.figure, said[0])]
    near = f"{best.candidate.passage.anchor} {best.candidate.passage.text[slice(*best.candidate.figure.sentence)]}"
    return bool(saying) and said[0].number not in near


def _is_number(figure: Figure, said: Quantity) -> bool:
    return figure.quantity.value == said.value and figure.quantity.canonical == said.canonical


def _is_of_all(query: Query, best: Scored, ranked: Sequence[Scored]) -> bool:
    """Whether one of a sort is asked for (`lúa Thu Đông`), and the sentence tells several of the sort apart, but this figure of none of them."""
    parts = [one for one in ranked[:60] if same_sentence(one.candidate.figure, best.candidate.figure) and one.candidate.figure.whole is not None]
    told = [one.candidate.near_members for one in parts]
    asked = [(name, {sort for sort, _ in name}) for name in query.named]
    own = {sort for sort, _ in best.candidate.near_members}
    return any(tells_others([name], told, sorts) for name, sorts in asked if not own & sorts)


def _lacks_proper_name(query: Query, best: Scored) -> bool:
    """Whether the question names something (`thủy điện Hồi Xuân`) that only what is told behind a figure names, or the sentences beside it."""
    new = query.question.focus  # in a follow-up what it says itself, and not what was asked before
    names = [term for term in names_of(query) if not _names_place(query, term) and (not new or new & set(term.parts))]
    if not names:
        return False
    candidate, figure = best.candidate, best.candidate.figure
    text = candidate.passage.text
    said = f"{candidate.passage.heading} {candidate.passage.anchor} {candidate.said} {text[figure.sentence[0] : figure.end]}"
    near = Words(search_copy(f"{said} {_CLAUSE_END.split(text[figure.end : figure.sentence[1]])[0]}"))
    return any(match(term, near) < SEEN for term in names)


def names_of(query: Query) -> list[Term]:
    """The terms that are names (`Bà Triệu`), of the part of the question that is asked where it asks for several things."""
    part = set(search_words(query.part))
    return [term for term in query.terms if term.name and (not part or set(term.parts) <= part)]


def _names_place(query: Query, term: Term) -> bool:
    """Whether a term is (of) the name of a place of the report, or of what stands above it (`tỉnh Quảng Ninh`)."""
    above = _ABOVE.search(" ".join(search_words(query.question.text)[: term.at]))
    return bool(above) or any(set(term.parts) <= set(search_words(place)) for place in (query.place_names if query.places else ()))


def _is_not_disbursed(query: Query, best: Scored) -> bool:
    """Whether it is asked what was disbursed, and nothing that is said of a figure speaks of that."""
    candidate, figure = best.candidate, best.candidate.figure
    clause = candidate.passage.text[figure.sentence[0] : figure.end].rpartition(";")[2]
    told = _SPENT.search(f"{candidate.said} {clause}") or _SPENT_ABOVE.search(candidate.passage.leaf)
    return bool(_DISBURSED.search(query.asked)) and figure.kind == AMOUNT and not told


def but_places(query: Query) -> list[Term]:
    """The terms of a question but the places that it names."""
    places = {word for place in query.places for word in search_words(place)}
    return [term for term in query.terms if not set(term.parts) <= places]


_AGAINST = (
    _is_of_the_rest, _lacks_proper_name, _is_not_disbursed, _is_excepted, _lacks_name, _is_no_plan, is_no_mean, _is_no_profit, _is_of_other_list, _is_of_more,
)  # fmt: skip
"""What speaks against a figure, whatever its kind, unit, place and year."""


def mismatch(query: Query, best: Scored, ranked: Sequence[Scored], report: Report) -> str:
    """Why the best figure is not what was asked (another place, year, unit or kind); empty where nothing speaks against it."""
    figure = best.candidate.figure
    if query.places and figure.place not in query.places and not names_all(query, best):
        return refusal.OTHER_PLACE.format(place=", ".join(sorted(query.places)))
    if query.years and best.value("year_differs"):
        wanted = next((y for y in query.years if y != figure.period.year), query.years[0])
        return refusal.OTHER_YEAR.format(year=wanted)
    if best.value("versus_differs") and query.question.versus_years:
        return refusal.OTHER_YEAR.format(year=query.question.versus_years[0])
    against = any(speaks_against(query, best) for speaks_against in _AGAINST)
    if best.value("opposite") or against or _is_of_all(query, best, ranked) or _is_of_other_number(query, best, ranked):
        return refusal.NOTHING
    ask = query.ask
    if ask is None:
        return ""
    if best.value("unit_differs") >= UNLIKE:
        return refusal.OTHER_KIND.format(what=refusal.MEASURE_NAMES.get(ask.unit.dimension, f"số {ask.unit.name}"))
    if figure.kind in (CHANGE, PLAN) and _SHARE_SAID.search(query.question.text):
        return refusal.OTHER_KIND.format(what=refusal.KIND_NAMES[SHARE])
    if best.value("kind_differs") >= 0.9 and not (ask.kind == SHARE and figure.kind == CHANGE and figure.quantity.is_percent):
        return refusal.OTHER_KIND.format(what=refusal.KIND_NAMES.get(ask.kind, "số liệu"))
    return ""
