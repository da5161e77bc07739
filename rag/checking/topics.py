"""Words that say what a figure is on: topic words read with their marks, days, and marks for plan, total and level."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.abbreviations import search_copy
from corpus.text import WORD, fold, unify_tone
from rag.compare import OF_PLAN, PLANNED
from rag.lexicon import stopwords

TOTAL = re.compile(r"(?i)\btổng\b(?! hợp| kết)|\bcả thảy\b|\btất cả\b|\btoàn bộ\b|\bcộng lại\b|\btổng cộng\b")
LEVEL = re.compile(r"\b(?:huyen|tinh|xa|thon|chu tich nuoc|trung uong|ca nuoc|toan quoc)\b")
_DAY = re.compile(r"(?<![\d/])(\d{1,2}/\d{1,2})(?!\d)")
_CLASS = re.compile(r"(?i)(?<![\d.,/])\d{1,2} sao(?!\w)|(?<!\w)(?:mức độ|lớp|khối|loại|hạng|mũi|bậc|quý|đợt|cấp độ|giai đoạn) \d{1,2}(?![\d.,/]?\d)")
_CLASSED = "0:"
"""Begins a class told by a number, which weighs as a day does."""
_KIND = "tăng giảm đạt số tỷ lệ bằng ước tổng kế hoạch gồm cùng kỳ năm hơn được là và với giá trị chiếm khoảng gần riêng thì đó lên xuống chỉ trở dưới".split()
"""Words that tell the kind of figure and not its topic."""
_TELLING = "trong ngoài trên".split()
"""Words without topic elsewhere that can be all that tells two figures apart (`trong hạn`, `quá hạn`)."""
_EVERYWHERE = frozenset("dat la uoc duoc khoang tren hon gan voi va so tang giam bang thi chi moi da con co cua trong do".split())


@lru_cache(maxsize=50_000)
def words_of(text: str) -> frozenset[str]:
    """The topic words of a text with their marks (`unify_tone`), abbreviations written out."""
    words = (unify_tone(word) for word in WORD.findall(search_copy(text).lower()) if not word[:1].isdigit())
    return frozenset(word for word in words if word not in _empty())


def topic_of(text: str) -> frozenset[str]:
    """The topic words of a text, folded; a word is judged by its marks (`cận` is one, `cần` is none)."""
    return frozenset(fold(word) for word in words_of(text))


@lru_cache(maxsize=50_000)
def own_words(text: str) -> frozenset[str]:
    """All folded words of a group but numbers and what every figure has (`đạt`, `là`)."""
    words = (fold(unify_tone(word)) for word in WORD.findall(search_copy(text).lower()) if not word[:1].isdigit())
    return frozenset(word for word in words if word not in _EVERYWHERE)


def days_of(text: str) -> frozenset[str]:
    """The days that a text names, `27/7`."""
    return frozenset(_DAY.findall(text))


def classes_of(text: str) -> frozenset[str]:
    """The classes that a text tells by a number, `4 sao`, `khối 12`."""
    return frozenset(_CLASSED + fold(" ".join(match.group().split())) for match in _CLASS.finditer(text))


def marks_of(words: str, subject: str) -> frozenset[str]:
    """`<plan>` where the words speak of a plan's level, `<total>` where of a total, and the levels of the state in `subject`."""
    marks = {f"<{level}>" for level in LEVEL.findall(fold(subject))}
    marks |= {"<plan>"} if PLANNED.search(OF_PLAN.sub(" ", words)) else set()
    return frozenset(marks | ({"<total>"} if TOTAL.search(words) else set()))


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    written, _ = stopwords()
    return frozenset(unify_tone(word) for word in (*written, *_KIND)) - frozenset(map(unify_tone, _TELLING))
