"""Hỏi đáp with a scripted language model behind a real HTTP server: the report's words at once, the model's words beneath them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.model import Progress
from rag.assistant import Assistant
from rag.llm import endpoint, prompts, settings, writer
from rag.pages import resources
from rag.pages.escaping import escape
from rag.pages.feedback import SETTING
from tests.app_fakes import Library, WrittenAssistant, installed, open_app, words_on
from tests.llm_fakes import KEY, PIGS, small_assistant
from tests.llm_server import Script, Step, closed_port, served

GOOD = "Đàn lợn của huyện ước đạt 21.300 con, tăng 3,4% [1]."
INVENTED = "Đàn lợn của huyện ước đạt 25.000 con, tăng 3,4% [1]."
OF_MODEL = "Đàn lợn của huyện ước đạt **21\\.300 con**, tăng 3,4% :blue[\\[1\\]]\\."

Open = Callable[[str], AppTest]


@pytest.fixture
def open_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the app over the small report with the real assistant and the model at an address (none: no model)."""
    monkeypatch.setenv(SETTING, str(tmp_path / "gop-y.jsonl"))
    assistant = small_assistant(tmp_path / "small")

    def load(progress: Progress) -> Assistant:
        return assistant

    def opened(url: str) -> AppTest:
        for name, value in ((settings.URL, url), (settings.MODEL, "mo-hinh"), (settings.KEY, KEY), (settings.TIMEOUT, "5")):
            monkeypatch.setenv(name, value)
        return open_app().run()

    with installed(monkeypatch, Library(tmp_path / "reports"), WrittenAssistant({})):
        monkeypatch.setattr(resources, "load_assistant", load)
        yield opened


def ask(at: AppTest, question: str = PIGS) -> AppTest:
    return at.chat_input[0].set_value(question).run()


def written(at: AppTest) -> AppTest:
    """The page once the model has written or failed."""
    assert at.session_state["turns"][-1].phrasing.finished.wait(20)
    return at.run()


def phrased(at: AppTest) -> bool:
    return any(one.value == OF_MODEL for one in at.markdown)


@contextmanager
def held() -> Iterator[Script]:
    """A server that does not answer while the block runs."""
    with served(Step(GOOD, wait=60)) as script:
        yield script


def test_without_a_model_the_page_speaks_of_none(open_with: Open) -> None:
    at = ask(open_with(""))
    assert at.session_state["turns"][-1].phrasing is None
    assert "ô hình ngôn ngữ" not in words_on(at)
    assert at.metric[0].value == "21\\.300 con"


def test_the_reports_words_are_there_while_the_model_has_said_nothing(open_with: Open) -> None:
    with held() as script:
        at = ask(open_with(script.url))
        assert at.metric[0].value == "21\\.300 con"
        assert any(one.value.startswith("Tổng đàn lợn ước đạt **21\\.300 con**") for one in at.markdown)
        assert any("đang viết lại câu chữ" in one.value for one in at.caption)
        assert any(one.label == "Hội thoại mới" for one in at.button)  # the rest of the page does not wait either


def test_the_models_words_stand_beneath_the_reports_and_say_so(open_with: Open) -> None:
    with served(GOOD) as script:
        at = written(ask(open_with(script.url)))
    assert phrased(at)
    assert any(one.value.startswith("Tổng đàn lợn ước đạt **21\\.300 con**") for one in at.markdown)
    assert any(escape(writer.BY_MODEL) in one.value for one in at.caption)
    assert KEY not in words_on(at)
    assert script.asked[0]["stream"] is True


def test_an_invented_figure_is_never_shown_and_the_page_says_why(open_with: Open) -> None:
    with served(INVENTED) as script:
        at = written(ask(open_with(script.url)))
    assert "25\\.000" not in words_on(at)
    assert any(one.value.endswith(escape(writer.NOT_GROUNDED)) for one in at.caption)
    assert at.metric[0].value == "21\\.300 con"


@pytest.mark.parametrize(("step", "why"), [(Step(status=429), endpoint.OVER_LIMIT), (Step(GOOD, broken=4), endpoint.CUT_OFF)])
def test_a_failing_server_costs_nothing_but_the_phrasing(open_with: Open, step: Step, why: str) -> None:
    with served(step) as script:
        at = written(ask(open_with(script.url)))
    assert any(one.value.endswith(escape(why + writer.KEPT)) for one in at.caption)
    assert at.metric[0].value == "21\\.300 con"
    assert not at.error and not at.exception


