"""The figures that a text claims, each with the words that say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.abbreviations import readings
from corpus.figures import AMOUNT, CHANGE, RANK, RATIO, SHARE, Figure, passage_figures
from corpus.passages import Passage
from corpus.periods import default_period, find_period
from corpus.places import place_names
from corpus.report import Report, Text
from corpus.text import fold, has_diacritics
from corpus.units import NO_UNIT, match_unit, unit_named
from rag.checking.spoken import Change, Copy, in_digits, shares_in_digits
from rag.compare import PLANNED
from rag.marks import Marks

CHUNK = 3000
"""Characters read in one go; a longer text is cut at its lines, a longer line at its sentences."""
UNBROKEN = 1000
"""Characters after which a text without line or sentence end is cut at a space."""
CONTEXT = 400
"""Characters before a sentence that still say what it is about."""

_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|&nbsp;|[\u200b-\u200f\u2060\ufeff\ufe0f]|[*_`#~]+|\s*\|\s*|[ \t\u00a0\u202f]{2,}|[\t\u00a0\u202f]")
_SPANS_OF_TIME = frozenset(("tháng", "năm", "ngày", "tuần", "quý", "giờ", "phút"))
_DURING_BEFORE = re.compile(r"(?i)(?:trong|sau|suốt|mỗi|hằng|hàng|qua|từ|kế hoạch|giai đoạn|nhiệm kỳ)\s+(?:vòng\s+)?$")
_DURING_AFTER = re.compile(r"(?i)\s*(?:đầu|cuối|qua|tới|nay|liền|liên|gần|vừa|trước|sau|đêm|lại)(?!\w)")
_DAY_BEFORE = re.compile(r"(?:tu|ngay|le|dip|den|hom|sang|chieu|tet|mung|het|truoc|sau|va|-|moc)\s*$")
_YEAR_THEN_RATE = re.compile(r"(?i)(?<![\d.,])(?:19|20)\d\d (?=t[ỷỉ] (?:lệ|số|trọng|suất)(?!\w))")
_NEW_CLAUSE = re.compile(
    r"(?i)(?<=[\w%²³]) (?=(?:còn (?!\d|khoảng|gần|hơn|trên|lại|có|tới|đến|những|dưới|chừng|nợ|thiếu|khó|là)\S"
    r"|trong khi |nhưng |tuy nhiên|đồng thời |(?<!sầu )riêng ))"
)
_EVERYDAY = {"khối": "m³", "ký": "kg", "kí": "kg", "cân": "kg", "héc-ta": "ha", "vuông": "m²", "cây số": "km"}
_EVERYDAY_UNIT = re.compile(
    r"(?i)\d(?: nghìn| ngàn| triệu| vạn)? ?(?P<unit>khối(?! lượng| u\b| lớp)|ký|kí|cân(?! đối)|héc-ta|vuông|cây số)(?!\w)"
)
_THAN_YEAR = re.compile(r"(?i)(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )(?<!\w)(?P<word>hơn|kém)(?= (?:cùng kỳ )?năm (?:\d{4}|trước|ngoái))")
_PLACE_KIND = re.compile(r"^(?:xã|phường|thị trấn|thị xã|ấp|thôn|huyện|quận) ")
_NO_SEASON = re.compile(r"(?i)(?<!\w)(?:phục|nghiệp|nhiệm|nghĩa) vụ(?= (?:cho |gần |hơn |trên |khoảng )?\d)")
_UP = r"tăng|nhích|cao hơn|vượt|nhiều hơn|lớn hơn|hơn hẳn|nhỉnh hơn"
_DOWN = r"giảm|hạ|sụt|tụt|thấp hơn|hụt|ít hơn|kém(?! nhất)|bớt|chậm hơn|rớt|đi xuống"
_BETWEEN = (
    r"(?:\s+(?:(?:năm (?:trước|ngoái|\d{4})|cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?)|lên|xuống|đi|thêm|được|khoảng|"
    r"gần|trên|hơn|tới|mạnh|nhẹ|đến|bình quân|trung bình|tương ứng|là|xấp xỉ|chừng|dần|những|có|mức|ở|đúng|thấp|cao|"
    r"so với [^,;()]{2,40}|với [^,;()]{2,40}|bị|số|thì|chỉ|vẫn|cỡ|độ|xa|"
    r"(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|nghị quyết)(?: (?:năm(?! (?:trước|ngoái|\d))|đề ra|đặt ra|giao|được giao|tỉnh giao|huyện giao))*))*"
)
_MOVES = re.compile(rf"(?i)(?<!\w)(?P<word>{_UP}|{_DOWN}){_BETWEEN}\s*$")
_IS_UP = re.compile(rf"(?i)(?:{_UP})$")
_TO = re.compile(r"(?i)(?:lên|xuống|còn|tới|đến|thành|lên tới|lên đến|xuống còn|lên thành)\s*$")
_MEASURED = re.compile(
    r"(?i)(?<![\w.,/])\d[\d.,/]*\s?(?:%|(?:(?:nghìn |ngàn |trăm )?(?:tỷ|triệu|nghìn|ngàn)(?: đồng)?|đồng|điểm %|điểm phần trăm|phần trăm|"
    r"ha|m²|m2|m³|m3|km²|km2|km|m|tấn|tạ|kg|yến|lít|kwh|mw)(?!\w))(?:/\w+)?|\b(?:điểm %|điểm phần trăm|phần trăm)(?!\w)"
)
AFTERWARDS = re.compile(r"[,;:(.]|(?<=\s)(?:hơn|kém|so với|cao hơn|thấp hơn)\s")
_OF = re.compile(r"(?i)\b(?:trong|trên)(?: tổng)?(?: số)?\s*$|\btổng số\s*$")


@dataclass(frozen=True)
class Claim:
    """A figure of a text: `start:end` in the text, the figure as read, the words that say what it is, nearest first.

    `near` are those of its group, `own` also those of what it hangs on, `lead` those of its sentence before it, `rest` those of its
    sentence, `context` those before the sentence.
    `step` is the value of the last digit shown where the number alone does not tell; `is_total` marks the 52 of
    `48 trong 52 trường`, `unmarked` what was typed without marks.
    """

    start: int
    end: int
    shown: str
    figure: Figure
    near: str
    own: str
    lead: str
    rest: str
    context: str
    step: Decimal | None
    is_total: bool
    unmarked: bool
    sentence: tuple[int, int]


def read_claims(text: str, report: Report, marks: Marks) -> list[Claim]:
    """The figures of `text` (NFC), read as the report's are, in order."""
    claims: list[Claim] = []
    for start, end in _chunks(text):
        claims += _read_chunk(text, start, end, report, marks)
    return claims


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + CHUNK)
        if end < len(text):
            cuts = (text.rfind("\n", start, end), text.rfind(". ", start, end), text.rfind(" ", start, start + UNBROKEN))
            end = next((cut + 1 for cut in cuts if cut > start), end)
        yield start, end
        start = end


