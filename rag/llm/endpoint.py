"""The one file that talks to a model: an OpenAI-compatible endpoint through LangChain, within a time limit, never traced elsewhere."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from rag.llm.settings import LlmSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

SLOW = "Mô hình ngôn ngữ chưa trả lời xong trong {seconds} giây."
DOWN = "Không kết nối được với máy chủ của mô hình ngôn ngữ."
DENIED = "Máy chủ của mô hình ngôn ngữ không chấp nhận khóa truy cập."
OVER_LIMIT = "Máy chủ của mô hình ngôn ngữ đang quá tải hoặc đã hết hạn mức."
UNKNOWN_MODEL = "Máy chủ không có mô hình ngôn ngữ đã chọn."
REFUSED = "Máy chủ của mô hình ngôn ngữ không nhận yêu cầu."
BROKEN = "Máy chủ của mô hình ngôn ngữ gặp lỗi."
JUNK = "Máy chủ của mô hình ngôn ngữ trả về nội dung không đọc được."
CUT_OFF = "Câu trả lời của mô hình ngôn ngữ bị cắt giữa chừng."
TOO_LONG = "Câu trả lời của mô hình ngôn ngữ quá dài."
_BY_STATUS = {401: DENIED, 403: DENIED, 404: UNKNOWN_MODEL, 408: SLOW, 413: REFUSED, 429: OVER_LIMIT, 503: OVER_LIMIT, 504: SLOW}

LONGEST = 20_000
"""Characters after which a reply (with a model's thinking, where it shows it) is no longer read."""
MOST_TOKENS = 6_000
"""Tokens that a reply may have, about as long: the server is told, so that a model that never ends (a base model echoes on) does not hold it for nothing."""

Message = tuple[str, str]
"""`("system" | "human" | "ai", text)`."""

log = logging.getLogger(__name__)


class EndpointFault(Exception):
    """Why there is no reply: one Vietnamese sentence, without anything of the request."""


class Endpoint:
    """Asks the model. Holds no connection between calls; safe to use from several threads."""

    def __init__(self, settings: LlmSettings) -> None:
        self.settings = settings

    def pieces(self, messages: Sequence[Message], deadline: float, *, streamed: bool) -> Generator[str, None, None]:
        """The reply as it comes in (in one piece unless `streamed`), until `deadline` of `time.monotonic()`.

        Raises `EndpointFault` whatever goes wrong, also for a reply that was cut off.
        """
        call = _Call(self.settings, messages, deadline, streamed)
        length = 0
        try:
            for piece in call.pieces():
                length += len(piece)
                if length > LONGEST:
                    raise EndpointFault(TOO_LONG)
                yield piece
        finally:
            call.close()


class _Call:
    """One request, made in a thread of its own so that an endpoint that trickles or hangs cannot hold the caller."""

    def __init__(self, settings: LlmSettings, messages: Sequence[Message], deadline: float, streamed: bool) -> None:
        self._settings, self._messages, self._deadline, self._streamed = settings, messages, deadline, streamed
        self._queue: queue.Queue[str | Exception | None] = queue.Queue()
        self._closed = threading.Event()
        self._model: BaseChatModel | None = None
        threading.Thread(target=self._run, name="llm", daemon=True).start()

    def pieces(self) -> Iterator[str]:
        while True:
            try:
                got = self._queue.get(timeout=max(0.0, self._deadline - time.monotonic()))
            except queue.Empty:
                raise EndpointFault(_slow(self._settings)) from None
            if got is None:
                return
            if isinstance(got, Exception):
                raise got
            yield got

    def close(self) -> None:
        """Ends the request if it still runs."""
        self._closed.set()
        client = getattr(self._model, "root_client", None)
        if client is not None:
            with suppress(Exception):  # what a broken connection says while it is closed is of no use
                client.close()

    def _run(self) -> None:
        try:
            self._ask()
            self._queue.put(None)
        except EndpointFault as fault:
            self._queue.put(fault)
        except Exception as error:  # whatever a foreign server and its client think of; the message may hold the request
            if not self._closed.is_set():
                log.warning("language model: %s (%s)", type(error).__name__, getattr(error, "status_code", "-"))
            self._queue.put(EndpointFault(_reason(error, self._settings)))

    def _ask(self) -> None:
        from langsmith.run_helpers import tracing_context

        self._model = model = _chat_model(self._settings, self._deadline)
        if self._closed.is_set():
            return
        messages, finished = _messages(self._messages), ""
        with tracing_context(enabled=False):
            for reply in model.stream(messages) if self._streamed else [model.invoke(messages)]:
                finished = reply.response_metadata.get("finish_reason") or finished
                if self._closed.is_set():
                    return
                if reply.text:
                    self._queue.put(reply.text)
        if finished != "stop":
            raise EndpointFault(CUT_OFF)


def _chat_model(settings: LlmSettings, deadline: float) -> BaseChatModel:
    from langchain.chat_models import init_chat_model
    from openai import DefaultHttpxClient

    left = max(0.1, deadline - time.monotonic())
    client = DefaultHttpxClient(timeout=left, follow_redirects=False, trust_env=not settings.is_local)
    return init_chat_model(
        settings.model,
        model_provider="openai",
        base_url=settings.url,
        api_key=settings.key or "none",  # an empty one would be replaced by another service's key of the environment
        timeout=left,
        max_retries=0,
        max_completion_tokens=MOST_TOKENS,
        temperature=0,
        use_responses_api=False,
        http_client=client,
    )


def _messages(messages: Sequence[Message]) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds: dict[str, type[BaseMessage]] = {"system": SystemMessage, "human": HumanMessage, "ai": AIMessage}
    return [kinds[kind](content=text) for kind, text in messages]


def _reason(error: Exception, settings: LlmSettings) -> str:
    from langchain_core.exceptions import ModelConnectionError, ModelTimeoutError

    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _BY_STATUS.get(status, BROKEN if status >= 500 else REFUSED).format(seconds=_seconds(settings))
    if isinstance(error, ModelTimeoutError) or "Timeout" in type(error).__name__:
        return _slow(settings)
    if any(type(one).__name__ in ("RemoteProtocolError", "ReadError") for one in _causes(error)):
        return CUT_OFF
    return DOWN if isinstance(error, ModelConnectionError) else JUNK


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, innermost last."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__


def _slow(settings: LlmSettings) -> str:
    return SLOW.format(seconds=_seconds(settings))


def _seconds(settings: LlmSettings) -> str:
    return f"{settings.timeout:g}".replace(".", ",")
