"""The difference of two versions of a million quads, beside that of their lines.

The peer compares the same two stores as sorted N-Quads: it tells lines, and nothing of what they mean.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from egovkg.benchmarks.generate import corpus
from egovkg.graph.patch import store_patch
from egovkg.graph.publish import Version
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.queries.differences import ComparedGraph, ask_difference

ARTICLES, SYSTEMS = 340, 10  # a million quads: articles, and systems of each kind in each province
FEW, HALF = 10, 170  # changed articles


def changed(folder: Path, count: int) -> None:
    """Change the status of statements in some articles."""
    for path in find_articles(folder)[:count]:
        text = path.read_text("utf-8")
        path.write_text(text.replace("status: pilot", "status: operational"), encoding="utf-8")


def cost(work: Callable[[], object]) -> tuple[float, float]:
    """Return the process time and the elapsed time of a call, in seconds."""
    start, elapsed = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - start, time.perf_counter() - elapsed


def compared(before: Version, after: Version, label: str) -> tuple[str, str, str, str, str]:
    """Measure one difference, and the peer on the same stores."""
    earlier, later = ComparedGraph.of_version(before), ComparedGraph.of_version(after)
    quads = len(later.store)
    report = None

    def ask() -> None:
        nonlocal report
        report = ask_difference(earlier, later)

    ours, elapsed = cost(ask)
    peer, _ = cost(lambda: store_patch(earlier.store, later.store))
    assert report is not None
    what = f"difference of two versions of {quads:,} quads, {label}, {len(report.changes):,} changes"
    return (
        what,
        f"{ours:.1f} s ({elapsed:.1f} s elapsed)",
        f"{peer:.1f} s (lines of N-Quads)",
        f"× {ours / peer:.1f}",
        "≤ 10 s",
    )


def rows() -> list[tuple[str, str, str, str, str]]:
    """Run all measurements; a row has name, our time, peer time, ratio and goal."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = corpus(work / "corpus", ARTICLES, systems=SYSTEMS)
        first = build([source], work / "home").version
        held = first.open()  # a version that is read stays
        changed(source, FEW)
        second = build([source], work / "home").version
        rows_so_far = [compared(first, second, f"{FEW} of {ARTICLES} articles changed")]
        held_too = second.open()
        changed(source, HALF)
        third = build([source], work / "home").version
        rows_so_far.append(compared(first, third, f"{HALF} of {ARTICLES} articles changed"))
        del held, held_too
    return rows_so_far


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
