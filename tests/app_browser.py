"""The app in a browser: the server as `streamlit run app.py` starts it, and headless Chromium. For tests, pictures and the load script."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Locator, Page, Playwright, expect

ROOT = Path(__file__).parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
PATIENCE = 30_000
"""Milliseconds to wait for what a busy machine does."""
LOADING = 300.0
"""Seconds that unpacking the model and building the index may take on a machine that has neither."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running app: its address, its process, the file of what it printed, the file of the feedback."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    feedback: Path


@contextmanager
def running_app(folder: Path) -> Iterator[Server]:
    """The app on a free port of this machine; it writes only below `folder`. Raises `RuntimeError` if it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log, feedback = folder / "server.log", folder / "gop-y.jsonl"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "RAG_FEEDBACK": str(feedback)}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(f"http://localhost:{port}", process, log)
        yield Server(f"http://localhost:{port}", process, log, feedback)
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the app did not start: {log.read_text(encoding='utf-8', errors='replace')}")


def launch(playwright: Playwright) -> Browser:
    """Headless Chromium of this machine."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def open_at(page: Page, address: str) -> None:
    """Opens an address and waits until the page has been drawn to its end."""
    page.goto(address)
    settled(page)


def settled(page: Page, seconds: float = PATIENCE / 1000) -> None:
    """Waits until the script behind the page has run to its end."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=seconds * 1000)


def ask(page: Page, question: str) -> Locator:
    """Types a question and sends it; the answer to it."""
    before = page.get_by_test_id("stChatMessage").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_test_id("stChatMessage").nth(before + 1)
    expect(answer.get_by_test_id("stFeedback").or_(answer.get_by_role("button", name="Hỏi lại câu này"))).to_be_visible(timeout=PATIENCE)
    settled(page)
    return answer
