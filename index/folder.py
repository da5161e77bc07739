"""Folders that are written whole or not at all, and proved by hash before they are used."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

MANIFEST = "manifest.json"
LOCK_SECONDS = 600.0
Facts = Mapping[str, object]


class FolderBusy(RuntimeError):
    """Another process has held the lock for longer than `LOCK_SECONDS`."""


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_home() -> Path:
    """The folder for what can be made anew: `RAG_CACHE`, else the platform's cache folder of the user."""
    named = os.environ.get("RAG_CACHE", "").strip()
    if named:
        return Path(named).expanduser()
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "baocao-rag"
    if (Path.home() / "Library" / "Caches").is_dir():
        return Path.home() / "Library" / "Caches" / "baocao-rag"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baocao-rag"


@contextmanager
def locked(home: Path, name: str) -> Iterator[None]:
    """Holds the lock `name` of the folder `home` (made if missing) against other threads and processes.

    Raises `FolderBusy`, or `OSError` where `home` cannot be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / f".{name}.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise FolderBusy(str(home)) from None
    try:
        yield
    finally:
        lock.release()


def write_folder(target: Path, facts: Facts, fill: Callable[[Path], Facts]) -> None:
    """Lets `fill` write files into a new folder, hashes them, and moves it to `target` once it is complete.

    The manifest holds `facts`, what `fill` returns, and the hash of every file.
    A folder that stood at `target` stays in place until then. On any error nothing remains of the attempt. Call it
    with the lock held.
    """
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        learnt = fill(work)
        files = {name: {"sha256": sha256_of(path), "bytes": path.stat().st_size} for name, path in _files(work)}
        manifest = json.dumps({**facts, **learnt, "files": files}, ensure_ascii=False, indent=1)
        (work / MANIFEST).write_text(manifest + "\n", encoding="utf-8")
        _move(work, target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest of a folder; `{}` where it is missing or unreadable."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def flaw_of(folder: Path, facts: Facts) -> str | None:
    """Why `folder` must not be used (Vietnamese, half a sentence), None where its facts and every file are as written."""
    if not folder.is_dir():
        return "chưa có"
    manifest = read_manifest(folder)
    files = manifest.get("files")
    if not isinstance(files, dict) or not files:
        return "thiếu hoặc hỏng tệp manifest.json"
    for name, value in facts.items():
        if manifest.get(name) != value:
            return f"mục {name} của manifest.json không khớp"
    if {name for name, _ in _files(folder)} != set(files):
        return "thừa hoặc thiếu tệp"
    for name, path in _files(folder):
        if sha256_of(path) != files[name].get("sha256"):
            return f"tệp {name} đã bị thay đổi"
    return None


def remove_leftovers(home: Path, keep: int, pattern: str) -> None:
    """Removes all but the `keep` newest folders that match `pattern`, and what broken attempts left. Never raises."""
    for junk in [*home.glob(".*.tmp"), *home.glob(".*.old")]:
        shutil.rmtree(junk, ignore_errors=True)
    folders = [path for path in home.glob(pattern) if path.is_dir()]
    for path in sorted(folders, key=_written, reverse=True)[keep:]:
        shutil.rmtree(path, ignore_errors=True)


def _written(folder: Path) -> float:
    try:
        return (folder / MANIFEST).stat().st_mtime
    except OSError:
        return 0.0


def _files(folder: Path) -> list[tuple[str, Path]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.relative_to(folder).as_posix(), path) for path in paths if path != folder / MANIFEST]


def _move(work: Path, target: Path) -> None:
    """Puts `work` in the place of `target`; brings the old `target` back where that fails."""
    work.chmod(0o755)
    aside = target.with_name(f".{target.name}.{work.name[-12:-4]}.old")
    if target.exists():
        target.rename(aside)
    try:
        work.rename(target)
    except OSError:
        if aside.exists():
            aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)
