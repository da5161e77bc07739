"""Typed fields of one JSON line: what is missing, mistyped or unknown becomes a `Problem`, not an exception."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from corpus.text import nfc
from evals.gold import GoldError, Problem, Where


class Fields:
    """One JSON object being read; every complaint is appended to `problems` with the line and the field's path."""

    def __init__(self, raw: dict[str, Any], where: Where, problems: list[Problem], path: str = "") -> None:
        self.raw, self.where, self.problems, self.path = raw, where, problems, path
        self.taken: set[str] = set()

    def complain(self, field: str, message: str) -> None:
        """Record a problem of one field."""
        self.problems.append(Problem(self.where.file, self.where.line, self.path + field, message))

    def text(self, name: str, *, required: bool = True, blank: bool = False) -> str:
        """A string; empty where it is absent or wrong."""
        value = self._take(name, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.complain(name, f"cần một chuỗi ký tự, nhận được {kind_of(value)}.")
            return ""
        if nfc(value) != value:
            self.complain(name, "chữ chưa ở dạng chuẩn Unicode NFC.")
        if required and not blank and not value.strip():
            self.complain(name, "không được để trống.")
        return value

    def choice(self, name: str, options: Collection[str], *, required: bool = True) -> str:
        """A string that is one of `options`."""
        value = self.text(name, required=required)
        if value and value not in options:
            self.complain(name, f"“{value}” không có trong danh sách: {', '.join(sorted(options))}.")
        return value

    def flag(self, name: str, *, required: bool = False) -> bool:
        """A boolean; false where it is absent or wrong."""
        value = self._take(name, required)
        if value is not None and not isinstance(value, bool):
            self.complain(name, f"cần true hoặc false, nhận được {kind_of(value)}.")
        return value is True

    def integer(self, name: str, *, required: bool = True) -> int | None:
        """A positive integer or None."""
        value = self._take(name, required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.complain(name, f"cần một số nguyên dương, nhận được {kind_of(value)}.")
            return None
        return value

    def texts(self, name: str, options: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of strings that are not blank, each one of `options` where these are given."""
        found = []
        for value in self._list(name):
            if not isinstance(value, str) or not value.strip():
                self.complain(name, "mỗi phần tử phải là một chuỗi ký tự không rỗng.")
            elif options is not None and value not in options:
                self.complain(name, f"“{value}” không có trong danh sách: {', '.join(sorted(options))}.")
            else:
                if nfc(value) != value:
                    self.complain(name, "chữ chưa ở dạng chuẩn Unicode NFC.")
                found.append(value)
        return tuple(found)

    def objects(self, name: str) -> Iterator[Fields]:
        """A list of objects, each as `Fields`."""
        yield from objects_of(self._list(name), name, self)

    def lists(self, name: str) -> Iterator[list[Any]]:
        """A list of lists."""
        for value in self._list(name):
            if isinstance(value, list):
                yield value
            else:
                self.complain(name, f"mỗi phần tử phải là một danh sách, nhận được {kind_of(value)}.")

    def object(self, name: str) -> Fields | None:
        """An object or None."""
        value = self._take(name, False)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.complain(name, f"cần một đối tượng JSON, nhận được {kind_of(value)}.")
            return None
        return Fields(value, self.where, self.problems, f"{self.path}{name}.")

    def has(self, name: str) -> bool:
        """Whether the line has the field at all."""
        return name in self.raw

    def done(self) -> None:
        """Complain of every field that nobody asked for."""
        for name in self.raw.keys() - self.taken:
            self.complain(str(name), "không phải trường của định dạng này.")

    def _take(self, name: str, required: bool) -> Any:
        self.taken.add(name)
        if required and self.raw.get(name) is None:
            self.complain(name, "thiếu trường bắt buộc này.")
        return self.raw.get(name)

    def _list(self, name: str) -> list[Any]:
        value = self._take(name, False)
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(name, f"cần một danh sách, nhận được {kind_of(value)}.")
            return []
        return value


def objects_of(values: list[Any], name: str, parent: Fields) -> Iterator[Fields]:
    """Each object of a list as `Fields`, with its number (from 1) in the path."""
    for n, value in enumerate(values, 1):
        if isinstance(value, dict):
            yield Fields(value, parent.where, parent.problems, f"{parent.path}{name}[{n}].")
        else:
            parent.complain(f"{name}[{n}]", f"cần một đối tượng JSON, nhận được {kind_of(value)}.")


def read_lines(path: Path, problems: list[Problem]) -> Iterator[Fields]:
    """The JSON objects of a JSONL file, blank lines skipped. Raises `GoldError` if the file cannot be read at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise GoldError(f"Không tìm thấy tệp câu hỏi mẫu {path}.") from None
    except UnicodeDecodeError:
        raise GoldError(f"Tệp {path} không phải văn bản UTF-8.") from None
    except OSError as error:
        raise GoldError(f"Không đọc được tệp {path}: {error.strerror}.") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = Where(path.name, number)
        try:
            raw = json.loads(line)
        except json.JSONDecodeError as error:
            problems.append(Problem(path.name, number, "-", f"không phải JSON hợp lệ (cột {error.colno})."))
            continue
        if isinstance(raw, dict):
            yield Fields(raw, where, problems)
        else:
            problems.append(Problem(path.name, number, "-", f"cần một đối tượng JSON, nhận được {kind_of(raw)}."))


def kind_of(value: object) -> str:
    """What a JSON value is, in Vietnamese."""
    names = {bool: "true/false", int: "một số", float: "một số", str: "một chuỗi", list: "một danh sách"}
    return "null" if value is None else names.get(type(value), "một đối tượng")
