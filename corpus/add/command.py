"""`python -m corpus add FILE` and `python -m corpus review ID`: a new report, from a file to a reviewed one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.add.draft import Draft, draft_from_file
from corpus.add.shelf import mark_reviewed, save_draft
from corpus.figures import read_figures
from corpus.passages import build_passages

COMMANDS = ("add", "review")
_FIELDS = {
    "id": "mã",
    "title": "tên báo cáo",
    "body": "cơ quan",
    "place": "địa phương",
    "province": "tỉnh, thành phố",
    "year": "năm",
    "plan_year": "năm kế hoạch",
    "session": "kỳ họp",
    "date": "ngày ký",
    "places": "xã, phường, thị trấn",
}


def add_parsers(commands: Any) -> None:
    """Adds the two commands to the command line of `python -m corpus`."""
    add: argparse.ArgumentParser = commands.add_parser("add", help="thêm một báo cáo từ tệp TXT, Markdown, DOCX, PDF hoặc ảnh quét")
    add.add_argument("file", type=Path, metavar="TỆP")
    add.add_argument("--id", dest="new_id", metavar="MÃ", help="mã của báo cáo (mặc định: tên địa phương và năm)")
    add.add_argument("--year", type=int, metavar="NĂM", help="năm của báo cáo, khi không đoán được")
    add.add_argument("--place", metavar="ĐỊA-PHƯƠNG", help="địa phương của báo cáo (“huyện …”), khi không đoán được")
    add.add_argument("--replace", action="store_true", help="thay báo cáo đang mang mã này")
    add.add_argument("--reports", type=Path, default=argparse.SUPPRESS, metavar="THƯ-MỤC", help="thư mục báo cáo")
    add.set_defaults(run=_add)
    review: argparse.ArgumentParser = commands.add_parser("review", help="đánh dấu một báo cáo là đã có người soát")
    review.add_argument("reviewed_id", metavar="MÃ")
    review.add_argument("--reports", type=Path, default=argparse.SUPPRESS, metavar="THƯ-MỤC", help="thư mục báo cáo")
    review.set_defaults(run=_review)


def _add(args: argparse.Namespace, _reports: object) -> int:
    draft = draft_from_file(args.file, args.new_id, year=args.year, place=args.place, progress=_progress)
    path = save_draft(draft, args.reports, args.replace)
    sys.stdout.write("\n".join(summary(draft, path)) + "\n")
    return 0


def _review(args: argparse.Namespace, _reports: object) -> int:
    report = mark_reviewed(args.reviewed_id, args.reports)
    sys.stdout.write(f"Báo cáo {report.id} đã được đánh dấu là đã soát: {report.path}\n")
    return 0


def summary(draft: Draft, path: Path) -> list[str]:
    """What was made, what was guessed and what to look at, line by line."""
    report = draft.report
    passages = build_passages(report)
    figures = len(read_figures(passages, report))
    lines = [f"Đã lập bản nháp {path}", "Đoán từ văn bản, hãy kiểm tra:"]
    for name, label in _FIELDS.items():
        value = draft.front.get(name)
        shown = ", ".join(value) if isinstance(value, list) else value
        lines.append(f"  {label}: {shown or ('chưa rõ, hãy điền' if name in draft.missing else 'không có')}")
    lines.append(
        f"Gồm {len(draft.pages)} trang, {draft.headings} đề mục, {len(report.paragraphs)} đoạn, {len(report.footnotes)} chú thích, "
        f"{draft.tables} bảng, {figures} số liệu, {len(passages)} đoạn trích dẫn được."
    )
    if draft.remarks:
        lines.append("Cần chú ý khi soát:")
        lines += [f"  - {str(remark)[:1].upper()}{str(remark)[1:]}" for remark in draft.remarks]
    lines.append(f"Bản nháp chưa được soát. Soát xong, chạy: python -m corpus review {draft.id}; rồi: python -m index build")
    return lines


def _show(label: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r{label}: {done}/{total} trang" + ("\n" if done == total else ""))
    sys.stderr.flush()


_progress: Callable[[str, int, int], None] | None = _show if sys.stderr.isatty() else None
