"""The parts of `corpus add`: headings, tables, footnotes, lines, encodings."""

from __future__ import annotations

import subprocess
from shutil import which

import pytest

from corpus.add.columns import find_columns
from corpus.add.compose import compose
from corpus.add.document import Block, Note, Paragraph, Table
from corpus.add.encodings import decode, from_tcvn3, from_vni, of_font, repair
from corpus.add.faults import AddError
from corpus.add.headings import find_heading
from corpus.add.lines import Line, paragraphs
from corpus.add.margins import without_margins
from corpus.add.notes import number_notes
from corpus.add.numbering import Numbering
from corpus.add.page_notes import split_notes
from corpus.add.tables import caption_unit, is_figure, to_statements
from corpus.syllables import is_syllable, share_of_syllables
from tests.corpus_add_files import to_tcvn3, to_vni

SENTENCE = (
    "Ủy ban nhân dân huyện đã chỉ đạo quyết liệt, thu ngân sách vượt kế hoạch được giao; an ninh trật tự được giữ vững, đời sống nhân dân được cải thiện."
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Phần thứ nhất", "Phần thứ nhất"),
        ("PHẦN II: NHIỆM VỤ NĂM 2024", "PHẦN II: NHIỆM VỤ NĂM 2024"),
        ("A. MỤC TIÊU", "A. MỤC TIÊU"),
        ("I/ Lĩnh vực kinh tế", "I. Lĩnh vực kinh tế"),
        ("2) Công nghiệp", "2. Công nghiệp"),
        ("1.1 Trồng trọt", "1.1. Trồng trọt"),
        ("2.3.1. Thu nội địa:", "2.3.1. Thu nội địa:"),
        ("đ) Thủy sản", "đ) Thủy sản"),
    ],
)
def test_each_style_of_heading_is_recognised(text: str, title: str) -> None:
    found = find_heading(Paragraph(1, text), in_body=True)
    assert found is not None
    assert (found.title, found.rest) == (title, "")


@pytest.mark.parametrize(
    "text",
    [
        "1. Tổng giá trị sản xuất ước đạt 1.626,4 tỷ đồng",
        "2. Tiếp tục thực hiện các nhiệm vụ được giao.",
        "- Trồng trọt",
        "2023 là năm bản lề của nhiệm kỳ",
        "a) Tỷ lệ hộ nghèo giảm còn 2,1%",
    ],
)
def test_a_sentence_or_an_entry_of_a_list_is_no_heading(text: str) -> None:
    assert find_heading(Paragraph(1, text), in_body=True) is None


def test_a_heading_parts_from_the_text_on_its_line() -> None:
    found = find_heading(Paragraph(1, "a) Trồng trọt: Diện tích gieo trồng cả năm đạt 9.120,5 ha."), in_body=True)
    assert found is not None
    assert (found.title, found.rest) == ("a) Trồng trọt:", "Diện tích gieo trồng cả năm đạt 9.120,5 ha.")


def test_a_line_in_capitals_is_a_heading_only_within_the_text() -> None:
    line = Paragraph(1, "ĐÁNH GIÁ CHUNG")
    assert find_heading(line, in_body=False) is None
    assert find_heading(line, in_body=True) is not None


def test_the_signature_belongs_to_no_heading() -> None:
    blocks: list[Block] = [
        Paragraph(1, "I. KINH TẾ"),
        Paragraph(1, SENTENCE),
        Paragraph(1, "Nơi nhận:"),
        Paragraph(1, "TM. ỦY BAN NHÂN DÂN"),
        Paragraph(1, "CHỦ TỊCH"),
    ]
    assert compose(blocks).markdown.endswith("\n\n---\n\nNơi nhận:\n\nTM. ỦY BAN NHÂN DÂN\n\nCHỦ TỊCH\n")


