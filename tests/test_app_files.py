"""A conversation taken away: the Word document and the Markdown file, read back; links; what is said of the machine."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document

from rag.pages.conversation import LONGEST_SHARED, REMEMBERED, Turn, history, shared_link, turns_of_link
from rag.pages.conversation_file import conversation_docx, conversation_markdown
from rag.pages.findings import with_notes
from rag.records import Answer
from tests.app_fakes import HOSTILE, ROOT, Library, WrittenAssistant, installed

DAY = date(2024, 1, 5)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    library = Library(tmp_path / "reports")
    with installed(monkeypatch, library, WrittenAssistant({})):
        yield library


@pytest.fixture
def turns(library: Library) -> list[Turn]:
    answers = library.answers()
    asked = ["Diện tích gieo trồng?", "Xây dựng?", "Đàn trâu?", HOSTILE]
    return [Turn(question, answer=with_notes(answer)) for question in asked if isinstance(answer := answers[question], Answer)]


def footnotes(content: bytes) -> list[str]:
    tree = ElementTree.fromstring(ZipFile(BytesIO(content)).read("word/footnotes.xml"))
    notes = [note for note in tree.iter(f"{WORD}footnote") if note.get(f"{WORD}type") is None]
    return ["".join(text.text or "" for text in note.iter(f"{WORD}t")).strip() for note in notes]


def test_the_docx_reads_back_with_its_citations_as_footnotes(library: Library, turns: list[Turn]) -> None:
    content = conversation_docx(turns, [library.report], DAY)
    document = Document(BytesIO(content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "1. Diện tích gieo trồng?" in words
    assert "Tổng diện tích gieo trồng cả năm ước đạt 5.200 ha, giảm 1,2% so với năm 2022." in words
    assert "Lưu ý: Trang 1 nêu 5.200 ha" in words
    assert "Gần nhất: Tổng đàn lợn: 21.300 con" in words
    assert HOSTILE in words
    assert "[1]" not in words
    notes = footnotes(content)
    assert len(notes) == 4  # two answers, what is near, the hostile one
    assert notes[1].startswith("Báo cáo mẫu (UBND huyện Mẫu);")
    assert "trang 2: “Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng" in notes[1]
    body = ElementTree.fromstring(ZipFile(BytesIO(content)).read("word/document.xml"))
    assert [one.get(f"{WORD}id") for one in body.iter(f"{WORD}footnoteReference")] == ["1", "2", "3", "4"]


def test_the_markdown_has_footnotes_and_no_live_markup(library: Library, turns: list[Turn]) -> None:
    text = conversation_markdown(turns, [library.report], DAY)
    assert "ước đạt 5.200 ha, giảm 1,2% so với năm 2022[^1]." in text
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == ["1", "2", "3", "4"]
    assert "\\<script\\>" in text
    assert "Ngày lập: 05/01/2024." in text


def test_control_characters_do_not_break_the_docx(library: Library) -> None:
    answers = library.answers()
    answer = answers["Xây dựng?"]
    assert isinstance(answer, Answer)
    content = conversation_docx([Turn("a\x00\x0bb", answer=answer)], [library.report], DAY)
    assert "1. ab" in [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


def test_a_question_not_answered_is_left_out(library: Library) -> None:
    text = conversation_markdown([Turn("Chưa trả lời?")], [library.report], DAY)
    assert "Chưa trả lời?" not in text


def test_a_link_reads_back_to_the_same_turns() -> None:
    asked = [Turn(f"Câu {n} & 50% = ?", "mau-2023") for n in range(9)]
    link = shared_link("http://may:8501/?hoi=cu#x", asked, 8)
    assert link.startswith("http://may:8501/?")
    opened = turns_of_link(parse_qs(urlsplit(link).query))
    assert [turn.question for turn in opened] == [turn.question for turn in asked[8 - REMEMBERED :]]
    assert {turn.report for turn in opened} == {"mau-2023"}
    assert history(asked, 8) == history(opened, len(opened) - 1)


def test_a_link_carries_no_more_than_the_box_takes() -> None:
    [turn] = turns_of_link({"hoi": ["x" * 5000]})
    assert len(turn.question) == LONGEST_SHARED


@pytest.mark.parametrize("parameters", [{}, {"hoi": [""]}, {"truoc": ["Câu trước?"]}, {"khac": ["x"]}])
def test_a_link_without_a_question_opens_nothing(parameters: dict[str, list[str]]) -> None:
    assert turns_of_link(parameters) == []


def test_the_settings_keep_everything_on_this_machine() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["browser"]["serverAddress"]  # otherwise Streamlit asks a server on the internet for its address
    assert settings["server"]["fileWatcherType"] == "none"
    assert settings["client"]["showErrorDetails"] == "none"
    assert {"light", "dark"} <= set(settings["theme"])
    assert "http" not in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
