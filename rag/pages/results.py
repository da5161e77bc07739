"""Results of the evaluation as its commands leave them: published summaries and the runs of this machine, read as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVALS = Path(__file__).resolve().parents[2] / "evals"
RUNS, RESULTS, LIMITS = EVALS / "runs", EVALS / "results", EVALS / "LIMITS.md"

SCRIPTS = {
    "answers": "Trả lời",
    "claims": "Đối chiếu",
    "retrieval": "Tìm kiếm",
    "ablation": "So các cách tìm",
    "bench": "Thời gian, bộ nhớ",
}
SPLITS = {"test": "nửa chỉ để chấm", "dev": "nửa dùng khi phát triển", "all": "cả bộ câu hỏi"}
MEASURES = {
    "correct": "Trả lời đúng",
    "refused_right": "Từ chối, đính chính đúng",
    "false_refusal": "Từ chối nhầm",
    "wrong_figure": "Nêu số sai",
    "error": "Lỗi khi chạy",
    "citation_first": "Dẫn đúng mục, trang, chú thích",
    "citation_section": "Dẫn đúng mục",
    "citation_page": "Dẫn đúng trang",
    "citation_footnote": "Dẫn đúng chú thích",
    "citation_holds": "Đoạn dẫn có con số được hỏi",
    "citation_every": "Mọi con số dẫn đúng chỗ",
    "quotes_verbatim": "Trích nguyên văn",
    "untraced": "Có chữ số ngoài đoạn trích",
    "unclear_yes_no": "Không nói rõ có hay không",
    "verdict": "Kết luận đúng",
    "called_match": "Số sai mà bảo là khớp",
    "missed": "Bỏ sót con số",
    "report_figure": "Nêu đúng số của báo cáo",
    "diagnosis": "Chẩn đoán đúng",
    "citation": "Dẫn đúng chỗ",
    "rounded": "Nhận đúng số làm tròn",
}
HEADLINES = {
    "answers": ("correct", "refused_right", "wrong_figure", "citation_first"),
    "claims": ("verdict", "called_match", "citation"),
    "retrieval": ("Success@1", "Success@5"),
}
KINDS = {
    "figure": "Một con số",
    "change": "Tăng, giảm",
    "footnote": "Chỉ có trong chú thích",
    "multi": "Nhiều con số",
    "list": "Danh sách",
    "which": "Nơi nào, đơn vị nào",
    "extreme": "Cao nhất, thấp nhất",
    "what_is": "Con số này là gì",
    "derived": "Tính từ các số có sẵn",
    "text": "Vì sao, như thế nào",
    "yes_no": "Có hay không",
    "compare": "Kết quả và mục tiêu",
    "followup": "Hỏi nối tiếp",
    "unanswerable": "Phải từ chối",
    "near_miss": "Gần giống mà không có",
    "out_of_scope": "Ngoài báo cáo",
    "false_premise": "Giả định sai",
    "abuse": "Phá rối",
    "unaccented": "Không dấu",
    "telex": "Gõ Telex lỗi",
    "typo": "Gõ sai",
    "abbrev": "Viết tắt",
    "match": "Khớp",
    "mismatch": "Không khớp",
    "not_in_report": "Báo cáo không nêu",
}
GROUPS = {
    "by_kind": "Theo loại câu hỏi",
    "by_refusal": "Câu phải từ chối",
    "by_variant": "Theo cách gõ sai",
    "by_verdict": "Theo kết luận",
    "by_diagnosis": "Theo chẩn đoán",
    "by_section": "Theo mục",
}


@dataclass(frozen=True, slots=True)
class Result:
    """A result: its name, what it stood on, its summary, and the folder with its rows (None for a published one)."""

    name: str
    config: Mapping[str, Any]
    summary: Mapping[str, Any]
    folder: Path | None

    @property
    def title(self) -> str:
        """`Trả lời, nửa chỉ để chấm, 24/11/2026 16:40 (đã công bố)`."""
        script, split = str(self.config.get("script", "")), str(self.config.get("split", ""))
        day, _, time = str(self.config.get("started", "")).partition("T")
        when = "/".join(reversed(day.split("-"))) + f" {time[:5]}"
        named = f" ({self.config['mode']})" if self.config.get("mode") == "llm" else ""
        variants = ", các biến thể gõ sai" if self.config.get("variants") else ""
        kept = " (đã công bố)" if self.folder is None else ""
        return f"{SCRIPTS.get(script, script)}, {SPLITS.get(split, split)}{variants}{named}, {when}{kept}"


def read_all(results: Path = RESULTS, runs: Path = RUNS) -> list[Result]:
    """The published results and the runs of this machine, newest first; what cannot be read is left out."""
    found = []
    for path in results.glob("*.json"):
        content = _json(path)
        if {"config", "summary"} <= set(content):
            found.append(Result(path.stem, content["config"], content["summary"], None))
    for folder in runs.glob("*/"):
        config, summary = _json(folder / "config.json"), _json(folder / "summary.json")
        if config and summary.get("measures"):
            found.append(Result(folder.name, config, summary, folder))
    return sorted(found, key=lambda one: str(one.config.get("started", "")), reverse=True)


def first_shown(results: list[Result]) -> Result | None:
    """The result to show first: the published answers on the test half, else the newest run of answers, else the newest."""
    published = [one for one in results if one.name == "answers-test" and one.folder is None]
    answers = [one for one in results if one.config.get("script") == "answers" and not one.config.get("variants")]
    return next(iter([*published, *answers, *results]), None)


def newest_run(results: list[Result]) -> Result | None:
    """The newest run of this machine, else what is shown first."""
    return next((one for one in results if one.folder is not None), first_shown(results))


def failures(result: Result) -> list[dict[str, Any]]:
    """The rows of the development half that were not won; the questions of the test half are never shown."""
    if result.folder is None:
        return []
    try:
        lines = (result.folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line]
    except (OSError, ValueError):
        return []
    return [row for row in rows if not row.get("won", True) and row.get("split") == "dev" and row.get("measures", True) is not None]


def percent(share: float | None) -> str:
    """A share as `95,0%`; `–` where there is none."""
    return "–" if share is None else f"{share * 100:.1f}%".replace(".", ",")


def interval(share: Mapping[str, Any]) -> str:
    """`92,4–96,7%`; `–` where nothing was counted."""
    return f"{percent(share['low'])[:-1]}–{percent(share['high'])}" if share.get("n") else "–"


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
