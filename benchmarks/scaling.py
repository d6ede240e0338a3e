"""How egovkg grows: sizes and times on synthetic corpora, built through the normal pipeline.

    make scaling                                            1 M and 10 M quads, into docs/scaling.md
    python benchmarks/scaling.py --millions 1               one size, printed
    python benchmarks/scaling.py --millions 1 10 --work DIR keeps corpora and graphs, goes on where it was

Times are processor seconds (user and system, all threads) unless a row says otherwise: they depend less on
what else the machine does. Each step runs in a process of its own, with a limit. Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from egovkg.benchmarks.scaling_steps import ARTICLES, STEPS, SYSTEMS, Figures

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "scaling.md"
GIB = 1 << 30
NEEDED = (
    0.75  # GiB of disk for a million quads: corpus, record, store, its copy of an incremental build, exports
)


@dataclass(frozen=True)
class Spent:
    """The cost of a step: processor seconds, elapsed seconds, MiB of its largest process."""

    cpu: float
    wall: float
    peak: float


def child(arguments: list[str], limit: float) -> tuple[str | None, Spent]:
    """Run a command under a limit.

    :returns: its output, or `None` if it was killed; and the cost of all its processes
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(arguments, stdout=out, stderr=subprocess.DEVNULL)
        timer = threading.Timer(limit, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    spent = Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)
    return (text if process.returncode == 0 else None), spent


def step(name: str, folder: Path, million: int, limit: float) -> Figures:
    """Run one step in a process of its own; return its figures, or why it ended."""
    words = [sys.executable, __file__, "--step", name, "--work", str(folder), "--millions", str(million)]
    text, spent = child(words, limit)
    if text is None:
        return {f"{name}: not finished": f"ended after {spent.wall:.0f} s"}
    figures: Figures = json.loads(text)
    totals = {"cpu": spent.cpu, "wall": spent.wall, "peak": spent.peak}
    return {key: format_with(value, totals) for key, value in figures.items()}


def format_with(value: str, totals: dict[str, float]) -> str:
    """Fill the cost of the whole step into the placeholders of a figure."""
    return re.sub(r"\{(cpu|wall|peak)\}", lambda placeholder: f"{totals[placeholder[1]]:,.0f}", value)


def measure(million: int, work: Path, limit: float) -> Figures:
    """Measure one size; the results of earlier steps are read from their record."""
    folder = work / f"{million}m"
    folder.mkdir(parents=True, exist_ok=True)
    figures: Figures = {}
    for name in STEPS:
        file = folder / f"{name}.json"
        if not file.exists():
            print(f"{million} M: {name} …", file=sys.stderr, flush=True)
            file.write_text(json.dumps(step(name, folder, million, limit), ensure_ascii=False), "utf-8")
        figures |= json.loads(file.read_text("utf-8"))
    return figures


def tables(sizes: list[int], figures: list[Figures]) -> str:
    """Return the figures as Markdown: a column per size; and the questions, a column per size and place."""
    rows = list(dict.fromkeys(key for figures in figures for key in figures))
    questions = [row.removesuffix(", disk") for row in rows if row.endswith(", disk")]
    step_rows = [row for row in rows if not row.endswith((", disk", ", memory"))]
    plain = [[row, *(size_figures.get(row, "–") for size_figures in figures)] for row in step_rows]
    columns = [(size_figures, place) for size_figures in figures for place in ("disk", "memory")]
    question_rows = [
        [question, *(size_figures.get(f"{question}, {place}", "–") for size_figures, place in columns)]
        for question in questions
    ]
    places = [f"{size} M, {place}" for size in sizes for place in ("disk", "memory")]
    steps_table = table(["", *(f"{size} M" for size in sizes)], plain)
    return f"{steps_table}\n{table(['question', *places], question_rows)}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return one Markdown table with right-aligned figures."""
    rule = "|".join(["---", *("---:" for _ in head[1:])])
    return f"|{rule}|\n".join(
        [f"| {' | '.join(head)} |\n", "".join(f"| {' | '.join(row)} |\n" for row in rows)]
    )


def machine() -> str:
    """Describe the machine and the date of the measurement."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    cores, day = os.cpu_count(), datetime.now(UTC).date()
    system = f"Python {platform.python_version()}, {platform.system()}"
    return f"Measured {day}, {cores} cores, {memory:.0f} GiB, {system}."


def into_page(page: Path, text: str) -> None:
    """Insert the table between the marks in the page."""
    marks = r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)"
    page.write_text(re.sub(marks, lambda _: text, page.read_text("utf-8"), flags=re.DOTALL), encoding="utf-8")


def refuse_small_disk(work: Path, million: int) -> None:
    """Stop before the disk is full."""
    free = shutil.disk_usage(work).free / GIB
    if free < million * NEEDED + 1:
        sys.exit(
            f"{work}: {free:.1f} GiB free; {million} M quads need {million * NEEDED + 1:.1f} (--work DIR)"
        )


def arguments() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--millions", type=int, nargs="+", default=[1, 10], help="sizes, in millions of quads"
    )
    parser.add_argument("--limit", type=float, default=1800, help="seconds a step may take")
    parser.add_argument("--work", type=Path, help="folder that is kept; else a temporary one that is removed")
    parser.add_argument("--page", action="store_true", help=f"write the table into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--step", choices=sorted(STEPS), help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = arguments()
    if options.step:
        print(json.dumps(STEPS[options.step](options.work, options.millions[0]), ensure_ascii=False))
        return
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        all_figures = []
        for million in options.millions:
            refuse_small_disk(work, million)
            all_figures.append(measure(million, work, options.limit))
            if not options.work:
                shutil.rmtree(work / f"{million}m")
    spark = "" if find_spec("pyspark") else " Without pyspark: no rows of Spark."
    articles = f"{ARTICLES} articles and {SYSTEMS * 504:,} systems for each million."
    text = f"{machine()} {articles}{spark}\n\n{tables(options.millions, all_figures)}"
    print(text)
    if options.page:
        into_page(PAGE, text)


if __name__ == "__main__":
    main()
