"""A question, understood: the form of the answer, what is asked by number, years, places, numbers it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.figures import CHANGE, PLAN, RANK
from corpus.numbers import Quantity, find_quantities
from corpus.text import fold, has_diacritics, nfc, search_key, search_words, unify_tone
from corpus.units import NO_UNIT
from rag.asks import OPEN, Ask, compared_by, everyday_unit, find_asks, first_word, measured_unit, words_per
from rag.forms import FIGURE, HIGHEST, LOWEST, YES_NO, form_of
from rag.patterns import HOW_MANY, PLAN_ASKED, SIDE_BY_SIDE, UNIT_AFTER, YEAR, Pattern

MAX_LENGTH = 1500
"""A question of more characters than this is answered with a request to shorten it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    `text` is NFC with abbreviations written out; `form` is one of the constants of this module; `years` are the years
    named; `numbers` the figures the question itself mentions; `direction` is `tăng` or `giảm` where the question
    presupposes one; `versus_years` the years that a change is asked against (`last_year`: against the year before);
    `of_last_year` that the level of the year before is asked for; `unmarked` says that it was typed without marks; `focus` holds the folded words that a follow-up itself adds to the question it leans on (empty: all weigh alike), `context` is that question; `mended` says that slips of typing were mended, `said` is what a follow-up itself says; `of_turns` that the question is put together from several turns.
    """

    raw: str
    text: str
    form: str
    asks: tuple[Ask, ...]
    years: tuple[int, ...]
    numbers: tuple[Quantity, ...]
    direction: str
    plan_year: bool
    versus_years: tuple[int, ...]
    last_year: bool
    ignored: frozenset[str]
    unmarked: bool = False
    of_last_year: bool = False
    focus: frozenset[str] = frozenset()
    context: Question | None = None
    mended: bool = False
    said: str = ""
    of_turns: bool = False

    @property
    def first_ask(self) -> Ask | None:
        """What is asked first; None where nothing is asked for by number."""
        return self.asks[0] if self.asks else None


_VERSUS_YEAR = Pattern(r"\b(?:gấp (?:mấy|bao nhiêu) lần (?:so với )?|s[oố] (?:với )?|hơn |kém |bằng |trên nền )(?:cùng kỳ )?(?:năm )?(?:ngoái |trước )?20\d\d|\bcùng kỳ (?:năm )?20\d\d")
_LAST_YEAR = Pattern(r"\b(?:năm ngoái|năm trước|cùng kỳ)\b")
_THIS_YEAR = Pattern(r"\bnăm (?:nay|ni|này)\b")
_NEXT_YEAR = Pattern(r"\b(?:năm sau|năm tới|sang năm|năm kế tiếp)(?! (?:20\d\d|năm))\b")
_OF_LAST_YEAR = Pattern(r"(?<!với cuối )(?<!với đầu )(?<!lần )(?<!với )(?<!so )(?<!hơn )(?<!kém )(?<!bằng )(?<!kỳ )\b(?:năm ngoái|năm trước)\b")
_PLAN_YEAR = Pattern(
    r"\b(?:sang năm|năm tới|năm sau|phấn đấu|đặt ra|đề ra|mục tiêu|chỉ tiêu năm|kế hoạch năm|dự kiến|dự tính|định hướng|phương hướng|"
    r"(?:từ|kể từ) (?:nay|giờ|bây giờ) (?:đến|tới) (?:hết|cuối) |(?:6 tháng|sáu tháng|quý|thời gian|vụ|kỳ) (?:tới|sau|còn lại)|"
    r"(?:cả|cuối|hết) năm (?:nay )?(?:phải|định|sẽ|giao|dự|đặt|tính)|"
    r"định (?:làm|xây|trồng|thu|nâng|kéo|gắn|lắp|mở|đón|đưa|hái|tăng|giảm|đầu tư|dành|chi|cấp|trao|tổ chức|tuyển|đặt|bán))\b"
)
_PROPOSED = Pattern(
    r"\b(?:đề nghị|đề xuất|kiến nghị|xin)\b(?: [^\s,?]+){0,5} (?:tỉnh|trung ương|cấp trên|sở|bộ|chính phủ)\b|"
    r"\b(?:xin|đề nghị)(?: (?:thêm|xin|hỗ trợ|cấp|bổ sung))* (?:bao nhiêu|mấy)\b"
)
"""What is asked of those above: it stands among the plans and is to come."""
_TO_REACH = Pattern(
    r"\b(?:phấn đấu|dự kiến|dự tính|nhắm tới|đặt mục tiêu)\b|(?<!với )(?<!đạt )(?<!vượt )(?<!bằng )(?<!thành )\b(?:kế hoạch|chỉ tiêu|mục tiêu) (?:của )?năm 20\d\d\b"
)
"""Says that a level is to be reached, and no share of a plan."""
_MET = Pattern(r"\b(?:đủ|đạt|hoàn thành|vượt|về đích)(?: được| hết| đủ)? (?:\S+ ){0,2}(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu)\b|\b(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu)\b[^?]*\b(?:đạt|hoàn thành|vượt|về đích)(?: được)? (?:không|chưa)\b")
_WHETHER = Pattern(r"\b(?:phải không|đúng không|đúng chứ|phải chăng|có đúng|có phải|đúng là|hay chưa|hay không)\b")
_CHAFF = Pattern(
    r"\b(?:(?:em|e|anh|chị|mình|tôi|tui|bác|cháu) )?(?:đang )?cần gấp\b|\bgấp (?:nha|nhé|lắm|ạ)\b|\b(?:cho|giúp) (?:em|e|tôi|tui|mình|anh|chị|cháu)(?: (?:hỏi|xin|biết|số))?\b|"
    r"\blần lượt\b|\bmỗi (?:loại|thứ|bên|khoản)\b|\b(?:bây giờ|hiện giờ|mình giờ|giờ(?= (?:có|còn|được|là|bao|mấy|đang|thế|ra)\b))|"
    r"\blàm ơn\b|\bdùm\b|\bgiùm\b|\b(?:em|anh|chị|bác|chú|cô|cán bộ) ơi\b|\b(?:hả|vậy|thế|rồi) (?:bác|em|anh|chị|chú|cô)\b"
)
"""What is said for politeness or haste and is on no topic."""
_NAME_THEM = Pattern(
    r"\b(?:kể|nêu|cho biết|cho xin|đọc|xin|biết)(?: (?:rõ|ra|hết|giúp|giùm|dùm|hộ|lại|đủ|đầy đủ|tôi|em|mình|bà con|đại biểu)){0,3} (?:tên|danh sách)\b|\b(?:liệt kê|danh sách)\b|\btên (?:là )?(?:gì|chi)\b"
)
"""Asks for names, whatever they are names of."""
_CHANGED = Pattern(r"\b(?:biến động|thay đổi|diễn biến)\b")
"""Asks for a change, whichever way."""
_MONTH = re.compile(r"(?i)(?:(?:tháng|thang) ?)?(?<![\d/])\d{1,2}/20\d\d\b")
_AS_OF_MONTH = Pattern(r"\b(?:đầu|cuối|giữa|hết|đến|tới) tháng \d{1,2}\b")
_IN_PERCENT = Pattern(r"\b(?:mấy|bao nhiêu) (?:phần trăm|điểm phần trăm|điểm|%)")
_PRESUMES_UP = Pattern(r"\b(?:tăng|cao hơn)\b(?!\s*(?:hay|hoặc|/|giảm|cường|trưởng))")
_PRESUMES_DOWN = Pattern(r"(?<!tăng )(?<!hay )(?<!hoặc )\b(?:giảm|sụt|bớt|tụt|thấp hơn)\b(?!\s*(?:hay|hoặc|/|nghèo))")
_OF_PLAN = Pattern(r"\b(?:chỉ tiêu|kế hoạch|mục tiêu|dự toán)\b[^?]{0,60}\b(?:là|được|giao|đặt ra|đề ra|bao nhiêu|mấy)\b")
_INDICATOR = Pattern(r"^(?:(?:vậy|thế|còn|rồi) )*chỉ tiêu(?: về)? (?!nào|gì|năm|được|đề ra)[^\s,?]+ (?![^?]*(?:%|phần trăm|kế hoạch))[^?]*\bđạt (?:được )?(?:bao nhiêu|mấy)\b")
"""Names something as one of the figures aimed at, and asks for its level."""
_MEASURED_AGAINST = Pattern(r"\b(?:so (?:với)?|đạt|bằng|vượt|hoàn thành|theo|%|phần trăm|tỷ lệ)\b")
"""A plan is asked for by itself; or how much of it was reached."""
_COUNTED = {"ba": 3, "sau": 6, "chin": 9}
_MONTHS = re.compile(r"(?i)\b(ba|sáu|chín|chin)\s+(tháng|thang)\b(?! (?:trước|nữa))")
_AS_OF = re.compile(r"(?i)^(\s*(?:tính |tinh )?(?:đến|den|tới|toi|hết|het|trong(?! báo cáo| bao cao)|ở|o)\b[^,?]{0,40}\d)\s*,")
"""A date that opens a question: what follows its comma is no further thing."""
_ASIDE = Pattern(
    r"\s*,?\s*(?:\btheo (?:số liệu|báo cáo)(?: (?:mà|của|do))? [^,?]*?(?:báo cáo|trình|kỳ họp|ủy ban|ubnd)[^,?]*|\bđể (?:đại biểu|hội đồng|cử tri|bà con|chúng tôi|tôi|em|mình) [^,?]*|"
    r"\b(?:kính )?thưa [^,?]*|\b(?:xin|đề nghị|mong|vui lòng|kính đề nghị) (?:cho biết rõ|nêu rõ|làm rõ|nói rõ|báo cáo rõ|giải trình|tách riêng[^,?]*)(?=\s*[,?.]|$)|"
    r"\b(?:tính|làm) tròn [^,?]*|\b(?:không kể|không tính|chưa kể|không bao gồm|chưa tính) [^,?]*)(?=\s*[,?.]|$)"
)
"""What a formal question says by the way and is on no topic: to whom it speaks, what for, what it leaves out."""
_OPENING = Pattern(r"^(?:(?:kính )?đề nghị|xin|vui lòng|mong)(?: (?:ubnd|ủy ban nhân dân|ủy ban)(?: (?:huyện|xã|quận))?)? (?:(?:báo cáo|cho biết|nêu|làm|nói|cung cấp|giải trình)(?: rõ| cụ thể)?(?:,| về| số liệu)?|cho (?:tôi|đại biểu) (?:hỏi|biết))\s+")
_LEAD_IN = Pattern(
    r"^(?:[^?\d]{0,160}?\b(?:(?:cho|xin)(?: (?:phép|được))?(?: (?:tôi|em|mình|tui|anh|chị|cháu|bác|con))? hỏi|xin hỏi)(?: (?:là|rằng|về việc|chút|tí|xíu|thăm))*[,:]?|"
    r"[^?\d]{3,160}, ?(?:xin|đề nghị|vui lòng|mong)(?: (?:ubnd|ủy ban|quý)[^,?]{0,20}?)? cho (?:(?:tôi|em|chúng tôi|đại biểu) )?biết[,:]?|"
    r"(?:tôi|em|mình|tui|chúng tôi) (?:là|đang|cần|ở) [^?:\d]{3,100}:|"
    r"(?:tôi|em|mình|tui|chúng tôi|bên (?:em|tôi|mình)|phòng (?:em|tôi|mình)) (?:đang|cần|sắp|phải)(?: (?:cần|phải))? (?:chuẩn bị|viết|soạn|làm|hoàn thiện) [^?,]{3,60},)\s+(?=(?:[^\s?]+\s+){2})"
)
"""Says what a question is for, or that it is one."""
_FROM = Pattern(r"\b(?:xã|phường|thị trấn|thôn|ấp|bản|buôn|khu phố) (?!mình|nhà|tôi|em|ta|hội|viên)[^\s,:?]+")
"""Says where someone is from: what is asked may be asked of that place (`Tôi ở xã Hồng Phong, cho hỏi xã tôi …`)."""
_GIVEN = Pattern(r"\b(?:tăng|tặng)((?: [^\s,?]+)? (?:bao nhiêu|mấy) (?:suất|phần quà|quà|xe đạp|xe lăn|chăn|sổ tiết kiệm|học bổng))\b")
"""Gifts are given (`tặng`) and do not grow, where a question was typed without marks."""
_UNTIL = re.compile(r"(?i)\b(?:tối|tôi)(?= (?:\d{1,2}/\d|(?:hết |cuối )?(?:ngày|tháng) \d))")
"""A date that something is told up to (`tới 30/11`), where a question was typed without marks."""
_WRITTEN_OUT = (
    (re.compile(r"(?i)\b(?:h[eé]c?[ -]?ta|h[eé]c)\b"), "ha"),
    (re.compile(r"(?i)\b(?:k(?:i|í|y)[ -]?l(?:o|ô)[ -]?m(?:e|é)t|c(?:a|â)y s(?:o|ố)|km) (?:vuông|vuong)\b"), "km2"),
    (re.compile(r"(?i)\b(?:k(?:i|í|y)[ -]?l(?:o|ô)[ -]?m(?:e|é)t|c(?:a|â)y s(?:o|ố))\b"), "km"),
    (re.compile(r"(?i)\bk(?:i|í|y)[ -]?l(?:o|ô)[ -]?g(?:a|ờ)?(?:r?a)?m\b"), "kg"),
    (re.compile(r"(?i)\bm(?:e|é)t (?:vuông|vuong)\b"), "m2"),
    (re.compile(r"(?i)\bm(?:e|é)t (?:khối|khoi)\b"), "m3"),
    (re.compile(r"(?i)\bt(1[0-2]|[1-9])\b(?! ?[\d/])"), r"tháng \1"),
    (re.compile(r"(?i)(?<![\w.,/])(3|6|9)t\b"), r"\1 tháng"),
    (Pattern(r"\b(?:có |là |được )?(?:bao nhiêu|mấy) (?:người dân|dân)\b(?=\s*(?:nhỉ|vậy|thế|ạ|hả|rồi|sinh sống|đang sống)?\s*(?:$|[?.]))"), "dân số bao nhiêu người"),
    (Pattern(r"\b(dài|xa|cách) (bao nhiêu|mấy) cây\b(?! (?:số|cầu|xanh|ăn|lúa))"), r"\1 \2 km"),
    (Pattern(r"\bở mô\b(?! (?:hình|đun))"), "ở đâu"),
    (Pattern(r"\bmô\b(?=\s*(?:rứa|hè|vậy|thế|ạ)?\s*(?:$|[?,.]))"), "nào"),
    (Pattern(r"\b(cái|cây|con|việc|vụ|món|loại|giống|nghề|hàng|làm|nuôi|trồng|là) chi\b(?=\s*(?:rứa|hè|vậy|thế|ạ)?\s*(?:$|[?,.]))"), r"\1 gì"),
    (Pattern(r"\bvừa ((?:[^\s,?]+ ){1,4})vừa\b"), r"\1và"),
    (Pattern(r"\b(bao nhiêu|mấy)( [^\s,?]+)? (?:đến|tới) (?:bao nhiêu|mấy)\b"), r"\1\2"),
    (
        Pattern(
            r"\b(?:(?:bình quân|trung bình|tính ra) )*(?:mỗi|từng|một|1) (?:người|đầu người|nhân khẩu)((?: (?!làm|kiếm|thu |có thu)[^\s,?]+){0,8}) "
            r"(?:làm ra|kiếm|thu nhập|có thu nhập)(?: (?:được|dc))?(?: (?:bình quân|trung bình))?\b"
        ),
        r"thu nhập bình quân đầu người\1",
    ),
)
"""Units written out, months (`t11`), a range as the one thing that it is, and what each person earns as reports call it."""


def read_question(raw: str, expanded: str) -> Question:
    """The question `raw`, its abbreviations written out in `expanded`, understood."""
    text = nfc(expanded).strip()
    for written, unit in _WRITTEN_OUT:
        text = written.sub(unit if has_diacritics(text) else fold(unit), text)
    if has_diacritics(text) and not has_diacritics(raw):
        text = _UNTIL.sub("tới", _GIVEN.sub(r"tặng\1", text))
    text = _plain(_AS_OF.sub(r"\1", text))
    asks = _without_plan(find_asks(text), text)
    numbers = tuple(q for q in find_quantities(text))
    form = form_of(text, asks, numbers)
    direction = _presumed_direction(text)
    if form in (HIGHEST, LOWEST) and all(ask.kind == RANK for ask in asks):
        asks = compared_by(text)
    if form == YES_NO and direction and not numbers:
        asks = (Ask(CHANGE, NO_UNIT, 0, 0),)
    if form == YES_NO and not numbers and not asks and _MET.search(text):
        asks = (Ask(PLAN, NO_UNIT, 0, 0),)
    if form == YES_NO and numbers and not asks:
        kind = CHANGE if direction and numbers[0].is_percent else PLAN if PLAN_ASKED.search(text) and numbers[0].is_percent else ""
        asks = (Ask(kind, numbers[0].canonical, 0, 0),)
    versus = [span for match in _VERSUS_YEAR.finditer(text) for span in [match.span()]]
    versus_years = tuple(dict.fromkeys(int(y) for start, end in versus for y in YEAR.findall(text[start:end])))
    years = tuple(
        dict.fromkeys(int(m.group()) for m in YEAR.finditer(text) if not any(start <= m.start() < end for start, end in versus))
    )
    return Question(
        raw=raw,
        text=text,
        form=form,
        asks=asks,
        years=years,
        numbers=numbers,
        direction=direction,
        plan_year=asks_plan(text),
        versus_years=versus_years,
        last_year=bool(_LAST_YEAR.search(text)),
        ignored=_ignored(text, asks) | frozenset(search_key(q.number.rstrip("%")) for q in numbers),
        unmarked=not has_diacritics(raw),
        of_last_year=bool(_OF_LAST_YEAR.search(text)) and not years and not any(ask.kind == CHANGE for ask in asks),
    )


def asks_plan(text: str) -> bool:
    """Whether `text` speaks of what is planned, aimed at or proposed."""
    return bool(_PLAN_YEAR.search(text) or _PROPOSED.search(text))


def _plain(text: str) -> str:
    """`text` without what a formal question says by the way; as it is where nothing else would be left."""
    plain = _OPENING.sub("", _ASIDE.sub("", without_lead(text))).strip(" ,")
    return plain if len(search_words(plain)) > 1 else text


def without_lead(text: str) -> str:
    """`text` without what says at its head what the question is for, or that it is one (`Phóng viên xin hỏi …`)."""
    lead = _LEAD_IN.search(text)
    tells = lead is not None and (HOW_MANY.search(lead.group()) or _FROM.search(lead.group()))
    return text if lead is None or tells else text[lead.end() :]


def with_dates(text: str, year: int, plan_year: int) -> str:
    """`text` with months counted in figures (`chín tháng`), and `năm nay` and `sang năm` as the years that they are in a report of `year` with a plan for `plan_year`."""
    text = _MONTHS.sub(lambda said: f"{_COUNTED[fold(said.group(1))]} {said.group(2)}", text)
    for pattern, meant in ((_THIS_YEAR, year), (_NEXT_YEAR, plan_year)):
        text = pattern.sub(f"năm {meant}" if has_diacritics(text) else f"nam {meant}", text)
    return text


def follow_up(joined: Question, own: Question, context: Question, topic: Sequence[str]) -> Question:
    """A follow-up written out (`joined`): what it asks is what the person just said, else what was asked before."""
    asked = bool(own.asks) or own.form not in (FIGURE,)
    return replace(
        joined,
        asks=own.asks or (() if asked else _asks_of_plan(context.asks) if own.plan_year else context.asks),
        form=own.form if asked else context.form,
        numbers=own.numbers if asked else context.numbers,
        direction=own.direction,
        focus=frozenset(search_key(word) for word in topic),
        context=context,
        said=own.text,
    )


def _without_plan(asks: tuple[Ask, ...], text: str) -> tuple[Ask, ...]:
    """Where years are set side by side (`kết quả 2023 và chỉ tiêu 2024`), the plan is a year's level, no share of it."""
    years = {match.group() for match in YEAR.finditer(text)}
    if _INDICATOR.search(text) or (_OF_PLAN.search(text) and not _MEASURED_AGAINST.search(text)) or _TO_REACH.search(text):
        return tuple(_level_of(ask, text) for ask in asks)
    if len(years) < 2 and not (SIDE_BY_SIDE.search(text) and _PLAN_YEAR.search(text)):
        return asks
    return tuple(_level_of(ask, text) for ask in asks)


