"""A report taken into the folder of reports: written, indexed, offered to everybody; or, on any fault, nothing is changed."""

from __future__ import annotations

import threading
from pathlib import Path

from corpus.add import AddError, Draft, mark_reviewed, save_draft
from index.model import Progress
from rag.pages import resources

_lock = threading.Lock()
BUSY = "Một người khác đang thêm báo cáo; hãy chờ một lát rồi thử lại."


def take_in(draft: Draft, reviewed: bool, replace: bool, progress: Progress) -> None:
    """Puts a draft into the folder (marked as reviewed by a person if `reviewed`) and takes it into index and assistant.

    Raises `ReportError`, `IndexFault` (each one Vietnamese sentence) or `OSError`; folder, index and assistant are then as before.
    """
    if not _lock.acquire(blocking=False):
        raise AddError(BUSY)
    folder = resources.FOLDER
    try:
        before = _files(folder)
        try:
            save_draft(draft, folder, replace)
            if reviewed:
                mark_reviewed(draft.id, folder)
            resources.renew(progress)
        except BaseException:
            _restore(folder, before)
            raise
    finally:
        _lock.release()


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.glob("*.md")}


def _restore(folder: Path, before: dict[Path, bytes]) -> None:
    for path in folder.glob("*.md"):
        if path not in before:
            path.unlink()
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
