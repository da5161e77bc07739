"""Answers are graded as a strict and fair reader would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.grade import Grade, grade
from evals.reply import ReplyError, read_reply
from tests.evals_fakes import FALSE_PREMISE, gold_of, question, refusal, reply, reply_json

AREA = [("14.739", "ha")]
GOOD = "Diện tích gieo trồng ước đạt 14.739 ha [1]."


def codes(graded: Grade) -> list[str]:
    return [fault.split(":")[0] for fault in graded.faults]


def test_the_asked_figure_with_its_unit_and_place_is_correct(tmp_path: Path) -> None:
    graded = grade(question(tmp_path), reply(GOOD, AREA))
    assert graded.outcome == "correct"
    assert graded.citation is not None and graded.citation.first and graded.citation.every and graded.citation.holds
    assert graded.untraced == ()


@pytest.mark.parametrize(
    ("answer", "figures", "fault"),
    [
        (GOOD, [], ["missing_figure"]),
        (GOOD, [("14.793", "ha")], ["missing_figure", "extra_figure"]),
        (GOOD, [("14.739", "tấn")], ["unit"]),
        (GOOD, [("14.739", "ha"), ("103,4%", "%")], ["extra_figure"]),
        ("Diện tích gieo trồng rất lớn [1].", AREA, ["not_in_answer"]),
    ],
)
def test_a_missing_wrong_or_additional_figure_is_incorrect(
    tmp_path: Path, answer: str, figures: list[tuple[str, str]], fault: list[str]
) -> None:
    graded = grade(question(tmp_path), reply(answer, figures))
    assert (graded.outcome, codes(graded)) == ("incorrect", fault)
    assert graded.wrong_figure == (len(figures) > 0 and figures != AREA)


def test_a_refusal_of_an_answerable_question_is_refused(tmp_path: Path) -> None:
    graded = grade(question(tmp_path), read_reply(refusal()))
    assert (graded.outcome, graded.wrong_figure) == ("refused", False)


def test_the_unit_may_stand_in_the_text_or_in_the_sentence(tmp_path: Path) -> None:
    assert grade(question(tmp_path), reply(GOOD, [("14.739 ha", "")])).outcome == "correct"
    assert grade(question(tmp_path), reply(GOOD, [("14.739", "")])).outcome == "correct"
    assert codes(grade(question(tmp_path), reply("Diện tích là 14.739 [1].", [("14.739", "")]))) == ["unit"]


def change_question(folder: Path) -> Any:
    figure = {"text": "1,5%", "unit": "%", "direction": "giảm"}
    place = {
        "section": "P1.I.1",
        "page": 2,
        "footnote": None,
        "quote": "đạt 103,4% kế hoạch, giảm 1,5% so với năm 2022",
    }
    return question(folder, kind="change", figures=[figure], evidence=[place])


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("Diện tích giảm 1,5% so với năm 2022 [1].", "correct"),
        ("Diện tích đạt 103,4% kế hoạch nhưng giảm 1,5% [1].", "correct"),
        ("Diện tích thấp hơn năm 2022 là 1,5% [1].", "correct"),
        ("Diện tích tăng 1,5% so với năm 2022 [1].", "incorrect"),
        ("Diện tích thay đổi 1,5% so với năm 2022 [1].", "incorrect"),
        ("Diện tích giảm. Mức là 1,5% [1].", "incorrect"),
    ],
)
def test_the_direction_must_stand_beside_the_figure(tmp_path: Path, answer: str, outcome: str) -> None:
    assert grade(change_question(tmp_path), reply(answer, [("1,5%", "%")])).outcome == outcome


def test_several_figures_come_in_any_order_and_none_may_lack(tmp_path: Path) -> None:
    figures = [{"text": "14.739", "unit": "ha"}, {"text": "103,4%", "unit": "%"}]
    place = {"section": "P1.I.1", "page": 2, "footnote": None, "quote": "ước đạt 14.739 ha, đạt 103,4% kế hoạch"}
    asked = question(tmp_path, kind="multi", figures=figures, evidence=[place])
    both = [("103,4%", "%"), ("14.739", "ha")]
    assert grade(asked, reply("Đạt 14.739 ha, bằng 103,4% kế hoạch [1].", both)).outcome == "correct"
    assert codes(grade(asked, reply("Đạt 14.739 ha, bằng 103,4% [1].", AREA))) == ["missing_figure"]


def test_another_accepted_list_and_optional_figures_do_not_count_against_an_answer(tmp_path: Path) -> None:
    share = {"text": "103,4%", "unit": "%", "optional": True}
    place = {"section": "P1.I.1", "page": 2, "footnote": None, "quote": "ước đạt 14.739 ha, đạt 103,4% kế hoạch"}
    asked = question(tmp_path, figures=[{"text": "14.739", "unit": "ha"}, share], evidence=[place])
    answer = "Đạt 14.739 ha, bằng 103,4% kế hoạch [1]."
    assert grade(asked, reply(answer, AREA)).outcome == "correct"
    assert grade(asked, reply(answer, [*AREA, ("103,4%", "%")])).outcome == "correct"
    assert codes(grade(asked, reply(answer, [("103,4%", "%"), *AREA]))) == ["order"]
    either = question(tmp_path, also=[[{"text": "103,4%", "unit": "%"}]], evidence=[place])
    assert grade(either, reply(answer, [("103,4%", "%")])).outcome == "correct"


def text_question(folder: Path, **changes: Any) -> Any:
    return question(
        folder, **{"kind": "text", "figures": [], "keywords": ["hoà giải|gieo trồng", "kế hoạch"], **changes}
    )


def test_keywords_are_whole_words_whatever_case_and_tone_placement(tmp_path: Path) -> None:
    asked = text_question(tmp_path)
    assert grade(asked, reply("Do HÒA GIẢI theo Kế hoạch [1].")).outcome == "correct"
    assert grade(asked, reply("Việc gieo trồng theo kế hoạch.")).outcome == "correct"
    assert codes(grade(asked, reply("Việc gieo trong theo kế hoạch [1]."))) == ["keyword"]
    rival = text_question(tmp_path, not_keywords=["xã Tây"])
    assert codes(grade(rival, reply("Kế hoạch gieo trồng của xã Tây [1]."))) == ["rival"]


def test_a_figure_in_the_answer_to_a_why_question_is_a_wrong_figure(tmp_path: Path) -> None:
    graded = grade(text_question(tmp_path), reply("Kế hoạch gieo trồng 14.739 ha [1].", AREA))
    assert (codes(graded), graded.wrong_figure) == (["extra_figure"], True)


def test_what_is_may_repeat_the_figure_of_the_question(tmp_path: Path) -> None:
    asked = text_question(tmp_path, kind="what_is", question="Con số 14.739 ha là gì?", keywords=["gieo trồng"])
    assert grade(asked, reply(GOOD, AREA)).outcome == "correct"
    assert codes(grade(asked, reply(GOOD, [("103,4%", "%")]))) == ["extra_figure"]


def test_yes_and_no_must_not_be_confused(tmp_path: Path) -> None:
    asked = text_question(tmp_path, kind="yes_no", says="có", keywords=["kế hoạch"])
    assert grade(asked, reply("Có, vượt kế hoạch [1].")).outcome == "correct"
    assert codes(grade(asked, reply("Không, chưa đạt kế hoạch [1]."))) == ["polarity"]
    unclear = grade(asked, reply("Diện tích vượt kế hoạch [1]."))
    assert (unclear.outcome, unclear.unclear_polarity) == ("correct", True)


def test_what_must_be_refused_is_right_only_when_refused(tmp_path: Path) -> None:
    asked = question(
        tmp_path, kind="unanswerable", answerable=False, figures=[], evidence=[], tags=["near_miss"], question="Ngô?"
    )
    assert grade(asked, read_reply(refusal())).outcome == "correct"
    answered = grade(asked, reply(GOOD, AREA))
    assert (answered.outcome, answered.wrong_figure) == ("incorrect", True)
    with_figures = grade(asked, read_reply({**reply_json(GOOD, AREA), "status": "not_found"}))
    assert codes(with_figures) == ["refusal_with_figures"]


def test_a_false_premise_may_be_refused_or_corrected_at_its_place(tmp_path: Path) -> None:
    asked = gold_of(tmp_path, FALSE_PREMISE).require().questions[0]
    correction = "Diện tích không tăng mà giảm 1,5% so với năm 2022 [1]."
    assert grade(asked, read_reply(refusal())).outcome == "correct"
    right = grade(asked, reply(correction, [("1,5%", "%")]))
    assert (right.outcome, right.wrong_figure) == ("correct", False)
    assert grade(asked, reply("Diện tích tăng 1,5% [1].", [("1,5%", "%")])).outcome == "incorrect"
    elsewhere = reply_json(correction, [("1,5%", "%")])
    elsewhere["citations"][0]["section"] = "P1.I.2"
    assert grade(asked, read_reply(elsewhere)).outcome == "incorrect"


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, (True, True, True, True)),
        ({"page": 3}, (False, True, False, True)),
        ({"footnote": 1}, (False, True, True, False)),
        ({"section": "P1.I.2"}, (False, False, True, False)),
        ({"report": "xa-khac-2023"}, (False, False, False, False)),
    ],
)
def test_citations_are_judged_at_section_page_and_footnote(
    tmp_path: Path, change: dict[str, Any], right: tuple[bool, ...]
) -> None:
    raw = reply_json(GOOD, AREA)
    raw["citations"][0].update(change)
    graded = grade(question(tmp_path), read_reply(raw))
    found = graded.citation
    assert graded.outcome == "correct"  # the place is judged apart from the figure
    assert found is not None and (found.first, found.section, found.page, found.footnote) == right


def test_digit_strings_must_stand_in_a_cited_quote(tmp_path: Path) -> None:
    graded = grade(question(tmp_path), reply("Năm 2023 đạt 14.739 ha, tăng 215 ha [1].", AREA))
    assert graded.untraced == ("2023", "215")


def test_computed_figures_and_what_a_refusal_repeats_are_counted_apart(tmp_path: Path) -> None:
    raw = reply_json("Chênh lệch là 101,9 điểm % (103,4% và 1,5%) [1].")
    raw["figures"] = [{"text": "101,9", "unit": "điểm %", "citation": 1, "derived_from": ["103,4%", "1,5%"]}]
    graded = grade(question(tmp_path), read_reply(raw))
    assert (graded.untraced, graded.derived) == ((), ("101,9",))
    asked = question(tmp_path, question="Diện tích năm 2019?")
    assert grade(asked, read_reply(refusal("Báo cáo không nêu năm 2019."))).echoed == ("2019",)
    assert grade(asked, reply("Năm 2019 đạt 14.739 ha [1].", AREA)).untraced == ("2019",)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "maybe"},
        {"answer": None, "citations": [{"n": 1}]},
        {"figures": [{"text": "1", "unit": "", "citation": 9}]},
        {"figures": [{"unit": "ha"}]},
    ],
)
def test_an_answer_not_of_the_agreed_form_is_an_error(change: dict[str, Any]) -> None:
    with pytest.raises(ReplyError):
        read_reply({**reply_json(GOOD, AREA), **change})
