"""The rows of a run as CSV and XLSX, for people who live in spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.runs import Row

_ANSWER_COLUMNS = [
    "Mã",
    "Câu hỏi",
    "Các câu trước",
    "Loại",
    "Nửa",
    "Nhãn",
    "Kết quả",
    "Lỗi",
    "Trả lời",
    "Con số đã nêu",
    "Con số cần có",
    "Từ khóa cần có",
    "Mục đã dẫn",
    "Trang đã dẫn",
    "Chú thích đã dẫn",
    "Đoạn trích",
    "Mục đúng",
    "Dẫn đúng chỗ",
    "Mili giây",
]
_CLAIM_COLUMNS = [
    "Mã",
    "Đoạn văn",
    "Con số",
    "Kết luận đúng",
    "Kết luận",
    "Số trong báo cáo",
    "Chẩn đoán đúng",
    "Chẩn đoán",
    "Đúng",
]
_CLAIM_FIELDS = ("figure", "gold", "given", "report", "gold_why", "why")
_OUTCOMES = {"correct": "đúng", "incorrect": "sai", "refused": "từ chối nhầm", "error": "lỗi chạy"}
_CELL_LIMIT = 32000
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n"}


def answer_table(rows: Sequence[Row]) -> list[list[Any]]:
    """A header line and a line per question of an answers run."""
    return [list(_ANSWER_COLUMNS), *(_answer_line(row) for row in rows)]


def claim_table(rows: Sequence[Row]) -> list[list[Any]]:
    """A header line and a line per figure of a claims run."""
    lines = [
        [row["id"], row["text"], *(figure[name] for name in _CLAIM_FIELDS), _yes(figure["right"])]
        for row in rows
        for figure in row["figures"]
    ]
    return [list(_CLAIM_COLUMNS), *lines]


def retrieval_table(rows: Sequence[Row]) -> list[list[Any]]:
    """A header line and a line per applicable question of a retrieval run."""
    scored = [row for row in rows if row["measures"] is not None]
    names = list(scored[0]["measures"]) if scored else []
    lines = [
        [row["id"], row["question"], row["kind"], row["split"], " ".join(row["relevant"]),
         " ".join(hit["passage"] for hit in row["ranking"]), *row["measures"].values()]
        for row in scored
    ]  # fmt: skip
    return [["Mã", "Câu hỏi", "Loại", "Nửa", "Đoạn đúng", "Đoạn tìm thấy", *names], *lines]


def write_sheets(folder: Path, table: Sequence[Sequence[Any]]) -> None:
    """`rows.csv` (UTF-8 with a mark, as spreadsheet programs expect) and `rows.xlsx` in `folder`."""
    from openpyxl import Workbook  # type: ignore[import-untyped,unused-ignore]
    from openpyxl.styles import Font  # type: ignore[import-untyped,unused-ignore]

    safe = [[_cell(value) for value in line] for line in table]
    with (folder / "rows.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(safe)
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "Kết quả"
    for line in safe:
        sheet.append(line)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    book.save(folder / "rows.xlsx")


def _answer_line(row: Row) -> list[Any]:
    answer = row["answer"]
    citation = (answer.get("citations") or [{}])[0]
    cited = [citation.get(name) or "" for name in ("section", "page", "footnote", "quote")]
    return [
        row["id"], row["question"], " | ".join(row["history"]), row["kind"], row["split"], ", ".join(row["tags"]),
        _OUTCOMES[row["outcome"]], "\n".join(row["faults"]) or row["error"].strip().rpartition("\n")[2],
        answer.get("answer", ""), "; ".join(f"{f['text']} {f['unit']}".strip() for f in answer.get("figures") or ()),
        "; ".join(row["expected"]["figures"]), "; ".join(row["expected"]["keywords"]),
        *cited, "; ".join(place["section"] for place in row["expected"]["places"]),
        _yes(bool(row["citation"] and row["citation"]["first"])), row["ms"],
    ]  # fmt: skip


def _cell(value: object) -> object:
    """A value that no spreadsheet runs as a formula or refuses as a control character."""
    if not isinstance(value, str):
        return value
    text = value.translate(_CONTROL)[:_CELL_LIMIT]
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _yes(value: bool) -> str:
    return "có" if value else "không"
