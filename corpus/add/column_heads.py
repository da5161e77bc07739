"""The headers of a table's columns as words of a sentence: when, what, compared with what."""

from __future__ import annotations

import re

from corpus.units import UNIT_SAID

SPAN = re.compile(
    r"(?i)\b((?:(?:6|9|03|06|09|3|sáu|chín) tháng(?: đầu| cuối)?|quý [IVX\d]+(?: và quý [IVX\d]+)?|tháng \d{1,2}|vụ [^\W\d_]+(?: [^\W\d_]+)?)"
    r"\s*(?:năm|/|-)?\s*)?(?:năm\s*)?((?:19|20)\d\d)\b"
)
_SHORT = {"KH": "kế hoạch", "TH": "thực hiện", "ƯTH": "ước thực hiện", "UTH": "ước thực hiện", "CK": "cùng kỳ", "SS": "so sánh", "NQ": "nghị quyết"}
UNIT_IN_BRACKETS = re.compile(rf"\s*\((?:(?i:{UNIT_SAID})\s*:?\s*)?([^()\d]{{1,25}}|%|[^()]*/[^()]*)\)")


def written_out(head: str) -> str:
    """A header's words with abbreviations written out and without its unit."""
    words = re.sub(r"\(\s*%\s*\)|%", " ", head)
    words = re.sub(UNIT_IN_BRACKETS.pattern, lambda m: m.group() if SPAN.search(m.group(1)) else " ", words)
    words = re.sub(r"\b[A-ZƯ]{2,3}(?=[\d\s/]|$)", lambda m: _SHORT.get(m.group(), m.group()), words)
    words = re.sub(r"(?<=[^\W\d_])(?=(?:19|20)\d\d\b)", " ", words)
    return " ".join(words.replace("(", " ").replace(")", " ").split())


def comparison(words: str) -> str:
    """`TH 2023/KH 2023` and `So sánh với năm 2022` as `… so với …`; empty where a header compares nothing."""
    ratio = re.fullmatch(r"(?i)(?:so sánh\s*|tỷ lệ\s*)?(.+?)\s*/\s*(.+)", words)
    if ratio and not re.fullmatch(r"(?i)\d{1,2}|.*\b(?:tháng|quý)\s*\w{1,3}", ratio.group(1)):
        return f"{_time_first(ratio.group(1))} so với {small(_with_year(ratio.group(2)))}"
    versus = re.search(r"(?i)\bso (?:với|sánh(?: với)?)\b\s*:?\s*(.*)", words)
    if not versus:
        return ""
    return f"{_time_first(words[: versus.start()])} {'so với' if versus.group(1) else 'so sánh'} {small(_with_year(versus.group(1)))}".strip()


def _with_year(words: str) -> str:
    return SPAN.sub(lambda m: f"{m.group(1) or 'năm '}{m.group(2)}", words)


def time_and_label(words: str) -> tuple[str, str]:
    """`Ước thực hiện năm 2023` as `năm 2023` and `ước thực hiện`; no time where the words name none or several."""
    spans = list(SPAN.finditer(words))
    if len(spans) != 1:
        return "", small(_with_year(words))
    span = spans[0]
    time = span.group() if (span.group(1) or "").rstrip().endswith("/") else f"{(span.group(1) or 'năm ').strip()} {span.group(2)}"
    rest = " ".join((words[: span.start()] + " " + words[span.end() :]).split()).strip(" ,;:-")
    return small(time), small(rest)


def _time_first(words: str) -> str:
    return " ".join(time_and_label(words)).strip()


def is_change(words: str) -> bool:
    """Whether a header says that the sign of a figure tells rise from fall (`Tăng (+), giảm (-)`)."""
    return bool(re.search(r"(?i)\btăng\b.*\bgiảm\b|\btăng\s*\(?\s*[+]", words))


def change(words: str, value: str) -> str:
    """A figure of a column `Tăng, giảm so với …`: its sign says which."""
    rest = re.sub(r"(?i)\s*\(?\s*[+]?\s*\btăng\b\s*[+)(]*\s*[,;/-]*\s*(?:hoặc |và )?\(?\s*[-–]?\s*\bgiảm\b\s*[()-]*", " ", words)
    rest = small(" ".join(_with_year(rest).split()).strip(" ,;:-/"))
    rest = re.sub(r"(?i)^so sánh (?=so với)", "", rest)
    falls = bool(re.match(r"[-–(]", value))
    amount = value.lstrip("-–+ ").replace("(", "").replace(")", "")
    return f"{rest if not rest.startswith('so ') else ''} {'giảm' if falls else 'tăng'} {amount} {rest if rest.startswith('so ') else ''}".strip()


def small(words: str) -> str:
    """Words with a small first letter, unless they begin with an abbreviation."""
    words = words.strip()
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """Words with a capital first letter."""
    return words[:1].upper() + words[1:]
