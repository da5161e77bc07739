"""Đối chiếu with written-down verdicts: pasted and uploaded text, what is shown, files to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from rag.pages import uploaded_text
from rag.pages.sheets import xlsx_file
from rag.pages.uploaded_text import UploadError, read_upload
from rag.pages.verdicts import HEADER, check_docx, marked_text, row, summary
from tests.app_fakes import HOSTILE, Library, WrittenAssistant, installed, open_page, words_on

TEXT = "Đàn lợn có 21.300 con, tăng 4,3%.\nCả huyện có 77 con trâu."
DAY = date(2024, 1, 5)


@dataclass
class Check:
    library: Library
    assistant: WrittenAssistant

    def paste(self, text: str) -> AppTest:
        at = open_page("check").run()
        at.text_area[0].set_value(text)
        return next(one for one in at.button if one.label == "Đối chiếu").click().run()


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Check]:
    library = Library(tmp_path / "reports")
    assistant = WrittenAssistant({}, {TEXT: library.verdicts(TEXT), HOSTILE: library.verdicts(HOSTILE)})
    with installed(monkeypatch, library, assistant):
        yield Check(library, assistant)


def test_every_figure_of_a_pasted_text_is_marked_counted_and_listed(check: Check) -> None:
    at = check.paste(TEXT)
    assert "**3 số liệu: 1 khớp, 1 không khớp, 1 báo cáo không nêu\\.**" in words_on(at).replace("\\:", ":")
    marked = next(one.value for one in at.markdown if "-background[" in one.value)
    assert ":green-background[:material/check_circle:\u00a0**21\\.300 con**]" in marked
    assert ":red-background[:material/error:\u00a0**4,3%**]" in marked
    assert ":gray-background[:material/help:\u00a0**77 con trâu**]" in marked
    table = at.dataframe[0].value
    assert list(table["Kết luận"]) == ["✓ Khớp", "✗ Không khớp", "? Báo cáo không nêu"]
    assert list(table["Báo cáo ghi"]) == ["21.300 con", "tăng 3,4%", ""]
    assert list(table["Giải thích"]) == ["", "Đảo chữ số", ""]
    assert list(table["Nơi ghi"]) == ["Trang 1", "Trang 1", ""]


def test_a_text_is_checked_once(check: Check) -> None:
    check.paste(TEXT).run()
    assert check.assistant.checked == [TEXT]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_to_check_is_said(check: Check, text: str) -> None:
    at = check.paste(text)
    assert any("Hãy dán đoạn văn" in one.value for one in at.info)
    assert check.assistant.checked == []


def test_a_text_without_figures_is_said(check: Check) -> None:
    at = check.paste("Không có con số nào.")
    assert any("không có số liệu nào" in one.value for one in at.info)


def test_hostile_words_are_shown_as_words(check: Check) -> None:
    shown = marked_text(check.library.verdicts(HOSTILE + " 21.300 con"))
    assert "\\<script\\>" in shown
    assert not check.paste(HOSTILE).exception


def test_an_unforeseen_fault_is_one_sentence(check: Check) -> None:
    check.assistant.verdicts["hỏng"] = RuntimeError("bí mật")
    at = check.paste("hỏng")
    assert any("chưa đối chiếu được" in one.value for one in at.error)
    assert "bí mật" not in words_on(at)
    assert not at.exception
    at.text_area[0].set_value(TEXT)
    at = next(one for one in at.button if one.label == "Đối chiếu").click().run()
    assert at.dataframe


def test_an_uploaded_file_fills_the_box(check: Check) -> None:
    at = open_page("check").run()
    at.file_uploader[0].set_value(("bai.txt", TEXT.encode(), "text/plain")).run()
    assert at.text_area[0].value == TEXT


def test_a_broken_file_is_one_sentence(check: Check) -> None:
    at = open_page("check").run()
    at.file_uploader[0].set_value(("bai.docx", b"PK\x03\x04 h\xe1\xbb\x8fng", "application/octet-stream")).run()
    assert "Không mở được tệp DOCX" in at.error[0].value
    assert not at.exception


def test_texts_of_windows_and_of_word_are_read() -> None:
    assert read_upload("a.txt", "﻿đạt 5 ha".encode()) == "đạt 5 ha"
    assert read_upload("a.txt", "đạt 5 ha".encode("utf-16")) == "đạt 5 ha"
    document = Document()
    document.add_paragraph("Đạt 5 ha")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Lúa", "4 ha"
    out = BytesIO()
    document.save(out)
    assert read_upload("A.DOCX", out.getvalue()) == "Đạt 5 ha\nLúa | 4 ha"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "không có chữ nào"),
        ("a.txt", b"\xff\xd8\xff\xe0\x00", "không phải văn bản UTF-8"),
        ("a.docx", b"khong phai docx", "Không mở được tệp DOCX"),
        ("a.txt", b"x" * 100_001, r"dài 100\.001 ký tự, quá mức 100\.000"),
    ],
)
def test_files_without_words_are_refused(name: str, content: bytes, message: str) -> None:
    with pytest.raises(UploadError, match=message):
        read_upload(name, content)


def test_a_word_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploaded_text, "_LARGEST", 1000)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"0" * 2000)
    with pytest.raises(UploadError, match="quá lớn"):
        read_upload("a.docx", out.getvalue())


def test_the_docx_has_the_text_marked_with_a_footnote_a_figure(check: Check) -> None:
    content = check_docx(check.library.verdicts(TEXT), [check.library.report], DAY)
    document = Document(BytesIO(content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert TEXT in words
    marked = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.highlight_color]
    assert marked == ["21.300 con", "4,3%", "77 con trâu"]
    notes = ZipFile(BytesIO(content)).read("word/footnotes.xml").decode()
    assert "Không khớp; Đảo chữ số; báo cáo ghi tăng 3,4%." in notes
    assert [cell.text for cell in document.tables[0].rows[2].cells][:3] == ["4,3%", "Không khớp", "tăng 3,4%"]


def test_the_xlsx_has_a_row_a_figure(check: Check) -> None:
    rows = [row(one) for one in check.library.verdicts(TEXT).figures]
    sheet = load_workbook(BytesIO(xlsx_file("Đối chiếu", HEADER, rows))).worksheets[0]
    assert [cell.value for cell in sheet[3]][:4] == ["4,3%", "Không khớp", "tăng 3,4%", "Đảo chữ số"]


def test_roundings_are_counted_in_the_summary(check: Check) -> None:
    from dataclasses import replace

    result = check.library.verdicts(TEXT)
    rounded = replace(result, figures=(replace(result.figures[0], rounded=True), *result.figures[1:]))
    assert summary(rounded).startswith("3 số liệu: 1 khớp (trong đó 1 số làm tròn), 1 không khớp")
