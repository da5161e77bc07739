"""A report goes in as a file of any kind and comes out as a draft with its sentences, figures, footnotes and pages."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

import pytest

from corpus import build_passages, load_report
from corpus.add import AddError, Draft, draft_from_file
from corpus.figures import read_figures
from corpus.report import Report
from tests.corpus_add_files import (
    AIM,
    BUDGET,
    BUDGET_NOTE,
    CROPS,
    CROPS_NOTE,
    INTRODUCTION,
    LIVESTOCK,
    STATEMENTS,
    report_docx,
    report_pdf,
    report_text,
    to_tcvn3,
    to_vni,
)

SECTIONS = ["P0", "P1", "P1.I", "P1.I.1", "P1.I.1.1", "P1.I.1.1.a", "P1.I.2", "P2"]
"""The sections of the invented report, as the rules of ids make them."""
PAGES = {INTRODUCTION: 1, CROPS: 1, LIVESTOCK[0]: 1, LIVESTOCK[1]: 1, AIM: 2, **dict.fromkeys(STATEMENTS, 2)}
"""The page that each paragraph and statement begins on."""


def draft(data: bytes, name: str) -> Draft:
    return draft_from_file(Path(name), data=data)


def pages_of(report: Report) -> dict[str, int]:
    return {paragraph.content.text: paragraph.content.page_at(0) for paragraph in report.paragraphs}


def assert_whole(made: Draft) -> None:
    """Everything of the invented report stands where it stood."""
    report = made.report
    assert list(report.sections) == SECTIONS
    pages = pages_of(report)
    assert {text: pages.get(text) for text in PAGES} == PAGES
    assert BUDGET in pages
    assert [(note.footnote, note.section, note.content.text) for note in report.footnotes] == [(1, "P1.I.1.1", CROPS_NOTE), (2, "P1.I.2", BUDGET_NOTE)]
    assert [note.content.page_at(0) for note in report.footnotes] == [1, 2]
    assert {"9.120,5", "1,2", "62,4", "35.263", "850,5", "12,75", "455,7", "103,6", "2,41"} <= {f.text for f in read_figures(build_passages(report), report)}


def test_a_pdf_keeps_sentences_footnotes_tables_and_pages() -> None:
    made = draft(report_pdf(), "bao-cao.pdf")
    assert_whole(made)
    [budget] = [p for p in made.report.paragraphs if p.content.text == BUDGET]
    assert budget.content.page_at(BUDGET.index("công tác")) == 1
    assert budget.content.page_at(BUDGET.index("chi ngân sách")) == 2  # the paragraph runs over
    assert made.pages[0].startswith("ỦY BAN NHÂN DÂN")
    assert len(made.pages) == 2


def test_a_pdf_table_without_ruled_lines_makes_the_same_statements() -> None:
    assert_whole(draft(report_pdf(ruled=False), "bao-cao.pdf"))


def test_a_word_file_keeps_its_own_footnotes_and_page_break() -> None:
    assert_whole(draft(report_docx(), "bao-cao.docx"))


def test_numbers_that_word_prints_by_itself_are_part_of_the_headings() -> None:
    made = draft(report_docx(numbered=True), "bao-cao.docx")
    assert_whole(made)
    assert made.report.sections["P1.I.1"].title == "1. Nông nghiệp"


def test_a_plain_text_keeps_pages_at_form_feeds_and_footnotes_under_a_rule() -> None:
    assert_whole(draft(report_text().encode(), "bao-cao.txt"))


@pytest.mark.parametrize(("font", "encode", "told"), [(".VnTime", to_tcvn3, "TCVN3"), ("VNI-Times", to_vni, "VNI"), ("Arial", to_tcvn3, "TCVN3")])
def test_a_word_file_in_an_old_encoding_is_converted(font: str, encode: object, told: str) -> None:
    made = draft(report_docx(font, encode), "bao-cao.docx")
    assert_whole(made)
    assert any(told in str(remark) for remark in made.remarks)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (codecs.BOM_UTF8 + report_text().encode(), ""),
        (report_text().encode("utf-16"), ""),
        (unicodedata.normalize("NFD", report_text()).encode(), ""),
        (to_tcvn3(report_text().replace("¹", "[1]").replace("²", "[2]").replace("m³", "m3")).encode("latin-1"), "TCVN3"),
        (to_vni(report_text().replace("¹", "[1]").replace("²", "[2]").replace("m³", "m3")).encode("cp1252"), "VNI"),
        (report_text().replace("¹", "[1]").replace("²", "[2]").replace("m³", "m3"), "Windows-1258"),
    ],
    ids=["UTF-8 BOM", "UTF-16", "NFD", "TCVN3", "VNI", "cp1258"],
)
def test_a_text_in_any_vietnamese_encoding_reads_the_same(data: bytes | str, told: str) -> None:
    raw = data if isinstance(data, bytes) else _cp1258(data)
    made = draft(raw, "bao-cao.txt")
    plain = draft(report_text().encode(), "bao-cao.txt")
    words = [p.content.text.replace("m³", "m3") for p in plain.report.paragraphs]
    assert [p.content.text.replace("m³", "m3") for p in made.report.paragraphs] == words
    assert [n.content.text for n in made.report.footnotes] == [CROPS_NOTE, BUDGET_NOTE]
    assert any(told in str(remark) for remark in made.remarks) or not told
    assert unicodedata.is_normalized("NFC", made.markdown)


def _cp1258(text: str) -> bytes:
    """Text in Windows-1258, where a tone is a character of its own after the vowel."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(c for c in parts[1:] if c in "̣̀́̃̉")
            out += unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return out


