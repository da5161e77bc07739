"""The README keeps its word: its commands, links, settings and targets exist, and its answers are those one gets."""

from __future__ import annotations

import importlib
import importlib.util
import re
import shlex
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", "evals/README.md", "evals/LIMITS.md", "evals/RESULTS.md", "evals/others/README.md", "evals/gold/READING.md")
OURS = ("corpus", "index", "rag", "evals")


def code(text: str) -> list[str]:
    """The lines of fenced blocks, and the spans of code between words, without comments of the shell."""
    fences = re.findall(r"^ *```\w*\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE))
    lines = [line.strip() for fence in fences for line in fence.splitlines()]
    return [re.sub(r"\s+#.*", "", line) for line in lines + spans if not line.startswith("#")]


def commands(text: str) -> list[list[str]]:
    """Each `python -m …` of the text: the module and its arguments."""
    found = [re.search(r"(?:^|[\s/\\])(?:python3?|py -3) -m (\S.*)", line) for line in code(text)]
    return [shlex.split(one[1]) for one in found if one]


def anchors(text: str) -> set[str]:
    """The addresses of headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def unusable(module: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is wrong with a command, or nothing; one that is only named need not have what it acts on."""
    if module not in OURS:
        return "" if importlib.util.find_spec(module) else "no such module"
    parser: Any = importlib.import_module(f"{module}.__main__")._parser()
    named_only = len(arguments) < 2
    try:
        parser.parse_args([*arguments, "--help"] if named_only else arguments)
    except SystemExit as stopped:
        return "" if stopped.code == 0 else capsys.readouterr().err
    return ""


def test_every_command_of_the_readme_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    found = commands(README)
    assert {tuple(one[:2]) for one in found} >= {("rag", "ask"), ("rag", "check"), ("corpus", "verify"), ("index", "build"), ("evals", "report")}
    wrong = {shlex.join(one): unusable(one[0], one[1:], capsys) for one in found}
    assert {command: fault for command, fault in wrong.items() if fault} == {}


@pytest.mark.parametrize("command", ["python -m rag asks", "python -m corpus verify --fast", "python -m evals answers --split train"])
def test_a_command_that_does_not_exist_is_noticed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = commands(f"Chạy `{command}` rồi đọc.")
    assert unusable(found[0], found[1:], capsys)


@pytest.mark.parametrize("page", [page for page in PAGES if (ROOT / page).is_file()])
def test_every_link_and_picture_exists(page: str) -> None:
    path = ROOT / page
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    local = [target.partition("#") for target in targets if not re.match(r"https?:", target)]
    assert [target for target, _, _ in local if target and not (path.parent / target).exists()] == []
    assert {anchor for target, _, anchor in local if not target} <= anchors(text)


def test_every_picture_of_the_app_is_shown() -> None:
    folder = ROOT / ".streamlit" / "screenshots"
    assert [picture.name for picture in folder.glob("*.png") if f".streamlit/screenshots/{picture.name}" not in README] == []


def test_the_make_targets_that_are_named_exist() -> None:
    named = {target for line in code(README) for target in re.findall(r"^make (\w+)", line)}
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"app", "test"} <= named <= targets


def test_the_settings_are_those_of_the_code() -> None:
    sources = [path for package in OURS for path in (ROOT / package).rglob("*.py")]
    read = {name for path in sources for name in re.findall(r'"(RAG_[A-Z_]+)"', path.read_text(encoding="utf-8"))}
    assert set(re.findall(r"RAG_[A-Z_]+", README)) == read


def test_every_pinned_package_has_its_licence_named() -> None:
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    table = README.split("## Giấy phép")[1].split("\n---\n")[0]
    assert [name for name in pinned if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", table)] == []


@lru_cache(maxsize=1)
def assistant() -> Any:
    from rag import Assistant

    return Assistant.load()


SAMPLES = re.findall(r'^```console\n\$ python -m rag ask "([^"\n]+)"\n(.*?)\n```$', README, re.DOTALL | re.MULTILINE)


def test_the_readme_shows_an_answer_one_without_marks_one_mistyped_and_a_refusal() -> None:
    assert len(SAMPLES) == 5
    assert any(question.isascii() for question, _ in SAMPLES) and any("leej" in question for question, _ in SAMPLES)
    assert any("[1]" not in printed for _, printed in SAMPLES)


@pytest.mark.model
@pytest.mark.parametrize(("question", "printed"), SAMPLES)
def test_the_answers_of_the_readme_are_those_one_gets(question: str, printed: str) -> None:
    from rag.__main__ import _readable

    assert _readable(assistant().ask(question).to_json()) == printed
