"""Honest refusals: one sentence on what the report does not hold, and the nearest thing that it does, clearly as something else."""

from __future__ import annotations

from collections.abc import Sequence

from rag.citations import cite_figures
from rag.compose import short_subject
from rag.ranker import Scored
from rag.records import Citation, Suggestion

THE_REST = "Phần còn lại của câu hỏi, báo cáo không nêu hoặc chưa tìm thấy."
NOTHING = "Báo cáo không nêu nội dung này."
OUTSIDE = "Câu hỏi này nằm ngoài phạm vi báo cáo: báo cáo chỉ nêu tình hình, kết quả và nhiệm vụ của địa phương trong năm."
OTHER_YEAR = "Báo cáo không nêu số liệu này của năm {year}."
OTHER_PLACE = "Báo cáo không nêu số liệu này của riêng {place}."
UNKNOWN_PLACE = "Báo cáo này không có số liệu của {place}."
NOT_COMPUTED = "Báo cáo không nêu đủ các số để tính nội dung này."
OTHER_KIND = "Báo cáo không nêu {what} của nội dung này."
NEAREST = " Nội dung gần nhất mà báo cáo có: {label} ({figure})."
"""Refusals as shown; `NEAREST` is added where the report holds something near."""

MEASURE_NAMES = {"percent": "tỷ lệ", "money": "số tiền", "area": "diện tích", "length": "chiều dài", "mass/area": "năng suất", "age": "tuổi"}
KIND_NAMES = {
    "change": "mức tăng, giảm",
    "share_of_plan": "mức đạt so với kế hoạch",
    "share": "tỷ lệ",
    "amount": "số lượng",
    "rank": "thứ hạng",
    "": "số liệu",
}


def suggestions(ranked: Sequence[Scored], most: int = 3, least: float = 0.35) -> tuple[Suggestion, ...]:
    """What the report does hold near the question: the best figures of different sentences."""
    found: list[Suggestion] = []
    seen: set[tuple[str, tuple[int, int]]] = set()
    for one in ranked[:20]:
        figure = one.candidate.figure
        key = (figure.passage, figure.sentence)
        if key in seen or one.value("coverage") < least:
            continue
        seen.add(key)
        citation: Citation = cite_figures(one.candidate.passage, [figure], len(found) + 1)
        found.append(Suggestion(f"{short_subject(figure, 90)}: {figure.printed}", citation))
        if len(found) == most:
            break
    return tuple(found)
