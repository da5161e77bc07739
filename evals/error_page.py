"""A page that shows for each failure what was retrieved, what was chosen and what was expected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape

from evals.runs import Row

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
article{border:1px solid #ccc;border-radius:6px;padding:.5rem 1rem;margin:1rem 0}
h2{font-size:1.05rem;margin:.3rem 0}dt{font-weight:600;margin-top:.4rem}dd{margin:0 0 0 1rem;white-space:pre-wrap}
.fault{color:#9b1c1c}code,pre{font-size:.85rem}nav a{margin-right:1rem}
"""


def error_page(title: str, rows: Sequence[Row]) -> str:
    """HTML of the rows that were not won (not applicable ones left out), with every text escaped."""
    failed = [row for row in rows if not row["won"] and row.get("measures", True) is not None]
    body = "".join(_article(row) for row in failed) or "<p>Không có câu nào sai.</p>"
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1>"
        f"<p>{len(failed)} câu chưa đạt trên {len(rows)} câu.</p>{body}</html>\n"
    )


def _article(row: Row) -> str:
    asked = row.get("question") or row.get("text") or ""
    fields = "".join(
        f"<dt>{escape(name)}</dt><dd{' class=fault' if name == 'Lỗi' else ''}>{escape(value)}</dd>"
        for name, value in _fields(row)
        if value
    )
    return f'<article id="{escape(row["id"])}"><h2>{escape(row["id"])}: {escape(asked)}</h2><dl>{fields}</dl></article>'


def _fields(row: Row) -> Iterator[tuple[str, str]]:
    yield "Các câu trước", " | ".join(row.get("history") or ())
    yield "Loại, nhãn", ", ".join([str(row.get("kind", "")), *row["tags"]]).strip(", ")
    yield "Lỗi", "\n".join([*row.get("faults", ()), *_other_faults(row)])
    if "expected" in row:
        expected = row["expected"]
        yield "Cần có", "; ".join(expected["figures"] + expected["keywords"]) or "(từ chối)"
        yield "Chỗ đúng", "\n".join(f"{_place(place)}: {place['quote']}" for place in expected["places"])
    answer = row.get("answer") or {}
    if "answer" in answer:
        yield "Hiểu câu hỏi là", str(answer.get("understood_as") or "")
        yield "Đã trả lời", f"[{answer.get('status')}] {answer['answer']}"
        yield "Con số đã nêu", "; ".join(f"{f.get('text')} {f.get('unit')}" for f in answer.get("figures", ()))
        yield "Đã dẫn", "\n".join(f"[{c.get('n')}] {_place(c)}: {c.get('quote')}" for c in answer.get("citations", ()))
    yield "Đã tìm thấy", "\n".join(_found(row))
    yield "Cần tìm thấy", "\n".join(row.get("relevant", ()))
    for figure in row.get("figures", ()):
        if isinstance(figure, dict) and not figure["right"]:
            yield f"Số “{figure['figure']}”", json.dumps(figure, ensure_ascii=False)
    yield "Vết lỗi", row["error"]


def _other_faults(row: Row) -> Iterator[str]:
    if row.get("untraced"):
        yield f"số không có trong đoạn trích: {', '.join(row['untraced'])}"
    if row.get("extra"):
        yield f"nhận nhầm là con số: {', '.join(row['extra'])}"


def _found(row: Row) -> list[str]:
    if "ranking" in row:
        return [f"{hit['score']:.4f}  {hit['passage']}" for hit in row["ranking"]]
    return [str(passage) for passage in row.get("retrieved", ())]


def _place(place: Row) -> str:
    note = f", chú thích {place['footnote']}" if place.get("footnote") else ""
    return f"{place.get('section')}, trang {place.get('page')}{note}"
