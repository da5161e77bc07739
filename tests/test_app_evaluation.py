"""Đánh giá over written-down runs: what is shown, what never is, and a run started from the page."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.pages import evaluation, results
from rag.pages.evaluation_run import EvaluationRun
from tests.app_fakes import open_page, words_on

SHARE = {"share": 0.9, "k": 9, "n": 10, "low": 0.596, "high": 0.982}
CONFIG = {"script": "answers", "split": "dev", "started": "2026-11-24T16:40:00", "commit": "abc", "corpus": {"mau": "x"}, "packages": {"faiss": "1"}}
SUMMARY: dict[str, Any] = {"measures": {"correct": SHARE, "wrong_figure": {**SHARE, "share": 0.0, "k": 0}}, "by_kind": {"figure": SHARE, "list": SHARE}}


def row(id: str, split: str, won: bool) -> dict[str, Any]:
    return {
        "id": id, "split": split, "won": won, "question": f"Câu {id} <b>$?", "kind": "figure",
        "answer": {"answer": "Trả lời sai *1*"}, "expected": {"figures": ["5 ha"], "places": [{"section": "P1", "page": 2, "footnote": 3}]},
    }  # fmt: skip


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(evaluation, "read_all", lambda: results.read_all(tmp_path / "results", tmp_path / "runs"))
    evaluation._slot().run = None
    yield tmp_path
    evaluation._slot().run = None


def write_run(folder: Path, rows: list[dict[str, Any]]) -> None:
    write(folder / "runs" / "r1" / "config.json", CONFIG)
    write(folder / "runs" / "r1" / "summary.json", SUMMARY)
    (folder / "runs" / "r1" / "rows.jsonl").write_text("\n".join(json.dumps(one) for one in rows), encoding="utf-8")


def test_without_a_run_it_says_so(folder: Path) -> None:
    at = open_page("evaluation").run()
    assert any("chưa có lần đánh giá nào" in one.value for one in at.info)
    assert [one.label for one in at.button] == ["Chạy lại"]


def test_a_run_shows_shares_with_counts_and_intervals(folder: Path) -> None:
    write_run(folder, [row("a", "dev", False)])
    at = open_page("evaluation").run()
    assert (at.metric[0].label, at.metric[0].value, at.metric[0].delta) == ("Trả lời đúng", "90,0%", "9/10")
    assert [tab.label for tab in at.tabs] == ["Mọi số đo", "Theo loại câu hỏi", "Câu chưa đạt", "Điều kiện chạy"]
    assert list(at.dataframe[0].value["Khoảng 95%"]) == ["59,6–98,2%", "59,6–98,2%"]
    assert list(at.dataframe[1].value["Nhóm"]) == ["Một con số", "Danh sách"]


def test_failures_are_shown_escaped_and_those_of_the_test_half_never(folder: Path) -> None:
    write_run(folder, [row("sai", "dev", False), row("dung", "dev", True), row("niem-phong", "test", False)])
    at = open_page("evaluation").run()
    assert [one.label for one in at.expander if one.label.startswith("Câu ")] == ["Câu sai \\<b\\>\\$?"]
    shown = words_on(at)
    assert "Trả lời sai \\*1\\*" in shown
    assert "chú thích 3" in shown
    assert "niem-phong" not in shown


def test_the_published_result_of_the_test_half_is_shown_first(folder: Path) -> None:
    write_run(folder, [])
    write(folder / "results" / "answers-test.json", {"config": {**CONFIG, "split": "test", "started": "2026-11-01T08:00:00"}, "summary": SUMMARY})
    at = open_page("evaluation").run()
    assert at.selectbox[0].options[at.selectbox[0].index or 0] == "Trả lời, nửa chỉ để chấm, 01/11/2026 08:00 (đã công bố)"
    assert len(at.selectbox[0].options) == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"config": 1}'])
def test_broken_files_are_passed_over(folder: Path, content: str) -> None:
    (folder / "results").mkdir()
    (folder / "results" / "x.json").write_text(content, encoding="utf-8")
    (folder / "runs" / "r2").mkdir(parents=True)
    (folder / "runs" / "r2" / "config.json").write_text(content, encoding="utf-8")
    assert not open_page("evaluation").run().exception


def command(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def test_a_run_is_a_process_whose_progress_is_watched() -> None:
    run = EvaluationRun(command("import sys; sys.stderr.write('\\rChấm:  50%|##  | 5/10 [00:01<00:01]'); sys.stderr.flush()"))
    assert run.finished.wait(30)
    assert (run.succeeded, run.done, run.total) == (True, 5, 10)


def test_the_bar_of_the_evaluation_itself_is_read() -> None:
    script = "from evals.progress import progress; import time; [time.sleep(0.2) for _ in progress(range(7), 'Chấm')]"
    run = EvaluationRun(command(script))
    assert run.finished.wait(60)
    assert (run.succeeded, run.done, run.total) == (True, 7, 7)


def test_a_run_that_fails_says_what_it_printed_last() -> None:
    run = EvaluationRun(command("import sys; sys.exit('Thiếu bộ câu hỏi.')"))
    assert run.finished.wait(30)
    assert not run.succeeded
    assert run.last == "Thiếu bộ câu hỏi."


def test_the_bar_is_not_taken_for_the_last_words() -> None:
    run = EvaluationRun(command("import sys; sys.stderr.write('Hết chỗ trên đĩa.\\n\\r 50%|## | 5/10 [00:01<00:01]'); sys.exit(1)"))
    assert run.finished.wait(30)
    assert (run.last, run.stopped) == ("Hết chỗ trên đĩa.", False)


def test_a_run_can_be_stopped() -> None:
    run = EvaluationRun(command("import time; print('', flush=True); time.sleep(120)"))
    while run._process is None and not run.finished.is_set():
        run.finished.wait(0.05)
    run.stop()
    assert run.finished.wait(30)
    assert not run.succeeded


def test_the_page_starts_a_run_shows_its_progress_and_its_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import sys, time; sys.stderr.write(' 3/4 ['); sys.stderr.flush(); time.sleep(120)"
    started: list[EvaluationRun] = []

    def start() -> EvaluationRun:
        started.append(EvaluationRun(command(script)))
        return started[-1]

    monkeypatch.setattr(evaluation, "EvaluationRun", start)
    at = open_page("evaluation").run()
    at.button[0].click().run()
    assert len(started) == 1
    assert [one.label for one in at.button] == ["Dừng"]
    while not started[0].total:
        assert not started[0].finished.wait(0.05)
    at.run()
    assert at.get("progress")[0].proto.text == "Đã chấm 3/4 câu"
    at.button[0].click().run()
    assert started[0].finished.wait(30)
    at = at.run() if not at.warning else at
    assert [one.value for one in at.warning] == ["Đã dừng theo yêu cầu\\."]
    assert [one.label for one in at.button] == ["Chạy lại"]


def test_the_published_result_is_shown_first_and_a_run_once_it_has_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "results" / "answers-test.json", {"config": {**CONFIG, "split": "test"}, "summary": SUMMARY})
    write(folder / "runs" / "answers-test" / "config.json", {**CONFIG, "started": "2026-11-25T16:40:00"})
    write(folder / "runs" / "answers-test" / "summary.json", SUMMARY)
    monkeypatch.setattr(evaluation, "EvaluationRun", lambda: EvaluationRun(command("pass")))
    at = open_page("evaluation").run()
    assert str(at.selectbox[0].value).endswith("/True")  # no folder: published
    at.button[0].click().run()
    run = evaluation._slot().run
    if run is not None:
        assert run.finished.wait(30)
        at.run()
    assert str(at.selectbox[0].value).endswith("/False")
