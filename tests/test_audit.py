"""The audit of the report's own arithmetic: findings verified by hand, what must be found, and what must not."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from corpus.__main__ import main
from corpus.audit import AuditResult, Finding, audit, audit_lines, findings_at
from corpus.audit.material import Material
from corpus.audit.rates import Share
from corpus.audit.relations import Sum
from corpus.audit.shares import share_checks
from corpus.audit.totals import total_checks
from corpus.passages import build_passages
from corpus.report import REPORTS, Report, load_reports, parse_report

REPORT = load_reports()[0]
RESULT = audit(REPORT)
LEDGER = REPORTS / f"{REPORT.id}.audit.tsv"
REAL, FALSE_ALARM = "thật", "báo nhầm"


def report_of(text: str, *, places: str = "") -> Report:
    front = f"---\nid: nho-2023\nyear: 2023\nplan_year: 2024\nplace: huyện Nhỏ\nplaces: [{places}]\n---\n\n"
    return parse_report(f"{front}# I. Kết quả năm 2023\n\n{text}\n", Path("nho-2023.md"))


def findings(text: str, *, places: str = "") -> tuple[Finding, ...]:
    return audit(report_of(text, places=places)).findings


def one(kind: str, page: int, footnote: int | None = None) -> Finding:
    (found,) = [f for f in RESULT.findings if f.kind == kind and any((p.page, p.footnote) == (page, footnote) for p in f.places)]
    return found


def test_every_finding_was_verified_by_hand_and_nine_in_ten_are_real() -> None:
    verdicts = {row[0]: row[2] for row in _ledger()}
    assert list(verdicts) == [finding.id for finding in RESULT.findings]
    assert set(verdicts.values()) <= {REAL, FALSE_ALARM}
    assert list(verdicts.values()).count(REAL) / len(verdicts) >= 0.9


def _ledger() -> list[list[str]]:
    lines = LEDGER.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "finding\tpage\tverdict\tnote"
    rows = [line.split("\t") for line in lines[1:]]
    pages = {finding.id: str(finding.places[0].page) for finding in RESULT.findings}
    assert all(len(row) == 4 and row[3] and pages.get(row[0]) == row[1] for row in rows)
    return rows


def test_what_adds_up_is_counted_too() -> None:
    assert RESULT.checks - RESULT.holding == len(RESULT.findings)
    assert RESULT.holding >= 100
    assert RESULT.summary == f"{RESULT.holding}/{RESULT.checks} phép kiểm khớp"


def test_parts_against_a_total_across_a_footnote_and_its_mark() -> None:
    found = one("total", 7)
    assert found.computation == "310 + 21 + 22 + 20 + 02 + 01 + 09 = 385 hồ sơ ≠ 382 hồ sơ"
    assert (found.gap, found.certainty) == ("3 hồ sơ", "chắc")
    assert [(p.section, p.page, p.footnote) for p in found.places] == [("P1.I.5", 7, None), ("P1.I.5", 7, 13)]
    assert found.places[0].quote == "Tiếp nhận 382 hồ sơ đề nghị giải quyết TTHC về đất đai, môi trường, chính sách thuế."


def test_a_total_that_left_one_part_out_says_which() -> None:
    found = one("total", 10, 19)
    assert found.gap == "255 suất quà"
    assert found.reading == "Nếu tổng chưa tính 255 suất (quà huyện) thì các khoản còn lại cộng đúng 22.256 suất quà."


def test_a_share_against_its_numbers_says_which_digits_were_swapped() -> None:
    found = next(f for f in RESULT.findings if f.kind == "share" and f.certainty == "chắc")
    assert found.computation == "437 : 569 = 76,8% ≠ 83%"
    assert found.gap == "6,2 điểm %"
    assert "“437 việc” là “473 việc”" in found.reading


def test_a_unit_out_of_line_says_the_reading_that_makes_the_sum() -> None:
    found = one("unit", 16, 37)
    assert found.gap == "995,004 km"
    assert "“996 km” là “996 m”" in found.reading
    assert "= 40,531 km" in found.reading


def test_dates_that_cannot_be() -> None:
    found = one("date", 26)
    assert "tháng 3/2023" in found.question
    assert "Có phải là tháng 3/2024?" in found.question


def test_findings_are_worded_as_questions_to_the_authors() -> None:
    for finding in RESULT.findings:
        assert finding.question.endswith("?") or finding.question.endswith(("Đề nghị cho biết số nào đúng.", "Đề nghị cho biết ngày đúng."))
        assert not any(word in finding.question.lower() for word in ("lỗi", "cẩu thả", "bịa", "gian"))


def test_quotes_are_verbatim_and_stand_on_their_page() -> None:
    passages = {passage.id: passage for passage in build_passages(REPORT)}
    for finding in RESULT.findings:
        assert finding.places
        for place in finding.places:
            passage = passages[place.passage]
            assert passage.text[place.start : place.end] == place.quote
            assert (place.section, place.footnote) == (passage.section, passage.footnote)
            assert place.page in passage.pages


def test_the_findings_of_a_passage() -> None:
    assert [f.kind for f in findings_at(RESULT, "thanh-mien-2023:P1.I.5:fn13")] == ["total", "date"]
    assert findings_at(RESULT, "thanh-mien-2023:P1.I.6:9") == []


@pytest.mark.parametrize(
    "text",
    [
        "Tổng sản lượng 81,4 tỷ đồng, trong đó huyện 40,7 tỷ đồng, xã 40,6 tỷ đồng.",  # rounded to one decimal
        "Có 48/52 trường đạt chuẩn, đạt 92,3%.",  # 92,307…
        "Đã thực hiện 40,531 km, đạt 77,06% kế hoạch (kế hoạch 52,592 km).",  # 77,067: cut off, not rounded
        "Tổng kinh phí trên 81,381 tỷ đồng, trong đó huyện 17 tỷ đồng, xã trên 64,380 tỷ đồng.",
        "Diện tích 2.604.315,77m² (trên 260,431 ha).",
        "Xử phạt 1.221 trường hợp, trong đó có 275 trường hợp nồng độ cồn, 262 trường hợp tốc độ.",  # names some only
        "Phạt nồng độ cồn 638 trường hợp[^1].\n\n[^1]: Trong đó tước giấy phép lái xe 214 trường hợp, tạm giữ 601 phương tiện.",
        "Tuyến đường huyện dài 12,5 km; tổng số hộ 3.120 hộ; năm 2022 có 3.050 hộ.",
    ],
)
def test_rounding_and_partial_lists_are_no_findings(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "gap"),
    [
        ("Tổng đàn 385 con, gồm: bò 120 con, trâu 162 con, dê 113 con.", "total", "10 con"),
        ("Tổng số đơn khiếu nại, tố cáo là 53 đơn (trong đó đơn khiếu nại là 12 đơn, đơn tố cáo là 14 đơn).", "total", "27 đơn"),
        ("Sản lượng lương thực 17.415 tấn, trong đó sản lượng ngô 18.236 tấn, sản lượng thóc 9.179 tấn.", "total", "10.000 tấn"),
        ("Mở rộng 40 ha, gồm: vùng A 5 ha, vùng B 4 ha, vùng C 8 ha, vùng D 8 ha, vùng E 4 ha, vùng G 4 ha, vùng H 4 ha.", "total", "3 ha"),
        ("Có 48/52 trường đạt chuẩn (95,3%).", "share", "2,99 điểm %"),
        ("Có 17/25 trường đạt chuẩn, tỷ lệ 86,0%.", "share", "18 điểm %"),
        ("Xảy ra 14 vụ (giảm 05 vụ = 36,3%).", "change", "9,98 điểm %"),
        ("Đã thực hiện 40,531 km, đạt 67,06% kế hoạch (kế hoạch 52,592 km).", "plan", "10,007 điểm %"),
        ("Diện tích 2.604.315,77m² (trên 206,431 ha).", "repeat", "54,000577 ha"),
        ("Cơ cấu lao động: nông nghiệp 23,9%; công nghiệp 51,1%; dịch vụ 35%.", "total", "10 điểm %"),
        ("Có 4 xã (An Bình, Bình Minh, Cẩm La) đạt chuẩn.", "count", "1 xã"),
        ("Kết quả từ ngày 15/12/2023 đến ngày 08/11/2023.", "date", ""),
        ("Nghị định số 62/2020/NĐ-CP ngày 01/6/2021 được triển khai.", "date", ""),
        ("Họp ngày 31/02/2023 tại huyện.", "date", ""),
    ],
)
def test_what_does_not_add_up_is_found(text: str, kind: str, gap: str) -> None:
    (found,) = findings(text, places="An Bình, Bình Minh, Cẩm La, Dương Xá")
    assert (found.kind, found.gap) == (kind, gap)


def test_altering_a_figure_that_sums_and_shares_of_the_report_bind_is_found() -> None:
    """A seeded sample of the figures of two digits or more; the first digit becomes another."""
    material = Material(REPORT)
    held = [check for rule in (total_checks, share_checks) for check in rule(material) if check.holds and isinstance(check.relation, (Sum, Share))]
    bound = {figure.id: figure for check in held for figure in check.operands}
    chosen = [figure for _, figure in sorted(bound.items()) if len(figure.text) > 1 and figure.text[0] in "123456789"]
    assert len(chosen) > 150
    sample = random.Random(2023).sample(chosen, 16)
    known = {(finding.kind, finding.places[0].passage, finding.gap) for finding in RESULT.findings}
    missed = []
    for figure in sample:
        start, end = figure.source
        digit = REPORT.raw[start]
        altered = REPORT.raw[:start] + str(int(digit) % 9 + 1) + REPORT.raw[start + 1 : end] + REPORT.raw[end:]
        found = {(f.kind, f.places[0].passage, f.gap) for f in audit(parse_report(altered, REPORT.path)).findings}
        if not found - known:
            missed.append(f"{figure.printed} ({figure.passage})")
    assert len(missed) <= 1, missed


def test_one_quantity_at_two_places() -> None:
    text = "Tổng thu ngân sách nhà nước ước đạt 338,1 tỷ đồng.\n\n# II. Tài chính năm 2023\n\nTổng thu ngân sách nhà nước ước đạt {} tỷ đồng."
    assert findings(text.format("338,116")) == ()  # rounded in the one place
    assert findings(text.format("712,6")) == ()  # too far apart to be one quantity: nothing says that it is
    (found,) = findings(text.format("383,1"))
    assert found.computation == "338,1 tỷ đồng ≠ 383,1 tỷ đồng"
    assert [place.section for place in found.places] == ["II", "I"]


def test_a_report_without_figures_has_no_findings() -> None:
    result = audit(report_of("Không có số liệu."))
    assert (result.checks, result.holding, result.findings) == (0, 0, ())


def test_the_audit_is_computed_once_for_each_text() -> None:
    changed = report_of("Tổng đàn 385 con, gồm: bò 120 con, trâu 162 con, dê 113 con.")
    assert audit(changed) is audit(report_of("Tổng đàn 385 con, gồm: bò 120 con, trâu 162 con, dê 113 con."))
    assert audit(changed) is not audit(report_of("Tổng đàn 395 con, gồm: bò 120 con, trâu 162 con, dê 113 con."))


def test_the_command_prints_the_findings_and_how_many_checks_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines() == list(audit_lines(RESULT))
    assert out.startswith(f"thanh-mien-2023: {RESULT.summary}; {len(RESULT.findings)} chỗ cần hỏi lại cơ quan soạn báo cáo.")


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["checks"], told["holding"]) == (RESULT.checks, RESULT.holding)
    assert [row["id"] for row in told["findings"]] == [finding.id for finding in RESULT.findings]
    first = told["findings"][0]
    assert {"report", "question", "computation", "gap", "certainty", "reading", "places"} <= set(first)
    assert {"section", "page", "footnote", "quote"} <= set(first["places"][0])


def test_results_read_back_as_plain_values() -> None:
    assert isinstance(RESULT, AuditResult)
    assert json.loads(json.dumps(RESULT.to_json(), ensure_ascii=False))["summary"] == RESULT.summary
