"""The several things that one question asks: by its `bao nhiêu`, by year, by place, or by the names it joins (`A và B`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.places import bare_name
from corpus.report import Report
from corpus.text import WORD, fold, search_words, unify_tone
from rag import refusal
from rag.asks import MEASURE_WORDS
from rag.candidates import Candidate
from rag.features import TOTAL_WORDS, Query, asked_places
from rag.ground import Ground
from rag.patterns import HOW_MANY, YEAR, Pattern
from rag.question import Question, asks_plan, only_asks
from rag.syllables import is_folded_syllable
from rag.terms import Term

ELSEWHERE = 0.25
"""What the words of the other things asked weigh for one of them."""
LEAST_WEIGHT = 0.09
"""A word of less weight names no thing."""
NEAR = 2
"""The tiers (see `rag.candidates`) that hold a figure's name: its own words, those it inherits."""
SAID = 0.5
"""How well a figure's own words must hold a word of a name to say it."""
_YEAR_NEXT = re.compile(r"(?i)\s*(?:,|;|và|va|còn|con|rồi|roi)?\s*(?:(?:đến|den|sang|trong|thì|thi)\s+)?(?:năm|nam)\s+20\d\d")
"""A joint of a question behind which a year stands."""
NAME_WORDS = 2
"""Topic words next to `và` or a comma that are taken for the name there."""
_WHOSE = Pattern(r"\b(?:ngân sách|vốn|quà|nguồn|tiền|kinh phí)(?: cấp| của)? (huyện|xã|tỉnh|trung ương)\b")
NAMED, APART = 0.6, 0.2
"""Share of the words of a name that a figure must bear to be of that name; by how much more than any other name."""
_LEVEL = Pattern(r"^\s*(?:(?:của|các|toàn|trung bình|bình quân) )*(huyện|xã|tỉnh|thôn|nam|nữ|cả nước|cả tỉnh|toàn quốc|trung ương)\b")
"""Words without topic of their own that name a thing where they stand alone (`của tỉnh và huyện`)."""
LEVELS = frozenset(("huyen", "xa", "tinh", "trung uong", "thon"))
_SCOPE = re.compile(r"(?i)\s*(?:trong(?: số| tổng)?|qua|về|đối với|riêng|tại|theo|nhờ|từ|khi|sau|trước|để|tính đến|nhân)\s")
"""Begins a question with what it is about, which is no thing of its own (`Trong chi ngân sách, phần cho đầu tư …`)."""
_EACH_OF = Pattern(r"^\s*(?:thì |là )?(?:mỗi|từng|riêng mỗi|cụ thể|lần lượt)\b")
"""Asks for one number of each name before, and names nothing (`chi thường xuyên và chi đầu tư, mỗi khoản bao nhiêu`)."""
_OF_YEARS = (
    "kết quả thực hiện chỉ tiêu mục tiêu kế hoạch phấn đấu đến so sánh với đạt được cả năm và của là bao nhiêu đề ra đặt ra "
    "định hướng nhắm giao định muốn phải lên mức nâng kéo về hiện giờ nay tới sang"
)
YEAR_WORDS = frozenset(search_words(_OF_YEARS))
"""Words that set years side by side and name no topic, folded."""
_YEAR_WORDS_MARKED = frozenset(unify_tone(word) for word in _OF_YEARS.split())
_OTHER_WORDS = frozenset(search_words("đạt chi tiêu đến nâng kéo về lên phải định mức giờ nay sang muốn đề đặt ra"))
"""Those that stand for another word as well where they are typed without marks (`đất`), or by themselves (`tiêu`)."""
_PLAN_OF = Pattern(r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|giao)(?: [^\s,?]+){0,2} $")
"""Ends in what says that the year which follows is asked for its plan."""
_NOW = Pattern(r"\b(?:hiện có|hiện tại|hiện nay|hiện giờ|hiện đạt|bây giờ|lúc này|đang có|đến nay)\b[^?]*(?:\b(?:và|còn|rồi|với|lẫn|so)\b|,)")
"""Sets what is against what is to be (`diện tích chè hiện có và chỉ tiêu năm 2024`)."""
_BETWEEN_ENDS = re.compile(r"\s*[-–]\s*|\s+(?:di|den|noi|noi voi|sang|qua)\s+(?:xa\s+|thi tran\s+)?")
"""What stands between the two ends of one thing, folded."""
_BOUND = Pattern(
    r"\s+(?:và|lẫn|cùng với|cũng như|còn(?! (?:bao nhiêu|mấy|lại|khoảng|tới|những))|rồi|với(?! (?:kế hoạch|dự toán|chỉ tiêu|cùng kỳ|năm))|hay|hoặc)\s+|"
    r"\s*[,;?]\s*|\s+-\s+"
)
JOINED = Pattern(
    r"\s+(?:và|lẫn|cùng với|cũng như|"
    r"(?<!so )(?<!đối )(?<!cùng )(?<!kèm )(?<!ứng )(?<!gắn )với(?! (?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|cùng kỳ|năm|đầu|cuối|hồi|trước(?! bạ)|ạ|\d)))\s+|"
    r"\s*[,;]\s*(?:và\s+)?"
)
"""What joins the names of several things in one question."""


