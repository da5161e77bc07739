"""Follow-up questions: `Còn xã …?`, `Thế năm 2022?`, `so với kế hoạch?` take their topic from the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.places import bare_name, is_town
from corpus.report import Report
from corpus.text import WORD, fold, has_diacritics, search_words
from rag import contrasts
from rag.asks import MEASURE_WORDS
from rag.features import asked_places
from rag.patterns import Pattern
from rag.terms import is_stopword

_OPENING = Pattern(r"^\s*(?:dạ\s+)?(?:(?:còn|thế còn|vậy còn|thế|vậy|rứa|riêng|trong đó|rồi|và|ừ|ok|à|thế thì|vậy thì|cụ thể|chi tiết|nếu)\b[\s,]*){1,2}")
"""What opens a follow-up, once or twice (`Thế riêng xã A?`)."""
_BEGINS_ANEW = Pattern(r"^\s*(?:(?:à|ừ|dạ|rồi|thế|vậy|ok|mà)[\s,]+)*(?:(?:cho|xin)(?: (?:phép|được))?(?: (?:tôi|em|mình|tui|anh|chị|cháu|bác))? hỏi|hỏi (?:khác|qua|sang))\b")
"""What opens a question that leans on none (`à cho hỏi năm nay tu bổ mấy di tích?`)."""
_AT_THE_END = Pattern(r"\b(?:thì (?:sao|răng)|nữa|thì thế nào|thì (?:được |là |có )?(?:bao nhiêu|mấy))\s*[?.!]*\s*$")
"""What ends a follow-up that opens like none (`Phồn Xương nữa`, `vụ Hè Thu thì sao?`, `xã hội hóa thì bao nhiêu`)."""
_MOST_OF_THEM = Pattern(
    r"^\s*(?:và |còn )?(?:cao|thấp|nhiều|ít|lớn|nhỏ|đông|dài|nặng) nhất (?:là|thuộc|ở|về|vào|nằm)\b|"
    r"^\s*(?:và |còn |thế |vậy )?(?:[^\s,?]+ ){1,3}nào (?:là )?(?:cao|thấp|nhiều|ít|lớn|nhỏ|đông|dài) nhất(?: (?:vậy|thế|nhỉ|ạ))?\s*[?.]*\s*$"
)
"""Asks for the first of what was just spoken of (`nhiều nhất là về mảng gì?`)."""
_CLOSING = Pattern(r"\b(?:nữa|thì (?:sao|răng)|thì thế nào|ra sao|thế nào|thì bao nhiêu|thì như nào|sao|nhỉ|vậy|thế)?\s*[?.!]*\s*$")
_POINTS_BACK = Pattern(
    r"\b(?:nó|cái đó|cái này|số đó|số này|chỉ tiêu (?:này|đó)|con số (?:này|đó)|ở đó|tại đó|xã (?:này|đó)|ngân hàng (?:này|đó)|những xã đó|các xã đó|như vậy|"
    r"trong số đó|trong đó|khoản (?:này|đó)|lĩnh vực (?:này|đó)|ngành (?:này|đó)|việc (?:này|đó)|nguồn (?:này|đó)|năm đó|(?:bên|chỗ|nơi|thôn|ấp|phường|trường|cụm|dự án|công trình|nhà máy) (?:đó|này|ấy|kia)|họ|chúng)\b"
)
_IT = re.compile(r"(?i)^(?:nó|no)\s+(?=(?:dài|dai|rộng|rong|cao|có|co|hết|het|tốn|ton|được|duoc|dc|nằm|nam|ở|o|thuộc|thuoc|chiếm|chiem|xây|xay|làm|lam|bao|mấy|may)\b)")
"""What was just spoken of, at the head of a follow-up (`nó dài mấy cây số?`)."""
_YEAR = re.compile(r"\b(?:năm\s+|nam\s+)?(?:19|20)\d\d\b")
_VERSUS = Pattern(r"\bso (?:với )?(?:kế hoạch|dự toán|chỉ tiêu|cùng kỳ|năm (?:ngoái|trước|20\d\d)|20\d\d)\b")
_UNIT_ASKED = Pattern(r"\b(?:bao nhiêu|mấy)\s+(?:%|phần trăm|điểm(?: %| phần trăm)?|ha|tấn|tạ|km|m2|m²|tỷ(?: đồng)?|triệu(?: đồng)?|đồng|tiền|người|hộ|trường hợp|vụ|con|cái|lượt|suất)\b")
_ASKS = Pattern(r"\b(?:bao nhiêu|mấy|đến đâu|thứ mấy|tăng hay giảm|tăng|giảm|đạt|bằng|chiếm|xếp)\b")
_ASKS_WORDS = Pattern(r"\b(?:gì|nào|ai|đâu|sao|không|chưa)\b")
_OF_PLANS = frozenset(search_words("phấn đấu đặt đề ra mục tiêu giao hết cả năm tới dự kiến định hướng mức nhắm sang quý cuối chỉ tiêu kế hoạch"))
"""Words that ask for a plan and name no topic (`Sang năm đặt ra bao nhiêu?`)."""
_WHOLE = Pattern(r"\b(?:toàn|cả) (?:huyện|xã|quận|thị xã|tỉnh|phường|thị trấn|thành phố)\b")
"""Asks of the whole, where a part was asked of before."""
_FEW, _FEWEST, _SHORT = 4, 3, 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with its history written out. `own` is what the person just said, `context` the question it leans on, `topic` the topic words it brings itself (all empty for a question that stands alone)."""

    text: str
    own: str = ""
    context: str = ""
    topic: tuple[str, ...] = ()