def test_each_figure_of_a_row_stands_with_header_and_unit() -> None:
    rows = [
        ("STT", "Chỉ tiêu", "Đơn vị tính", "TH 2022", "KH 2023", "So sánh (%)", "So sánh (%)"),
        ("STT", "Chỉ tiêu", "Đơn vị tính", "TH 2022", "KH 2023", "2023/2022", "Tăng (+), giảm (-) so với năm 2022"),
        ("A", "B", "C", "1", "2", "3=2/1", "4"),
        ("I", "Chỉ tiêu kinh tế", "", "", "", "", ""),
        ("1", "Lúa chiêm", "", "", "", "", ""),
        ("-", "Năng suất", "tạ/ha", "67", "66,5", "99,3", "-0,7"),
    ]
    [sentence] = to_statements(rows).sentences
    assert sentence == (
        "Năng suất lúa chiêm năm 2022 thực hiện 67 tạ/ha; kế hoạch năng suất lúa chiêm năm 2023 là 66,5 tạ/ha; "
        "năng suất lúa chiêm năm 2023 so với năm 2022 bằng 99,3%; năng suất lúa chiêm giảm 0,7% so với năm 2022."
    )


def test_the_unit_comes_from_the_header_the_row_or_the_caption() -> None:
    rows = [("Xã", "Số hộ", "Thu nhập (triệu đồng)", "Tỷ lệ hộ nghèo (%)"), ("Tân Lập", "1.250", "62,5", "2,1")]
    [sentence] = to_statements(rows, unit="hộ").sentences
    assert sentence == "Số hộ của Tân Lập là 1.250 hộ; thu nhập của Tân Lập là 62,5 triệu đồng; tỷ lệ hộ nghèo của Tân Lập là 2,1%."
    [named] = to_statements([("Chỉ tiêu", "Năm 2022", "Năm 2023"), ("Diện tích (ha)", "10", "12")]).sentences
    assert named == "Diện tích năm 2022 là 10 ha; diện tích năm 2023 là 12 ha."
    assert caption_unit("Bảng 2. Thu ngân sách (Đơn vị tính: triệu đồng)") == "triệu đồng"


@pytest.mark.parametrize(
    ("head", "clause"),
    [
        ("Năm 2022", "thu ngân sách năm 2022 là 12,5 tỷ đồng"),
        ("2022", "thu ngân sách năm 2022 là 12,5 tỷ đồng"),
        ("ƯTH 2023", "thu ngân sách năm 2023 ước thực hiện 12,5 tỷ đồng"),
        ("Thực hiện 6 tháng đầu năm 2024", "thu ngân sách 6 tháng đầu năm 2024 thực hiện 12,5 tỷ đồng"),
        ("Quý I/2024", "thu ngân sách quý I/2024 là 12,5 tỷ đồng"),
        ("Dự toán năm 2024", "dự toán thu ngân sách năm 2024 là 12,5 tỷ đồng"),
        ("So với dự toán (%)", "thu ngân sách so với dự toán bằng 12,5%"),
        ("% TH/KH", "thu ngân sách thực hiện so với kế hoạch bằng 12,5%"),
        ("Tăng, giảm so với cùng kỳ (%)", "thu ngân sách tăng 12,5% so với cùng kỳ"),
    ],
)
def test_each_style_of_header_makes_a_statement_of_its_own(head: str, clause: str) -> None:
    [sentence] = to_statements([("Chỉ tiêu", "Năm 2021", head), ("Thu ngân sách", "11", "12,5")], unit="tỷ đồng").sentences
    assert sentence == f"Thu ngân sách năm 2021 là 11 tỷ đồng; {clause}."


def test_a_table_that_says_no_unit_or_header_is_doubted_and_nothing_is_invented() -> None:
    found = to_statements([("Thu", "10", "12"), ("Chi", "9", "11")])
    assert found.sentences == ("Thu: 10, 12.", "Chi: 9, 11.")
    assert "bảng không có dòng tiêu đề" in found.doubts
    assert "bảng không ghi đơn vị tính" in found.doubts


