"""The assistant: a question in, a grounded answer or an honest refusal out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from corpus.abbreviations import search_copy
from corpus.figures import CHANGE, RANK, SHARE
from corpus.periods import RESULT
from corpus.places import find_places
from corpus.report import Report
from corpus.text import sentences
from corpus.units import NO_UNIT
from rag import arithmetic, forms, identify, lists, operands, refusal
from rag.asks import OPEN, Ask
from rag.candidates import Candidate
from rag.check import check_text
from rag.choice import Choice
from rag.choose import choose_figures
from rag.door import clean, refuse_at_door
from rag.features import Query
from rag.figure_answer import Draft, draft_figures
from rag.followup import is_short, may_lean
from rag.ground import Found, Ground, SearchIndex
from rag.narrowing import narrow
from rag.noted import draft_noted
from rag.outside import is_outside
from rag.patterns import WHY, Pattern
from rag.persons import asks_who, names_holder
from rag.premise import contradicted
from rag.question import Question, without_lead
from rag.records import ANSWERED, NOT_FOUND, Answer, AnswerFigure, CheckResult, Citation
from rag.remainder import tells_done
from rag.scope import choose_reports, unknown_place
from rag.sentence_ranker import ScoredSentence, is_sure, rank_sentences, sureness
from rag.terms import APART, Words
from rag.text_answer import choose_sentences, draft_text, note_of, that_tell_why
from rag.trace import is_traced
from rag.understanding import understand
from rag.years import rank_by_years
from rag.yes_no import yes_or_no

SPECIAL = 0.9
"""The confidence said of answers of a form with a way of its own (lists, extremes, computed figures)."""
AIM = "Đây là mục tiêu, chỉ tiêu phấn đấu, chưa phải kết quả:"
"""Said before a figure of a plan that answers a question without a year."""
_THAT_ONE = Pattern(r"\b(?:xã|phường|thị trấn|thôn|ấp|địa phương|đơn vị|trường|ngân hàng|cụm|dự án|công trình|nơi|chỗ) (?:đó|này|ấy|kia)\b")
MOST_WORDS = 6
"""Words of a name that a question may point at."""
COMPUTED = (forms.SUM, forms.DIFFERENCE, forms.SHARE_OF)


class Assistant:
    """Answers questions and checks claims over the reports of one index. Thread-safe after loading."""

    def __init__(self, index: SearchIndex) -> None:
        self.ground = Ground(index)

    @classmethod
    def load(cls, index: SearchIndex | None = None) -> Assistant:
        """The assistant over `index`, or over the index on disk (built if it is missing or stale)."""
        if index is None:
            from index import Index

            index = Index.open()
        return cls(index)

    def ask(self, question: str, history: Sequence[str] = (), *, id: str = "", report: str | None = None) -> Answer:
        """The answer to `question` after the earlier questions `history`, oldest first."""
        started = time.perf_counter()
        answer = self._ask(question, history, report)
        elapsed = round((time.perf_counter() - started) * 1000)
        return replace(answer, id=id, latency_ms=elapsed)

    def check(self, text: str, *, id: str = "", report: str | None = None) -> CheckResult:
        """The verdicts on every figure of `text`, against `report` or the report that the text is about."""
        return check_text(self.ground, text, id, report)

    def _ask(self, raw: str, history: Sequence[str], report_id: str | None) -> Answer:
        refused = refuse_at_door(raw)
        if refused:
            return Answer("", NOT_FOUND, refused)
        named = self._pointed_at(raw, history, report_id)
        raw, history = (named, ()) if named else (raw, history)
        question, understood = self.understand(raw, history, report_id)
        if named:
            understood = understood or named
        if is_outside(without_lead(clean(raw)), question.text):
            return Answer("", NOT_FOUND, refusal.OUTSIDE, understood_as=understood, form=question.form)
        answer = replace(self._best_of_reports(question, report_id), understood_as=understood)
        if history and question.context is None and (answer.status == NOT_FOUND or is_short(clean(raw), self.ground.index.reports)):
            return self._leaning(raw, history, report_id, in_sentence=answer.status == ANSWERED) or answer
        return answer

    def _pointed_at(self, raw: str, history: Sequence[str], report_id: str | None) -> str:
        """A question about what the answer before was (`Xã đó còn tồn mấy vụ?`) with its name, and what was asked of it; empty where it points at none."""
        pointed = _THAT_ONE.search(clean(raw)) if history else None
        if pointed is None:
            return ""
        asked, _ = self.understand(history[-1], history[:-1], report_id)
        if asked.form not in (forms.HIGHEST, forms.LOWEST, forms.WHICH):
            return ""
        before = self._ask(history[-1], history[:-1], report_id)
        names = [figure.label for figure in before.figures]
        if len(names) != 1 or len(names[0].split()) > MOST_WORDS:
            return ""
        return f"{clean(raw)[: pointed.start()]}{names[0]}{clean(raw)[pointed.end() :]}"

    def _best_of_reports(self, question: Question, report_id: str | None) -> Answer:
        reports = choose_reports(self.ground.index.reports, question, report_id)
        answers = [self._ask_report(question, report) for report in reports]
        return max(answers, key=lambda answer: (answer.status == ANSWERED, answer.confidence))

    def _leaning(self, raw: str, history: Sequence[str], report_id: str | None, *, in_sentence: bool) -> Answer | None:
        """The answer to a question short of topic (`số tiền phạt là bao nhiêu?`) in the passage, or the sentence, that answered the one before; else None."""
        if not may_lean(clean(raw), self.ground.index.reports):
            return None
        before = self._ask(history[-1], history[:-1], report_id)
        ways = [history, (before.understood_as,)] if before.understood_as else [history]  # the one before may have leaned itself
        for turns in ways if before.citations else ():
            question, understood = self.understand(raw, turns, report_id, leans=True)
            answer = self._best_of_reports(question, report_id)
            if question.context is None or not answer.figures or _is_unasked_rank(question, answer.figures[0]):
                continue
            if self._are_together(answer.citations[0], before.citations[0], in_sentence=in_sentence):
                return replace(answer, understood_as=understood)
        return None

    def _are_together(self, one: Citation, other: Citation, *, in_sentence: bool) -> bool:
        """Whether two citations are of one passage, or of one sentence (or row) of it."""
        if one.passage != other.passage or not in_sentence:
            return one.passage == other.passage
        passage = next(passage for passage in self.ground.index.passages if passage.id == one.passage)
        return any(start <= one.start < end and start <= other.start < end for start, end in sentences(passage.text))

    def understand(
        self, raw: str, history: Sequence[str] = (), report_id: str | None = None, *, leans: bool = False
    ) -> tuple[Question, str | None]:
        """See `rag.understanding.understand`."""
        return understand(self.ground, raw, history, report_id, leans=leans)

    def _ask_report(self, question: Question, report: Report) -> Answer:
        stranger = unknown_place(question.text, report, self.ground)
        if stranger:
            return Answer("", NOT_FOUND, refusal.UNKNOWN_PLACE.format(place=stranger), form=question.form)
        found = self.ground.find(question, report)
        answer = self._answer_form(question, report, found)
        if answer.status == ANSWERED and not is_traced(answer):
            answer = replace(answer, status=NOT_FOUND, answer=refusal.NOTHING, figures=(), companions=())
        retrieved = tuple(one.reading.passage.id for one in found[:10])
        return replace(answer, form=question.form, retrieved=retrieved)

    def _answer_form(self, question: Question, report: Report, found: Sequence[Found]) -> Answer:
        noted = draft_noted(self.ground, question, report, found)
        summed = choose_figures(self.ground, question, report, found) if question.form == forms.SUM and noted is None else None
        stated = summed is not None and arithmetic.states_total(self.ground, question, report, [one.candidate for one in summed.chosen])
        draft = noted or (None if stated else self._special(question, report, found))
        if draft is not None:
            return _answered(draft, SPECIAL)
        if question.form == forms.WHAT_IS:
            return Answer("", NOT_FOUND, refusal.NOTHING)
        if question.form == forms.TEXT:
            wrong = contradicted(self.ground, question, report, found)
            return self._with_figures(wrong, wrong.correction) if wrong is not None else self._in_words(question, report, found)
        if question.form in (forms.LIST, forms.WHICH):
            return self._in_words(question, report, found)
        said = self._in_words(question, report, found) if question.form == forms.YES_NO and not question.asks else None
        if said is not None and said.status == ANSWERED:
            return said
        choice = summed or choose_figures(self.ground, _for_its_level(question), report, found)
        if question.form in (forms.HIGHEST, forms.LOWEST):
            told = any(lists.says_mostly(question.form, one.reading.passage.text) for one in found[:3])
            return self._in_words(question, report, found) if told else _refused(replace(choice, refusal=""))
        if question.form in COMPUTED and choice.chosen and not stated and not _tells_difference(question, choice):
            return _refused(replace(choice, refusal=refusal.NOT_COMPUTED))
        computed = self._computed(question, report, found, choice)
        if computed is not None:
            return computed
        if choice.chosen:
            lead = yes_or_no(question, choice.chosen[0].candidate.figure) if question.form == forms.YES_NO else choice.correction
            return self._with_figures(choice, lead or _aim(question, choice))
        if said is None and (question.form == forms.YES_NO or not question.asks):
            words = self._in_words(question, report, found)
            if words.status == ANSWERED:
                return words
        return _refused(choice)

    def _special(self, question: Question, report: Report, found: Sequence[Found]) -> Draft | None:
        """The answer of a form with a way of its own; None where it has none or finds nothing."""
        if question.form == forms.WHAT_IS:
            return identify.draft_what_is(self.ground, question, report, found)
        if question.form == forms.WHICH:
            return identify.draft_holder_of(self.ground, question, report, found)
        if question.form in COMPUTED:
            return arithmetic.draft_derived(self.ground, question, report, found)
        if question.form in (forms.HIGHEST, forms.LOWEST):
            chosen = arithmetic.draft_highest(self.ground, question, report, found, lowest=question.form == forms.LOWEST)
            return chosen or lists.draft_list(self.ground, question, report, found)
        if question.form == forms.LIST:
            return lists.draft_list(self.ground, question, report, found)
        if question.form == forms.FIGURE:
            return arithmetic.draft_last_year(self.ground, question, report, found)
        return None

    def _computed(self, question: Question, report: Report, found: Sequence[Found], choice: Choice) -> Answer | None:
        """The answer to a question for a figure that only a computation gives: a total of joined names, a remainder, a share; None where none is asked."""
        if question.form != forms.FIGURE:
            return None
        chosen = [one.candidate for one in choice.chosen]
        joined = 0
        if arithmetic.sums_up(question, of_places=not choice.joined):
            joined = choice.joined or len(self.ground.query(question, question.first_ask, report).places)
        if joined > 1:
            draft = arithmetic.draft_sum(self.ground, chosen) if len(chosen) == joined else None
            return _answered(draft, choice.confidence) if draft is not None else _refused(replace(choice, refusal=refusal.NOT_COMPUTED))
        likely = [choice.ranked[0].candidate] if choice.ranked and choice.confidence >= self.ground.trees.threshold * operands.SURE else []
        draft = arithmetic.draft_rest(self.ground, question, chosen or likely, report, choice.ranked, found)
        if draft is None and arithmetic.asks_rest_of_plan(question):
            draft = arithmetic.draft_derived(self.ground, replace(question, form=forms.DIFFERENCE), report, found)
            return _answered(draft, SPECIAL) if draft is not None else _refused(replace(choice, refusal=refusal.NOT_COMPUTED))
        if draft is None and not chosen and arithmetic.asks_above_plan(question):
            draft = arithmetic.draft_derived(self.ground, replace(question, form=forms.DIFFERENCE), report, found)
        stated = any(one.figure.kind == SHARE for one in chosen)
        if draft is None and not stated and forms.asks_share(question.text):
            draft = arithmetic.draft_derived(self.ground, replace(question, form=forms.SHARE_OF), report, found)
        if draft is None and tells_done(question, chosen):
            return _refused(replace(choice, refusal=refusal.NOT_COMPUTED))
        return _answered(draft, SPECIAL) if draft is not None else None

    def _with_figures(self, choice: Choice, lead: str) -> Answer:
        chosen: list[Candidate] = [one.candidate for one in choice.chosen]
        mates = {candidate.passage.id: self.ground.mates(candidate) for candidate in chosen}
        draft = draft_figures(chosen, mates)
        if choice.partial:
            draft = replace(draft, sentences=(*draft.sentences, refusal.THE_REST))
        return _answered(draft, choice.confidence, lead=lead)

    def _in_words(self, question: Question, report: Report, found: Sequence[Found]) -> Answer:
        query = self.ground.query(question, None, report)
        by_year = rank_by_years(query, found, report)
        if by_year and all(is_sure(ranked) for ranked in by_year):
            return _answered(draft_text([(of[0].passage, of[0].start, of[0].end) for of in by_year]), min(map(sureness, by_year)))
        ranked = rank_sentences(query, found, report)
        if question.form in (forms.HIGHEST, forms.LOWEST):
            ranked = [one for one in ranked if lists.says_mostly(question.form, one.passage.text[one.start : one.end])]
        sure = sureness(ranked) if is_sure(ranked) else 0.0
        if sure and WHY.search(question.text):
            ranked = that_tell_why(ranked)
        if not sure or not ranked:
            nearest = choose_figures(self.ground, question, report, found)
            return _refused(nearest)
        first = ranked[0]
        if _only_names(question) and not _says_all(query, first):
            return Answer("", NOT_FOUND, refusal.NOTHING)
        if asks_who(question.text) and not names_holder(first.passage.text[first.start : first.end], question.text):
            return Answer("", NOT_FOUND, refusal.NOTHING)
        said = f"{first.passage.anchor} {first.passage.text[first.start : first.end]}"
        if query.places and not query.places & set(find_places(said, report, printed=True)):
            return Answer("", NOT_FOUND, refusal.OTHER_PLACE.format(place=", ".join(sorted(query.places))))
        note = note_of(self.ground, first.passage, *first.span.sentence) if question.form in (forms.WHICH, forms.LIST, forms.HIGHEST, forms.LOWEST) else None
        best = [(one.passage, one.start, one.end) for one in choose_sentences(ranked, several=question.form == forms.TEXT)]
        if question.form in (forms.WHICH, forms.LIST, forms.YES_NO):
            cut = narrow(query, first, report)
            best, note = [(first.passage, *cut)], note if question.form == forms.LIST or cut == (first.start, first.end) else None
        return _answered(draft_text(best, note), sure)


def _for_its_level(question: Question) -> Question:
    """A question that only names something (`Chi thường xuyên?`) as one for how much that is."""
    return replace(question, asks=(Ask(OPEN, NO_UNIT, 0, 0),)) if _only_names(question) else question


def _only_names(question: Question) -> bool:
    """Whether a question names something and asks nothing of it."""
    return question.form == forms.FIGURE and not question.asks and question.context is None and len(question.text.split()) <= MOST_WORDS


def _says_all(query: Query, one: ScoredSentence) -> bool:
    """Whether a sentence and what stands above it hold all words of a question, those of a compound side by side."""
    above = Words(search_copy(f"{one.passage.heading} {one.passage.anchor}"))
    return all(max(query.held(term, one.span.around), query.held(term, above)) > APART for term in query.terms)


def _is_unasked_rank(question: Question, figure: AnswerFigure) -> bool:
    """Whether a figure is a place in an order, and none is asked for."""
    return figure.kind == RANK and not any(ask.kind == RANK for ask in question.asks)


def _aim(question: Question, choice: Choice) -> str:
    """A word that the figure is an aim, where the question asked neither for one nor for a year."""
    asked = question.plan_year or bool(question.years)
    return "" if asked or any(one.candidate.figure.period.status == RESULT for one in choice.chosen) else AIM


def _tells_difference(question: Question, choice: Choice) -> bool:
    """Whether the figure chosen is itself a change, how many times as much, or the difference or want that the report states where one is asked."""
    figure = choice.chosen[0].candidate.figure
    wanting = question.form == forms.DIFFERENCE and forms.asks_wanting(question.text) and forms.asks_wanting(f"{figure.inherited} {figure.own}")
    compared = question.form == forms.DIFFERENCE and forms.says_compared(figure.own)
    return figure.kind == CHANGE or figure.quantity.canonical.dimension == "times" or wanting or compared


def _answered(draft: Draft, confidence: float, lead: str = "") -> Answer:
    text = " ".join(part for part in (lead, *draft.sentences) if part)
    return Answer("", ANSWERED, text, draft.figures, draft.citations, companions=draft.companions, confidence=confidence)


def _refused(choice: Choice) -> Answer:
    nearest = refusal.suggestions(choice.ranked)
    text = choice.refusal or refusal.NOTHING
    return Answer("", NOT_FOUND, text, nearest=nearest, confidence=choice.confidence)
