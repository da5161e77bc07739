"""Settings of the language model: off unless asked for, and the key shown nowhere."""

from __future__ import annotations

import pytest

from evals.gold import GoldError
from evals.subject import load_assistant
from rag.llm import LlmSettings, SettingsError, read_settings
from tests.llm_fakes import KEY

GOOD = {"RAG_LLM_URL": "http://127.0.0.1:11434/v1/", "RAG_LLM_MODEL": "qwen3:8b", "RAG_LLM_KEY": KEY, "RAG_LLM_TIMEOUT": "7,5"}


def test_it_is_off_where_nothing_is_set() -> None:
    assert read_settings({}) is None
    assert read_settings({"RAG_LLM_MODEL": "m", "RAG_LLM_KEY": KEY, "OPENAI_API_KEY": KEY}, {}) is None


def test_settings_come_from_the_environment_and_then_from_secrets() -> None:
    assert read_settings(GOOD) == LlmSettings("http://127.0.0.1:11434/v1", "qwen3:8b", KEY, 7.5)
    assert read_settings({}, GOOD) == read_settings(GOOD)
    mixed = read_settings({"RAG_LLM_MODEL": "khac"}, GOOD)
    assert mixed is not None and mixed.model == "khac" and mixed.is_local


def test_the_key_is_not_in_what_is_printed() -> None:
    assert KEY not in repr(read_settings(GOOD))
    assert KEY not in str(read_settings(GOOD))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"RAG_LLM_MODEL": ""}, "RAG_LLM_MODEL"),
        ({"RAG_LLM_URL": "127.0.0.1:11434"}, "RAG_LLM_URL"),
        ({"RAG_LLM_URL": "file:///etc/passwd"}, "RAG_LLM_URL"),
        ({"RAG_LLM_URL": "http://[::1"}, "RAG_LLM_URL"),
        ({"RAG_LLM_URL": f"http://ai:{KEY}@may-chu/v1"}, "RAG_LLM_KEY"),
        ({"RAG_LLM_URL": f"http://may-chu/v1?key={KEY}"}, "RAG_LLM_KEY"),
        ({"RAG_LLM_KEY": KEY + " và chữ"}, "RAG_LLM_KEY"),
        ({"RAG_LLM_TIMEOUT": "mau"}, "RAG_LLM_TIMEOUT"),
        ({"RAG_LLM_TIMEOUT": "0"}, "RAG_LLM_TIMEOUT"),
        ({"RAG_LLM_TIMEOUT": "nan"}, "RAG_LLM_TIMEOUT"),
    ],
)
def test_settings_that_cannot_be_used_are_told_without_the_key(wrong: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told) as raised:
        read_settings({**GOOD, **wrong})
    assert KEY not in str(raised.value)


def test_the_evaluation_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAG_LLM_URL", raising=False)
    with pytest.raises(GoldError, match="RAG_LLM_URL và RAG_LLM_MODEL"):
        load_assistant("llm")
    monkeypatch.setenv("RAG_LLM_URL", "http://127.0.0.1:1/v1")
    monkeypatch.delenv("RAG_LLM_MODEL", raising=False)
    with pytest.raises(GoldError, match="chưa đặt RAG_LLM_MODEL"):
        load_assistant("llm")
