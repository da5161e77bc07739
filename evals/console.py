"""What the commands print: a run's summary, its failures, the counts of the gold set. In Vietnamese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evals.gold import Problem
from evals.runs import Row

SHOWN = 40
"""How many failures are listed; all of them stand on the page of errors."""

LABELS = {
    "correct": "Trả lời đúng (câu trả lời được)",
    "refused_right": "Từ chối hoặc đính chính đúng (câu phải từ chối)",
    "false_refusal": "Từ chối nhầm",
    "wrong_figure": "Nêu số sai (trên mọi câu)",
    "error": "Lỗi khi chạy",
    "citation_first": "Chỗ dẫn đầu đúng mục, trang, chú thích (câu đúng)",
    "citation_section": "Chỗ dẫn đầu đúng mục",
    "citation_page": "Chỗ dẫn đầu đúng trang",
    "citation_footnote": "Chỗ dẫn đầu đúng chú thích",
    "citation_holds": "Đoạn dẫn đầu có con số được hỏi",
    "citation_every": "Mọi con số dẫn đúng chỗ",
    "quotes_verbatim": "Trích nguyên văn",
    "untraced": "Có chữ số không nằm trong đoạn trích",
    "unclear_yes_no": "Câu có/không không nói rõ có hay không",
    "verdict": "Kết luận đúng",
    "called_match": "Số sai hoặc không có mà bảo là khớp",
    "missed": "Bỏ sót con số",
    "report_figure": "Nêu đúng số của báo cáo",
    "diagnosis": "Chẩn đoán đúng",
    "citation": "Dẫn đúng chỗ",
    "rounded": "Nhận đúng số làm tròn",
}


def percent(share: float | None) -> str:
    """A share as `95,0%`; `–` where there is none."""
    return "–" if share is None else f"{share * 100:.1f}%".replace(".", ",")


def decimal(value: float | None, places: int = 3) -> str:
    """A number in Vietnamese notation; `–` where there is none."""
    return "–" if value is None else f"{value:.{places}f}".replace(".", ",")


def share_text(share: Mapping[str, Any]) -> str:
    """`380/400 = 95,0% (92,4–96,7%)`."""
    if not share["n"]:
        return "– (không có câu nào)"
    return (
        f"{share['k']}/{share['n']} = {percent(share['share'])} ({percent(share['low'])[:-1]}–{percent(share['high'])})"
    )


def summary_text(summary: Mapping[str, Any]) -> str:
    """The measures of a run, one a line; of a retrieval run the means too."""
    lines = [f"{LABELS.get(name, name)}: {share_text(share)}" for name, share in summary["measures"].items()]
    for name, value in summary.get("means", {}).items():
        if name not in summary["measures"]:
            lines.append(f"{name}: {decimal(value)}")
    if summary.get("by_kind"):
        lines.append("Theo loại: " + "; ".join(f"{k} {v['k']}/{v['n']}" for k, v in summary["by_kind"].items()))
    if summary.get("by_variant"):
        lines.append("Theo biến thể: " + "; ".join(f"{k} {v['k']}/{v['n']}" for k, v in summary["by_variant"].items()))
    p50, p95 = summary["latency_ms"]["p50"], summary["latency_ms"]["p95"]
    lines.append(f"Độ trễ: p50 {decimal(p50, 0)} ms, p95 {decimal(p95, 0)} ms")
    return "\n".join(lines)


def failures_text(rows: Sequence[Row]) -> str:
    """The rows that were not won, one a line with what is wrong, at most `SHOWN`."""
    failed = [row for row in rows if not row["won"] and row.get("measures", True) is not None]
    lines = [f"{row['id']}  {row.get('question') or row.get('text')}  → {_why(row)}" for row in failed[:SHOWN]]
    return "\n".join(lines + ([f"… và {len(failed) - SHOWN} câu nữa"] if len(failed) > SHOWN else []))


def counts_text(counts: Mapping[str, Counter[str]], warnings: Sequence[Problem]) -> str:
    """The counts of the gold set, one group a line, and its warnings."""
    lines = [f"Cảnh báo: {problem}" for problem in warnings]
    for name, counter in counts.items():
        listed = "  ".join(f"{key} {number}" for key, number in sorted(counter.items(), key=lambda item: -item[1]))
        lines.append(f"{name} ({sum(counter.values())}): {listed or '–'}")
    return "\n".join(lines)


def _why(row: Row) -> str:
    if row["error"]:
        return str(row["error"]).strip().rpartition("\n")[2]
    wrong = [f"{f['figure']}: {f['given']} thay vì {f['gold']}" for f in row.get("figures", ()) if not f["right"]]
    return "; ".join([*row.get("faults", ()), *wrong]) or "không có trong kết quả đầu"
