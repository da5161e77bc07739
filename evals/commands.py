"""What each command of `python -m evals` does; every function returns the text to print."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from corpus import load_reports
from evals import publish
from evals import variants as generator
from evals.compare import compare as compare_runs
from evals.compare import comparison_text
from evals.console import counts_text, failures_text, summary_text
from evals.error_page import error_page
from evals.gold import FOLDER, GoldError, Question
from evals.gold_check import Places
from evals.gold_set import GoldSet, counts, in_split, load_gold
from evals.runs import Row, config, read_run, run_folder, write_run
from evals.sheets import answer_table, claim_table, retrieval_table, write_sheets
from evals.subject import knobs, load_assistant, shipped_search

_Line = TypeVar("_Line")

OTHERS_DEV = Path(__file__).parent / "others" / "dev"
"""Reports of other places with questions on them, to look at and to tune on."""


def retrieval(options: Namespace) -> str:
    """`retrieval`: does search find the passages that the gold quotes stand in?"""
    from evals.retrieval import run_retrieval, summarize_retrieval, trec_lines

    gold = _gold(options)
    questions = _chosen(in_split(gold.variants if options.variants else gold.questions, options.split), options)
    folder = run_folder("retrieval", options.split, options.name, options.out)
    assistant = load_assistant(options.mode, options.reports)
    rows = run_retrieval(questions, shipped_search(assistant))
    qrels, run = trec_lines(rows, folder.name)
    (folder / "qrels.txt").write_text(qrels, encoding="utf-8")
    (folder / "run.txt").write_text(run, encoding="utf-8")
    summary = summarize_retrieval(rows, options.split)
    return _store(folder, options, gold, assistant, rows, summary, retrieval_table)


def answers(options: Namespace) -> str:
    """`answers`: are the answers right, and do they point to the right place?"""
    from evals.answers import run_answers, summarize_answers

    gold = _gold(options)
    questions = _chosen(in_split(gold.variants if options.variants else gold.questions, options.split), options)
    folder = run_folder("answers", options.split, options.name, options.out)
    assistant = load_assistant(options.mode, options.reports)
    rows = run_answers(questions, assistant, Places(assistant.ground.index.reports))
    return _store(folder, options, gold, assistant, rows, summarize_answers(rows, options.split), answer_table)


def claims(options: Namespace) -> str:
    """`claims`: are the verdicts on the figures of pasted texts right?"""
    from evals.claims import run_claims, summarize_claims

    gold = _gold(options)
    chosen = _chosen(in_split(gold.claims, options.split), options)
    folder = run_folder("claims", options.split, options.name, options.out)
    assistant = load_assistant(options.mode, options.reports)
    rows = run_claims(chosen, assistant)
    return _store(folder, options, gold, assistant, rows, summarize_claims(rows, options.split), claim_table)


def ablation(options: Namespace) -> str:
    """`ablation`: one table of ways to search, from the tutorial's to the shipped one."""
    from evals.ablation import run_ablation

    gold = _gold(options)
    questions = _chosen(in_split(gold.questions, options.split), options)
    assistant = load_assistant(options.mode, options.reports)
    summary = run_ablation(questions, assistant, options.split)
    settings = _settings("ablation", options, gold, assistant)
    folder = run_folder("ablation", options.split, options.name, options.out)
    write_run(folder, settings, [], summary)
    if options.publish:
        publish.publish(settings, summary)
    return publish.ablation_table(summary)


def bench(options: Namespace) -> str:
    """`bench`: how long and how much memory."""
    from evals.bench import bench_text, run_bench

    settings, summary = run_bench(load_gold().require(), options.limit)
    folder = run_folder("bench", "all")
    write_run(folder, settings, [], summary)
    if options.publish:
        publish.publish(settings, summary)
    return bench_text(summary)


def growth(options: Namespace) -> str:
    """`growth`: search over more and more generated reports."""
    from evals.growth import run_growth

    gold = load_gold().require()
    summary = run_growth(in_split(gold.questions, options.split), OTHERS_DEV / "reports", options.split, options.sizes)
    settings = config("growth", options.split, gold.sha256, load_reports(), {"sizes": list(options.sizes)})
    write_run(run_folder("growth", options.split), settings, [], summary)
    if options.publish:
        publish.publish(settings, summary)
    return publish.growth_table(summary)