def test_the_front_matter_is_guessed_and_told() -> None:
    made = draft(report_pdf(), "bao-cao.pdf")
    report = made.report
    assert (report.id, report.year, report.plan_year) == ("thanh-xuyen-2023", 2023, 2024)
    assert report.title == "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2023, kế hoạch phát triển kinh tế - xã hội năm 2024"
    assert (report.body, report.place) == ("Ủy ban nhân dân huyện Thanh Xuyên", "huyện Thanh Xuyên")
    assert made.front["province"] == "tỉnh Sơn Hà"
    assert report.session == "Trình tại kỳ họp thứ 12, HĐND huyện khóa XX"
    assert report.places == ("Tân Lập", "Phú Cường", "thị trấn Xuyên Sơn")
    assert not report.reviewed
    assert made.missing == ()


def test_a_report_of_half_a_year_says_so_in_its_id() -> None:
    text = (
        report_text()
        .replace("xã hội năm 2023,", "xã hội 6 tháng đầu năm 2024,")
        .replace("kế hoạch phát triển kinh tế - xã hội năm 2024", "nhiệm vụ 6 tháng cuối năm 2024")
    )
    made = draft(text.encode(), "bao-cao.txt")
    assert (made.id, made.front["year"], made.front["plan_year"]) == ("thanh-xuyen-6t-2024", 2024, None)


def test_a_markdown_report_of_our_own_comes_out_as_it_went_in() -> None:
    path = Path("corpus/reports/thanh-mien-2023.md")
    original, again = load_report(path), draft_from_file(path).report
    assert again.sections == original.sections
    assert [(p.section, p.content.text, p.content.pages, p.content.marks) for p in again.paragraphs] == [
        (p.section, p.content.text, p.content.pages, p.content.marks) for p in original.paragraphs
    ]
    assert [(n.footnote, n.section, n.content.text) for n in again.footnotes] == [(n.footnote, n.section, n.content.text) for n in original.footnotes]
    assert (again.id, again.title, again.places, again.reviewed) == (original.id, original.title, original.places, False)


