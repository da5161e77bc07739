"""Lists, rankings and `which`: the figures or names that stand side by side in the report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.report import Report
from rag import forms
from rag.candidates import Candidate, siblings
from rag.citations import cite_figures
from rag.compose import sentence_for, short_subject
from rag.features import Query
from rag.figure_answer import Draft
from rag.ground import Found, Ground
from rag.patterns import Pattern
from rag.question import Question
from rag.ranker import Scored
from rag.records import AnswerFigure

LEAST_COVERAGE, LEAST_OF_PLACES = 0.52, 0.4
"""Share of a question that a list must cover, and where places are compared and the list is one of places."""
MAX_LISTED = 40
_HIGHEST_SAID = Pattern(r"\b(?:cao|nhiều|lớn|đông|dài|rộng|nhanh|tốt|mạnh) nhất\b|\bdẫn đầu\b|\bđứng đầu\b")
_LOWEST_SAID = Pattern(r"\b(?:thấp|ít|nhỏ|ngắn|chậm|kém|hẹp|yếu) nhất\b|\bđứng cuối\b")
_MEASURED_BY = ((Pattern(r"\b(?:dài|ngắn) nhất\b"), "length"), (Pattern(r"\b(?:rộng|hẹp) nhất\b"), "area"))
_REST = Pattern(r"\b(?:còn lại|khác)\b")
"""The rest of a list, which is no member of it (`các xã khác 32 ca`)."""
_TOTAL = frozenset(("tong", "toan"))
ODD = 50
_EACH = Pattern(r"\b(?:từng|mỗi|phân theo|chia theo|chi tiết|số liệu|diện tích|sản lượng|kinh phí|số tiền|bao nhiêu|mấy|cơ cấu)\b")
_PLACES = Pattern(r"\b(?:xã|thị trấn|phường|địa phương|huyện|nơi|đâu)\b")


def draft_list(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """A list, the highest or the lowest of one, from the sentence that fits best; None where no sentence lists figures."""
    if question.form == forms.LIST and not question.asks and not _EACH.search(question.text):
        return None  # names are asked for, no figures
    query = ground.query(question, question.first_ask, report)
    ranked = ground.rank(query, found)
    if question.form in (forms.HIGHEST, forms.LOWEST):
        stated = _stated_extreme(ground, query, ranked, found, question.form)
        if stated is not None:
            return stated
    group = _best_group(ground, query, ranked, of_places=bool(_PLACES.search(question.text)))
    if group is None:
        return None
    if question.form in (forms.HIGHEST, forms.LOWEST):
        return _extreme(group, question.form)
    return _all(group) if question.form == forms.LIST else None


def _stated_extreme(ground: Ground, query: Query, ranked: Sequence[Scored], found: Sequence[Found], form: str) -> Draft | None:
    """The figure that the report itself calls the highest or the lowest (`thấp nhất là …`); None where it calls none so."""
    says = _HIGHEST_SAID if form == forms.HIGHEST else _LOWEST_SAID
    for one in ranked[:12]:
        candidate = one.candidate
        figure = candidate.figure
        near = f"{figure.inherited} {figure.own}"
        if says.search(near) and one.value("coverage") >= LEAST_COVERAGE and ground.confidence(query, one, ranked, found) >= ground.trees.threshold:
            return Draft((sentence_for(figure, candidate.passage, [], 1),), (_row(candidate),), (cite_figures(candidate.passage, [figure], 1),))
    return None


def says_extreme(form: str, found: Sequence[Found]) -> bool:
    """Whether a passage among the first found calls something the highest or the lowest."""
    says = _HIGHEST_SAID if form == forms.HIGHEST else _LOWEST_SAID
    return any(says.search(one.reading.passage.text) for one in found[:3])


def _best_group(ground: Ground, query: Query, ranked: Sequence[Scored], *, of_places: bool) -> list[Candidate] | None:
    """The sibling figures (three or more) that best cover the question together; of different places where places are asked for."""
    best, best_score = None, 0.0
    seen: set[str] = set()
    for one in ranked[:60]:
        if one.candidate.figure.id in seen or one.value("unit_differs") >= 0.5:
            continue
        group = siblings(one.candidate, ground.mates(one.candidate))
        seen.update(candidate.figure.id for candidate in group)
        if len(group) < 3 or _other_measure(query, group) or (of_places and sum(candidate.local for candidate in group) < 3):
            continue
        coverage = _group_coverage(query, group)
        least = LEAST_OF_PLACES if of_places and query.question.form != forms.LIST else LEAST_COVERAGE
        if coverage >= least and coverage + 0.02 * one.score > best_score:
            best, best_score = group, coverage + 0.02 * one.score
    return best


def _other_measure(query: Query, group: Sequence[Candidate]) -> bool:
    """Whether `dài nhất` is asked of figures that are no lengths, or `rộng nhất` of figures that are no areas."""
    dimension = group[0].figure.quantity.canonical.dimension
    return any(pattern.search(query.question.text) and dimension != wanted for pattern, wanted in _MEASURED_BY)


def _group_coverage(query: Query, group: Sequence[Candidate]) -> float:
    """Share of the question's topic that the list covers as a whole, its members' own words counted once."""
    total = found = 0.0
    for term in query.terms:
        weight = query.weight(term)
        total += weight
        found += weight * max(value * query.held(term, words) for candidate in group for value, words in candidate.tiers[1:] + candidate.tiers[:1])
    return found / total if total else 0.0


def _base_value(candidate: Candidate) -> Decimal:
    """The value of a figure in the base unit of its dimension."""
    return candidate.figure.quantity.base_value


def _extreme(group: Sequence[Candidate], form: str) -> Draft:
    wholes = {candidate.figure.whole for candidate in group}
    group = [c for c in group if c.figure.id not in wholes and not _TOTAL & c.subject.folded and not _REST.search(c.figure.own)] or list(group)
    odd = _out_of_line(group)
    rest = [candidate for candidate in group if candidate not in odd]
    pick = max if form == forms.HIGHEST else min
    best_value = pick(_base_value(candidate) for candidate in rest)
    best = [candidate for candidate in rest if _base_value(candidate) == best_value]
    passage = best[0].passage
    citation = cite_figures(passage, [candidate.figure for candidate in group], 1)
    word = "cao nhất" if form == forms.HIGHEST else "thấp nhất"
    sentences = [sentence_for(candidate.figure, passage, [], 1) for candidate in best[:3]]
    sentences[-1] = f"{sentences[-1]} Đây là mức {word} trong các mục được báo cáo liệt kê."
    for candidate in odd:
        row = _row(candidate)
        sentences.append(f"Báo cáo còn ghi {row.label}: {row.printed}, lệch hẳn các mục khác nên không đưa vào so sánh [1].")
    return Draft(tuple(sentences), tuple(_row(candidate) for candidate in best[:3]), (citation,), tuple(_row(c) for c in group))


def _out_of_line(group: Sequence[Candidate]) -> list[Candidate]:
    """Members that are so far above all others (`ODD` times the next) that a unit or a decimal mark must have slipped."""
    ordered = sorted(group, key=_base_value, reverse=True)
    if len(ordered) < 4 or _base_value(ordered[1]) <= 0:
        return []
    return ordered[:1] if _base_value(ordered[0]) >= ODD * _base_value(ordered[1]) else []


def _all(group: Sequence[Candidate]) -> Draft:
    passage = group[0].passage
    citation = cite_figures(passage, [candidate.figure for candidate in group], 1)
    rows = tuple(_row(candidate) for candidate in group[:MAX_LISTED])
    listed = "; ".join(f"{row.label}: {row.printed}" for row in rows)
    return Draft((f"{listed} [1].",), rows, (citation,))


def _row(candidate: Candidate) -> AnswerFigure:
    figure = candidate.figure
    label = figure.place if candidate.local and figure.place else short_subject(figure, 100)
    return AnswerFigure(figure.text, figure.unit, 1, label, figure.kind, figure.direction, figure.place)
