"""The table of ways to search, and a whole run, over the small report with an encoder that counts words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals import chunks
from evals.ablation import run_ablation
from evals.answers import run_answers
from evals.chunks import file_chunks, fold_by_character, ocr_chunks
from evals.gold import GoldError, Question
from evals.gold_check import Places
from evals.publish import ablation_table
from evals.retrieval import run_retrieval
from evals.subject import knobs, shipped_search
from index import Index
from rag.assistant import Assistant
from tests.evals_fakes import FIGURE, REPORT, gold_of, toy_report
from tests.fakes import WordCountEncoder

OCR = (
    "Dién tich gieo tréng uéc dat 14.739 ha, dat 103,4% ké hoach.\n\n"
    + "Chan nuôi. " * 120
    + "\n\nGia tri san xuat 830,0"
)


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "xa-mau-2023.md").write_text(REPORT, encoding="utf-8")
    return Assistant(Index.open(folder, home=tmp_path / "store", encoder=WordCountEncoder()))


@pytest.fixture
def questions(tmp_path: Path) -> list[Question]:
    return list(gold_of(tmp_path, FIGURE, {**FIGURE, "id": "q-2"}).require().questions)


def test_chunks_that_hold_half_of_a_quote_are_relevant(
    tmp_path: Path, questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xa-mau-2023.txt").write_text(OCR, encoding="utf-8")
    monkeypatch.setattr(chunks, "RAW", tmp_path)
    ocr = ocr_chunks(toy_report())
    assert len(ocr.ids) > 1 and ocr.relevant(questions[0])[0] == "ocr:1"
    file = file_chunks(toy_report(), Places([toy_report()]))
    start, end = file.quote_span(questions[0].evidence[0], "xa-mau-2023")
    assert REPORT[start:end] == "Diện tích gieo trồng ước đạt 14.739 ha"
    assert file.relevant(questions[0]) == ["file:1"]


def test_a_report_without_ocr_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "RAW", tmp_path)
    with pytest.raises(GoldError, match="Không tìm thấy văn bản OCR"):
        ocr_chunks(toy_report())


def test_folding_by_character_keeps_the_offsets() -> None:
    assert fold_by_character("Đường ½ ở") == "duong 1 o".replace("1", fold_by_character("½"))
    assert len(fold_by_character(OCR)) == len(OCR)


def test_every_way_to_search_is_scored_on_the_same_questions(
    tmp_path: Path, assistant: Assistant, questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xa-mau-2023.txt").write_text(OCR, encoding="utf-8")
    monkeypatch.setattr(chunks, "RAW", tmp_path)
    summary = run_ablation(questions, assistant, "dev")
    assert summary["n"] == 2 and len(summary["rows"]) == 15
    assert all(0 <= row["Success@1"] <= row["Success@5"] <= row["Success@10"] <= 1 for row in summary["rows"])
    assert summary["rows"][-2]["Success@1"] == 1
    assert len(ablation_table(summary).splitlines()) == 2 + 2 + 15


def test_a_whole_run_over_a_real_assistant(assistant: Assistant, questions: list[Question]) -> None:
    places = Places(assistant.ground.index.reports)
    rows: list[dict[str, Any]] = run_answers(questions, assistant, places)
    assert [row["error"] for row in rows] == ["", ""]
    assert rows[0]["answer"]["status"] in ("answered", "not_found")
    found = run_retrieval(questions, shipped_search(assistant))
    assert found[0]["won"] and not found[0]["error"]
    assert knobs(assistant)["index"]["model"] == "word-count"
