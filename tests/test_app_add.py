"""Thêm báo cáo: a file becomes a draft beside its source, is mended, saved and reviewed; on any fault nothing is changed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from corpus.report import load_report, load_reports
from index import Index, StoreError
from index.model import Progress
from rag.assistant import Assistant
from rag.pages import add_report, resources
from rag.pages.escaping import escape, plain
from rag.pages.page_pictures import page_picture
from tests.app_fakes import Library, WrittenAssistant, installed, open_app, open_page, words_on
from tests.corpus_add_files import Pages, report_docx, report_pdf, report_text
from tests.fakes import WordCountEncoder
from tests.test_corpus_add_command import REFUSED

ID = "thanh-xuyen-2023"


@dataclass
class Shelf:
    """The folder of reports, with a real index over it; `fault` is raised in place of the next loading."""

    folder: Path
    home: Path
    encoder: WordCountEncoder = field(default_factory=WordCountEncoder)
    fault: Exception | None = None

    def load(self, progress: Progress) -> Assistant:
        if self.fault:
            raise self.fault
        return Assistant(Index.open(self.folder, home=self.home, encoder=self.encoder, progress=progress))

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    library = Library(tmp_path / "reports")
    one = Shelf(library.folder, tmp_path / "store")
    monkeypatch.setenv("RAG_FEEDBACK", str(tmp_path / "gop-y.jsonl"))
    with installed(monkeypatch, library, WrittenAssistant({})):
        monkeypatch.setattr(resources, "load_assistant", one.load)
        yield one


def upload(name: str, content: bytes) -> AppTest:
    at = open_page("add_report").run()
    return at.file_uploader[0].set_value((name, content, "application/octet-stream")).run()


def draft(name: str = "bao-cao.txt", content: bytes | None = None) -> AppTest:
    return upload(name, report_text().encode() if content is None else content)


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def read(at: AppTest) -> AppTest:
    """Says that the draft was compared with its source."""
    return next(one for one in at.checkbox if one.key == "draft-read").check().run()


def words(at: AppTest) -> str:
    return str(next(one.value for one in at.text_area if str(one.key).startswith("draft-words-")))


def rewrite(at: AppTest, old: str, new: str) -> AppTest:
    area = next(one for one in at.text_area if str(one.key).startswith("draft-words-"))
    assert old in str(area.value)
    return area.set_value(str(area.value).replace(old, new)).run()


def errors(at: AppTest) -> list[str]:
    return [plain(one.value) for one in at.error]


def test_a_draft_stands_page_by_page_beside_its_source(shelf: Shelf) -> None:
    at = draft()
    assert "Tổng diện tích gieo trồng cả năm ước đạt 9.120,5 ha" in words(at)
    assert "<!--" not in words(at)
    assert any("Tổng diện tích gieo trồng cả năm ước đạt 9.120,5 ha" in one.value for one in at.text)
    assert any("Trang 2: một bảng đã được chuyển thành 3 câu" in plain(one.value) for one in at.markdown)
    at = next(one for one in at.selectbox if one.key == "draft-page").select_index(1).run()
    assert "Thu ngân sách năm 2022 thực hiện 410,2 tỷ đồng" in words(at)
    assert "9.120,5" not in words(at)
    assert any("một bảng đã được chuyển thành 3 câu" in plain(one.value) for one in at.caption)
    assert [report.id for report in load_reports(shelf.folder)] == ["mau-2023"]  # nothing is saved yet


@pytest.mark.parametrize(("name", "made"), [("bao-cao.docx", report_docx), ("bao-cao.pdf", report_pdf), ("bao-cao.md", lambda: report_text().encode())])
def test_other_kinds_of_file_become_drafts_too(shelf: Shelf, name: str, made: Callable[[], bytes]) -> None:
    at = draft(name, made())
    assert not at.error
    assert "Năng suất lúa bình quân đạt 62,4 tạ/ha" in words(at)
    assert bool(at.get("image")) == name.endswith(".pdf")  # a PDF shows the picture of the page


def test_a_saved_draft_is_answered_from_with_a_warning_at_once(shelf: Shelf) -> None:
    at = press(draft(), "Lưu, soát sau")
    assert any("đã lưu, chưa soát" in plain(one.value) for one in at.success)
    assert not load_report(shelf.folder / f"{ID}.md").reviewed
    chat = open_app().run()
    chat = chat.chat_input[0].set_value("Năng suất lúa bình quân của huyện Thanh Xuyên là bao nhiêu?").run()
    assert chat.metric[0].value == "62,4 tạ/ha"
    assert any("chưa được người đọc soát lại" in one.value for one in chat.chat_message[1].warning)
    assert any("Thanh Xuyên" in one.value for one in chat.chat_message[1].caption)
    chat = chat.chat_input[0].set_value("Giá trị sản xuất ngành xây dựng là bao nhiêu?").run()
    assert chat.chat_message[3].metric[0].value == "420,5 tỷ đồng"
    assert not any("soát lại" in one.value for one in chat.chat_message[3].warning)


def test_only_what_is_new_is_encoded_and_the_progress_is_told(shelf: Shelf) -> None:
    at = open_page("chat").run()
    old = set(shelf.encoder.encoded)
    shelf.encoder.encoded.clear()
    at = press(draft(), "Lưu, soát sau")
    assert at.success
    assert any("9.120,5 ha" in text for text in shelf.encoder.encoded)
    assert not old & set(shelf.encoder.encoded)


def test_a_draft_that_was_read_is_saved_as_reviewed(shelf: Shelf) -> None:
    at = draft()
    accept = next(one for one in at.button if one.label == "Lưu và đánh dấu đã soát")
    assert accept.disabled
    at = press(read(at), "Lưu và đánh dấu đã soát")
    assert any("đánh dấu là đã soát" in plain(one.value) for one in at.success)
    assert load_report(shelf.folder / f"{ID}.md").reviewed
    chat = open_app().run()
    chat = chat.chat_input[0].set_value("Năng suất lúa bình quân của huyện Thanh Xuyên là bao nhiêu?").run()
    assert chat.metric and not chat.warning


def test_what_was_mended_is_saved_also_from_another_page_of_the_draft(shelf: Shelf) -> None:
    at = rewrite(draft(), "9.120,5 ha", "9.120,9 ha")
    at = next(one for one in at.selectbox if one.key == "draft-page").select_index(1).run()
    at = rewrite(at, "455,7 tỷ đồng", "455,8 tỷ đồng")
    at = next(one for one in at.text_input if one.key == "draft-session").set_value("Kỳ họp thứ 13").run()
    at = next(one for one in at.number_input if one.key == "draft-plan_year").set_value(2025).run()
    at = next(one for one in at.text_area if one.key == "draft-places").set_value("Tân Lập, Phú Cường").run()
    press(at, "Lưu, soát sau")
    saved = load_report(shelf.folder / f"{ID}.md")
    assert (saved.session, saved.plan_year, saved.places) == ("Kỳ họp thứ 13", 2025, ("Tân Lập", "Phú Cường"))
    assert "9.120,9 ha" in saved.raw and "9.120,5 ha" not in saved.raw
    assert "455,8 tỷ đồng" in saved.raw
    assert [page for page in (1, 2) if f"<!-- trang {page} -->" in saved.raw] == [1, 2]


def test_a_draft_is_reviewed_later_and_every_page_shows_the_new_words(shelf: Shelf) -> None:
    press(draft(), "Lưu, soát sau")
    reader = open_page("reader", bao_cao=ID).run()
    assert "9\\.120,5 ha" in words_on(reader)
    at = press(open_page("add_report").run(), "Soát tiếp")
    at = rewrite(at, "9.120,5 ha", "9.120,9 ha")
    at = press(read(at), "Lưu và đánh dấu đã soát")
    assert not any(one.label == "Soát tiếp" for one in at.button)
    assert load_report(shelf.folder / f"{ID}.md").reviewed
    reader = open_page("reader", bao_cao=ID).run()
    assert "9\\.120,9 ha" in words_on(reader)
    assert not reader.warning


def test_a_report_of_the_same_id_is_replaced_only_if_that_is_said(shelf: Shelf) -> None:
    before = shelf.files()
    at = next(one for one in draft().text_input if one.key == "draft-id").set_value("mau-2023").run()
    assert any("Đã có báo cáo mang mã" in one.value for one in at.warning)
    assert next(one for one in at.button if one.label == "Lưu, soát sau").disabled
    assert shelf.files() == before
    at = next(one for one in at.checkbox if one.key == "draft-replace").check().run()
    press(at, "Lưu, soát sau")
    assert [report.place for report in load_reports(shelf.folder)] == ["huyện Thanh Xuyên"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("id", "Có Dấu", "Mã báo cáo chỉ gồm chữ thường"), ("title", "", "Hãy điền tên báo cáo"), ("place", " ", "Hãy điền địa phương")],
)
def test_fields_that_make_no_report_are_said(shelf: Shelf, name: str, value: str, said: str) -> None:
    before = shelf.files()
    at = next(one for one in draft().text_input if one.key == f"draft-{name}").set_value(value).run()
    at = press(at, "Lưu, soát sau")
    assert any(said in one for one in errors(at))
    assert shelf.files() == before


@pytest.mark.parametrize(("name", "data", "sentence"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_file_that_is_no_report_gets_one_sentence_and_changes_nothing(shelf: Shelf, name: str, data: Callable[[], bytes], sentence: str) -> None:
    before = shelf.files()
    at = upload(name, data())
    [said] = errors(at)
    assert ("ở ô “Địa phương”" if sentence == "--place" else sentence) in said
    assert "--" not in said
    assert not any(one.label == "Lưu, soát sau" for one in at.button)
    assert shelf.files() == before


def test_a_file_without_its_place_is_read_once_the_place_is_given(shelf: Shelf) -> None:
    [data] = [data for name, data, _ in REFUSED if name == "vo-danh.txt"]
    at = upload("vo-danh.txt", data())
    at = next(one for one in at.text_input if one.key == "add-place").set_value("huyện Vô Danh").run()
    assert not at.error
    assert next(one for one in at.text_input if one.key == "draft-place").value == "huyện Vô Danh"


def test_a_huge_file_is_refused(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.add.draft.LARGEST", 1000)
    assert "quá lớn" in errors(draft())[0]


@pytest.mark.parametrize("fault", [StoreError("Đĩa đầy, chưa dựng được chỉ mục."), RuntimeError("bí mật")])
def test_a_fault_while_indexing_puts_everything_back(shelf: Shelf, fault: Exception) -> None:
    open_page("chat").run()
    before = shelf.files()
    at = draft()
    shelf.fault = fault
    at = press(at, "Lưu, soát sau")
    assert errors(at) == [str(fault) if isinstance(fault, StoreError) else add_report.UNFORESEEN]
    assert shelf.files() == before
    assert "9.120,5 ha" in words(at)  # the draft is still there
    chat = open_app().run()
    assert not chat.error
    shelf.fault = None
    assert press(at, "Lưu, soát sau").success


def test_a_draft_can_be_dropped(shelf: Shelf) -> None:
    before = shelf.files()
    at = press(rewrite(draft(), "9.120,5", "1"), "Bỏ bản nháp này")
    assert not any(str(one.key).startswith("draft-words") for one in at.text_area)
    assert shelf.files() == before


def test_hostile_words_of_a_file_are_shown_as_words(shelf: Shelf) -> None:
    hostile = "<script>alert(1)</script> :red[đỏ] [x](http://xau.vn)"
    at = draft(content=report_text().replace("Kết quả thực hiện nhiệm vụ", f"Kết quả {hostile} thực hiện nhiệm vụ").encode())
    shown = "\n".join(str(one.value) for one in (*at.markdown, *at.caption, *at.warning))
    assert "<script>" not in shown.replace(escape("<script>"), "")
    assert press(at, "Lưu, soát sau").success


def test_a_page_of_a_pdf_or_a_scan_has_a_picture_and_nothing_else_has() -> None:
    pdf = Pages()
    pdf.add_page()
    picture = page_picture(pdf.bytes(), 1)
    assert picture is not None and picture.width > 900
    assert page_picture(pdf.bytes(), 2) is None
    scan = io.BytesIO()
    Image.new("L", (2480, 3508), 255).save(scan, "TIFF", save_all=True, append_images=[Image.new("L", (100, 100))])
    second = page_picture(scan.getvalue(), 2)
    assert second is not None and second.size == (100, 100)
    assert page_picture("chữ".encode(), 1) is None
