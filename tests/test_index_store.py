"""The stored index is proved before use, rebuilt or refused when it is not right, and replaced as a whole."""

from __future__ import annotations

import errno
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import load_reports
from index import Index, StoreError
from index.contents import Contents
from index.store import KEPT, build_store, open_store, read_store, store_home
from index.vectors import FlatVectors
from tests.fakes import SAMPLE_REPORT, WordCountEncoder, write_sample_report


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    write_sample_report(tmp_path / "reports")
    return tmp_path / "reports"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def built(reports: Path, home: Path) -> Path:
    """The folder of a whole index."""
    return Index.open(reports, home=home, encoder=WordCountEncoder()).folder


def contents_of(reports: Path) -> Contents:
    return Contents.of(load_reports(reports))


def test_nothing_is_built_twice(reports: Path, home: Path) -> None:
    encoder = WordCountEncoder()
    assert build_store(contents_of(reports), encoder, home)
    assert not build_store(contents_of(reports), encoder, home)
    assert build_store(contents_of(reports), encoder, home, force=True)


def test_the_store_holds_no_pickle_and_no_compiled_code(built: Path) -> None:
    suffixes = {path.suffix for path in built.rglob("*") if path.is_file()}
    assert suffixes == {".json", ".npy", ".faiss"}
    for path in built.rglob("*.npy"):
        assert b"'|O'" not in path.read_bytes()[:128], f"{path.name} holds pickled objects"


def test_the_manifest_names_corpus_model_and_counts(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["model"] == "word-count"
    assert manifest["dimensions"] == 64
    assert manifest["passages"] == 7
    assert list(manifest["corpus"]) == ["mau-2023"]
    assert set(manifest["files"]) > {"vectors.faiss", "texts.npy"}


@pytest.mark.parametrize("name", ["vectors.faiss", "texts.npy", "lexical/words/vocab.index.json"])
def test_a_damaged_file_is_refused_or_rebuilt(reports: Path, home: Path, built: Path, name: str) -> None:
    data = bytearray((built / name).read_bytes())
    data[-1] ^= 1  # one bit
    (built / name).write_bytes(data)
    with pytest.raises(StoreError, match=f"tệp {name} đã bị thay đổi"):
        Index.open(reports, home=home, encoder=WordCountEncoder(), rebuild=False)
    index = Index.open(reports, home=home, encoder=WordCountEncoder())
    assert index.search("đàn lợn")[0].passage.section == "P1.I.1.2"
    read_store(contents_of(reports), WordCountEncoder(), home)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": {}}', '{"files": {"vectors.faiss": {"sha256": "0"}}}'])
def test_a_damaged_manifest_is_refused_or_rebuilt(reports: Path, home: Path, built: Path, text: str) -> None:
    (built / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="manifest.json"):
        read_store(contents_of(reports), WordCountEncoder(), home)
    open_store(contents_of(reports), WordCountEncoder(), home)
    read_store(contents_of(reports), WordCountEncoder(), home)


def test_a_missing_or_foreign_file_is_refused(reports: Path, home: Path, built: Path) -> None:
    (built / "foreign.bin").write_bytes(b"")
    with pytest.raises(StoreError, match="thừa hoặc thiếu tệp"):
        read_store(contents_of(reports), WordCountEncoder(), home)
    (built / "foreign.bin").unlink()
    (built / "texts.npy").unlink()
    with pytest.raises(StoreError, match="thừa hoặc thiếu tệp"):
        read_store(contents_of(reports), WordCountEncoder(), home)


def test_a_changed_report_is_noticed(reports: Path, home: Path, built: Path) -> None:
    write_sample_report(reports, text=SAMPLE_REPORT.replace("21.300 con", "21.400 con"))
    with pytest.raises(StoreError, match="python -m index build"):
        read_store(contents_of(reports), WordCountEncoder(), home)
    hit = Index.open(reports, home=home, encoder=WordCountEncoder()).search("đàn lợn")[0]
    assert "21.400 con" in hit.passage.text


def test_another_model_is_noticed(reports: Path, home: Path, built: Path) -> None:
    with pytest.raises(StoreError, match="chưa có"):
        read_store(contents_of(reports), WordCountEncoder("word-count-2"), home)


def test_a_rebuild_encodes_only_what_changed(reports: Path, home: Path, built: Path) -> None:
    write_sample_report(reports, text=SAMPLE_REPORT.replace("21.300 con", "21.400 con"))
    encoder = WordCountEncoder()
    build_store(contents_of(reports), encoder, home)
    assert encoder.encoded == ["1.2. Chăn nuôi: Tổng đàn lợn ước đạt 21.400 con, tăng 3,4%."]
    contents = contents_of(reports)
    stored = read_store(contents, encoder, home).vectors.matrix
    assert (stored == encoder.encode_passages(list(contents.piece_texts()))).all()


def test_vectors_of_a_damaged_store_are_not_reused(reports: Path, home: Path, built: Path) -> None:
    (built / "texts.npy").write_bytes(b"x")
    encoder = WordCountEncoder()
    build_store(contents_of(reports), encoder, home)
    assert len(encoder.encoded) == len(contents_of(reports).passage_of)


def test_a_full_disk_leaves_the_last_good_state(
    reports: Path, home: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: FlatVectors, path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = contents_of(reports)
    write_sample_report(reports, text=SAMPLE_REPORT.replace("21.300", "21.400"))
    monkeypatch.setattr(FlatVectors, "save", full)
    with pytest.raises(StoreError, match="không còn đủ chỗ"):
        open_store(contents_of(reports), WordCountEncoder(), home)
    assert read_store(before, WordCountEncoder(), home).folder == built
    assert [path.name for path in home.iterdir() if path.is_dir()] == [built.name]


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="^Không ghi được vào .*store"):
        open_store(contents_of(reports), WordCountEncoder(), tmp_path / "file" / "store")


def test_a_whole_index_is_read_where_nothing_may_be_written(
    reports: Path, home: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("index.store.locked", denied)
    open_store(contents_of(reports), WordCountEncoder(), home)
    with pytest.raises(StoreError, match="Không có quyền ghi"):
        build_store(contents_of(reports), WordCountEncoder(), home, force=True)


def test_two_builders_at_once_build_once(reports: Path, home: Path) -> None:
    encoder = WordCountEncoder()
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: build_store(contents_of(reports), encoder, home), range(4)))
    assert sorted(results) == [False, False, False, True]


