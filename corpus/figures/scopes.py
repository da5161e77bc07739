"""The words that say of when and where a figure is: its own first, then those it hangs on, its clause, its sentence's opening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.figures.comparison import is_from_level
from corpus.figures.groups import Group
from corpus.figures.rows import Cell
from corpus.figures.subject import strip_subject
from corpus.figures.words import CLOSED, GENERAL_PLACE, OPENER, PLAN_IS, PLAN_LEVEL, PLAN_WORD
from corpus.passages import Passage
from corpus.periods import GOAL, RESULT, TARGET, Period, default_period, period_of
from corpus.places import find_place
from corpus.report import Report

_OPENING = re.compile(r"(?i)[-–*+\s]*(?:trong|tính đến|đến|hết|cuối|đầu|giữa|năm|tới|phấn đấu|ước|vụ|tại thời điểm|chỉ số|kế hoạch)\b[^;]{0,60}")
_YEAR_BEFORE = re.compile(r"(?i)\b(?:cùng kỳ )?năm (?:trước|ngoái)\s*(?::|là|đạt|có)?\s*$")
_SAME_PERIOD = re.compile(r"(?i)(?:^|[(,;]\s*)cùng kỳ(?: năm)? ((?:19|20)\d\d)\s*(?::|là|đạt|có)?\s*$")
_SAME = re.compile(r"(?i)\s*cùng kỳ\s*(?::|là|đạt|có)?\s*")
_PLACE_AFTER = re.compile(r"\s*\(([^()\d]{2,40})\)")
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Scopes:
    """`own` words of a group, those `inherited`, the `lead` of its sentence, the `clause` it ends in, its `opening`, and words around."""

    own: str
    inherited: str
    lead: str
    clause: str
    opening: str
    around: tuple[str, ...]
    after: str
    column: str = ""
    said: str = ""

    @classmethod
    def of_sentence(cls, group: Group, span: tuple[int, int], passage: Passage, topic: str) -> Scopes:
        """`topic` is the sentence before, which `Trong đó: …` goes on with."""
        text, quantity = passage.text, group.quantity
        own = f"{group.left}{text[quantity.start : quantity.end]}{group.right}".strip()
        lead = text[span[0] : group.own_span[0]].strip()
        opening = _OPENING.match(CLOSED.sub(" ", lead))
        after = _PLACE_AFTER.match(text, group.own_span[1])
        around = (passage.anchor, topic if OPENER.match(text[span[0] : span[1]]) else "")
        return cls(
            own, _inherited(group), lead, _open_clause(lead), opening.group() if opening else "", around, after.group(1) if after else "", said=group.left
        )

    @classmethod
    def of_row(cls, group: Group, text: str, header: Sequence[Cell], caption: str) -> Scopes:
        """`caption` is the sentence above the table."""
        quantity = group.quantity
        own = f"{group.left}{text[quantity.start : quantity.end]}{group.right}".strip()
        name, _, column = group.left.partition(": ")
        return cls(own, f"{name} {column}".strip(), caption, "", caption, ("", ""), "", column or group.right)

    def period(self, group: Group, report: Report, section: str) -> Period:
        """Of when the figure is."""
        default = default_period(report, section)
        if self.column:
            return self._of_column(report, default) or period_of((self.inherited, self.opening), report, section)
        if (PLAN_LEVEL.fullmatch(group.left) and group.depth) or PLAN_IS.fullmatch(group.left):
            return Period(default.year, TARGET, False)  # `78,3% (kế hoạch 85%)`
        same = _SAME_PERIOD.search(f"{group.label}: {group.left}" if group.label else group.left) or _SAME_PERIOD.fullmatch(group.label)
        if same:
            return Period(int(same.group(1)), RESULT, True)
        if (_YEAR_BEFORE.search(group.left) or (group.depth and _SAME.fullmatch(group.left))) and not re.search(r"(?i)\bso (?:với )?[^,;]*$", group.left):
            return Period(default.year - 1, RESULT, True)
        found = period_of((self.own, self.inherited, self.clause, self.opening, self.around[0]), report, section)
        if is_from_level(group) and not found.stated:
            return Period(default.year - 1, RESULT, False)
        return found

    def _of_column(self, report: Report, default: Period) -> Period | None:
        year, planned = _YEAR.search(self.column), re.search(PLAN_WORD, self.column, re.IGNORECASE)
        if re.search(r"(?i)\bso\b|%|tăng|giảm", self.column):
            return default
        if year is None:
            return Period(default.year, TARGET, False) if planned else None
        number = int(year.group())
        if number == report.plan_year:
            return Period(number, TARGET, True)
        return Period(number, GOAL if number > report.year else TARGET if planned else RESULT, True)

    def place(self, report: Report) -> str:
        """Where the figure is: the report's own place where no words say it."""
        after = find_place((self.after,), report) if self.after else ""
        if not after and GENERAL_PLACE.search(self.said):
            return find_place((self.own,), report, self.lead) or report.place
        return after or find_place((self.own, self.inherited, self.clause, self.around[1]), report, self.lead) or report.place


def _open_clause(lead: str) -> str:
    """What `lead` says of the clause that it ends in: its words after the last `;`, and those before the first colon."""
    words = CLOSED.sub(" ", lead)
    head, colon, listed = words.partition(": ")
    return words.rpartition(";")[2] if not colon else f"{head} {listed.rpartition(';')[2]}"


def _inherited(group: Group) -> str:
    parts = [group.label, *group.chain]
    seen = group.base or group.whole
    steps = 0
    while seen is not None and steps < 3:
        parts.append(f"{strip_subject(seen.left)} {seen.quantity.unit} {seen.right}".strip())
        parts += [words for words in (seen.label, *seen.chain) if words not in parts]
        seen, steps = seen.base or seen.whole, steps + 1
    return " ".join(part for part in parts if part)
