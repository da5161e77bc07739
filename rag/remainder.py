"""What is still to be done: the whole beside the part that has been done of it (`nhận 386 đơn, đã giải quyết 358 đơn`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.figures import AMOUNT, Figure
from corpus.text import search_words
from rag.against import IN_SENTENCE
from rag.candidates import Candidate
from rag.features import Query, fits
from rag.ground import Ground
from rag.operands import SAME_PEOPLE
from rag.patterns import Pattern
from rag.question import Question
from rag.ranker import Scored
from rag.terms import SEEN
from rag.units_alike import same_unit

_NOT_YET = Pattern(r"\b(?:chưa(?!\s*(?:em|anh|chị|bạn|ạ|nhỉ|vậy|thế|ta|hả)?\s*[?.!]*\s*$)|còn lại|còn thiếu|còn nợ|còn phải trả|không (?:có )?ai)\b")
_STILL = Pattern(r"\bvẫn còn(?: khoảng| trên| gần| tới)?\s*$")
"""What leads to a number that is left (`diện tích bỏ không cấy vẫn còn 87 ha`)."""
_NOT_DONE = Pattern(
    r"\b(?:chưa(?! (?:đầy|tới|đến|quá|tròn|em|anh|chị|bạn|ạ|nhỉ|vậy|thế|ta|hả)\b)(?: (?:có )?(?:ai|người nào|hộ nào|đơn vị nào))?|không (?:có )?ai) "
    r"(?:được |hề |chịu )?((?:[^\s?.,]+ ){0,1}[^\s?.,]+)"
)
"""What has not been done yet: one or two words."""
_DONE = Pattern(r"\b(?:đã|mới)\b")
"""Says that what follows is done."""
_WANTING = Pattern(r"\b(?:chưa|còn|nợ|tồn|thiếu|không|vướng|chậm)\b")
"""Speaks of what is not as it should be."""
_DOING = Pattern(
    r"\b(?:xong|dứt điểm|giải quyết|xử lý|bàn giao|giải ngân|chi trả|đã nộp|nộp ngân sách|thu hồi được|làm rõ|khám phá|di dời|tháo dỡ|trúng đấu giá|"
    r"trúng|bố trí|lắp đặt|khắc phục|hoàn thành|giải tỏa|cấp giấy|được cấp|số hóa|kinh doanh|cho (?:sản phẩm|thu hoạch|trái))\b"
)
"""Verbs for what is done to all of a number, bit by bit."""
_LOOKED_AT, _COVERED = 12, 0.7
"""Figures of the ranking that are looked at; the share of a question that the whole and the part done must cover together."""
_AS_GOOD = 0.05
"""By how much less two figures may cover that are about as good."""
_ROUNDING = Decimal("0.01")
"""Share of a total by which its parts may miss it."""
_UNDER_WAY = Pattern(r"\b(?:đang|sẽ|dự kiến)\b")


def asks_rest(question: Question) -> bool:
    """Whether it is asked how many have not been done (`còn mấy hộ chưa nhận tiền`)."""
    return len(question.asks) == 1 and bool(_NOT_YET.search(question.text))


def not_done(question: Question) -> list[str]:
    """The folded words for what is asked as not yet done; none where nothing is."""
    verb = _NOT_DONE.search(question.text)
    return search_words(verb.group(1)) if verb else []


def says_not_yet(candidate: Candidate) -> bool:
    """Whether the words of a figure say that it is what is still to be done."""
    figure = candidate.figure
    before, number, after = figure.own.partition(figure.text)
    return bool(_NOT_YET.search(f"{figure.inherited} {before}{number}{after.partition(',')[0]}") or _STILL.search(before))


def tells_done(question: Question, chosen: Sequence[Candidate]) -> bool:
    """Whether it is asked what has not been done, and nothing that leads to the figure chosen speaks of that."""
    if not not_done(question) or not chosen or says_not_yet(chosen[0]):
        return False
    figure = chosen[0].figure
    told = _tells(chosen[0], not_done(question)) or _says_done(chosen[0])
    return told or not _WANTING.search(f"{chosen[0].passage.anchor} {chosen[0].passage.text[slice(*figure.sentence)]}")


def whole_and_done(question: Question, chosen: Candidate, mates: Sequence[Candidate]) -> list[Candidate]:
    """Of one sentence, the level of all and the level of what has been done of it, one of them `chosen`; empty where they cannot be told."""
    doing = not_done(question)
    alike = _alike(chosen, mates)
    if any(says_not_yet(mate) for mate in alike):
        return []
    done = [mate for mate in alike if doing and _tells(mate, doing)] or [mate for mate in alike if doing and _says_done(mate)]
    pair = _with_whole(done[0], alike) if len(done) == 1 else []
    return pair if chosen in pair else []


def told_pair(ground: Ground, query: Query, ranked: Sequence[Scored]) -> list[Candidate]:
    """Among the figures ranked, the whole and the part done that cover the question together best; empty where none covers it well."""
    doing = set(not_done(query.question))
    pairs = []
    for one in ranked[:_LOOKED_AT]:
        alike = _alike(one.candidate, ground.mates(one.candidate)) if one.candidate.figure.kind == AMOUNT and fits(query, one) else []
        if any(says_not_yet(mate) for mate in alike):
            continue
        for done in (mate for mate in alike if _is_done(query, mate, doing)):
            pair = _with_whole(done, alike)
            if pair and one.candidate in pair and not _is_done(query, pair[0], doing):
                pairs.append((_covered(query, pair, doing), pair))
    best = [pair for held, pair in pairs if held >= max(_COVERED, max(held for held, _ in pairs) - _AS_GOOD)]
    wholes = {whole.figure.quantity.base_value for whole, _ in best}
    if len(wholes) > 1 and abs(sum(wholes) - 2 * max(wholes)) > max(wholes) * _ROUNDING:
        return []
    return max(best, key=lambda pair: pair[0].figure.quantity.base_value, default=[])


def _covered(query: Query, pair: Sequence[Candidate], doing: set[str]) -> float:
    """The share of the question, but for what has not been done, that two figures hold with their sentence and what stands above it."""
    terms = [term for term in query.terms if not set(term.parts) <= doing]
    held = (max(query.held_in(term, one, IN_SENTENCE) for one in pair) for term in terms)
    total = sum(map(query.weight, terms))
    return sum(query.weight(term) * one for term, one in zip(terms, held, strict=True)) / total if total else 0.0


def _is_done(query: Query, candidate: Candidate, doing: set[str]) -> bool:
    """Whether a figure says what has been done: by the question's own verb or another word for it, or by one that says so of any number."""
    terms = [term for term in query.terms if set(term.parts) & doing]
    told = bool(terms) and all(query.held(term, candidate.own) >= SEEN for term in terms)
    figure = candidate.figure
    lead = figure.own.partition(figure.text)[0]
    return not _UNDER_WAY.search(lead) and (told or _says_done(candidate) or bool(_DOING.search(lead)))


