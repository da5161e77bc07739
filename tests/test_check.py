"""The check of a text: figures found, notations, rounding, diagnoses, silence, odd input, the command line."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from corpus.text import fold
from index import Index
from rag import __main__ as command
from rag.assistant import Assistant
from rag.check import check_text
from rag.ground import Ground
from rag.records import MATCH, MISMATCH, NOT_IN_REPORT, Verdict
from tests.fakes import WordCountEncoder, write_sample_report


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    place = tmp_path_factory.mktemp("reports")
    write_sample_report(place)
    return Ground(Index.open(place, home=tmp_path_factory.mktemp("index"), encoder=WordCountEncoder()))


def one(ground: Ground, text: str) -> Verdict:
    figures = check_text(ground, text).figures
    assert len(figures) == 1, figures
    return figures[0]


TRUE_CLAIMS = [
    "Tổng diện tích gieo trồng cả năm 2023 đạt 5.200 ha.",
    "Năng suất lúa cả năm đạt 62,5 tạ/ha.",
    "Sản lượng lương thực đạt 31.000 tấn.",
    "Đàn lợn của huyện có 21.300 con.",
    "Đàn gia cầm có 612.000 con.",
    "Giá trị sản xuất ngành xây dựng đạt 420,5 tỷ đồng.",
    "Huyện đã giải quyết việc làm cho 1.850 lao động.",
    "Toàn huyện có 30/34 trường đạt chuẩn quốc gia.",
]


@pytest.mark.parametrize("text", TRUE_CLAIMS)
def test_a_true_claim_matches_and_cites_its_place(ground: Ground, text: str) -> None:
    verdict = one(ground, text)
    assert verdict.verdict == MATCH
    assert verdict.citation is not None
    assert verdict.report is not None and verdict.report in verdict.citation.quote


def altered(text: str) -> list[str]:
    """The text with each digit of its last figure replaced by another, one at a time (its first one never by 0)."""
    spans = [n for n, char in enumerate(text) if char.isdigit()]
    last = [n for n in spans if n > text.rfind(" ", 0, spans[-1])]
    return [f"{text[:n]}{(int(text[n]) + 3) % 10 or 1}{text[n + 1 :]}" for n in last if str((int(text[n]) + 3) % 10 or 1) != text[n]]


@pytest.mark.parametrize("text", TRUE_CLAIMS)
def test_altering_any_digit_of_a_true_claim_never_yields_a_match(ground: Ground, text: str) -> None:
    for changed in altered(text):
        assert [f.verdict for f in check_text(ground, changed).figures if f.verdict == MATCH] == [], changed


@pytest.mark.parametrize(
    "text",
    [
        "Giá trị sản xuất ngành xây dựng đạt 420.5 tỷ đồng.",
        "Giá trị sản xuất ngành xây dựng đạt 420.500 triệu đồng.",
        "Giá trị sản xuất ngành xây dựng đạt 0,4205 nghìn tỷ đồng.",
        "Tổng diện tích gieo trồng cả năm đạt 5200 ha.",
        "Tổng diện tích gieo trồng cả năm đạt 5 200 ha.",
        "Tổng diện tích gieo trồng cả năm đạt 52.000.000 m2.",
        "Sản lượng lương thực ước đạt 31 nghìn tấn.",
        "Sản lượng lương thực ước đạt ba mươi mốt nghìn tấn.",
        "Đàn lợn có **21.300** con.",
        "Đàn lợn có <b>21.300</b> con 🐷.",
        "Dan lon cua huyen co 21.300 con",
    ],
)
def test_another_notation_of_a_true_figure_matches_without_rounding(ground: Ground, text: str) -> None:
    verdict = one(ground, text)
    assert (verdict.verdict, verdict.rounded) == (MATCH, False)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Đàn lợn có khoảng 21 nghìn con.", MATCH),  # 21.300 to thousands
        ("Đàn lợn có hơn 21 nghìn con.", MATCH),
        ("Đàn lợn có gần 22 nghìn con.", MATCH),  # 21.300 up to the next thousand
        ("Đàn lợn có hơn 22 nghìn con.", MISMATCH),  # hơn 22.000 is not true of 21.300
        ("Đàn lợn có 22 nghìn con.", MISMATCH),
        ("Giá trị sản xuất ngành xây dựng đạt 421 tỷ đồng.", MATCH),  # 420,5 half up
        ("Giá trị sản xuất ngành xây dựng đạt 422 tỷ đồng.", MISMATCH),
    ],
)
def test_a_rounded_figure_matches_only_if_it_is_right_to_its_shown_digits(ground: Ground, text: str, verdict: str) -> None:
    found = one(ground, text)
    assert found.verdict == verdict
    assert found.rounded == (verdict == MATCH)


@pytest.mark.parametrize(
    ("text", "report", "why"),
    [
        ("Tổng diện tích gieo trồng cả năm tăng 1,2% so với năm 2022.", "1,2%", "tăng/giảm ngược chiều"),
        ("Giá trị sản xuất ngành xây dựng đạt 420,5 triệu đồng.", "420,5 tỷ đồng", "sai đơn vị"),
        ("Năng suất lúa cả năm đạt 65,2 tạ/ha.", "62,5 tạ/ha", "đảo chữ số"),
        ("Đàn gia cầm có 21.300 con.", "612.000 con", "số của chỉ tiêu khác"),
        ("Đàn lợn có 19.475 con.", "21.300 con", "khác giá trị"),
    ],
)
def test_a_mismatch_names_the_reports_figure_and_what_went_wrong(ground: Ground, text: str, report: str, why: str) -> None:
    verdict = one(ground, text)
    assert (verdict.verdict, verdict.report, verdict.why) == (MISMATCH, report, why)


@pytest.mark.parametrize(
    "text",
    [
        "Số ca sốt xuất huyết là 612 ca.",
        "Thu phạt giao thông 420,5 tỷ đồng.",
        "Năm 2019 đàn lợn của huyện có 21.300 con.",
        "Xã Đông Quan thuộc huyện Khác có 1.850 hộ dân tộc thiểu số.",
    ],
)
def test_what_the_report_is_silent_on_is_not_judged(ground: Ground, text: str) -> None:
    verdict = one(ground, text)
    assert (verdict.verdict, verdict.report, verdict.citation) == (NOT_IN_REPORT, None, None)


def test_every_figure_is_found_and_copied_with_its_unit(ground: Ground) -> None:
    text = "Đàn lợn có 21.300 con, tăng 3,4%; một nửa số hộ nuôi lợn, hai phần ba số xã có trang trại, ba trường mới."
    figures = check_text(ground, text).figures
    assert [f.figure for f in figures] == ["21.300 con", "3,4%", "một nửa", "hai phần ba", "ba trường"]
    assert all(text[f.start : f.end] == f.figure for f in figures)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 05/12/2023, theo Nghị quyết số 57-NQ/TW và Nghị định 03/2019/NĐ-CP.",
        "Trong 6 tháng đầu năm, dịp lễ 30/4, trên quốc lộ 37 và đường tỉnh 392.",
        "Một số xã, con thứ ba, cấp ba, năm qua, suốt năm năm liền.",
        "",
        "   \n\n ",
        "🙂🙂 !!! ???",
        "<p><br/></p>",
    ],
)
def test_dates_documents_roads_and_articles_are_no_figures(ground: Ground, text: str) -> None:
    assert check_text(ground, text).figures == ()


def test_decomposed_text_gives_the_verdicts_of_composed_text(ground: Ground) -> None:
    text = "Đàn lợn của huyện có 21.300 con; giá trị sản xuất ngành xây dựng đạt 999 tỷ đồng."
    composed, decomposed = (check_text(ground, unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert [f.to_json() for f in composed.figures] == [f.to_json() for f in decomposed.figures]


def test_marks_and_capitals_do_not_change_a_verdict(ground: Ground) -> None:
    for text in TRUE_CLAIMS[1:6]:
        assert one(ground, fold(text)).verdict == one(ground, text).verdict == MATCH


def test_a_page_is_checked_whole_and_a_very_long_text_does_not_hang(ground: Ground) -> None:
    assert len(check_text(ground, " ".join(TRUE_CLAIMS * 4)).figures) == 32
    long = ("Lễ hội đông vui, bà con phấn khởi. " * 2800) + TRUE_CLAIMS[3]
    assert [f.verdict for f in check_text(ground, long).figures] == [MATCH]


def test_an_unknown_report_is_refused_with_the_known_ones(ground: Ground) -> None:
    with pytest.raises(ValueError, match="mau-2023"):
        check_text(ground, "Đàn lợn có 21.300 con.", report_id="khac-2020")


def test_the_place_or_year_named_in_the_text_chooses_among_reports(tmp_path: Path) -> None:
    write_sample_report(tmp_path / "r")
    other = write_sample_report(tmp_path / "r", "khac-2022")
    text = other.read_text(encoding="utf-8").replace("huyện Mẫu", "huyện Khác").replace("year: 2023", "year: 2022").replace("21.300", "18.750")
    other.write_text(text, encoding="utf-8")
    ground = Ground(Index.open(tmp_path / "r", home=tmp_path / "i", encoder=WordCountEncoder()))
    for said, report in (("huyện Khác", "khac-2022"), ("huyện Mẫu", "mau-2023")):
        verdict = one(ground, f"Đàn lợn của {said} có 18.750 con.")
        assert verdict.citation is not None and verdict.citation.report == report
        assert verdict.verdict == (MATCH if report == "khac-2022" else MISMATCH)
    unnamed = one(ground, "Đàn lợn có 18.750 con.")
    assert unnamed.verdict in (MATCH, MISMATCH)


def test_the_command_prints_json_and_runs_a_batch(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Assistant, "load", lambda: Assistant(ground.index))
    assert command.main(["check", "Đàn lợn có 21.300 con.", "--json"]) == 0
    figure = json.loads(capsys.readouterr().out)["figures"][0]
    assert {"figure", "verdict", "report", "why", "rounded", "citation"} <= figure.keys()
    batch, out = tmp_path / "c.jsonl", tmp_path / "v.jsonl"
    batch.write_text(json.dumps({"id": "a", "text": TRUE_CLAIMS[0]}) + "\n" + json.dumps({"id": "b", "text": ""}) + "\n", encoding="utf-8")
    assert command.main(["check", "--batch", str(batch), "--out", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], len(row["figures"])) for row in rows] == [("a", 1), ("b", 0)]
