"""The words that a group leaves unsaid and takes from those before it: what is measured, what is counted, of what time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.groups import Frame, Gap, Group
from corpus.figures.subject import chain_words, right_words, strip_subject, subject_of, timeless
from corpus.figures.wholes import same_kind, same_noun
from corpus.figures.words import (
    ASIDE_CLAUSE,
    BARE,
    BARE_VERB,
    CLOSED,
    EMPTY_LEFT,
    HEAD_NOUN,
    MEASURE_LAST,
    MOST,
    NAMED_LEFT,
    NEXT_MOST,
    ONLY_TIME,
    OWN_SUBJECT,
    PLAN_IS,
    PLAN_LEVEL,
    SCOPE_ONLY,
    SHARED_HEAD,
    TELLS_MOST,
    VERB_LEFT,
)

_RATE = re.compile(r"(?i)(?:tỷ|tỉ) lệ$")
_LONGEST_NAME = 8


def _outermost(part: Group) -> Group:
    """The whole that a part of a part is of."""
    while part.whole is not None:
        part = part.whole
    return part


class Borrower:
    """Gives a group the words that it leaves unsaid. `groups` are those before it, `gap` what stands between."""

    def __init__(self, groups: Sequence[Group], frames: Sequence[Frame], previous: Group | None, gap: Gap) -> None:
        self.groups, self.frames, self.frame = groups, frames, frames[-1]
        self.previous, self.gap = previous, gap

    def lend(self, group: Group, left: str, target: Group | None) -> None:
        """What the group leaves unsaid: a bare measure takes what is measured, a bare time what it is a time of."""
        before = self._at_depth(group.depth)
        if target is not None and PLAN_IS.fullmatch(left):
            group.chain = [subject_of(target)]
        elif len(self.frames) > 1 and PLAN_LEVEL.fullmatch(left):
            opened = self.frame.opened_by
            group.chain = [self.gap.named or (subject_of(opened) if opened else "")]
        elif self._is_bare(group, strip_subject(left)):
            root = self._root(group, strip_subject(left), before)
            words = subject_of(root) if root is before and root and _RATE.match(strip_subject(left)) else chain_words(root) if root else ""
            group.chain, group.bare = self._unlabelled(group, words if ASIDE_CLAUSE.match(self.gap.context) else self.gap.context or words), True
        elif target is not None and not group.chain and ONLY_TIME.fullmatch(left.strip()):
            alike = next((g for g in reversed(self.groups) if group.counts and g.base is None and same_kind(g, group)), target)
            group.chain = [timeless(subject_of(alike))]
        elif before is not None and self._of_the_count_before(group, left, before):
            words = subject_of(before)
            noun_only = words == before.quantity.unit and (before.coordinate or before.left.strip())
            group.chain, group.bare = self._unlabelled(group, "" if noun_only else words), True
        elif not group.chain and (most := self._the_most_of(group, left)):
            group.chain = most
        elif not group.chain and self._measures_count(group):
            group.chain = [subject_of(self.groups[-1])]
        elif not group.chain:
            group.head = self._shared_head(group, strip_subject(left))

    def _the_most_of(self, group: Group, left: str) -> list[str]:
        """What a group tells the most of (`xử lý 146 vụ, …; nhiều nhất là A 38 vụ, B 29 vụ`): the count of its noun, else what the sentence before is on."""
        said = left.strip()
        if group.label:
            return []
        mains = [g for g in self.groups if g.base is None and g.whole is None and g.depth == group.depth]
        if MOST.search(said):
            others = [g for g in mains if not MOST.search(g.left.strip()) and not NEXT_MOST.match(g.left.strip())]
            alike = [g for g in others if same_kind(g, group) and (not group.counts or same_noun(g, group))]
            follows = self.previous is not None and bool(TELLS_MOST.match(said) or group.counts and same_noun(self.previous, group))
            of = next(iter(alike), self.previous if follows and not mains else None)
            if of is None or not of.left:
                return list(of.chain) if of is not None else []  # `02 giải Nhất, 11 giải Nhì; dẫn đầu là A 37 giải`: the first prizes are not what A has
            return [subject_of(of)]
        first = next((g for g in mains if g.clause == group.clause and g.chain and MOST.search(g.left.strip())), None)
        goes_on = first is not None and self.gap.after_comma and not self.gap.semicolon and first.quantity.canonical == group.quantity.canonical
        return list(first.chain) if first and goes_on and (NEXT_MOST.match(said) or NAMED_LEFT.fullmatch(said)) else []

    def _root(self, group: Group, said: str, before: Group | None) -> Group | None:
        """The group that a bare measure or verb speaks of: the one before, the first of the sentence after a `;`, the count of its own noun."""
        if "lấp đầy" in said:  # of the industrial park that the clause begins with
            return next((g for g in self.groups if g.clause == group.clause and g.depth == group.depth), before or self.previous)
        if self.gap.semicolon and before is not None and before.base is None and before.whole is not None and not BARE_VERB.fullmatch(said):
            return _outermost(before)  # `vụ xuân 90 ha, riêng lúa lai 12 ha; năng suất …` is not that of a part
        if not (self.gap.semicolon and BARE_VERB.fullmatch(said)):
            return before or self.previous
        mains = [g for g in self.groups if g.base is None and g.whole is None]
        counted = [g for g in reversed(mains) if group.counts and same_noun(g, group)]
        return next(iter(counted or mains), before)

    def _shared_head(self, group: Group, said: str) -> str:
        """The words that a name in a list leaves out: `Sản lượng` of `Sản lượng cá cơm 9 tấn, cá nục 6 tấn, mực 1 tấn`."""
        before = next((g for g in reversed(self.groups) if g.base is None and g.depth == group.depth), None)
        alike = before is not None and before.quantity.canonical == group.quantity.canonical and before.label == group.label and before.whole is group.whole
        if before is None or not alike or not said or len(said.split()) > _LONGEST_NAME or HEAD_NOUN.match(said) or VERB_LEFT.match(said):
            return ""
        words = f"{before.head} {strip_subject(before.left)}".strip()
        head = SHARED_HEAD.match(words)
        if head is None or SHARED_HEAD.match(said) or SCOPE_ONLY.fullmatch(said):
            return ""
        listed = words.split()
        at = max((n for n, word in enumerate(listed) if word.lower() == said.split()[0].lower()), default=0)
        if at * bool(at >= len(head.group().split())):
            return " ".join(listed[:at])
        return "" if self.gap.semicolon and group.quantity.canonical.dimension in ("percent", "money") else head.group()

    def _at_depth(self, depth: int) -> Group | None:
        """The last group that stands no deeper in brackets."""
        return next((group for group in reversed(self.groups) if group.depth <= depth), None)

    def _is_bare(self, group: Group, said: str) -> bool:
        """Whether the words before the number name only a measure (`kinh phí`), or a verb that wants its noun (`bị thương`)."""
        before = self.groups[-1] if self.groups else None
        if before is not None and self.gap.semicolon and (before.base or before).quantity.is_percent and not group.quantity.is_percent:
            return False
        if BARE.fullmatch(said):
            return not (OWN_SUBJECT.match(said) and (not self.groups or self.gap.semicolon))
        return bool(BARE_VERB.fullmatch(said) and (self.groups or self._goes_on(group, said)) and not (group.counts and right_words(group)))

    def _goes_on(self, group: Group, said: str) -> bool:
        """Whether a sentence begins with what was paid out of the money of the sentence before (`Kế hoạch vốn … 524,8 tỷ đồng. Đến 30/11 giải ngân …`)."""
        before = self.previous.quantity.canonical.dimension if self.previous is not None else ""
        return said.lower() == "giải ngân" and before == group.quantity.canonical.dimension == "money"

    @staticmethod
    def _unlabelled(group: Group, words: str) -> list[str]:
        """`words` without the label that the group has itself; nothing where they are then but another measure (`BIDV: huy động …, dư nợ …`)."""
        if not group.label or not words.startswith(group.label):
            return [words]
        words = words[len(group.label) :].strip(" :").partition(" (")[0]
        measure = BARE.fullmatch(words) or MEASURE_LAST.fullmatch(f" {words}") or BARE_VERB.fullmatch(words)
        return [] if measure or len(words.split()) < 3 and VERB_LEFT.match(words) else [words]

    def _of_the_count_before(self, group: Group, left: str, before: Group) -> bool:
        """`06 homestay có 74 phòng`, `14 ổ dịch tại 05 xã`, `85 hộ với 4 tỷ đồng`: the words say what of the count before."""
        between = CLOSED.sub(" ", self.gap.between)
        links = re.search(r"(?i)(?:\s|^)(?:có|với|tại|ở|của|cho|vào|được)\s*$", between) and not re.search(r"[;:()]", between)
        return bool(links and not self.gap.after_comma and not before.quantity.is_percent and before.depth == group.depth and EMPTY_LEFT.match(left))

    def _measures_count(self, group: Group) -> bool:
        """`5 mô hình mở rộng diện tích là 50 ha`: a measure in the clause of a count measures what is counted."""
        before = self.groups[-1] if self.groups else None
        if before is None or before.base or not before.counts or before.depth != group.depth:
            return False
        return group.quantity.canonical.dimension not in ("count", "percent", "none") and self.gap.flat and not self.gap.after_comma
