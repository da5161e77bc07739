"""Reports, passages and statements: ids, pages, marks and spans, on the real report and on small ones."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from corpus.passages import SECTION_LIMIT, build_passages
from corpus.report import ReportError, load_reports, parse_report
from corpus.text import nfc

REPORT = load_reports()[0]
PASSAGES = build_passages(REPORT)
BY_ID = {passage.id: passage for passage in PASSAGES}
FRONT = "---\nid: nho-2021\nyear: 2021\n---\n\n"


def sections_of(text: str) -> list[str]:
    return list(parse_report(FRONT + text, Path("nho-2021.md")).sections)


def test_section_ids_follow_the_heading_chain() -> None:
    ids = list(REPORT.sections)
    assert ids[:6] == ["P0", "P1", "P1.I", "P1.I.1", "P1.I.1.1", "P1.I.1.2"]
    for wanted in ("P1.II.3", "P1.VI.1.4", "P2.A.II.2", "P2.B.I.2.1", "P2.B.III.2"):
        assert wanted in ids
    assert len(ids) == len(set(ids))


def test_a_numbered_paragraph_counts_as_a_section_of_its_own() -> None:
    ids = list(REPORT.sections)
    assert [i for i in ids if i.startswith("P1.IV")] == ["P1.IV", "P1.IV.1", "P1.IV.2", "P1.IV.3", "P1.IV.4"]
    assert [i for i in ids if i.startswith("P2.B.IV")] == ["P2.B.IV", "P2.B.IV.1", "P2.B.IV.2", "P2.B.IV.3"]
    first = [p for p in PASSAGES if p.section == "P1.IV.1"]
    assert first[-1].text.endswith("04 phòng chuyên môn thuộc UBND huyện.")  # its second paragraph has no number


def test_an_ordinal_that_does_not_follow_is_ordinary_text() -> None:
    assert sections_of("# I. ĐẦU\n\n1. Một việc.\n\n2. Hai việc.\n\n5. Năm việc.\n") == ["I", "I.1", "I.2"]
    assert sections_of("# I. ĐẦU\n\n3. Không bắt đầu từ một.\n") == ["I"]


def test_a_sub_number_contains_its_parents_number() -> None:
    assert sections_of("# Phần I\n\n## I. A\n\n### 1. B\n\n#### 1.1. C\n\nchữ\n\n### 2. D\n\n#### 2.1. E\n\nchữ\n") == [
        "P1", "P1.I", "P1.I.1", "P1.I.1.1", "P1.I.2", "P1.I.2.1",
    ]  # fmt: skip


def test_a_number_needs_no_point_after_it_and_may_have_a_dash() -> None:
    assert sections_of("# I. A\n\n## 1. B\n\n### 1.1 Trồng trọt\n\nchữ\n\n### 1.2 Chăn nuôi\n\nchữ\n") == ["I", "I.1", "I.1.1", "I.1.2"]
    assert sections_of("# I. A\n\n## 1 - B\n\n### 1.1 - C\n\nchữ\n\n### 1.2 - D\n\nchữ\n") == ["I", "I.1", "I.1.1", "I.1.2"]
    report = parse_report(FRONT + "# I - A\n\n## 1.1 Trồng trọt\n\nchữ\n", Path("nho-2021.md"))
    assert report.heading("I.1.1") == "I - A › 1.1 Trồng trọt"


def test_a_number_that_is_no_label_stays_in_the_title() -> None:
    assert sections_of("# 10 năm xây dựng nông thôn mới\n\nchữ\n") == ["h1"]
    assert sections_of("# Chỉ tiêu\n\nchữ\n") == ["h1"]


def test_a_page_mark_on_a_headings_line_does_not_hide_it() -> None:
    text = "# I. A\n\nMột.\n\n<!-- trang 2 --># II. B\n\nHai.\n\n<!-- trang 3 -->\n## 1. C\nBa.\n"
    report = parse_report(FRONT + text, Path("nho-2021.md"))
    assert list(report.sections) == ["I", "II", "II.1"]
    assert [(p.section, p.content.text, p.content.page_at(0)) for p in report.paragraphs] == [("I", "Một.", 1), ("II", "Hai.", 2), ("II.1", "Ba.", 3)]


def test_a_mark_before_a_colon_is_a_mark_and_a_definition_begins_a_line() -> None:
    text = "# I. A\n\nGồm các xã[^1]: Bình An, Hòa Lạc[^2].\n\n[^1]: Ba xã.\n[^2]: Hai xã.\n"
    report = parse_report(FRONT + text, Path("nho-2021.md"))
    assert report.paragraphs[0].content.text == "Gồm các xã: Bình An, Hòa Lạc."
    assert [number for _, number in report.paragraphs[0].content.marks] == [1, 2]
    assert [(note.footnote, note.section, note.content.text) for note in report.footnotes] == [(1, "I", "Ba xã."), (2, "I", "Hai xã.")]


def test_each_row_of_a_table_is_a_sentence_and_its_row_of_dashes_goes() -> None:
    text = "# I. A\n\nKết quả như sau:\n\n| STT | Xã | Ghi chú |\n|---|:--:|---|\n| 1. | Bình An | Đạt; tốt. Xong |\n| 2. | Hòa Lạc | |\n\nHết.\n"
    passage = build_passages(parse_report(FRONT + text, Path("nho-2021.md")))[0]
    assert [statement.text for statement in passage.statements] == [
        "Kết quả như sau:", "| STT | Xã | Ghi chú |", "| 1. | Bình An | Đạt; tốt. Xong |", "| 2. | Hòa Lạc | |", "Hết.",
    ]  # fmt: skip


def test_heading_paths_are_for_display() -> None:
    assert REPORT.heading("P1.I.2.2") == "Phần I › I. Lĩnh vực kinh tế › 2.2. Xây dựng"


def test_a_footnote_belongs_to_the_section_that_holds_its_mark() -> None:
    sections = {note.footnote: note.section for note in REPORT.footnotes}
    assert list(sections) == list(range(1, 42))
    assert (sections[4], sections[11], sections[18], sections[36], sections[41]) == ("P1.I.1.1", "P1.I.4.2", "P1.II.3", "P1.IV.3", "P2.A.II.1")
    assert "thanh-mien-2023:P1.I.1.1:fn4" in BY_ID


def test_a_footnote_knows_the_sentence_that_bears_its_mark() -> None:
    assert BY_ID["thanh-mien-2023:P1.I.1.1:fn4"].anchor == "So với năm 2022, số lượng đàn gia súc, gia cầm đạt kế hoạch đề ra."
    assert all(passage.anchor for passage in PASSAGES if passage.footnote is not None)
    assert not any(passage.anchor for passage in PASSAGES if passage.footnote is None)


def test_passage_ids_are_report_section_and_number_or_footnote() -> None:
    for passage in PASSAGES:
        tail = passage.id.removeprefix(f"{REPORT.id}:{passage.section}:")
        assert tail == f"fn{passage.footnote}" if passage.footnote is not None else tail.isdigit()
    assert len(BY_ID) == len(PASSAGES)


def test_long_sections_are_cut_at_paragraphs_and_nothing_is_lost() -> None:
    text = "\n".join(p.text for p in PASSAGES if p.footnote is None)
    assert sorted(text.split()) == sorted("\n".join(p.content.text for p in REPORT.paragraphs).split())
    for passage in PASSAGES:
        if passage.footnote is None and "\n" in passage.text:
            assert len(passage.text) <= SECTION_LIMIT + passage.text.count("\n")


def test_pages_are_those_on_which_the_words_stand() -> None:
    (passage,) = [p for p in PASSAGES if p.text.startswith("Quan tâm chỉ đạo công tác Thủy lợi")]
    assert passage.pages == (2, 3)
    text = passage.text
    assert passage.content.page_at(text.index("phương tiện trái phép")) == 2
    assert passage.content.page_at(text.index("tiện trái phép")) == 3
    note = BY_ID["thanh-mien-2023:P1.I.4.2:fn11"]
    assert note.pages == (6, 7)
    assert note.content.page_at(note.text.index("Viettinbank")) == 7
    assert {page for p in PASSAGES for page in p.pages} == set(range(1, 30))


def test_passage_text_is_exact_and_points_back_into_the_file() -> None:
    for passage in PASSAGES:
        assert nfc(passage.text) == passage.text
        assert "[^" not in passage.text
        assert "<!--" not in passage.text
        for offset, char in enumerate(passage.text):
            if not char.isspace():
                assert REPORT.raw[passage.content.file_offset(offset)] == char


def test_statements_are_spans_of_their_passage() -> None:
    for passage in PASSAGES:
        for statement in passage.statements:
            assert passage.text[statement.start : statement.end] == statement.text
            assert statement.sentence[0] <= statement.start < statement.end <= statement.sentence[1]
    note = BY_ID["thanh-mien-2023:P1.V.2:fn37"]
    assert [s.text for s in note.statements][:2] == ["Thanh Giang 6,280 km", "Ngũ Hùng 3,797 km"]
    assert len(note.statements) == 17


def test_building_the_passages_takes_less_than_a_second() -> None:
    start = time.perf_counter()
    build_passages(REPORT)
    assert time.perf_counter() - start < 1


def test_what_follows_the_closing_line_belongs_to_the_last_part() -> None:
    assert {p.section for p in PASSAGES if "Nơi nhận" in p.text} == {"P2"}


def test_a_report_without_parts_or_pages_is_read_too() -> None:
    report = parse_report(FRONT + "Mở đầu[^1].\n\n# I. Kinh tế\n\nMột câu.\n\n[^1]: Ghi chú.\n", Path("nho-2021.md"))
    assert [p.id for p in build_passages(report)] == ["nho-2021:P0:1", "nho-2021:P0:fn1", "nho-2021:I:1"]
    assert report.plan_year is None


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("# I. Không có khai báo\n", "thiếu phần khai báo đầu tệp"),
        ("---\nid: a\n---\n\nchữ\n", "thiếu hoặc sai trường id, year"),
        ("---\nid: a\nyear: hai nghìn\n---\n\nchữ\n", "thiếu hoặc sai trường id, year"),
        ("---\n[: :\n---\n\nchữ\n", "thiếu hoặc sai trường id, year"),
    ],
)
def test_a_report_without_usable_front_matter_is_refused(raw: str, told: str) -> None:
    with pytest.raises(ReportError, match=told):
        parse_report(raw, Path("a.md"))


def test_every_page_of_the_report_is_marked_once() -> None:
    body = re.sub(r"(?m)^\[\^\d+\]:.*$", "", REPORT.raw)
    assert [int(n) for n in re.findall(r"<!-- trang (\d+) -->", body)] == list(range(1, 30))
