"""A real HTTP server on loopback that speaks the chat-completions protocol as scripted: one step a request, the last one again and again."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Step:
    """One reply: `text` with HTTP `status` and `finish` reason; before it `wait` seconds, and between words `pace` seconds.

    `broken` ends the connection after that many words; `raw` is sent as the body in place of anything that the protocol knows.
    """

    text: str = ""
    status: int = 200
    finish: str = "stop"
    wait: float = 0.0
    pace: float = 0.0
    broken: int | None = None
    raw: bytes | None = None


@dataclass
class Script:
    """What the server says, and what it was asked: the bodies and the authorization headers."""

    steps: Sequence[Step]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def said_to_model(self) -> str:
        """All messages of all requests, as one text."""
        return "\n".join(message["content"] for body in self.asked for message in body["messages"])


@contextmanager
def served(*steps: Step | str) -> Iterator[Script]:
    """The server while the block runs; a plain text is a good reply."""
    script = Script([Step(one) if isinstance(one, str) else one for one in steps])

    class Handler(_Handler):
        pass

    Handler.script = script
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=2)


def closed_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def do_POST(self) -> None:  # the name is http.server's
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        step = self.script.steps[min(len(self.script.asked), len(self.script.steps) - 1)]
        self.script.asked.append(body)
        self.script.authorizations.append(self.headers.get("Authorization", ""))
        with suppress(OSError):  # the client may have gone
            if self.path != "/v1/chat/completions":
                self._send(404, b"{}")
            elif not self.script.over.wait(step.wait):
                self._answer(step, bool(body.get("stream")))

    def _answer(self, step: Step, streamed: bool) -> None:
        if step.raw is not None:
            self._send(step.status, step.raw)
        elif step.status != 200:
            error = {"error": {"message": f"scripted {step.status}", "type": "scripted", "code": None}}
            self._send(step.status, json.dumps(error).encode())
        elif streamed:
            self._stream(step)
        else:
            self._whole(step)

    def _whole(self, step: Step) -> None:
        message = {"role": "assistant", "content": step.text}
        choice = {"index": 0, "message": message, "finish_reason": step.finish}
        data = json.dumps({"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}).encode()
        if step.broken is None:
            self._send(200, data)
        else:
            self._head(200, "application/json", len(data))
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True

    def _stream(self, step: Step) -> None:
        self._head(200, "text/event-stream", None)
        words = [word + " " for word in step.text.split(" ")]
        for number, word in enumerate(words):
            if step.broken == number:
                return
            self._event({"role": "assistant", "content": word if number < len(words) - 1 else word[:-1]}, None)
            if step.pace:
                time.sleep(step.pace)
        self._event({}, step.finish)
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, str], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        data = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.wfile.write(b"data: " + json.dumps(data).encode() + b"\n\n")
        self.wfile.flush()

    def _send(self, status: int, data: bytes) -> None:
        self._head(status, "application/json", len(data))
        self.wfile.write(data)

    def _head(self, status: int, kind: str, length: int | None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""
