"""The app with the real assistant in headless Chromium: what a person does on it, from the first question to the file taken away."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Download, Page, ViewportSize, expect, sync_playwright

from tests.app_browser import CHROMIUM, LOADING, PATIENCE, Server, ask, launch, open_at, running_app, settled
from tests.corpus_add_files import report_pdf

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium on this machine (apt-get install chromium)"),
]

# As printed on page 6 of the report: "Tổng thu ngân sách nhà nước năm 2023 ước đạt 338,116 tỷ đồng, bằng 107,2% dự toán giao".
REVENUE = "Tổng thu ngân sách nhà nước năm 2023 là bao nhiêu?"
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 800}
expect.set_options(timeout=PATIENCE)
asked_for: set[str] = set()
"""Every address that a page asked for."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_app(tmp_path_factory.mktemp("app")) as server:
        yield server


@pytest.fixture(scope="module")
def browser(server: Server) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        open_at(page, server.address)
        page.get_by_test_id("stChatInputTextArea").wait_for()
        settled(page, LOADING)
        page.close()
        yield browser
        browser.close()


def new_page(browser: Browser, viewport: ViewportSize = WIDE) -> Page:
    context = browser.new_context(viewport=viewport, locale="vi-VN", color_scheme="light", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    context.on("request", lambda request: asked_for.add(request.url))
    return context.new_page()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = new_page(browser)
    yield page
    page.context.close()


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_person_asks_and_opens_the_citation_down_to_the_report(page: Page, server: Server) -> None:
    open_at(page, server.address)
    answer = ask(page, REVENUE)
    expect(answer.get_by_test_id("stMetricValue").first).to_have_text("338,116 tỷ đồng")
    answer.get_by_role("button", name="[1]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("4.1. Tài chính")
    expect(dialog.locator("strong", has_text="338,116 tỷ đồng")).to_be_visible()
    expect(dialog.get_by_test_id("stCode")).to_contain_text(re.compile(r"▸ .*338,116"))  # the OCR original
    dialog.get_by_role("link", name="Mở trong báo cáo").click()
    page.wait_for_url("**/bao-cao?*")
    marked = page.locator("[data-testid=stMain] p span", has_text="338,116 tỷ đồng").first
    expect(marked).to_be_visible()
    page.get_by_role("link", name="Đến câu được dẫn").click()
    expect(marked).to_be_in_viewport()
    page.get_by_test_id("stTopNavLink").filter(has_text="Hỏi đáp").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("338,116 tỷ đồng")  # the conversation is still there


def test_a_follow_up_keeps_its_topic(page: Page, server: Server) -> None:
    open_at(page, server.address)
    ask(page, REVENUE)
    answer = ask(page, "Thế so với dự toán thì sao?")
    expect(answer).to_contain_text("Hiểu là:")
    expect(answer.get_by_test_id("stMetricValue").first).to_have_text("107,2%")


def test_what_the_report_does_not_hold_is_refused(page: Page, server: Server) -> None:
    open_at(page, server.address)
    answer = ask(page, "Giá vàng SJC hôm nay bao nhiêu một lượng?")
    expect(answer.get_by_test_id("stAlert")).to_be_visible()
    expect(answer.get_by_test_id("stMetricValue")).to_have_count(0)


def test_hostile_words_are_shown_and_nothing_runs(page: Page, server: Server) -> None:
    words = "<img src=x onerror=alert(1)> $5$ ~~7%~~ **đậm** thu ngân sách?"
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    open_at(page, server.address)
    ask(page, words)
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text(words)


def test_the_keyboard_is_enough(page: Page, server: Server) -> None:
    open_at(page, server.address)
    page.get_by_test_id("stChatInputTextArea").focus()
    page.keyboard.type("ty le ho ngheo nam 2023")
    page.keyboard.press("Enter")
    source = page.get_by_role("button", name="[1]")
    expect(source).to_be_visible()
    settled(page)
    source.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("1,88%")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_theme_can_be_switched(page: Page, server: Server) -> None:
    open_at(page, server.address)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_css("background-color", "rgb(255, 255, 255)")
    page.get_by_test_id("stMainMenuButton").click()
    page.get_by_text("dark_mode").click()
    expect(app).to_have_css("background-color", "rgb(18, 23, 30)")
    page.get_by_test_id("stTopNavLink").filter(has_text="Số liệu").click()
    expect(page.get_by_role("heading", name="Số liệu")).to_be_visible()
    expect(app).to_have_css("background-color", "rgb(18, 23, 30)")
    open_at(page, server.address)
    expect(app).to_have_css("background-color", "rgb(18, 23, 30)")  # it is remembered


@pytest.mark.parametrize("path", ["", "bao-cao", "so-lieu", "doi-chieu", "them-bao-cao", "danh-gia"])
def test_every_page_fits_a_phone(browser: Browser, server: Server, path: str) -> None:
    page = new_page(browser, PHONE)
    open_at(page, f"{server.address}/{path}")
    expect(page.locator("h1, h2").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shown = "one.innerText && !one.closest('[role=tablist]')"
    texts = f"[...document.querySelectorAll('[data-testid=stMain] :is(p, h1, h2, h3)')].filter(one => {shown})"
    words = page.evaluate(f"{texts}.map(one => one.getBoundingClientRect().right)")
    assert max(words) <= PHONE["width"]  # a row of tabs may be moved sideways, nothing else
    page.context.close()


def test_a_phone_reaches_the_other_pages_and_an_answer(browser: Browser, server: Server) -> None:
    page = new_page(browser, PHONE)
    open_at(page, server.address)
    answer = ask(page, REVENUE)
    expect(answer.get_by_test_id("stMetricValue").first).to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Đối chiếu").click()
    expect(page.get_by_role("heading", name="Đối chiếu")).to_be_visible()
    page.context.close()


def test_figures_are_filtered_and_exported(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/so-lieu")
    page.get_by_placeholder("lúa, thu ngân sách").fill("tổng thu ngân sách nhà nước")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Đang chọn \d số liệu"))).to_be_visible()
    settled(page)
    assert page.get_by_test_id("stMainBlockContainer").evaluate("block => block.getBoundingClientRect().width") > 1000  # it stays wide
    with page.expect_download() as csv_download:
        page.get_by_role("button", name="Tải CSV").click()
    rows = list(csv.DictReader(StringIO(content(csv_download.value).decode("utf-8-sig"))))
    revenue = next(row for row in rows if row["Số"] == "338,116")
    assert (revenue["Đơn vị"], revenue["Mục"], revenue["Trang"]) == ("tỷ đồng", "P1.I.4.1", "6")
    assert "338,116 tỷ đồng" in revenue["Câu trích"]
    with page.expect_download() as xlsx_download:
        page.get_by_role("button", name="Tải XLSX").click()
    sheet = load_workbook(BytesIO(content(xlsx_download.value))).worksheets[0]
    assert sheet.max_row == len(rows) + 1


def test_a_row_of_the_table_opens_its_source(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/so-lieu")
    table = page.get_by_test_id("stDataFrame").first
    expect(table.locator("canvas").first).to_be_visible()
    table.click(position={"x": 18, "y": 52})  # the box before the first row
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("strong", has_text="14.739 ha")).to_be_visible()  # the first figure of the report
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_charts_are_drawn(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/so-lieu")
    for tab in page.get_by_role("tab").all():
        tab.click()
        drawn = page.get_by_role("tabpanel").locator("visible=true")
        expect(drawn.get_by_test_id("stVegaLiteChart").or_(drawn.get_by_test_id("stMetric")).first).to_be_visible()


def test_a_copied_link_opens_the_same_answer(page: Page, browser: Browser, server: Server) -> None:
    open_at(page, server.address)
    ask(page, REVENUE)
    answer = ask(page, "Thế so với dự toán thì sao?")
    answer.get_by_role("button", name="Liên kết").click()
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    code.hover()
    code.get_by_role("button").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == code.locator("code").inner_text()
    other = new_page(browser)
    open_at(other, link)
    expect(other.get_by_test_id("stChatMessage")).to_have_count(4)
    expect(other.get_by_test_id("stChatMessage").nth(3).get_by_test_id("stMetricValue").first).to_have_text("107,2%")
    other.context.close()


def test_the_conversation_is_taken_away_with_footnotes(page: Page, server: Server) -> None:
    open_at(page, server.address)
    ask(page, REVENUE)
    page.get_by_role("button", name="Tải hội thoại").click()
    with page.expect_download() as docx_download:
        page.get_by_role("button", name="Tải DOCX").click()
    docx = content(docx_download.value)
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(docx)).paragraphs)
    assert REVENUE in words
    assert "338,116 tỷ đồng" in words
    notes = ZipFile(BytesIO(docx)).read("word/footnotes.xml").decode()
    assert re.search(r"4\.1\. Tài chính, trang 6: “Tổng thu ngân sách nhà nước năm 2023 ước đạt 338,116 tỷ đồng", notes)
    with page.expect_download() as markdown_download:
        page.get_by_role("button", name="Tải Markdown").click()
    assert "[^1]: " in content(markdown_download.value).decode()


def test_a_thumb_is_stored_on_this_machine(page: Page, server: Server) -> None:
    open_at(page, server.address)
    answer = ask(page, REVENUE)
    answer.get_by_test_id("stFeedback").get_by_role("radio").first.click()
    expect(page.get_by_test_id("stToast")).to_contain_text("Đã ghi nhận")
    assert REVENUE in server.feedback.read_text(encoding="utf-8")


def test_the_reader_finds_words_typed_without_marks_and_opens_footnotes(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/bao-cao")
    page.get_by_placeholder("Tìm từ").fill("tong san luong luong thuc")
    expect(page.get_by_text(re.compile(r"Tìm thấy ở \d+ câu"))).to_be_visible()
    expect(page.locator("[data-testid=stExpander] span", has_text="tổng sản lượng lương thực").first).to_be_visible()
    page.get_by_role("button", name="Chú thích 1", exact=True).click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("1.325 ha")  # footnote 1 on page 1
    page.keyboard.press("Escape")
    page.get_by_role("link", name="4.2. Tín dụng").first.click()
    expect(page.get_by_role("heading", name="4.2. Tín dụng")).to_be_in_viewport()


def test_a_text_is_checked_marked_and_exported(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/doi-chieu")
    page.get_by_label("Đoạn văn cần đối chiếu").fill("Tổng thu ngân sách nhà nước năm 2023 ước đạt 338,116 tỷ đồng, bằng 170,2% dự toán giao.")
    page.get_by_role("button", name="Đối chiếu", exact=True).click()
    expect(page.get_by_text("2 số liệu: 1 khớp, 1 không khớp, 0 báo cáo không nêu.")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải XLSX").click()
    sheet = load_workbook(BytesIO(content(download.value))).worksheets[0]
    assert [[cell.value for cell in sheet[row]][:3] for row in (2, 3)] == [
        ["338,116 tỷ đồng", "Khớp", "338,116 tỷ đồng"],
        ["170,2%", "Không khớp", "107,2%"],
    ]
    with page.expect_download() as docx_download:
        page.get_by_role("button", name="Tải DOCX").click()
    assert "170,2%" in "\n".join(paragraph.text for paragraph in Document(BytesIO(content(docx_download.value))).paragraphs)


def test_an_uploaded_text_is_checked(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/doi-chieu")
    page.get_by_text("Tải tệp TXT hoặc DOCX lên").click()
    text = "Thu ngân sách nhà nước năm 2023 đạt 338,116 tỷ đồng."
    page.locator("input[type=file]").set_input_files({"name": "bai.txt", "mimeType": "text/plain", "buffer": text.encode()})
    expect(page.get_by_label("Đoạn văn cần đối chiếu")).to_have_value(text)
    page.get_by_role("button", name="Đối chiếu", exact=True).click()
    expect(page.get_by_text("1 số liệu: 1 khớp")).to_be_visible()


def draft_shows(page: Page, words: str) -> None:
    """Waits until one field alone shows the page, and these words stand in it: while pages change, the fields of both may stand there."""
    page.wait_for_function(
        "words => (shown => shown.length === 1 && shown[0].value.includes(words))([...document.querySelectorAll('[aria-label=\"Chữ của trang\"]')])",
        arg=words,
        timeout=PATIENCE,
    )


def test_an_uploaded_report_becomes_a_draft_beside_its_pages(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/them-bao-cao")
    page.locator("input[type=file]").set_input_files({"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": report_pdf()})
    expect(page.get_by_test_id("stImage").locator("img")).to_be_visible()
    draft_shows(page, "Tổng diện tích gieo trồng cả năm ước đạt 9.120,5 ha")
    page.get_by_label("Chữ của trang").fill("Đã sửa trang một.")
    page.get_by_label("Trang", exact=True).click()
    page.get_by_role("option", name="Trang 2").click()
    draft_shows(page, "Thu ngân sách năm 2022 thực hiện 410,2 tỷ đồng")
    page.get_by_label("Trang", exact=True).click()
    page.get_by_role("option", name="Trang 1").click()
    draft_shows(page, "Đã sửa trang một.")
    page.get_by_role("button", name="Bỏ bản nháp này").click()
    expect(page.get_by_label("Chữ của trang")).to_have_count(0)


def test_a_file_that_is_no_report_is_said_to_be_none(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/them-bao-cao")
    page.locator("input[type=file]").set_input_files({"name": "hong.pdf", "mimeType": "application/pdf", "buffer": b"xin chao"})
    expect(page.get_by_test_id("stAlert")).to_contain_text("Tệp hong.pdf bị hỏng")


def test_the_evaluation_page_opens(page: Page, server: Server) -> None:
    open_at(page, f"{server.address}/danh-gia")
    expect(page.get_by_role("button", name="Chạy lại")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_nothing_was_fetched_from_outside_and_nothing_failed(server: Server) -> None:
    hosts = {urlsplit(address).hostname for address in asked_for if urlsplit(address).scheme in ("http", "https", "ws", "wss")}
    assert hosts == {"localhost"}
    log = server.log.read_text(encoding="utf-8", errors="replace")
    assert "external IP" not in log
    assert "Traceback" not in log
