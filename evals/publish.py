"""Published results: summaries in `evals/results`, and the tables made from them in README.md and evals/RESULTS.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.console import LABELS, decimal, percent
from evals.gold import GoldError
from evals.runs import write_json

HERE = Path(__file__).parent
RESULTS = HERE / "results"
README = HERE.parent / "README.md"
BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"

_HEADLINES = (
    ("answers-test", ("correct", "refused_right", "false_refusal", "wrong_figure", "citation_first", "untraced")),
    ("answers-test-variants", ("correct",)),
    ("answers-test-others", ("correct", "refused_right", "wrong_figure")),
    ("claims-test", ("verdict", "called_match")),
    ("retrieval-test", ("Success@1", "Success@5")),
)
_TITLES = {
    "answers": "Trả lời",
    "claims": "Đối chiếu",
    "retrieval": "Tìm kiếm",
    "ablation": "So các cách tìm kiếm",
    "bench": "Thời gian và bộ nhớ",
    "growth": "Khi có nhiều báo cáo",
}
_GROUPS = {
    "by_kind": "Theo loại câu hỏi",
    "by_refusal": "Câu phải từ chối, theo loại",
    "by_tag": "Theo nhãn",
    "by_variant": "Theo cách gõ sai",
    "by_verdict": "Theo kết luận",
    "by_diagnosis": "Theo chẩn đoán",
}
OTHERS = "Trên năm báo cáo khác (số liệu giả định): "
_VARIANT_LABELS = {"correct": "Trả lời đúng khi gõ không dấu, gõ sai, viết tắt"}


def publish(settings: Mapping[str, Any], summary: Mapping[str, Any]) -> Path:
    """Store a summary with what it stood on as the published result of its script and half."""
    RESULTS.mkdir(exist_ok=True)
    key = "-".join(part for part in (settings["script"], settings["split"], _suffix(settings)) if part)
    path = RESULTS / f"{key}.json"
    write_json(path, {"config": settings, "summary": summary})
    return path


def read_results(folder: Path = RESULTS) -> dict[str, dict[str, Any]]:
    """The published results by key (`answers-test`), in order of the alphabet."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def write_pages() -> list[str]:
    """Write the tables anew; names of the files that changed. Raises `GoldError` if README has no place for them."""
    results = read_results()
    text = README.read_text(encoding="utf-8") if README.is_file() else ""
    if BEGIN not in text or END not in text:
        raise GoldError(f"README.md thiếu hai dòng {BEGIN} và {END} để đặt bảng kết quả.")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    pages = {
        README: f"{before}{BEGIN}\n{readme_table(results)}\n{END}{after}",
        HERE / "RESULTS.md": results_page(results),
    }
    changed = []
    for path, content in pages.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed.append(path.name)
    return changed


