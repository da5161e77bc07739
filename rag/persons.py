"""Questions for the person who holds a post: only words that name a person answer them."""

from __future__ import annotations

import re

from corpus.text import UPPER, fold
from rag.patterns import Pattern

BESIDE = 40
"""Characters within which a post stands beside the name of its holder."""
_POST = Pattern(
    r"\b(?:bí thư|chủ tịch|giám đốc|trưởng (?:phòng|ban|công an|trạm|thôn|ấp|đoàn)|chánh (?:án|văn phòng|thanh tra)|hiệu trưởng|viện trưởng|"
    r"chỉ huy trưởng|đội trưởng|người đứng đầu)\b"
)
_WHO = Pattern(r"\b(?:là ai|tên (?:là )?(?:gì|chi)|ai (?:đang )?(?:làm|là|giữ chức))\b")
_PERSON = re.compile(rf"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)\s+[{UPPER}]\w+(?:\s+[{UPPER}]\w+){{1,3}}")


def asks_who(text: str) -> bool:
    """Whether it is asked who holds a post (`bí thư huyện ủy là ai`)."""
    return bool(_POST.search(text) and _WHO.search(text))


def names_holder(text: str, question: str) -> bool:
    """Whether printed words name a person (`ông Vũ Xuân Quyền`) beside the post that the question asks for."""
    posts = [fold(match.group()) for match in _POST.finditer(question)]
    around = [fold(text[max(0, match.start() - BESIDE) : match.end() + BESIDE]) for match in _PERSON.finditer(text)]
    return any(post in words for post in posts for words in around)
