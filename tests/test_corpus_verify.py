"""The proof of the transcription against the OCR text catches what a careless hand does to it."""

from __future__ import annotations

import random
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.__main__ import main
from corpus.ledgers import corrections
from corpus.report import REPORTS, load_reports
from corpus.text import sentences
from corpus.verify import RAW, page_texts, prove_page, raw_pages, verify

REPORT = load_reports()[0]
Damage = Callable[[str], str]


@pytest.fixture
def damaged(tmp_path: Path) -> Callable[[Damage], Path]:
    """A folder with the real report and its ledgers, its text changed by a function that must change something."""

    def make(damage: Damage) -> Path:
        for path in REPORTS.glob(f"{REPORT.id}.*"):
            shutil.copy(path, tmp_path)
        changed = damage(REPORT.raw)
        assert changed != REPORT.raw
        (tmp_path / REPORT.path.name).write_text(changed, encoding="utf-8")
        return tmp_path

    return make


def replaced(old: str, new: str) -> Damage:
    assert REPORT.raw.count(old) == 1, f"{old!r} must stand once in the report"
    return lambda text: text.replace(old, new)


def output(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def faults(out: str) -> list[str]:
    return [line.strip() for line in out.splitlines() if line.startswith("    ")]


def test_the_report_as_it_is_holds_page_by_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    lines = output(capsys).splitlines()
    assert [line.split(":")[0].split()[-1] for line in lines] == [str(page) for page in range(1, 30)]
    assert all(": ĐẠT " in line for line in lines)


def test_a_dropped_sentence_is_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = damaged(replaced(" Hệ số sử dụng đất canh tác 2,2 lần.", ""))
    assert main(["--reports", str(folder), "verify"]) == 1
    out = output(capsys)
    assert [line for line in out.splitlines() if "KHÁC" in line] == [line for line in out.splitlines() if "trang  3" in line]
    assert any(fault.startswith("bản chép thiếu") for fault in faults(out))
    assert any("2,2" in fault for fault in faults(out))


def test_an_added_sentence_is_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = damaged(replaced("Hệ số sử dụng đất canh tác 2,2 lần.", "Hệ số sử dụng đất canh tác 2,2 lần. Đây là mức cao nhất từ trước đến nay."))
    assert main(["--reports", str(folder), "verify"]) == 1
    assert any(fault.startswith("từ không có trong bản OCR") for fault in faults(output(capsys)))


@pytest.mark.parametrize(("old", "new"), [("14.739 ha, đạt", "14.793 ha, đạt"), ("bằng 131,1%", "bằng 131.1%"), ("tăng 10,2%", "tăng 10,3%")])
def test_a_changed_digit_or_separator_is_caught(
    damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    assert main(["--reports", str(damaged(replaced(old, new))), "verify"]) == 1
    (number,) = re.findall(r"\d[\d.,]*\d", new)
    assert any(f"số “{number}”" in fault for fault in faults(output(capsys)))


def test_a_correction_that_is_not_in_the_ledger_is_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = damaged(lambda text: text + "\n")
    ledger = folder / f"{REPORT.id}.corrections.tsv"
    rows = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join(row for row in rows if "44.475" not in row), encoding="utf-8")
    assert main(["--reports", str(folder), "verify"]) == 1
    assert any("44.475" in fault for fault in faults(output(capsys)))


def test_a_correction_of_one_number_does_not_excuse_another(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Page 10 restores one `5` (`TE<5`); a heading `4.` turned into `5.` on that page is no correction."""
    folder = damaged(replaced("### 4. Lao động, việc làm và công tác", "### 5. Lao động, việc làm và công tác"))
    assert main(["--reports", str(folder), "verify"]) == 1
    assert any("“5”" in fault for fault in faults(output(capsys)))


def test_two_swapped_footnotes_are_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    def swap(text: str) -> str:
        return text.replace("[^16]:", "[^@]:").replace("[^17]:", "[^16]:").replace("[^@]:", "[^17]:")

    assert main(["--reports", str(damaged(swap)), "verify"]) == 1
    assert len(faults(output(capsys))) > 1


def test_two_swapped_footnote_marks_are_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = damaged(replaced("nội đồng[^7][^8].", "nội đồng[^8][^7]."))
    assert main(["--reports", str(folder), "verify"]) == 1
    assert any("không khớp thứ tự" in fault for fault in faults(output(capsys)))


def test_a_lost_footnote_mark_is_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = damaged(replaced("năm 2022[^1].", "năm 2022."))
    assert main(["--reports", str(folder), "verify"]) == 1
    assert any("dấu chú thích" in fault for fault in faults(output(capsys)))


def test_a_letter_in_nfd_is_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    nfd = unicodedata.normalize("NFD", "ộ")
    folder = damaged(lambda text: text.replace("ộ", nfd, 1))
    assert main(["--reports", str(folder), "verify"]) == 1
    assert "bản chép không ở dạng Unicode NFC" in faults(output(capsys))


def test_a_stray_character_and_a_lost_page_mark_are_caught(damaged: Callable[[Damage], Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = damaged(lambda text: text.replace("14.739 ha", "14.739\u200b ha", 1).replace("<!-- trang 5 -->", "", 1))
    assert main(["--reports", str(folder), "verify"]) == 1
    told = faults(output(capsys))
    assert any(fault.startswith("ký tự lạ") for fault in told)
    assert any(fault.startswith("dấu trang không liên tục") for fault in told)


def test_any_dropped_sentence_and_any_changed_digit_is_caught_on_its_page() -> None:
    """A sample of all sentences of three words or more, and of all digits, on every page (seeded)."""
    chance = random.Random(2023)
    pages, ledger = page_texts(REPORT), corrections(REPORT)
    originals = raw_pages((RAW / f"{REPORT.id}.txt").read_text(encoding="utf-8").rstrip("\n"))
    def caught(page: int, text: str) -> bool:
        return bool(prove_page(page, text, originals[page - 1], [entry for entry in ledger if entry.page == page]).faults)

    missed = []
    for page, text in pages.items():
        assert not caught(page, text)
        whole = [span for span in sentences(text) if len(text[slice(*span)].split()) > 2]
        for start, end in chance.sample(whole, min(2, len(whole))):
            if not caught(page, text[:start] + text[end:]):
                missed.append((page, text[start:end]))
        digits = [m.start() for m in re.finditer(r"\d", text) if not re.search(r"\[\^\d*$", text[: m.start()])]
        for at in chance.sample(digits, min(3, len(digits))):
            other = chance.choice([digit for digit in "0123456789" if digit != text[at]])
            if not caught(page, text[:at] + other + text[at + 1 :]):
                missed.append((page, f"{text[at - 20 : at]}[{text[at]} → {other}]{text[at + 1 : at + 20]}"))
    assert not missed


def test_a_missing_ocr_text_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--raw", str(tmp_path)]) == 2
    told = capsys.readouterr().err.strip()
    assert told == f"Không đối chiếu được {REPORT.id}: thiếu bản OCR (tệp .txt cùng mã) trong thư mục {tmp_path}."


def test_a_report_that_no_ocr_text_was_transcribed_for_needs_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "moi-2024.md").write_text("---\nid: moi-2024\nyear: 2024\n---\n\nMột câu.\n", encoding="utf-8")
    assert main(["--reports", str(tmp_path), "verify"]) == 0
    assert output(capsys) == "moi-2024: không có bản OCR, không có gì để đối chiếu.\n"


@pytest.mark.parametrize("command", ["verify", "figures", "audit"])
def test_a_missing_or_unusable_report_is_told_in_one_sentence(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--reports", str(tmp_path / "none"), command]) == 2
    assert capsys.readouterr().err == f"Không tìm thấy thư mục báo cáo {tmp_path / 'none'}.\n"
    assert main(["--reports", str(tmp_path), command]) == 2
    assert capsys.readouterr().err == f"Thư mục {tmp_path} chưa có báo cáo nào (tệp .md).\n"
    (tmp_path / "a.md").write_bytes(b"---\nid: a\nyear: 2023\n---\n\xff\xfe")
    assert main(["--reports", str(tmp_path), command]) == 2
    assert capsys.readouterr().err == f"Tệp báo cáo {tmp_path / 'a.md'} không phải văn bản UTF-8.\n"
    (tmp_path / "a.md").write_text("Không có khai báo.", encoding="utf-8")
    assert main(["--reports", str(tmp_path), command]) == 2
    assert capsys.readouterr().err == "Tệp báo cáo a.md thiếu phần khai báo đầu tệp (giữa hai dòng ---).\n"


def test_an_unknown_report_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--report", "x-2020", "verify"]) == 2
    assert capsys.readouterr().err == "Không có báo cáo mang mã x-2020.\n"


def test_every_word_and_digit_of_the_report_is_proved() -> None:
    proofs = verify(REPORT, (RAW / f"{REPORT.id}.txt").read_text(encoding="utf-8"))
    assert sum(proof.words for proof in proofs) > 15000
    assert sum(proof.digits + proof.corrected for proof in proofs) > 900
