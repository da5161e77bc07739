"""What the confidence looks at beside the figure itself: its rivals, and what the ranking of sentences says of its clause."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.confidence import INPUTS, OF_RIVALS, OF_SENTENCE, confidence_inputs
from rag.fitting import best_fitting
from rag.records import Answer
from tests.rag_fakes import SURE, open_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("confidence"), SURE)


def inputs_of(assistant: Assistant, text: str) -> dict[str, float]:
    ground, report = assistant.ground, assistant.ground.index.reports[0]
    question, _ = assistant.understand(text)
    found = ground.find(question, report)
    query = ground.query(question, question.first_ask, report)
    ranked = ground.rank(query, found)
    told = ground.told(query, found)
    values = confidence_inputs(query, best_fitting(query, ranked), ranked, [0.5], told)
    assert ground.told(query, found) is told  # ranked once for a query
    return dict(zip(INPUTS, values, strict=True))


def test_a_figure_whose_clause_answers_the_question_stands_before_all_others(assistant: Assistant) -> None:
    plain = inputs_of(assistant, "Giá trị sản xuất công nghiệp là bao nhiêu?")
    assert plain["sentence_gap"] == 0.0 and plain["sentence_held"] == 1.0


def test_the_clause_holds_less_of_what_the_report_does_not_hold(assistant: Assistant) -> None:
    held, missing = inputs_of(assistant, "Tổng đàn lợn là bao nhiêu con?"), inputs_of(assistant, "Tổng đàn dê là bao nhiêu con?")
    assert held["sentence_held"] > missing["sentence_held"] and held["sentence_score"] > missing["sentence_score"]


def test_the_like_figure_of_another_year_is_a_rival_elsewhere(assistant: Assistant) -> None:
    of_two_years, of_one = inputs_of(assistant, "Tổng đàn lợn là bao nhiêu con?"), inputs_of(assistant, "Năng suất lúa cả năm là bao nhiêu?")
    assert of_two_years["rival_elsewhere"] < of_one["rival_elsewhere"]
    assert of_two_years["rival"] <= of_two_years["rival_elsewhere"]


def test_without_sentences_the_inputs_say_so(assistant: Assistant) -> None:
    ground, report = assistant.ground, assistant.ground.index.reports[0]
    question, _ = assistant.understand("Tổng đàn lợn là bao nhiêu?")
    query = ground.query(question, question.first_ask, report)
    ranked = ground.rank(query, ground.find(question, report))
    values = dict(zip(INPUTS, confidence_inputs(query, ranked[0], ranked, [], []), strict=True))
    assert values["sentence_score"] < 0 and values["sentence_held"] == 0.0
    assert set(OF_RIVALS) | set(OF_SENTENCE) <= set(values)


def test_the_answer_tells_how_sure_it_is(assistant: Assistant) -> None:
    answer: Answer = assistant.ask("Tổng đàn lợn là bao nhiêu?")
    assert 0.9 < answer.confidence <= 1.0
