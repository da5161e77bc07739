"""`python -m index build|search`: build the index, or look at what a search finds."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from corpus import ReportError, load_reports
from corpus.report import REPORTS
from index.faults import IndexFault


class Bars:
    """Progress as bars on stderr, one after the other."""

    def __init__(self) -> None:
        self._label = ""

    def __call__(self, label: str, done: int, total: int) -> None:
        """Shows that `done` of `total` steps of `label` are done."""
        if label != self._label:
            columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
            self._label, self._bar = label, RichProgress(*columns, console=Console(stderr=True))
            self._task = self._bar.add_task(label, total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done)
        if done >= total:
            self._bar.stop()
            self._label = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code (2 after an error, told in one sentence)."""
    options = _parser().parse_args(arguments)
    try:
        return _build(options) if options.command == "build" else _search(options)
    except (IndexFault, ReportError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Chỉ mục tìm kiếm của các báo cáo.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="lệnh")
    build = commands.add_parser("build", help="dựng chỉ mục (bỏ qua nếu không có gì thay đổi)")
    build.add_argument("--force", action="store_true", help="dựng lại từ đầu")
    search = commands.add_parser("search", help="xem các đoạn tìm được cho một câu hỏi")
    search.add_argument("query", metavar="câu-hỏi")
    search.add_argument("--top-k", type=int, default=5, metavar="N", help="số đoạn (mặc định 5)")
    search.add_argument("--report", metavar="MÃ", help="chỉ tìm trong một báo cáo")
    for command in (build, search):
        command.add_argument("--reports", type=Path, default=REPORTS, metavar="THƯ-MỤC", help="thư mục báo cáo")
    return parser


def _build(options: argparse.Namespace) -> int:
    from index.contents import Contents
    from index.embedding import SentenceEncoder
    from index.store import build_store, store_home

    began = time.perf_counter()
    contents, home, bars = Contents.of(load_reports(options.reports)), store_home(), Bars()
    built = build_store(contents, SentenceEncoder(progress=bars), home, bars, force=options.force)
    size = f"{len(contents.reports)} báo cáo, {len(contents.passages)} đoạn, {len(contents.passage_of)} vectơ"
    if built:
        sys.stdout.write(f"Đã dựng chỉ mục: {size}, {time.perf_counter() - began:.1f} giây, ở {home}\n")
    else:
        sys.stdout.write(f"Chỉ mục đã mới nhất: {size}, ở {home}\n")
    return 0


def _search(options: argparse.Namespace) -> int:
    from index.search import Index

    index = Index.open(options.reports, progress=Bars())
    for rank, hit in enumerate(index.search(options.query, max(1, options.top_k), report=options.report), 1):
        passage = hit.passage
        pages = ", ".join(str(page) for page in passage.pages)
        sys.stdout.write(
            f"{rank}. {passage.id} (trang {pages}) điểm {hit.score:.3f}, từ {hit.lexical:.3f}, nghĩa {hit.dense:.3f}\n"
            f"   {passage.heading}\n   {hit.statement.text}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
