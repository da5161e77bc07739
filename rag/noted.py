"""Names that a footnote gives of what a figure counts: `05 sản phẩm 4 sao[^10]` and its note `Cam Đồng Thành, Gạo nếp Lăng Thành, …`.

That the note holds as many names as the figure counts proves that they are those of the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.numbers import find_quantities
from corpus.passages import Passage
from corpus.report import Report
from rag import forms
from rag.candidates import Candidate
from rag.figure_answer import Draft
from rag.fitting import CLOSE
from rag.ground import Found, Ground
from rag.patterns import Pattern
from rag.question import Question
from rag.text_answer import draft_text, note_of

SURE = 0.45
"""The share of the threshold of a figure's confidence that is enough, since the names prove the figure."""
LOOKED_AT = 12
LONGEST_NAME = 14
"""Words of one name of a list."""
_NAMES = Pattern(r"\b(?:tên|những|các|mấy|danh sách|liệt kê|kể|nào|gì|ai|đâu)\b")
_LEAD = re.compile(r"^[^:;,]{0,60}:\s")
"""What stands before the names (`Các chỉ tiêu không đạt: …`)."""
_JOIN = re.compile(r"\s+và\s+|\s*&\s*")


def draft_noted(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The note with the names of what the likeliest figure counts; None where the question asks for no names, or no such note is likely meant."""
    names = question.form in (forms.LIST, forms.WHICH) or (question.form == forms.FIGURE and not question.asks)
    if not names or not _NAMES.search(question.text):
        return None
    noted = {one.figure.id: note for passage in found for one in passage.reading.candidates if (note := _names_of(ground, one)) is not None}
    if not noted:
        return None
    query = ground.query(question, None, report)
    ranked = ground.rank(query, found)
    said = {number.canonical.name: number.value for number in question.numbers}
    for one in ranked[:LOOKED_AT]:
        if one.score < ranked[0].score - CLOSE:
            break
        note = noted.get(one.candidate.figure.id)
        counted = one.candidate.figure.quantity
        if note is None or said.get(counted.canonical.name, counted.value) != counted.value:
            continue
        sure = ground.confidence(query, one, ranked, found)
        return draft_text([(note, 0, len(note.text))]) if sure >= ground.trees.threshold * SURE else None
    return None


def _names_of(ground: Ground, one: Candidate) -> Passage | None:
    """The footnote that names just as many things as a figure counts, and whose mark stands behind the words of the figure; None where there is none."""
    figure, passage = one.figure, one.passage
    if figure.quantity.canonical.dimension != "count" or figure.value != int(figure.value) or figure.value < 2:
        return None
    following = min((mate.figure.start for mate in ground.mates(one) if mate.figure.start > figure.start), default=len(passage.text))
    note = note_of(ground, passage, figure.end - 1, following)
    return note if note is not None and int(figure.value) in _counts(note.text) else None


@lru_cache(maxsize=4096)
def _counts(text: str) -> frozenset[int]:
    """How many names a note lists, with and without those that `và` joins in the last piece; empty where it holds figures, or pieces too long for names."""
    listed = _LEAD.sub("", text).strip(" .;")
    if "|" in listed or ". " in listed:
        return frozenset()
    pieces = [piece.strip() for piece in re.split(";" if ";" in listed else ",", listed)]
    if any(len(piece.split()) > LONGEST_NAME or find_quantities(piece) for piece in pieces):
        return frozenset()
    return frozenset((len(pieces), len(pieces) + len(_JOIN.findall(pieces[-1]))))
