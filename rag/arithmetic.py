"""One small sum, difference or share over figures that the report gives: computed exactly, operands shown, marked as computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures import AMOUNT, CHANGE, RATIO, SHARE, Figure
from corpus.numbers import write_number
from corpus.report import Report
from corpus.text import search_words
from corpus.units import NO_UNIT, Unit
from rag import forms
from rag.asks import MEASURE_PAIRS
from rag.candidates import Candidate
from rag.features import TOTAL_WORDS, Query, same_unit
from rag.figure_answer import Draft, draft_figures, same_cluster, same_sentence
from rag.fitting import beside, best_fitting, mismatch, unlike
from rag.ground import Found, Ground
from rag.patterns import HOW_MANY, Pattern
from rag.question import Question
from rag.ranker import Scored
from rag.records import AnswerFigure
from rag.things import NAMED, Thing, by_names, by_places, by_years
from rag.years import choose_across_years

_COMPARED = Pattern(
    r"\s+(?:và|lẫn|với|hơn|kém|so với|trừ(?: đi)?|(?:(?:chiếm|bằng|là)\s+)?(?:bao nhiêu\s+)?(?:%|phần trăm|tỷ lệ|tỷ trọng|mấy phần)\s+(?:của|trong|so với)?|"
    r"trong tổng(?: số)?|của tổng)\s*"
)
"""What stands between the operands of a difference or a share."""
_ADDED = Pattern(r"\s+(?:và|lẫn|với|cộng(?: với)?(?! lại)|cũng như)\s+|\s*[,;]\s*(?:và\s+)?")
"""What stands between the operands of a total."""
_OR = Pattern(r"\s(?:hay|hoặc)\s")
_ADDED_OR = Pattern(r"\s+(?:và|hay|hoặc)\s+|\s*[,;:?]\s*")
"""What stands between names put to choice."""
_PLANNED = Pattern(
    r"\b(?:so với|theo|hụt|vượt) (?:kế hoạch|chỉ tiêu|dự toán)\b|\bcòn thiếu\b|"
    r"\b(?:còn|thiếu|hụt|nữa)\b[^?]{2,60}\b(?:đủ|đạt|xong|hết|kịp|bằng|hoàn thành) (?:kế hoạch|chỉ tiêu|dự toán)\b"
)
_AGAINST_PLAN = Pattern(r"\b(?:so với|theo) (?:kế hoạch|chỉ tiêu|dự toán)\b")
_MEASURED = "mức|vốn|số vốn|kế hoạch|dự toán|thu|chi|giá trị|diện tích|sản lượng|sản phẩm|đàn|dư nợ|nguồn|kinh phí|chiều dài"
_TOTAL_OF = Pattern(rf"\b(?:tổng(?! (?:{_MEASURED}))|cộng|cả thảy|tất cả)\b")
_TOTAL_OF_PLACES = Pattern(r"\b(?:tổng|cộng|cả thảy|tất cả|gộp)\b")
_NOT_YET = Pattern(r"\b(?:chưa|còn lại|còn thiếu|không (?:có )?ai)\b")
_NOT_DONE = Pattern(r"\b(?:chưa(?: (?:có )?(?:ai|người nào|hộ nào|đơn vị nào))?|không (?:có )?ai) (?:được |hề |chịu )?((?:[^\s?.,]+ ){0,1}[^\s?.,]+)")
"""What has not been done yet: one or two words."""
_DONE = Pattern(r"\b(?:đã|mới)\b")
"""Says that what follows is done."""
SAME_PEOPLE = 0.4
"""How alike two counted nouns are that may be taken from one another (`38 cán bộ`, `27 người`)."""
MOST_OPERANDS = 4
SURE = 0.5
"""Share of the threshold that an operand must reach by itself."""
SAID_WHOLE, AMONG, SURE_BESIDE = 0.5, 60, 0.35
"""Share of a name that a figure must bear to be of it among its like; among so many figures; share of the threshold that one of these must reach."""
LIKELY = 6
"""Figures of the ranking that may be the level asked about."""
COMPUTED = "Kết quả tính từ các số của báo cáo"
LEVELS = (AMOUNT, RATIO, SHARE)


def draft_derived(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
    """The computed answer; None where an operand is missing or they are of different dimensions."""
    query = ground.query(question, None, report)
    operands: list[Candidate] = []
    for things in _splits(query, question):
        operands = _of_years(ground, things, report, found) or _operands(ground, things, question, report, found)
        if not operands and things[0].joined and len(things) <= MOST_OPERANDS:
            operands = _listed_together(ground, things, question, found)
        if operands:
            break
    if not operands and _PLANNED.search(question.text):
        operands = _against_plan(ground, question, report, found)
    if not _commensurate(operands):
        return None
    if question.form != forms.SUM and len(operands) != 2:
        return None
    unit = next((ask.unit.name for ask in question.asks if ask.unit.dimension == "count"), "")
    return _draft(ground, question.form, operands, unit)


def _of_years(ground: Ground, things: Sequence[Thing], report: Report, found: Sequence[Found]) -> list[Candidate]:
    """The levels of one thing in the years asked of; empty where the things are no years or not all are found."""
    if any(len(thing.query.years) != 1 for thing in things):
        return []
    across = choose_across_years(ground, things, report, found)
    chosen = [one.candidate for one in across.chosen] if across is not None else []
    return chosen if all(one.figure.kind in LEVELS for one in chosen) else []


def sums_up(question: Question, *, of_places: bool = False) -> bool:
    """Whether one total is asked of names or places that the question joins (`tổng quà của tỉnh và huyện`)."""
    total = _TOTAL_OF_PLACES if of_places else _TOTAL_OF
    return len(total.finditer(question.text)) == 1 and len(question.asks) == 1


def states_total(ground: Ground, question: Question, report: Report, chosen: Sequence[Candidate]) -> bool:
    """Whether the figure chosen is called a total and bears all names that the question joins (`tổng số hồ sơ tiếp nhận và giải quyết`)."""
    things = by_names(ground.query(question, question.first_ask, report), _ADDED)
    return len(chosen) == 1 and bool(TOTAL_WORDS & chosen[0].own.folded) and all(not thing.own or thing.named(chosen[0]) >= NAMED for thing in things)


def draft_sum(ground: Ground, chosen: Sequence[Candidate]) -> Draft | None:
    """The sum of figures chosen for the names that a question joins; None where they are of different dimensions or no levels."""
    if not _commensurate(chosen) or any(one.figure.kind not in (AMOUNT, RATIO) or TOTAL_WORDS & one.own.folded for one in chosen):
        return None
    return _draft(ground, forms.SUM, chosen)


def draft_rest(ground: Ground, question: Question, chosen: Sequence[Candidate]) -> Draft | None:
    """`Còn bao nhiêu … chưa …?`, where the report gives how many of all (`312/318 hộ`), or the whole beside the part done: the difference; None otherwise."""
    if len(chosen) != 1 or not (_NOT_YET.search(question.text) and HOW_MANY.search(question.text)) or _says_not_yet(chosen[0]):
        return None
    figure = chosen[0].figure
    if figure.kind == RATIO and figure.quantity.of is not None and figure.quantity.of >= figure.quantity.value:
        result = write_number(_plain(figure.quantity.of - figure.quantity.value))
        part, whole = write_number(_plain(figure.quantity.value)), write_number(_plain(figure.quantity.of))
        return _computed(ground, chosen, result, figure.unit, f"{whole} − {part}")
    pair = _whole_and_done(question, chosen[0], ground.mates(chosen[0]))
    return _draft(ground, forms.DIFFERENCE, pair) if pair else None


def asks_rest_of_plan(question: Question) -> bool:
    """Whether it is asked how much of a plan is still to be done (`còn bao nhiêu km chưa làm so với kế hoạch`)."""
    return bool(_NOT_YET.search(question.text) and _AGAINST_PLAN.search(question.text)) and not forms.asks_share(question.text)


def asks_above_plan(question: Question) -> bool:
    """Whether it is asked by how much, and not by what share, a plan was surpassed or missed (`vượt dự toán bao nhiêu tỷ`)."""
    ask = question.first_ask
    return bool(_PLANNED.search(question.text)) and ask is not None and ask.kind == CHANGE and ask.unit.dimension not in ("none", "percent")


def tells_done(question: Question, chosen: Sequence[Candidate]) -> bool:
    """Whether it is asked what has not been done, and the figure chosen says what has."""
    doing = _not_done(question)
    return bool(doing and chosen) and (_tells(chosen[0], doing) or _says_done(chosen[0])) and not _says_not_yet(chosen[0])


def _not_done(question: Question) -> list[str]:
    """The folded words for what is asked as not yet done; none where nothing is."""
    verb = _NOT_DONE.search(question.text)
    return search_words(verb.group(1)) if verb else []


def _tells(candidate: Candidate, doing: Sequence[str]) -> bool:
    return all(word in candidate.own.folded for word in doing)


def _says_not_yet(candidate: Candidate) -> bool:
    figure = candidate.figure
    before, number, after = figure.own.partition(figure.text)
    return bool(_NOT_YET.search(f"{figure.inherited} {before}{number}{after.partition(',')[0]}"))


def _says_done(candidate: Candidate) -> bool:
    """Whether the words that lead to a figure say that it is done (`nhưng mới có 187 ki-ốt ký hợp đồng`)."""
    figure = candidate.figure
    lead = candidate.passage.text[figure.sentence[0] : figure.start]
    return bool(_DONE.search(re.split(r"[;,(]|\d", lead)[-1]))


def _whole_and_done(question: Question, chosen: Candidate, mates: Sequence[Candidate]) -> list[Candidate]:
    """Of one sentence, the level of all and the level of what has been done of it, one of them `chosen`; empty where they cannot be told."""
    doing = _not_done(question)
    alike = [mate for mate in mates if mate.figure.sentence == chosen.figure.sentence and mate.figure.kind == AMOUNT and _same_unit(mate.figure, chosen.figure)]
    if any(_says_not_yet(mate) for mate in alike):
        return []
    done = [mate for mate in alike if doing and _tells(mate, doing)] or [mate for mate in alike if doing and _says_done(mate)]
    if len(done) != 1:
        return []
    greater = [mate for mate in alike if mate.figure.quantity.base_value > done[0].figure.quantity.base_value]
    before = [mate for mate in greater if mate.figure.start < done[0].figure.start]
    whole = before[-1] if before else greater[0] if len(greater) == 1 else None
    return [whole, done[0]] if whole is not None and chosen in (whole, done[0]) else []


def _same_unit(one: Figure, other: Figure) -> bool:
    a, b = one.quantity.canonical, other.quantity.canonical
    if a.dimension == b.dimension == "count":
        return same_unit(a, b)[0] >= SAME_PEOPLE
    return a.dimension == b.dimension


def _splits(query: Query, question: Question) -> list[list[Thing]]:
    """The ways in which the question may name its operands: by place, by year, by the words that join or compare them."""
    years = tuple(dict.fromkeys((*query.years, *question.versus_years)))
    if question.form == forms.DIFFERENCE and years == (query.report_year + 1,):
        years = (query.report_year, *years)  # how far it still is to the aim
    ways = []
    if len(query.places) > 1:
        ways.append(by_places(query))
    if len(years) == 2:
        ways.append(by_years(replace(query, years=years)))
    if not (question.last_year or question.versus_years):
        ways.append(by_names(query, _ADDED if question.form == forms.SUM else _COMPARED))
    return [things for things in ways if len(things) > 1]


def _operands(ground: Ground, things: Sequence[Thing], question: Question, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """One level for each thing; none where one of them has none, or where neither they nor their standing in one passage is sure."""
    unit = next((ask.unit for ask in question.asks if ask.unit.dimension not in ("none", "percent")), None)
    chosen: list[Scored] = []
    sure: list[bool] = []
    for thing in things[:MOST_OPERANDS]:
        ranked = tuple(ground.rank(thing.query, found))
        best = _best_level(thing, [other for other in things if other is not thing], report, ranked, chosen, unit)
        if best is None:
            return []
        chosen.append(best)
        sure.append(ground.confidence(thing.query, best, ranked, found) >= ground.trees.threshold * SURE)
    together = len({one.candidate.figure.passage for one in chosen}) == 1
    return [one.candidate for one in chosen] if all(sure) or (together and any(sure)) else []


def _listed_together(ground: Ground, things: Sequence[Thing], question: Question, found: Sequence[Found]) -> list[Candidate]:
    """One level for each of the names that a question joins, all alike and told side by side in one place of the report; empty where none is clearly meant."""
    unit = next((ask.unit for ask in question.asks if ask.unit.dimension not in ("none", "percent")), NO_UNIT)
    ranks = [tuple(ground.rank(thing.query, found)) for thing in things]
    by_place: dict[tuple[str, int | None, str], list[list[tuple[float, Scored]]]] = {}
    for n, (thing, ranked) in enumerate(zip(things, ranks, strict=True)):
        others = [other for other in things if other is not thing]
        for one in ranked[:AMONG]:
            figure = one.candidate.figure
            if figure.kind not in LEVELS or _is_other_unit(unit, figure.quantity.canonical) or TOTAL_WORDS & one.candidate.own.folded:
                continue
            named = thing.named(one.candidate)
            if named >= SAID_WHOLE and not any(other.named(one.candidate) >= NAMED for other in others):
                place = (figure.section, figure.footnote, _dimension(figure))
                by_place.setdefault(place, [[] for _ in things])[n].append((named, one))
    groups = [[max(of, key=lambda pair: (pair[0], pair[1].score))[1] for of in each] for each in by_place.values() if all(each)]
    best = max(groups, key=lambda group: sum(one.score for one in group), default=None)
    if best is None or len({one.candidate.figure.id for one in best}) < len(best):
        return []
    sure = max(ground.confidence(thing.query, one, ranked, found) for thing, one, ranked in zip(things, best, ranks, strict=True))
    return [one.candidate for one in best] if sure >= ground.trees.threshold * SURE_BESIDE else []


def _is_other_unit(asked: Unit, unit: Unit) -> bool:
    if asked.dimension == "none":
        return False
    return asked.dimension != unit.dimension or (asked.dimension == "count" and same_unit(asked, unit)[0] < SAME_PEOPLE)


def draft_highest(ground: Ground, question: Question, report: Report, found: Sequence[Found], *, lowest: bool) -> Draft | None:
    """The greatest or the least of the names or places that the question itself puts to choice (`A, B hay C`); None where it puts none."""
    query = ground.query(question, None, report)
    things = by_places(query) if len(query.places) > 1 else by_names(query, _ADDED_OR) if _OR.search(question.text) else []
    operands = _operands(ground, things, question, report, found) if len(things) > 1 else []
    if not _commensurate(operands):
        return None
    best = (min if lowest else max)(operands, key=lambda one: one.figure.quantity.base_value)
    return draft_figures([best], {best.passage.id: ground.mates(best)})


def _commensurate(operands: Sequence[Candidate]) -> bool:
    """Whether there are two figures or more, all of one dimension."""
    return len(operands) > 1 and len({_dimension(one.figure) for one in operands}) == 1


def _dimension(figure: Figure) -> str:
    return figure.quantity.canonical.dimension


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


def _best_level(
    thing: Thing, others: Sequence[Thing], report: Report, ranked: tuple[Scored, ...], chosen: Sequence[Scored], unit: Unit | None
) -> Scored | None:
    """The level of those ranked that fits a thing, of the dimension of those chosen before; None where none does."""
    dimension = _dimension(chosen[0].candidate.figure) if chosen else unit.dimension if unit else ""
    levels = [
        one
        for one in unlike(beside(ranked, chosen), others if thing.joined else ())
        if one.candidate.figure.kind in LEVELS
        and dimension in ("", _dimension(one.candidate.figure), "count" if _dimension(one.candidate.figure) == "none" else "")
        and (not thing.joined or thing.named(one.candidate) >= NAMED)
        and not any(same_cluster(one.candidate.figure, other.candidate.figure) for other in chosen)
        and not any(_measures_apart(thing.query, one.candidate, other.candidate) for other in chosen)
    ]
    if thing.joined and chosen:
        levels = [one for one in levels if thing.sets_apart(one.candidate, others, [other.candidate for other in chosen])]
    if not levels:
        return None
    best = best_fitting(thing.query, levels)
    return None if mismatch(thing.query, best, levels, report) else best


def _measures_apart(query: Query, one: Candidate, other: Candidate) -> bool:
    """Whether two figures are told to be of different measures (`dư nợ` and `huy động`) which the question does not both name itself."""
    a, b = _measures(one), _measures(other)
    words = search_words(query.question.text)
    named = set(zip(words, words[1:], strict=False))
    return bool(a and b) and not a & b and not (a & named and b & named)


def _measures(candidate: Candidate) -> frozenset[tuple[str, str]]:
    """The measures that a figure's own words name, else those that it inherits."""
    return next((found for _, words in candidate.tiers[:2] if (found := words.pairs & MEASURE_PAIRS)), frozenset())


