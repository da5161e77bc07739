"""Every digit of an answer stands in the words it cites, whatever is asked; nothing that is asked raises."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.text import fold
from rag.assistant import Assistant
from rag.records import ANSWERED, NOT_FOUND, Answer, AnswerFigure
from rag.trace import is_traced, untraced
from tests.rag_fakes import RAG_REPORT, SURE, digit_strings, open_assistant

COMPUTED = re.compile(r"^Tính từ số liệu của báo cáo: (?P<formula>[^=]+) = (?P<result>[\d.,]+)")


@pytest.fixture(scope="module")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assistant, Assistant]:
    """One sure by words, one sure of everything: the second answers where the first would not."""
    return open_assistant(tmp_path_factory.mktemp("trace")), open_assistant(tmp_path_factory.mktemp("sure"), SURE)


def value(printed: str) -> Decimal:
    """`1.234,5` as a number."""
    return Decimal(printed.replace(".", "").replace(",", "."))


def assert_grounded(answer: Answer) -> None:
    """A refusal has no figures; an answer's digits, sentence by sentence, stand in the quote that the sentence cites."""
    if answer.status == NOT_FOUND:
        assert (answer.figures, answer.citations) == ((), ())
        return
    quotes = {citation.n: digit_strings(citation.quote) for citation in answer.citations}
    text = answer.answer
    computed = COMPUTED.match(text)
    if computed:
        assert_exact(computed["formula"], computed["result"], answer.figures[0])
        text = text[computed.end() :]
    said_from = 0
    for mark in re.finditer(r"\[(\d+)\]", text):
        assert digit_strings(text[said_from : mark.start()]) <= quotes[int(mark[1])], answer.answer
        said_from = mark.end()
    assert quotes and digit_strings(text[said_from:]) == set()
    for figure in (*answer.figures, *answer.companions):
        operands = " ".join(figure.derived_from) or figure.text
        assert digit_strings(operands) <= set().union(*quotes.values())
        if not figure.derived_from:
            assert digit_strings(figure.text) <= quotes[figure.citation]


def assert_exact(formula: str, result: str, figure: AnswerFigure) -> None:
    """The computed result is what the formula shown gives: exactly, a share to one decimal."""
    assert result == figure.text and figure.derived_from
    parts = [value(part) for part in re.findall(r"\d+(?:[.,]\d+)*", formula)]
    if " : " in formula:
        assert abs(parts[0] / parts[1] * 100 - value(result)) <= Decimal("0.05")
    else:
        signs = [1, *(1 if sign == "+" else -1 for sign in re.findall(r" ([+−]) ", formula))]
        assert sum(sign * part for sign, part in zip(signs, parts, strict=True)) == value(result)


WORDS = sorted(set(re.findall(r"[^\W_]+(?:[.,]\d+)*", RAG_REPORT.partition("# PHẦN I")[2])))
ASKING = (
    "bao nhiêu|mấy|phần trăm|%|so với|năm 2022|năm 2023|năm 2024|năm ngoái|kế hoạch|cao nhất|ít nhất|cộng lại|hơn|và|của|"
    "là gì|con số|từng xã|xã nào|vì sao|có|không|tăng|giảm|chênh lệch|chiếm|liệt kê|phải không|nó|còn|thế|?|,"
).split("|")
SENTENCES = [sentence for sentence in re.split(r"(?<=[.;])\s", RAG_REPORT.partition("# PHẦN I")[2]) if len(sentence.split()) > 3]


@st.composite
def questions(draw: st.DrawFn) -> str:
    """A stretch of the report or loose words of it, with words that ask, in some order; typed with marks or without."""
    stretch = draw(st.sampled_from(SENTENCES)).split()
    start = draw(st.integers(0, len(stretch) - 2))
    topic = draw(st.one_of(st.just(stretch[start : start + draw(st.integers(1, 7))]), st.lists(st.sampled_from(WORDS), max_size=5)))
    asking = draw(st.lists(st.sampled_from(ASKING), max_size=4))
    words = draw(st.permutations([*topic, *asking])) if draw(st.booleans()) else [*topic, *asking]
    text = " ".join(words)
    return fold(text) if draw(st.booleans()) else text


quick = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(text=questions(), certain=st.booleans())
def test_no_question_of_the_reports_words_gives_an_untraced_digit(assistants: tuple[Assistant, Assistant], text: str, certain: bool) -> None:
    assert_grounded(assistants[certain].ask(text))


@quick
@given(history=st.lists(questions(), max_size=2), text=questions())
def test_no_follow_up_gives_an_untraced_digit(assistants: tuple[Assistant, Assistant], history: list[str], text: str) -> None:
    assert_grounded(assistants[True].ask(text, history))


@quick
@given(text=st.text(max_size=60), history=st.lists(st.text(max_size=20), max_size=2))
def test_no_text_at_all_raises(assistants: tuple[Assistant, Assistant], text: str, history: list[str]) -> None:
    assert_grounded(assistants[True].ask(text, history))


@pytest.mark.parametrize(
    ("text", "quotes", "missing"),
    [
        ("Tăng 3,4% [1].", ["tăng 3,4% so với"], []),
        ("Tăng 3,4% [1].", ["tăng 3,5%"], ["3,4"]),
        ("Có 1,2 tỷ [1].", ["11,25 tỷ"], ["1,2"]),  # a part of another figure is not the figure
        ("Có 21 con [1].", ["21.300 con"], ["21"]),
        ("Không có số nào [12].", [], []),
    ],
)
def test_a_digit_string_counts_only_where_it_stands_whole(text: str, quotes: list[str], missing: list[str]) -> None:
    assert untraced(text, quotes) == missing


def test_an_answer_with_any_digit_altered_is_not_traced(assistants: tuple[Assistant, Assistant]) -> None:
    answer = assistants[0].ask("Giá trị sản xuất ngành xây dựng là bao nhiêu?")
    assert answer.status == ANSWERED and is_traced(answer)
    for at, char in enumerate(answer.answer):
        if char.isdigit() and answer.answer[at - 1] != "[":
            altered = answer.answer[:at] + str((int(char) + 1) % 10) + answer.answer[at + 1 :]
            assert not is_traced(replace(answer, answer=altered)), altered


def test_a_figure_that_cites_the_wrong_quote_is_not_traced(assistants: tuple[Assistant, Assistant]) -> None:
    answer = assistants[0].ask("Tổng đàn lợn năm 2023 và chỉ tiêu năm 2024 là bao nhiêu?")
    assert is_traced(answer) and [figure.citation for figure in answer.figures] == [1, 2]
    swapped = tuple(replace(figure, citation=3 - figure.citation) for figure in answer.figures)
    assert not is_traced(replace(answer, figures=swapped))


def test_a_computed_figure_is_traced_by_its_operands(assistants: tuple[Assistant, Assistant]) -> None:
    answer = assistants[0].ask("Diện tích ngô của An Bình và Hòa Lạc cộng lại là bao nhiêu?")
    assert is_traced(answer)
    figure = replace(answer.figures[0], derived_from=("40,6 ha", "25 ha"))
    assert not is_traced(replace(answer, figures=(figure,)))
