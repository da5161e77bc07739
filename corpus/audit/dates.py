"""Dates that the calendar does not have, that contradict one another, or that the year of the text rules out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.audit.calendar_dates import months_between, written_dates
from corpus.audit.checks import MAYBE, SURE, Check
from corpus.audit.dated_lines import DatedLine, at, date_failed, date_held
from corpus.audit.material import Material
from corpus.periods import RESULT, TARGET, default_period
from corpus.report import Report
from corpus.text import sentences

_RANGE = re.compile(r"(?i)\s*(?:-|–|—|đến(?: hết)?(?: ngày)?|tới(?: ngày)?)\s*")
_JUBILEE = re.compile(r"(?i)\b(?P<years>\d{1,3})\s+năm\s+(?:ngày|thành lập|truyền thống)\b")
_NUMBERED = re.compile(r"\b\d+/(?P<year>(?:19|20)\d\d)/[A-ZĐ][^\s,;.]*\s+ngày\s+(?P<date>[\d/\s.-]+\d)")
_DEADLINE = re.compile(
    r"(?i)\b(?:hoàn thành|hoàn thiện|kết thúc|đưa vào|bàn giao|khánh thành|khởi công|xong|về đích)\b[^.;()]{0,40}?\b(?:trước|trong|chậm nhất(?: là)?|vào)\s*(?:ngày\s*)?$"
)
_PLAN_OF = re.compile(r"(?i)\bkế hoạch số\s+[^,;]{1,30}?\s+ngày\s*$")
_YEAR_NAMED = re.compile(r"(?i)^(?:(?!\d)[^.;()])*?\bnăm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–])")
_RECEIVED = re.compile(r"(?i)\b(?P<word>tiếp nhận|thụ lý|phát hiện|khởi công|ban hành)(?: từ)?(?: ngày)?\s*$")
_AS_OF = re.compile(r"(?i)\b(?:tính |ước )?đến(?: hết)?(?: thời điểm)?(?: ngày)?\s*$")
EARLY = 6
"""A plan of one year that is dated this many months before it begins, or a date that far back in a list, stands out."""


def date_checks(material: Material) -> Iterator[Check]:
    """The checks of every sentence that has a date."""
    for passage in material.passages.values():
        dates = list(written_dates(passage.text))
        for start, end in sentences(passage.text):
            line = DatedLine(passage, start, end, tuple(d for d in dates if start <= d.start < end))
            if not line.dates:
                continue
            impossible = [d for d in line.dates if not d.possible]
            for one in impossible:
                yield date_failed(line, (one,), SURE, f"{at(line, one)} ghi {one.text}, là ngày không có trong lịch. Đề nghị cho biết ngày đúng.", one.text)
            if not impossible:
                yield from _ranges(line)
                yield from _numbers(line)
                yield from _deadlines(line, material.report)
                yield from _as_of(line, material.report)
                yield from _plans(line)
                yield from _order(line)


def _ranges(line: DatedLine) -> Iterator[Check]:
    """`Từ ngày … đến ngày …`; `120 năm ngày sinh … (02/4/1904 - 02/4/2024)`."""
    for one, other in pairwise(line.dates):
        if not _RANGE.fullmatch(line.passage.text[one.end : other.start]):
            continue
        words = f"{one.text} – {other.text}"
        if one.first > other.first:
            yield date_failed(line, (one, other), SURE, f"{at(line, one)} ghi khoảng thời gian {words}, ngày cuối trước ngày đầu. Đề nghị cho biết ngày đúng.", words)
            continue
        yield date_held(line, (one, other), f"{one.text} ≤ {other.text}")
        jubilee = _JUBILEE.search(line.before(one))
        if jubilee:
            years, told = other.year - one.year, int(jubilee.group("years"))
            sum_told = f"{other.year} − {one.year} = {years} {'=' if years == told else '≠'} {told} năm"
            if years == told:
                yield date_held(line, (one, other), sum_told)
            else:
                question = f"{at(line, one)} ghi {told} năm nhưng từ {one.text} đến {other.text} là {years} năm. Đề nghị cho biết số nào đúng."
                yield date_failed(line, (one, other), SURE, question, sum_told)


def _numbers(line: DatedLine) -> Iterator[Check]:
    """`Nghị định số 62/2020/NĐ-CP ngày 01/6/2020`: the year in the number is that of the date."""
    for match in _NUMBERED.finditer(line.text):
        one = next((d for d in line.dates if d.start >= line.start + match.start("date")), None)
        if one is None:
            continue
        year = int(match.group("year"))
        if year == one.year:
            yield date_held(line, (one,), f"{match.group()}: {year} = {one.year}")
        else:
            question = f"{at(line, one)} ghi văn bản {match.group()}: năm trong số hiệu và năm ban hành khác nhau. Đề nghị cho biết năm nào đúng."
            yield date_failed(line, (one,), SURE, question, f"{year} ≠ {one.year}")


def _deadlines(line: DatedLine, report: Report) -> Iterator[Check]:
    """`đảm bảo hoàn thành trước tháng 3/2023` among the tasks of 2024."""
    period = default_period(report, line.passage.section)
    if period.status != TARGET:
        return
    for one in line.dates:
        if not _DEADLINE.search(line.before(one)):
            continue
        if one.year >= period.year:
            yield date_held(line, (one,), f"{one.text}: năm {one.year} ≥ {period.year}")
            continue
        fits = [d for d in line.dates if d.year == period.year and d.month >= one.month]
        reading = f"Nếu “{one.text}” là “{one.in_year(period.year)}” thì khớp với kế hoạch năm {period.year}"
        reading += f" và với ngày {fits[0].text} nêu trong cùng câu." if fits else "."
        question = (
            f"{at(line, one)} nêu nhiệm vụ của năm {period.year} mà hạn hoàn thành lại là {one.text}, đã qua. "
            f"Có phải là {one.in_year(period.year)}?"
        )
        yield date_failed(line, (one,), SURE, question, f"{one.text} < năm {period.year}", reading)


def _as_of(line: DatedLine, report: Report) -> Iterator[Check]:
    """`Tính đến ngày 05/12/2023` among the results of 2023."""
    if default_period(report, line.passage.section).status != RESULT:
        return
    for one in line.dates:
        if not one.day or not _AS_OF.search(line.before(one)):
            continue
        if one.year <= report.year:
            yield date_held(line, (one,), f"{one.text}: trong năm {report.year}")
            continue
        question = f"{at(line, one)} nêu kết quả năm {report.year} nhưng tính đến {one.text}. Có phải là {one.in_year(report.year)}?"
        reading = f"Nếu “{one.text}” là “{one.in_year(report.year)}” thì ngày nằm trong năm báo cáo."
        yield date_failed(line, (one,), MAYBE, question, f"{one.text} > năm {report.year}", reading)


def _plans(line: DatedLine) -> Iterator[Check]:
    """`Kế hoạch số … ngày 28/2/2022 … năm 2023`: a plan of one year is made shortly before it, or in it."""
    for one in line.dates:
        named = _YEAR_NAMED.match(line.after(one))
        if not _PLAN_OF.search(line.before(one)) or not named:
            continue
        year = int(named.group("year"))
        months = months_between(one.first, one.first.replace(year=year, month=1, day=1))
        if -12 < months <= EARLY:
            yield date_held(line, (one,), f"{one.text}: cho năm {year}")
            continue
        question = (
            f"{at(line, one)} nêu kế hoạch của năm {year} nhưng ghi ban hành ngày {one.text}, "
            f"{'trước khi năm đó bắt đầu ' + str(months) + ' tháng' if months > 0 else 'sau khi năm đó đã hết'}. "
            f"Có phải là ngày {one.in_year(year)}?"
        )
        reading = f"Nếu “{one.text}” là “{one.in_year(year)}” thì kế hoạch được ban hành trong chính năm {year}."
        yield date_failed(line, (one,), MAYBE, question, f"{one.text} – năm {year}", reading)


def _order(line: DatedLine) -> Iterator[Check]:
    """`tiếp nhận từ tháng 12/2022 …; tiếp nhận tháng 2/2022`: items of one kind out of order by about a year."""
    told = [(match.group("word").lower(), d) for d in line.dates if (match := _RECEIVED.search(line.before(d)))]
    for (word, one), (again, other) in pairwise(told):
        if word != again:
            continue
        back = months_between(other.first, one.first)
        later = other.in_year(other.year + 1)
        if back < EARLY or back > 12:
            yield date_held(line, (one, other), f"{one.text}; {other.text}")
            continue
        question = f"{at(line, other)} kể {word} {one.text} rồi đến {word} {other.text}, sớm hơn {back} tháng. Có phải là {later}?"
        reading = f"Nếu “{other.text}” là “{later}” thì các khoản được kể theo thứ tự thời gian."
        yield date_failed(line, (one, other), MAYBE, question, f"{other.text} trước {one.text} {back} tháng", reading)
