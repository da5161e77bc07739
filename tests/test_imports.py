"""Who may import whom, read from the syntax tree of every module; and that no code knows a report by name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.places import place_names
from corpus.report import load_reports

ROOT = Path(__file__).parent.parent
OURS = ("app", "corpus", "evals", "index", "rag", "tests")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "rag": {"corpus", "index", "rag"},
    "evals": {"corpus", "index", "rag", "evals"},
    "app": {"corpus", "index", "rag"},
}
FRAMEWORKS = {"faiss": "index", "sentence_transformers": "index", "bm25s": "index", "streamlit": "rag/pages"}
"""Where a framework may be imported, besides app.py."""


def modules(package: str) -> list[Path]:
    if package == "app":
        return [ROOT / "app.py"]
    return sorted(path for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts)


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, anywhere in it, also those named to `import_module` and `__import__`; and the lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield node.module or "", node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value), node.lineno


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_go_one_way(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(package)
        for name, line in imported(path)
        if name.split(".")[0] in OURS and name.split(".")[0] not in MAY_IMPORT[package]
    ]
    assert not found


@pytest.mark.parametrize("framework", sorted(FRAMEWORKS))
def test_a_framework_stays_in_its_package(framework: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for package in ("corpus", "index", "rag")
        for path in modules(package)
        for name, line in imported(path)
        if name.split(".")[0] == framework and not path.is_relative_to(ROOT / FRAMEWORKS[framework])
    ]
    assert not found


@pytest.mark.parametrize("package", ["corpus", "index", "rag", "evals"])
def test_no_code_knows_a_place_of_a_report_by_name(package: str) -> None:
    """Names in strings that the code works with; a docstring or a comment may show an example of the report's wording."""
    report = load_reports()[0]
    district = report.place.removeprefix("huyện ")
    names = {name.removeprefix("thị trấn ") for name in place_names(report)} | {district}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)", re.IGNORECASE)
    found = [f"{path.relative_to(ROOT)}:{line}: {text[:60]}" for path in modules(package) for text, line in strings(path) if pattern.search(text)]
    assert not found


def strings(path: Path) -> Iterator[tuple[str, int]]:
    """The string constants of a file that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value, node.lineno
