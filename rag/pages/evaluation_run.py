"""An evaluation run started from the app: a process of its own, one at a time, watched through its progress bar."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime

from rag.pages.results import EVALS

_PROGRESS = re.compile(r"(\d+)/(\d+) \[")


class EvaluationRun:
    """`python -m evals answers` on the development half; `done` of `total` questions, `last` is what it printed last."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self.name = f"app-{datetime.now():%Y%m%d-%H%M%S}"
        self.done = self.total = 0
        self.last = ""
        self.finished = threading.Event()
        self.succeeded = self.stopped = False
        self._command = list(command or [sys.executable, "-m", "evals", "answers", "--split", "dev", "--name", self.name])
        self._process: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._run, name="evaluation", daemon=True).start()

    def stop(self) -> None:
        """Ends the process."""
        self.stopped = True
        if self._process is not None:
            self._process.terminate()

    def _run(self) -> None:
        try:
            self.succeeded = self._watch() == 0
        except OSError as error:
            self.last = str(error)
        finally:
            self.finished.set()

    def _watch(self) -> int:
        """Runs the command to its end; its progress bar needs a terminal, which Windows has none of to lend."""
        if os.name == "nt":
            reading = None
            process = subprocess.Popen(self._command, cwd=EVALS.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            self._process = process
        else:
            import pty
            import termios

            reading, writing = pty.openpty()
            termios.tcsetwinsize(writing, (24, 100))  # a bar has no room in the terminal of no width that one gets
            process = subprocess.Popen(self._command, cwd=EVALS.parent, stdout=subprocess.DEVNULL, stderr=writing)
            os.close(writing)
            self._process = process
        while chunk := _read(process, reading):
            self._take(chunk.decode("utf-8", errors="replace"))
        if reading is not None:
            os.close(reading)
        return process.wait()

    def _take(self, printed: str) -> None:
        shown = list(_PROGRESS.finditer(printed))
        if shown:
            self.done, self.total = int(shown[-1].group(1)), int(shown[-1].group(2))
        lines = [line.strip() for line in re.split(r"[\r\n]+", printed) if line.strip() and not _PROGRESS.search(line)]
        self.last = lines[-1] if lines else self.last


def _read(process: subprocess.Popen[bytes], reading: int | None) -> bytes:
    """What the process printed next; empty at its end."""
    try:
        if reading is not None:
            return os.read(reading, 4096)
        return process.stderr.read1(4096) if process.stderr else b""  # type: ignore[attr-defined]
    except OSError:
        return b""
