"""Headings of administrative reports: `Phần thứ nhất`, `A.`, `I.`, `1.`, `1.1.`, `a)`, and lines in capitals or bold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.add.document import Paragraph
from corpus.add.lines import is_ended
from corpus.labels import PART_LABEL
from corpus.text import UPPER

LONGEST = 220
"""Characters of the longest heading in bold or capitals."""
LONGEST_PLAIN = 120
"""Characters of the longest numbered heading in plain type."""
LONGEST_SHORT = 70
"""Characters of the longest heading in plain type without a number."""
LONGEST_RUN_IN = 80
"""Characters of the longest heading that its text follows on the same line (`a) Trồng trọt: Diện tích …`)."""

PART, CAPITALS, LETTER, ROMAN, NUMBER, NUMBER_2, NUMBER_3, SMALL, PLAIN = range(9)

_LABELS = (
    (ROMAN, re.compile(r"([IVX]{1,5})[.)/:]\s*(?=[^\W\d_“\"])")),
    (LETTER, re.compile(r"([A-HĐ])[.)/:]\s+(?=[^\W\d_“\"])")),
    (NUMBER_3, re.compile(r"(\d{1,2}(?:\.\d{1,2}){2,3})[.)/:]?\s+(?=[^\W\d_“\"])")),
    (NUMBER_2, re.compile(r"(\d{1,2}\.\d{1,2})[.)/:]?\s+(?=[^\W\d_“\"])")),
    (NUMBER, re.compile(r"(\d{1,2})[.)/:]\s*(?=[^\W\d_“\"])")),
    (SMALL, re.compile(r"([a-zđ])\)\s*(?=[^\W\d_“\"])")),
)
_FIGURE = re.compile(
    r"(?i)\d[\d.,]*\s*(?:%|‰|tỷ|tỉ|triệu|nghìn|đồng|ha\b|m²|m2|m³|km|tấn|tạ|kg|hộ|người|con|vụ|lượt|cháu|trường hợp|dự án)"
    r"|\b(?:đạt|bằng|tăng|giảm)\s+\d"
)
_MARKS = re.compile(r"\[\^\d+\]")
_NO_HEADING = re.compile(r"(?i)(?:kính gửi|nơi nhận|ghi chú|nguồn|đơn vị(?: tính)?|đvt|bảng|biểu|phụ lục số|hình|lưu|trình tại|số)\b\s*[:\d(]?|\(")
CLOSING = re.compile(r"(?:Nơi nhận|NƠI NHẬN|TM\.|T/M|KT\.|TUQ\.)")
"""How the signature and the list of recipients begin, where the sections end."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its kind (the rank of its numbering, highest first), its line, and the text that follows on that line."""

    kind: int
    title: str
    rest: str


def find_heading(paragraph: Paragraph, in_body: bool, before: str = "", after: str = "") -> Heading | None:
    """The heading that a paragraph is or begins with; None where it is text.

    `in_body` says that the report's text has begun: only then can a line without a number be a heading. `before` and
    `after` are the paragraphs around it: a short line between whole paragraphs is a heading in plain type.
    """
    text = paragraph.text
    part = PART_LABEL.match(text)
    if part and len(text) <= LONGEST and (not text[part.end() :] or _stands_out(text[part.end() :], paragraph) or len(text) - part.end() < LONGEST_PLAIN):
        return Heading(PART, text, "") if not _reads_as_text(text[part.end() :], paragraph) else None
    for kind, pattern in _LABELS:
        label = pattern.match(text)
        if label:
            return _numbered(kind, label, paragraph)
    return _unnumbered(paragraph, in_body) or _plain(paragraph, in_body, before, after)


def is_label_only(title: str) -> bool:
    """Whether a heading is nothing but `Phần I`: its words then stand on the next line."""
    return PART_LABEL.fullmatch(title) is not None