def resolve(text: str, earlier: Sequence[str], reports: Sequence[Report], *, leans: bool = False) -> Resolved:
    """`text` with what it leaves to the questions before it (`earlier`, oldest first) written out; places are those of `reports`.

    `leans`: `text` is taken for a follow-up, whatever it looks like.
    """
    resolved = before = Resolved(text)
    for n, question in enumerate((*earlier, text)):
        leaning = leans and n == len(earlier)
        resolved = _join(before.text, question, reports, leans=leaning) if n else Resolved(question)
        if _only_names(resolved.own, reports) and _only_names(before.own, reports):
            resolved = _join(before.context, question, reports, leans=leaning)  # one name for another: `thế dự án A?`, `dự án B?`
        before = resolved
    return resolved


def _only_names(own: str, reports: Sequence[Report]) -> bool:
    """Whether what a follow-up says is a name and nothing else: no measure, year or comparison."""
    asks_more = _ASKS.search(own) or _ASKS_WORDS.search(own) or _VERSUS.search(own) or _YEAR.search(own)
    return not asks_more and bool(topic := topic_words(own, reports)) and not {fold(word) for word in topic} & (MEASURE_WORDS | _OF_PLANS)


def without_asks(text: str) -> str:
    """What a follow-up (as `Resolved.own`) names: without the words that ask, the unit asked for, and those that point back."""
    return _ASKS.sub(" ", _UNIT_ASKED.sub(" ", _POINTS_BACK.sub(" ", text))).strip()


def may_lean(text: str, reports: Sequence[Report]) -> bool:
    """Whether a question that finds no answer by itself may lean on the one before: it asks for a number and is short of topic."""
    return bool(_ASKS.search(text)) and 0 < len(topic_words(text, reports)) <= _FEW


def is_short(text: str, reports: Sequence[Report]) -> bool:
    """Whether a question asks for a number of something that it hardly names (`Có mấy dự án rồi?`), and neither where nor when."""
    names_more = _YEAR.search(text) or _WHOLE.search(text) or any(asked_places(text, report) for report in reports)
    return not names_more and may_lean(text, reports) and len(topic_words(text, reports)) <= _SHORT


def _join(context: str, text: str, reports: Sequence[Report], *, leans: bool) -> Resolved:
    if not leans and not is_follow_up(text, reports):
        return Resolved(text)
    opened = _OPENING.sub("", text).strip()
    bare = _IT.sub("", _CLOSING.sub("", opened).strip(" ?.!,")) or opened
    return Resolved(_replace(context, bare, reports), bare, context, tuple(topic_words(bare, reports)))


def is_follow_up(text: str, reports: Sequence[Report]) -> bool:
    """Whether a question cannot stand alone: it opens like one and is short of topic, points back, or has no topic at all."""
    topic = topic_words(text, reports)
    if _POINTS_BACK.search(text):
        return True
    if _BEGINS_ANEW.search(text) and len(topic) > 1:
        return False
    if _MOST_OF_THEM.search(text):
        return len(topic) <= _FEW
    if _OPENING.search(text) or _AT_THE_END.search(text):
        return len(topic) <= _FEW or not _ASKS.search(text)
    if len(WORD.findall(text)) <= _FEWEST and not _ASKS.search(text) and not _ASKS_WORDS.search(text):
        return True
    return all(fold(word) in _OF_PLANS for word in topic)  # true of no topic at all


