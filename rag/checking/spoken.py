"""Numbers in words and mixed notation written as digits, in a copy that knows where each character came from.

`một nửa số trường` -> `50% số trường`, `hai phần ba` -> `66,67%`, `mười hai xã` -> `12 xã`, `102 nghìn tài khoản` ->
`102.000 tài khoản`, `78 822 tấn` -> `78822 tấn`. Articles and names (`một số`, `con thứ ba`, `năm 2023`) stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.numbers import NUMBER, read_number
from corpus.text import fold
from corpus.units import NO_UNIT, match_unit, unit_named

_SPELLED = "không một hai ba bốn năm sáu bảy tám chín"
_DIGITS = {word: value for value, word in enumerate(_SPELLED.split())} | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
_FOLDED = {fold(word): value for word, value in _DIGITS.items()}
_SCALES = {"nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_WORDS = frozenset((*_DIGITS, "mười", "mươi", "trăm", "linh", "lẻ", *_SCALES))
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_SPOKEN = re.compile(rf"(?i)(?<![\w\d])(?:{_WORD})(?:\s+(?:{_WORD}))*(?!\w)")
_HALF = re.compile(r"(?i)(?<!\w)(?:một\s+nửa|mot\s+nua|nửa(?=\s+(?:số|lao|dân|hộ|người|trường|xã|tổng)))(?!\w)")
_UNIT_FRACTION = r"một|mot|hai|ba|bốn|bon|năm|nam|sáu|sau|bảy|bay|tám|tam|chín|chin"
_FRACTION = re.compile(rf"(?i)(?<!\w)(?P<a>{_UNIT_FRACTION}|\d)\s+ph[ầa]n\s+(?P<b>{_UNIT_FRACTION}|tư|tu|mười|muoi|\d{{1,2}})(?!\w)")
_SCALED = re.compile(rf"(?i)(?<![\w.,/])(?P<n>{NUMBER})\s?(?P<s>nghìn|ngàn|vạn|triệu)(?P<gap>\s+)(?=[^\W\d_])")
_SPACED = re.compile(r"(?<![\d.,/])(?<!\d[ \u00a0])\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.,/])(?=[ \u00a0]?[^\W\d_%]|[ \u00a0]?%)")
_NOT_COUNTED_BEFORE = re.compile(
    r"(?i)(?:thứ|cấp|hạng|giải|loại|lớp|quý|tháng|thôn|khóa|khoá|mục|điều|khoản|tổ|đội|khu|số|phần|mỗi|từng|hằng|hàng|các|những|cả|trong|suốt|bậc|bước|mặt|tầng|ngôi|nhà|chúng)\s+$"
)
_TIMES = frozenset("năm tháng ngày tuần giờ phút quý tuổi bên phía mặt đời mùa kỳ miền bước nửa lớp học mẹ má con".split())
_PLACES = frozenset("huyện tỉnh xã đơn".split())
_WHOLE_GROUP_BEFORE = re.compile(r"(?i)\b(?:cả|trong|số)\s+$")


@dataclass(frozen=True)
class Change:
    """The characters `start:end` of a copy are to read `written`; `step` is the value of the last digit that was shown."""

    start: int
    end: int
    written: str
    step: Decimal | None = None


@dataclass(frozen=True)
class Copy:
    """A working copy of a text, and for each of its characters where the original that it stands for begins and ends.

    `steps` holds, by start in `text`, the value of the last digit that the original showed (`102 nghìn` shows thousands).
    """

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    steps: dict[int, Decimal]

    @classmethod
    def of(cls, text: str) -> Copy:
        """The copy that differs in nothing."""
        return cls(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), {})

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the span `start:end` of the copy stands for."""
        return self.begins[start], self.ends[end - 1]

    def replaced(self, changes: Iterable[Change]) -> Copy:
        """The copy after `changes`; of two that overlap the first, then the longer counts."""
        parts: list[str] = []
        begins: list[int] = []
        ends: list[int] = []
        old = sorted(self.steps.items())
        steps: dict[int, Decimal] = {}
        at = 0
        for change in _without_overlap(changes):
            parts.append(self.text[at : change.start])
            while old and old[0][0] < change.start:
                place, step = old.pop(0)
                steps[len(begins) + place - at] = step
            old = [one for one in old if one[0] >= change.end]
            begins += self.begins[at : change.start]
            ends += self.ends[at : change.start]
            if change.step is not None:
                steps[len(begins)] = change.step
            parts.append(change.written)
            begins += [self.begins[change.start]] * len(change.written)
            ends += [self.ends[change.end - 1]] * len(change.written)
            at = change.end
        steps |= {len(begins) + place - at: step for place, step in old}
        parts.append(self.text[at:])
        return Copy("".join(parts), (*begins, *self.begins[at:]), (*ends, *self.ends[at:]), steps)


def shares_in_digits(copy: Copy) -> Copy:
    """The copy with `một nửa`, `hai phần ba` (also typed without marks) as percentages."""
    return copy.replaced(_fractions(copy.text))


def in_digits(copy: Copy) -> Copy:
    """The copy with its other numbers in digits; it must be typed with marks."""
    text = copy.text
    return copy.replaced([*_scaled(text), *_spaced(text), *_spoken(text)])