def _read_chunk(text: str, start: int, end: int, report: Report, marks: Marks) -> Iterator[Claim]:
    copy = Copy.of(text[start:end])
    copy = shares_in_digits(copy.replaced(_cleaned(copy.text)))
    copy = replace(copy, text=_named(_restored(copy.text, marks), report))
    copy = in_digits(copy.replaced(_disambiguated(copy.text)))
    passage = Passage(":text", report.id, "", None, "", Text(copy.text, ((0, 0),), ((0, 1),), ()), "")
    figures = passage_figures(passage, report)
    for figure in figures:
        if _is_time_or_name(figure, copy.text, report):
            continue
        at = copy.span(figure.start, figure.end)
        span = (start + at[0], start + at[1])
        yield _claim(_moved(_dated(_counted(figure), copy.text, report), copy.text), copy, span, text, start)


def _is_time_or_name(figure: Figure, text: str, report: Report) -> bool:
    """`6 tháng đầu năm`, `dịp lễ 30/4`, `cụm công nghiệp Đoàn Tùng 2`: what the numbers of a report's own style never are."""
    quantity = figure.quantity
    before, after = text[max(0, figure.start - 40) : figure.start], text[figure.end : figure.end + 20]
    if quantity.canonical.name in _SPANS_OF_TIME:
        half = quantity.canonical.name == "tháng" and quantity.value in (3, 6, 9)
        return half or bool(_DURING_BEFORE.search(before) or _DURING_AFTER.match(after))
    if quantity.of is not None and quantity.value <= 31 and quantity.of <= 12 and re.fullmatch(r"\d{1,2}/\d{1,2}", quantity.number):
        return bool(_DAY_BEFORE.search(fold(before))) or (quantity.value > quantity.of and not quantity.rank)
    if re.fullmatch(r"[1-9]\d?", quantity.number) and not _is_known_noun(quantity.unit):
        names = [fold(name) for name in place_names(report)]
        if any(f"{fold(before).rstrip()} {quantity.number}".endswith(" " + name) for name in names):
            return True
        if _is_counted_in(after, report):
            return False
        return _last_word(before)[:1].isupper() or any(fold(before).rstrip().endswith(" " + name) for name in names)
    return False


