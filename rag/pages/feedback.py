"""What people think of the answers: a line of JSON each, in a file of the machine that runs the app."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from index.folder import cache_home
from rag.records import Answer

SETTING = "RAG_FEEDBACK"
"""Names another file for the feedback."""
LONGEST_COMMENT = 2000

_lock = threading.Lock()


def feedback_file() -> Path:
    """The file that feedback is written to."""
    named = os.environ.get(SETTING, "").strip()
    return Path(named).expanduser() if named else cache_home() / "gop-y.jsonl"


def store_feedback(question: str, history: Sequence[str], answer: Answer, helpful: bool, comment: str = "") -> bool:
    """Adds a line on an answer; False where the file cannot be written."""
    line = json.dumps(_entry(question, history, answer, helpful, comment), ensure_ascii=False)
    path = feedback_file()
    try:
        with _lock:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    except OSError:
        return False
    return True


def _entry(question: str, history: Sequence[str], answer: Answer, helpful: bool, comment: str) -> dict[str, Any]:
    return {
        "time": datetime.now().astimezone().isoformat(timespec="seconds"),
        "question": question,
        "history": list(history),
        "helpful": helpful,
        "comment": comment.strip()[:LONGEST_COMMENT],
        **{name: value for name, value in answer.to_json().items() if name not in ("id", "latency_ms")},
    }
