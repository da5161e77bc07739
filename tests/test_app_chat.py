"""Hỏi đáp with an assistant whose answers are written down: what a person sees, and what is done with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index import StoreError
from rag.pages.escaping import escape
from rag.pages.feedback import SETTING
from rag.records import Answer, AnswerFigure
from tests.app_fakes import HOSTILE, REFUSAL, Library, Loads, WrittenAssistant, installed, open_app, words_on


@dataclass
class Chat:
    library: Library
    assistant: WrittenAssistant
    loads: Loads

    def open(self, **parameters: str) -> AppTest:
        at = open_app()
        for name, value in parameters.items():
            at.query_params[name] = value
        return at.run()

    def ask(self, *questions: str) -> AppTest:
        at = self.open()
        for question in questions:
            at.chat_input[0].set_value(question).run()
        return at


@pytest.fixture
def chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    monkeypatch.setenv(SETTING, str(tmp_path / "feedback" / "gop-y.jsonl"))
    library = Library(tmp_path / "reports")
    assistant = WrittenAssistant(library.answers())
    with installed(monkeypatch, library, assistant) as loads:
        yield Chat(library, assistant, loads)


def button(at: AppTest, words: str) -> object:
    return next(one for one in at.button if words in one.label)


def press(at: AppTest, words: str) -> AppTest:
    return next(one for one in at.button if words in one.label).click().run()


def test_the_first_screen_says_which_report_it_knows_and_offers_six_questions(chat: Chat) -> None:
    at = chat.open()
    shown = words_on(at)
    assert "Báo cáo mẫu" in shown
    assert "UBND huyện Mẫu" in shown
    assert "Kỳ họp thứ 9" in shown
    assert re.search(r"2 trang · 1 chú thích · \d+ số liệu", shown)
    assert [one.label for one in at.button] == [f":blue-badge[Vai {n}] Câu hỏi mẫu số {n}?" for n in range(1, 7)]


def test_an_example_is_asked_when_pressed(chat: Chat) -> None:
    press(chat.open(), "mẫu số 3")
    assert chat.assistant.asked == [("Câu hỏi mẫu số 3?", [])]


def test_an_answer_shows_its_figure_large_with_its_change(chat: Chat) -> None:
    at = chat.ask("Diện tích gieo trồng?")
    [metric] = at.metric
    assert (metric.label, metric.value, metric.delta) == ("Tổng diện tích gieo trồng", "5\\.200 ha", "giảm 1,2%")
    assert any(re.search(r"đạt \*\*5\\\.200 ha\*\*, giảm 1,2% .*:blue\[\\\[1\\\]\]", one.value) for one in at.markdown)
    assert button(at, "1\\.1\\. Trồng trọt · trang 1")


def test_an_answer_without_a_change_shows_its_share_of_the_plan(chat: Chat) -> None:
    at = chat.ask("Xây dựng?")
    [metric] = at.metric
    assert (metric.label, metric.value, metric.delta) == ("Giá trị sản xuất ngành xây dựng", "420,5 tỷ đồng", "102%")
    assert metric.proto.delta_description == "so với kế hoạch"
    assert any("Trang 2" in one.value for one in at.markdown)


def test_an_answer_with_both_shows_the_share_of_the_plan_as_a_badge(chat: Chat) -> None:
    answer = chat.library.answers()["Xây dựng?"]
    assert isinstance(answer, Answer)
    change = AnswerFigure("5", "%", 1, "Giá trị sản xuất ngành xây dựng", "change", "tăng")
    chat.assistant.answers["Xây dựng?"] = replace(answer, companions=(*answer.companions, change))
    at = chat.ask("Xây dựng?")
    assert at.metric[0].delta == "tăng 5%"
    assert any(":blue-badge[:material/flag: 102% so với kế hoạch]" in one.value for one in at.markdown)


def test_a_citation_opens_the_passage_with_its_words_marked_and_the_ocr_beneath(chat: Chat) -> None:
    at = press(chat.ask("Diện tích gieo trồng?"), "Trồng trọt")
    marked = next(one.value for one in at.markdown if ":yellow-background[" in one.value)
    assert re.search(r":yellow-background\[Tổng diện tích gieo trồng.*\*\*5\\\.200 ha\*\*.*\].*Năng suất", marked)
    assert any("phần i › i. lĩnh vực kinh tế › " in one.value.replace("\\", "").lower() for one in at.markdown)
    original = next(one.value for one in at.code if "▸" in one.value)
    assert "▸ Tong dién tich gieo trong ca nam udc dat 5.200 ha" in original


def test_a_doubtful_figure_is_answered_with_the_question_of_the_audit(chat: Chat) -> None:
    # 4.100 + 1.200 = 5.300, not 5.200
    [warning] = chat.ask("Diện tích gieo trồng?").warning
    assert "5\\.300 ha, chênh 100 ha" in warning.value


def test_a_figure_that_adds_up_has_no_warning(chat: Chat) -> None:
    assert not chat.ask("Xây dựng?").warning


def test_how_a_question_was_understood_is_said(chat: Chat) -> None:
    at = chat.ask("Thế đàn lợn?")
    assert any("Hiểu là: Tổng đàn lợn là bao nhiêu?" in one.value for one in at.caption)


def test_a_follow_up_is_asked_with_the_questions_before_it(chat: Chat) -> None:
    chat.ask("Diện tích gieo trồng?", "Thế đàn lợn?")
    assert ("Thế đàn lợn?", ["Diện tích gieo trồng?"]) in chat.assistant.asked


def test_a_question_is_answered_once_however_often_the_page_is_drawn(chat: Chat) -> None:
    at = chat.ask("Diện tích gieo trồng?", "Xây dựng?")
    at.run()
    assert [question for question, _ in chat.assistant.asked].count("Diện tích gieo trồng?") == 1


def test_a_refusal_shows_no_figure_and_what_is_near(chat: Chat) -> None:
    at = chat.ask("Đàn trâu?")
    assert [one.value for one in at.info] == [escape(REFUSAL)]
    assert not at.metric
    at = press(at, "Tổng đàn lợn: 21.300 con (trang 1)".replace(".", "\\.").replace("(", "\\(").replace(")", "\\)").replace(":", "\\:"))
    assert any(":yellow-background[Tổng đàn lợn" in one.value for one in at.markdown)


def test_a_list_of_figures_is_a_table_that_sorts_by_value_with_a_chart(chat: Chat) -> None:
    at = chat.ask("Số hộ chăn nuôi từng xã?")
    [table] = at.dataframe
    assert list(table.value["Nội dung"]) == ["An Bình", "Hòa Lạc", "Tân Tiến"]
    assert list(table.value["Số liệu"]) == [120.0, 95.0, 140.0]
    assert at.get("arrow_vega_lite_chart") or at.get("vega_lite_chart")
    assert not at.metric


def test_next_questions_are_only_those_that_were_tried_out(chat: Chat) -> None:
    answer = chat.library.answers()["Thế đàn lợn?"]
    chat.assistant.answers["Tổng đàn lợn năm 2023 là bao nhiêu?"] = answer
    at = chat.ask("Số hộ chăn nuôi từng xã?")
    offered = [one for one in at.button if str(one.key).startswith("next-")]
    assert [one.label for one in offered] == ["Tổng đàn lợn"]
    at = offered[0].click().run()
    assert "Tổng đàn lợn năm 2023 là bao nhiêu?" in at.chat_message[2].markdown[0].value
    assert at.chat_message[3].metric[0].value == "21\\.300 con"


def test_a_fault_while_trying_out_next_questions_leaves_the_answer_alone(chat: Chat) -> None:
    chat.assistant.answers["Tổng đàn lợn năm 2023 là bao nhiêu?"] = RuntimeError("hỏng")
    at = chat.ask("Số hộ chăn nuôi từng xã?")
    assert not at.error
    assert at.dataframe
    assert button(at, "Hội thoại mới")


def test_a_thumb_and_a_comment_are_stored_on_this_machine(chat: Chat, tmp_path: Path) -> None:
    at = chat.ask("Xây dựng?")
    at.feedback[0].set_value(0).run()
    at.text_input[0].set_value("Thiếu số của năm trước")
    next(one for one in at.button if one.label == "Gửi góp ý").click().run()
    lines = [json.loads(line) for line in (tmp_path / "feedback" / "gop-y.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["question"], one["helpful"], one["comment"]) for one in lines] == [
        ("Xây dựng?", False, ""),
        ("Xây dựng?", False, "Thiếu số của năm trước"),
    ]


def test_feedback_that_cannot_be_written_does_not_spoil_the_answer(chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "tệp"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv(SETTING, str(blocked / "gop-y.jsonl"))
    at = chat.ask("Xây dựng?")
    at.feedback[0].set_value(1).run()
    assert not at.exception
    assert "chưa ghi được" in at.toast[0].value
    assert at.metric


def test_copying_takes_the_source_along(chat: Chat) -> None:
    at = chat.ask("Xây dựng?")
    copied = next(one.value for one in at.code if "420,5" in one.value)
    assert "[1] Báo cáo mẫu (UBND huyện Mẫu)" in copied
    assert "2. Xây dựng, trang 2: “Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng" in copied


def test_a_link_opens_the_same_answer_anew_with_the_questions_before_it(chat: Chat) -> None:
    chat.open(hoi="Thế đàn lợn?", truoc="Xây dựng?")
    assert ("Thế đàn lợn?", ["Xây dựng?"]) in chat.assistant.asked


def test_the_address_names_the_conversation(chat: Chat) -> None:
    at = chat.ask("Xây dựng?", "Thế đàn lợn?")
    assert dict(at.query_params) == {"hoi": "Thế đàn lợn?", "truoc": "Xây dựng?"}


def test_a_new_conversation_starts_at_the_first_screen(chat: Chat) -> None:
    at = press(chat.ask("Xây dựng?"), "Hội thoại mới")
    assert len(at.chat_message) == 0
    assert not dict(at.query_params)
    assert button(at, "mẫu số 1")


def test_hostile_words_are_shown_as_words(chat: Chat) -> None:
    at = chat.ask(HOSTILE)
    shown = [one.value for one in (*at.markdown, *at.caption)]
    assert escape(HOSTILE) in shown
    assert any(one.startswith(escape(HOSTILE)) and one != escape(HOSTILE) for one in shown)
    assert not any(re.search(r"(?<!\\)<script|(?<!\\)\$5|(?<!\\)~~gạch|(?<!\\)\[x\]", one) for one in shown)


@pytest.mark.parametrize("question", ["a" * 1000, "đ " * 499, "😀" * 300, "\u202eđảo\u200b"])
def test_odd_questions_get_an_answer_or_a_refusal(chat: Chat, question: str) -> None:
    at = chat.ask(question)
    assert not at.exception
    assert at.info


def test_blank_questions_are_not_asked(chat: Chat) -> None:
    chat.ask("   ")
    assert chat.assistant.asked == []


def test_an_unforeseen_fault_is_one_sentence_and_leaves_the_conversation(chat: Chat) -> None:
    at = chat.ask("Xây dựng?", "Câu làm hỏng máy?")
    assert [one.value for one in at.error if "chưa trả lời được" in one.value]
    assert "không ai lường trước" not in words_on(at)
    assert at.metric  # the answer before is still there
    chat.assistant.answers["Câu làm hỏng máy?"] = chat.library.answers()["Thế đàn lợn?"]
    at = press(at, "Hỏi lại câu này")
    assert not at.error
    assert len(at.metric) == 2


def test_a_broken_index_shows_what_to_do_and_can_be_tried_again(chat: Chat) -> None:
    chat.loads.fault = StoreError("Chỉ mục bị hỏng: tệp vectors.faiss đã bị thay đổi.")
    at = chat.open()
    assert [one.value for one in at.error] == [escape("Chỉ mục bị hỏng: tệp vectors.faiss đã bị thay đổi.")]
    assert any("python -m index build" in one.value for one in at.markdown)
    chat.loads.fault = None
    at = press(at, "Thử lại")
    assert not at.error


def test_a_fault_that_nobody_foresaw_while_loading_shows_no_trace(chat: Chat) -> None:
    chat.loads.fault = ZeroDivisionError("bí mật")
    at = chat.ask()
    assert at.error
    assert "bí mật" not in words_on(at)
    assert not at.exception


def test_a_missing_report_shows_what_to_do(chat: Chat) -> None:
    (chat.library.folder / "mau-2023.md").unlink()
    at = chat.open()
    assert at.error
    assert any("corpus/reports" in one.value for one in at.markdown)
    assert not at.exception


def test_the_second_person_does_not_load_the_model_again(chat: Chat) -> None:
    chat.ask("Xây dựng?")
    chat.ask("Diện tích gieo trồng?")
    assert chat.loads.count == 1
