"""Lists, rankings and `which`: the figures or names that stand side by side in the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.figures import CHANGE
from corpus.figures.words import GREAT, SMALL
from corpus.report import Report
from rag import forms
from rag.against import IN_SENTENCE, mismatch
from rag.asks import MEASURE_PAIRS
from rag.candidates import LISTED, TIERS, Candidate
from rag.citations import LONG, cite_figures, cite_span
from rag.compose import as_sentence, sentence_for, short_subject
from rag.features import TOTAL_WORDS, Query
from rag.figure_answer import Draft, by_sentence
from rag.fitting import tells_all
from rag.ground import Found, Ground
from rag.groups import asks_place, best_group, names_place, of_kind
from rag.patterns import Pattern
from rag.question import Question
from rag.ranker import Scored
from rag.records import AnswerFigure, Citation
from rag.terms import SEEN, Term, Words, topic
from rag.units_alike import SAME_UNIT, UNLIKE

LEAST_COVERAGE = 0.52
"""Share of a question that a figure must cover which the report itself calls the highest or lowest."""
STATED, TOPICAL = 0.6, 0.3
"""Share of the threshold asked of a figure whose own words say that it is the highest or lowest; what a word of the question weighs that it must bear then."""
_SAID_OF = frozenset(value for name, value in TIERS if name != "leaf" and value >= IN_SENTENCE)
"""Where the words of a question must stand that such a figure is to be of: not in the heading, which may name several things."""
MAX_LISTED, MOST_SHOWN = 40, 3
LONGEST_TABLE = 2500
"""Characters of rows or sentences one after the other that are quoted as one piece."""
_HIGHEST_SAID = Pattern(rf"\b(?:{GREAT}) nhất\b|\bdẫn đầu\b|\bđứng đầu\b")
_LOWEST_SAID = Pattern(rf"\b(?:{SMALL}|hẹp|yếu) nhất\b|\bđứng cuối\b")
_MOSTLY = Pattern(r"\b(?:chủ yếu|phần lớn|đa số|nhất là)\b")
_REST = Pattern(r"\b(?:còn lại|khác)\b")
"""The rest of a list, which is no member of it (`các xã khác 32 ca`)."""
_MOVED = Pattern(r"\b(?:giảm|sụt|tụt|tăng)\b(?! nghèo| cường| trưởng)")
"""The greatest rise or fall is asked for, and no level answers that."""
_TOTAL_ROW = Pattern(r"^\s*(?:tổng|cộng|tính chung|toàn huyện|toàn xã)\b")
"""The row of a table that adds up the others."""
LONGEST_LABEL = 100
"""Characters of what a member of a list is called."""
ODD = 50
SAID = 0.8
"""How well a member's own words hold a measure that they say."""
COUNTS = {2: "hai", 3: "ba", 4: "bốn", 5: "năm"}
ORDINALS = {1: "nhất", 2: "thứ hai", 3: "thứ ba", 4: "thứ tư"}
_NAMES = Pattern(r"\b(?:kể|nêu|đọc|liệt kê|cho biết)(?: (?!bao nhiêu)[^\s,?]+){0,4} tên\b(?![^?]*\bbao nhiêu\b)|\btên (?:là )?(?:gì|chi)\b")
"""Asks for names, whatever number of them it says (`kể tên mấy sản phẩm OCOP`)."""
_EACH = Pattern(r"\b(?:từng|mỗi|phân theo|chia theo|chi tiết|số liệu|diện tích|sản lượng|kinh phí|số tiền|bao nhiêu|mấy|cơ cấu)\b")