def test_a_table_that_goes_on_over_a_page_keeps_its_header() -> None:
    header = ("Chỉ tiêu", "ĐVT", "Năm 2023", "Năm 2024")
    blocks: list[Block] = [Table(1, (header, ("Đàn bò", "con", "100", "120"))), Table(2, (("Đàn trâu", "con", "50", "45"),))]
    assert "Đàn trâu năm 2023 là 50 con; đàn trâu năm 2024 là 45 con." in compose(blocks).markdown


def test_a_year_in_a_cell_is_no_figure() -> None:
    assert [is_figure(cell) for cell in ("2023", "2023/2022", "2.023", "48/52", "-1,5", "12 tấn", "Năm 2023")] == [False, False, True, True, True, True, False]


def test_wrapped_lines_join_and_paragraphs_part_at_an_indent() -> None:
    lines = [
        Line("Thu ngân sách nhà nước trên địa bàn huyện năm nay", 120, 500, 100, 113, 13),
        Line("đạt 455,7 tỷ đồng.", 85, 200, 119, 132, 13),
        Line("Chi ngân sách đạt 400 tỷ đồng, bằng 98% dự toán", 120, 500, 138, 151, 13),
        Line("được giao.", 85, 150, 157, 170, 13),
    ]
    assert [p.text for p in paragraphs(lines, 1)] == [
        "Thu ngân sách nhà nước trên địa bàn huyện năm nay đạt 455,7 tỷ đồng.",
        "Chi ngân sách đạt 400 tỷ đồng, bằng 98% dự toán được giao.",
    ]


def test_page_numbers_and_running_heads_are_left_out_and_told() -> None:
    def line(text: str, top: float) -> Line:
        return Line(text, 85, 300, top, top + 13, 13)

    pages = [[line(f"Trang {n}/3", 30), line("UBND huyện Thanh Xuyên", 50), line(f"Nội dung thứ {n}.", 80), line("Kết thúc trang.", 95)] for n in (1, 2, 3)]
    bare, heads = without_margins(pages)
    assert [[one.text for one in page][0] for page in bare] == ["Nội dung thứ 1.", "Nội dung thứ 2.", "Nội dung thứ 3."]
    assert "UBND huyện Thanh Xuyên" in heads


def test_footnotes_are_small_type_at_the_bottom_and_may_go_on_over_a_page() -> None:
    body = Line("Thu ngân sách đạt 455,7 tỷ đồng.", 85, 500, 100, 113, 13)
    first = [body, Line("3 Trong đó thu nội địa", 85, 500, 700, 710, 10), Line("300 tỷ đồng, còn lại là", 85, 500, 712, 722, 10)]
    kept, notes, carried = split_notes(first, 13, 5, last=2)
    assert (kept, carried) == ([body], "")
    assert notes == [Note(5, 3, "Trong đó thu nội địa 300 tỷ đồng, còn lại là")]
    _, later, carried = split_notes([body, Line("thu bổ sung.", 85, 200, 700, 710, 10)], 13, 6, last=3)
    assert (later, carried) == ([], "thu bổ sung.")


def test_footnotes_numbered_anew_on_each_page_get_numbers_of_their_own() -> None:
    blocks: list[Block] = [Paragraph(1, "Một[^1]."), Note(1, 1, "Đầu."), Paragraph(2, "Hai[^1], diện tích 5 m[^9]."), Note(2, 1, "Sau.")]
    numbered, remarks = number_notes(blocks)
    assert [(b.mark, b.text) for b in numbered if isinstance(b, Note)] == [(1, "Đầu."), (2, "Sau.")]
    assert [b.text for b in numbered if isinstance(b, Paragraph)] == ["Một[^1].", "Hai[^2], diện tích 5 m⁹."]
    assert [r.page for r in remarks] == [None, 2]


def test_two_marks_that_touch_are_two_footnotes() -> None:
    blocks: list[Block] = [Paragraph(1, "Xử lý 14 trường hợp[^78]."), Note(1, 7, "Một."), Note(1, 8, "Hai.")]
    numbered, remarks = number_notes(blocks)
    assert numbered[0] == Paragraph(1, "Xử lý 14 trường hợp[^7][^8].")
    assert remarks == []


