"""What no report on a year's work answers, whatever its words: texts to be written, today's weather and prices, how to apply for papers, advice."""

from __future__ import annotations

from rag.patterns import Pattern

_TO_WRITE = Pattern(r"\b(?:viết|soạn|sáng tác|dịch|vẽ|viet|soan)(?: [^\s,?]+)? (?:hộ|giúp|giùm|dùm|đùm|ho|giup|gium|dum)\b")
_TODAY = Pattern(r"\b(?:hôm nay|ngày mai|tối nay|chiều nay|sáng nay|sáng mai|tuần này|tuần sau|tuần tới|cuối tuần)\b|^mai\b|\bthời tiết\b")
_PAPERS = Pattern(r"\b(?:thủ tục|muốn|làm|xin)\b[^?]*\b(?:cần|phải|gồm|mang|nộp)\b[^?]*\b(?:giấy|tờ|hồ sơ) gì\b")
_ADVICE = Pattern(
    r"\btư vấn\b|^cách (?:nấu|làm|chọn|trồng|nuôi|chữa)\b|\bnên (?:mặc|ăn|mua|bón|chọn|đi|trồng|nuôi) gì\b|\bbón phân gì\b|"
    r"\bxe buýt\b[^?]*\b(?:mấy giờ|số mấy)\b"
)


def is_outside(typed: str, read: str) -> bool:
    """Whether a question as typed, or as it reads with its marks restored, wants what no report holds."""
    return any(pattern.search(text) for text in (typed, read) for pattern in (_TO_WRITE, _TODAY, _PAPERS, _ADVICE))
