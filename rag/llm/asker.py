"""The assistant with a model behind it: same figures, same citations, same refusals; the sentence may be the model's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from rag.assistant import Assistant
from rag.ground import Ground
from rag.llm.writer import Phrased, Phraser
from rag.question import Question
from rag.records import Answer, CheckResult


@dataclass(frozen=True, slots=True)
class PhrasedAnswer(Answer):
    """An answer with how its text came about."""

    phrased: Phrased | None = None

    def to_json(self) -> dict[str, Any]:
        """The agreed JSON, with `phrased` beside it."""
        out = Answer.to_json(self)
        if self.phrased is not None:
            one = self.phrased
            out["phrased"] = {"shown": one.shown, "why": one.why, "interventions": one.interventions, "faults": [list(kinds) for kinds in one.faults]}
        return out


class LlmAssistant:
    """Asks as `Assistant` does and has the answer phrased. `tally` counts what was shown and what the guard stopped."""

    def __init__(self, assistant: Assistant, phraser: Phraser) -> None:
        self._assistant, self._phraser = assistant, phraser
        self._counts: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._whys: Counter[str] = Counter()

    @property
    def ground(self) -> Ground:
        """What answers stand on."""
        return self._assistant.ground

    def understand(self, raw: str, history: Sequence[str] = ()) -> tuple[Question, str | None]:
        """See `Assistant.understand`."""
        return self._assistant.understand(raw, history)

    def ask(self, question: str, history: Sequence[str] = (), *, id: str = "", report: str | None = None) -> PhrasedAnswer:
        """The answer to `question` after the earlier questions `history`; its latency is that of both together."""
        answer = self._assistant.ask(question, history, id=id, report=report)
        phrased = self._phraser.phrase(question, answer)
        self._count(phrased)
        same = {field.name: getattr(answer, field.name) for field in fields(Answer)}
        same |= {"answer": phrased.text, "latency_ms": answer.latency_ms + phrased.latency_ms}
        return PhrasedAnswer(**same, phrased=phrased)

    def check(self, text: str, *, id: str = "", report: str | None = None) -> CheckResult:
        """See `Assistant.check`; the model has no part in it."""
        return self._assistant.check(text, id=id, report=report)

    def tally(self) -> dict[str, Any]:
        """Answers by whose words were shown, drafts that the guard stopped, by kind of fault, and why the report's words were kept."""
        return {
            "model": self._phraser.settings.model,
            "timeout_s": self._phraser.settings.timeout,
            **{name: self._counts[name] for name in ("llm", "extractive", "interventions")},
            "faults": dict(self._faults.most_common()),
            "why": dict(self._whys.most_common()),
        }

    def _count(self, phrased: Phrased) -> None:
        self._counts[phrased.shown] += 1
        self._counts["interventions"] += phrased.interventions
        self._faults.update(kind for kinds in phrased.faults for kind in kinds)
        self._whys[phrased.why] += 1
