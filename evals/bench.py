"""Time and memory, in fresh processes: build, cold start to the first answer, warm answers, resident memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from corpus import load_reports
from evals.console import decimal
from evals.gold import Claim, GoldError, Question
from evals.gold_set import GoldSet
from evals.intervals import percentile
from evals.runs import config

COLD_STARTS = 3
_ROOT = Path(__file__).parent.parent
_WARM = """
import json, sys, time
from corpus import load_reports
from corpus.audit import audit
from evals.bench import memory_mb
from rag.assistant import Assistant
from rag.check import check_text
def timed_ms(do):
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000
audit_ms = [timed_ms(lambda: audit(report)) for report in load_reports()]
began = time.perf_counter()
assistant = Assistant.load()
loaded = time.perf_counter() - began
asked = json.loads(sys.stdin.read())
questions, claims = asked["questions"], asked["claims"]
for question in questions[:5]:  # other words, so that nothing measured later is remembered
    assistant.ask("Xin cho biết: " + question["question"], question["history"])
times = [timed_ms(lambda: assistant.ask(question["question"], question["history"])) for question in questions]
check_text(assistant.ground, "Kiểm thử: " + claims[0])
checks = [timed_ms(lambda: check_text(assistant.ground, claim)) for claim in claims]
print(json.dumps({"load_s": loaded, "times_ms": times, "check_ms": checks, "audit_ms": audit_ms, "memory_mb": memory_mb()}))
"""


def run_bench(gold: GoldSet, limit: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Config and summary of one run. Raises `GoldError` if a measured process fails.

    The index is built twice into an empty folder: once with the model still to be unpacked (the first use on a
    machine), once with it unpacked.
    """
    questions = list(gold.questions)[:limit]
    with tempfile.TemporaryDirectory() as cache:
        first = _build_seconds({"RAG_CACHE": cache, "RAG_INDEX": f"{cache}/one"})
        again = _build_seconds({"RAG_CACHE": cache, "RAG_INDEX": f"{cache}/two"})
        settings = {"RAG_CACHE": cache, "RAG_INDEX": f"{cache}/two"}
        cold = [_cold_seconds(settings, questions[0]) for _ in range(COLD_STARTS)]
        warm = _warm(settings, questions, gold.claims[:limit])
    summary = {
        "script": "bench",
        "split": "all",
        "n": len(questions),
        "measures": {},
        "rows": _rows(first, again, cold, warm),
        "first_build_s": first,
        "build_s": again,
        "cold_s": cold,
        "load_s": warm["load_s"],
        "p50_ms": percentile(warm["times_ms"], 50),
        "p95_ms": percentile(warm["times_ms"], 95),
        "check_p50_ms": percentile(warm["check_ms"], 50),
        "check_p95_ms": percentile(warm["check_ms"], 95),
        "audit_ms": median(warm["audit_ms"]),
        "memory_mb": warm["memory_mb"],
    }
    return config("bench", "all", gold.sha256, load_reports(), {}), summary


def memory_mb() -> dict[str, float]:
    """Resident memory of this process now (`VmRSS`) and at its highest (`VmHWM`), in MiB; empty where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}


def bench_text(summary: Mapping[str, Any]) -> str:
    """The measures, one a line."""
    return "\n".join(f"{row['label']}: {row['value']}" for row in summary["rows"])


def _rows(first: float, again: float, cold: Sequence[float], warm: Mapping[str, Any]) -> list[dict[str, str]]:
    times, checks, memory = warm["times_ms"], warm["check_ms"], warm["memory_mb"]
    rows = [
        ("Dựng chỉ mục lần đầu, kể cả giải nén mô hình", f"{decimal(first, 1)} giây"),
        ("Dựng chỉ mục khi mô hình đã giải nén", f"{decimal(again, 1)} giây"),
        (f"Từ lúc gõ lệnh đến câu trả lời đầu tiên (trung vị {len(cold)} lần)", f"{decimal(median(cold), 1)} giây"),
        (f"Một câu trả lời khi đã nạp, p50 ({len(times)} câu)", f"{decimal(percentile(times, 50), 0)} ms"),
        ("Một câu trả lời khi đã nạp, p95", f"{decimal(percentile(times, 95), 0)} ms"),
        (f"Đối chiếu một lời phát biểu, p50 ({len(checks)} lời)", f"{decimal(percentile(checks, 50), 0)} ms"),
        ("Đối chiếu một lời phát biểu, p95", f"{decimal(percentile(checks, 95), 0)} ms"),
        ("Kiểm số học cả một báo cáo", f"{decimal(median(warm['audit_ms']), 0)} ms"),
    ]
    if memory:
        rows.append(("Bộ nhớ thường trú sau khi trả lời hết", f"{decimal(memory['VmRSS'] / 1024, 2)} GB"))
        rows.append(("Bộ nhớ cao nhất", f"{decimal(memory['VmHWM'] / 1024, 2)} GB"))
    return [{"label": label, "value": value} for label, value in rows]


def _build_seconds(settings: Mapping[str, str]) -> float:
    began = time.perf_counter()
    _run(["-m", "index", "build"], settings)
    return time.perf_counter() - began


def _cold_seconds(settings: Mapping[str, str], question: Question) -> float:
    began = time.perf_counter()
    _run(["-m", "rag", "ask", question.question, "--json"], settings)
    return time.perf_counter() - began


def _warm(settings: Mapping[str, str], questions: Sequence[Question], claims: Sequence[Claim]) -> dict[str, Any]:
    asked = {
        "questions": [{"question": question.question, "history": list(question.history)} for question in questions],
        "claims": [claim.text for claim in claims],
    }
    found: dict[str, Any] = json.loads(_run(["-c", _WARM], settings, json.dumps(asked, ensure_ascii=False)).splitlines()[-1])
    return found


def _run(arguments: Sequence[str], settings: Mapping[str, str], given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        cwd=_ROOT,
        env={**os.environ, **settings, "PYTHONIOENCODING": "utf-8"},
        input=given,
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        last = (done.stderr.strip() or "không rõ lý do").rpartition("\n")[2]
        raise GoldError(f"Lệnh đo “{' '.join(arguments)[:60]}” không chạy được: {last}")
    return done.stdout
