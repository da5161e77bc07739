"""What a person typed, understood: slips mended, abbreviations written out, what is left to earlier questions filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.report import Report
from corpus.text import has_diacritics
from rag.door import clean
from rag.followup import resolve
from rag.ground import Ground
from rag.question import Question, follow_up, read_question, with_dates
from rag.scope import choose_reports

_TWICE = re.compile(r"(?i)\b(\w+) \1(?= nhiêu\b)")
"""What an abbreviation written out says twice: `bao nhiu` as `bao bao nhiêu`."""
_TYPED_SO = re.compile(r"(?i)\bbao (?:nhiu|nhìu|nhie|nhiew|nhieu)\b")
"""`bao nhiêu` as hurried people type it."""
_ALONE = re.compile(r"(?i)(?<!\bbao )\bnhiêu\b")
"""`nhiêu` as the South says for `bao nhiêu`."""


def understand(
    ground: Ground, raw: str, history: Sequence[str] = (), report_id: str | None = None, *, leans: bool = False
) -> tuple[Question, str | None]:
    """The question with history resolved, abbreviations written out and slips mended; and how it reads, if that differs.

    `leans`: it is taken for a follow-up, whatever it looks like.
    """
    typed = clean(raw)
    about = _about(ground, (typed, *history), report_id)
    earlier = [_spelled(ground, _mended(ground, clean(one), about), about) for one in history if one.strip()]
    mended = _mended(ground, typed, about)
    reports = [about] if about is not None else ground.index.reports
    resolved = resolve(_spelled(ground, mended, about), earlier, reports, leans=leans)
    question = read_question(typed, resolved.text)
    if resolved.own:
        context = replace(read_question(typed, resolved.context), of_turns=len(earlier) > 1)
        question = follow_up(question, read_question(typed, resolved.own), context, resolved.topic)
    question = replace(question, mended=mended != typed)
    return question, (resolved.text if resolved.text != typed else None)


def _about(ground: Ground, turns: Sequence[str], report_id: str | None) -> Report | None:
    """The report that a conversation is about: the one chosen, the only one, or the only one whose place it names."""
    named = choose_reports(ground.index.reports, read_question(turns[0], " ".join(turns)), report_id)
    return named[0] if len(named) == 1 else None


def _mended(ground: Ground, typed: str, about: Report | None) -> str:
    """What was typed, its slips mended; abbreviations of the user's own making are none."""
    typed = _TYPED_SO.sub("bao nhiêu" if has_diacritics(typed) else "bao nhieu", typed)
    return ground.speller.mend(typed, ground.shorthand.shortened(typed, about))


def _spelled(ground: Ground, mended: str, about: Report | None) -> str:
    """A search copy of what was typed: marks restored, abbreviations written out, `năm nay` as the year of the report."""
    spelled = _ALONE.sub("bao nhiêu", _TWICE.sub(r"\1", ground.shorthand.written_out(mended, about)))
    return with_dates(spelled, about.year, about.plan_year or about.year + 1) if about is not None else spelled