def readme_table(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The short table of the README: headline measures of the test half with n and interval, then time and memory."""
    rows = [
        [_label(key, name), *_share_cells(results[key]["summary"]["measures"][name])]
        for key, names in _HEADLINES
        if key in results
        for name in names
    ]
    parts = [_table(("Trên nửa câu hỏi chỉ dùng để chấm", "Kết quả", "Số câu", "Khoảng tin cậy 95%"), rows)]
    if "bench-all" in results:
        parts.append(bench_table(results["bench-all"]["summary"]))
    parts.append("Chi tiết: [evals/RESULTS.md](evals/RESULTS.md). Những gì các số này không đo: "
                 "[evals/LIMITS.md](evals/LIMITS.md).")  # fmt: skip
    return "\n\n".join(parts)


def results_page(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The full page: every published result with all its groups."""
    origin = "Trang này do `python -m evals report` viết ra từ `evals/results/`; đừng sửa tay."
    limits = "Những gì các số này không đo: [LIMITS.md](LIMITS.md)."
    parts = ["# Kết quả đánh giá", f"{origin} {limits}"]
    for key, result in results.items():
        settings, summary = result["config"], result["summary"]
        parts.append(f"## {_TITLES.get(settings['script'], settings['script'])} (`{key}`)")
        parts.append(_stood_on(settings))
        if settings["script"] == "ablation":
            parts.append(ablation_table(summary))
        elif settings["script"] == "bench":
            parts.append(bench_table(summary))
        elif settings["script"] == "growth":
            parts.append(growth_table(summary))
        else:
            parts += _scored(summary)
    return "\n\n".join(parts) + "\n"


def ablation_table(summary: Mapping[str, Any]) -> str:
    """One line for each way to search; every line on the same questions."""
    rows = [
        [row["label"], decimal(row["Success@1"]), decimal(row["Success@5"]), decimal(row["Success@10"]),
         decimal(row["RR@10"]), decimal(row["nDCG@10"]), f"{percent(row['low'])}–{percent(row['high'])}"]
        for row in summary["rows"]
    ]  # fmt: skip
    head = ("Cách tìm", "Success@1", "Success@5", "Success@10", "MRR@10", "nDCG@10", "Success@1, khoảng 95%")
    note = (
        f"{summary['n']} câu (nửa {summary['split']}). Với các cách cắt đoạn, một đoạn cắt được tính là đúng khi chứa từ nửa "
        "đoạn trích trở lên; đoạn cắt dài hơn đoạn của báo cáo nên dễ trúng hơn."
    )
    return f"{note}\n\n{_table(head, rows)}"


def growth_table(summary: Mapping[str, Any]) -> str:
    """One line a number of passages: time, memory, hits, and what approximate search gains and misses."""
    head = (
        "Số đoạn", "Số vectơ", "Dựng chỉ mục từ", "Bộ nhớ", "Tìm trong một báo cáo", "Tìm trong tất cả", "Riêng vectơ, tìm hết", "Riêng vectơ, IVF",
        "IVF thấy được", "Dựng IVF", "Success@1, một báo cáo", "Success@1, tất cả",
    )  # fmt: skip
    rows = [
        [
            _thousands(row["passages"]), _thousands(row["vectors"]), f"{decimal(row['words_s'], 1)} giây", f"{decimal(row['memory_mb'] / 1024, 2)} GB",
            *(f"{decimal(row[name], 1)} ms" for name in ("one_ms", "all_ms", "exact_ms", "approximate_ms")),
            percent(row["recall"]), f"{decimal(row['approximate_build_s'], 1)} giây", decimal(row["success_one"]), decimal(row["success_all"]),
        ]
        for row in summary["rows"]
    ]  # fmt: skip
    note = (
        f"Báo cáo đi kèm đứng giữa các bản sao của những báo cáo khác, chữ số đổi khác; {summary['n']} câu (nửa {summary['split']}), câu hỏi để nguyên, "
        "thời gian là trung vị. Vectơ của bản sao là vectơ của bản gốc thêm nhiễu: cột thời gian đo việc tìm, không đo việc tính vectơ. "
        "“IVF thấy được”: phần của 10 vectơ gần nhất mà cách tìm gần đúng của FAISS tìm ra."
    )
    return f"{note}\n\n{_table(head, rows)}"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def bench_table(summary: Mapping[str, Any]) -> str:
    """Times and memory, medians."""
    return _table(("Thời gian, bộ nhớ", "Kết quả"), [[row["label"], row["value"]] for row in summary["rows"]])


def _scored(summary: Mapping[str, Any]) -> list[str]:
    rows = [[LABELS.get(name, name), *_share_cells(share)] for name, share in summary["measures"].items()]
    parts = [_table(("Số đo", "Kết quả", "Số câu", "Khoảng tin cậy 95%"), rows)]
    if summary.get("means"):
        parts.append(_table(tuple(summary["means"]), [[decimal(value) for value in summary["means"].values()]]))
    for group, title in _GROUPS.items():
        if summary.get(group):
            cells = [[name, *_share_cells(share)] for name, share in summary[group].items()]
            parts.append(_table((title, "Đúng", "Số câu", "Khoảng tin cậy 95%"), cells))
    return parts


def _stood_on(settings: Mapping[str, Any]) -> str:
    return (
        f"Bản mã `{settings['commit'] or '–'}`, bộ câu hỏi `{settings['gold'][:12]}`, "
        f"{settings['cores']} nhân, Python {settings['python']}, ngày {settings['started'][:10]}."
    )


def _label(key: str, name: str) -> str:
    if key.endswith("-variants"):
        return _VARIANT_LABELS[name]
    prefix = "Tìm thấy đoạn đúng: " if key.startswith("retrieval") else OTHERS if key.endswith("-others") else ""
    return prefix + LABELS.get(name, name)


def _share_cells(share: Mapping[str, Any]) -> list[str]:
    interval = f"{percent(share['low'])}–{percent(share['high'])}" if share["n"] else "–"
    return [percent(share["share"]), f"{share['k']}/{share['n']}", interval]


def _suffix(settings: Mapping[str, Any]) -> str:
    parts = ["variants"] if settings.get("variants") else []
    parts += ["others"] if settings.get("reports_path") else []
    return "-".join(parts + ([settings["mode"]] if settings.get("mode", "extractive") != "extractive" else []))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [
        " | ".join(head),
        "|".join("---" for _ in head),
        *(" | ".join(_safe(cell) for cell in row) for row in rows),
    ]
    return "\n".join(f"| {line} |" if not line.startswith("---") else f"|{line}|" for line in lines)


def _safe(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")
