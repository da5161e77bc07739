"""`python -m corpus add` and `review`: one sentence and exit code 2 where a file is not taken, and then nothing changes."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from fpdf import FPDF
from PIL import Image

from corpus import load_reports
from corpus.__main__ import main
from corpus.add import AddError, draft_from_file, save_draft, scan
from corpus.add import draft as draft_module
from index.contents import Contents
from index.store import build_store
from tests.corpus_add_files import BUDGET, INTRODUCTION, Pages, report_docx, report_pdf, report_text
from tests.fakes import WordCountEncoder, write_sample_report


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write_sample_report(tmp_path / "reports")
    return tmp_path / "reports"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(report_text(), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_becomes_a_draft_that_tells_what_it_guessed(reports: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(source), "--reports", str(reports)]) == 0
    out = capsys.readouterr().out
    assert "mã: thanh-xuyen-2023" in out
    assert "địa phương: huyện Thanh Xuyên" in out
    assert "Trang 2: một bảng đã được chuyển thành 3 câu" in out
    assert "python -m corpus review thanh-xuyen-2023" in out
    added = {report.id: report for report in load_reports(reports)}["thanh-xuyen-2023"]
    assert not added.reviewed
    assert stat.S_IMODE(added.path.stat().st_mode) == 0o644


def test_the_first_report_of_an_empty_folder_can_be_added(tmp_path: Path, source: Path) -> None:
    assert main(["add", str(source), "--reports", str(tmp_path / "moi")]) == 0
    assert [path.name for path in (tmp_path / "moi").iterdir()] == ["thanh-xuyen-2023.md"]


def test_an_id_that_is_taken_is_kept_unless_replace_is_said(reports: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(reports)
    [taken] = [report.id for report in load_reports(reports)]
    assert main(["add", str(source), "--id", taken, "--reports", str(reports)]) == 2
    assert f"Đã có báo cáo mang mã {taken}" in capsys.readouterr().err
    assert contents(reports) == before
    assert main(["add", str(source), "--id", taken, "--replace", "--reports", str(reports)]) == 0
    assert [report.place for report in load_reports(reports)] == ["huyện Thanh Xuyên"]


def test_review_marks_the_report_and_nothing_else(reports: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", str(source), "--reports", str(reports)])
    path = reports / "thanh-xuyen-2023.md"
    before = path.read_text(encoding="utf-8")
    assert main(["review", "thanh-xuyen-2023", "--reports", str(reports)]) == 0
    assert path.read_text(encoding="utf-8") == before.replace("reviewed: false", "reviewed: true")
    assert main(["review", "thanh-xuyen-2023", "--reports", str(reports)]) == 0
    assert main(["review", "khong-co", "--reports", str(reports)]) == 2
    assert "Không có báo cáo mang mã khong-co" in capsys.readouterr().err


def test_the_index_encodes_only_what_is_new(reports: Path, source: Path, tmp_path: Path) -> None:
    encoder = WordCountEncoder()
    home = tmp_path / "store"
    assert build_store(Contents.of(load_reports(reports)), encoder, home)
    old = set(encoder.encoded)
    encoder.encoded.clear()
    main(["add", str(source), "--reports", str(reports)])
    assert build_store(Contents.of(load_reports(reports)), encoder, home)
    assert any("9.120,5 ha" in text for text in encoder.encoded)
    assert not old & set(encoder.encoded)


def _locked_pdf() -> bytes:
    pdf = Pages()
    pdf.add_page()
    pdf.body(INTRODUCTION)
    pdf.set_encryption(owner_password="chu", user_password="khach")
    return pdf.bytes()


def _pages(count: int) -> bytes:
    pdf = FPDF()
    for _ in range(count):
        pdf.add_page()
    return bytes(pdf.output())


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("trong.txt", lambda: b"", "Tệp trong.txt trống, không có nội dung."),
    ("trang.txt", lambda: b" \n\n ", "trống, không có nội dung"),
    ("hong.pdf", lambda: report_pdf()[:3000], "Tệp PDF bị hỏng, không mở được."),
    ("gia.pdf", lambda: b"xin chao", "bị hỏng: nội dung không phải PDF"),
    ("khoa.pdf", _locked_pdf, "Tệp PDF được đặt mật khẩu; hãy gỡ mật khẩu rồi thêm lại."),
    ("dai.pdf", lambda: _pages(501), "Tệp PDF có 501 trang"),
    ("trang.pdf", lambda: _pages(2), "Không đọc được chữ nào trong tệp trang.pdf"),
    ("hong.docx", lambda: report_docx()[:4000], "Tệp Word bị hỏng"),
    ("khoa.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "Tệp Word được đặt mật khẩu"),
    ("cu.doc", lambda: OLE, "Không nhận tệp Word đời cũ (.doc)"),
    ("bang.xlsx", lambda: b"PK\x03\x04" + bytes(50), "Không nhận tệp .xlsx"),
    ("hong.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(90), "Tệp ảnh bị hỏng"),
    ("nhi-phan.txt", lambda: bytes(range(256)) * 9, "Tệp này không phải văn bản"),
    ("tieng-anh.txt", lambda: b"The quick brown fox jumps over the lazy dog in 2023. " * 30, "không phải văn bản tiếng Việt đọc được"),
    ("khong-dau.txt", lambda: b"Bao cao ket qua kinh te xa hoi cua huyen nam 2023 va ke hoach. " * 20, "gõ không dấu"),
    ("ngan.txt", lambda: "Báo cáo kết quả kinh tế năm 2023.".encode(), "chỉ có 8 từ, quá ngắn"),
    ("truyen.txt", lambda: ("Ngày xưa có cô bé quàng khăn đỏ đi thăm bà ở trong rừng sâu. " * 20).encode(), "không giống báo cáo kinh tế - xã hội"),
    ("ban-may-doc.txt", lambda: Path("corpus/raw/thanh-mien-2023.txt").read_bytes(), "không phải văn bản tiếng Việt đọc được"),
    ("vo-danh.txt", lambda: ("Kết quả thực hiện kế hoạch kinh tế - xã hội năm 2023 đạt khá, các chỉ tiêu đều tăng. " * 20).encode(), "--place"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_file_that_is_no_report_gets_one_sentence_and_changes_nothing(
    name: str, data: Callable[[], bytes], sentence: str, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(reports)
    path = tmp_path / name
    path.write_bytes(data())
    assert main(["add", str(path), "--reports", str(reports)]) == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert contents(reports) == before


def test_a_missing_file_a_folder_and_a_bad_id_are_told(reports: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(tmp_path / "khong-co.txt"), "--reports", str(reports)]) == 2
    assert "Không tìm thấy tệp" in capsys.readouterr().err
    assert main(["add", str(tmp_path), "--reports", str(reports)]) == 2
    assert "là thư mục" in capsys.readouterr().err
    assert main(["add", str(source), "--id", "Mã Sai", "--reports", str(reports)]) == 2
    assert "Mã báo cáo chỉ gồm chữ thường" in capsys.readouterr().err


def test_a_huge_file_is_refused_before_it_is_read(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_module, "LARGEST", 100)
    with pytest.raises(AddError, match="quá lớn"):
        draft_from_file(source)
    with pytest.raises(AddError, match="quá lớn"):
        draft_from_file(Path("tai-len.txt"), data=b"x" * 101)


def test_a_draft_is_written_whole_or_not_at_all(source: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "tep"
    blocked.write_text("không phải thư mục", encoding="utf-8")
    with pytest.raises(AddError, match="Không ghi được"):
        save_draft(draft_from_file(source), blocked / "reports")


def _scanned(ruled: bool = True) -> tuple[bytes, list[Image.Image]]:
    """The invented report as a PDF of pictures, and its pages."""
    with pdfplumber.open(io.BytesIO(report_pdf(ruled=ruled))) as document:
        images = [page.to_image(resolution=300).original.convert("L") for page in document.pages]
    out = io.BytesIO()
    first, *others = [image.copy() for image in images]
    first.save(out, "PDF", save_all=True, append_images=others, resolution=300)
    return out.getvalue(), images


def test_a_scan_without_tesseract_says_what_to_install(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "quet.pdf"
    path.write_bytes(_scanned()[0])
    before = contents(reports)
    assert main(["add", str(path), "--reports", str(reports)]) == 2
    assert "hãy cài hai gói tesseract-ocr và tesseract-ocr-vie" in capsys.readouterr().err
    assert contents(reports) == before


def test_a_scanned_page_among_others_is_named_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pdf = Pages()
    pdf.add_page()
    pdf.centred("UBND HUYỆN THANH XUYÊN")
    pdf.body(INTRODUCTION)
    pdf.body(BUDGET)
    pdf.add_page()
    pdf.image(Image.new("L", (600, 800), 200), x=85, y=100, w=300)
    made = draft_from_file(Path("lan.pdf"), data=pdf.bytes())
    assert "Trang 2: trang là ảnh quét, chưa đọc được vì máy chưa có Tesseract với gói tiếng Việt." in map(str, made.remarks)
    assert INTRODUCTION in [paragraph.content.text for paragraph in made.report.paragraphs]
    assert "chưa đọc được" in made.markdown.split("\n---\n")[0]  # the draft keeps what its reviewer has to know


def _pretend_tesseract(folder: Path, rows: list[tuple[int, str, int]], confidence: int = 90) -> None:
    """A program that answers as Tesseract does: lines of words at heights (dots), whatever the picture."""
    table = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    for number, (top, text, height) in enumerate(rows, 1):
        left = 300
        for n, word in enumerate(text.split(), 1):
            table.append(f"5\t1\t1\t1\t{number}\t{n}\t{left}\t{top}\t{20 * len(word)}\t{height}\t{confidence}\t{word}")
            left += 20 * len(word) + 15
    (folder / "out.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")
    program = folder / "tesseract"
    program.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo vie; else cat >/dev/null; cat "{folder}/out.tsv"; fi\n', encoding="utf-8")
    program.chmod(0o755)


@pytest.mark.parametrize(("confidence", "told"), [(90, "chữ do máy đọc từ ảnh quét"), (40, "ảnh quét khó đọc (độ tin cậy 40/100)")])
def test_what_tesseract_reads_becomes_lines_footnotes_and_remarks(confidence: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = [
        "UBND HUYỆN THANH XUYÊN",
        "Báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2023",
        "Thu ngân sách nhà nước trên địa bàn huyện năm 2023 ước đạt 455,7 tỷ đồng, tăng",
        "11,1% so với năm 2022; các chỉ tiêu kế hoạch cơ bản hoàn thành, đời sống của nhân dân",
        "tiếp tục được nâng lên, an ninh chính trị và trật tự an toàn xã hội được giữ vững.",
    ]
    rows = [(300 + 80 * n, line, 50) for n, line in enumerate(text)]
    _pretend_tesseract(tmp_path, [*rows, (3000, "! Không gồm thu chuyển nguồn 12,75 tỷ đồng.", 36)], confidence)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    picture = io.BytesIO()
    Image.new("L", (2480, 3508), 255).save(picture, "PNG", dpi=(300, 300))
    made = draft_from_file(Path("quet.png"), data=picture.getvalue())
    assert any(told in str(remark) and remark.page == 1 for remark in made.remarks)
    assert [(n.footnote, n.content.text) for n in made.report.footnotes] == [(1, "Không gồm thu chuyển nguồn 12,75 tỷ đồng.")]
    assert any("ước đạt 455,7 tỷ đồng, tăng 11,1% so với năm 2022" in p.content.text for p in made.report.paragraphs)


@pytest.mark.skipif(not scan.is_available(), reason="máy không có Tesseract với gói tiếng Việt (tesseract-ocr, tesseract-ocr-vie)")
@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_the_real_tesseract_reads_a_scanned_report(kind: str) -> None:
    data, images = _scanned()
    if kind == "TIFF":
        out = io.BytesIO()
        images[0].save(out, "TIFF", save_all=True, append_images=images[1:], dpi=(300, 300))
        data = out.getvalue()
    made = draft_from_file(Path(f"quet.{kind.lower()}"), data=data)
    report = made.report
    texts = {paragraph.content.text: paragraph.content.page_at(0) for paragraph in report.paragraphs}
    assert texts.get("- Đàn gia cầm 640.000 con, đạt 101,6% kế hoạch.") == 1
    statements = [text for text, page in texts.items() if text.startswith("Thu ngân sách năm 2022") and page == 2]
    assert statements, "the ruled table of page 2 makes statements"
    assert "455,7 tỷ đồng" in statements[0]
    assert [note.content.page_at(0) for note in report.footnotes] == [1, 2]
    assert all(any(remark.page == page for remark in made.remarks) for page in (1, 2))