def _without_overlap(changes: Iterable[Change]) -> list[Change]:
    kept: list[Change] = []
    for change in sorted(changes, key=lambda one: (one.start, -one.end)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def _fractions(text: str) -> Iterator[Change]:
    for match in _HALF.finditer(text):
        loose = re.search(r"(?i)(?:hơn|trên|gần|khoảng|hon|tren|gan|khoang)\s+$|^qu", text[max(0, match.start() - 8) : match.start()] or match.group())
        yield Change(match.start(), match.end(), "50%", Decimal(5 if loose else 1))
    for match in _FRACTION.finditer(text):
        above, below = _small(match.group("a")), _small(match.group("b"))
        if not 0 < above < below:
            continue
        share = Decimal(100) * above / below
        exact = share == share.quantize(Decimal(1))
        digits = f"{share.quantize(Decimal(1) if exact else Decimal('0.01'))}".replace(".", ",")
        yield Change(match.start(), match.end(), digits + "%", Decimal(1))


def _small(word: str) -> int:
    return int(word) if word.isdigit() else 10 if fold(word) == "muoi" else _FOLDED[fold(word)]


def _scaled(text: str) -> Iterator[Change]:
    """`102 nghìn tài khoản`: a number with its scale before a noun that is counted."""
    for match in _SCALED.finditer(text):
        if not _is_counted(text, match.end("s")) or match_unit(text, match.end("n"))[1].dimension not in ("none", "count", "money", "thousand"):
            continue
        scale = Decimal(_SCALES[match.group("s").lower()])
        if match_unit(text, match.end("n"))[0] > match.end("s"):
            continue  # `nghìn tỷ`, `nghìn tấn`, `triệu đồng` are units
        number = read_number(match.group("n"))
        exponent = number.as_tuple().exponent
        step = scale.scaleb(exponent) if isinstance(exponent, int) else scale
        yield Change(match.start(), match.end("s"), _plain(number * scale), step)


def _spaced(text: str) -> Iterator[Change]:
    """`78 822 tấn`: thousands grouped by spaces."""
    for match in _SPACED.finditer(text):
        if match_unit(text, match.end())[1] is not NO_UNIT:
            yield Change(match.start(), match.end(), re.sub(r"[ \u00a0]", "", match.group()), None)


def _spoken(text: str) -> Iterator[Change]:
    for match in _SPOKEN.finditer(text):
        start, words = match.start(), [(m.start() + match.start(), m.end() + match.start(), m.group().lower()) for m in re.finditer(r"\w+", match.group())]
        while words and words[-1][2] in ("triệu", "tỷ", "tỉ"):
            words = words[:-1]  # the unit of money
        while words and not _is_figure(text, words):
            words = words[:-1]
        if not words:
            continue
        value = read_words([word for _, _, word in words])
        if value is None:
            continue
        yield Change(start, words[-1][1], _plain(Decimal(value)), None)


def _is_figure(text: str, words: list[tuple[int, int, str]]) -> bool:
    start, end = words[0][0], words[-1][1]
    spelled = [word for _, _, word in words]
    before = text[max(0, start - 12) : start]
    follow = re.match(r"\s+(\w+)", text[end:])
    noun = follow.group(1).lower() if follow else ""
    if spelled == ["một"] or noun in _TIMES or noun in _WORDS - {"triệu", "tỷ", "tỉ", "nghìn", "ngàn", "vạn"} or noun[:1].isdigit():
        return False
    if spelled[0] in _SCALES or spelled[0] in ("trăm", "mươi", "linh", "lẻ", "tư", "lăm", "nhăm", "mốt", "không"):
        return False
    if re.search(r"\d\s*$", before):
        return False
    bound = _NOT_COUNTED_BEFORE.search(before)
    if bound and not (len(spelled) > 1 or _WHOLE_GROUP_BEFORE.search(before)):
        return False
    if len(spelled) == 1 and spelled[0] == "năm" and (bound or not _is_counted(text, end) or noun in _PLACES):
        return False
    if spelled[0] == "một" and re.search(r"(?i)(?:trên|mỗi|cho|/)\s*$", before):
        return False
    return _is_counted(text, end) or (len(spelled) > 1 and noun in ("phần", "ha", "tấn", "km", "đồng")) or noun in ("triệu", "tỷ", "tỉ", "ha", "tấn", "phần")


def _is_counted(text: str, at: int) -> bool:
    """Whether a noun of the lexicon that is counted stands at `at`."""
    end, unit = match_unit(text, at)
    if unit.dimension != "count":
        return False
    return unit_named(text[at:end].strip()) is not NO_UNIT


def read_words(words: list[str]) -> int | None:
    """The value of a number in words, `một nghìn hai trăm linh năm` is 1205; None where the words are no number."""
    total = section = 0
    digit: int | None = None
    for at, word in enumerate(words):
        if word in _SCALES:
            section += digit or 0
            if not section:
                return None
            total, section, digit = (total + section) * _SCALES[word] if _SCALES[word] >= 10**6 and total else total + section * _SCALES[word], 0, None
        elif word == "trăm":
            section, digit = section + (1 if digit is None else digit) * 100, None
        elif word == "mười":
            section += 10
        elif word == "mươi":
            if digit is None:
                return None
            section, digit = section + digit * 10, None
        elif word in ("linh", "lẻ"):
            continue
        elif digit is not None:
            if at and words[at - 1] in _DIGITS and digit and at == 1 and len(words) == 2:
                return digit * 10 + _DIGITS[word] if digit > 1 else None  # `hai lăm`
            return None
        else:
            digit = _DIGITS[word]
    return total + section + (digit or 0)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
