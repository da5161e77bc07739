"""What a report says on a topic over several sections: the statements to summarise, which are also what is shown without a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.assistant import Assistant
from rag.door import refuse_at_door
from rag.records import ANSWERED, NOT_FOUND, Answer
from rag.refusal import NOTHING
from rag.scope import choose_reports
from rag.sentence_ranker import ScoredSentence, rank_sentences
from rag.text_answer import draft_text

SUMMARY = "summary"
"""The form of an answer that holds what several sections say on a topic."""
MOST, MOST_OF_SECTION = 6, 2
LEAST_COVERAGE = 0.5
"""Share of the topic that a statement with its heading must cover."""


def gather(assistant: Assistant, topic: str, *, report: str | None = None) -> Answer:
    """The statements on a topic as an answer, best section first, each cited; a refusal where the report holds none."""
    refused = refuse_at_door(topic)
    if refused:
        return Answer("", NOT_FOUND, refused)
    question, understood = assistant.understand(topic)
    ground = assistant.ground
    chosen = choose_reports(ground.index.reports, question, report)[0]
    query = ground.query(question, None, chosen)
    ranked = rank_sentences(query, ground.find(question, chosen), chosen)
    draft = draft_text([(one.passage, one.start, one.end) for one in _of_sections([one for one in ranked if one.coverage >= LEAST_COVERAGE])])
    if not draft.citations:
        return Answer("", NOT_FOUND, NOTHING)
    answer = Answer("", ANSWERED, " ".join(draft.sentences), (), draft.citations, form=SUMMARY, confidence=ranked[0].coverage)
    return replace(answer, understood_as=understood)


def _of_sections(ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The best sentences, not more than a few of a section, those of a section side by side in order of the text."""
    chosen: dict[str, list[ScoredSentence]] = {}
    for one in ranked:
        of_section = chosen.setdefault(one.passage.section, [])
        if len(of_section) < MOST_OF_SECTION and sum(map(len, chosen.values())) < MOST:
            of_section.append(one)
    return [one for of_section in chosen.values() for one in sorted(of_section, key=lambda s: (s.passage.id, s.start))]
