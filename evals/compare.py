"""Two runs question by question: which were won, which lost, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.gold import GoldError
from evals.intervals import mcnemar_exact
from evals.runs import Row, Run


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run B against run A over the questions both have: ids won (only B right) and lost (only A right)."""

    both: int
    neither: int
    won: tuple[str, ...]
    lost: tuple[str, ...]
    only_in_a: int
    only_in_b: int

    @property
    def p(self) -> float:
        """Two-sided p-value of McNemar's exact test."""
        return mcnemar_exact(len(self.won), len(self.lost))


def compare(a: Run, b: Run) -> Comparison:
    """Run `b` against run `a`. Raises `GoldError` if they are of different scripts or share no question."""
    if a.config["script"] != b.config["script"]:
        raise GoldError(f"Không so được hai loại khác nhau: {a.config['script']} và {b.config['script']}.")
    first, second = _by_id(a.rows), _by_id(b.rows)
    shared = [name for name in first if name in second]
    if not shared:
        raise GoldError("Hai lần chạy không có câu nào chung.")
    return Comparison(
        both=sum(first[name]["won"] and second[name]["won"] for name in shared),
        neither=sum(not first[name]["won"] and not second[name]["won"] for name in shared),
        won=tuple(name for name in shared if second[name]["won"] and not first[name]["won"]),
        lost=tuple(name for name in shared if first[name]["won"] and not second[name]["won"]),
        only_in_a=len(first) - len(shared),
        only_in_b=len(second) - len(shared),
    )


def comparison_text(a: Run, b: Run, found: Comparison, details: bool) -> str:
    """The comparison for a reader; `details` adds the text of the questions won and lost (never for the test half)."""
    n = found.both + found.neither + len(found.won) + len(found.lost)
    lines = [
        f"A = {a.folder.name}   B = {b.folder.name}   {n} câu chung",
        f"Cùng đúng {found.both}, cùng sai {found.neither}, B thắng {len(found.won)}, B thua {len(found.lost)}",
        f"Kiểm định McNemar chính xác, hai phía: p = {found.p:.4f}".replace(".", ","),
    ]
    if found.only_in_a or found.only_in_b:
        lines.append(f"Bỏ ra ngoài: {found.only_in_a} câu chỉ có ở A, {found.only_in_b} câu chỉ có ở B")
    rows = _by_id(b.rows)
    for title, names in (("B thắng", found.won), ("B thua", found.lost)):
        lines += [f"{title}:", *(f"  {name}" + (f"  {_asked(rows[name])}" if details else "") for name in names)]
    return "\n".join(lines)


def _by_id(rows: Sequence[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows if row.get("measures", True) is not None}


def _asked(row: Row) -> str:
    return str(row.get("question") or row.get("text") or "")
