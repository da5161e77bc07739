"""Reading gold files: each line into a record, each field checked by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from evals.fields import Fields, objects_of, read_lines
from evals.gold import (
    CLAIM_TAGS,
    DEFAULT_REPORT,
    DIAGNOSES,
    KINDS,
    REFUSALS,
    TAGS,
    VERDICTS,
    Claim,
    Evidence,
    GoldFigure,
    GoldVerdict,
    Problem,
    Question,
    Variant,
)

_ID = re.compile(r"[A-Za-z0-9._~-]+")
_SPLITS = ("dev", "test")


def read_questions(paths: list[Path], problems: list[Problem]) -> list[Question]:
    """The questions of JSONL files, in order; what is wrong is appended to `problems`."""
    return [_question(line) for path in paths for line in read_lines(path, problems)]


def read_claims(paths: list[Path], problems: list[Problem]) -> list[Claim]:
    """The claims of JSONL files, in order; what is wrong is appended to `problems`."""
    return [_claim(line) for path in paths for line in read_lines(path, problems)]


def read_variants(paths: list[Path], problems: list[Problem]) -> list[Variant]:
    """The generated variants of JSONL files, in order; what is wrong is appended to `problems`."""
    return [_variant(line) for path in paths for line in read_lines(path, problems)]


def _question(line: Fields) -> Question:
    tags = line.texts("tags", TAGS)
    question = Question(
        id=_id(line),
        question=line.text("question", blank="abuse" in tags),
        history=_history(line),
        kind=line.choice("kind", KINDS),
        figures=tuple(_figure(item) for item in line.objects("figures")),
        also=tuple(_figures(items, line) for items in line.lists("also")),
        keywords=line.texts("keywords"),
        not_keywords=line.texts("not_keywords"),
        says=line.choice("says", ("có", "không"), required=False),
        evidence=tuple(_evidence(item) for item in line.objects("evidence")),
        corrects=tuple(_figure(item) for item in line.objects("corrects")) if line.has("corrects") else None,
        answerable=line.flag("answerable", required=True),
        split=line.choice("split", _SPLITS),
        tags=tags,
        report=line.text("report", required=False) or DEFAULT_REPORT,
        scope=line.text("report", required=False) or None,
        where=line.where,
    )
    line.done()
    if question.answerable:
        _check_answerable(question, line)
    else:
        _check_refusal(question, line)
    return question


def _check_answerable(question: Question, line: Fields) -> None:
    required = [figure for figure in question.figures if not figure.optional]
    if not question.evidence:
        line.complain("evidence", "câu trả lời được phải có ít nhất một chỗ dẫn chứng.")
    if not required and not question.keywords:
        line.complain("keywords", "phải có từ khóa khi câu trả lời không có con số.")
    if question.kind == "unanswerable":
        line.complain("kind", "“unanswerable” chỉ dùng khi answerable là false.")
    if question.kind == "yes_no" and not question.says:
        line.complain("says", "câu hỏi có/không phải ghi “có” hoặc “không”.")
    if question.kind == "derived" and not any(figure.derived_from for figure in question.figures):
        line.complain("figures", "con số tính ra phải ghi các số hạng trong derived_from.")
    if bool(question.history) != (question.kind == "followup"):
        line.complain("kind", "câu có history (và chỉ những câu đó) thuộc loại followup.")
    if question.corrects is not None:
        line.complain("corrects", "chỉ dùng cho câu phải từ chối có nhãn false_premise.")
    if REFUSALS & set(question.tags):
        line.complain("tags", "nhãn của câu phải từ chối đặt nhầm vào câu trả lời được.")


def _check_refusal(question: Question, line: Fields) -> None:
    if question.kind != "unanswerable":
        line.complain("kind", "câu phải từ chối thuộc loại unanswerable.")
    if len(REFUSALS & set(question.tags)) != 1:
        line.complain("tags", f"câu phải từ chối cần đúng một nhãn trong: {', '.join(sorted(REFUSALS))}.")
    if question.figures:
        line.complain("figures", "câu phải từ chối không có con số; số đính chính ghi ở corrects.")
    if question.corrects is not None:
        if "false_premise" not in question.tags:
            line.complain("corrects", "chỉ dùng cho câu có nhãn false_premise.")
        if not question.evidence:
            line.complain("evidence", "đính chính phải có chỗ dẫn chứng.")
        if not question.corrects and not question.keywords:
            line.complain("keywords", "đính chính không có con số thì phải có từ khóa.")


def _claim(line: Fields) -> Claim:
    claim = Claim(
        id=_id(line),
        text=line.text("text"),
        figures=tuple(_verdict(item) for item in line.objects("figures")),
        split=line.choice("split", _SPLITS),
        tags=line.texts("tags", CLAIM_TAGS),
        report=line.text("report", required=False) or DEFAULT_REPORT,
        scope=line.text("report", required=False) or None,
        where=line.where,
    )
    line.done()
    at = 0
    for n, figure in enumerate(claim.figures, 1):
        found = claim.text.find(figure.figure, at)
        if found < 0:
            line.complain(f"figures[{n}].figure", f"không thấy “{figure.figure}” trong text (theo đúng thứ tự).")
        else:
            at = found + len(figure.figure)
    return claim


def _verdict(item: Fields) -> GoldVerdict:
    evidence = item.object("evidence")
    verdict = GoldVerdict(
        figure=item.text("figure"),
        verdict=item.choice("verdict", VERDICTS),
        report=item.text("report", required=False) or None,
        why=item.choice("why", DIAGNOSES, required=False),
        rounded=item.flag("rounded"),
        evidence=_evidence(evidence) if evidence else None,
    )
    item.done()
    silent = verdict.verdict == "not_in_report"
    if silent and (verdict.report or verdict.evidence):
        item.complain("report", "not_in_report thì report và evidence là null.")
    if not silent and not (verdict.report and verdict.evidence):
        item.complain("report", "match và mismatch cần report và evidence.")
    if (verdict.verdict == "mismatch") != bool(verdict.why):
        item.complain("why", "cần chẩn đoán khi (và chỉ khi) kết luận là mismatch.")
    if verdict.rounded and verdict.verdict != "match":
        item.complain("rounded", "chỉ con số khớp mới có thể là số làm tròn.")
    return verdict


def _variant(line: Fields) -> Variant:
    variant = Variant(
        id=_id(line),
        of=line.text("of"),
        variant=line.text("variant"),
        question=line.text("question", blank=True),
        history=_history(line),
        where=line.where,
    )
    line.done()
    return variant


def _figures(items: list[Any], line: Fields) -> tuple[GoldFigure, ...]:
    return tuple(_figure(item) for item in objects_of(items, "also", line))


def _figure(item: Fields) -> GoldFigure:
    figure = GoldFigure(
        text=item.text("text"),
        unit=item.text("unit", blank=True),
        direction=item.choice("direction", ("tăng", "giảm"), required=False),
        optional=item.flag("optional"),
        derived_from=item.texts("derived_from"),
    )
    item.done()
    if figure.text and not figure.reading.numbers:
        item.complain("text", f"không thấy số nào trong “{figure.text}”.")
    return figure


def _evidence(item: Fields) -> Evidence:
    evidence = Evidence(
        section=item.text("section"),
        page=item.integer("page") or 0,
        footnote=item.integer("footnote", required=False),
        quote=item.text("quote"),
    )
    item.done()
    return evidence


def _history(line: Fields) -> tuple[str, ...]:
    turns = []
    for turn in line.objects("history"):
        turns.append(turn.text("question"))
        turn.done()
    return tuple(turns)


def _id(line: Fields) -> str:
    found = line.text("id")
    if found and not _ID.fullmatch(found):
        line.complain("id", "chỉ gồm chữ cái không dấu, chữ số và các dấu . _ ~ -")
    return found