def _level_of(ask: Ask, text: str) -> Ask:
    """What asks for a level where a plan was taken for one to be measured against."""
    return replace(ask, kind=OPEN, unit=measured_unit(text[: ask.start])) if ask.kind == PLAN and ask.unit.dimension == "none" else ask


def _asks_of_plan(asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """What is asked of a plan after `asks`: its level, where they ask a share of it."""
    return tuple(Ask(OPEN, NO_UNIT, ask.start, ask.end) if ask.kind == PLAN else ask for ask in asks)


def _presumed_direction(text: str) -> str:
    up, down = _PRESUMES_UP.search(text), _PRESUMES_DOWN.search(text)
    if bool(up) == bool(down):
        return ""
    return "tăng" if up else "giảm"


def _ignored(text: str, asks: Sequence[Ask]) -> frozenset[str]:
    """Folded words that ask rather than name the topic: they are understood as unit, year or comparison."""
    ignored = {match.group() for match in YEAR.finditer(text)} | set(words_per(text, asks))
    ignored |= {"thang"} if _AS_OF_MONTH.search(text) else set()
    ignored |= {word for match in _MONTH.finditer(text) for word in search_words(match.group())}
    changed = (_CHANGED,) if any(ask.kind == CHANGE for ask in asks) else ()
    for pattern in (_LAST_YEAR, _VERSUS_YEAR, _WHETHER, _CHAFF, _IN_PERCENT, _NAME_THEM, *changed):
        for match in pattern.finditer(text):
            ignored.update(search_words(match.group()))
    for ask in asks:
        after = UNIT_AFTER.match(text[ask.end :]) if ask.end else None
        unit = ask.unit.name.split("/")[0] if after and "/" not in after.group(1) else ask.unit.name
        if after and ask.unit.dimension == "usd":
            ignored.update(search_words(everyday_unit(after.group(1))))
        if after and fold(after.group(1)).startswith(first_word(ask.unit)) and ask.unit.dimension not in ("none", "count"):
            words = search_words(after.group(1))
            ignored.update(words[: max(1, len(unit.split()) + (fold(unit) not in " ".join(words)))])
            ignored.update(("phan", "tram") if ask.unit.dimension == "percent" else ())
    return frozenset(ignored)


_ASKING = "tăng giảm so với kế hoạch dự toán phần trăm chỉ tiêu cùng kỳ thứ hạng xếp gấp chênh lệch hơn kém nhất cao thấp số tỷ lệ bình quân chiếm".split()
ASKING_WORDS = frozenset(unify_tone(word) for word in _ASKING) | frozenset(search_key(word) for word in _ASKING) - frozenset(("thu", "chi", "quan"))
"""Words that mostly tell the kind of figure asked for, with their marks and (where nothing else is meant) without; they weigh little as topic."""
PLAN_WORDS = frozenset(search_key(word) for word in "kế hoạch dự toán chỉ tiêu".split())
"""Those that name a level of its own where a level is asked for (`kế hoạch là bao nhiêu km?`)."""


def only_asks(words: Iterable[str]) -> bool:
    """Whether all words, with their marks where these are known, are asking words."""
    return all(word in ASKING_WORDS for word in words)
