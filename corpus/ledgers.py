"""The ledgers beside a report: corrections of OCR digits, and words and figures that the editors remark on."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from corpus.report import Report, ReportError
from corpus.text import nfc


@dataclass(frozen=True, slots=True)
class Correction:
    """A digit, separator or unit that the transcription restores: as the OCR printed it, as restored, and why."""

    page: int
    ocr: str
    restored: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """An editor's remark on a place of the transcription: a word that stays uncertain, or an apparent slip of the authors."""

    page: int
    kind: str
    words: str
    remark: str


def has_corrections(report: Report) -> bool:
    """Whether a ledger of corrections stands beside the report, as beside every transcription of an OCR text."""
    return report.path.with_suffix(".corrections.tsv").exists()


def corrections(report: Report) -> tuple[Correction, ...]:
    """The corrections ledger of a report, in order; empty where there is none."""
    return tuple(Correction(int(r[0]), r[1], r[2], r[3]) for r in _rows(report.path.with_suffix(".corrections.tsv"), 4))


def remarks(report: Report) -> tuple[Remark, ...]:
    """The editors' remarks on a report, in order; empty where there are none."""
    return tuple(Remark(int(r[0]), r[1], r[2], r[3]) for r in _rows(report.path.with_suffix(".remarks.tsv"), 4))


def _rows(path: Path, columns: int) -> list[list[str]]:
    if not path.exists():
        return []
    try:
        text = nfc(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise ReportError(f"Không đọc được sổ ghi {path.name}.") from None
    rows = [row for row in csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE) if row and not row[0].startswith("#")]
    for number, row in enumerate(rows[1:], 2):
        if len(row) != columns or not row[0].isdigit():
            raise ReportError(f"Dòng {number} của {path.name} phải có {columns} cột, cột đầu là số trang.")
    return rows[1:]