def topic_words(text: str, reports: Sequence[Report]) -> list[str]:
    """The words of `text` that name a topic: no stop words, years, places, or words that only ask."""
    rest = _YEAR.sub(" ", _VERSUS.sub(" ", _UNIT_ASKED.sub(" ", text)))
    for report in reports:
        for place in asked_places(rest, report):
            for spelling in (place, bare_name(place), fold(place), fold(bare_name(place))):
                rest = re.sub(re.escape(spelling), " ", rest, flags=re.IGNORECASE)
    asking = {fold(word) for word in "bao nhiêu mấy tăng giảm đạt bằng chiếm so sánh kế hoạch dự toán chỉ tiêu phần trăm xã thị trấn huyện thứ xếp cụ thể chi tiết kỳ".split()}
    return [word for word in WORD.findall(rest) if len(word) > 1 and not is_stopword(word) and fold(word) not in asking and not word[:1].isdigit()]


def _replace(context: str, bare: str, reports: Sequence[Report]) -> str:
    """The earlier question with its year, place or comparison replaced by that of the follow-up, or with its topic narrowed."""
    years, versus = _YEAR.findall(bare), _VERSUS.search(bare)
    places = [place for report in reports for place in asked_places(bare, report)]
    if _WHOLE.search(bare):
        context = _without_places(context, places, reports)
    words = topic_words(bare, reports)
    topic = [word for word in words if fold(word) not in _OF_PLANS]
    base = context.rstrip(" ?.!")
    if versus and not topic:
        return f"{_without_comparison(base)} {bare}?"
    if years and not topic and not places:
        plan = "" if topic == words else " mục tiêu" if has_diacritics(bare) else " muc tieu"
        return f"{_YEAR.sub(' ', base).strip()}{plan} {years[-1] if years[-1].lower().startswith(('n',)) else 'năm ' + years[-1]}?".replace("  ", " ")
    if places and not topic:
        return _swap_place(base, bare, places, reports)
    if topic and places:
        base = _without_places(base, places, reports)
    if topic and len(topic) <= _FEW:
        swapped = "" if years or places else contrasts.swapped(base, without_asks(bare))
        return f"{swapped}?" if swapped else _swap_topic(base, bare)
    return f"{base}, {bare}?"


def _without_comparison(base: str) -> str:
    return _VERSUS.sub(" ", base).strip()


def _without_places(base: str, new: Sequence[str], reports: Sequence[Report]) -> str:
    """The earlier question without its own places, where the follow-up names others."""
    for place in (place for report in reports for place in asked_places(base, report) if place not in new):
        spellings = sorted({place, fold(place), bare_name(place), fold(bare_name(place))}, key=len, reverse=True)
        base = re.sub(r"(?i)(?<!\w)(?:(?:xã|phường|thị trấn|của|tại|ở) )*(?:" + "|".join(map(re.escape, spellings)) + r")(?!\w)", " ", base)
    return re.sub(r"\s+", " ", base).strip()


_KIND_LAST = re.compile(r"(?i)(?:xã|xa|phường|thị trấn|thôn|ấp|bản|xóm|khu phố|tổ dân phố)\s*$")


def _swap_place(base: str, bare: str, places: Sequence[str], reports: Sequence[Report]) -> str:
    old = [place for report in reports for place in asked_places(base, report)]
    for place in old:
        spellings = (place, fold(place), bare_name(place), fold(bare_name(place)))
        pattern = re.compile(r"(?i)(?<!\w)(?:" + "|".join(re.escape(spelling) for spelling in spellings) + r")(?!\w)")
        match = pattern.search(base)
        if match:
            before = base[: match.start()]
            kind = _KIND_LAST.search(before)
            if kind is not None and is_town(places[0]):
                before, kind = before[: kind.start()], None  # `Xã Tân Hòa …` and then `thị trấn Một Ngàn`
            return f"{before}{places[0] if kind is None else bare_name(places[0])}{base[match.end() :]}?"
    return f"{base} {bare}?"


def _swap_topic(base: str, bare: str) -> str:
    """`Sản lượng lương thực bao nhiêu?` + `Riêng thóc?`: the new topic first, the old question as its context."""
    return f"{bare}, {base}?"
