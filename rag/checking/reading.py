"""The figures that a text claims, each with the words that say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.abbreviations import meanings_in, write_out
from corpus.figures import Figure, passage_figures
from corpus.passages import Passage
from corpus.periods import default_period, find_period
from corpus.places import place_names
from corpus.report import Report, Text
from corpus.text import fold, has_diacritics
from corpus.units import NO_UNIT, unit_named
from rag.checking.copying import working_copy
from rag.checking.moves import counted, moved
from rag.checking.spoken import Copy
from rag.marks import Marks

CHUNK = 3000
"""Characters read in one go; a longer text is cut at its lines, a longer line at its sentences."""
UNBROKEN = 1000
"""Characters after which a text without line or sentence end is cut at a space."""
CONTEXT = 400
"""Characters before a sentence that still say what it is about."""

_SPANS_OF_TIME = frozenset(("tháng", "năm", "ngày", "tuần", "quý", "giờ", "phút"))
_DURING_BEFORE = re.compile(r"(?i)(?:trong|sau|suốt|mỗi|hằng|hàng|qua|từ|kế hoạch|giai đoạn|nhiệm kỳ)\s+(?:vòng\s+)?$")
_DURING_AFTER = re.compile(r"(?i)\s*(?:đầu|cuối|qua|tới|nay|liền|liên|gần|vừa|trước|sau|đêm|lại)(?!\w)")
_DAY_BEFORE = re.compile(r"(?:tu|ngay|le|dip|den|hom|sang|chieu|tet|mung|het|truoc|sau|va|-|moc)\s*$")
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
    copy = working_copy(text[start:end], report, marks)
    passage = Passage(":text", report.id, "", None, "", Text(copy.text, ((0, 0),), ((0, 1),), ()), "")
    figures = passage_figures(passage, report)
    for figure in figures:
        if _is_time_or_name(figure, copy.text, report):
            continue
        at = copy.span(figure.start, figure.end)
        span = (start + at[0], start + at[1])
        yield _claim(moved(_dated(counted(figure), copy.text, report), copy.text), copy, span, text, start)


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
    return write_out(plain, {short: meanings[0] for short, meanings in meanings_in(plain).items()})


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
