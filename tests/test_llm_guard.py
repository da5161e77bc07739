"""The guard: what a model wrote, sentence by sentence, against the words that it cites."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.assistant import Assistant
from rag.citations import cite_span
from rag.llm.draft_text import clean_reply, read_sentence, read_sentences
from rag.llm.guard import Guard, whole_faults
from rag.records import ANSWERED, Answer
from tests.llm_fakes import KEY, small_assistant

QUESTION = "Đàn lợn, đàn gia cầm, diện tích gieo trồng và xây dựng ra sao?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return small_assistant(tmp_path_factory.mktemp("guard"))


@pytest.fixture(scope="module")
def guard(assistant: Assistant) -> Guard:
    """[1] is the whole paragraph on livestock, [2] that on crops, [3] that on construction, [4] that on schools and jobs."""
    wanted = ("Tổng đàn lợn", "Tổng diện tích", "Giá trị sản xuất ngành", "Toàn huyện có")
    passages = [next(one for one in assistant.ground.index.passages if one.text.startswith(start)) for start in wanted]
    citations = tuple(cite_span(passage, 0, len(passage.text), n) for n, passage in enumerate(passages, 1))
    return Guard(assistant.ground, QUESTION, Answer("", ANSWERED, "", (), citations), KEY)


def kinds(guard: Guard, text: str) -> set[str]:
    return {fault.kind for fault in guard.sentence_faults(read_sentence(clean_reply(text)))}


@pytest.mark.parametrize(
    "text",
    [
        "Tổng đàn lợn của huyện ước đạt 21.300 con, tăng 3,4% [1].",
        "Đàn lợn tăng 3,4%, ước đạt 21.300 con; còn đàn gia cầm ước đạt 612.000 con [1].",
        "Cả năm gieo trồng được 5.200 ha, giảm 1,2% so với năm 2022 [2].",
        "Ngành xây dựng đạt giá trị sản xuất 420,5 tỷ đồng, đạt 102% kế hoạch [3].",
        "Toàn huyện có 30/34 trường đạt chuẩn quốc gia và giải quyết việc làm cho 1.850 lao động [4].",
        "Đàn lợn ước đạt 21.300 con, giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng [1, 3].",
    ],
)
def test_a_sentence_that_says_what_it_cites_passes(guard: Guard, text: str) -> None:
    assert kinds(guard, text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tổng đàn lợn ước đạt 21.400 con, tăng 3,4% [1].", "digits"),
        ("Tổng đàn lợn ước đạt 21.300 con, tăng 3,4%.", "no_mark"),
        ("Chăn nuôi của huyện phát triển.", "no_mark"),
        ("Tổng đàn lợn ước đạt 21.300 con [7].", "unknown_mark"),
        ("Tổng đàn lợn ước đạt 21.300 con [3].", "digits"),
        ("Tổng đàn lợn ước đạt 21.300 tấn [1].", "unit"),
        ("Giá trị sản xuất ngành xây dựng ước đạt 420,5 triệu đồng [3].", "unit"),
        ("Diện tích gieo trồng giảm 1,2 điểm % so với năm 2022 [2].", "unit"),
        ("Tổng đàn lợn giảm 3,4% [1].", "telling"),
        ("Sản lượng tăng, diện tích gieo trồng tăng 1,2% so với năm 2022 [1][2].", "direction"),
        ("Đàn lợn đạt 3,4% [1].", "direction"),
        ("Giá trị sản xuất ngành xây dựng là 102% [3].", "kind"),
        ("Đàn gia cầm ước đạt 21.300 con, tổng đàn lợn ước đạt 612.000 con [1].", "whose"),
        ("Diện tích gieo trồng giảm 1,2% so với năm 2021 [2].", "digits"),
        ("Tổng đàn lợn trên 21.300 con, giá trị sản xuất đạt 102% kế hoạch [1][3].", "telling"),
        ("Tổng đàn lợn ước đạt hai mươi nghìn con [1].", "spoken"),
        ("Đàn lợn chiếm một nửa tổng đàn [1].", "spoken"),
        ("Đàn lợn không tăng 3,4% [1].", "telling"),
        ("Hầu hết đàn lợn ước đạt 21.300 con [1].", "telling"),
        ("Đàn lợn của xã Hòa Lạc ước đạt 21.300 con [1].", "names"),
        ("Lãnh đạo đề nghị nhân dân ủng hộ việc mua bán cổ phiếu ngân hàng [1].", "new_words"),
        ("Đàn lợn ước đạt 21.300 con, xem http://xau.vn [1].", "forbidden"),
        ("Đàn lợn ước đạt 21.300 con [xem](xau) [1].", "forbidden"),
        (f"Đàn lợn ước đạt 21.300 con {KEY} [1].", "forbidden"),
        ("Đàn lợn ước đạt ２１.３００ con [1].", "forbidden"),
        ("Đàn lợn ước đạt 21.300 con, tăng ½ [1].", "forbidden"),
        ("Mỗi câu phải kết thúc bằng số của trích dẫn làm căn cứ [1].", "forbidden"),
    ],
)
def test_a_sentence_that_says_anything_else_is_stopped(guard: Guard, text: str, kind: str) -> None:
    assert kind in kinds(guard, text)


def test_a_draft_must_hold_the_asked_figures_and_say_neither_yes_nor_no() -> None:
    parts = read_sentences("Tổng đàn lợn ước đạt 21.300 con [1].")
    assert whole_faults(parts, ["21.300 con"]) == []
    assert [fault.kind for fault in whole_faults(parts, ["3,4%"])] == ["missing"]
    assert [fault.kind for fault in whole_faults(read_sentences("Không. Đàn lợn tăng [1]."), [])] == ["polarity"]
    assert [fault.kind for fault in whole_faults(read_sentences("Tong dan lon uoc dat 21.300 con [1]."), [])] == ["language"]
    assert [fault.kind for fault in whole_faults([], [])] == ["empty"]


def test_marks_thinking_and_markup_are_tidied_before_they_are_judged() -> None:
    reply = "<think>Người dùng hỏi 99 con lợn.</think>\n**Đàn lợn** ước đạt 21.300 con. [1]\n- Đàn gia cầm ước đạt 612.000 con [1, 2]."
    assert [part.shown for part in read_sentences(clean_reply(reply))] == [
        "Đàn lợn ước đạt 21.300 con [1].",
        "Đàn gia cầm ước đạt 612.000 con [1][2].",
    ]
    assert clean_reply("<think>còn đang nghĩ") == ""


def test_a_quote_whose_passage_is_gone_is_read_by_itself(assistant: Assistant) -> None:
    answer = assistant.ask("Tổng đàn lợn là bao nhiêu?")
    gone = Answer("", ANSWERED, "", (), tuple(replace(citation, passage="mau-2023:P9:1") for citation in answer.citations))
    guard = Guard(assistant.ground, QUESTION, gone)
    assert kinds(guard, "Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% [1].") == set()
    assert kinds(guard, "Tổng đàn lợn ước đạt 21.300 tấn, tăng 3,4% [1].") == {"unit"}