@dataclass(frozen=True)
class Thing:
    """One thing asked: its query, the words that name it and none of the others, and what to say where the report lacks it.

    `refusal` is empty where the question may be answered without this thing; `joined` says that it shares its `bao nhiêu`
    with the others.
    """

    query: Query
    own: tuple[Term, ...] = ()
    refusal: str = ""
    joined: bool = False

    def named(self, candidate: Candidate, tiers: int = NEAR) -> float:
        """Share of the words that name the thing which stand with a figure, in so many tiers."""
        total = sum(term.weight for term in self.own)
        held = sum(term.weight * max(value * self.query.held(term, words) for value, words in candidate.tiers[:tiers]) for term in self.own)
        return held / total if total else 0.0

    def sets_apart(self, candidate: Candidate, others: Sequence[Thing], chosen: Sequence[Candidate]) -> bool:
        """Whether a figure bears this name clearly more than it bears the other names, or than the figures chosen for those do.

        Looked for in the figure's own words, and in those and what it inherits.
        """
        for tiers in (1, NEAR):
            named = self.named(candidate, tiers)
            rivals = max((other.named(candidate, tiers) for other in others), default=0.0)
            borne = max((self.named(one, tiers) for one in chosen), default=0.0)
            if named >= NAMED and named >= min(rivals, borne if chosen else rivals) + APART:
                return True
        return False

    def says_apart(self, candidate: Candidate, others: Sequence[Thing]) -> bool:
        """Whether a figure's own words say what only this name says, and nothing that only another one does (`bò 4.275 con` of `đàn trâu, đàn bò`)."""
        words = [frozenset(word for term in thing.own for word in term.parts) for thing in (self, *others)]
        said = self._says(candidate, frozenset().union(*words[1:]))
        return said and not any(other._says(candidate, words[0]) for other in others)

    def _says(self, candidate: Candidate, but: frozenset[str]) -> bool:
        """Whether a figure's own words say most of the name, or what stands for it; words `but` are none."""
        own = [term for term in self.own if set(term.parts) - but]
        said = (term.weight for term in own if (set(term.parts) - but) & candidate.own.folded or self.query.held(term, candidate.own) >= SAID)
        return bool(own) and sum(said) >= SAID * sum(term.weight for term in own)


def split_things(ground: Ground, question: Question, report: Report) -> list[Thing]:
    """The things asked, in the order asked; one where the question asks for one figure."""
    if len(question.asks) > 1:
        return _by_ask(ground, question, report)
    query = ground.query(question, question.first_ask, report)
    if query.years and min(query.years) > report.year and _NOW.search(question.text):
        query = replace(query, years=(report.year, *query.years))
    if report.plan_year is None and _NOW.search(question.text) and asks_plan(question.text):
        return [Thing(replace(query, aims=aims, terms=_without_year_words(query.terms))) for aims in (False, True)]
    if len(query.years) > 1:
        return by_years(query)
    if len(query.places) > 1 and not _is_stretch(query):
        return by_places(query)
    return [Thing(query)] if question.context is not None or question.of_turns else by_names(query)


