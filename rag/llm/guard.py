"""What a model wrote may be shown only if it holds nothing that the words it cites do not hold.

A sentence passes if it cites, if all its digits, numbers in words, names and telling words (`không`, `hầu hết`) stand in
what it cites, if most of its other words do, and if its figures agree with the cited ones (`rag.llm.agreeing`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.abbreviations import search_copy
from corpus.figures import Figure, passage_figures
from corpus.numbers import find_quantities, iter_digit_strings
from corpus.passages import Passage
from corpus.report import Report, Text
from corpus.text import WORD, has_diacritics, search_words
from rag.checking.spoken import Copy, in_digits, shares_in_digits
from rag.ground import Ground
from rag.llm import prompts
from rag.llm.agreeing import figure_faults
from rag.llm.draft_text import Sentence
from rag.records import Answer, Citation
from rag.terms import is_stopword

LONGEST_SENTENCE, LONGEST_TEXT = 900, 3000
LEAST_KNOWN = 0.6
"""Share of a sentence's topic words that what it cites, the question or the heading must hold."""
FEW_NEW = 2
"""So many words that nothing holds are let pass in any sentence."""
SHINGLE = 6
"""So many words in a row as in the rules give them away."""

NO_MARK, UNKNOWN_MARK, DIGITS, SPOKEN, UNIT, DIRECTION, KIND, WHOSE, QUALIFIER, YEAR = (
    "no_mark", "unknown_mark", "digits", "spoken", "unit", "direction", "kind", "whose", "qualifier", "year",
)  # fmt: skip
TELLING, NAMES, NEW_WORDS, FORBIDDEN, LANGUAGE, LENGTH, MISSING, POLARITY, EMPTY = (
    "telling", "names", "new_words", "forbidden", "language", "length", "missing", "polarity", "empty",
)  # fmt: skip

