"""One small sum, difference or share over figures that the report gives: computed exactly, operands shown, marked as computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures import AMOUNT, CHANGE, RATIO, SHARE, Figure
from corpus.numbers import write_number
from corpus.report import Report
from rag import forms
from rag.against import mismatch
from rag.candidates import Candidate
from rag.features import TOTAL_WORDS
from rag.figure_answer import Draft, draft_figures
from rag.fitting import best_fitting
from rag.ground import Found, Ground
from rag.operands import ADDED, LEVELS, against_plan, are_commensurate, find_operands, operands_of
from rag.patterns import Pattern
from rag.question import Question
from rag.ranker import Scored
from rag.records import AnswerFigure
from rag.remainder import asks_rest, not_done, says_not_yet, told_pair, whole_and_done
from rag.things import NAMED, by_names, by_places

_OR = Pattern(r"(?<!nào)(?<!đâu)(?<!ai)(?<!gì)\s(?:hay|hoặc)\s(?!(?:bị|có|gặp|gây|xảy ra|mắc|đi)\b)")
_WHICH = Pattern(r"\b(?:nào|đâu|ai)\b")
_ADDED_OR = Pattern(r"\s+(?:và|hay|hoặc)\s+|\s*[,;:?]\s*")
"""What stands between names put to choice."""
_PLANNED = Pattern(
    r"\b(?:so với|theo|hụt|vượt) (?:kế hoạch|chỉ tiêu|dự toán)\b|\bcòn thiếu\b|"
    r"\b(?:còn|thiếu|hụt|nữa)\b[^?]{2,60}\b(?:đủ|đạt|xong|hết|kịp|bằng|hoàn thành) (?:kế hoạch|chỉ tiêu|dự toán)\b"
)
_AGAINST_PLAN = Pattern(r"\b(?:so với|theo) (?:kế hoạch|chỉ tiêu|dự toán)\b")
_MEASURED = "mức|vốn|số vốn|kế hoạch|dự toán|thu|chi|giá trị|diện tích|sản lượng|sản phẩm|đàn|dư nợ|nguồn|kinh phí|chiều dài|công suất|dung tích"
_TOTAL_OF = Pattern(rf"\b(?:tổng(?! (?:{_MEASURED}))|cộng|cả thảy|tất cả)\b")
_TOTAL_OF_PLACES = Pattern(r"\b(?:tổng|cộng|cả thảy|tất cả|gộp)\b")
COMPUTED = "Kết quả tính từ các số của báo cáo"


def draft_derived(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The computed answer; None where an operand is missing or they are of different dimensions."""
    operands = find_operands(ground, question, report, found)
    if not operands and _PLANNED.search(question.text):
        operands = against_plan(ground, question, report, found)
    if not are_commensurate(operands):
        return None
    if question.form != forms.SUM and len(operands) != 2:
        return None
    return _draft(ground, question.form, operands, _counted(question))


def _counted(question: Question) -> str:
    """What a question counts (`người`); empty where it counts nothing."""
    return next((ask.unit.name for ask in question.asks if ask.unit.dimension == "count"), "")


def sums_up(question: Question, *, of_places: bool = False) -> bool:
    """Whether one total is asked of names or places that the question joins (`tổng quà của tỉnh và huyện`)."""
    total = _TOTAL_OF_PLACES if of_places else _TOTAL_OF
    return len(total.finditer(question.text)) == 1 and len(question.asks) == 1


def states_total(ground: Ground, question: Question, report: Report, chosen: Sequence[Candidate]) -> bool:
    """Whether the figure chosen is called a total and bears all names that the question joins (`tổng số hồ sơ tiếp nhận và giải quyết`)."""
    things = by_names(ground.query(question, question.first_ask, report), ADDED)
    return len(chosen) == 1 and bool(TOTAL_WORDS & chosen[0].own.folded) and all(not thing.own or thing.named(chosen[0]) >= NAMED for thing in things)


def draft_sum(ground: Ground, chosen: Sequence[Candidate]) -> Draft | None:
    """The sum of figures chosen for the names that a question joins; None where they are of different dimensions or no levels."""
    if not are_commensurate(chosen) or any(one.figure.kind not in (AMOUNT, RATIO) or TOTAL_WORDS & one.own.folded for one in chosen):
        return None
    return _draft(ground, forms.SUM, chosen)


def draft_rest(
    ground: Ground, question: Question, chosen: Sequence[Candidate], report: Report, ranked: Sequence[Scored], found: Sequence[Found]
) -> Draft | None:
    """`Còn bao nhiêu … chưa …?`, where the report gives how many of all (`312/318 hộ`), or the whole beside the part done: the difference; None otherwise."""
    if not asks_rest(question) or len(chosen) > 1 or any(says_not_yet(one) for one in chosen):
        return None
    figure = chosen[0].figure if chosen else None
    if figure is not None and figure.kind == RATIO and figure.quantity.of is not None and figure.quantity.of >= figure.quantity.value:
        result = write_number(_plain(figure.quantity.of - figure.quantity.value))
        part, whole = write_number(_plain(figure.quantity.value)), write_number(_plain(figure.quantity.of))
        return _computed(ground, chosen, result, figure.unit, f"{whole} − {part}")
    pair = whole_and_done(question, chosen[0], ground.mates(chosen[0])) if chosen else []
    if not pair:
        told = told_pair(ground, ground.query(question, question.first_ask, report), ranked)
        pair = told if not chosen or chosen[0] in told else []
    if not pair and not_done(question) and chosen:
        level = against_plan(ground, question, report, found)
        pair = level if chosen[0] in level and len(level) == 2 and level[0].figure.quantity.base_value < level[1].figure.quantity.base_value else []
    return _draft(ground, forms.DIFFERENCE, pair, _counted(question)) if pair else None


