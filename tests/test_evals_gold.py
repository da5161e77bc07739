"""A wrong gold line is named by file, line and field."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import evals
from evals.gold import GoldError, Problem
from evals.gold_file import read_claims, read_questions
from evals.gold_set import clean_questions, load_gold
from tests.evals_fakes import CLAIM, FALSE_PREMISE, FIGURE, gold_of, toy_report, write_gold


def problems_of(folder: Path, *lines: dict[str, Any], name: str = "questions-a.jsonl") -> list[str]:
    return [f"{problem.field}: {problem.message}" for problem in gold_of(folder, *lines, name=name).problems]


def evidence(**changes: Any) -> list[dict[str, Any]]:
    return [{**FIGURE["evidence"][0], **changes}]  # type: ignore[index]


def test_right_lines_have_no_problem_and_their_quotes_are_located(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, FIGURE, FALSE_PREMISE)
    assert gold.problems == ()
    assert gold.questions[0].evidence[0].passages == ("xa-mau-2023:P1.I.1:1",)
    assert gold.questions[0].evidence[0].pages == (2,)


def test_a_quote_over_a_page_break_stands_on_both_pages(tmp_path: Path) -> None:
    place = {"section": "P1.I.2", "page": 3, "footnote": None, "quote": "830,0 tỷ đồng, tăng 8,5% so với cùng kỳ"}
    figures = [{"text": "830,0", "unit": "tỷ đồng"}]
    gold = gold_of(tmp_path, {**FIGURE, "figures": figures, "evidence": [place]})
    assert gold.problems == ()
    assert gold.questions[0].evidence[0].pages == (2, 3)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id": ""}, "id: không được để trống"),
        ({"id": "một hai"}, "id: chỉ gồm"),
        ({"question": None}, "question: thiếu trường bắt buộc"),
        ({"question": "  "}, "question: không được để trống"),
        ({"question": 7}, "question: cần một chuỗi"),
        ({"question": unicodedata.normalize("NFD", "Diện tích?")}, "question: chữ chưa ở dạng chuẩn Unicode NFC"),
        ({"kind": "number"}, "kind: “number” không có trong danh sách"),
        ({"split": "train"}, "split: “train” không có trong danh sách"),
        ({"tags": ["vui"]}, "tags: “vui” không có trong danh sách"),
        ({"answerable": "có"}, "answerable: cần true hoặc false"),
        ({"note": "x"}, "note: không phải trường của định dạng này"),
        ({"evidence": []}, "evidence: câu trả lời được phải có"),
        ({"figures": []}, "keywords: phải có từ khóa"),
        ({"figures": [{"text": "nhiều", "unit": ""}]}, "figures[1].text: không thấy số nào"),
        ({"figures": [{"text": "14.793", "unit": "ha"}]}, "figures[1].text: “14.793” không có trong đoạn trích"),
        ({"figures": [{"text": "739", "unit": "ha"}]}, "figures[1].text: “739” không có trong đoạn trích"),
        ({"kind": "derived"}, "figures: con số tính ra phải ghi"),
        ({"kind": "yes_no"}, "says: câu hỏi có/không"),
        ({"history": [{"question": "Hả?"}]}, "kind: câu có history"),
        ({"kind": "followup"}, "kind: câu có history"),
        ({"evidence": evidence(section="P9")}, "evidence[1].section: báo cáo không có chỗ “P9”"),
        ({"evidence": evidence(footnote=2)}, "evidence[1].section: báo cáo không có chỗ “P1.I.1, chú thích 2”"),
        ({"evidence": evidence(quote="ước đạt 14.739 hecta")}, "evidence[1].quote: đoạn trích không có nguyên văn"),
        ({"evidence": evidence(page=3)}, "evidence[1].page: đoạn trích nằm ở trang 2, không phải 3"),
        ({"evidence": evidence(page="2")}, "evidence[1].page: cần một số nguyên dương"),
        ({"report": "khong-co"}, "report: không có báo cáo “khong-co”"),
        ({"answerable": False}, "kind: câu phải từ chối thuộc loại unanswerable"),
        ({"tags": ["abuse"]}, "tags: nhãn của câu phải từ chối"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    assert any(found.startswith(complaint) for found in problems_of(tmp_path, {**FIGURE, **change}))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"tags": []}, "tags: câu phải từ chối cần đúng một nhãn"),
        ({"tags": ["near_miss"]}, "corrects: chỉ dùng cho câu có nhãn false_premise"),
        ({"evidence": []}, "evidence: đính chính phải có"),
        ({"corrects": []}, "keywords: đính chính không có con số"),
        ({"figures": [{"text": "1,5%", "unit": "%"}]}, "figures: câu phải từ chối không có con số"),
    ],
)
def test_a_wrong_refusal_line_is_named(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    assert any(found.startswith(complaint) for found in problems_of(tmp_path, {**FALSE_PREMISE, **change}))


def test_an_id_used_twice_is_named_with_the_first_line(tmp_path: Path) -> None:
    assert problems_of(tmp_path, FIGURE, FIGURE) == ["id: mã “q-1” đã có ở questions-a.jsonl, dòng 1."]


def test_a_section_in_both_halves_is_named(tmp_path: Path) -> None:
    lines = [FIGURE, {**FIGURE, "id": "q-2"}, {**FIGURE, "id": "q-3", "split": "test"}]
    found = gold_of(tmp_path, *lines).problems
    assert [problem.line for problem in found] == [3]
    assert "mục P1.I.1 thuộc nửa “dev”" in found[0].message
    (tmp_path / "split.tsv").write_text("P1.I.1\ttest\n", encoding="utf-8")
    assert [problem.line for problem in gold_of(tmp_path, *lines).problems] == [1, 2]


def test_a_line_that_is_no_json_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_gold(tmp_path, FIGURE)
    path.write_text("{hỏng\n[1]\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    gold = load_gold(path, [toy_report()])
    assert [problem.line for problem in gold.problems] == [1, 2]
    assert len(gold.questions) == 1
    with pytest.raises(GoldError, match=r"questions-a.jsonl, dòng 1, trường “-”: không phải JSON hợp lệ"):
        gold.require()


def test_a_missing_file_and_an_empty_folder_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="Không tìm thấy tệp"):
        load_gold(tmp_path / "my.jsonl", [toy_report()])
    with pytest.raises(GoldError, match="không có tệp questions"):
        load_gold(tmp_path, [toy_report()])


def test_a_keyword_that_is_not_at_the_place_is_a_warning(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, {**FIGURE, "keywords": ["gieo trồng", "mùa vụ|xuân hè"]})
    assert [warning.message for warning in gold.warnings] == ["từ khóa “mùa vụ|xuân hè” không có ở chỗ dẫn chứng."]


def test_a_unit_that_is_not_printed_after_the_number_is_a_warning(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, {**FIGURE, "figures": [{"text": "14.739", "unit": "hecta"}]})
    assert [warning.message for warning in gold.warnings] == [
        "“14.739 hecta” không được in liền như vậy trong đoạn trích."
    ]


def test_the_lines_shown_in_the_documentation_are_of_the_format(tmp_path: Path) -> None:
    page = (Path(evals.__file__).parent / "README.md").read_text(encoding="utf-8")
    question, claim = re.findall(r"```json\n(.*?)\n```", page, re.DOTALL)
    problems: list[Problem] = []
    assert read_questions([write_gold(tmp_path, json.loads(question))], problems)[0].kind == "figure"
    assert len(read_claims([write_gold(tmp_path, json.loads(claim), name="claims.jsonl")], problems)[0].figures) == 2
    assert problems == []


def test_computed_figures_need_their_operands_in_the_quotes(tmp_path: Path) -> None:
    place = {"section": "P1.I.1", "page": 2, "footnote": 1, "quote": "xã Đông 48 ha; xã Tây 52 ha"}
    figure = {"text": "100", "unit": "ha", "derived_from": ["48", "52"]}
    line = {**FIGURE, "kind": "derived", "figures": [figure], "evidence": [place]}
    assert problems_of(tmp_path, line) == []
    figure["derived_from"] = ["48", "53"]
    assert problems_of(tmp_path, line) == ["figures[1].text: “53” không có trong đoạn trích nào của câu này."]


def test_a_claim_on_an_unknown_report_is_a_problem(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, {**CLAIM, "report": "xa-khac-2020"}, name="claims.jsonl")
    assert any("xa-khac-2020" in str(problem) for problem in problems)


def test_claims_are_checked_field_by_field(tmp_path: Path) -> None:
    claim = json.loads(json.dumps(CLAIM))
    gold = load_gold(write_gold(tmp_path, claim, name="claims.jsonl"), [toy_report()])
    assert gold.problems == () and gold.claims[0].figures[0].evidence is not None
    claim["figures"][0]["figure"] = "14.739 ha"
    claim["figures"][1]["why"] = "sai đơn vị"
    claim["figures"][2]["report"] = "7"
    found = problems_of(tmp_path, claim, name="claims.jsonl")
    assert [one.split(":")[0] for one in found] == ["figures[2].why", "figures[3].report", "figures[1].figure"]


def test_a_variant_takes_everything_else_from_its_source(tmp_path: Path) -> None:
    write_gold(tmp_path, FIGURE)
    line = {"id": "q-1~unaccented", "of": "q-1", "variant": "unaccented", "question": "Dien tich?", "history": []}
    write_gold(tmp_path, line, {**line, "id": "q-2~x", "of": "q-2"}, name="variants.jsonl")
    gold = load_gold(tmp_path, [toy_report()])
    assert gold.variants[0].figures == gold.questions[0].figures
    assert gold.variants[0].question == "Dien tich?"
    assert [problem.message for problem in gold.problems] == ["không có câu hỏi “q-2”."]


def test_noisy_questions_are_no_source_of_variants(tmp_path: Path) -> None:
    gold = gold_of(tmp_path, FIGURE, {**FIGURE, "id": "q-2", "tags": ["unaccented"]})
    assert [question.id for question in clean_questions(gold.questions)] == ["q-1"]
