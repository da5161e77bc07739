"""`python -m rag ask --llm`: the model's words and whose they are; the report's words with the reason where they are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.__main__ import main
from rag.assistant import Assistant
from rag.llm import settings, writer
from tests.llm_fakes import KEY, PIGS, small_assistant
from tests.llm_server import Step, served

GOOD = "Đàn lợn của huyện ước đạt 21.300 con, tăng 3,4% [1]."
OF_REPORT = "Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% [1]."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return small_assistant(tmp_path_factory.mktemp("command"))


@pytest.fixture(autouse=True)
def no_model(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assistant, "load", lambda: assistant)
    for name in (settings.URL, settings.MODEL, settings.KEY, settings.TIMEOUT):
        monkeypatch.delenv(name, raising=False)


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    for name, value in ((settings.URL, url), (settings.MODEL, "mo-hinh"), (settings.KEY, KEY)):
        monkeypatch.setenv(name, value)


def test_the_models_words_are_printed_with_whose_they_are(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with served(GOOD) as script:
        use(monkeypatch, script.url)
        assert main(["ask", PIGS, "--llm"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [GOOD, f"({writer.BY_MODEL})"]
    assert lines[2].startswith("[1] ")


def test_a_failing_model_leaves_the_reports_words_in_json_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with served(Step(status=500)) as script:
        use(monkeypatch, script.url)
        assert main(["ask", PIGS, "--llm", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["answer"], answer["phrased"]["shown"]) == (OF_REPORT, "extractive")
    assert answer["figures"] == [{"text": "21.300", "unit": "con", "citation": 1}]


def test_a_batch_is_phrased_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    asked.write_text(json.dumps({"id": "1", "question": PIGS}) + "\n", encoding="utf-8")
    with served(GOOD) as script:
        use(monkeypatch, script.url)
        assert main(["ask", "--llm", "--batch", str(asked), "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["answer"] == GOOD


def test_the_model_is_asked_only_on_demand(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with served(GOOD) as script:
        use(monkeypatch, script.url)
        assert main(["ask", PIGS]) == 0
    assert script.asked == []
    assert capsys.readouterr().out.startswith(OF_REPORT)


@pytest.mark.parametrize(("url", "said"), [("", "Chưa có mô hình ngôn ngữ nào"), ("ftp://sai", "chưa đúng")])
def test_without_usable_settings_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, said: str
) -> None:
    use(monkeypatch, url)
    assert main(["ask", PIGS, "--llm"]) == 2
    assert said in capsys.readouterr().err
