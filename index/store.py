"""The stored index: built when it is missing, stale or damaged, proved before use, replaced as a whole.

Each state of reports, model and settings has a folder of its own, named by a hash of them, so that a stale index can
never be taken for a fresh one and the last good one stays until a new one is complete.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.contents import Contents, StatementDocuments
from index.embedding import Encoder, Vectors
from index.faults import StoreError, disk_sentence
from index.folder import (
    Facts,
    FolderBusy,
    cache_home,
    flaw_of,
    locked,
    read_manifest,
    remove_leftovers,
    write_folder,
)
from index.lexical import FIELDS, K1, B, LexicalIndex
from index.model import Progress, silent
from index.vectors import FlatVectors, read_vectors

SETTING = "RAG_INDEX"
FORMAT = 1
"""Counts the changes of what is stored; a folder of another number is not used."""
KEPT = 6
"""Folders that stay: the newest and the one before it."""

_VECTORS, _DIGESTS, _LEXICAL = "vectors.faiss", "texts.npy", "lexical"
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Store:
    """Both legs of search over some contents, and the folder they were read from."""

    folder: Path
    lexical: LexicalIndex
    vectors: FlatVectors


def store_home() -> Path:
    """`RAG_INDEX`, else `store/` beside this module, else (no write permission there) a folder in the user's cache."""
    named = os.environ.get(SETTING, "").strip()
    if named:
        return Path(named).expanduser()
    beside = Path(__file__).parent / "store"
    writable = beside if beside.exists() else beside.parent
    return beside if os.access(writable, os.W_OK) else cache_home() / "index"


def open_store(contents: Contents, encoder: Encoder, home: Path, progress: Progress = silent) -> Store:
    """The proved index of `contents`; built first where it is missing or damaged. Raises `StoreError`."""
    folder, facts = _folder(contents, encoder, home)
    flaw = flaw_of(folder, facts)
    if flaw is not None:
        build_store(contents, encoder, home, progress)
    return _read(folder, contents, encoder)


def read_store(contents: Contents, encoder: Encoder, home: Path) -> Store:
    """The proved index of `contents`. Raises `StoreError` where it is missing, stale or damaged; builds nothing."""
    folder, facts = _folder(contents, encoder, home)
    flaw = flaw_of(folder, facts)
    if flaw is not None:
        raise StoreError(f"Chỉ mục không dùng được ({flaw}); hãy chạy: python -m index build")
    return _read(folder, contents, encoder)


def build_store(
    contents: Contents, encoder: Encoder, home: Path, progress: Progress = silent, *, force: bool = False
) -> bool:
    """Builds the index of `contents` unless it is there and whole (or `force`); says whether it was built.

    Vectors of texts that an earlier index of the same model holds are taken from there unless `force`.
    Raises `StoreError`; what was there before stays then.
    """
    folder, facts = _folder(contents, encoder, home)
    try:
        with locked(home, "index"):
            if not force and flaw_of(folder, facts) is None:
                return False
            known = {} if force else _known_vectors(home, encoder)
            write_folder(folder, facts, lambda work: _fill(work, contents, encoder, known, progress))
            remove_leftovers(home, KEPT, "index-*")
    except OSError as error:
        raise StoreError(disk_sentence(error, home)) from error
    except FolderBusy:
        raise StoreError(f"Một tiến trình khác đang dựng chỉ mục ở {home}; hãy chờ rồi chạy lại.") from None
    return True


def _folder(contents: Contents, encoder: Encoder, home: Path) -> tuple[Path, Facts]:
    facts: Facts = {
        "format": FORMAT,
        "model": encoder.name,
        "model_identity": encoder.identity,
        "corpus": contents.fingerprints,
        "passages": len(contents.passages),
        "vectors": len(contents.passage_of),
        "lexical": [[field.name for field in FIELDS], K1, B],
    }
    key = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
    return home / f"index-{key}", facts


def _fill(
    work: Path, contents: Contents, encoder: Encoder, known: dict[bytes, NDArray[np.float32]], progress: Progress
) -> Facts:
    texts = list(contents.piece_texts())
    if not texts:
        raise StoreError("Các báo cáo không có đoạn văn nào để lập chỉ mục.")
    progress("Lập chỉ mục từ và cặp từ", 0, 1)
    LexicalIndex.build(contents.search_texts()).save(work / _LEXICAL)
    progress("Lập chỉ mục từ và cặp từ", 1, 1)
    digests = [_digest(text) for text in texts]
    vectors = _vectors(texts, digests, encoder, known, progress)
    FlatVectors.from_vectors(vectors, StatementDocuments(contents), encoder).save(work / _VECTORS)
    np.save(work / _DIGESTS, np.frombuffer(b"".join(digests), np.uint8).reshape(-1, _DIGEST_BYTES), allow_pickle=False)
    return {"dimensions": int(vectors.shape[1])}


def _vectors(
    texts: Sequence[str],
    digests: Sequence[bytes],
    encoder: Encoder,
    known: dict[bytes, NDArray[np.float32]],
    progress: Progress,
) -> Vectors:
    missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
    fresh = encoder.encode_passages(list(missing.values()), progress) if missing else ()
    known = {**known, **dict(zip(missing, fresh, strict=True))}
    return np.stack([known[digest] for digest in digests])


def _known_vectors(home: Path, encoder: Encoder) -> dict[bytes, NDArray[np.float32]]:
    """Vectors by text digest from the whole folders of the same model in `home`."""
    known: dict[bytes, NDArray[np.float32]] = {}
    for folder in sorted(home.glob("index-*")):
        manifest = read_manifest(folder)
        same = manifest.get("format") == FORMAT and manifest.get("model_identity") == encoder.identity
        if not same or flaw_of(folder, {}) is not None:
            continue
        digests = np.load(folder / _DIGESTS, allow_pickle=False)
        known.update(zip((row.tobytes() for row in digests), read_vectors(folder / _VECTORS), strict=True))
    return known


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest()


def _read(folder: Path, contents: Contents, encoder: Encoder) -> Store:
    try:
        lexical = LexicalIndex.load(folder / _LEXICAL)
        vectors = FlatVectors.load(folder / _VECTORS, StatementDocuments(contents), encoder)
        if lexical.size != len(contents.passages):
            raise ValueError(f"{lexical.size} texts stored, {len(contents.passages)} passages")
        if vectors.dimensions != read_manifest(folder).get("dimensions"):
            raise ValueError(f"vectors of {vectors.dimensions} dimensions are not those of the manifest")
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"Không đọc được chỉ mục ở {folder}; hãy chạy: python -m index build --force") from error
    return Store(folder, lexical, vectors)
