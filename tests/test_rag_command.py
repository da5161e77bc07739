"""`python -m rag ask|check`: the JSON that is promised, batches, and what is said of input that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rag.__main__ import main
from rag.assistant import Assistant
from tests.rag_fakes import open_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("command"))


@pytest.fixture(autouse=True)
def loaded(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assistant, "load", lambda: assistant)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, *rows: object) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_ask_prints_the_promised_json(capsys: pytest.CaptureFixture[str]) -> None:
    answer = printed(capsys, "ask", "GTSX ngành XD là bao nhiêu?")
    latency = answer.pop("latency_ms")
    assert type(latency) is int and latency >= 0
    assert answer == {
        "id": "",
        "status": "answered",
        "answer": "Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng, đạt 102% kế hoạch, tăng 8,6% so với năm 2022 [1].",
        "figures": [{"text": "420,5", "unit": "tỷ đồng", "citation": 1}],
        "citations": [
            {
                "n": 1,
                "report": "mau-2023",
                "section": "P1.I.2",
                "heading": "PHẦN I › I. Lĩnh vực kinh tế › 2. Công nghiệp, xây dựng",
                "page": 2,
                "footnote": None,
                "quote": "Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng, đạt 102% kế hoạch, tăng 8,6% so với năm 2022.",
            }
        ],
        "understood_as": "giá trị sản xuất ngành xây dựng là bao nhiêu?",
    }


def test_a_computed_figure_names_its_operands_in_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    answer = printed(capsys, "ask", "Diện tích ngô của Tân Tiến hơn Hòa Lạc bao nhiêu?")
    # 61 - 25 = 36
    assert answer["figures"] == [{"text": "36", "unit": "ha", "citation": 1, "derived_from": ["61 ha", "25 ha"]}]


def test_a_refusal_has_no_figures_and_no_citations(capsys: pytest.CaptureFixture[str]) -> None:
    answer = printed(capsys, "ask", "Diện tích cà phê là bao nhiêu?")
    assert (answer["status"], answer["figures"], answer["citations"], answer["understood_as"]) == ("not_found", [], [], None)
    assert answer["answer"]


def test_check_prints_the_promised_json(capsys: pytest.CaptureFixture[str]) -> None:
    result = printed(capsys, "check", "Tổng đàn lợn đạt 21.300 con, giảm 3,4% so với năm 2022.")
    assert result.keys() == {"id", "figures"}
    true, false = result["figures"]
    assert true.keys() == {"figure", "verdict", "report", "why", "rounded", "citation"}
    assert (true["figure"], true["verdict"], true["report"], true["rounded"]) == ("21.300 con", "match", "21.300 con", False)
    assert (false["figure"], false["verdict"], false["why"]) == ("3,4%", "mismatch", "tăng/giảm ngược chiều")
    assert true["citation"].keys() == {"n", "report", "section", "heading", "page", "footnote", "quote"}


def test_without_json_an_answer_is_read_with_its_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Diện tích rau màu bao nhiêu ha?"]) == 0
    out = capsys.readouterr().out
    assert "1.100 ha [1]." in out
    assert "trang 1, chú thích 1: “" in out


def test_a_batch_of_questions_is_answered_in_order_with_ids_and_history(tmp_path: Path) -> None:
    questions = write(
        tmp_path / "q.jsonl",
        {"id": "a", "question": "Tổng đàn lợn là bao nhiêu?"},
        {"id": "b", "question": "Thế năm 2024?", "history": [{"question": "Tổng đàn lợn là bao nhiêu?"}]},
        {"id": "c", "question": "", "history": []},
        {"id": 4, "question": "Tổng đàn đà điểu là bao nhiêu?", "history": None},
    )
    out = tmp_path / "a.jsonl"
    assert main(["ask", "--batch", questions, "--out", str(out)]) == 0
    rows = lines(out)
    assert [row["id"] for row in rows] == ["a", "b", "c", "4"]
    assert [[f["text"] for f in row["figures"]] for row in rows] == [["21.300"], ["22.000"], [], []]
    assert [row["status"] for row in rows] == ["answered", "answered", "not_found", "not_found"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_batch_of_texts_is_checked_in_order(tmp_path: Path) -> None:
    texts = write(tmp_path / "c.jsonl", {"id": "x", "text": "Đàn lợn có 21.300 con."}, {"id": "y", "text": "Không có số nào."})
    out = tmp_path / "v.jsonl"
    assert main(["check", "--batch", texts, "--out", str(out)]) == 0
    assert [(row["id"], [f["verdict"] for f in row["figures"]]) for row in lines(out)] == [("x", ["match"]), ("y", [])]


GOOD = json.dumps({"id": "a", "question": "Tổng đàn lợn là bao nhiêu?"}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{không phải json", "Dòng 3 của {path} không phải JSON."),
        ('{"id": "b"}', "Dòng 3 của {path} thiếu trường “question”."),
        ('{"id": "b", "question": 5}', "Dòng 3 của {path} thiếu trường “question”."),
        ('["question"]', "Dòng 3 của {path} thiếu trường “question”."),
    ],
)
def test_a_bad_line_is_named_and_the_earlier_results_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str, says: str) -> None:
    path, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    path.write_text(f"{GOOD}\n\n{bad}\n{GOOD}\n", encoding="utf-8")
    out.write_text("kết quả trước\n", encoding="utf-8")
    assert main(["ask", "--batch", str(path), "--out", str(out)]) == 2
    assert capsys.readouterr().err.strip() == says.format(path=path)
    assert out.read_text(encoding="utf-8") == "kết quả trước\n"


def test_earlier_results_stay_where_a_run_breaks_off(tmp_path: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    path.write_text(f"{GOOD}\n{GOOD}\n", encoding="utf-8")
    out.write_text("kết quả trước\n", encoding="utf-8")

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("mất điện")

    monkeypatch.setattr(assistant, "ask", breaks)
    with pytest.raises(RuntimeError, match="mất điện"):
        main(["ask", "--batch", str(path), "--out", str(out)])
    assert out.read_text(encoding="utf-8") == "kết quả trước\n"


@pytest.mark.parametrize("command", ["ask", "check"])
def test_a_command_without_input_or_without_a_place_to_write_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command]) == 2
    assert capsys.readouterr().err.strip() == "Xin nhập nội dung, hoặc chỉ ra tệp bằng --batch."
    assert main([command, "--batch", str(tmp_path / "q.jsonl")]) == 2
    assert capsys.readouterr().err.strip() == "Chạy theo tệp cần thêm --out để ghi kết quả."


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing, binary, out = tmp_path / "không-có.jsonl", tmp_path / "ảnh.jsonl", str(tmp_path / "a.jsonl")
    assert main(["ask", "--batch", str(missing), "--out", out]) == 2
    assert str(missing) in capsys.readouterr().err
    binary.write_bytes(b"\xff\xfe\x00\x81")
    assert main(["ask", "--batch", str(binary), "--out", out]) == 2
    assert capsys.readouterr().err.strip() == f"Tệp {binary} không phải văn bản UTF-8."
    assert not Path(out).exists()


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["answer", "Tổng đàn lợn?"])
    assert stopped.value.code == 2
    assert "usage: python -m rag" in capsys.readouterr().err
