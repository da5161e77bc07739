"""Input files for the tests of `corpus add`, built from one invented report: PDF, DOCX, images and old encodings."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fpdf import FPDF

LETTERHEAD = ("ỦY BAN NHÂN DÂN", "HUYỆN THANH XUYÊN")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
TITLE = (
    "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2023,",
    "kế hoạch phát triển kinh tế - xã hội năm 2024",
)
SESSION = "(Trình tại kỳ họp thứ 12, HĐND huyện khóa XX)"
INTRODUCTION = (
    "Năm 2023, kinh tế - xã hội của huyện Thanh Xuyên, tỉnh Sơn Hà tiếp tục phát triển ổn định; các xã, thị trấn đã hoàn thành nhiều "
    "chỉ tiêu được giao, đời sống của nhân dân được nâng lên, an ninh chính trị và trật tự an toàn xã hội được giữ vững."
)
CROPS = (
    "Tổng diện tích gieo trồng cả năm ước đạt 9.120,5 ha, tăng 1,2% so với năm 2022. Năng suất lúa bình quân đạt 62,4 tạ/ha; "
    "khối lượng nạo vét kênh mương đạt 35.263 m³, bằng 104,7% kế hoạch năm."
)
CROPS_NOTE = "Trong đó xã Tân Lập 1.020 ha, xã Phú Cường 850,5 ha, thị trấn Xuyên Sơn 96 ha."
LIVESTOCK = ("- Đàn lợn 21.300 con, tăng 3,4% so với năm 2022.", "- Đàn gia cầm 640.000 con, đạt 101,6% kế hoạch.")
BUDGET = (
    "Thu ngân sách nhà nước trên địa bàn được chỉ đạo quyết liệt ngay từ đầu năm, các khoản thu cơ bản đạt và vượt dự toán được giao; công tác "
    "chi ngân sách bảo đảm đúng quy định, phục vụ kịp thời các nhiệm vụ của huyện và của các xã, thị trấn trên địa bàn."
)
BUDGET_NOTE = "Không gồm thu chuyển nguồn 12,75 tỷ đồng."
TABLE = (
    ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2022", "Năm 2023", "Năm 2023", "So sánh (%)"),
    ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2022", "Kế hoạch", "Ước TH", "TH/KH"),
    ("1", "Thu ngân sách", "tỷ đồng", "410,2", "440", "455,7", "103,6"),
    ("-", "Thu tiền sử dụng đất", "tỷ đồng", "120", "110", "98,5", "89,5"),
    ("2", "Tỷ lệ hộ nghèo", "%", "3,05", "2,5", "2,41", "-"),
)
FLAT_HEADER = ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2022", "Kế hoạch năm 2023", "Ước TH năm 2023", "TH/KH (%)")
STATEMENTS = (
    "Thu ngân sách năm 2022 thực hiện 410,2 tỷ đồng; kế hoạch thu ngân sách năm 2023 là 440 tỷ đồng; "
    "thu ngân sách năm 2023 ước thực hiện 455,7 tỷ đồng; thu ngân sách thực hiện so với kế hoạch bằng 103,6%.",
    "Thu ngân sách - thu tiền sử dụng đất năm 2022 thực hiện 120 tỷ đồng; kế hoạch thu ngân sách - thu tiền sử dụng đất năm 2023 là 110 tỷ đồng; "
    "thu ngân sách - thu tiền sử dụng đất năm 2023 ước thực hiện 98,5 tỷ đồng; thu ngân sách - thu tiền sử dụng đất thực hiện so với kế hoạch bằng 89,5%.",
    "Tỷ lệ hộ nghèo năm 2022 thực hiện 3,05%; kế hoạch tỷ lệ hộ nghèo năm 2023 là 2,5%; tỷ lệ hộ nghèo năm 2023 ước thực hiện 2,41%.",
)
AIM = "Phấn đấu năm 2024 thu ngân sách nhà nước đạt 470 tỷ đồng; giảm tỷ lệ hộ nghèo xuống còn 1,9%; có thêm 02 xã đạt chuẩn nông thôn mới nâng cao."

_FONTS = Path("/usr/share/fonts/truetype/dejavu")


def serif(style: str = "") -> Path:
    """A font with Vietnamese letters; skips the test where the system has none."""
    path = _FONTS / f"DejaVuSerifCondensed{style}.ttf"
    if not path.exists():
        pytest.skip("máy không có phông DejaVu Serif (gói fonts-dejavu) để dựng tệp PDF")
    return path


class Pages(FPDF):
    """A report on A4 as offices print it: serif 13, page number on top, footnotes below a rule."""

    def __init__(self, running_head: str = "") -> None:
        super().__init__(format="A4", unit="pt")
        self.running_head = running_head
        self.set_margins(85, 57, 57)
        self.set_auto_page_break(False)
        self.add_font("serif", "", str(serif()))
        self.add_font("serif", "B", str(serif("-Bold")))

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_font("serif", "", 12)
            self.cell(0, 16, str(self.page_no()), align="C", new_x="LMARGIN", new_y="NEXT")
        if self.running_head:
            self.set_font("serif", "", 11)
            self.cell(0, 14, self.running_head, align="R", new_x="LMARGIN", new_y="NEXT")

    def centred(self, text: str, bold: bool = True) -> None:
        self.set_font("serif", "B" if bold else "", 13)
        self.multi_cell(0, 18, text, align="C", new_x="LMARGIN", new_y="NEXT")

    def heading(self, text: str) -> None:
        self.set_font("serif", "B", 13)
        self.multi_cell(0, 20, "      " + text, align="L", new_x="LMARGIN", new_y="NEXT")

    def body(self, text: str, marks: Sequence[tuple[str, int]] = (), indent: bool = True) -> None:
        """A justified paragraph; `marks` are words after which a raised number stands."""
        self.set_font("serif", "", 13)
        if indent:
            self.set_x(self.l_margin + 36)
        at = 0
        for words, number in marks:
            stop = text.index(words, at) + len(words)
            self.write(19, text[at:stop])
            self._raised(19, number, 13)
            at = stop
        self.write(19, text[at:])
        self.ln(24)

    def _raised(self, height: int, number: int, size: int) -> None:
        self.char_vpos = "SUP"
        self.write(height, str(number))
        self.char_vpos = "LINE"
        self.set_font("serif", "", size)

    def notes(self, notes: Sequence[tuple[int, str]]) -> None:
        self.set_y(-57 - 30 * len(notes))
        self.line(self.l_margin, self.get_y() - 4, self.l_margin + 140, self.get_y() - 4)
        for number, text in notes:
            self.set_font("serif", "", 10)
            self._raised(13, number, 10)
            self.write(13, f" {text}")
            self.ln(15)

    def grid(self, rows: Sequence[Sequence[str]], ruled: bool = True) -> None:
        self.set_font("serif", "", 12)
        widths = (28, 120, 52, 68, 56, 56, 66)[: len(rows[0])]
        with self.table(
            col_widths=widths, width=sum(widths), borders_layout="ALL" if ruled else "NONE", line_height=16, first_row_as_headings=False, text_align="LEFT"
        ) as table:
            for n, row in enumerate(rows):
                cells = table.row()
                for m, cell in enumerate(row):
                    if (n == 1 and rows[0][m] == cell) or (m > 0 and n == 0 and row[m - 1] == cell):
                        continue
                    across = sum(1 for other in row[m:] if other == cell) if n == 0 else 1
                    down = 2 if n == 0 and len(rows) > 1 and rows[1][m] == cell else 1
                    cells.cell(cell, colspan=across, rowspan=down)
        self.ln(8)

    def bytes(self) -> bytes:
        return bytes(self.output())


def report_pdf(running_head: str = "", ruled: bool = True) -> bytes:
    """The invented report on two pages, with two footnotes, a table, and a paragraph that runs over."""
    pdf = Pages(running_head)
    pdf.add_page()
    y = pdf.get_y()
    for left, words in ((pdf.l_margin, LETTERHEAD), (pdf.l_margin + 200, MOTTO)):
        pdf.set_font("serif", "B", 11)
        for n, line in enumerate(words):
            pdf.text(left, y + 12 + 14 * n, line)
    pdf.set_y(y + 50)
    for line in ("BÁO CÁO", *TITLE):
        pdf.centred(line)
    pdf.centred(SESSION, bold=False)
    pdf.centred("Phần thứ nhất")
    pdf.centred("KẾT QUẢ PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2023")
    pdf.body(INTRODUCTION)
    pdf.heading("I. LĨNH VỰC KINH TẾ")
    pdf.heading("1. Nông nghiệp")
    pdf.heading("1.1. Trồng trọt")
    pdf.body(CROPS, [("năm 2022", 1)])
    pdf.heading("a) Chăn nuôi")
    for line in LIVESTOCK:
        pdf.body(line)
    pdf.heading("2. Tài chính, ngân sách")
    at = BUDGET.index(" chi ngân sách")
    pdf.body(BUDGET[:at])
    pdf.notes([(1, CROPS_NOTE)])
    pdf.add_page()
    pdf.body(BUDGET[at + 1 :], [("địa bàn.", 2)], indent=False)
    pdf.grid(TABLE, ruled)
    pdf.centred("Phần thứ hai")
    pdf.centred("NHIỆM VỤ NĂM 2024")
    pdf.body(AIM)
    pdf.notes([(2, BUDGET_NOTE)])
    return pdf.bytes()


def report_text() -> str:
    """The invented report as plain text on two pages, with its footnotes below a rule."""
    first = [*LETTERHEAD, "", "BÁO CÁO", *TITLE, SESSION, "", "Phần thứ nhất", "KẾT QUẢ PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2023", ""]
    first += [INTRODUCTION, "", "I. LĨNH VỰC KINH TẾ", "1. Nông nghiệp", "1.1. Trồng trọt", CROPS.replace("năm 2022.", "năm 2022¹."), "a) Chăn nuôi"]
    first += [*LIVESTOCK, "2. Tài chính, ngân sách", "____________", f"1 {CROPS_NOTE}"]
    second = [BUDGET + "²", "\t".join(FLAT_HEADER), *("\t".join(row) for row in TABLE[2:]), "", "Phần thứ hai", "NHIỆM VỤ NĂM 2024", "", AIM]
    second += ["____________", f"2 {BUDGET_NOTE}"]
    return "\n".join(first) + "\f" + "\n".join(second) + "\n"


def report_docx(font: str = "Times New Roman", encode: Any = None, numbered: bool = False) -> bytes:
    """The invented report as a Word file with real footnotes and a page break; `encode` turns the words into an old encoding.

    `numbered`: the numbers of its headings are Word's own, not in the text.
    """
    encode = encode or (lambda text: text)
    document = docx.Document()
    document.styles["Normal"].font.name = font
    marks: list[str] = []

    def add(text: str, bold: bool = False, note: tuple[str, str] | None = None) -> Any:
        paragraph = document.add_paragraph()
        head, tail = text, ""
        if note:
            at = text.index(note[0]) + len(note[0])
            head, tail = text[:at], text[at:]
        paragraph.add_run(encode(head)).bold = bold
        if note:
            marks.append(encode(note[1]))
            run = paragraph.add_run()
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(marks)))
            run._r.append(reference)
            paragraph.add_run(encode(tail)).bold = bold
        return paragraph

    letterhead = document.add_table(rows=1, cols=2)
    letterhead.cell(0, 0).text = encode("\n".join(LETTERHEAD))
    letterhead.cell(0, 1).text = encode("\n".join(MOTTO))
    for line in ("BÁO CÁO", *TITLE):
        add(line, bold=True)
    add(SESSION)
    add("Phần thứ nhất", bold=True)
    add("KẾT QUẢ PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2023", bold=True)
    add(INTRODUCTION)
    headings = {"I. ": add(("" if numbered else "I. ") + "LĨNH VỰC KINH TẾ", bold=True), "1. ": add(("" if numbered else "1. ") + "Nông nghiệp", bold=True)}
    add("1.1. Trồng trọt", bold=True)
    add(CROPS, note=("năm 2022", CROPS_NOTE))
    add("a) Chăn nuôi", bold=True)
    for line in LIVESTOCK:
        add(line)
    add("2. Tài chính, ngân sách", bold=True).add_run().add_break(WD_BREAK.PAGE)
    add(BUDGET, note=("trên địa bàn.", BUDGET_NOTE))
    table = document.add_table(rows=len(TABLE), cols=len(TABLE[0]))
    for n, row in enumerate(TABLE):
        for m, cell in enumerate(row):
            if not (n == 1 and TABLE[0][m] == cell) and not (n == 0 and m == 5):
                table.cell(n, m).text = encode(cell)
    table.cell(0, 4).merge(table.cell(0, 5))
    for m in (0, 1, 2, 3):
        table.cell(0, m).merge(table.cell(1, m))
    add("Phần thứ hai", bold=True)
    add("NHIỆM VỤ NĂM 2024", bold=True)
    add(AIM)
    if numbered:
        _number(document, headings)
    _footnotes(document, marks)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _footnotes(document: Any, texts: Sequence[str]) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for n, text in enumerate(texts, 1)
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {names}>{separator}{notes}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _number(document: Any, headings: dict[str, Any]) -> None:
    """Numbers the headings with a list of two levels, `I.` and `1.`."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2.")))
    )
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    root.insert(0, docx.oxml.parse_xml(f'<w:abstractNum {names} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(docx.oxml.parse_xml(f'<w:num {names} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for level, paragraph in enumerate(headings.values()):
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            docx.oxml.parse_xml(f'<w:numPr {names}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'),
        )


# TCVN 5712:1993, as GNU iconv gives it: the code of each letter that the fonts .VnTime draw.
TCVN3_CODES = {
    **dict(zip("ĂÂÊÔƠƯĐăâêôơưđ", range(0xA1, 0xAF), strict=True)),
    **{"à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ằ": 0xBB, "ẳ": 0xBC, "ẵ": 0xBD, "ắ": 0xBE, "ặ": 0xC6},
    **{"ầ": 0xC7, "ẩ": 0xC8, "ẫ": 0xC9, "ấ": 0xCA, "ậ": 0xCB, "è": 0xCC, "ẻ": 0xCE, "ẽ": 0xCF, "é": 0xD0, "ẹ": 0xD1},
    **{"ề": 0xD2, "ể": 0xD3, "ễ": 0xD4, "ế": 0xD5, "ệ": 0xD6, "ì": 0xD7, "ỉ": 0xD8, "ĩ": 0xDC, "í": 0xDD, "ị": 0xDE},
    **{"ò": 0xDF, "ỏ": 0xE1, "õ": 0xE2, "ó": 0xE3, "ọ": 0xE4, "ồ": 0xE5, "ổ": 0xE6, "ỗ": 0xE7, "ố": 0xE8, "ộ": 0xE9},
    **{"ờ": 0xEA, "ở": 0xEB, "ỡ": 0xEC, "ớ": 0xED, "ợ": 0xEE, "ù": 0xEF, "ủ": 0xF1, "ũ": 0xF2, "ú": 0xF3, "ụ": 0xF4},
    **{"ừ": 0xF5, "ử": 0xF6, "ữ": 0xF7, "ứ": 0xF8, "ự": 0xF9, "ỳ": 0xFA, "ỷ": 0xFB, "ỹ": 0xFC, "ý": 0xFD, "ỵ": 0xFE},
}
_VNI_VOWELS = {"ă": ("a", "ê"), "â": ("a", "â"), "ê": ("e", "â"), "ô": ("o", "â"), "ơ": ("ô", ""), "ư": ("ö", "")}
_VNI_TONES = {"": "ê/â", "̀": "ø", "̉": "û", "̃": "õ", "́": "ù", "̣": "ï"}
_VNI_ON_CIRCUMFLEX = {"": "â", "̀": "à", "̉": "å", "̃": "ã", "́": "á", "̣": "ä"}
_VNI_ON_BREVE = {"": "ê", "̀": "è", "̉": "ú", "̃": "ü", "́": "é", "̣": "ë"}
_VNI_SPECIAL = {"đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î"}


def to_tcvn3(text: str) -> str:
    """Text in TCVN3 codes, as characters; capitals with tones become small ones, as the code has none."""
    return "".join(chr(TCVN3_CODES.get(char) or TCVN3_CODES.get(char.lower()) or ord(char)) if ord(char) > 127 else char for char in text)


def to_vni(text: str) -> str:
    """Text in VNI codes, as characters."""
    return "".join(_vni(char) for char in text)


def _vni(char: str) -> str:
    small = char.lower()
    if small in _VNI_SPECIAL:
        out = _VNI_SPECIAL[small]
    else:
        letters = unicodedata.normalize("NFD", small)
        tone = next((c for c in letters if c in _VNI_TONES), "")
        base = unicodedata.normalize("NFC", "".join(c for c in letters if c != tone)) if tone else small
        vowel, mark = _VNI_VOWELS.get(base, (base, ""))
        if mark == "â":
            out = vowel + _VNI_ON_CIRCUMFLEX[tone]
        elif mark == "ê":
            out = vowel + _VNI_ON_BREVE[tone]
        else:
            out = vowel + (_VNI_TONES[tone] if tone else "")
    return out.upper() if char.isupper() else out