def asks_rest_of_plan(question: Question) -> bool:
    """Whether it is asked how much of a plan is still to be done (`còn bao nhiêu km chưa làm so với kế hoạch`)."""
    return bool(asks_rest(question) and _AGAINST_PLAN.search(question.text)) and not forms.asks_share(question.text)


def asks_above_plan(question: Question) -> bool:
    """Whether it is asked by how much, and not by what share, a plan was surpassed or missed (`vượt dự toán bao nhiêu tỷ`)."""
    ask = question.first_ask
    return bool(_PLANNED.search(question.text)) and ask is not None and ask.kind == CHANGE and ask.unit.dimension not in ("none", "percent")


def draft_highest(ground: Ground, question: Question, report: Report, found: Sequence[Found], *, lowest: bool) -> Draft | None:
    """The greatest or the least of the names or places that the question itself puts to choice (`A, B hay C`); None where it puts none."""
    query = ground.query(question, None, report)
    things = by_places(query) if len(query.places) > 1 else by_names(query, _ADDED_OR) if _OR.search(question.text) else []
    named = [thing for thing in things if not _WHICH.search(thing.query.part)]  # `nơi nào nhiều nhất: A, B hay C`
    things = named if len(named) > 1 else things
    operands = operands_of(ground, things, question, report, found) if len(things) > 1 else []
    if not are_commensurate(operands):
        return None
    best = (min if lowest else max)(operands, key=lambda one: one.figure.quantity.base_value)
    return draft_figures([best], {best.passage.id: ground.mates(best)})


def draft_last_year(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The level of the year before, from this year's level and its change in the same unit; None where the report gives no such change."""
    if (question.years != (report.year - 1,) and not question.of_last_year) or len(question.asks) != 1:
        return None
    query = replace(ground.query(question, question.asks[0], report), years=(report.year,))
    ranked = ground.rank(query, found)
    if not ranked:
        return None
    best = best_fitting(query, ranked)
    figure = best.candidate.figure
    sure = ground.confidence(query, best, ranked, found) >= ground.trees.threshold
    if figure.kind not in LEVELS or mismatch(query, best, ranked, report) or not sure or figure.quantity.of is not None:
        return None
    change = next((mate for mate in ground.mates(best.candidate) if _is_change_of(mate.figure, figure, report.year - 1)), None)
    if change is None:
        return None
    sign = 1 if change.figure.direction == "giảm" else -1
    value = figure.value + sign * change.figure.value * change.figure.quantity.canonical.scale / figure.quantity.canonical.scale
    formula = f"{figure.printed} {'+' if sign > 0 else '−'} {change.figure.printed}"
    return _computed(ground, [best.candidate, change], write_number(_plain(value)), figure.unit, formula)


def _is_change_of(change: Figure, level: Figure, year: int) -> bool:
    same = change.quantity.canonical.dimension == level.quantity.canonical.dimension
    whole = level.kind == SHARE or not change.quantity.is_percent
    of_year = str(year) in change.versus or not change.versus  # what a yearly report says of no other time is against the year before
    return change.kind == CHANGE and change.base == level.id and bool(change.direction) and same and whole and of_year


def _draft(ground: Ground, form: str, operands: Sequence[Candidate], asked: str = "") -> Draft:
    """The computed answer; its unit is that of the operands, or the one `asked` for where the report prints none."""
    figures = [operand.figure for operand in operands]
    unit = figures[0].quantity.canonical
    values = [f.quantity.base_value / unit.scale for f in figures]
    if form == forms.SUM:
        return _computed(ground, operands, write_number(_plain(sum(values, Decimal(0)))), figures[0].unit or asked, " + ".join(f.printed for f in figures))
    (small, part), (large, whole) = sorted(zip(values, figures, strict=True), key=lambda pair: pair[0])[:2]
    if form == forms.SHARE_OF:
        share = (small / large * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return _computed(ground, operands, write_number(share), "%", f"{part.printed} : {whole.printed}")
    printed = figures[0].unit if figures[0].unit == figures[1].unit or not asked else asked
    unit_name = "điểm phần trăm" if unit.dimension == "percent" else printed or asked
    result = _in_parts(large - small) if unit.name == "đồng" else write_number(_plain(large - small))
    return _computed(ground, operands, result, unit_name, f"{whole.printed} − {part.printed}")


def _in_parts(dong: Decimal) -> str:
    """An amount in đồng as reports write great ones: `37 tỷ 665 triệu`; in figures where it does not come out even in millions."""
    millions, rest = divmod(dong, 10**6)
    billions, left = divmod(millions, 1000)
    if rest or not billions:
        return write_number(_plain(dong)) if rest else f"{write_number(_plain(millions))} triệu"
    return f"{write_number(_plain(billions))} tỷ" + (f" {int(left)} triệu" if left else "")


def _computed(ground: Ground, operands: Sequence[Candidate], result: str, unit: str, formula: str) -> Draft:
    draft = draft_figures(operands, {c.passage.id: ground.mates(c) for c in operands})
    computed = AnswerFigure(result, unit, 1, COMPUTED, derived_from=tuple(one.figure.printed for one in operands))
    sentence = f"Tính từ số liệu của báo cáo: {formula} = {computed.printed}."
    return Draft((sentence, *draft.sentences), (computed,), draft.citations, draft.figures)


def _plain(value: Decimal) -> Decimal:
    text = f"{value.normalize():f}"
    return Decimal(re.sub(r"\.0+$", "", text))