def _is_counted_in(after: str, report: Report) -> bool:
    """Whether the report counts the noun that follows a number (`Mỹ Long 6 mắt`, where it has `14 mắt`)."""
    noun = re.match(r"\s+([^\W\d_]+)(?!\w)", after)
    if not noun or noun.group(1)[0].isupper():
        return False
    return len(set(re.findall(rf"(?<![\d/.,])(\d[\d.,]*) {noun.group(1)}(?!\w)", report.raw))) > 1


def _last_word(text: str) -> str:
    return text.split()[-1] if text.split() and text[-1:].isspace() else ""


def _is_known_noun(unit: str) -> bool:
    return unit_named(unit) is not NO_UNIT


def _cleaned(text: str) -> Iterator[Change]:
    for match in _MARKUP.finditer(text):
        blank = "" if match.group()[0] in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f" else " "
        if match.start() == 0 or text[match.start() - 1].isspace() or match.group()[0] in "*_`#~<" and match.end() < len(text) and text[match.end()].isspace():
            blank = ""
        if "|" in match.group():
            blank = ", " if match.start() and text[match.start() - 1] != "\n" and match.end() < len(text) else ""
        yield Change(match.start(), match.end(), blank)


def _disambiguated(text: str) -> Iterator[Change]:
    """`năm 2023 tỷ lệ …` holds no money, and `phục vụ 14 dự án` no crop season."""
    for match in _YEAR_THEN_RATE.finditer(text):
        yield Change(match.end() - 1, match.end(), ", ")
    for match in _EVERYDAY_UNIT.finditer(text):
        yield Change(match.start("unit"), match.end("unit"), _EVERYDAY[match.group("unit").lower()])
    for match in _NEW_CLAUSE.finditer(text):
        yield Change(match.start(), match.start() + 1, "; ")
    for match in _THAN_YEAR.finditer(text):
        yield Change(match.start(), match.end(), "cao hơn so với" if match.group("word").lower() == "hơn" else "thấp hơn so với")
    for match in _NO_SEASON.finditer(text):
        yield Change(match.start(), match.end(), "cho")


def _restored(text: str, marks: Marks) -> str:
    """`text` with its marks restored line by line; a line whose length would change stays."""
    lines = []
    for line in text.split("\n"):
        restored = marks.restore(line)
        lines.append(restored if len(restored) == len(line) else line)
    return "\n".join(lines)


def _named(text: str, report: Report) -> str:
    """`text` with the report's places of two words and more written as their names, where they were typed small."""
    full = place_names(report)
    for name in (*full, *(_PLACE_KIND.sub("", name) for name in full)):
        if " " in name and len(name.lower()) == len(name):
            for match in re.finditer(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text):
                text = text[: match.start()] + name + text[match.end() :]
    return text


