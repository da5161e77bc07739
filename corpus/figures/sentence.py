"""The figures of one sentence as groups that hang on one another."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.figures.boundaries import boundary, is_flat, last_join, lists_on, right_end
from corpus.figures.groups import Frame, Gap, Group
from corpus.figures.links import Linker
from corpus.figures.series import distribute_names, share_units
from corpus.figures.words import AT_LEAST, EMPTY_LEFT, HEAD_NOUN, NO_LABEL, OPENER, ORDINAL, PLAN_IS, THRESHOLD, VERB_LEFT
from corpus.numbers import Quantity, find_quantities
from corpus.text import BULLETS


class SentenceReader:
    """Groups of one sentence. `previous` is the first main group of the sentence before (`Trong đó: …` hangs on it)."""

    def __init__(self, text: str, span: tuple[int, int], previous: Group | None) -> None:
        self.text, self.span = text, span
        self.frames = [Frame()]
        self.named = self.context = ""
        self.semicolon = False
        self.clause = 0
        self.previous = previous
        self.groups: list[Group] = []
        if previous is not None and OPENER.match(text[span[0] : span[1]]):
            self.frames[0].open_parts(previous, 0, after_colon=True)
            self.frames[0].parts = 1

    def read(self) -> list[Group]:
        """The groups, in order of their quantities."""
        start, end = self.span
        quantities = share_units(self.text, [_shift(q, start) for q in find_quantities(self.text[start:end])])
        at = start
        for n, quantity in enumerate(quantities):
            self.named = self.context = ""
            self.semicolon = False
            flat = n > 0 and is_flat(self.text, at, quantity.start)
            left_start = self._flat_gap(quantities[n - 1], quantity.start) if flat else self._gap(at, quantity.start)
            stop = quantities[n + 1].start if n + 1 < len(quantities) else end
            self._add(quantity, left_start, right_end(self.text, quantity, stop, n + 1 == len(quantities)), flat)
            at = quantity.end
        self._share_right()
        distribute_names(self.text, self.span, self.groups)
        return self.groups

    def _share_right(self) -> None:
        """`Bắt 05 vụ, 28 đối tượng đánh bạc`: the words after the second count say what both are; `05 chỉ tiêu đạt trên 50%` says which."""
        for one, following in zip(self.groups, self.groups[1:], strict=False):
            between = self.text[one.quantity.end : following.quantity.start]
            shares = one.counts and following.counts and following.coordinate and not one.right.strip(" ,.")
            noun_before = one.left.strip() and not VERB_LEFT.match(one.left.strip()) and not EMPTY_LEFT.match(one.left)
            if shares and re.fullmatch(r"\s*(?:,|và)\s*(?:và\s*)?", between) and not noun_before and not following.right.startswith(","):
                one.right = following.right
            elif one.counts and following.base is one and THRESHOLD.fullmatch(between):
                one.right = self.text[one.quantity.end : following.own_span[1]]

    def _flat_gap(self, before: Quantity, stop: int) -> int:
        """Where the words of the next quantity begin, when only commas and words stand between the two."""
        if AT_LEAST.match(self.text[before.end : stop]):
            return self.groups[-1].own_span[0]  # `tàu dài từ 15 m trở lên 214 chiếc`
        counts = before.canonical.dimension == "count"
        cut = boundary(self.text, before, stop)
        begin = cut[1] if cut else before.end
        after_comma = cut is not None and self.text[cut[0]] == ","
        for at in range(begin, stop):
            if self.text[at] == "," and not lists_on(self.text, at) and HEAD_NOUN.match(self.text[at + 1 : stop]):
                self.context = "" if counts else self.text[begin:at].strip(" -")
                begin = at + 1
        opener = OPENER.search(self.text, before.end if cut is None else cut[0], stop)
        if opener and self._open(opener, begin, stop):
            return max(begin, opener.end())
        joined = last_join(self.text, begin, stop)
        if joined and after_comma and HEAD_NOUN.match(self.text[joined[1] : stop]) and not HEAD_NOUN.match(self.text[begin:stop]):
            self.context = "" if counts else self.text[begin : joined[0]].strip(" -")
            begin = joined[1]
        return begin

    def _open(self, opener: re.Match[str], begin: int, stop: int) -> bool:
        """Opens the parts of a whole where the opener stands in the words of the next quantity."""
        frame = self.frames[-1]
        if opener.start() < begin - 1 or frame.last is None:
            return False
        frame.open_parts(frame.main or frame.last, len(self.groups), after_colon=":" in self.text[opener.start() : stop])
        return True

    def _gap(self, start: int, stop: int) -> int:
        """Opens and closes brackets and labels between two quantities; returns where the next one's words begin."""
        begin = clause = start
        fresh = start == self.span[0]
        opened: list[tuple[int, int, bool]] = []
        for at in range(start, stop):
            char = self.text[at]
            if char == "(":
                opened.append((begin, clause, fresh))
                self.named = self.text[begin:at].strip(" ,") if fresh else ""
                self.frames.append(Frame(opened_by=self.frames[-1].last))
                begin, clause, fresh = at + 1, at + 1, True
            elif char == ")":
                if len(self.frames) > 1:
                    self.frames.pop()
                begin, clause, fresh = opened.pop() if opened else (at + 1, at + 1, True)
                self.named = ""
            elif char == ";":
                self.frames[-1].close_clause()
                self.semicolon = True
                self.clause += 1
                begin, clause, fresh = at + 1, at + 1, True
            elif char == "," and not lists_on(self.text, at) and (not fresh or HEAD_NOUN.match(self.text[at + 1 : stop])):
                self.context = self.text[begin:at].strip(f" {BULLETS}") if fresh else ""
                begin, clause, fresh = at + 1, at + 1, True
            elif char == ":" and (self.text[at + 1 : at + 2].isspace() or self.text[at + 1 : at + 4] == "** "):
                self._label(clause, at, lists=not fresh)
                begin, clause, fresh = at + 1, at + 1, True
        opener = OPENER.search(self.text, begin, stop)
        if opener and self._open(opener, begin, stop):
            return opener.end()
        joined = last_join(self.text, begin, stop)
        starts = HEAD_NOUN.match(self.text[begin:stop])
        if joined and (not fresh or (HEAD_NOUN.match(self.text[joined[1] : stop]) and not starts)):
            self.context = self.text[begin : joined[0]].strip(" -") if fresh else ""
            begin = joined[1]
        return begin

    def _label(self, start: int, colon: int, *, lists: bool) -> None:
        """`lists`: the colon continues the clause of a quantity, so that what follows are its parts."""
        frame, words = self.frames[-1], self.text[start:colon]
        if lists and frame.last is not None and not OPENER.search(words):
            frame.open_parts(frame.last, len(self.groups), after_colon=True)
            frame.listing = True
            return
        if OPENER.search(words) and frame.last is not None:
            frame.open_parts(frame.main or frame.last, len(self.groups), after_colon=True)
        words = OPENER.sub("", words)
        words = ORDINAL.sub("", words.strip(f" ,;.{BULLETS}"))
        if words and not NO_LABEL.match(words):
            frame.label = words
            frame.label_passes = bool(self.text[self.span[0] : start].strip(f" {BULLETS}")) and len(self.frames) == 1

    def _add(self, quantity: Quantity, left_start: int, end: int, flat: bool) -> None:
        left = self.text[left_start : quantity.start].lstrip(" ,;)")
        named = self.named if EMPTY_LEFT.match(left) and not quantity.is_percent else ""
        label = " ".join(frame.label for frame in self.frames if frame.label)
        group = Group(
            quantity,
            f"{named} {left}" if named else left,
            self.text[quantity.end : end],
            len(self.frames) - 1,
            label,
            self.clause,
            self.text[quantity.end : quantity.end + 40],
        )
        group.own_span = (left_start, end)
        before = self.text[self.groups[-1].quantity.end : left_start] if self.groups else ""
        between = self.text[self.groups[-1].quantity.end : quantity.start] if self.groups else ""
        gap = Gap(between, self.context, self.named, flat, self.semicolon, before.rstrip().endswith(","))
        Linker(self.groups, self.frames, self.previous, gap).link(group, named)
        frame = self.frames[-1]
        if group.base is None and not PLAN_IS.fullmatch(group.left):
            frame.main = group
        frame.last = group
        self.groups.append(group)


def _shift(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by)
