"""The difference of two versions of some million quads, beside that of their lines.

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
from egovkg.graph.versions import retain_versions
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.queries.differences import (
    ComparedGraph,
    DifferenceQuestion,
    DifferenceReport,
    GraphPart,
    ask_difference,
)

ARTICLES, SYSTEMS = 340, 10  # articles, and systems of each kind in each province
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


def compared(
    before: Version, after: Version, parts: tuple[GraphPart, ...]
) -> tuple[float, float, int, float]:
    """Return process time and elapsed time of a difference, its changes, and the time of the peer."""
    earlier, later = ComparedGraph.of_version(before), ComparedGraph.of_version(after)
    reports: list[DifferenceReport] = []
    question = DifferenceQuestion(parts=parts)
    ours, elapsed = cost(lambda: reports.append(ask_difference(earlier, later, question)))
    peer, _ = cost(lambda: store_patch(earlier.store, later.store))
    return ours, elapsed, len(reports[0].changes), peer


def row(versions: tuple[Version, Version], articles: int, *, with_verdicts: bool) -> tuple[str, ...]:
    """Measure one difference; verdicts of all provinces cost as much as `egovkg gaps` and `targets` do."""
    parts = tuple(part for part in GraphPart if with_verdicts or not part.is_verdict)
    ours, elapsed, changes, peer = compared(*versions, parts)
    quads = len(versions[1].open())
    what = f"difference of two versions of {quads:,} quads, {articles} of {ARTICLES} articles changed"
    return (
        f"{what}, {'with' if with_verdicts else 'without'} verdicts: {changes:,} changes",
        f"{ours:.1f} s ({elapsed:.1f} s elapsed)",
        f"{peer:.1f} s (their lines)",
        f"× {ours / peer:.2f}",
        "–" if with_verdicts else "≤ 10 s",
    )


def rows() -> list[tuple[str, ...]]:
    """Run all measurements; a row has name, our time, peer time, ratio and goal."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = corpus(work / "corpus", ARTICLES, systems=SYSTEMS)
        first = build([source], work / "home").version
        retain_versions(work / "home", None)
        changed(source, FEW)
        second = build([source], work / "home").version
        changed(source, HALF)
        third = build([source], work / "home").version
        return [
            row((first, second), FEW, with_verdicts=False),
            row((first, third), HALF, with_verdicts=False),
            row((first, second), FEW, with_verdicts=True),
        ]


if __name__ == "__main__":
    for fields in rows():
        print(" | ".join(fields))
