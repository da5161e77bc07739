"""Several reports at once, and one that nobody has reviewed: each page lets a person choose, and warns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index import Index
from rag.__main__ import main
from rag.assistant import Assistant
from tests.app_fakes import APP_REPORT, Library, WrittenAssistant, installed, open_app, open_page, words_on
from tests.fakes import WordCountEncoder

OTHER = APP_REPORT.replace("mau-2023", "khac-2022").replace("Báo cáo mẫu", "Báo cáo khác").replace("year: 2023", "year: 2022\nreviewed: false")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    library = Library(tmp_path / "reports")
    (library.folder / "khac-2022.md").write_text(OTHER, encoding="utf-8")
    with installed(monkeypatch, library, WrittenAssistant(library.answers())):
        yield library


def test_the_chat_knows_both_and_asks_in_the_chosen_one(library: Library) -> None:
    at = open_app().run()
    assert at.selectbox[0].options == ["Tất cả báo cáo", "Huyện Mẫu, năm 2023: Báo cáo mẫu", "Huyện Mẫu, năm 2022: Báo cáo khác"]
    assert "Báo cáo mẫu" in words_on(at)
    assert "Báo cáo khác" in words_on(at)
    at.selectbox[0].set_value("mau-2023").run()
    at.chat_input[0].set_value("Xây dựng?").run()
    assert at.metric[0].value == "420,5 tỷ đồng"
    assert at.query_params["bao-cao"] == "mau-2023"


def test_the_first_screen_is_of_the_chosen_report(library: Library) -> None:
    at = open_app().run()
    assert warned(at)
    at.selectbox[0].set_value("mau-2023").run()
    assert not warned(at)
    assert "Báo cáo khác" not in words_on(at)
    at.selectbox[0].set_value("khac-2022").run()
    assert warned(at)
    assert not any("Câu hỏi mẫu" in one.label for one in at.button)  # those are questions on the other report


def warned(at: AppTest) -> bool:
    return any("Huyện Mẫu, năm 2022" in one.value and "chưa được người đọc soát lại" in one.value for one in at.warning)


def test_an_unreviewed_report_is_warned_of_where_it_is_used(library: Library) -> None:
    assert warned(open_app().run())
    assert warned(open_page("check").run())
    reader = open_page("reader").run()
    assert not warned(reader)
    assert warned(reader.sidebar.selectbox[0].set_value("khac-2022").run())
    figures = open_page("figures").run()
    assert not warned(figures)
    assert warned(figures.selectbox[0].select_index(1).run())


def test_a_link_into_another_report_opens_that_one(library: Library) -> None:
    at = open_page("reader", **{"bao-cao": "khac-2022"}).run()
    assert at.header[0].value == "Báo cáo khác"


def test_figures_of_the_chosen_report_are_shown(library: Library) -> None:
    at = open_page("figures").run()
    assert any("của Báo cáo mẫu" in one.value for one in at.caption)


def test_the_command_line_warns_of_the_unreviewed_report_that_it_cites(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = Assistant(Index.open(library.folder, home=tmp_path / "store", encoder=WordCountEncoder()))
    monkeypatch.setattr(Assistant, "load", lambda: assistant)
    for report, warned in (("khac-2022", True), ("mau-2023", False)):
        assert main(["ask", "Giá trị sản xuất ngành xây dựng là bao nhiêu?", "--report", report]) == 0
        told = capsys.readouterr()
        assert "420,5 tỷ đồng" in told.out
        assert ("khac-2022 chưa được người soát lại" in told.err) == warned