def test_words_in_columns_make_a_table_and_prose_makes_none() -> None:
    def cell(text: str, x0: float, row: int) -> Line:
        return Line(text, x0, x0 + 6 * len(text), 20 * row, 20 * row + 12, 12)

    table = [cell("Chỉ tiêu", 0, 1), cell("Năm 2022", 150, 1), cell("Năm 2023", 250, 1)]
    table += [cell("Đàn lợn", 0, 2), cell("20.100", 160, 2), cell("21.300", 260, 2), cell("Đàn bò", 0, 3), cell("900", 170, 3), cell("950", 270, 3)]
    prose = [cell("Chăn nuôi phát triển ổn định trong cả năm.", 0, 0)]
    [found] = find_columns(prose + table)
    assert found.rows == (("Chỉ tiêu", "Năm 2022", "Năm 2023"), ("Đàn lợn", "20.100", "21.300"), ("Đàn bò", "900", "950"))
    assert find_columns(prose) == []


def test_old_encodings_turn_into_unicode() -> None:
    assert from_tcvn3("B¸o c¸o kÕt qu¶ ph¸t triÓn kinh tÕ - x· héi n¨m 2023") == "Báo cáo kết quả phát triển kinh tế - xã hội năm 2023"
    assert from_vni("Baùo caùo keát quaû, huyeän ñöôïc thöïc hieän, ÖÔÙC ÑAÏT, kyø, lyù") == "Báo cáo kết quả, huyện được thực hiện, ƯỚC ĐẠT, kỳ, lý"
    assert from_vni(to_vni(SENTENCE)) == SENTENCE
    assert from_tcvn3(to_tcvn3(SENTENCE.lower())) == SENTENCE.lower()
    assert from_tcvn3("KÕT QU¶ PH¸T TRIÓN") == "KẾT QUẢ PHÁT TRIỂN"
    assert of_font("kÕt qu¶", ".VnTimeH").text == "KẾT QUẢ"
    assert of_font("kÕt qu¶", "ABCDEF+.VnTime,Bold").text == "kết quả"


@pytest.mark.skipif(which("iconv") is None, reason="máy không có iconv để đối chiếu bảng mã TCVN3")
def test_the_tcvn3_table_agrees_with_iconv() -> None:
    letters = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ"
    coded = subprocess.run(["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], input=letters.encode(), capture_output=True, check=True).stdout
    assert from_tcvn3(coded.decode("latin-1")) == letters


def test_good_unicode_is_left_alone() -> None:
    for text in (SENTENCE, "Diện tích 25 m² (§ 3) của “Công ty Café Château”: 12.450 ha", "plain ASCII"):
        assert repair(text).text == text
        assert repair(text).encoding == ""


def test_bytes_of_no_vietnamese_encoding_are_refused() -> None:
    with pytest.raises(AddError, match="Không nhận ra bảng mã tiếng Việt"):
        decode("garçon à l'été où déjà naïve forêt châteaux".encode("latin-1"))


def test_a_syllable_is_told_from_what_a_bad_reading_makes() -> None:
    assert all(map(is_syllable, "nghiệp Huyện được ỦY khuyến gieo quả thuở yêu loại ngoài".split()))
    assert not any(map(is_syllable, "nghiép¸ thuc2 ctra hién¢ bảt strong cầch".split()))
    assert share_of_syllables(SENTENCE, marked_only=True) == 1.0


def test_word_numbers_its_lists_by_level() -> None:
    from docx.oxml import parse_xml

    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate([("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"), ("bullet", "·")])
    )
    root = parse_xml(
        f'<w:numbering {names}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbering = Numbering(root)
    assert [numbering.label("7", level) for level in (0, 1, 2, 2, 1, 3, 4, 0, 1)] == ["I.", "1.", "1.1.", "1.2.", "2.", "a)", "-", "II.", "1."]
    assert numbering.label("8", 0) == ""
