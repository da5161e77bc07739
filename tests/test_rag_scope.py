"""Which of several reports answers, and which places are strangers to them all."""

from __future__ import annotations

import pytest

from corpus.text import fold
from rag.assistant import Assistant
from rag.question import read_question
from rag.scope import choose_reports, unknown_place
from tests.rag_fakes import RAG_REPORT, open_assistant

OTHER = (
    RAG_REPORT.replace("huyện Mẫu", "huyện Sông Lam")
    .replace("21.300 con", "18.750 con")
    .replace("[An Bình, Hòa Lạc, Tân Tiến, Đông Phú]", "[Yên Sơn, Phú Lộc]")
)
EARLIER = RAG_REPORT.replace("2022", "2021").replace("2023", "2022").replace("2024", "2023").replace("21.300 con", "20.600 con")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("scope"), mau_2023=RAG_REPORT, mau_2022=EARLIER, songlam_2023=OTHER)


@pytest.mark.parametrize(
    ("text", "report", "chosen"),
    [
        ("Tổng đàn lợn của huyện Sông Lam?", None, ["songlam-2023"]),
        ("tong dan lon cua huyen song lam", None, ["songlam-2023"]),
        ("Tổng đàn lợn của huyện Mẫu năm 2022?", None, ["mau-2022"]),
        ("Tổng đàn lợn của huyện Mẫu năm 2023?", None, ["mau-2023"]),  # its own report, not the plan of the year before
        ("Tổng đàn lợn năm 2024 của huyện Mẫu?", None, ["mau-2023"]),
        ("Tổng đàn lợn?", None, ["mau-2022", "mau-2023", "songlam-2023"]),
        ("Tổng đàn lợn năm 2010?", None, ["mau-2022", "mau-2023", "songlam-2023"]),
        ("Tổng đàn lợn của huyện Sông Lam?", "mau-2022", ["mau-2022"]),
    ],
)
def test_place_and_year_of_a_question_choose_among_reports(assistant: Assistant, text: str, report: str | None, chosen: list[str]) -> None:
    reports = choose_reports(assistant.ground.index.reports, read_question(text, text), report)
    assert sorted(one.id for one in reports) == chosen


def test_a_report_that_is_chosen_answers_from_itself(assistant: Assistant) -> None:
    for report, figure in (("mau-2023", "21.300 con"), ("mau-2022", "20.600 con"), ("songlam-2023", "18.750 con")):
        answer = assistant.ask("Tổng đàn lợn là bao nhiêu?", report=report)
        assert [one.printed for one in answer.figures] == [figure]
        assert {citation.report for citation in answer.citations} == {report}


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("Diện tích ngô của xã Minh Quang?", "xã Minh Quang"),
        ("diện tích ngô của xã yên mỹ", "xã yên mỹ"),
        ("dien tich ngo cua xa yen my", "xa yen my"),
        ("Đàn lợn của tỉnh Quảng Hà là bao nhiêu?", "tỉnh Quảng Hà"),
        ("Diện tích ngô của xã Hòa Lạc?", ""),
        ("Diện tích ngô của xã Hoà Lạc?", ""),
        ("dien tich ngo cua xa hoa lac", ""),
        ("Đàn lợn của huyện Mẫu?", ""),
        ("Xã nào có nhiều ngô nhất?", ""),
        ("huyện ta có bao nhiêu trường đạt chuẩn", ""),
        ("Huyện xếp thứ mấy?", ""),
    ],
)
def test_a_place_that_a_report_never_mentions_is_a_stranger(assistant: Assistant, text: str, stranger: str) -> None:
    report = next(one for one in assistant.ground.index.reports if one.id == "mau-2023")
    found = unknown_place(text, report, assistant.ground)
    assert fold(found) == fold(stranger)
