"""Báo cáo over the sample report: contents, footnotes and notes in place, search, links into it, the audit's list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.pages.full_text import SearchText, find_words
from rag.pages.navigation import reader_address
from tests.app_fakes import Library, WrittenAssistant, installed, open_page, words_on


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    library = Library(tmp_path / "reports")
    with installed(monkeypatch, library, WrittenAssistant({})):
        yield library


def test_the_contents_link_to_every_section(library: Library) -> None:
    at = open_page("reader").run()
    contents = at.sidebar.markdown[1].value
    assert contents.count("](#") == len(library.report.sections) + 1
    assert "[Kiểm số học của báo cáo](#kiem-so-hoc)" in contents
    assert "](#p1-i-1-1)" in contents
    assert [one.value for one in at.subheader if "Trồng trọt" in one.value]


def test_the_text_shows_pages_and_footnote_marks(library: Library) -> None:
    shown = [one.value for one in open_page("reader").run().markdown]
    assert any(":gray-badge[:material/article: trang 2]" in one for one in shown)
    assert any("năm 2022:blue[¹]" in one for one in shown)


def test_a_footnote_opens_in_place(library: Library) -> None:
    at = open_page("reader").run()
    popovers = [one for one in at.get("popover") if one.proto.popover.label == "Chú thích 1"]
    assert len(popovers) == 1
    assert "lúa 4\\.100 ha" in popovers[0].markdown[0].value


def test_corrections_remarks_and_findings_stand_at_their_paragraph(library: Library) -> None:
    at = open_page("reader").run()
    labels = [one.proto.popover.label for one in at.get("popover")]
    assert labels == ["Chú thích 1", "Hiệu đính (1)", "Số liệu cần xem lại (1)", "Ghi chú biên tập (1)"]
    shown = words_on(at)
    assert "Bản OCR in “62,S”; khôi phục thành “62,5”: chữ S là số 5" in shown.replace("\\", "")
    assert "5.200 ha, còn các khoản ở chú thích 1" in shown.replace("\\", "")


def test_the_audit_is_listed_with_what_holds(library: Library) -> None:
    at = open_page("reader").run()
    assert any("**0/1 phép kiểm khớp**" in one.value for one in at.markdown)
    listed = [one for one in at.expander if "chênh 100 ha" in one.label]
    assert len(listed) == 1
    assert any("5\\.300 ha ≠ 5\\.200 ha" in one.value for one in listed[0].markdown)
    at = listed[0].button[0].click().run()
    assert any(":yellow-background[Tổng diện tích" in one.value for one in at.markdown)


@pytest.mark.parametrize("query", ["đàn gia cầm", "dan gia cam", "ĐÀN GIA CẦM", "Dan gia ca"])
def test_search_finds_words_with_and_without_marks(library: Library, query: str) -> None:
    at = open_page("reader").run()
    at.text_input(key="reader-search").set_value(query).run()
    assert [one.label for one in at.expander][0] == "Tìm thấy ở 1 câu"
    assert any(":orange-background[Đàn gia c" in one.value for one in at.markdown)


def test_marks_in_a_search_must_match() -> None:
    library_words = "Đàn bò; dân số"
    assert not _found("đần", library_words)
    assert _found("dan", library_words) == ["Đàn", "dân"]
    assert _found("dân", library_words) == ["dân"]


def _found(query: str, text: str) -> list[str]:
    from corpus.passages import build_passages
    from corpus.report import parse_report

    report = parse_report(f"---\nid: x\nyear: 2023\n---\n\n# PHẦN I\n\n{text}.\n", Path("x.md"))
    texts = [SearchText.of(one) for one in build_passages(report)]
    return [match.passage.text[start:end] for match in find_words(query, texts) for start, end in match.spans]


def test_a_search_without_a_find_says_so(library: Library) -> None:
    at = open_page("reader").run()
    at.text_input(key="reader-search").set_value("khủng long <b>$").run()
    assert any("Không có chỗ nào" in one.value for one in at.info)
    assert not at.exception


def test_a_citation_link_opens_its_section_with_the_words_marked(library: Library) -> None:
    citation = library.cite("Tổng đàn lợn ước đạt 21.300 con")
    at = open_page("reader", **reader_address(citation)).run()
    assert any(":yellow-background[Tổng đàn lợn ước đạt 21\\.300 con]" in one.value for one in at.markdown)
    assert not any("Năng suất lúa" in one.value for one in at.markdown)  # only the section is shown
    assert [one.label for one in at.main.page_link] == ["Đọc toàn văn", "1\\.1\\. Trồng trọt", "2\\. Xây dựng"]


def test_a_link_to_a_footnote_shows_it_open(library: Library) -> None:
    citation = library.cite("rau màu 1.200 ha")
    at = open_page("reader", **reader_address(citation)).run()
    assert any(":yellow-background[rau màu 1\\.200 ha]" in one.value for one in at.markdown)


@pytest.mark.parametrize("address", [{"muc": "P9.X"}, {"muc": "P1.I.1.1", "doan": "khác:P1:1", "tu": "x", "den": "9999999"}, {"bao_cao": "<b>"}])
def test_a_broken_link_opens_the_report(library: Library, address: dict[str, str]) -> None:
    at = open_page("reader", **address).run()
    assert not at.exception
    assert not at.error
    assert at.header


def test_a_broken_report_says_what_to_do(library: Library) -> None:
    (library.folder / "mau-2023.md").write_text("không có phần khai báo", encoding="utf-8")
    at = open_page("reader").run()
    assert not at.exception
    assert "thiếu phần khai báo" in at.error[0].value
    assert any("corpus/reports" in one.value for one in at.markdown)
