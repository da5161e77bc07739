"""The pictures of the README, taken anew from the app: `python -m tests.screenshots [name …]`."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.app_browser import LOADING, ROOT, ask, launch, open_at, running_app, settled
from tests.corpus_add_files import report_pdf

FOLDER = ROOT / ".streamlit" / "screenshots"
WIDE: ViewportSize = {"width": 1200, "height": 820}
TALL: ViewportSize = {"width": 1200, "height": 1040}
PHONE: ViewportSize = {"width": 390, "height": 780}
_COLOURS = 192
QUESTION = "Tổng thu ngân sách nhà nước năm 2023 là bao nhiêu?"
CLAIM = (
    "Năm 2023, tổng thu ngân sách nhà nước đạt 338,116 tỷ đồng, bằng 170,2% dự toán; tổng sản lượng lương thực đạt 78,8 nghìn tấn, "
    "tăng 2,9% so với năm 2022. Toàn huyện có 12 siêu thị."
)


@contextmanager
def page_of(browser: Browser, viewport: ViewportSize = WIDE, scheme: Literal["light", "dark"] = "light") -> Iterator[Page]:
    """A page in a window of its own."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="vi-VN", device_scale_factor=1)
    yield context.new_page()
    context.close()


def chat(page: Page, address: str) -> None:
    """A question, its answer, and one that follows it up."""
    open_at(page, address)
    ask(page, QUESTION)


def source(page: Page, address: str) -> None:
    """The source of an answer, opened from its citation."""
    chat(page, address)
    page.get_by_role("button", name="[1]").click()
    expect(page.get_by_role("dialog").get_by_test_id("stCode")).to_be_visible()


def reader(page: Page, address: str) -> None:
    """The reader at the start of the report."""
    open_at(page, f"{address}/bao-cao")
    page.get_by_role("link", name="1.1.").first.click()


def figures(page: Page, address: str) -> None:
    """The table of figures, filtered."""
    open_at(page, f"{address}/so-lieu")
    page.get_by_placeholder("lúa, thu ngân sách").fill("thu ngân sách")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Đang chọn \d"))).to_be_visible()


def charts(page: Page, address: str) -> None:
    """The charts beneath the table."""
    open_at(page, f"{address}/so-lieu")
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    page.get_by_role("heading", name="Biểu đồ").evaluate("heading => heading.scrollIntoView()")


def check(page: Page, address: str) -> None:
    """A pasted text, checked."""
    open_at(page, f"{address}/doi-chieu")
    page.get_by_label("Đoạn văn cần đối chiếu").fill(CLAIM)
    page.get_by_role("button", name="Đối chiếu", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def add(page: Page, address: str) -> None:
    """A draft beside its source; the report is an invented one, and it is not saved."""
    open_at(page, f"{address}/them-bao-cao")
    page.locator("input[type=file]").set_input_files({"name": "bao-cao-2023.pdf", "mimeType": "application/pdf", "buffer": report_pdf()})
    expect(page.get_by_test_id("stImage").locator("img")).to_be_visible()
    page.get_by_role("heading", name="Bản nháp").evaluate("heading => heading.scrollIntoView()")


def evaluation(page: Page, address: str) -> None:
    """The published results."""
    open_at(page, f"{address}/danh-gia")
    expect(page.get_by_role("combobox").first).to_have_value(re.compile("đã công bố"))


def first(page: Page, address: str) -> None:
    """The first screen."""
    open_at(page, address)


PICTURES: tuple[tuple[str, Callable[[Page, str], None], ViewportSize, Literal["light", "dark"]], ...] = (
    ("mo-dau", first, WIDE, "light"),
    ("hoi-dap", chat, WIDE, "light"),
    ("hoi-dap-nen-toi", chat, WIDE, "dark"),
    ("hoi-dap-dien-thoai", chat, PHONE, "light"),
    ("nguon", source, WIDE, "light"),
    ("bao-cao", reader, WIDE, "light"),
    ("so-lieu", figures, WIDE, "light"),
    ("bieu-do", charts, WIDE, "light"),
    ("doi-chieu", check, TALL, "light"),
    ("them-bao-cao", add, TALL, "light"),
    ("danh-gia", evaluation, WIDE, "light"),
)


def main(wanted: Sequence[str] = ()) -> None:
    """Takes all pictures, or those whose names are given."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder)) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        with page_of(browser) as page:
            open_at(page, server.address)
            page.get_by_test_id("stChatInputTextArea").wait_for()
            settled(page, LOADING)
        for name, arrange, viewport, scheme in PICTURES:
            if wanted and name not in wanted:
                continue
            with page_of(browser, viewport, scheme) as page:
                arrange(page, server.address)
                settled(page)
                page.wait_for_timeout(1200)  # charts and tables are drawn after the script has ended
                picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
            path = FOLDER / f"{name}.png"
            picture.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
