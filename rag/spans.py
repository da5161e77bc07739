"""Sentences and clauses of a passage made ready to be weighed as answers in words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from corpus.abbreviations import search_copy
from corpus.passages import Passage
from corpus.periods import RESULT, default_period
from corpus.places import find_places
from corpus.report import Report
from corpus.text import sentences
from rag.terms import Words

USUAL, LENGTHY = 150, 300
"""Characters of a usual clause, and those from which a sentence counts as long."""
MOSTLY_FIGURES = 0.08
"""Share of digits of a text that is all figures."""
MANY_PLACES, MANY_NAMES, MANY_PARTS = 3, 3, 6
_REASON = re.compile(r"(?i)\b(?:do|vì|nhờ|bởi|nguyên nhân|lý do|để|nên)\b")
_TASK = re.compile(
    r"(?i)\b(?:tăng cường|đẩy mạnh|tiếp tục|chỉ đạo|tập trung|triển khai|rà soát|xử lý|nâng cao|phối hợp|đôn đốc|"
    r"kiểm tra|hướng dẫn|tổ chức|thực hiện|xây dựng|yêu cầu)\b"
)
_LACK = re.compile(r"(?i)\b(?:khó khăn|hạn chế|tồn tại|vướng|chậm|chưa|thiếu|yếu|không)\b")
_NAME = re.compile(r"(?<![.“\"(:] )(?<!^)\b[A-ZĐÂĂÊÔƠƯÀ-Ỹ]\w*")


@dataclass(frozen=True)
class Span:
    """A sentence, or a clause of one between `;`, with its words and what may be seen of it without a question.

    `sentence` is the span of the sentence that it stands in, `around` the words of that; `length` and `excess` are
    logarithms of its length against a usual and a long one; `figures`, `places`, `names` and `parts` are shares of
    as many as matter, 0 to 1; `reason`, `task` and `lack` say whether it speaks of reasons, of work to do, of what is
    wanting; `aim` whether it stands among the aims of a coming year.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    words: Words
    around: Words
    length: float
    excess: float
    figures: float
    places: float
    names: float
    parts: float
    reason: bool
    task: bool
    lack: bool
    aim: bool

    @property
    def whole(self) -> bool:
        """Whether it is a whole sentence."""
        return (self.start, self.end) == self.sentence


def is_table_head(text: str, start: int) -> bool:
    """Whether the line at `start` is the head of a table: its first row."""
    return text.startswith("|", start) and not text[:start].rstrip().rpartition("\n")[2].lstrip().startswith("|")


def read_spans(passage: Passage, report: Report) -> tuple[Span, ...]:
    """The sentences of a passage and their clauses, each once, in order of the text."""
    aim = default_period(report, passage.section).status != RESULT
    whole = sentences(passage.text)
    words_of = {span: Words(search_copy(passage.text[slice(*span)])) for span in whole}
    spans = sorted({*whole, *((s.start, s.end) for s in passage.statements)})
    found = []
    for start, end in spans:
        text = passage.text[start:end]
        if is_table_head(passage.text, start):
            continue
        sentence = next((span for span in whole if span[0] <= start < span[1]), (start, end))
        words = words_of.get((start, end)) or Words(search_copy(text))
        found.append(
            Span(
                start,
                end,
                sentence,
                words,
                words_of.get(sentence, words),
                math.log(len(text) / USUAL),
                max(0.0, math.log(len(text) / LENGTHY)),
                min(1.0, sum(char.isdigit() for char in text) / len(text) / MOSTLY_FIGURES),
                min(1.0, len(find_places(text, report, printed=True)) / MANY_PLACES),
                min(1.0, len(_NAME.findall(text)) / MANY_NAMES),
                min(1.0, (text.count(",") + text.count(";")) / MANY_PARTS),
                bool(_REASON.search(text)),
                bool(_TASK.search(text)),
                bool(_LACK.search(text)),
                aim,
            )
        )
    return tuple(found)