def test_markdown_loses_its_marks_and_keeps_its_headings_tables_and_footnotes() -> None:
    text = (
        f"# Phần I. Kết quả năm 2023\n\n**{INTRODUCTION}**\n\n## Thu ngân sách\n\nĐơn vị tính: tỷ đồng\n\n"
        "| Chỉ tiêu | Năm 2022 | Năm 2023 |\n|---|---:|---:|\n| *Thu ngân sách*[^a] | 410,2 | 455,7 |\n\n[^a]: Không gồm thu chuyển nguồn.\n"
    )
    made = draft(text.encode(), "bao-cao.md")
    texts = [p.content.text for p in made.report.paragraphs]
    assert INTRODUCTION in texts
    assert "Thu ngân sách năm 2022 là 410,2 tỷ đồng; thu ngân sách năm 2023 là 455,7 tỷ đồng." in texts
    assert [s.title for s in made.report.sections.values()] == ["Phần I. Kết quả năm 2023", "Thu ngân sách"]
    assert [n.content.text for n in made.report.footnotes] == ["Không gồm thu chuyển nguồn."]


def as_plain_text(raw: str) -> str:
    """A report's Markdown as a typist's text: no marks of headings, raised numbers, footnotes under a rule at each page's end."""
    blocks = [block.strip() for block in raw.split("\n---\n", 1)[1].split("\n\n") if block.strip() not in ("", "---")]
    notes = {m[1]: " ".join(m[2].split()) for block in blocks if (m := re.match(r"\[\^(\d+)\]:\s*(.*)", block, re.DOTALL))}
    pages: list[list[str]] = [[]]
    below: list[list[str]] = [[]]
    for block in blocks:
        if block.startswith("[^") and "]:" in block[:7]:
            continue
        for n, part in enumerate(re.split(r"<!-- trang \d+ -->", block)):
            if n and (pages[-1] or len(pages) > 1):
                pages.append([])
                below.append([])
            if part.strip():
                below[-1] += [f"{mark} {notes[mark]}" for mark in re.findall(r"\[\^(\d+)\]", part)]
                words = re.sub(r"\[\^(\d+)\]", lambda m: m[1].translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")), part.strip())
                pages[-1].append(re.sub(r"^#+ ", "", words))
    return "\f".join("\n".join([*page, "_____", *foot] if foot else page) for page, foot in zip(pages, below, strict=True))


def test_a_whole_report_as_plain_text_gives_the_sections_footnotes_and_pages_of_its_transcription() -> None:
    original = load_report(Path("corpus/reports/thanh-mien-2023.md"))
    again = draft_from_file(Path("bao-cao.txt"), data=as_plain_text(original.raw).encode(), place="huyện Thanh Miện").report
    assert list(again.sections) == list(original.sections)
    assert [(n.footnote, n.section, n.content.page_at(0)) for n in again.footnotes] == [
        (n.footnote, n.section, n.content.page_at(0)) for n in original.footnotes
    ]
    mine = {(p.content.text, p.content.pages) for p in again.paragraphs if p.section != "P0"}
    theirs = {(p.content.text, p.content.pages) for p in original.paragraphs if p.section != "P0"}
    assert len(theirs - mine) <= 0.02 * len(theirs), theirs - mine


@pytest.mark.parametrize(
    ("head", "title", "place"),
    [
        ("UBND XÃ TÂN LẬP\nBÁO CÁO Tình hình kinh tế - xã hội năm 2023", "Tình hình kinh tế - xã hội năm 2023", "xã Tân Lập"),
        ("BÁO CÁO\nTÌNH HÌNH KINH TẾ - XÃ HỘI NĂM 2023\nKính gửi: UBND quận Bắc Sơn", "Tình hình kinh tế - xã hội năm 2023", "quận Bắc Sơn"),
        ("Kết quả thực hiện kế hoạch năm 2023\nHuyện Thanh Xuyên có nhiều đổi mới.", "Kết quả thực hiện kế hoạch năm 2023", "huyện Thanh Xuyên"),
    ],
)
def test_title_and_place_are_found_under_other_heads(head: str, title: str, place: str) -> None:
    made = draft(f"{head}\n\nI. KINH TẾ\n{BUDGET}\n{AIM}\n{BUDGET}\n".encode(), "bao-cao.txt")
    assert (made.front["title"], made.front["place"]) == (title, place)


def test_a_place_that_two_districts_could_be_is_asked_for() -> None:
    text = f"Kết quả thực hiện kế hoạch kinh tế - xã hội năm 2023\n{BUDGET}\nHuyện An Đông và huyện An Tây.\n{BUDGET}\n"
    with pytest.raises(AddError, match="--place"):
        draft(text.encode(), "bao-cao.txt")
    assert draft_from_file(Path("bao-cao.txt"), data=text.encode(), place="huyện An Tây").id == "an-tay-2023"


def test_the_places_of_a_list_and_of_a_table_are_known() -> None:
    text = report_text().replace(INTRODUCTION, INTRODUCTION + " Có 3 xã (Hòa Bình, Hồng Phong và Lê Lợi) về đích.")
    text = text.replace(AIM, AIM + "\n\nXã\tSố hộ (hộ)\tTỷ lệ hộ nghèo (%)\nĐông Hải\t1.250\t2,1\nTổng cộng\t9.000\t2,5\n")
    made = draft(text.encode(), "bao-cao.txt")
    assert {"Hòa Bình", "Hồng Phong", "Lê Lợi", "Tân Lập", "Phú Cường", "Đông Hải", "thị trấn Xuyên Sơn"} == set(made.front["places"])
    assert "Số hộ của Đông Hải là 1.250 hộ; tỷ lệ hộ nghèo của Đông Hải là 2,1%." in pages_of(made.report)


def test_headings_without_numbers_are_found_between_paragraphs() -> None:
    text = f"UBND XÃ TÂN LẬP\nBÁO CÁO\nTình hình kinh tế - xã hội năm 2023\n{BUDGET}\nSản xuất nông nghiệp\n{BUDGET}\nVĂN HÓA - XÃ HỘI\n{AIM}\n"
    assert [s.title for s in draft(text.encode(), "bao-cao.txt").report.sections.values() if s.title] == ["Sản xuất nông nghiệp", "VĂN HÓA - XÃ HỘI"]


def test_what_a_page_lost_is_said_with_the_page() -> None:
    text = report_text().replace("năm 2022¹.", "năm 2022.").replace("- Đàn gia cầm 640.000 con", "- Đàn gia cầm³ 640.000 con")
    told = [str(remark) for remark in draft(text.encode(), "bao-cao.txt").remarks]
    assert "Trang 1: không thấy chỗ đánh dấu chú thích 1 trong văn bản; dấu tạm đặt ở cuối trang, cần chuyển về đúng chỗ." in told
    assert "Trang 1: dấu chú thích 3 không có nội dung chú thích." in told


def test_every_passage_and_figure_of_a_draft_is_where_the_file_says() -> None:
    report = draft(report_pdf(), "bao-cao.pdf").report
    passages = build_passages(report)
    assert all(passage.id.startswith("thanh-xuyen-2023:") for passage in passages)
    for figure in read_figures(passages, report):
        assert report.raw[figure.source[0] : figure.source[1]].startswith(figure.text)


def test_a_damaged_byte_is_told_and_costs_no_more_than_its_letter() -> None:
    raw = report_text().encode()
    at = raw.index("Năng suất lúa".encode()) + 1  # the first byte of ă
    made = draft(raw[:at] + b"\xff" + raw[at + 1 :], "bao-cao.txt")
    assert any(remark.page == 1 and "ký tự bị hỏng" in remark.text for remark in made.remarks)
    assert made.report.footnotes[0].content.text == CROPS_NOTE


def test_damaged_data_in_a_pdf_is_told_with_its_page_in_vietnamese_only(capfd: pytest.CaptureFixture[str]) -> None:
    raw = bytearray(report_pdf())
    begin = raw.index(b"stream\n", raw.index(b"/Contents")) + 7
    end = raw.index(b"\nendstream", begin)
    middle = begin + (end - begin) * 2 // 3
    raw[middle : middle + 40] = bytes(40)
    made = draft(bytes(raw), "bao-cao.pdf")
    assert any(remark.page == 1 and "bị hỏng một phần" in remark.text for remark in made.remarks)
    assert capfd.readouterr().err == ""