_FORBIDDEN = re.compile(
    r"(?i)https?:|www\.|\w\.(?:com|vn|net|org|io|gov|edu)\b|@|\]\s*\(|!\[|[|{}\\$~^]|[<>](?! ?\d)|\bjson\b|trich_dan|phai_neu|cau_hoi|chu_de"
)
_TELLING = re.compile(
    r"(?i)(?<!\w)(?:không|chưa|chẳng|chả|thiếu|gấp|nửa|đa số|hầu hết|phần lớn|toàn bộ|tất cả|duy nhất|nhất|đầu tiên|kỷ lục|vượt|hụt|"
    r"cao hơn|thấp hơn|nhiều hơn|ít hơn|lớn hơn|nhỏ hơn|kém|hoàn thành|tăng|giảm|sụt|xuống|cao|thấp|dưới|trên|ít nhất|tối đa|tối thiểu|"
    r"khoảng|xấp xỉ|gần|bình quân|trung bình|mỗi|kế hoạch|dự toán|mục tiêu|phấn đấu|dự kiến|cùng kỳ|"
    r"do|nhờ|vì|bởi|nên|khiến|hộ|thôn|tỉnh|cả nước|toàn quốc)(?!\w)"
)
_POLARITY = re.compile(r"(?i)^(?:có(?=[.,!:])|không(?=[.,!:]| đúng| phải)|đúng(?=[.,!:]| vậy| thế| là)|sai(?=[.,!:])|chưa(?=[.,!:])|vâng|dạ|phải(?=[.,!:]))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER_WORD = "không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|linh|lẻ|mốt|rưỡi"
_PARTS_IN_WORDS = re.compile(
    rf"(?i)(?<!\w)(?:phần trăm|một nửa|phân nửa|gấp đôi|gấp rưỡi|(?:(?:{_NUMBER_WORD})\s+)+(?:mươi|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)|tá|chục)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a draft is not shown: the kind, and what to tell the model (Vietnamese)."""

    kind: str
    what: str


@dataclass(frozen=True)
class Source:
    """A citation with the figures of its quote."""

    citation: Citation
    figures: tuple[Figure, ...]

    @cached_property
    def flat(self) -> str:
        """The quote in small letters, words and numbers only."""
        return _flat(self.citation.quote)

    @cached_property
    def digits(self) -> frozenset[str]:
        """The digit strings of the quote."""
        return frozenset(self.citation.quote[a:b] for a, b in iter_digit_strings(self.citation.quote))


class Guard:
    """Holds a model's sentences against the citations of one answer. `question` is what was asked, as understood."""

    def __init__(self, ground: Ground, question: str, answer: Answer, key: str = "") -> None:
        self._ground, self._key = ground, key
        self._sources = {citation.n: _source(ground, citation) for citation in answer.citations}
        self._report: Report | None = ground.readings.report(answer.citations[0].report) if answer.citations else None
        headings = " ".join(f"{citation.heading} " for citation in answer.citations)
        place = f"{self._report.title} {self._report.place} {self._report.body}" if self._report else ""
        self._context = frozenset(search_words(search_copy(f"{question} {headings} {place} {answer.answer}")))
        self._names = frozenset(search_words(f"{headings} {place} {answer.answer}"))

    def sentence_faults(self, sentence: Sentence) -> list[Fault]:
        """Why a sentence may not be shown; none where it may."""
        faults = self._form_faults(sentence)
        sources = [self._sources[n] for n in sentence.marks if n in self._sources]
        if faults or not sources or self._report is None:
            return faults or [Fault(NO_MARK, f"câu “{_short(sentence.plain)}” không ghi số của trích dẫn.")]
        faults = self._digit_faults(sentence.plain, sources) + self._word_faults(sentence.plain, sources)
        if faults:
            return faults
        wrong = figure_faults(sentence.plain, [figure for source in sources for figure in source.figures], self._report, self._ground)
        return [Fault(kind, what) for kind, what in wrong]

    def _form_faults(self, sentence: Sentence) -> list[Fault]:
        short = _short(sentence.plain)
        if self._key and self._key in sentence.shown or _FORBIDDEN.search(sentence.shown) or any(map(_is_strange, sentence.shown)):
            return [Fault(FORBIDDEN, "có đường dẫn, ký hiệu hoặc nội dung không được phép.")]
        if _gives_away(sentence.plain, [source.citation.quote for source in self._sources.values()]):
            return [Fault(FORBIDDEN, "nhắc lại quy tắc.")]
        if len(sentence.shown) > LONGEST_SENTENCE:
            return [Fault(LENGTH, "có câu quá dài.")]
        if not sentence.marks:
            return [Fault(NO_MARK, f"câu “{short}” không ghi số của trích dẫn.")]
        unknown = [n for n in sentence.marks if n not in self._sources]
        return [Fault(UNKNOWN_MARK, f"không có trích dẫn [{unknown[0]}].")] if unknown else []

    def _digit_faults(self, plain: str, sources: Sequence[Source]) -> list[Fault]:
        held = {digits for source in sources for digits in source.digits}
        lacking = [plain[a:b] for a, b in iter_digit_strings(plain) if plain[a:b] not in held]
        faults = [Fault(DIGITS, f"số {digits} không có trong trích dẫn được ghi.") for digits in lacking]
        texts = " ".join(source.flat for source in sources)
        faults += [
            Fault(DIGITS, f"“{named}” không có trong trích dẫn được ghi.") for named in _numbered_names(plain) if not _stands_in(_flat(named), texts)
        ]
        for words in _numbers_in_words(plain):
            if not _stands_in(_flat(words), texts):
                faults.append(Fault(SPOKEN, f"“{words}” không có trong trích dẫn được ghi; không viết số bằng chữ."))
        return faults

    def _word_faults(self, plain: str, sources: Sequence[Source]) -> list[Fault]:
        texts = " ".join(source.flat for source in sources)
        faults = [
            Fault(TELLING, f"từ “{match.group()}” không có trong trích dẫn được ghi.")
            for match in _TELLING.finditer(plain)
            if not _stands_in(_flat(match.group()), texts)
        ]
        held = frozenset(word for source in sources for word in search_words(search_copy(source.citation.quote)))
        faults += [
            Fault(NAMES, f"tên “{name}” không có trong trích dẫn được ghi.")
            for name in _names(plain)
            if not set(search_words(name)) <= held | self._names
        ]
        topic = [word for word in WORD.findall(plain) if not is_stopword(word) and not word[0].isdigit()]
        new = [word for word in topic if not set(search_words(word)) <= held | self._context]
        if len(new) > max(FEW_NEW, (1 - LEAST_KNOWN) * len(topic)):
            faults.append(Fault(NEW_WORDS, f"câu “{_short(plain)}” nói điều không có trong trích dẫn được ghi."))
        return faults


def whole_faults(parts: Sequence[Sentence], must_hold: Iterable[str]) -> list[Fault]:
    """What is wrong with a draft as a whole. It may not say yes or no: where that is asked, the answer has said it before."""
    text = " ".join(part.plain for part in parts)
    if not parts:
        return [Fault(EMPTY, "không có câu nào.")]
    if len(text) > LONGEST_TEXT:
        return [Fault(LENGTH, "quá dài.")]
    if not has_diacritics(text):
        return [Fault(LANGUAGE, "không phải tiếng Việt có dấu.")]
    if _POLARITY.search(text):
        return [Fault(POLARITY, "mở đầu bằng lời khẳng định hoặc phủ định.")]
    flat = _flat(text)
    return [Fault(MISSING, f"thiếu {figure}.") for figure in must_hold if not _stands_in(_flat(figure), flat)]


def _source(ground: Ground, citation: Citation) -> Source:
    passage = next((one for one in ground.index.passages if one.id == citation.passage), None)
    report = ground.readings.report(citation.report)
    if passage is None or passage.text[citation.start : citation.end] != citation.quote:
        text = Text(citation.quote, ((0, 0),), ((0, 1),), ())
        return Source(citation, tuple(passage_figures(Passage(":quote", report.id, "", None, "", text, ""), report)))
    figures = (candidate.figure for candidate in ground.readings.of(passage).candidates)
    return Source(citation, tuple(one for one in figures if citation.start <= one.start and one.end <= citation.end))


def _numbered_names(plain: str) -> list[str]:
    """Numbers that are no figures and no years, with the word before them: `đường tỉnh 392`, `ISO 9001`."""
    figures = [range(quantity.start, quantity.end) for quantity in find_quantities(plain)]
    found = []
    for start, end in iter_digit_strings(plain):
        before = plain[:start].split()
        if any(start in span for span in figures) or _YEAR.fullmatch(plain[start:end]) or not before or not before[-1][-1].isalnum():
            continue
        while end < len(plain) and plain[end].isalpha():
            end += 1  # `392B`, `500kV`
        found.append(f"{before[-1]} {plain[start:end]}" if plain[start - 1].isspace() else plain[start - len(before[-1]) : end])
    return found


def _numbers_in_words(plain: str) -> list[str]:
    copy = Copy.of(plain)
    written = in_digits(shares_in_digits(copy))
    found = [plain[slice(*written.span(a, b))] for a, b in iter_digit_strings(written.text)]
    return [words for words in found if not any(map(str.isdigit, words))] + [match.group() for match in _PARTS_IN_WORDS.finditer(plain)]


def _names(plain: str) -> list[str]:
    """Words with a capital that do not begin the sentence."""
    return [match.group() for match in WORD.finditer(plain) if match.start() and match.group()[0].isupper()]


def _gives_away(plain: str, quotes: Sequence[str]) -> bool:
    words = _flat(plain).split()
    rules = " ".join(_flat(rule) for rule in prompts.RULES)
    held = " ".join(map(_flat, quotes))
    spans = (" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))
    return any(_stands_in(span, rules) and not _stands_in(span, held) for span in spans)


def _is_strange(char: str) -> bool:
    category = unicodedata.category(char)
    if category in ("No", "Nl"):
        return char not in "²³"
    if category[0] == "L":
        return "LATIN" not in unicodedata.name(char, "")
    return category[0] == "C" or (category == "Nd" and not char.isascii())


def _flat(text: str) -> str:
    """Small letters; words, numbers and percent signs with single blanks. Marks stay: `do` is not `đó`."""
    return " ".join(re.findall(r"[^\W_]+(?:[.,/][0-9]+)*|[%‰]", text.lower()))


def _stands_in(needle: str, text: str) -> bool:
    return f" {needle} " in f" {text} "


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"
