"""`python -m rag ask|check`: one question or text, or a batch of them from a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus import Report
    from rag.assistant import Assistant
    from rag.llm import LlmAssistant, LlmSettings


class UsageError(ValueError):
    """Input that cannot be used; the message is one Vietnamese sentence."""


def main(argv: list[str] | None = None) -> int:
    """Runs the command; returns the exit code (2 for input that cannot be used)."""
    parser = _parser()
    args = parser.parse_args(argv)
    try:
        return _run(args)
    except (UsageError, ValueError, OSError) as error:
        print(_one_sentence(error), file=sys.stderr)
        return 2


def _one_sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"Không đọc hoặc ghi được tệp {error.filename}: {error.strerror}."
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag", description="Hỏi đáp và đối chiếu số liệu trên báo cáo.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what, words in (("ask", "câu hỏi", "Trả lời một câu hỏi"), ("check", "đoạn văn", "Đối chiếu số liệu của một đoạn văn")):
        command = commands.add_parser(name, help=words, description=words + ".")
        command.add_argument("text", nargs="?", help=what)
        command.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        command.add_argument("--batch", type=Path, help="tệp JSONL, mỗi dòng một mục")
        command.add_argument("--out", type=Path, help="tệp JSONL ghi kết quả")
        command.add_argument("--report", help="mã báo cáo (mặc định: theo câu hỏi)")
    parser.set_defaults(llm=False)
    llm = "để mô hình ngôn ngữ viết lại câu chữ (đặt RAG_LLM_URL, RAG_LLM_MODEL); số liệu vẫn của báo cáo"
    commands.choices["ask"].add_argument("--llm", action="store_true", help=llm)
    return parser


def _run(args: argparse.Namespace) -> int:
    if args.batch is None and args.text is None:
        raise UsageError("Xin nhập nội dung, hoặc chỉ ra tệp bằng --batch.")
    if args.batch is not None and args.out is None:
        raise UsageError("Chạy theo tệp cần thêm --out để ghi kết quả.")
    rows = list(_read_batch(args.batch, "question" if args.command == "ask" else "text")) if args.batch else []
    from rag.assistant import Assistant

    settings = _model_settings() if args.llm else None
    assistant = Assistant.load() if settings is None else _with_model(Assistant.load(), settings)
    one = _ask_row if args.command == "ask" else _check_row
    if args.batch is not None:
        _write_batch(args.out, rows, lambda row: one(assistant, row, args.report))
        return 0
    row = {"id": "", "question": args.text, "text": args.text}
    result = one(assistant, row, args.report)
    _warn_of_unreviewed(result, assistant.ground.index.reports)
    print(json.dumps(result, ensure_ascii=False, indent=2) if args.json else _readable(result))
    return 0


def _warn_of_unreviewed(result: dict[str, Any], reports: Sequence[Report]) -> None:
    """Says on stderr which of the reports cited nobody has reviewed."""
    cited = {citation["report"] for citation in result.get("citations", [figure.get("citation") for figure in result.get("figures", [])]) if citation}
    for report in reports:
        if report.id in cited and not report.reviewed:
            print(f"Lưu ý: bản chép của báo cáo {report.id} chưa được người soát lại; hãy đối chiếu với bản gốc.", file=sys.stderr)


def _model_settings() -> LlmSettings:
    from rag.llm.settings import MODEL, URL, read_settings

    settings = read_settings()
    if settings is None:
        raise UsageError(f"Chưa có mô hình ngôn ngữ nào; xin đặt {URL} và {MODEL}.")
    return settings


def _with_model(assistant: Assistant, settings: LlmSettings) -> LlmAssistant:
    from rag.llm import LlmAssistant, Phraser

    return LlmAssistant(assistant, Phraser(settings, assistant.ground))


def _ask_row(assistant: Assistant | LlmAssistant, row: dict[str, Any], report: str | None) -> dict[str, Any]:
    turns = row.get("history") or []
    history = [str(turn.get("question", "")) for turn in turns if isinstance(turn, dict)] if isinstance(turns, list) else []
    return assistant.ask(str(row["question"]), history, id=str(row.get("id", "")), report=row.get("report") or report).to_json()


def _check_row(assistant: Assistant | LlmAssistant, row: dict[str, Any], report: str | None) -> dict[str, Any]:
    return assistant.check(str(row["text"]), id=str(row.get("id", "")), report=row.get("report") or report).to_json()


def _read_batch(path: Path, required: str) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise UsageError(f"Tệp {path} không phải văn bản UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            raise UsageError(f"Dòng {number} của {path} không phải JSON.") from None
        if not isinstance(row, dict) or not isinstance(row.get(required), str):
            raise UsageError(f"Dòng {number} của {path} thiếu trường “{required}”.")
        yield row


def _write_batch(out: Path, rows: list[dict[str, Any]], one: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    from tqdm import tqdm

    partial = out.with_suffix(out.suffix + ".part")
    with partial.open("w", encoding="utf-8") as file:
        for row in tqdm(rows, unit="mục", file=sys.stderr):
            file.write(json.dumps(one(row), ensure_ascii=False) + "\n")
    partial.replace(out)


def _readable(result: dict[str, Any]) -> str:
    if "status" not in result:
        return "\n".join(_verdict_line(figure) for figure in result["figures"]) or "Không thấy con số nào để đối chiếu."
    lines = [result["answer"]]
    if result["understood_as"]:
        lines.insert(0, f"Hiểu là: {result['understood_as']}")
    if "phrased" in result:
        lines.append(f"({result['phrased']['why']})")
    for citation in result["citations"]:
        note = f", chú thích {citation['footnote']}" if citation["footnote"] else ""
        lines.append(f"[{citation['n']}] {citation['heading']}, trang {citation['page']}{note}: “{citation['quote']}”")
    return "\n".join(lines)


_VERDICTS = {"match": "khớp với báo cáo", "mismatch": "khác báo cáo", "not_in_report": "báo cáo không nêu"}


def _verdict_line(figure: dict[str, Any]) -> str:
    """`1,95%: khớp với báo cáo`, or what the report says instead and why they differ."""
    verdict = _VERDICTS[figure["verdict"]] + (" (làm tròn)" if figure["rounded"] else "")
    held = [part for part in (figure["report"] and f"báo cáo: {figure['report']}", figure["why"]) if part]
    return f"{figure['figure']}: {verdict}" + (f" ({'; '.join(held)})" if held and figure["verdict"] == "mismatch" else "")


if __name__ == "__main__":
    raise SystemExit(main())