def compare(options: Namespace) -> str:
    """`compare`: two runs question by question."""
    a, b = read_run(options.a), read_run(options.b)
    details = a.config["split"] == b.config["split"] == "dev"
    return comparison_text(a, b, compare_runs(a, b), details)


def variants(options: Namespace) -> str:
    """`variants`: write the misspelt variants of the clean questions anew."""
    gold = load_gold()
    lines = generator.make_variants(gold.questions, options.seed)
    generator.write_variants(FOLDER / "variants.jsonl", lines)
    return f"Đã viết {len(lines)} biến thể vào {FOLDER / 'variants.jsonl'}."


def gold(options: Namespace) -> str:
    """`gold`: check the gold files and count."""
    found = _found(options)
    if found.problems:
        raise GoldError("\n".join(map(str, found.problems)) + f"\nTổng cộng {len(found.problems)} lỗi.")
    return counts_text(counts(found), found.warnings)


def fit(options: Namespace) -> str:
    """Fit the ranker and its confidence on the dev half; with `--only confidence` this alone."""
    from evals.fit import fit as fit_weights
    from evals.fit import samples
    from evals.fit_bearing import fit_bearing
    from evals.fit_groups import fit_groups
    from evals.fit_marks import fit_marks
    from evals.fit_sentences import fit_sentences

    others: Sequence[Question] = ()
    if OTHERS_DEV.is_dir():
        others = load_gold(OTHERS_DEV, load_reports(OTHERS_DEV / "reports")).require().questions
    sources: list[tuple[Any, Sequence[Question]]] = [(load_assistant(), in_split(load_gold().require().questions, "dev"))]
    if others:
        sources.append((load_assistant(reports=OTHERS_DEV / "reports"), others))
    if options.only == "confidence":
        return fit_weights(sources, ranking=False)
    marks = fit_marks(others) if others else ""
    words = fit_bearing(sample for assistant, questions in sources for sample in samples(assistant, questions))  # before what weighs by them
    return f"{marks}\n{words}\n{fit_sentences(sources)}\n{fit_weights(sources)}\n{fit_groups(sources)}"


def report(_options: Namespace) -> str:
    """`report`: write the tables of README.md and evals/RESULTS.md anew from evals/results."""
    changed = publish.write_pages()
    return "Đã viết lại: " + ", ".join(changed) if changed else "Các bảng đã đúng với evals/results."


def _gold(options: Namespace) -> GoldSet:
    """The gold lines that are asked for, checked against the reports that they are about."""
    return _found(options).require()


def _found(options: Namespace) -> GoldSet:
    return load_gold(options.gold, load_reports(options.reports) if options.reports else None)


def _chosen(lines: Sequence[_Line], options: Namespace) -> list[_Line]:
    chosen = list(lines)[: options.limit]
    if not chosen:
        raise GoldError(f"Không có dòng nào thuộc nửa “{options.split}” để chấm.")
    return chosen


def _settings(script: str, options: Namespace, gold: GoldSet, assistant: Any) -> dict[str, Any]:
    more = {"mode": options.mode, "variants": options.variants, "limit": options.limit, "seed": generator.SEED}
    more["gold_path"] = str(options.gold or "")
    more["reports_path"] = str(options.reports or "")
    return config(script, options.split, gold.sha256, assistant.ground.index.reports, knobs(assistant), **more)


def _store(
    folder: Path,
    options: Namespace,
    gold: GoldSet,
    assistant: Any,
    rows: list[Row],
    summary: dict[str, Any],
    table: Callable[[Sequence[Row]], list[list[Any]]],
) -> str:
    settings = _settings(summary["script"], options, gold, assistant)
    write_run(folder, settings, rows, summary)
    (folder / "errors.html").write_text(error_page(f"Các câu chưa đạt: {folder.name}", rows), encoding="utf-8")
    write_sheets(folder, table(rows))
    if options.publish:
        publish.publish(settings, summary)
    details = failures_text(rows) if options.split == "dev" or (options.gold and options.split != "test") else ""
    return "\n".join(part for part in (details, summary_text(summary), f"Kết quả: {folder}") if part)
