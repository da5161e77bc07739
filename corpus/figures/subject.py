"""What a figure measures: the words of its group, with what they leave to the group that it hangs on."""

from __future__ import annotations

from corpus.figures.groups import Group
from corpus.figures.words import LEAD_TIME, NOT_SUBJECT, ORDINAL, TAIL_VERBS


def strip_subject(left: str) -> str:
    """The words before a number without what only leads to it: times and openers in front, verbs and qualifiers at the end."""
    words = LEAD_TIME.sub("", ORDINAL.sub("", left.lstrip())).strip(" ,;:.-–*\n")
    while True:
        shorter = TAIL_VERBS.sub("", words).strip(" ,;:=")
        if shorter == words:
            return words
        words = shorter


def subject_of(group: Group) -> str:
    """What a group measures; a group that qualifies another one measures what that one does."""
    if group.base is not None:
        return subject_of(group.base)
    left = strip_subject(group.left)
    subject = _own_subject(group, left)
    return f"{group.label}: {subject}" if group.label and group.label not in subject else subject


def _own_subject(group: Group, left: str) -> str:
    if group.quantity.canonical.dimension == "count" and not group.quantity.rank:
        right = group.right.strip(" ,.;")
        lead = left or " ".join(group.chain)
        counted = f"{group.quantity.unit}{',' if group.right.startswith(',') else ''} {right}"
        return f"{lead} {counted}".strip() if right or not lead else lead
    if not left and group.right.strip(" ,.;"):
        left = f"{' '.join(group.chain)} {group.right.strip(' ,.;')}".strip()
    right = group.right.strip(" ,.;")
    if group.quantity.of is not None and not group.quantity.rank and not group.quantity.unit and right:
        return f"{left} {right}".strip()
    if group.quantity.is_percent and len(right.split()) > 1 and not NOT_SUBJECT.match(right) and len(left.split()) < 5:
        return f"{left} {right}".strip()
    if left and any(group.chain):
        return f"{left} ({group.chain[-1]})"
    if not left:
        left = " ".join(group.chain) or (subject_of(group.whole) if group.whole else "")
    noun = group.quantity.unit.split("/")[0] if group.quantity.canonical.dimension not in ("percent", "money", "none") else ""
    return left or group.right.strip(" ,.;") or noun
