"""The commands as a person runs them, with a fake assistant in the place of the real one."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evals import commands, gold_set, publish
from evals.__main__ import main
from tests.evals_fakes import FIGURE, FakeAssistant, reply_json, toy_report, write_gold

GOOD = reply_json("Diện tích gieo trồng ước đạt 14.739 ha [1].", [("14.739", "ha")])


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """A fake assistant over the small report behind the commands."""
    assistant = FakeAssistant({str(FIGURE["question"]): GOOD})
    index = SimpleNamespace(reports=[toy_report()])
    assistant.ground = SimpleNamespace(index=index, weights="")  # type: ignore[attr-defined]
    monkeypatch.setattr(commands, "load_assistant", lambda mode="extractive", reports=None: assistant)
    monkeypatch.setattr(commands, "knobs", lambda assistant: {"top_k": 10})
    monkeypatch.setattr(gold_set, "load_reports", lambda: [toy_report()])
    return assistant


def test_users_score_their_own_questions_into_a_folder_of_theirs(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gold(tmp_path, FIGURE, {**FIGURE, "id": "q-2", "question": "Chưa biết?"}, name="my.jsonl")
    out = tmp_path / "ket-qua"
    assert main(["answers", "--gold", str(path), "--split", "all", "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "Trả lời đúng (câu trả lời được): 1/2 = 50,0% (9,5–90,5%)" in shown
    assert "q-2  Chưa biết?" in shown
    names = {"config.json", "rows.jsonl", "summary.json", "errors.html", "rows.csv", "rows.xlsx"}
    assert names <= {found.name for found in out.iterdir()}
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    assert config["corpus"] == {"xa-mau-2023": toy_report().sha256}
    assert config["split"] == "all" and config["knobs"] == {"top_k": 10} and len(config["gold"]) == 64


def test_the_test_half_is_only_scored(
    fake: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gold(tmp_path, {**FIGURE, "question": "Bí mật?", "split": "test"})
    monkeypatch.setattr(gold_set, "FOLDER", tmp_path)
    for gold in ([], ["--gold", str(path)]):
        assert main(["answers", *gold, "--split", "test", "--out", str(tmp_path / "o")]) == 0
        shown = capsys.readouterr().out
        assert "Bí mật?" not in shown and "0/1" in shown


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["answers", "--gold", "khong-co.jsonl"], "Không tìm thấy tệp"),
        (["compare", "khong-co-a", "khong-co-b"], "Không tìm thấy lần chạy"),
        (["answers", "--gold", "{hong}", "--split", "all"], "hong.jsonl, dòng 1, trường “figures[1].text”"),
        (["gold", "--gold", "{hong}"], "Tổng cộng 1 lỗi"),
        (["answers", "--gold", "{tot}", "--split", "test"], "Không có dòng nào thuộc nửa “test”"),
    ],
)
def test_a_mistake_is_one_vietnamese_sentence_and_exit_code_2(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    wrong = {**FIGURE, "figures": [{"text": "15", "unit": "ha"}]}
    files = {
        "{hong}": str(write_gold(tmp_path, wrong, name="hong.jsonl")),
        "{tot}": str(write_gold(tmp_path, FIGURE, name="tot.jsonl")),
    }
    assert main([files.get(argument, argument) for argument in arguments]) == 2
    shown = capsys.readouterr()
    assert complaint in shown.err and shown.out == ""


def test_gold_on_other_reports_is_checked_against_them(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["gold", "--gold", str(commands.OTHERS_DEV / "questions-hai-hau-2023.jsonl")]
    assert main(arguments) == 2
    assert "không có báo cáo “hai-hau-2023”" in capsys.readouterr().err
    assert main([*arguments, "--reports", str(commands.OTHERS_DEV / "reports")]) == 0
    assert capsys.readouterr().out


def test_an_unknown_option_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["answers", "--split", "train"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("Lệnh chưa đúng")


def published(folder: Path) -> dict[str, Any]:
    share = {"k": 9, "n": 10, "share": 0.9, "low": 0.596, "high": 0.982}
    names = ("correct", "refused_right", "false_refusal", "wrong_figure", "citation_first", "untraced")
    config = {"script": "answers", "split": "test", "commit": "abc", "gold": "0" * 64, "cores": 2, "python": "3.11"}
    summary = {"measures": dict.fromkeys(names, share), "by_kind": {"figure": share}}
    publish.publish({**config, "started": "2026-01-02T03:04:05"}, summary)
    return publish.read_results(folder)


def test_the_tables_are_written_from_the_published_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "HERE", tmp_path)
    monkeypatch.setattr(publish, "README", tmp_path / "README.md")
    monkeypatch.setattr(publish, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(publish.read_results, "__defaults__", (tmp_path / "results",))
    published(tmp_path / "results")
    (tmp_path / "README.md").write_text(f"Đầu\n{publish.BEGIN}\ncũ\n{publish.END}\nCuối\n", encoding="utf-8")
    assert publish.write_pages() == ["README.md", "RESULTS.md"]
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert text.startswith("Đầu\n") and text.endswith("\nCuối\n") and "cũ" not in text
    assert "| Trả lời đúng (câu trả lời được) | 90,0% | 9/10 | 59,6%–98,2% |" in text
    assert publish.write_pages() == []


def test_the_readme_shows_the_published_results() -> None:
    results = publish.read_results()
    text = publish.README.read_text(encoding="utf-8") if publish.README.is_file() else ""
    if publish.BEGIN not in text:
        pytest.skip("README.md has no results block yet")
    assert text.split(publish.BEGIN)[1].split(publish.END)[0].strip() == publish.readme_table(results)
    assert (publish.HERE / "RESULTS.md").read_text(encoding="utf-8") == publish.results_page(results)
