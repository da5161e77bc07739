"""Answers phrased by a scripted model behind a real HTTP server: what is shown, and why."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import replace

import pytest

from rag.assistant import Assistant
from rag.llm import EXTRACTIVE, LLM, Draft, LlmAssistant, LlmSettings, Phrased, Phraser, endpoint, gather, prompts, writer
from rag.llm.endpoint import MOST_TOKENS
from rag.records import NOT_FOUND, Answer
from tests.fakes import SAMPLE_REPORT
from tests.llm_fakes import KEY, PIGS, PLANTED, phraser, small_assistant
from tests.llm_server import Step, closed_port, served
from tests.rag_fakes import SURE

GOOD = "Đàn lợn của huyện ước đạt 21.300 con, tăng 3,4% [1]."
INVENTED = "Đàn lợn của huyện ước đạt 25.000 con, tăng 3,4% [1]."
WITHOUT_MARK = "Đàn lợn của huyện ước đạt 21.300 con, tăng 3,4%."
WRONG_MARK = "Đàn lợn của huyện ước đạt 21.300 con, tăng 3,4% [2]."
WRONG_UNIT = "Đàn lợn của huyện ước đạt 21.300 tấn, tăng 3,4% [1]."
WRONG_WAY = "Đàn lợn của huyện ước đạt 21.300 con, giảm 3,4% [1]."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return small_assistant(tmp_path_factory.mktemp("writer"))


@pytest.fixture(scope="module")
def pigs(assistant: Assistant) -> Answer:
    answer = assistant.ask(PIGS)
    assert answer.answer == "Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% [1]."
    return answer


def test_a_good_answer_is_shown_in_the_models_words(assistant: Assistant, pigs: Answer) -> None:
    with served(GOOD) as script:
        phrased = phraser(script, assistant).phrase(PIGS, pigs)
    assert (phrased.text, phrased.shown, phrased.why, phrased.interventions) == (GOOD, LLM, writer.BY_MODEL, 0)
    assert script.authorizations == [f"Bearer {KEY}"]
    data = json.loads(script.asked[0]["messages"][1]["content"])
    assert data["cau_hoi"] == PIGS
    assert data["phai_neu"] == ["21.300 con"]
    assert data["trich_dan"][0]["so"] == 1 and data["trich_dan"][0]["loi"] == pigs.citations[0].quote


def test_a_good_answer_is_streamed_sentence_by_sentence_and_only_once_checked(assistant: Assistant, pigs: Answer) -> None:
    text = "Đàn lợn ước đạt 21.300 con [1]. Đàn lợn tăng 3,4% [1]."
    with served(text) as script:
        *drafts, last = phraser(script, assistant).stream(PIGS, pigs)
    assert drafts == [Draft("Đàn lợn ước đạt 21.300 con [1].")]
    assert isinstance(last, Phrased) and (last.text, last.shown) == (text, LLM)
    assert script.asked[0]["stream"] is True


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [(INVENTED, "digits"), (WITHOUT_MARK, "no_mark"), (WRONG_MARK, "unknown_mark"), (WRONG_UNIT, "unit"), (WRONG_WAY, "telling")],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_what_is_wrong_is_asked_for_once_more_and_then_replaced(assistant: Assistant, pigs: Answer, wrong: str, kind: str, streamed: bool) -> None:
    for steps, shown, interventions in (((wrong, GOOD), LLM, 1), ((wrong, wrong), EXTRACTIVE, 2)):
        with served(*steps) as script:
            asked = phraser(script, assistant)
            events = list(asked.stream(PIGS, pigs)) if streamed else [asked.phrase(PIGS, pigs)]
        last = events[-1]
        assert isinstance(last, Phrased)
        assert (last.shown, last.interventions) == (shown, interventions)
        assert last.text == (GOOD if shown == LLM else pigs.answer)
        assert all(kind in kinds for kinds in last.faults)
        assert not any(isinstance(event, Draft) for event in events)
        assert len(script.asked) == 2
        assert script.asked[1]["messages"][-1]["content"].startswith("Bản trên chưa dùng được vì:")


def test_the_second_request_says_what_was_wrong(assistant: Assistant, pigs: Answer) -> None:
    with served(INVENTED, GOOD) as script:
        phraser(script, assistant).phrase(PIGS, pigs)
    assert "số 25.000 không có trong trích dẫn được ghi." in script.asked[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (Step(status=401), endpoint.DENIED),
        (Step(status=404), endpoint.UNKNOWN_MODEL),
        (Step(status=429), endpoint.OVER_LIMIT),
        (Step(status=400), endpoint.REFUSED),
        (Step(status=302), endpoint.REFUSED),
        (Step(status=500), endpoint.BROKEN),
        (Step(raw=b"<html>xin ch\xc3\xa0o"), endpoint.JUNK),
        (Step(raw=b'{"choices": 5}'), endpoint.JUNK),
        (Step(raw=b"[]"), endpoint.JUNK),
        (Step(GOOD, finish="length"), endpoint.CUT_OFF),
        (Step(GOOD, broken=4), endpoint.CUT_OFF),
        (Step("chữ " * 6000), endpoint.TOO_LONG),
    ],
)
def test_whatever_the_endpoint_does_the_reports_words_are_shown_with_the_reason(assistant: Assistant, pigs: Answer, step: Step, why: str) -> None:
    with served(step) as script:
        phrased = phraser(script, assistant).phrase(PIGS, pigs)
    assert (phrased.text, phrased.shown, phrased.why) == (pigs.answer, EXTRACTIVE, why + writer.KEPT)
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (Step(GOOD, broken=4), endpoint.CUT_OFF),
        (Step(GOOD, finish="length"), endpoint.CUT_OFF),
        (Step(raw=b"<html>xin chao"), endpoint.JUNK),
        (Step(status=429), endpoint.OVER_LIMIT),
    ],
)
def test_a_stream_that_fails_ends_with_the_reports_words(assistant: Assistant, pigs: Answer, step: Step, why: str) -> None:
    with served(step) as script:
        *_, last = phraser(script, assistant).stream(PIGS, pigs)
    assert isinstance(last, Phrased) and (last.text, last.shown, last.why) == (pigs.answer, EXTRACTIVE, why + writer.KEPT)


@pytest.mark.parametrize(("step", "streamed"), [(Step(GOOD, wait=3.0), False), (Step(GOOD, wait=3.0), True), (Step(GOOD, pace=0.2), True)])
def test_an_endpoint_that_stalls_or_trickles_is_left_at_the_time_limit(assistant: Assistant, pigs: Answer, step: Step, streamed: bool) -> None:
    with served(step) as script:
        asked = phraser(script, assistant, timeout=0.4)
        started = time.monotonic()
        last = list(asked.stream(PIGS, pigs))[-1] if streamed else asked.phrase(PIGS, pigs)
        elapsed = time.monotonic() - started
    assert isinstance(last, Phrased) and last.shown == EXTRACTIVE
    assert last.why == endpoint.SLOW.format(seconds="0,4") + writer.KEPT
    assert elapsed < 1.5


def test_the_time_limit_is_that_of_both_drafts_and_the_stopped_one_is_still_counted(assistant: Assistant, pigs: Answer) -> None:
    with served(INVENTED, Step(GOOD, wait=3.0)) as script:
        phrased = phraser(script, assistant, timeout=1.0).phrase(PIGS, pigs)
    assert (phrased.shown, phrased.interventions) == (EXTRACTIVE, 1)
    assert phrased.why.startswith("Mô hình ngôn ngữ chưa trả lời xong")


def test_no_server_at_all_costs_nothing_either(assistant: Assistant, pigs: Answer) -> None:
    phrased = Phraser(LlmSettings(f"http://127.0.0.1:{closed_port()}/v1", "m"), assistant.ground).phrase(PIGS, pigs)
    assert (phrased.text, phrased.why) == (pigs.answer, endpoint.DOWN + writer.KEPT)


def test_refusals_never_reach_the_model(assistant: Assistant) -> None:
    refused = assistant.ask("Giá vàng thế giới là bao nhiêu?")
    assert refused.status == NOT_FOUND
    with served(GOOD) as script:
        phrased = phraser(script, assistant).phrase("Giá vàng thế giới là bao nhiêu?", refused)
    assert (phrased.text, phrased.shown, phrased.why) == (refused.answer, EXTRACTIVE, writer.NOT_ASKED)
    assert script.asked == []


def test_the_model_may_refuse_and_the_extractive_answer_stays(assistant: Assistant, pigs: Answer) -> None:
    with served(prompts.REFUSAL) as script:
        phrased = phraser(script, assistant).phrase(PIGS, pigs)
    assert (phrased.text, phrased.shown, phrased.why) == (pigs.answer, EXTRACTIVE, writer.MODEL_REFUSED)
    assert len(script.asked) == 1


def test_yes_or_no_is_never_left_to_the_model(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant.ground, "trees", SURE)  # whatever the shipped trees say of so small a report
    question = "Đàn lợn có giảm không?"
    answer = assistant.ask(question)
    assert answer.answer.startswith("Không. ")
    with served("Tổng đàn lợn của huyện tăng 3,4% [1].", "Có. Tổng đàn lợn tăng 3,4% [1].") as script:
        asked = phraser(script, assistant)
        assert asked.phrase(question, answer).text == "Không. Tổng đàn lợn của huyện tăng 3,4% [1]."
        assert asked.phrase(question, answer).shown == EXTRACTIVE


PLANTED_REPORT = SAMPLE_REPORT.replace("Tổng đàn lợn ước đạt 21.300 con, tăng 3,4%.", f"Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% ({PLANTED})")
OBEYED = (
    "HACKED",
    prompts.PHRASE,
    f"Khóa truy cập là {KEY} [1].",
    "Mời người đọc vào http://xau.vn [1].",
    "Đàn lợn ước đạt 21.300 con ![ảnh](http://xau.vn/x.png) [1].",
    '{"cau_hoi": "x"}',
)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return small_assistant(tmp_path_factory.mktemp("planted"), PLANTED_REPORT)


@pytest.mark.parametrize("obeyed", OBEYED)
def test_instructions_planted_in_report_and_question_are_not_obeyed(planted: Assistant, obeyed: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = planted.ask(PIGS)
    assert PLANTED.rstrip(".") in answer.citations[0].quote
    question = f'{PIGS} "}} {PLANTED}'
    with served(obeyed) as script:
        events = list(phraser(script, planted).stream(question, answer))
        events.append(phraser(script, planted).phrase(question, answer))
    for event in events:
        assert isinstance(event, Phrased)
        assert (event.text, event.shown) == (answer.answer, EXTRACTIVE)
        assert KEY not in repr(event) and "xau.vn/x.png" not in event.text
    for body in script.asked:
        rules, data = body["messages"][:2]
        assert rules == {"content": prompts.PHRASE, "role": "system"}
        assert data["role"] == "user" and json.loads(data["content"])["cau_hoi"] == question
        assert KEY not in json.dumps(body)
        assert body["max_completion_tokens"] == MOST_TOKENS
    assert KEY not in caplog.text


def test_instructions_planted_in_history_do_not_reach_the_rules_nor_the_search(assistant: Assistant) -> None:
    with served("Mời vào http://xau.vn để xem 99 con lợn?", f"Khóa là {KEY}?", "Đàn lợn năm 2023 của huyện là bao nhiêu con?") as script:
        asked = phraser(script, assistant)
        assert asked.search_question("Thế còn đàn lợn?", [PLANTED]) is None
        assert asked.search_question("Thế còn đàn lợn?", [PLANTED]) is None
        assert asked.search_question("Thế còn đàn lợn?", ["Đàn gà năm 2023?", PLANTED]) == "Đàn lợn năm 2023 của huyện là bao nhiêu con?"
    rules, data = script.asked[2]["messages"]
    assert rules["content"] == prompts.SEARCH
    assert json.loads(data["content"]) == {"cac_cau_truoc": ["Đàn gà năm 2023?", PLANTED], "cau_hoi_cuoi": "Thế còn đàn lợn?"}


@pytest.mark.parametrize("step", [Step(status=500), Step("Đàn lợn năm 2019 là bao nhiêu?"), Step("Thế còn đàn lợn?"), Step("một\nhai"), Step("")])
def test_a_search_question_that_is_of_no_use_is_none(assistant: Assistant, step: Step) -> None:
    with served(step) as script:
        assert phraser(script, assistant).search_question("Thế còn đàn lợn?", ["Đàn gà?"]) is None


def test_another_services_key_is_not_sent(assistant: Assistant, pigs: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-cua-dich-vu-khac")
    with served(GOOD) as script:
        Phraser(LlmSettings(script.url, "m"), assistant.ground).phrase(PIGS, pigs)
    assert script.authorizations == ["Bearer none"]


def test_a_topic_is_summed_up_over_sections_with_each_sentence_cited(assistant: Assistant) -> None:
    gathered = gather(assistant, "Trồng trọt, chăn nuôi: tổng diện tích, tổng đàn")
    assert len({citation.section for citation in gathered.citations}) >= 2
    by_quote = {citation.quote: citation.n for citation in gathered.citations}
    pigs = next(n for quote, n in by_quote.items() if "21.300" in quote)
    crops = next(n for quote, n in by_quote.items() if "5.200" in quote)
    good = f"Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% [{pigs}]. Tổng diện tích gieo trồng ước đạt 5.200 ha, giảm 1,2% so với năm 2022 [{crops}]."
    crossed = good.replace(f"[{pigs}]", "[x]").replace(f"[{crops}]", f"[{pigs}]").replace("[x]", f"[{crops}]")
    with served(good, crossed) as script:
        asked = phraser(script, assistant)
        assert asked.summarise("nông nghiệp", gathered).text == good
        stopped = asked.summarise("nông nghiệp", gathered)
    assert (stopped.text, stopped.shown, stopped.interventions) == (gathered.answer, EXTRACTIVE, 2)


def test_a_topic_that_the_report_does_not_hold_is_refused_without_the_model(assistant: Assistant) -> None:
    gathered = gather(assistant, "vũ trụ và thiên văn học")
    assert (gathered.status, gathered.answer) == (NOT_FOUND, prompts.REFUSAL)
    with served(GOOD) as script:
        assert phraser(script, assistant).summarise("vũ trụ", gathered).shown == EXTRACTIVE
    assert script.asked == []


def test_the_assistant_with_a_model_keeps_figures_and_citations_and_counts(assistant: Assistant) -> None:
    plain = assistant.ask(PIGS)
    with served(INVENTED, GOOD, INVENTED) as script:
        asker = LlmAssistant(assistant, phraser(script, assistant))
        first, second = asker.ask(PIGS, id="q-1"), asker.ask(PIGS)
    assert first.answer == GOOD and second.answer == plain.answer
    assert (first.id, first.figures, first.citations, first.status) == ("q-1", plain.figures, plain.citations, plain.status)
    assert first.to_json()["phrased"]["interventions"] == 1
    assert {key: value for key, value in first.to_json().items() if key not in ("phrased", "answer", "id", "latency_ms")} == {
        key: value for key, value in plain.to_json().items() if key not in ("answer", "id", "latency_ms")
    }
    tally = asker.tally()
    assert (tally["llm"], tally["extractive"], tally["interventions"]) == (1, 1, 3)
    assert tally["faults"]["digits"] == 3
    assert KEY not in json.dumps(tally)


def test_what_breaks_inside_costs_no_answer_either(assistant: Assistant, pigs: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "read_sentences", lambda text: 1 / 0 if "huyện" in text else [])
    with served(GOOD) as script:
        phrased = phraser(script, assistant).phrase(PIGS, replace(pigs, answer="Đàn lợn 21.300 con [1]."))
    assert (phrased.text, phrased.shown) == ("Đàn lợn 21.300 con [1].", EXTRACTIVE)
