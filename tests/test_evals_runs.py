"""Runs: every question counts, rows and summaries agree, two runs compare, pages and sheets show what happened."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import Any

import pytest

from evals.answers import run_answers, summarize_answers
from evals.claims import run_claims, summarize_claims
from evals.compare import compare, comparison_text
from evals.error_page import error_page
from evals.gates import failures, read_gates
from evals.gold import GoldError
from evals.gold_check import Places
from evals.retrieval import run_retrieval, summarize_retrieval, trec_lines
from evals.runs import Run, read_run, run_folder, write_run
from evals.sheets import answer_table, claim_table, retrieval_table, write_sheets
from evals.slips import VARIANTS, telex_keys
from evals.variants import make_variants
from tests.evals_fakes import CLAIM, FALSE_PREMISE, FIGURE, FakeAssistant, gold_of, refusal, reply_json, toy_report

GOOD = reply_json("Diện tích gieo trồng ước đạt 14.739 ha [1].", [("14.739", "ha")])
WRONG = reply_json("Diện tích gieo trồng ước đạt 103,4% [1].", [("103,4%", "%")])
PLACES = Places([toy_report()])
LINES = [
    FIGURE,
    {**FIGURE, "id": "q-2", "question": "Còn đây?"},
    {**FIGURE, "id": "q-3", "question": "Hỏng?"},
    {**FIGURE, "id": "q-4", "question": "Từ chối?"},
    FALSE_PREMISE,
]
ANSWERS: dict[str, dict[str, Any]] = {str(FIGURE["question"]): GOOD, "Còn đây?": WRONG, "Hỏng?": {}}


def answer_rows(folder: Path, answers: dict[str, dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    questions = gold_of(folder, *LINES).require().questions
    return run_answers(questions, FakeAssistant(ANSWERS if answers is None else answers), PLACES)


def test_every_question_counts_and_a_crash_is_an_error_with_its_trace(tmp_path: Path) -> None:
    rows = answer_rows(tmp_path)
    assert [row["outcome"] for row in rows] == ["correct", "incorrect", "error", "refused", "correct"]
    assert "RuntimeError: máy hỏng" in rows[2]["error"]
    summary = summarize_answers(rows, "dev")
    measures = summary["measures"]
    assert (measures["correct"]["k"], measures["correct"]["n"]) == (1, 4)
    assert (measures["refused_right"]["k"], measures["refused_right"]["n"]) == (1, 1)
    assert (measures["false_refusal"]["k"], measures["wrong_figure"]["k"], measures["wrong_figure"]["n"]) == (1, 1, 5)
    assert (measures["error"]["k"], measures["error"]["n"]) == (1, 5)
    assert (measures["citation_first"]["k"], measures["citation_first"]["n"]) == (1, 1)
    assert summary["outcomes"]["answerable"] == {"correct": 1, "incorrect": 1, "refused": 1, "error": 1}
    assert summary["by_refusal"]["false_premise"]["n"] == 1


def test_the_assistant_is_asked_with_the_earlier_turns(tmp_path: Path) -> None:
    line = {**FIGURE, "kind": "followup", "history": [{"question": "Một?"}, {"question": "Hai?"}]}
    assistant = FakeAssistant()
    run_answers(gold_of(tmp_path, line).require().questions, assistant, PLACES)
    assert assistant.asked == [(FIGURE["question"], ("Một?", "Hai?"))]


def test_a_quote_that_is_not_in_the_report_is_noticed(tmp_path: Path) -> None:
    invented = reply_json("Đạt 14.739 ha [1].", [("14.739", "ha")])
    invented["citations"][0]["quote"] = "Diện tích ước đạt 14.739 ha"
    rows = answer_rows(tmp_path, {str(FIGURE["question"]): invented})
    assert rows[0]["unquoted"] == ["Diện tích ước đạt 14.739 ha"]
    assert summarize_answers(rows, "dev")["measures"]["quotes_verbatim"]["k"] == 0


def verdicts(text: str) -> list[dict[str, Any]]:
    evidence = {**FIGURE["evidence"][0], "report": "xa-mau-2023"}  # type: ignore[index]
    area = {"figure": "14.793 ha", "verdict": "match", "report": "14.739 ha", "why": None, "citation": evidence}
    growth = {
        "figure": "1,5%",
        "verdict": "match",
        "report": "1,5%",
        "why": None,
        "rounded": False,
        "citation": evidence,
    }
    return [area, growth]


def test_a_wrong_figure_called_a_match_and_a_missed_figure_are_counted(tmp_path: Path) -> None:
    claims = gold_of(tmp_path, CLAIM, name="claims.jsonl").require().claims
    rows = run_claims(claims, FakeAssistant(verdicts=verdicts))
    assert [figure["right"] for figure in rows[0]["figures"]] == [False, True, False]
    measures = summarize_claims(rows, "dev")["measures"]
    assert (measures["verdict"]["k"], measures["verdict"]["n"]) == (1, 3)
    assert (measures["called_match"]["k"], measures["called_match"]["n"]) == (1, 2)
    assert (measures["missed"]["k"], measures["missed"]["n"]) == (1, 3)
    assert measures["citation"]["k"] == 1
    assert len(claim_table(rows)) == 4


def test_a_claim_is_judged_against_the_report_that_its_line_names(tmp_path: Path) -> None:
    assistant = FakeAssistant()
    run_claims(gold_of(tmp_path, CLAIM, name="claims.jsonl").require().claims, assistant)
    assert assistant.checked == [(CLAIM["text"], "xa-mau-2023")]


def test_a_check_that_crashes_has_no_verdict_right(tmp_path: Path) -> None:
    claims = gold_of(tmp_path, CLAIM, name="claims.jsonl").require().claims
    rows = run_claims(claims, FakeAssistant(verdicts=lambda text: [{"verdict": "match"}]))
    assert rows[0]["error"] and summarize_claims(rows, "dev")["measures"]["verdict"]["k"] == 0


def test_retrieval_scores_the_passage_of_the_quote_and_leaves_out_what_has_none(tmp_path: Path) -> None:
    questions = gold_of(tmp_path, *LINES[:3], FALSE_PREMISE).require().questions

    def search(question: Any, top_k: int) -> list[tuple[str, float]]:
        if question.question == "Hỏng?":
            raise RuntimeError("máy hỏng")
        ranked = ["xa-mau-2023:P1.I.2:1", "xa-mau-2023:P1.I.1:1"]
        return [(passage, 1.0) for passage in (ranked if question.id == "q-2" else reversed(ranked))]

    rows = run_retrieval(questions, search)
    assert [row["won"] for row in rows] == [True, False, False, False]
    summary = summarize_retrieval(rows, "dev")
    assert (summary["n"], summary["not_applicable"], summary["errors"]) == (3, 1, 1)
    assert summary["means"]["RR@10"] == 0.5  # (1 + 1/2 + 0) / 3
    qrels, run = trec_lines(rows, "thu")
    assert qrels.splitlines()[0] == "q-1 0 xa-mau-2023:P1.I.1:1 1"
    assert run.splitlines()[0] == "q-1 Q0 xa-mau-2023:P1.I.1:1 1 1.000000 thu"
    assert len(retrieval_table(rows)) == 4


def stored(folder: Path, rows: list[dict[str, Any]], split: str = "dev") -> Run:
    folder = run_folder("answers", split, "lan-chay", folder)
    write_run(folder, {"script": "answers", "split": split}, rows, summarize_answers(rows, split))
    return read_run(str(folder))


def test_two_runs_compare_question_by_question(tmp_path: Path) -> None:
    a = stored(tmp_path / "a", answer_rows(tmp_path))
    b = stored(tmp_path / "b", answer_rows(tmp_path, {**ANSWERS, "Còn đây?": GOOD, str(FIGURE["question"]): WRONG}))
    found = compare(a, b)
    assert (found.won, found.lost, found.both, found.neither, found.p) == (("q-2",), ("q-1",), 1, 2, 1.0)
    assert "Còn đây?" in comparison_text(a, b, found, details=True)
    assert "Còn đây?" not in comparison_text(a, b, found, details=False)


def test_runs_of_different_scripts_do_not_compare(tmp_path: Path) -> None:
    run = stored(tmp_path / "a", answer_rows(tmp_path))
    other = Run(run.folder, {"script": "claims"}, run.rows, {})
    with pytest.raises(GoldError, match="Không so được"):
        compare(run, other)
    with pytest.raises(GoldError, match="Không tìm thấy lần chạy"):
        read_run(str(tmp_path / "khong-co"))


def test_the_page_of_errors_shows_expected_chosen_and_retrieved_with_text_escaped(tmp_path: Path) -> None:
    questions = gold_of(tmp_path, {**FIGURE, "question": "<script>?"}).require().questions
    rows = run_answers(questions, FakeAssistant({"<script>?": WRONG}), PLACES)
    page = error_page("Lỗi", rows)
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "14.739 ha" in page and "103,4%" in page and "P1.I.1, trang 2" in page


def test_sheets_open_in_spreadsheets_and_never_as_formulas(tmp_path: Path) -> None:
    questions = gold_of(tmp_path, {**FIGURE, "question": "=1+1\u0007"}).require().questions
    table = answer_table(run_answers(questions, FakeAssistant({}), PLACES))
    write_sheets(tmp_path, table)
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    sheet = pytest.importorskip("openpyxl").load_workbook(tmp_path / "rows.xlsx").active
    assert lines[1][1] == sheet["B2"].value == "'=1+1"
    assert lines[1][6] == sheet["G2"].value == "từ chối nhầm"


def test_a_gate_that_is_not_held_is_a_sentence(tmp_path: Path) -> None:
    summary = summarize_answers(answer_rows(tmp_path), "dev")
    assert failures(summary, {"n": {"min": 5}, "correct": {"min": 0.25}, "error": {"max": 0.2}}) == []
    found = failures(
        summary, {"n": {"min": 9}, "correct": {"min": 0.9}, "wrong_figure": {"max": 0.01}, "unheard": {"min": 0}}
    )
    assert [one.split(":")[0] for one in found] == ["n", "correct", "wrong_figure", "unheard"]
    assert found[1] == "correct: 25,0%, cần ít nhất 90,0%"


def test_the_gates_name_measures_that_exist(tmp_path: Path) -> None:
    answers = summarize_answers(answer_rows(tmp_path), "test")
    claims = summarize_claims([], "test")
    known = {"answers": answers["measures"], "claims": claims["measures"], "retrieval": {"Success@1", "Success@5"}}
    for key, measures in read_gates().items():
        assert set(measures) - {"n"} <= set(known[key.split("-")[0]]), key


def test_telex_keys_are_those_of_the_keyboard() -> None:
    assert [telex_keys(word) for word in ("tổng", "Đường", "lượng", "huyện", "nghị")] == [
        "toongr", "DDuwowngf".replace("DD", "Dd"), "luwowngj", "huyeenj", "nghij",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_variants_keep_the_digits_and_repeat_with_the_same_seed(name: str) -> None:
    text = "Tổng sản lượng lương thực năm 2023 là bao nhiêu, có vượt 78.822 tấn không?"
    changed = VARIANTS[name](text, Random("1"))
    assert changed != text and changed == VARIANTS[name](text, Random("1"))
    assert [c for c in changed if c.isdigit()] == [c for c in text if c.isdigit()]


def test_the_generator_makes_two_variants_of_a_clean_question(tmp_path: Path) -> None:
    questions = gold_of(tmp_path, FIGURE, {**FIGURE, "id": "q-2", "tags": ["typo"]}).require().questions
    lines = make_variants(questions)
    assert [line["of"] for line in lines] == ["q-1", "q-1"]
    assert lines[0]["question"] == "Dien tich gieo trong la bao nhieu?"
    assert lines[1]["variant"] != "unaccented"
    assert lines == make_variants(questions[:1])


def test_a_run_name_is_a_file_name_and_old_files_of_it_go(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="chỉ được gồm"):
        run_folder("answers", "dev", "../x")
    (tmp_path / "rows.jsonl").write_text("cũ", encoding="utf-8")
    run_folder("answers", "dev", None, tmp_path)
    assert not (tmp_path / "rows.jsonl").exists()
    assert refusal()["status"] == "not_found"