def _is_stretch(query: Query) -> bool:
    """Whether the two places named are the ends of one thing (`đường Đăk Ui - Đăk Pxi`)."""
    text = fold(query.question.text)
    ends = sorted((text.find(name), name) for name in (fold(bare_name(place)) for place in query.places))
    if len(ends) != 2 or ends[0][0] < 0:
        return False
    return bool(_BETWEEN_ENDS.fullmatch(text[ends[0][0] + len(ends[0][1]) : ends[1][0]]))


def _by_ask(ground: Ground, question: Question, report: Report) -> list[Thing]:
    """One thing for each `bao nhiêu`, the words around it at full weight and the rest at half."""
    text = question.text
    bounds = [0]
    for one, following in zip(question.asks, question.asks[1:], strict=False):
        between = [one.end + match.start() for match in _BOUND.finditer(text[one.end : following.start])]
        of_year = [at for at in between if _YEAR_NEXT.match(text, at)]  # `…, năm 2024 định kéo xuống còn mấy` is on 2024 from there on
        bounds.append((of_year or between)[-1] if between and following.start > one.end else max(one.end, bounds[-1]))
    things = []
    for ask, start, end in zip(question.asks, bounds, [*bounds[1:], len(text)], strict=True):
        query = ground.query(question, ask, report)
        here = frozenset(_word_numbers(text, start, end))
        query = _within(query, here, text[start:end], report)
        things.append(Thing(query, _names(query, here)))
    things = [replace(thing, own=own) for thing, own in zip(things, _unshared([thing.own for thing in things]), strict=True)]
    return [_of_own_plan(thing, report) for thing in _of_this_year(things, report)] if report.plan_year is not None else _of_aims(things)


def _of_own_plan(thing: Thing, report: Report) -> Thing:
    """What is asked of the report's own year is asked of no plan, whatever the other parts of the question ask, unless its own part does."""
    question = thing.query.question
    if thing.query.years != (report.year,) or not question.plan_year or asks_plan(thing.query.part):
        return thing
    return replace(thing, query=replace(thing.query, question=replace(question, plan_year=False)))


def _of_aims(things: list[Thing]) -> list[Thing]:
    """In a report that aims at its own year (a half-year's): what is asked of the aims, and what of the results, where one question asks both."""
    aimed = [asks_plan(thing.query.part) for thing in things]
    if all(aimed) or not any(aimed):
        return things
    return [replace(thing, query=replace(thing.query, aims=aims)) for thing, aims in zip(things, aimed, strict=True)]


