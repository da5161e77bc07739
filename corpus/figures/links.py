"""Which group hangs on which: qualifications, parts of a whole, lists that share words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.borrowing import Borrower
from corpus.figures.comparison import is_from_level
from corpus.figures.groups import Frame, Gap, Group
from corpus.figures.subject import chain_words, right_words, strip_subject, subject_of
from corpus.figures.wholes import same_kind, same_noun, whole_of
from corpus.figures.words import (
    ABOUT,
    BARE,
    DEPENDENT,
    DONE_PART,
    EMPTY_LEFT,
    FROM_LEVEL,
    PLAN_RIGHT,
    PLAN_WORD,
    REST,
    TO_LEVEL,
    VERB_LEFT,
)
from corpus.text import folded_words


class Linker:
    """Links one group to those before it (`groups`), across the `gap` between it and the last of them."""

    def __init__(self, groups: Sequence[Group], frames: Sequence[Frame], previous: Group | None, gap: Gap) -> None:
        self.groups, self.frames, self.frame = groups, frames, frames[-1]
        self.previous, self.gap = previous, gap

    def link(self, group: Group, named: str) -> None:
        """Sets the group's base, whole and chain. `named` are the words before its bracket that its own left begins with."""
        left, frame = group.left, self.frame
        target = frame.main or frame.opened_by
        if named and frame.opened_by is None and len(self.frames) > 1:
            target = self.frames[-2].main
        if target is not None:
            self._hang(group, left, target)
        if group.base is None:
            group.whole = group.whole or whole_of(group, self.groups, self.frames, named)
            frame.parts += 1
            Borrower(self.groups, self.frames, self.previous, self.gap).lend(group, left, target)

    def _hang(self, group: Group, left: str, target: Group) -> None:
        if is_from_level(group) and not strip_subject(FROM_LEVEL.sub("", left)):
            group.chain = [subject_of(target)]  # `tỷ lệ 3,2%, giảm từ 5,5% của năm trước`: the level before
        elif self.gap.flat and TO_LEVEL.match(left) and is_from_level(target):
            group.chain = [subject_of(target)]
        elif self.groups and self._lists_shares(group, left, self.groups[-1]):
            group.base = self.groups[-1].base
        elif self._qualifies(group, left, target):
            group.base = self._qualified(group, target)
        elif (shared := self._shares_with(group, left, target)) is not None:
            within = self.frame.main is None and self.frame.opened_by is shared and same_kind(shared, group)  # `05 sản phẩm 4 sao (03 sản phẩm từ cam)`
            group.coordinate, group.whole = True, None if within else shared.whole
            verb = VERB_LEFT.match(strip_subject(shared.left))
            again = shared.coordinate and shared.chain
            one_list = verb or same_kind(shared, group)
            group.chain = list(shared.chain) if again else [self._verb_before(group, shared) if one_list else chain_words(shared)]

    def _qualifies(self, group: Group, left: str, target: Group) -> bool:
        """Whether the group only qualifies the one before it (`đạt 103,4% kế hoạch`, `giảm 1,5%`, `(64,4%)`)."""
        in_brackets = self.frame.main is None and self.frame.opened_by is target
        plain = not re.match(r"\s+[^\W\d_]", group.right) or PLAN_RIGHT.match(group.right)
        if in_brackets and group.quantity.is_percent and not left.strip(" +-–−") and plain:
            return bool(left.strip()) or target.quantity.canonical.dimension != "percent"
        match = DEPENDENT.match(left.strip())
        if group.quantity.is_percent and DONE_PART.match(group.right):
            return False
        if not match or REST.sub("", match.group("rest")).strip(" ,.:-"):
            return False
        own_noun = self.gap.semicolon and group.quantity.is_percent and re.match(rf"(?i)\s+(?!so |{PLAN_WORD}|trở lên)[^\W\d_]+ [^\W\d_]+", group.right)
        return not own_noun

    def _lists_shares(self, group: Group, left: str, before: Group) -> bool:
        """`bằng 118,6% dự toán tỉnh giao, 107,3% dự toán huyện giao`: a second share of the same."""
        both = group.quantity.is_percent and before.quantity.is_percent and before.base is not None
        return bool(both and self.gap.flat and not left.strip() and PLAN_RIGHT.match(group.right) and PLAN_RIGHT.match(before.right))

    def _qualified(self, group: Group, target: Group) -> Group:
        """The group that a qualification belongs to: the first of a list for a rank, the near count of its noun for a change of a count."""
        if group.quantity.rank:
            while target.coordinate and target in self.groups and self.groups.index(target) > 0:
                target = self.groups[self.groups.index(target) - 1]
                target = target.base or target
            return target
        return self._told_side(group) or self._same_unit(group) or target

    def _told_side(self, group: Group) -> Group | None:
        """The group that a change says it is a change of: `614 doanh nghiệp, vốn 5.920 tỷ đồng, giảm 5,2% về số lượng, tăng 9,8% về vốn`."""
        told = ABOUT.match(group.right)
        if not told:
            return None
        mains = [g for g in reversed(self.groups) if g.base is None and g.clause == group.clause]
        if told.group("number"):
            return next((g for g in mains if g.counts or re.match(r"(?i)(?:tổng )?số ", g.left.strip())), None)
        return next((g for g in mains if told.group("what").lower() in f"{g.left} {g.right}".lower()), None)

    def _same_unit(self, group: Group) -> Group | None:
        """The near count that a change of a count is a change of: `05 vụ, 28 đối tượng (giảm 05 vụ)`; with its words, if it has any."""
        if not group.counts:
            return None
        alike = [g for g in reversed(self.groups[-5:]) if g.base is None and same_noun(g, group)]
        said = set(folded_words(group.right))
        return next((g for g in alike if said & set(folded_words(f"{g.left} {g.right}"))), alike[0] if alike else None)

    def _shares_with(self, group: Group, left: str, target: Group) -> Group | None:
        """The group whose list of counts or measures this one goes on with; after a `;` the list of its own noun."""
        if not EMPTY_LEFT.match(left) or (target.quantity.is_percent and not group.quantity.is_percent and self.gap.after_comma):
            return None
        if not self.gap.semicolon:
            return target
        if left.strip() or not group.counts:
            return None
        sibling = next((g for g in reversed(self.groups) if g.base is None and g.depth == group.depth and same_noun(g, group)), None)
        if sibling is not None and sibling.coordinate and sibling.left.strip():
            return None
        return sibling or (target if target.counts and target.right.strip(" ,.") else None)

    def _verb_before(self, group: Group, target: Group) -> str:
        """The words that a list of counts shares: those before its first count (`Xây dựng 08 mô hình …; 07 mô hình …`)."""
        if target.bare:
            return "" if group.counts and right_words(group) else subject_of(target)
        left = strip_subject(target.left)
        at = self.groups.index(target) if target in self.groups else -1
        if BARE.fullmatch(left) and at > 0:
            return strip_subject(self.groups[at - 1].left)
        return left
