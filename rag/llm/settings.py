"""Which endpoint to ask, if any: from the environment, or from secrets that the app hands in."""

from __future__ import annotations

import ipaddress
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

URL, MODEL, KEY, TIMEOUT = "RAG_LLM_URL", "RAG_LLM_MODEL", "RAG_LLM_KEY", "RAG_LLM_TIMEOUT"
DEFAULT_TIMEOUT, LONGEST_TIMEOUT = 20.0, 300.0
"""Seconds that both drafts of one answer may take together."""


class SettingsError(ValueError):
    """Settings that cannot be used; the message is one Vietnamese sentence and holds no key."""


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """An OpenAI-compatible endpoint (`url` up to `/v1`), its model, key (empty: none) and time limit in seconds."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = DEFAULT_TIMEOUT

    @property
    def is_local(self) -> bool:
        """Whether the endpoint is on this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def read_settings(environment: Mapping[str, str] | None = None, secrets: Mapping[str, object] | None = None) -> LlmSettings | None:
    """The settings; None where no URL is set (the mode is off). The environment goes before the secrets.

    Raises `SettingsError` for settings that are there and cannot be used.
    """
    environment = os.environ if environment is None else environment
    secrets = secrets or {}

    def value(name: str) -> str:
        return (environment.get(name) or str(secrets.get(name) or "")).strip()

    if not value(URL):
        return None
    if not value(MODEL):
        raise SettingsError(f"Đã đặt {URL} nhưng chưa đặt {MODEL}; xin đặt tên mô hình.")
    return LlmSettings(_url(value(URL)), value(MODEL), _key(value(KEY)), _timeout(value(TIMEOUT)))


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"{URL} chưa đúng; cần địa chỉ bắt đầu bằng http:// hoặc https://, ví dụ http://127.0.0.1:11434/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise SettingsError(f"{URL} không được chứa tài khoản hay tham số; xin đặt khóa ở {KEY}.")
    return text.rstrip("/")


def _key(text: str) -> str:
    if text and (not text.isascii() or not text.isprintable() or " " in text):
        raise SettingsError(f"{KEY} chứa ký tự không dùng được trong khóa; xin chép lại khóa.")
    return text


def _timeout(text: str) -> float:
    if not text:
        return DEFAULT_TIMEOUT
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise SettingsError(f"{TIMEOUT} cần một số giây lớn hơn 0 và không quá {LONGEST_TIMEOUT:.0f}.")
    return seconds