def _claim(figure: Figure, copy: Copy, span: tuple[int, int], whole: str, base: int) -> Claim:
    text = copy.text
    first, last = figure.sentence
    left, number, right = figure.own.partition(text[figure.start : figure.end])
    if figure.quantity.canonical.dimension in ("count", "none"):
        right = f"{figure.quantity.unit} {right}"
    near = f"{left} {AFTERWARDS.split(right)[0]}" if number else figure.own
    own = f"{near} {figure.subject} {figure.inherited}"
    before = text[max(0, first - CONTEXT) : first]
    total = bool(_OF.search(text[max(first, figure.start - 24) : figure.start]))
    sentence = copy.span(first, last)
    shown_sentence = whole[base + sentence[0] : base + sentence[1]]
    return Claim(
        start=span[0],
        end=span[1],
        shown=whole[span[0] : span[1]],
        figure=figure,
        near=written_out(near),
        own=written_out(own),
        lead=written_out(text[first : figure.start]),
        rest=written_out(text[first:last]),
        context=written_out(before),
        step=copy.steps.get(figure.start),
        is_total=total,
        unmarked=not has_diacritics(shown_sentence),
        sentence=(base + sentence[0], base + sentence[1]),
    )


def written_out(words: str) -> str:
    """`words` without numbers and measures (`5.248 tỷ đồng`), abbreviations written out."""
    words = _MEASURED.sub(" ", words)
    plain = " ".join(word for word in words.split() if not any(char.isdigit() for char in word))
    return readings(plain)[0]


def _dated(figure: Figure, text: str, report: Report) -> Figure:
    """The figure without a year that only stands with another figure of its sentence, neither with it nor before both."""
    if not figure.period.stated:
        return figure
    first, last = figure.sentence
    digit = re.search(r"(?<![\d/.,])(?!(?:19|20)\d\d\b)\d", text[first : figure.start])
    head = text[first : first + digit.start()] if digit else text[first : figure.start]
    if find_period((figure.own, figure.inherited, head), report):
        return figure
    return replace(figure, period=replace(default_period(report, ""), stated=False))


_RANKED = re.compile(r"(?i)(?:thứ|hạng|đứng|xếp)\s*$")


def _counted(figure: Figure) -> Figure:
    """The figure with the noun that it counts where that only stands before it (`số bị can là 63`)."""
    if figure.quantity.canonical.dimension != "none" or figure.kind not in (AMOUNT, CHANGE):
        return figure
    match = _NUMBER_OF.search(figure.own.partition(figure.quantity.number)[0] or figure.subject)
    if not match:
        return figure
    end, unit = match_unit(match.string, match.end())
    if unit.dimension != "count" or unit_named(match.string[match.end() : end].strip()) is NO_UNIT:
        return figure
    return replace(figure, quantity=replace(figure.quantity, canonical=unit))


_NUMBER_OF = re.compile(r"(?i)(?<!\w)số(?: lượng)?(?= )")


def _moved(figure: Figure, text: str) -> Figure:
    """The figure with the direction of everyday words (`nhích lên`, `hạ được`)."""
    if figure.kind not in (AMOUNT, SHARE, RATIO, CHANGE, RANK):
        return figure
    before = text[figure.sentence[0] : figure.start]
    if figure.kind == RANK and (figure.quantity.value > 100 or figure.quantity.value % 1 or figure.quantity.canonical.dimension not in ("none", "count")):
        return replace(figure, kind=AMOUNT)  # `bốc xếp 5,14 triệu tấn`
    if figure.kind == RANK and figure.quantity.of is None and _is_known_noun(figure.quantity.unit) and not _RANKED.search(before):
        return replace(figure, kind=AMOUNT)  # `chuyển đổi vị trí cho 8 công chức`
    before = re.split(r"[,;:(]\s", before)[-1] if figure.kind != CHANGE else before
    match = _MOVES.search(before)
    if figure.kind == CHANGE:
        return replace(figure, kind=AMOUNT, direction="") if _TO.search(before) and not figure.quantity.is_percent else figure
    if not match:
        return figure
    if _TO.search(before) and not PLANNED.search(match.group()) and not re.search(r"(?i)(?:nhích|thêm)\s+lên\s*$", before):
        return figure  # `tăng lên 52 trường`: the level reached
    direction = "tăng" if _IS_UP.search(match.group("word")) else "giảm"
    return replace(figure, kind=CHANGE, direction=direction)