def _alike(chosen: Candidate, mates: Sequence[Candidate]) -> list[Candidate]:
    sentence = chosen.figure.sentence
    return [m for m in mates if m.figure.sentence == sentence and m.figure.kind == AMOUNT and m.figure.base is None and _same_unit(m.figure, chosen.figure)]


def _with_whole(done: Candidate, alike: Sequence[Candidate]) -> list[Candidate]:
    """`[whole, done]`: the last greater level before it, else the only greater one; empty where there is none."""
    greater = [mate for mate in alike if mate.figure.quantity.base_value > done.figure.quantity.base_value]
    before = [mate for mate in greater if mate.figure.start < done.figure.start]
    whole = before[-1] if before else greater[0] if len(greater) == 1 else None
    return [whole, done] if whole is not None else []


def _tells(candidate: Candidate, doing: Sequence[str]) -> bool:
    return all(word in candidate.own.folded for word in doing)


def _says_done(candidate: Candidate) -> bool:
    """Whether the words that lead to a figure say that it is done (`nhưng mới có 187 ki-ốt ký hợp đồng`)."""
    figure = candidate.figure
    lead = candidate.passage.text[figure.sentence[0] : figure.start]
    return bool(_DONE.search(re.split(r"[;,(]|\d", lead)[-1]))


def _same_unit(one: Figure, other: Figure) -> bool:
    a, b = one.quantity.canonical, other.quantity.canonical
    if a.dimension == b.dimension == "count":
        return same_unit(a, b)[0] >= SAME_PEOPLE
    return a.dimension == b.dimension
