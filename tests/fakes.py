"""Stand-ins that mean something: an encoder that counts words, a small report."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.text import folded_words
from index.embedding import Encoder, Vectors
from index.model import Progress, silent

DIMENSIONS = 64

SAMPLE_REPORT = """---
id: mau-2023
title: Báo cáo mẫu
body: UBND huyện Mẫu
place: huyện Mẫu
year: 2023
plan_year: 2024
---

# PHẦN I

Năm 2023 kinh tế của huyện tiếp tục tăng trưởng.

## I. LĨNH VỰC KINH TẾ

### 1. Nông nghiệp

#### 1.1. Trồng trọt

Tổng diện tích gieo trồng cả năm ước đạt 5.200 ha, giảm 1,2% so với năm 2022[^1]. Năng suất lúa cả năm đạt 62,5 tạ/ha; sản lượng lương thực ước đạt 31.000 tấn.

#### 1.2. Chăn nuôi

Tổng đàn lợn ước đạt 21.300 con, tăng 3,4%. Đàn gia cầm ước đạt 612.000 con.

<!-- trang 2 -->

### 2. Xây dựng

Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng, đạt 102% kế hoạch.

## II. VĂN HÓA - XÃ HỘI

### 1. Giáo dục

Toàn huyện có 30/34 trường đạt chuẩn quốc gia. Giải quyết việc làm cho 1.850 lao động.

# PHẦN II

Phấn đấu giá trị sản xuất tăng 9% trở lên.

[^1]: Lúa 4.100 ha; rau màu 1.100 ha.
"""


def write_sample_report(folder: Path, report: str = "mau-2023", text: str = SAMPLE_REPORT) -> Path:
    """Writes the sample report under the id `report`; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report}.md"
    path.write_text(text.replace("mau-2023", report), encoding="utf-8")
    return path


class WordCountEncoder(Encoder):
    """A text's vector counts its folded words, each in the slot that a hash of the word gives, and is brought to length 1.

    `encoded` lists the passages that were encoded, in order.
    """

    def __init__(self, identity: str = "word-count") -> None:
        self.name, self.identity = "word-count", identity
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return np.stack([_counts(text) for text in texts])

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """See `Encoder`."""
        self.encoded += texts
        progress("Đếm từ", len(texts), len(texts))
        return np.stack([_counts(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)


def _counts(text: str) -> Vectors:
    vector = np.full(DIMENSIONS, 0.01, np.float32)
    for word in folded_words(text):
        vector[int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest()) % DIMENSIONS] += 1
    return vector / np.linalg.norm(vector)
