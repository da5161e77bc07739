"""The folder of reports: a draft is put in it, a reviewed report is marked there."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path

from corpus.add.draft import Draft
from corpus.add.faults import AddError
from corpus.report import REPORTS, Report, ReportError, load_report, parse_report

_REVIEWED = re.compile(r"(?m)^reviewed:.*$")


def save_draft(draft: Draft, folder: Path = REPORTS, replace: bool = False) -> Path:
    """Writes a draft to `folder`; returns its file. Raises `AddError` if its id is taken and `replace` is not given."""
    path = folder / f"{draft.id}.md"
    holder = _file_of(draft.id, folder)
    if holder is not None and not replace:
        raise AddError(f"Đã có báo cáo mang mã {draft.id}; hãy đặt mã khác bằng --id, hoặc thêm --replace để thay bản cũ.")
    _write(holder or path, draft.markdown)
    return holder or path


def mark_reviewed(report_id: str, folder: Path = REPORTS) -> Report:
    """Marks a report as reviewed by a person. Raises `AddError` where there is none of that id or its file cannot be used."""
    path = _file_of(report_id, folder)
    if path is None:
        raise AddError(f"Không có báo cáo mang mã {report_id} trong {folder}.")
    report = load_report(path)
    if report.reviewed:
        return report
    raw = report.raw
    end = raw.index("\n---\n", 3)
    front = _REVIEWED.sub("reviewed: true", raw[:end], count=1)
    raw = front + raw[end:]
    reviewed = parse_report(raw, path)
    if not reviewed.reviewed:
        raise AddError(f"Không sửa được dòng “reviewed” trong tệp {path.name}; hãy sửa tay thành “reviewed: true”.")
    _write(path, raw)
    return reviewed


def _file_of(report_id: str, folder: Path) -> Path | None:
    """The file that holds the report of this id: by its name, or by the id in its front matter."""
    named = folder / f"{report_id}.md"
    if named.exists():
        return named
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        with contextlib.suppress(ReportError):
            if load_report(path).id == report_id:
                return path
    return None


def _write(path: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise AddError(f"Không ghi được {path}: {error.strerror}.") from None