def draft_list(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """A list, the highest or the lowest of one, from the sentence that fits best; None where no sentence lists figures."""
    if question.form == forms.LIST and (_NAMES.search(question.text) or not question.asks and not _EACH.search(question.text)):
        return None  # names are asked for, no figures
    query = ground.query(question, question.first_ask, report)
    ranked = ground.rank(query, found)
    nth = forms.place_in_order(question.text)
    if question.form in (forms.HIGHEST, forms.LOWEST) and nth == 1:
        stated = _stated_extreme(ground, query, ranked, found, report)
        if stated is not None:
            return stated
    group = best_group(ground, query, ranked)
    if group is None:
        return None
    if question.form in (forms.HIGHEST, forms.LOWEST):
        if _MOVED.search(question.text) and all(candidate.figure.kind != CHANGE for candidate in group):
            return None
        places = [candidate for candidate in group if names_place(candidate)] if asks_place(question.text) else of_kind(query, group)
        return _extreme(ground, _of_measure(query, places or group), question.form, nth, forms.how_many_first(question.text))
    return _all(_parts_of_one(group, ranked[0].candidate)) if question.form == forms.LIST else None


def _parts_of_one(group: Sequence[Candidate], first: Candidate) -> Sequence[Candidate]:
    """The members that are parts of `first`, the figure ranked best; or of another member, where most are (`nhận 42 đơn, gồm kiến nghị 33, …`); else all."""
    wholes = [member.figure.id for member in group]
    parts = [[member for member in group if member.figure.whole == whole] for whole in wholes]
    of_first = [member for member in group if member.figure.whole == first.figure.id]
    if len(of_first) >= LISTED:
        return of_first
    most = max(parts, key=len, default=[])
    return most if len(most) >= LISTED and 2 * len(most) > len(group) else group


def _stated_extreme(ground: Ground, query: Query, ranked: Sequence[Scored], found: Sequence[Found], report: Report) -> Draft | None:
    """The figure that the report itself calls the highest or the lowest (`thấp nhất là …`), and those after it that are asked for; None where there is none."""
    form = query.question.form
    for one in ranked[:12]:
        figure, own = one.candidate.figure, says_extreme(form, one.candidate.figure.own)
        if not own and not says_extreme(form, figure.inherited):
            continue
        if own and not all(_says_topic(query, one, term) for term in query.terms):
            continue
        if one.value("coverage") < LEAST_COVERAGE or mismatch(query, one, ranked, report):
            continue
        told = own and one.value("unit_equal") >= SAME_UNIT and tells_all(query, one)
        needed = ground.trees.threshold * (STATED if own and one.value("unit_differs") < UNLIKE else 1.0)
        if told or ground.confidence(query, one, ranked, found) >= needed:
            return _first_of_stated(ground, one.candidate, forms.how_many_first(query.question.text))
    return None


def _first_of_stated(ground: Ground, first: Candidate, count: int) -> Draft:
    """The figure called the highest or lowest, with those told after it, `count` in all (`ba xã nợ nhiều nhất là A 7,9 tỷ đồng, B 6,4 tỷ đồng, …`)."""
    unit, figure = first.figure.quantity.canonical, first.figure
    after = [mate for mate in ground.mates(first) if mate.figure.sentence == figure.sentence and mate.figure.start >= figure.start]
    alike = [mate for mate in after if mate.figure.quantity.canonical == unit and mate.figure.kind == figure.kind and mate.figure.base is None][:count]
    sentences = tuple(sentence_for(one.figure, one.passage, [], 1) for one in alike)
    return Draft(sentences, tuple(map(_row, alike)), (cite_figures(first.passage, [one.figure for one in alike], 1),))


def _says_topic(query: Query, one: Scored, term: Term) -> bool:
    """Whether a figure, its sentence or what stands above it says a word of the question, where that tells the topic."""
    return query.weight(term) < TOPICAL or any(query.held(term, words) >= SEEN for value, words in one.candidate.tiers if value in _SAID_OF)


def says_extreme(form: str, text: str) -> bool:
    """Whether words call something the highest or the lowest."""
    return bool((_HIGHEST_SAID if form == forms.HIGHEST else _LOWEST_SAID).search(text))


def says_mostly(form: str, text: str) -> bool:
    """Whether words call something the highest or the lowest, or say what is so for the most part."""
    return says_extreme(form, text) or (form == forms.HIGHEST and bool(_MOSTLY.search(text)))


def _base_value(candidate: Candidate) -> Decimal:
    """The value of a figure in the base unit of its dimension."""
    return candidate.figure.quantity.base_value


def _of_measure(query: Query, group: Sequence[Candidate]) -> Sequence[Candidate]:
    """The members whose own words say the measure that the question names (`dư nợ` of `huy động …, dư nợ …`), where it sets them apart."""
    for term in (term for term in query.terms if term.parts in MEASURE_PAIRS):
        saying = [one for one in group if query.held(term, one.own) >= SAID]
        others = [one for one in group if one not in saying]
        if len(saying) >= LISTED and others and all(one.own.pairs & MEASURE_PAIRS for one in others):
            return saying
    return group


def _extreme(ground: Ground, group: Sequence[Candidate], form: str, nth: int, count: int) -> Draft:
    """The first `count` (or the `nth`) of a list by size, of all members where there are fewer."""
    wholes = {candidate.figure.whole for candidate in group}
    group = [c for c in group if c.figure.id not in wholes and not _is_no_member(c)] or list(group)
    odd = _out_of_line(group)
    rest = [candidate for candidate in group if candidate not in odd]
    values = sorted({_base_value(candidate) for candidate in rest}, reverse=form == forms.HIGHEST)
    nth = min(nth, len(values))
    wanted = values[:count] if count > 1 else values[nth - 1 : nth]
    best = [candidate for value in wanted for candidate in rest if _base_value(candidate) == value]
    shown = max(MOST_SHOWN, count)
    one_sentence = len({candidate.figure.sentence for candidate in group}) == 1
    said = group if one_sentence else [*best[:shown], *odd]  # of rows, those that are spoken of
    citations, number = _cite(said)
    size = "cao" if form == forms.HIGHEST else "thấp"
    word = f"{COUNTS[count]} mức {size} nhất" if count > 1 else f"mức {size} {ORDINALS[nth]}"
    sentences = [_told(ground, candidate, number[candidate.figure.id]) for candidate in best[:shown]]
    sentences[-1] = f"{sentences[-1]} Đây là {word} trong các mục được báo cáo liệt kê."
    for candidate in odd:
        row = _row(candidate)
        mark = number[candidate.figure.id]
        sentences.append(f"Báo cáo còn ghi {row.label}: {row.printed}, lệch hẳn các mục khác nên không đưa vào so sánh [{mark}].")
    figures = tuple(_row(candidate, number[candidate.figure.id]) for candidate in best[:shown])
    return Draft(tuple(sentences), figures, tuple(citations), tuple(_row(c, number.get(c.figure.id, 1)) for c in group))


def _cite(listed: Sequence[Candidate]) -> tuple[list[Citation], dict[str, int]]:
    """A citation for each sentence (or row) that members of a list stand in, in their order, and the number of its citation by a figure's id."""
    groups = by_sentence(listed)
    citations = [cite_figures(group[0].passage, [one.figure for one in group], n) for n, group in enumerate(groups, 1)]
    return citations, {one.figure.id: n for n, group in enumerate(groups, 1) for one in group}


def _is_no_member(candidate: Candidate) -> bool:
    """Whether a figure of a list is the total of it, or of its rest."""
    own = candidate.figure.own
    return bool(TOTAL_WORDS & candidate.subject.folded or _REST.search(own) or _TOTAL_ROW.search(own))


def _told(ground: Ground, candidate: Candidate, n: int) -> str:
    """A sentence that states a member of a list with its name: the report's own clause, where the figure's words leave the name to those before."""
    said = sentence_for(candidate.figure, candidate.passage, [], n)
    named, statement = topic(candidate.tiers[1][1].folded), ground.statement_of(candidate)
    names_itself = candidate.in_table or candidate.apart & candidate.own.folded or named <= Words(said).folded
    if names_itself or statement is None or len(statement.text) > LONG:
        return said
    return as_sentence(statement.text.strip(" .;:-+•\n"), n)


def _out_of_line(group: Sequence[Candidate]) -> list[Candidate]:
    """Members that are so far above all others (`ODD` times the next) that a unit or a decimal mark must have slipped."""
    ordered = sorted(group, key=_base_value, reverse=True)
    if len(ordered) < 4 or _base_value(ordered[1]) <= 0:
        return []
    return ordered[:1] if _base_value(ordered[0]) >= ODD * _base_value(ordered[1]) else []


def _all(group: Sequence[Candidate]) -> Draft:
    passage, figures = group[0].passage, [candidate.figure for candidate in group[:MAX_LISTED]]
    start, end = min(figure.sentence[0] for figure in figures), max(figure.sentence[1] for figure in figures)
    if len({figure.sentence for figure in figures}) > 1 and end - start <= LONGEST_TABLE:
        citations, number = [cite_span(passage, start, end, 1)], dict.fromkeys((figure.id for figure in figures), 1)
    else:
        citations, number = _cite(group[:MAX_LISTED])
    rows = tuple(_row(candidate, number[candidate.figure.id]) for candidate in group[:MAX_LISTED])
    listed = ["; ".join(f"{row.label}: {row.printed}" for row in rows if row.citation == citation.n) for citation in citations]
    return Draft(tuple(f"{said} [{n}]." for n, said in enumerate(listed, 1)), rows, tuple(citations))


def _named_before_bracket(candidate: Candidate) -> str:
    """The name that a figure in brackets is said of (`đường ĐH 412 (còn 14 hộ)`); empty where it stands in none, or where words of its own name it."""
    figure = candidate.figure
    lead = candidate.passage.text[figure.sentence[0] : figure.start]
    before, bracket, said = re.split(r"[;:\n]", lead)[-1].rpartition("(")
    name = before.strip(" ,.-–•")
    return name if bracket and ")" not in said and not topic(Words(said).folded) and 0 < len(name) <= LONGEST_LABEL else ""


def _row(candidate: Candidate, citation: int = 1) -> AnswerFigure:
    figure = candidate.figure
    label = _named_before_bracket(candidate) or (figure.place if candidate.local and figure.place else short_subject(figure, LONGEST_LABEL))
    return AnswerFigure(figure.text, figure.unit, citation, label, figure.kind, figure.direction, figure.place)
