"""Work that takes a while, in a thread of its own: it goes on whatever the person does on the page, and says how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st

from corpus import ReportError
from index.faults import IndexFault
from index.model import Progress
from rag.pages.escaping import escape

Result = TypeVar("Result")
LOOK_AGAIN = 0.15
"""Seconds between two looks at how far the work is."""

log = logging.getLogger(__name__)


class Job(Generic[Result]):
    """Work that has begun.

    `stage` says what is being done, how many steps are done, and how many there are. After `finished`, either it has not
    `failed` and `result` is there, or `fault` says why (one Vietnamese sentence; empty: nobody foresaw it, the log has it).
    """

    def __init__(self, work: Callable[[Progress], Result], name: str) -> None:
        self.stage: tuple[str, int, int] = ("Chuẩn bị", 0, 0)
        self.finished = threading.Event()
        self.result: Result | None = None
        self.failed, self.fault = True, ""
        self._work = work
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def tell(self, label: str, done: int, total: int) -> None:
        """Says how far the work is."""
        self.stage = (label, done, total)

    def _run(self) -> None:
        try:
            self.result = self._work(self.tell)
            self.failed = False
        except (IndexFault, ReportError) as error:
            self.fault = str(error)
        except OSError as error:
            self.fault = f"Không đọc hoặc ghi được {error.filename or 'tệp'}: {error.strerror or error}."
        except Exception:  # the page says that it failed, the log says why
            log.exception("%s failed", threading.current_thread().name)
        finally:
            self.finished.set()


def follow(job: Job[Result]) -> None:
    """Shows how far a job is until it is finished."""
    bar = st.progress(0.0, text="Đang chuẩn bị…")
    while not job.finished.wait(LOOK_AGAIN):
        label, done, total = job.stage
        bar.progress(min(1.0, done / total) if total else 0.0, text=f"{escape(label)}…")
    bar.empty()