def goes_on(paragraph: Paragraph) -> bool:
    """Whether a paragraph can be the second line of the heading of a part: in capitals or bold, and without a number."""
    numbered = any(pattern.match(paragraph.text) for _, pattern in _LABELS) or PART_LABEL.match(paragraph.text)
    return not numbered and len(paragraph.text) <= LONGEST and _stands_out(paragraph.text, paragraph)


def levels(kinds: Iterable[int]) -> dict[int, int]:
    """The Markdown level (1..6) of each kind of heading that a report uses."""
    return {kind: min(6, n) for n, kind in enumerate(sorted(set(kinds)), 1)}


def _numbered(kind: int, label: re.Match[str], paragraph: Paragraph) -> Heading | None:
    text = paragraph.text
    words = text[label.end() :]
    shown = f"{label.group(1)}{')' if kind == SMALL else '.'} "
    if paragraph.heading is not None or (not _reads_as_text(words, paragraph) and not _is_long(words, paragraph)):
        return Heading(kind, shown + words.strip(), "")
    split = _run_in(label.end(), paragraph) if kind != NUMBER or paragraph.lead else None
    return Heading(kind, shown + text[label.end() : split].strip(), text[split:].strip()) if split else None


def _unnumbered(paragraph: Paragraph, in_body: bool) -> Heading | None:
    text = paragraph.text
    if paragraph.heading is not None:
        return Heading(CAPITALS if paragraph.heading == 1 else PLAIN, text, "")
    if not in_body or not _stands_out(text, paragraph) or _NO_HEADING.match(text) or len(text) > LONGEST_PLAIN:
        return None
    if _reads_as_text(text, paragraph) or not text[0].isalpha() or len(text.split()) < 2:
        return None
    return Heading(CAPITALS if _in_capitals(text) else PLAIN, text, "")


def _plain(paragraph: Paragraph, in_body: bool, before: str, after: str) -> Heading | None:
    """A short line in plain type above a whole paragraph and below an ended one."""
    text = paragraph.text.removesuffix(":")
    between = is_ended(before) and len(after) > LONGEST_SHORT and is_ended(after) and after[:1].isalnum()
    words = len(text.split())
    if in_body and between and words >= 2 and len(text) <= LONGEST_SHORT and text[0].isupper() and not re.search(r"[\d.,;!?/]|\[\^", text):
        return None if _NO_HEADING.match(text) else Heading(PLAIN, paragraph.text, "")
    return None


def _run_in(begin: int, paragraph: Paragraph) -> int | None:
    """Where the text begins that follows a heading on its line; None where the line is no heading at all."""
    text = paragraph.text
    if begin < paragraph.lead < len(text) and paragraph.lead <= LONGEST and re.search(r"[.:]\s*$", text[: paragraph.lead]):
        return paragraph.lead
    colon = re.compile(rf":\s+(?=[{UPPER}]|[-+])").search(text, begin)
    if colon and colon.end() - begin <= LONGEST_RUN_IN and len(text) - colon.end() >= 30 and not _FIGURE.search(text[begin : colon.start()]):
        return colon.end()
    return None


def _is_long(words: str, paragraph: Paragraph) -> bool:
    return len(words) > (LONGEST if _stands_out(words, paragraph) else LONGEST_PLAIN)


def _stands_out(text: str, paragraph: Paragraph) -> bool:
    return paragraph.bold or _in_capitals(text)


def _in_capitals(text: str) -> bool:
    text = _MARKS.sub("", text)
    return sum(char.isupper() for char in text) > 0.9 * sum(char.isalpha() for char in text) > 0


def _reads_as_text(words: str, paragraph: Paragraph) -> bool:
    words = _MARKS.sub("", words).strip()
    if _in_capitals(words):
        return words.endswith((";", ","))
    if re.search(r"[.;,]$", words) and not (paragraph.bold and len(words) <= LONGEST_RUN_IN and not _FIGURE.search(words)):
        return True
    return bool(_FIGURE.search(words)) or (not paragraph.bold and re.search(rf"[.;]\s+[{UPPER}]", words) is not None)
