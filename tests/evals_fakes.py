"""A small report, gold lines on it, and fake assistants that answer as they are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.report import Report, parse_report
from evals.gold import Question
from evals.gold_set import GoldSet, load_gold
from evals.reply import Reply, read_reply

REPORT = """---
id: xa-mau-2023
title: Báo cáo xã Mẫu
place: Xã Mẫu
year: 2023
---

# Phần I

## I. LĨNH VỰC KINH TẾ

### 1. Nông nghiệp

<!-- trang 2 -->
Diện tích gieo trồng ước đạt 14.739 ha, đạt 103,4% kế hoạch, giảm 1,5% so với năm 2022[^1].

### 2. Xây dựng

Giá trị sản xuất ước đạt 830,0 tỷ đồng, tăng 8,5% so với <!-- trang 3 --> cùng kỳ; thu ngân sách 5 tỷ 786 triệu đồng.

[^1]: Trong đó: lúa 12.052 ha; xã Đông 48 ha; xã Tây 52 ha.
"""

FIGURE = {
    "id": "q-1",
    "question": "Diện tích gieo trồng là bao nhiêu?",
    "kind": "figure",
    "figures": [{"text": "14.739", "unit": "ha"}],
    "evidence": [
        {"section": "P1.I.1", "page": 2, "footnote": None, "quote": "Diện tích gieo trồng ước đạt 14.739 ha"},
    ],
    "answerable": True,
    "split": "dev",
    "tags": ["formal"],
    "report": "xa-mau-2023",
}
FALSE_PREMISE = {
    **FIGURE,
    "id": "n-1",
    "question": "Vì sao diện tích gieo trồng tăng?",
    "kind": "unanswerable",
    "answerable": False,
    "figures": [],
    "corrects": [{"text": "1,5%", "unit": "%", "direction": "giảm"}],
    "evidence": [{"section": "P1.I.1", "page": 2, "footnote": None, "quote": "giảm 1,5% so với năm 2022"}],
    "tags": ["false_premise"],
}
CLAIM = {
    "id": "k-1",
    "report": "xa-mau-2023",
    "text": "Diện tích gieo trồng đạt 14.793 ha, giảm 1,5%, có 7 hợp tác xã.",
    "figures": [
        {
            "figure": "14.793 ha",
            "verdict": "mismatch",
            "report": "14.739 ha",
            "why": "đảo chữ số",
            "rounded": False,
            "evidence": FIGURE["evidence"][0],  # type: ignore[index]
        },
        {
            "figure": "1,5%",
            "verdict": "match",
            "report": "1,5%",
            "why": "",
            "rounded": False,
            "evidence": FALSE_PREMISE["evidence"][0],  # type: ignore[index]
        },
        {"figure": "7 hợp tác xã", "verdict": "not_in_report", "report": None, "why": "", "evidence": None},
    ],
    "split": "dev",
    "tags": ["speech"],
}


def toy_report() -> Report:
    """The small report: sections P1.I.1 (page 2, with footnote 1) and P1.I.2 (pages 2 and 3)."""
    return parse_report(REPORT, Path("xa-mau-2023.md"))


def write_gold(folder: Path, *lines: Mapping[str, Any], name: str = "questions-a.jsonl") -> Path:
    """A gold file of the lines in `folder`."""
    path = folder / name
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def gold_of(folder: Path, *lines: Mapping[str, Any], name: str = "questions-a.jsonl") -> GoldSet:
    """The gold set of one file of lines on the small report."""
    return load_gold(write_gold(folder, *lines, name=name), [toy_report()])


def question(folder: Path, **changes: Any) -> Question:
    """The question about the sown area, changed."""
    return gold_of(folder, {**FIGURE, **changes}).require().questions[0]


def reply_json(answer: str, figures: Sequence[tuple[str, str]] = (), **changes: Any) -> dict[str, Any]:
    """An answer citing the sown area's sentence, in the agreed JSON."""
    quote = "Diện tích gieo trồng ước đạt 14.739 ha, đạt 103,4% kế hoạch, giảm 1,5% so với năm 2022"
    return {
        "id": "",
        "status": "answered",
        "answer": answer,
        "figures": [{"text": text, "unit": unit, "citation": 1} for text, unit in figures],
        "citations": [
            {
                "n": 1,
                "report": "xa-mau-2023",
                "section": "P1.I.1",
                "heading": "",
                "page": 2,
                "footnote": None,
                "quote": quote,
            }
        ],
        "understood_as": None,
        "latency_ms": 1,
        **changes,
    }


def reply(answer: str, figures: Sequence[tuple[str, str]] = (), **changes: Any) -> Reply:
    """`reply_json`, read."""
    return read_reply(reply_json(answer, figures, **changes))


def refusal(answer: str = "Báo cáo không nêu nội dung này.") -> dict[str, Any]:
    """A refusal in the agreed JSON."""
    return reply_json(answer, status="not_found", citations=[])


@dataclass(frozen=True)
class Said:
    """An answer that is its JSON."""

    raw: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The JSON."""
        return self.raw


@dataclass
class FakeAssistant:
    """Answers by looking the question up in `answers` (refuses what it does not know), checks with `verdicts`."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdicts: Callable[[str], list[dict[str, Any]]] = lambda text: []
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    checked: list[tuple[str, str | None]] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[str] = (), *, id: str = "", report: str | None = None) -> Said:
        """The answer noted for the question; raises where the note is empty."""
        self.asked.append((question, tuple(history)))
        raw = self.answers.get(question, refusal())
        if not raw:
            raise RuntimeError("máy hỏng")
        return Said(raw)

    def check(self, text: str, *, id: str = "", report: str | None = None) -> Said:
        """The verdicts noted for the text."""
        self.checked.append((text, report))
        return Said({"id": id, "figures": self.verdicts(text)})
