"""A model phrases an answer that stands already; what it writes is shown only after the guard let it pass."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from corpus.text import fold, nfc
from rag.ground import Ground
from rag.llm import prompts
from rag.llm.draft_text import Sentence, clean_reply, joined, read_sentence, read_sentences
from rag.llm.endpoint import JUNK, Endpoint, EndpointFault, Message
from rag.llm.guard import FORBIDDEN, Fault, Guard, whole_faults
from rag.llm.settings import LlmSettings
from rag.records import ANSWERED, Answer

LLM, EXTRACTIVE = "llm", "extractive"
DRAFTS = 2
"""The first draft, and one more after what was wrong was said."""
LONGEST_SEARCH = 300
LONGEST_REPEATED = 2000
"""Characters of a stopped draft that are shown to the model again."""

BY_MODEL = "Câu chữ do mô hình ngôn ngữ viết; từng con số đã được đối chiếu với trích dẫn."
UNREPEATED = "(đã bỏ)"
NOT_ASKED = "Câu trả lời này không gửi cho mô hình ngôn ngữ."
MODEL_REFUSED = "Mô hình ngôn ngữ cho rằng trích dẫn chưa trả lời đủ câu hỏi, nên giữ nguyên lời của báo cáo."
NOT_GROUNDED = "Câu chữ của mô hình ngôn ngữ không khớp với trích dẫn, nên giữ nguyên lời của báo cáo."
KEPT = " Giữ nguyên lời của báo cáo."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """What may be shown so far, all of it checked; it takes the place of the draft before."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrased:
    """The answer to show: the text, whose words it is (`shown`), why (one Vietnamese sentence), how often the guard stepped in.

    `faults` holds, for each draft that was not shown, the kinds of what was wrong with it.
    """

    text: str
    shown: str
    why: str
    interventions: int = 0
    faults: tuple[tuple[str, ...], ...] = ()
    model: str = ""
    latency_ms: int = 0


@dataclass(frozen=True)
class _Task:
    """What the model is to do, and what its text stands between (sentences of the answer that are no quotes and stay)."""

    messages: tuple[Message, ...]
    answer: Answer
    guard: Guard
    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    must_hold: tuple[str, ...]
    streamed: bool

    def around(self, parts: Sequence[Sentence]) -> str:
        return joined([*self.before, *parts, *self.after])


