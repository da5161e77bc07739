"""What a figure measures: the words of its group, with what they leave to the group that it hangs on."""

from __future__ import annotations

import re

from corpus.figures.boundaries import lists_on
from corpus.figures.groups import Group
from corpus.figures.words import (
    CLOSED,
    EMPTY_LEFT,
    GENERIC,
    LEAD_CLAUSE,
    LEAD_TIME,
    MEASURE_HEAD,
    MEASURE_LAST,
    NOT_NOUN,
    NOT_SUBJECT,
    ONLY_TIME,
    ORDINAL,
    SCALE_WORD,
    SCOPE_ONLY,
    TAIL_VERBS,
    TIME_POINT,
    VERB_LEFT,
    WHEN_LEFT,
)

_LONG_LEFT, _LONGEST_TOPIC = 10, 5
_TIMES = re.compile(r"(?i)\b(?:đầu|cuối|giữa) (?:năm|kỳ)(?: \d{4})?|\bnăm \d{4}$|\b(?:6|9) tháng(?: (?:đầu|cuối) năm)?")
_LEADS_ON = re.compile(
    r"(?i)\s+(?:là|có|gồm|được|tại|ở|cho|với|của|thuộc|vào|(?<!trở )xuống|(?<!trở )lên|còn|(?<!chưa )(?<!không )đạt|và|do)$|"
    r"^(?:là|có|gồm|được|tại|ở|cho|với|của|vào|và|do|xuống|lên|còn)$"
)


def strip_subject(left: str) -> str:
    """The words before a number without what only leads to it: times and openers in front, verbs and qualifiers at the end."""
    words = LEAD_TIME.sub("", ORDINAL.sub("", left.lstrip())).strip(" ,;:.-–*+\n")
    words = LEAD_CLAUSE.sub("", words)
    while True:
        shorter = TAIL_VERBS.sub("", words).strip(" ,;:=")
        if shorter == words:
            return words
        words = shorter


def subject_of(group: Group) -> str:
    """What a group measures; a group that qualifies another one measures what that one does."""
    if group.base is not None:
        return subject_of(group.base)
    subject = _own_subject(group, f"{group.head} {strip_subject(group.left)}".strip())
    return f"{group.label}: {subject}" if group.label and group.label not in subject else subject


def chain_words(group: Group) -> str:
    """What another measure of the same thing takes from a group: its subject without time and measure (`lúa` of `Diện tích lúa`, `BIDV` of `BIDV huy động`)."""
    group = group.base or group
    words = group.chain[-1] if group.bare and group.chain and group.chain[-1] else subject_of(group)
    words = timeless(words)
    if group.label and MEASURE_LAST.fullmatch(f" {words}"):
        return ""
    shorter = MEASURE_LAST.sub("", MEASURE_HEAD.sub("", words).strip(" ,:"))
    return " ".join((shorter or words).split())


def timeless(subject: str) -> str:
    """A subject without the time that it is told of (`Nợ thuế` of `Nợ thuế đầu năm`)."""
    return " ".join(_TIMES.sub(" ", subject).split()).replace(" )", ")")


def _own_subject(group: Group, left: str) -> str:
    if EMPTY_LEFT.match(left):
        left = ""
    if group.counts and not group.quantity.rank:
        return _count_subject(group, left)
    if not left and group.right.strip(" ,.;"):
        left = f"{' '.join(group.chain)} {_noun_after(group) or group.right.strip(' ,.;')}".strip()
    right = right_words(group)
    if group.quantity.of is not None and not group.quantity.rank and not group.quantity.unit and right:
        return _once(left, right)
    if group.quantity.is_percent and len(right.split()) > 1 and not NOT_SUBJECT.match(right) and len(left.split()) < 5:
        left = _once(left, right)
    elif VERB_LEFT.match(WHEN_LEFT.sub("", left, count=1)) and not group.quantity.is_percent:
        left = _once(left, _noun_after(group))
    if left and any(group.chain) and group.chain[-1] not in left:
        return f"{left} ({group.chain[-1]})"
    if not left:
        left = " ".join(group.chain) or (subject_of(group.whole) if group.whole else "")
    noun = group.quantity.unit.split("/")[0] if group.quantity.canonical.dimension not in ("percent", "money", "none") else ""
    return left or group.right.strip(" ,.;") or noun


def _count_subject(group: Group, left: str) -> str:
    """`Xây dựng … mô hình sản xuất`: the words before the count, its noun, and the words after it."""
    right = right_words(group)
    chain = [words for words in group.chain if not SCOPE_ONLY.fullmatch(words)]
    lead = left or " ".join(chain)
    noun = SCALE_WORD.sub("", group.quantity.unit)
    if right and "," in lead and len(lead.split()) > _LONG_LEFT:
        last = strip_subject(group.left.rpartition(",")[2])
        lead = last if not last or SCOPE_ONLY.fullmatch(last) or VERB_LEFT.match(last) else lead
    if right and group.left.rstrip().endswith(",") and not VERB_LEFT.match(lead) and len(lead.split()) > _LONGEST_TOPIC:
        lead = ""  # `giá bồi thường thấp hơn thị trường, 83 hộ chưa đồng thuận`
    if lead and SCOPE_ONLY.fullmatch(lead):
        time = TIME_POINT.search(lead)
        if any(chain):
            return _once(chain[-1], time.group().lower() if time else "")
        return _once(f"{noun}{',' if group.right.startswith(',') else ''} {right}".strip(), time.group().lower() if time else "")
    if left and any(group.chain) and group.bare:
        return f"{left} ({group.chain[-1]})"
    if left and any(chain) and not right and ONLY_TIME.fullmatch(left):
        return f"{left} ({chain[-1]})"
    counted = f"{noun}{',' if group.right.startswith(',') else ''} {right}".strip()
    if group.bare and not left and any(group.chain):
        return f"{counted} ({group.chain[-1]})"
    if lead == noun:
        lead = ""
    names_noun = right or not lead or (VERB_LEFT.match(lead.rpartition(",")[2].strip()) and noun.lower() not in GENERIC and noun.lower() not in lead.lower())
    return f"{lead} {counted}".strip() if names_noun else lead


def right_words(group: Group) -> str:
    """The words after a count that belong to its noun, without what leads on."""
    words = group.right.strip(" ,.;")
    if not group.counts and len(words.split()) > _LONG_LEFT:
        words = next((words[:at] for at in range(len(words)) if words[at] == "," and not lists_on(words, at)), words)
    while True:
        shorter = _LEADS_ON.sub("", words)
        if shorter == words:
            return words
        words = shorter


def _noun_after(group: Group) -> str:
    """The noun that a measure is a measure of, right after it: `hiến 41.300 m2 đất`."""
    words = right_words(group)
    return "" if NOT_NOUN.match(words) else CLOSED.sub(" ", words)


def _once(first: str, second: str) -> str:
    """Both phrases; one where the other already holds it."""
    if not second or second in first:
        return first
    return second if first and first in second else f"{first} {second}".strip()