def _unshared(named: Sequence[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Of the names of several things, those of each that no other thing bears."""
    counted = Counter(folded for terms in named for folded in {term.folded for term in terms})
    return [tuple(term for term in terms if counted[term.folded] == 1) for terms in named]


def _of_this_year(things: list[Thing], report: Report) -> list[Thing]:
    """Where a later thing is asked of the coming year, those asked without a year are asked of the report's own (`giờ bao nhiêu, sang năm bao nhiêu`)."""
    if things[0].query.part_years == (report.plan_year,) or not any(thing.query.years == (report.plan_year,) for thing in things):
        return things
    return [thing if thing.query.part_years else replace(thing, query=replace(thing.query, years=(report.year,))) for thing in things]


def _within(query: Query, here: frozenset[int], part: str, report: Report) -> Query:
    """`query` for the part of the question that holds the words `here`: its own years and places where it names some."""
    own = [term for term in _names(query, here) if not sets_year(term) and not set(term.parts) <= MEASURE_WORDS]
    beside = ELSEWHERE if own else 1.0
    terms = tuple(term if term.at in here else replace(term, weight=term.weight * beside) for term in query.terms)
    years = tuple(dict.fromkeys(int(match.group()) for match in YEAR.finditer(part)))
    places = frozenset(asked_places(part, report)) & query.places
    if years and set(years) <= set(query.years):
        query = replace(query, years=years)
    if len(query.years) == 1 or not own:
        terms = _without_year_words(terms)
    return replace(query, terms=terms, places=places or query.places, part=part, part_years=years)


def _without_year_words(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in terms if not sets_year(term)) or terms


def sets_year(term: Term) -> bool:
    """Whether a term only says of which year something is asked (`chỉ tiêu`, `mục tiêu`), and names no topic (`chi tiêu`, `tiêu`, `đất`)."""
    if term.marked:
        return set(term.spelled) <= _YEAR_WORDS_MARKED and term.marked != "tiêu"
    return set(term.parts) <= (YEAR_WORDS if len(term.parts) > 1 else YEAR_WORDS - _OTHER_WORDS)


def by_years(query: Query) -> list[Thing]:
    """One thing for each year named (`năm 2023 và mục tiêu năm 2024`)."""
    topic = _without_year_words(query.terms)
    things = [Thing(replace(query, years=(year,), terms=topic), refusal=refusal.OTHER_YEAR.format(year=year)) for year in query.years]
    if query.report_year not in query.years or _PLAN_OF.search(query.question.text.partition(str(query.report_year))[0]):
        return things
    done = replace(query.question, plan_year=False)
    return [replace(thing, query=replace(thing.query, question=done)) if thing.query.years == (query.report_year,) else thing for thing in things]


def by_places(query: Query) -> list[Thing]:
    """One thing for each place named (`đường của Cao Thắng và Lam Sơn`), in the order named."""
    text = fold(query.question.text)
    things = []
    for place in sorted(query.places, key=lambda name: text.find(fold(bare_name(name)))):
        others = {word for name in query.places - {place} for word in search_words(name)} - set(search_words(place))
        terms = tuple(term for term in query.terms if not set(term.parts) <= others)
        things.append(Thing(replace(query, places=frozenset([place]), terms=terms), refusal=refusal.OTHER_PLACE.format(place=place)))
    return things


_THEN = Pattern(r"\s+thì\s+(?=[^?]*\b(?:bao nhiêu|mấy)\b)")
"""What follows the last name where it is asked how much they make (`xuất khẩu trừ nhập khẩu thì dư bao nhiêu?`)."""


def by_names(query: Query, joined: Pattern = JOINED) -> list[Thing]:
    """One thing for each name that the question joins (`khai sinh, khai tử`); one for all where there is one name only."""
    text = query.question.text
    cuts = [match.span() for match in joined.finditer(text)]
    spans = zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)], strict=True)
    if not cuts:
        return [Thing(query)]
    before_colon = text[: cuts[0][0]].find(":")
    scope = frozenset(_word_numbers(text, 0, before_colon))  # `lúa đông xuân: diện tích, năng suất` is on all that follows
    parts: list[frozenset[int]] = []
    levels: dict[frozenset[int], tuple[Term, ...]] = {}
    texts: dict[frozenset[int], str] = {}
    for start, stop in spans:
        then = _THEN.search(text[start:stop]) if parts else None
        end = start + then.start() if then else stop
        here = frozenset(_word_numbers(text, start, end))
        if not parts or (_tells_name(query, here) and not _EACH_OF.search(text[start:end])) or _LEVEL.search(text[start:end]):
            parts.append(here)
            levels[here], texts[here] = _level_term(text, start, end), text[start:end]
        else:
            parts[-1], last = parts[-1] | here, parts[-1]
            texts[parts[-1]] = f"{texts[last]} {text[start:end]}"
    if len(parts) > 1 and (not _names(query, parts[0]) or (_SCOPE.match(texts[parts[0]]) and text[cuts[0][0] :].lstrip().startswith(","))):
        texts[parts[0] | parts[1]] = f"{texts[parts[0]]} {texts[parts[1]]}"
        parts[:2] = [parts[0] | parts[1]]
    if len(parts) < 2:
        return [Thing(query)]
    named = [levels.get(here) or (*_but_units(query, _before_ask(query, _names(query, here - scope))), *_level_inside(texts[here])) for here in parts]
    capitals = _capitals(text)
    proper = [tuple(term for term in terms if term.at in capitals) for terms in named]
    if all(proper):
        named = proper
    things = []
    telling = _unshared(named)
    for n, (here, own) in enumerate(zip(parts, telling, strict=True)):
        if n and len(telling[0]) == 1 and " " not in telling[0][0].folded:
            own = own[:1]  # `thu và chi ngân sách`: what follows is of both
        others = frozenset().union(*(other for other in parts[1:] if other is not here), (named[0][-1].at,) if n and named[0] else ())
        terms = tuple(replace(term, weight=term.weight * ELSEWHERE) if term.at in others else term for term in query.terms)
        elsewhere = " ".join(texts[other] for other in parts if other is not here)
        places = frozenset(place for place in query.places if bare_name(place) in texts[here] or bare_name(place) not in elsewhere)
        things.append(Thing(replace(query, terms=terms, part=texts[here], places=places), own[:NAME_WORDS] if n else own[-NAME_WORDS:], joined=True))
    if _LEVEL.search(texts[parts[1]]) and len(things[1].own) == 1 and things[0].own and things[0].own[-1].folded in LEVELS:
        things[0] = replace(things[0], own=things[0].own[-1:])  # `quà Tết của tỉnh và của huyện`: whose they are tells them apart
    return things if all(thing.own for thing in things) else [Thing(query)]


