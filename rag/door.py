"""What may not come in: checks of a question before anything is searched. Messages are Vietnamese sentences."""

from __future__ import annotations

import re
import unicodedata

from corpus.text import nfc
from rag.question import MAX_LENGTH

EMPTY = "Xin nhập một câu hỏi về nội dung báo cáo."
TOO_LONG = f"Câu hỏi quá dài (tối đa {MAX_LENGTH} ký tự); xin hỏi ngắn lại, mỗi lần một nội dung."
NO_WORDS = "Chưa thấy nội dung câu hỏi; xin viết câu hỏi bằng chữ, ví dụ: “Tổng thu ngân sách nhà nước là bao nhiêu?”."

_TAG = re.compile(r"<[^<>]{0,300}>")


def clean(text: str) -> str:
    """The question as one line: NFC, without control characters, tags and surplus white space."""
    text = nfc(text)
    text = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)
    text = _TAG.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip()


def refuse_at_door(raw: str) -> str | None:
    """Why a question is not looked up at all; None where it may be."""
    if len(raw) > MAX_LENGTH:
        return TOO_LONG
    if not raw.strip():
        return EMPTY
    letters = sum(char.isalpha() for char in clean(raw))
    digits = sum(char.isdigit() for char in raw)
    if letters < 2 and not (digits and letters + digits >= 2):
        return NO_WORDS
    return None