def test_old_folders_and_broken_attempts_are_removed(reports: Path, home: Path, built: Path) -> None:
    (home / ".index-0.abc.tmp").mkdir()
    for more in range(1, KEPT + 2):
        write_sample_report(reports, text=SAMPLE_REPORT.replace("21.300", f"21.{300 + more}"))
        build_store(contents_of(reports), WordCountEncoder(), home)
    assert len([path for path in home.iterdir() if path.is_dir()]) == KEPT


def test_a_report_without_text_is_refused(tmp_path: Path, home: Path) -> None:
    write_sample_report(tmp_path / "empty", text="---\nid: mau-2023\nyear: 2023\n---\n")
    with pytest.raises(StoreError, match="không có đoạn văn nào"):
        open_store(contents_of(tmp_path / "empty"), WordCountEncoder(), home)


def test_two_reports_of_one_id_are_refused(reports: Path) -> None:
    (reports / "copy.md").write_text(SAMPLE_REPORT, encoding="utf-8")
    with pytest.raises(StoreError, match="Hai báo cáo cùng mang mã “mau-2023”"):
        contents_of(reports)


def test_the_setting_names_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_INDEX", str(tmp_path / "elsewhere"))
    assert store_home() == tmp_path / "elsewhere"
    monkeypatch.delenv("RAG_INDEX")
    monkeypatch.setenv("RAG_CACHE", str(tmp_path))
    monkeypatch.setattr("os.access", lambda *_: False)
    assert store_home() == tmp_path / "index"