def bears_joined(things: Sequence[Thing], candidate: Candidate) -> bool:
    """Whether the names that a question joins are one in the report too (`nông, lâm, thủy sản`): each stands right before the next in a figure's own words."""
    joints = [(one.own[-1].parts[-1], following.own[0].parts[0]) for one, following in zip(things, things[1:], strict=False) if one.own and following.own]
    return len(joints) == len(things) - 1 > 0 and all(joint in candidate.own.pairs for joint in joints)


def _names(query: Query, here: frozenset[int]) -> tuple[Term, ...]:
    """The topic words among the words numbered `here` that may name a thing: those that tell enough, and what is counted (`số vụ`)."""
    words = search_words(query.question.text)
    return tuple(
        term
        for term in query.terms
        if term.at in here and not only_asks(term.spelled) and not term.folded[:1].isdigit()
        if term.weight > LEAST_WEIGHT or words[term.at - 1 : term.at] == ["so"]
    )


def _before_ask(query: Query, names: tuple[Term, ...]) -> tuple[Term, ...]:
    """The names that stand before `bao nhiêu` or `mấy`, where any do: what follows is said of all things."""
    asked = HOW_MANY.search(query.question.text)
    at = len(WORD.findall(query.question.text[: asked.start()])) if asked else 0
    before = tuple(term for term in names if term.at < at and not set(term.parts) & TOTAL_WORDS)
    return before or tuple(term for term in names if term.at >= at) or names


def _but_units(query: Query, names: tuple[Term, ...]) -> tuple[Term, ...]:
    """The names without what is counted (`công trình` of `khởi công và hoàn thành bao nhiêu công trình`), where any are left."""
    unit = set(search_words(query.ask.unit.name)) if query.ask is not None else set()
    return tuple(term for term in names if not set(term.parts) <= unit) or names


def _tells_name(query: Query, here: frozenset[int]) -> bool:
    """Whether words name a thing, and not only what is counted (`tăng hay giảm, mấy vụ?`)."""
    unit = set(search_words(query.ask.unit.name)) if query.ask is not None else set()
    return any(not set(term.parts) <= unit for term in _names(query, here))


def _level_inside(part: str) -> tuple[Term, ...]:
    """The level that a name says whose it is (`ngân sách huyện`, `quà của tỉnh`)."""
    match = _WHOSE.search(part)
    return (_as_term(match.group(1)),) if match else ()


def _capitals(text: str) -> set[int]:
    """The numbers of the words written with a capital that is not that of a sentence's beginning, or wholly in capitals."""
    words = [match.group() for match in WORD.finditer(text)]
    return {n for n, word in enumerate(words) if word[:1].isupper() and (n or any(char.isupper() for char in word[1:]) or _is_name(word))}


def _is_name(word: str) -> bool:
    """Whether a word at the beginning is no common Vietnamese word (`Agribank`)."""
    return not is_folded_syllable(fold(word))


def _as_term(words: str) -> Term:
    return Term(" ".join(search_words(words)), " ".join(unify_tone(word) for word in WORD.findall(words)), 1.0, ())


def _level_term(text: str, start: int, end: int) -> tuple[Term, ...]:
    match = _LEVEL.search(text[start:end])
    return (_as_term(match.group(1)),) if match else ()


def _word_numbers(text: str, start: int, end: int) -> list[int]:
    return [n for n, match in enumerate(WORD.finditer(text)) if start <= match.start() < end]
