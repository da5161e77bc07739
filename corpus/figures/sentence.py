"""The figures of one sentence as groups that hang on one another."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figures.groups import Frame, Group
from corpus.figures.subject import strip_subject, subject_of
from corpus.figures.words import BARE, DEPENDENT, EMPTY_LEFT, HEAD_NOUN, NO_LABEL, NOUN_AFTER, NOUN_BEFORE, ONLY_TIME, OPENER, ORDINAL, OWN_SUBJECT, REST
from corpus.numbers import Quantity, find_quantities
from corpus.text import folded_words


class SentenceReader:
    """Groups of one sentence. `previous` is the first main group of the sentence before (`Trong đó: …` hangs on it)."""

    def __init__(self, text: str, span: tuple[int, int], previous: Group | None) -> None:
        self.text, self.span = text, span
        self.frames = [Frame()]
        self.named = self.context = ""
        self.previous = previous
        if previous is not None and OPENER.match(text[span[0] : span[1]]):
            self.frames[0].part_of = previous
        self.groups: list[Group] = []

    def read(self) -> list[Group]:
        start, end = self.span
        quantities = [_shift(q, start) for q in find_quantities(self.text[start:end])]
        at = start
        for n, quantity in enumerate(quantities):
            left_start = self._gap(at, quantity.start)
            stop = quantities[n + 1].start if n + 1 < len(quantities) else end
            right_end = self._right_end(quantity, stop, n + 1 == len(quantities))
            self._add(quantity, left_start, right_end)
            at = quantity.end
        self._share_right()
        return self.groups

    def _share_right(self) -> None:
        """`05 vụ, 28 đối tượng có hành vi đánh bạc`: the words after the second count say what both are."""
        for one, following in zip(self.groups, self.groups[1:], strict=False):
            counts = one.quantity.canonical.dimension == following.quantity.canonical.dimension == "count"
            if counts and following.coordinate and not one.right.strip(" ,.") and following.quantity.start - one.quantity.end <= 5:
                one.right = following.right

    def _gap(self, start: int, stop: int) -> int:
        """Opens and closes brackets and labels between two quantities; returns where the next one's words begin."""
        begin = clause = start
        fresh = start == self.span[0]
        opened: list[tuple[int, int, bool]] = []
        self.named = self.context = ""
        for at in range(start, stop):
            char = self.text[at]
            if char == "(":
                opened.append((begin, clause, fresh))
                self.named = self.text[begin:at].strip(" ,") if fresh else ""
                self.frames.append(Frame(opened_by=self.frames[-1].last))
                begin = clause = at + 1
                fresh = True
            elif char == ")":
                if len(self.frames) > 1:
                    self.frames.pop()
                begin, clause, fresh = opened.pop() if opened else (at + 1, at + 1, True)
                self.named = ""
            elif char == ";":
                self._close_list()
                begin = clause = at + 1
                fresh = True
            elif char == "," and not _lists_on(self.text, at) and (not fresh or HEAD_NOUN.match(self.text[at + 1 : stop])):
                self.context = self.text[begin:at].strip(" -") if fresh else ""
                begin = clause = at + 1
                fresh = True
            elif char == ":" and (self.text[at + 1 : at + 2].isspace() or self.text[at + 1 : at + 4] == "** "):
                self._label(self.text[clause:at], lists=not fresh)
                begin = clause = at + 1
                fresh = True
        opener = OPENER.search(self.text[begin:stop])
        if opener and self.frames[-1].last is not None:
            self.frames[-1].part_of = self.frames[-1].main or self.frames[-1].last
            begin += opener.end()
        else:
            joined = _last_join(self.text, begin, stop)
            starts = HEAD_NOUN.match(self.text[begin:stop])
            if joined and (not fresh or (HEAD_NOUN.match(self.text[joined[1] : stop]) and not starts)):
                self.context = self.text[begin : joined[0]].strip(" -") if fresh else ""
                begin = joined[1]
        return begin

    def _close_list(self) -> None:
        """A list that a colon after a quantity opened (`40ha ở các HTX: …; …`) ends at `;`."""
        frame = self.frames[-1]
        if frame.listing:
            frame.listing, frame.part_of = False, None

    def _label(self, words: str, *, lists: bool) -> None:
        """`lists`: the colon continues the clause of a quantity, so that what follows are its parts."""
        frame = self.frames[-1]
        if lists and frame.last is not None and not OPENER.search(words):
            frame.part_of, frame.listing = frame.last, True
            return
        if OPENER.search(words) and frame.last is not None:
            frame.part_of = frame.main or frame.last
        words = OPENER.sub("", words)
        words = ORDINAL.sub("", words.strip(" ,-;.*"))
        if words and not NO_LABEL.match(words):
            frame.label = words

    def _right_end(self, quantity: Quantity, stop: int, is_last: bool) -> int:
        at = quantity.end
        while at < stop:
            char = self.text[at]
            if char in ";:()" or (char == "," and not is_last and not _lists_on(self.text, at)):
                break
            if char == "," and DEPENDENT.match(self.text[at + 1 : stop].strip()):
                break
            at += 1
        if at == stop and not is_last:
            joined = _last_join(self.text, quantity.end, stop)
            if joined:
                return joined[0]
            if quantity.canonical.dimension not in ("count", "percent", "none"):
                return quantity.end  # `đất ở 1.335 m² đất nông nghiệp 450 m²`: the words say what the second is
        return at

    def _add(self, quantity: Quantity, left_start: int, right_end: int) -> None:
        frame = self.frames[-1]
        left = self.text[left_start : quantity.start].lstrip(" ,;)")
        named = self.named if EMPTY_LEFT.match(left) and not quantity.is_percent else ""
        left = f"{named} {left}" if named else left
        group = Group(quantity, left, self.text[quantity.end : right_end], len(self.frames) - 1, self._labels())
        group.own_span = (left_start, right_end)
        target = frame.main or frame.opened_by
        if named and frame.opened_by is None and len(self.frames) > 1:
            target = self.frames[-2].main
        if target is not None and _hangs(left, group):
            group.base = self._same_unit(quantity, group.right) or target
        elif target is not None and (EMPTY_LEFT.match(left) or (left.strip() == "cho" and quantity.canonical.dimension == "count")):
            group.coordinate, group.base = True, None
            group.whole = target.whole
            group.chain = list(target.chain) if target.coordinate else [self._verb_before(target)]
        if group.base is None:
            outer = self.frames[-2].part_of if named and len(self.frames) > 1 else None
            group.whole = group.whole or frame.part_of or (outer if named else frame.opened_by)
            frame.main = group
        if BARE.fullmatch(strip_subject(left)) and (self.groups or not OWN_SUBJECT.match(strip_subject(left))):
            before = self.groups[-1] if self.groups else self.previous
            group.chain = [self.context or (subject_of(before.base or before) if before else "")]
        elif target is not None and group.base is None and not group.chain and ONLY_TIME.fullmatch(left.strip()):
            group.chain = [subject_of(target)]
        elif not group.chain and self._measures_count(group):
            group.chain = [subject_of(self.groups[-1])]
        frame.last = group
        self.groups.append(group)

    def _measures_count(self, group: Group) -> bool:
        """`5 mô hình mở rộng diện tích là 50 ha`: a measure in the clause of a count measures what is counted."""
        before = self.groups[-1] if self.groups else None
        if before is None or before.base or group.base or before.quantity.canonical.dimension != "count" or before.depth != group.depth:
            return False
        is_measure = group.quantity.canonical.dimension not in ("count", "percent", "none")
        return is_measure and not re.search(r"[,;:()]", self.text[before.quantity.end : group.quantity.start])

    def _verb_before(self, target: Group) -> str:
        """The words that a list of counts shares: those before its first count (`Xây dựng 08 mô hình …; 07 mô hình …`)."""
        left = strip_subject(target.left)
        at = self.groups.index(target) if target in self.groups else -1
        if BARE.fullmatch(left) and at > 0:
            return strip_subject(self.groups[at - 1].left)
        return left

    def _same_unit(self, quantity: Quantity, right: str) -> Group | None:
        """The near count that a change of a count is a change of: `05 vụ, 28 đối tượng (giảm 05 vụ)`; with its words, if it has any."""
        if quantity.canonical.dimension != "count":
            return None
        alike = [g for g in reversed(self.groups[-4:]) if g.base is None and g.quantity.canonical.name == quantity.canonical.name]
        said = set(folded_words(right))
        return next((g for g in alike if said & set(folded_words(f"{g.left} {g.right}"))), alike[0] if alike else None)

    def _labels(self) -> str:
        return " ".join(frame.label for frame in self.frames if frame.label)


def _hangs(left: str, group: Group) -> bool:
    """Whether the group only qualifies the one before it (`đạt 103,4% kế hoạch`, `giảm 1,5%`)."""
    match = DEPENDENT.match(left.strip())
    if not match:
        return False
    return not REST.sub("", match.group("rest")).strip(" ,.:-")


def _last_join(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The last `và` or `với` between two quantities that no punctuation separates: the words before it go to the first."""
    joins = list(re.finditer(r"\s(?:và|với)\s+", text[start:stop]))
    return (start + joins[-1].start(), start + joins[-1].end()) if joins else None


def _lists_on(text: str, comma: int) -> bool:
    """Whether the comma only joins nouns of one kind: `trường MN, TH, THCS`, `xã, thị trấn`."""
    return bool(NOUN_BEFORE.search(text, max(0, comma - 8), comma) and NOUN_AFTER.match(text, comma))


def _shift(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by)
