"""A small report for tests of the answers, rich in what people ask of one, and assistants over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import Index
from index.embedding import Vectors
from index.model import Progress, silent
from rag.assistant import Assistant
from rag.confidence import INPUTS, Trees
from tests.fakes import WordCountEncoder, write_sample_report

FRONT_MATTER = """\
---
id: mau-2023
title: Báo cáo mẫu
body: UBND huyện Mẫu
place: huyện Mẫu
year: 2023
plan_year: 2024
places: [An Bình, Hòa Lạc, Tân Tiến, Đông Phú]
---

"""
"""Of the small reports of these tests."""
RAG_REPORT = FRONT_MATTER + """\
# PHẦN I. KẾT QUẢ THỰC HIỆN NĂM 2023

Năm 2023, kinh tế của huyện tiếp tục tăng trưởng.

## I. LĨNH VỰC KINH TẾ

### 1. Nông nghiệp

#### 1.1. Trồng trọt

Tổng diện tích gieo trồng cả năm ước đạt 5.200 ha, giảm 1,2% so với năm 2022[^1]. \
Năng suất lúa cả năm đạt 62,5 tạ/ha, tăng 0,5 tạ/ha so với năm 2022; sản lượng lương thực ước đạt 31.000 tấn. \
Nguyên nhân năng suất lúa tăng là do thời tiết thuận lợi và nông dân sử dụng giống mới.

Diện tích ngô: An Bình 40,5 ha; Hòa Lạc 25 ha; Tân Tiến 61 ha; Đông Phú 33 ha.

#### 1.2. Chăn nuôi

Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% so với năm 2022. Đàn gia cầm ước đạt 612.000 con, giảm 2,1% so với năm 2022. \
Số hộ chăn nuôi: An Bình 120 hộ; Hòa Lạc 95 hộ; Tân Tiến 140 hộ.

<!-- trang 2 -->

### 2. Công nghiệp, xây dựng

Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng, đạt 102% kế hoạch, tăng 8,6% so với năm 2022. \
Giá trị sản xuất công nghiệp ước đạt 1.250 tỷ đồng, đạt 96,5% kế hoạch.

### 3. Thu, chi ngân sách

Tổng thu ngân sách nhà nước ước đạt 530,2 tỷ đồng, đạt 112% dự toán. Tổng chi ngân sách ước đạt 498,7 tỷ đồng.

<!-- trang 3 -->

## II. VĂN HÓA - XÃ HỘI

### 1. Giáo dục

Toàn huyện có 30/34 trường đạt chuẩn quốc gia. Tỷ lệ học sinh tốt nghiệp trung học cơ sở đạt 99,1%. \
Trong kỳ thi học sinh giỏi cấp tỉnh, huyện xếp thứ 3/12 huyện, thị xã.

### 2. Lao động, việc làm

Giải quyết việc làm cho 1.850 lao động, trong đó xuất khẩu lao động 260 người. Tỷ lệ hộ nghèo còn 2,15%, giảm 0,35% so với năm 2022.

### 3. An ninh, trật tự

Xảy ra 14 vụ tai nạn giao thông, làm chết 6 người, bị thương 11 người. Công an huyện đã xử phạt 1.204 trường hợp vi phạm với số tiền 2,7 tỷ đồng.

# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024

Phấn đấu giá trị sản xuất ngành xây dựng tăng 9% trở lên. Tổng đàn lợn đạt 22.000 con. Tổng thu ngân sách nhà nước đạt 545 tỷ đồng. \
Tỷ lệ hộ nghèo giảm còn 1,9%.

Nhiệm vụ trọng tâm là đẩy mạnh chuyển đổi cơ cấu cây trồng và xây dựng nông thôn mới.

[^1]: Gồm: lúa 4.100 ha; rau màu 1.100 ha.
"""


BY_WORDS = Trees(
    base=-2.0,
    trees=(
        # input, limit, left where the input is at most the limit, right where it is above, value
        (
            (INPUTS.index("missing_share"), 0.45, 1, 4, 0.0),
            (INPUTS.index("in_sentence"), 0.5, 2, 3, 0.0),
            (-1, 0.0, -1, -1, 0.0),
            (-1, 0.0, -1, -1, 4.0),
            (-1, 0.0, -1, -1, 0.0),
        ),
    ),
    threshold=0.5,
)
"""Sure of a figure whose sentence covers half of the question, if less than half of the question stands nowhere near it.

In place of the fitted trees, so that no test of what is done with a figure turns on the last fit.
"""
SURE = Trees(base=3.0, trees=(), threshold=0.5)
"""Sure of every figure."""
FLOOR, SPREAD = 0.76, 0.14


class CrowdedEncoder(WordCountEncoder):
    """Counts words, and crowds all texts together as trained models do: a cosine `c` of counts becomes `FLOOR + SPREAD * c`."""

    def __init__(self) -> None:
        super().__init__("crowded")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return _crowded(super().encode_queries(texts), 0)

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """See `Encoder`."""
        return _crowded(super().encode_passages(texts, progress), 1)


def _crowded(counts: Vectors, side: int) -> Vectors:
    """Unit vectors: a part that all texts share, the counts, and a part that questions and passages do not share."""
    apart = np.zeros((len(counts), 2), np.float32)
    apart[:, side] = (1 - FLOOR - SPREAD) ** 0.5
    shared = np.full((len(counts), 1), FLOOR**0.5, np.float32)
    return np.hstack([shared, counts * np.float32(SPREAD**0.5), apart])


def open_assistant(folder: Path, trees: Trees = BY_WORDS, **reports: str) -> Assistant:
    """The assistant over `reports` (text by id; the small report if none), near and sure by words in place of a model and fitted trees.

    The id `mau-2023` in a text becomes that of the report; an underscore in an id stands for a hyphen.
    """
    for name, text in (reports or {"mau_2023": RAG_REPORT}).items():
        write_sample_report(folder / "reports", name.replace("_", "-"), text)
    assistant = Assistant(Index.open(folder / "reports", home=folder / "store", encoder=CrowdedEncoder()))
    assistant.ground.trees = trees
    return assistant


def digit_strings(text: str) -> set[str]:
    """The digits of `text` with the points and commas between them, but no citation marks: what has to stand in a quote."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"\[\d+\]", " ", text)))