def test_a_server_that_is_not_there_is_said(open_with: Open) -> None:
    at = written(ask(open_with(f"http://127.0.0.1:{closed_port()}/v1")))
    assert any(one.value.endswith(escape(endpoint.DOWN + writer.KEPT)) for one in at.caption)


def reworded(at: AppTest) -> AppTest:
    """The page once the model has worded a refused question anew or failed."""
    assert at.session_state["turns"][-1].rewording.finished.wait(20)
    return at.run()


def test_a_refusal_is_never_phrased_and_another_wording_is_offered_if_the_report_answers_it(open_with: Open) -> None:
    with served(PIGS) as script:
        at = ask(open_with(script.url), "Huyện có bao nhiêu sân bay?")
        assert [one.value for one in at.info] == [escape(prompts.REFUSAL)]  # there at once, and it stays
        at = reworded(at)
    assert at.info and not at.metric
    assert at.session_state["turns"][-1].phrasing is None
    [offered] = [one for one in at.button if str(one.key).endswith("-reworded")]
    assert offered.label == escape(PIGS)
    at = offered.click().run()
    assert at.metric[0].value == "21\\.300 con"


@pytest.mark.parametrize("step", [Step("Huyện có bao nhiêu cảng biển?"), Step("Có 12 sân bay?"), Step(status=500), Step(INVENTED)])
def test_a_wording_that_the_report_does_not_answer_is_not_offered(open_with: Open, step: Step) -> None:
    with served(step) as script:
        at = reworded(ask(open_with(script.url), "Huyện có bao nhiêu sân bay?"))
    assert not any(str(one.key).endswith("-reworded") for one in at.button)
    assert at.info and not at.error


def test_a_topic_is_summed_up_with_each_sentence_cited_and_the_statements_stay(open_with: Open) -> None:
    text = "Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% [{pigs}]. Tổng diện tích gieo trồng ước đạt 5.200 ha, giảm 1,2% so với năm 2022 [{crops}]."
    question = "Tóm tắt về trồng trọt, chăn nuôi: tổng diện tích, tổng đàn"
    with held() as script:
        at = ask(open_with(script.url), question)
    citations = at.session_state["turns"][-1].answer.citations
    marks = {name: next(one.n for one in citations if words in one.quote) for name, words in (("pigs", "21.300"), ("crops", "5.200"))}
    with served(text.format(**marks)) as script:
        at = written(ask(open_with(script.url), question))
        assert "chu_de" in script.said_to_model()
    shown = next(one.value for one in at.markdown if one.value.startswith("Tổng đàn lợn ước đạt 21\\.300 con"))
    assert shown.endswith(f"so với năm 2022 :blue[\\[{marks['crops']}\\]]\\.")
    assert any(escape(writer.BY_MODEL) in one.value for one in at.caption)
    assert len(citations) >= 2


def test_without_a_model_a_request_to_sum_up_is_a_question_like_any_other(open_with: Open) -> None:
    at = ask(open_with(""), "Tóm tắt về trồng trọt, chăn nuôi: tổng diện tích, tổng đàn")
    assert at.session_state["turns"][-1].answer.form != "summary"


def test_an_answer_is_phrased_once_however_often_the_page_is_drawn(open_with: Open) -> None:
    with served(GOOD) as script:
        at = written(ask(open_with(script.url)))
        at.run()
        assert len(script.asked) == 1
        assert phrased(at)


def test_settings_that_cannot_be_used_are_said_and_the_chat_works(open_with: Open) -> None:
    at = ask(open_with("ftp://sai"))
    assert any("RAG" in one.value and "chưa đúng" in one.value for one in at.caption)
    assert at.metric[0].value == "21\\.300 con"


def test_where_the_question_is_sent_is_said_before_it_is_asked(open_with: Open) -> None:
    assert any("chạy trên máy này" in one.value for one in open_with("http://127.0.0.1:9/v1").caption)
    assert any(escape("may-chu.example; câu hỏi và các đoạn trích được gửi tới đó") in one.value for one in open_with("https://may-chu.example/v1").caption)


def test_secrets_name_the_model_where_the_environment_does_not(open_with: Open) -> None:
    at = open_app()
    with served(GOOD) as script:
        at.secrets[settings.URL], at.secrets[settings.MODEL] = script.url, "mo-hinh-bi-mat"
        at = written(ask(at.run()))
        assert phrased(at)
        assert script.asked[0]["model"] == "mo-hinh-bi-mat"
