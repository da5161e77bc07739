"""Gates: the level that the test half must hold. Raising one is a commit; lowering one gives its reason in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.console import percent

GATES = Path(__file__).parent / "gates.json"


def read_gates(path: Path = GATES) -> dict[str, dict[str, dict[str, float]]]:
    """Thresholds by result key (`answers-test`) and measure: `{"min": share}` or `{"max": share}`."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return {key: measures for key, measures in raw.items() if key != "reasons"}


def failures(summary: Mapping[str, Any], gates: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A Vietnamese sentence for each gate that a summary does not hold; `n` gates how many questions were scored.

    A measure that is not in the summary, or has no value, does not hold.
    """
    found = []
    for name, bounds in gates.items():
        value = _value(summary, name)
        for bound, limit in bounds.items():
            held = value is not None and (value >= limit if bound == "min" else value <= limit)
            if not held:
                wanted = "ít nhất" if bound == "min" else "nhiều nhất"
                found.append(f"{name}: {_shown(name, value)}, cần {wanted} {_shown(name, limit)}")
    return found


def _value(summary: Mapping[str, Any], name: str) -> float | None:
    if name == "n":
        return float(summary["n"])
    share = summary["measures"].get(name)
    value = share["share"] if share else summary.get("means", {}).get(name)
    return None if value is None else float(value)


def _shown(name: str, value: float | None) -> str:
    return f"{value:.0f} câu" if name == "n" and value is not None else percent(value)