class Phraser:
    """Phrases answers, summarises topics and words search questions. No method raises for what the endpoint does."""

    def __init__(self, settings: LlmSettings, ground: Ground, endpoint: Endpoint | None = None) -> None:
        self.settings, self._ground = settings, ground
        self._endpoint = endpoint or Endpoint(settings)

    def phrase(self, question: str, answer: Answer) -> Phrased:
        """The answer in the model's words, or as it is; asked in one piece."""
        return self._last(self._phrase(question, answer, streamed=False))

    def stream(self, question: str, answer: Answer) -> Iterator[Draft | Phrased]:
        """The same while it is written: drafts of checked sentences, and `Phrased` at the end."""
        yield from self._phrase(question, answer, streamed=True)

    def summarise(self, topic: str, gathered: Answer) -> Phrased:
        """What the citations of `gathered` (see `gather`) say on a topic, in the model's words, or `gathered` as it is."""
        return self._last(self._summarise(topic, gathered, streamed=False))

    def stream_summary(self, topic: str, gathered: Answer) -> Iterator[Draft | Phrased]:
        """The same while it is written."""
        yield from self._summarise(topic, gathered, streamed=True)

    def search_question(self, question: str, history: Sequence[str] = ()) -> str | None:
        """A further wording of `question` to search with, beside it and never in its place; None where none came.

        It holds no number that question and history do not hold.
        """
        messages = (("system", prompts.SEARCH), ("human", prompts.search_data(nfc(question), [nfc(one) for one in history])))
        try:
            reply = "".join(self._endpoint.pieces(messages, time.monotonic() + self.settings.timeout, streamed=False))
            return _usable_search(clean_reply(reply), question, history, self.settings.key)
        except EndpointFault:
            return None
        except Exception:  # a reply nobody foresaw costs no more than the extra wording
            log.exception("a reply of the language model could not be read")
            return None

    def _phrase(self, question: str, answer: Answer, *, streamed: bool) -> Iterator[Draft | Phrased]:
        if answer.status != ANSWERED or not answer.citations:
            yield Phrased(answer.answer, EXTRACTIVE, NOT_ASKED)
            return
        asked = answer.understood_as or nfc(question)
        before, after = _kept(answer)
        kept = " ".join(part.plain for part in (*before, *after))
        must_hold = tuple(figure.printed for figure in answer.figures if figure.printed not in kept and figure.text in answer.answer)
        messages = (("system", prompts.PHRASE), ("human", prompts.phrase_data(asked, answer.citations, must_hold)))
        guard = Guard(self._ground, asked, answer, self.settings.key)
        yield from self._write(_Task(messages, answer, guard, before, after, must_hold, streamed))

    def _summarise(self, topic: str, gathered: Answer, *, streamed: bool) -> Iterator[Draft | Phrased]:
        if gathered.status != ANSWERED or not gathered.citations:
            yield Phrased(gathered.answer, EXTRACTIVE, NOT_ASKED)
            return
        messages = (("system", prompts.SUMMARY), ("human", prompts.summary_data(nfc(topic), gathered.citations)))
        guard = Guard(self._ground, nfc(topic), gathered, self.settings.key)
        yield from self._write(_Task(messages, gathered, guard, (), (), (), streamed))

    def _write(self, task: _Task) -> Iterator[Draft | Phrased]:
        started = time.monotonic()
        rejected: list[list[Fault]] = []
        text, shown, why = task.answer.answer, EXTRACTIVE, NOT_GROUNDED
        try:
            outcome = yield from self._drafts(task, started + self.settings.timeout, rejected)
            text, shown, why = outcome or (text, shown, why)
        except EndpointFault as fault:
            why = str(fault) + KEPT
        except Exception:  # whatever a model may write, the answer stands
            log.exception("a reply of the language model could not be read")
            why = JUNK + KEPT
        elapsed = round((time.monotonic() - started) * 1000)
        yield Phrased(text, shown, why, len(rejected), _kinds(rejected), self.settings.model, elapsed)

    def _drafts(self, task: _Task, deadline: float, rejected: list[list[Fault]]) -> Generator[Draft, None, tuple[str, str, str] | None]:
        """Asks until a draft passes; returns text, whose it is, and why; None where none passed. Adds to `rejected` what was wrong."""
        messages = task.messages
        for _ in range(DRAFTS):
            reply = yield from self._draft(task, messages, deadline)
            text = clean_reply(reply)
            if _refuses(text):
                return task.answer.answer, EXTRACTIVE, MODEL_REFUSED
            parts = read_sentences(text)
            faults = _faults(task, parts)
            if not faults:
                return task.around(parts), LLM, BY_MODEL
            rejected.append(faults)
            again = prompts.AGAIN.format(faults=" ".join(dict.fromkeys(fault.what for fault in faults)))
            repeated = UNREPEATED if any(fault.kind == FORBIDDEN for fault in faults) else text[:LONGEST_REPEATED]
            messages = (*task.messages, ("ai", repeated), ("human", again))
        return None

    def _draft(self, task: _Task, messages: Sequence[Message], deadline: float) -> Generator[Draft, None, str]:
        """Reads one reply, shows its sentences while all of them pass, and returns it."""
        reply, shown = "", 0
        with closing(self._endpoint.pieces(messages, deadline, streamed=task.streamed)) as pieces:
            for piece in pieces:
                reply += piece
                whole = read_sentences(clean_reply(reply))[:-1] if task.streamed else []
                if len(whole) > shown and not _faults(task, whole, unfinished=True):
                    shown = len(whole)
                    yield Draft(joined([*task.before, *whole]))
        return reply

    @staticmethod
    def _last(events: Iterator[Draft | Phrased]) -> Phrased:
        *_, last = events
        assert isinstance(last, Phrased)
        return last


def _faults(task: _Task, parts: Sequence[Sentence], *, unfinished: bool = False) -> list[Fault]:
    faults = [fault for part in parts for fault in task.guard.sentence_faults(part)]
    must_hold = () if unfinished else task.must_hold
    return faults + whole_faults(parts, must_hold)


def _kept(answer: Answer) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """The sentences of an answer that are not the report's words (`Không.`, a sum, a remark on a figure left out): before and after the rest."""
    parts = read_sentences(answer.answer)
    own = [not part.marks or part.plain.startswith("Báo cáo ") for part in parts]
    first = own.index(False) if False in own else 0
    return tuple(parts[:first]), tuple(part for part, is_own in zip(parts[first:], own[first:], strict=True) if is_own)


def _kinds(rejected: Sequence[Sequence[Fault]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(dict.fromkeys(fault.kind for fault in faults)) for faults in rejected)


def _refuses(text: str) -> bool:
    return fold(read_sentence(text).plain).strip(" .") == fold(prompts.REFUSAL).strip(" .")


def _usable_search(text: str, question: str, history: Sequence[str], key: str) -> str | None:
    from rag.door import clean, refuse_at_door
    from rag.trace import untraced

    wording = clean(text.strip("\"“”' "))
    if not wording or "\n" in text or len(wording) > LONGEST_SEARCH or refuse_at_door(wording) or (key and key in text):
        return None
    if untraced(wording, [question, *history]) or fold(wording) == fold(clean(question)):
        return None
    return wording
