"""`python -m corpus verify|figures|audit`: the report, proved, listed and checked against itself."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from corpus.add.command import COMMANDS, add_parsers
from corpus.audit import audit, audit_lines
from corpus.figures import Figure, read_figures
from corpus.ledgers import has_corrections
from corpus.passages import build_passages
from corpus.report import REPORTS, Report, ReportError, load_reports
from corpus.verify import RAW, raw_text, verify


def main(argv: list[str] | None = None) -> int:
    """Runs the command; returns the exit code (1: a difference was found, 2: input that cannot be used)."""
    args = _parser().parse_args(argv)
    try:
        reports = [] if args.command in COMMANDS else load_reports(args.reports)
        if args.report:
            reports = [report for report in reports if report.id == args.report]
            if not reports:
                raise ReportError(f"Không có báo cáo mang mã {args.report}.")
        return int(args.run(args, reports))
    except BrokenPipeError:
        return 0
    except (ReportError, OSError) as error:
        print(error if isinstance(error, ReportError) else f"Không đọc được {error.filename}: {error.strerror}.", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Báo cáo: kiểm chứng bản chép, liệt kê số liệu, tự kiểm số học.")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="thư mục báo cáo")
    parser.add_argument("--report", help="chỉ một báo cáo, theo mã")
    commands = parser.add_subparsers(dest="command", required=True)
    proof = commands.add_parser("verify", help="đối chiếu bản chép với bản OCR, từng trang")
    proof.add_argument("--raw", type=Path, default=RAW, help="thư mục bản OCR")
    proof.set_defaults(run=_verify)
    listing = commands.add_parser("figures", help="mọi số liệu của báo cáo")
    listing.add_argument("--format", choices=("csv", "json"), default="csv")
    listing.set_defaults(run=_figures)
    check = commands.add_parser("audit", help="số học trong chính báo cáo: chỗ chưa khớp, nêu thành câu hỏi")
    check.add_argument("--json", action="store_true", help="in ra JSON")
    check.set_defaults(run=_audit)
    add_parsers(commands)
    return parser


def _verify(args: argparse.Namespace, reports: list[Report]) -> int:
    """Proves every report that has an OCR original; a transcription (it has a ledger of corrections) without one gives exit code 2."""
    faulty, without = 0, []
    for report in reports:
        raw = raw_text(report, args.raw)
        if raw is None and has_corrections(report):
            without.append(report.id)
        if raw is None:
            print(f"{report.id}: không có bản OCR, không có gì để đối chiếu.")
            continue
        for proof in verify(report, raw):
            faulty += bool(proof.faults)
            name = f"trang {proof.page:2d}" if proof.page else "cấu trúc"
            state = "ĐẠT" if not proof.faults else "KHÁC"
            counts = f"{proof.words} từ, {proof.digits} số trùng, {proof.corrected} số hiệu đính, chữ trùng {proof.letters_equal:.1%}"
            print(f"{report.id} {name}: {state}  {counts}")
            for fault in proof.faults:
                print(f"    {fault}")
    if without:
        print(f"Không đối chiếu được {', '.join(without)}: thiếu bản OCR (tệp .txt cùng mã) trong thư mục {args.raw}.", file=sys.stderr)
    return 1 if faulty else 2 if without else 0


def _figures(args: argparse.Namespace, reports: list[Report]) -> int:
    rows = [figure_row(figure) for report in reports for figure in read_figures(build_passages(report), report)]
    if args.format == "json":
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["id"])
    writer.writeheader()
    writer.writerows(rows)
    return 0


def _audit(args: argparse.Namespace, reports: list[Report]) -> int:
    """The findings are questions, no failures: the exit code is 0."""
    results = [audit(report) for report in reports]
    if args.json:
        rows = [result.to_json() for result in results]
        findings = [{"report": row["report"], **finding} for row in rows for finding in row.pop("findings")]
        totals = {"checks": sum(one.checks for one in results), "holding": sum(one.holding for one in results)}
        json.dump({**totals, "findings": findings, "reports": rows}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for result in results:
        print("\n".join(audit_lines(result)))
    return 0


def figure_row(figure: Figure) -> dict[str, Any]:
    """One figure as a flat row of plain values."""
    quantity = figure.quantity
    return {
        "id": figure.id,
        "report": figure.report,
        "section": figure.section,
        "page": figure.page,
        "footnote": figure.footnote,
        "text": figure.text,
        "unit": figure.unit,
        "value": str(quantity.value),
        "high": None if quantity.high is None else str(quantity.high),
        "of": None if quantity.of is None else str(quantity.of),
        "qualifier": quantity.qualifier,
        "subject": figure.subject,
        "kind": figure.kind,
        "direction": figure.direction,
        "versus": figure.versus,
        "year": figure.period.year,
        "period": figure.period.status,
        "place": figure.place,
        "base": figure.base,
        "whole": figure.whole,
        "start": figure.source[0],
        "end": figure.source[1],
    }


if __name__ == "__main__":
    raise SystemExit(main())
