"""The assistant over the real report, index and model, as the app loads it."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.records import ANSWERED, NOT_FOUND
from rag.trace import is_traced

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant.load()


@pytest.mark.parametrize(
    ("text", "history", "figure", "section", "page"),
    [
        ("Giá trị sản xuất ngành xây dựng năm 2023 ước đạt bao nhiêu?", [], "830,0 tỷ đồng", "P1.I.2.2", 5),
        ("gtsx nganh xay dung nam 2023 la bao nhieu?", [], "830,0 tỷ đồng", "P1.I.2.2", 5),
        ("so với kế hoạch?", ["Giá trị sản xuất ngành xây dựng ước đạt bao nhiêu?"], "100,2%", "P1.I.2.2", 5),
    ],
)
def test_a_question_is_answered_from_its_place(assistant: Assistant, text: str, history: list[str], figure: str, section: str, page: int) -> None:
    answer = assistant.ask(text, history)
    assert (answer.status, answer.citations[0].section, answer.citations[0].page) == (ANSWERED, section, page)
    assert is_traced(answer)
    assert answer.figures[0].printed == figure


@pytest.mark.parametrize(
    "text", ["Diện tích trồng cà phê là bao nhiêu ha?", "Giá vàng hôm nay bao nhiêu?", "Dân số của xã Minh Quang?", "xa lam son co bn ho ngheo"]
)
def test_what_the_report_does_not_hold_is_refused(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert (answer.status, answer.figures, answer.citations) == (NOT_FOUND, (), ())