def _against_plan(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> list[Candidate]:
    """The level asked about and that of its plan, which stand in one sentence or row; empty where none of the likeliest figures has the other beside it."""
    ask = replace(question.first_ask, kind=AMOUNT) if question.first_ask is not None else None
    query = ground.query(question, ask, report)
    ranked = tuple(ground.rank(query, found))
    unit = next((ask.unit for ask in question.asks if ask.unit.dimension != "none"), None)
    best = _best_level(Thing(query), [], report, ranked, [], unit)
    if best is None or ground.confidence(query, best, ranked, found) < ground.trees.threshold * SURE:
        return []
    likely = [one for one in ranked[:LIKELY] if one.score >= best.score and _is_level_like(one.candidate.figure, best.candidate.figure)]
    for one in (*likely, best):
        planned = _is_planned(one.candidate.figure)
        counterpart = [other.candidate for other in ranked if _is_counterpart(other.candidate.figure, one.candidate.figure)][:1]
        if planned or counterpart:
            return [*counterpart, one.candidate] if planned else [one.candidate, *counterpart]
    return []


def _is_counterpart(other: Figure, figure: Figure) -> bool:
    """Whether a figure of the same sentence or row is the plan of a level, or the level of a plan."""
    return same_sentence(other, figure) and _is_level_like(other, figure) and _is_planned(other) is not _is_planned(figure)


def _is_level_like(other: Figure, figure: Figure) -> bool:
    return other.id != figure.id and other.kind in LEVELS and other.quantity.canonical.dimension == figure.quantity.canonical.dimension


def _is_planned(figure: Figure) -> bool:
    """Whether a figure's own words call it a plan's."""
    return bool(_PLAN_WORD.search(figure.own))


_PLAN_WORD = Pattern(r"\b(?:kế hoạch|dự toán|chỉ tiêu)\b")


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
    unit_name = "điểm phần trăm" if unit.dimension == "percent" else figures[0].unit or asked
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
