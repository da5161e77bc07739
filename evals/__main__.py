"""Command line of the evaluation: `python -m evals retrieval | answers | claims | compare | bench | ablation | …`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import ReportError
from evals import commands
from evals.gold import GoldError
from evals.growth import SIZES
from evals.subject import MODES
from evals.variants import SEED
from index import IndexFault


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; prints its report and returns the exit code (2 for a mistake of the user's)."""
    options = _parser().parse_args(arguments)
    try:
        print(options.run(options))
    except (GoldError, ReportError, IndexFault) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m evals", description="Đo chất lượng tìm kiếm, trả lời và đối chiếu.")
    commands_of = parser.add_subparsers(required=True, metavar="LỆNH", parser_class=_Parser)
    for name, run, text in (
        ("retrieval", commands.retrieval, "tìm đúng đoạn: Success@k, Recall@k, MRR, nDCG"),
        ("answers", commands.answers, "trả lời đúng / sai / từ chối / lỗi, chỗ dẫn, số sai"),
        ("claims", commands.claims, "kết luận đối chiếu từng con số"),
    ):
        sub = commands_of.add_parser(name, help=text, description=text)
        _add_scoring(sub, run)
    bench = commands_of.add_parser("bench", help="thời gian dựng, trả lời lần đầu, độ trễ, bộ nhớ")
    bench.add_argument("--limit", type=_positive, help="chỉ hỏi N câu đầu")
    bench.add_argument("--publish", action="store_true", help="ghi kết quả vào evals/results")
    bench.set_defaults(run=commands.bench)
    growth = commands_of.add_parser("growth", help="tìm kiếm nhanh, chậm, tốn bộ nhớ ra sao khi có tới 100.000 đoạn")
    growth.add_argument("--split", choices=("dev", "test", "all"), default="dev", help="nửa nào của bộ câu hỏi")
    growth.add_argument("--sizes", type=_positive, nargs="+", default=SIZES, help="các cỡ, tính bằng số đoạn")
    growth.add_argument("--publish", action="store_true", help="ghi kết quả vào evals/results")
    growth.set_defaults(run=commands.growth)
    ablation = commands_of.add_parser("ablation", help="một bảng so các cách tìm kiếm")
    _add_scoring(ablation, commands.ablation)
    compare = commands_of.add_parser("compare", help="so hai lần chạy, từng câu một (McNemar)")
    compare.add_argument("a", help="lần chạy A (tên hoặc thư mục)")
    compare.add_argument("b", help="lần chạy B")
    compare.set_defaults(run=commands.compare)
    variants = commands_of.add_parser("variants", help="sinh lại evals/gold/variants.jsonl")
    variants.add_argument("--seed", type=int, default=SEED, help="hạt giống ngẫu nhiên")
    variants.set_defaults(run=commands.variants)
    gold = commands_of.add_parser("gold", help="kiểm tra bộ câu hỏi mẫu và đếm")
    _add_source(gold)
    gold.set_defaults(run=commands.gold)
    fit = commands_of.add_parser("fit", help="luyện lại trọng số chọn số liệu từ nửa dev, ghi rag/weights.json")
    fit.add_argument("--only", choices=("confidence",), help="chỉ luyện lại mức tin cậy, ghi rag/confidence.json")
    fit.set_defaults(run=commands.fit)
    report = commands_of.add_parser("report", help="viết lại bảng kết quả trong README.md và evals/RESULTS.md")
    report.set_defaults(run=commands.report)
    return parser


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gold", type=Path, help="tệp .jsonl hoặc thư mục câu hỏi khác")
    parser.add_argument("--reports", type=Path, help="thư mục báo cáo khác mà bộ câu hỏi nói về")


def _add_scoring(parser: argparse.ArgumentParser, run: object) -> None:
    parser.add_argument("--split", choices=("dev", "test", "all"), default="dev", help="nửa nào của bộ câu hỏi")
    _add_source(parser)
    parser.add_argument("--limit", type=_positive, help="chỉ N câu đầu")
    parser.add_argument("--name", help="tên lần chạy (thư mục trong evals/runs)")
    parser.add_argument("--out", type=Path, help="thư mục kết quả thay cho evals/runs")
    parser.add_argument("--mode", choices=MODES, default="extractive", help="có dùng mô hình ngôn ngữ hay không")
    parser.add_argument("--variants", action="store_true", help="chấm các biến thể gõ sai thay cho câu gốc")
    parser.add_argument("--publish", action="store_true", help="ghi bản tóm tắt vào evals/results")
    parser.set_defaults(run=run)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one Vietnamese sentence."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Exit with code 2."""
        self.exit(2, f"Lệnh chưa đúng ({message}). Xem: {self.prog} --help\n")


def _positive(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"cần một số nguyên dương, nhận được {text!r}")
    return number


if __name__ == "__main__":
    sys.exit(main())
