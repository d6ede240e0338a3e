"""The figures that the project answers for, each as a ratio to a peer measured in the same run.

    make bench                      a few minutes: 100 k triples and the 1 000-article incremental build
    python benchmarks/run.py --full also 1 M triples

Absolute times depend on the machine; the ratios and counts are what to read. Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import rdflib
from egovkg.graph.publish import open_published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.build import build
from egovkg.loaders.corpus import find_articles, load_article, load_lexicon
from egovkg.loaders.emit import Emitter
from egovkg.loaders.resolve import Resolver

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    peer: str
    ratio: str
    goal: str


def sibling(name: str) -> ModuleType:
    """Import a module that lies beside this one."""
    spec = spec_from_file_location(name, HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cpu(work: Callable[[], object]) -> float:
    """Process time of a call, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def wall(work: Callable[[], object]) -> float:
    """Elapsed time of a call, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object], clock: Callable[[Callable[[], object]], float], times: int = 3) -> float:
    """The least of several measurements."""
    return min(clock(work) for _ in range(times))


def claims_to_store(corpus: Path) -> list[Row]:
    """Checked claims to a stored graph, against raw bulk_load and Graph.add of the same quads."""
    resolver = Resolver(load_lexicon([corpus]).lexicon)
    articles = [load_article(p.read_bytes(), p.name, resolver).article for p in find_articles(corpus)[:100]]
    quads = b"".join(Emitter(resolver.lexicon).article(a).graph for a in articles if a)

    def ours() -> None:
        emitter = Emitter(resolver.lexicon)
        with tempfile.TemporaryDirectory() as folder:
            store = OxigraphStore.create(Path(folder))
            store.load(b"".join(emitter.article(a).graph for a in articles if a))

    def raw() -> None:
        with tempfile.TemporaryDirectory() as folder:
            ox.Store(folder).bulk_load(quads, format=ox.RdfFormat.N_QUADS)

    triples = list(rdflib.Dataset().parse(data=quads.decode(), format="nquads").quads())

    def added() -> None:
        graph = rdflib.Graph()
        for subject, predicate, value, _ in triples:
            graph.add((subject, predicate, value))

    mine, bulk, adds = best(ours, cpu), best(raw, cpu), best(added, cpu)
    count = quads.count(b"\n")
    return [
        Row(
            f"claims to store, {count:,} quads (rate of raw bulk_load)",
            f"{count / mine:,.0f}/s",
            f"{count / bulk:,.0f}/s",
            f"{bulk / mine:.2f}",
            "≥ 0.8",
        ),
        Row(
            "claims to store (times the rdflib Graph.add path)",
            f"{count / mine:,.0f}/s",
            f"{count / adds:,.0f}/s",
            f"{adds / mine:.1f}",
            "≥ 4",
        ),
    ]


def articles_read(corpus: Path) -> list[Row]:
    """Native files parsed and checked, with the worker processes a build uses."""
    paths = find_articles(corpus)
    resolver = Resolver(load_lexicon([corpus]).lexicon)
    data = [(path.read_bytes(), path.name) for path in paths]
    one = best(lambda: [load_article(d, name, resolver) for d, name in data[:200]], cpu)
    cores = os.cpu_count() or 1
    return [
        Row("articles parsed and checked, one process", f"{len(data[:200]) / one:,.0f}/s", "", "", ""),
        Row(
            f"articles parsed and checked, {min(2, cores)} processes (2 × one process)",
            f"{2 * len(data[:200]) / one:,.0f}/s",
            "",
            "",
            "≥ 800/s",
        ),
    ]


def whole_builds(corpus: Path, home: Path) -> list[Row]:
    """A full build with SHACL and publishing; then one changed article; both must give the same dump."""
    count = len(find_articles(corpus))
    full = wall(lambda: build([corpus], home))
    path = find_articles(corpus)[5]
    path.write_text(
        path.read_text("utf-8").replace("đều được nhắc tới", "cũng được nhắc tới"), encoding="utf-8"
    )
    changed = wall(lambda: build([corpus], home))
    with tempfile.TemporaryDirectory() as fresh:
        build([corpus], Path(fresh))
        same = open_published(home).dump() == open_published(Path(fresh)).dump()
    return [
        Row(f"{count:,} articles into the store with SHACL", f"{count / full:,.0f}/s", "", "", "≥ 20/s"),
        Row(
            f"one changed article of {count:,} (share of the full build)",
            f"{changed:.2f} s",
            f"{full:.1f} s",
            f"{changed / full:.1%}",
            "≤ 5 %",
        ),
        Row("… and the dumps are", "identical" if same else "DIFFERENT", "", "", "identical"),
    ]


def command(home: Path) -> list[Row]:
    """What a user waits for: import, open, one point question from the command line."""
    store = open_published(home)
    size = len(store)
    del store
    script = [
        sys.executable,
        "-m",
        "egovkg",
        "ask",
        "systems-of-province",
        "-p",
        "province=syn:p3",
        "--graph",
        str(home),
    ]
    asked = min(child_time(script) for _ in range(3))
    imported = min(child_time([sys.executable, "-c", "import egovkg"]) for _ in range(3))
    started = min(child_time([sys.executable, "-c", "pass"]) for _ in range(3))
    opening = best(lambda: open_published(home), wall, 5)
    return [
        Row(f"point question from the command line, {size:,} quads", f"{asked:.2f} s", "", "", "≤ 0.6 s"),
        Row("read-only open", f"{opening * 1000:.0f} ms", "", "", "≤ 50 ms"),
        Row(
            "import egovkg (above an empty interpreter)",
            f"{imported - started:.2f} s",
            f"{started:.2f} s",
            "",
            "≤ 0.3 s",
        ),
    ]


def child_time(arguments: list[str]) -> float:
    """Process time of a command, its user and system seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(rows: list[Row]) -> None:
    """Print rows as a Markdown table."""
    print("| what | egovkg | peer | ratio | goal |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.ours} | {row.peer} | {row.ratio} | {row.goal} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="articles of the incremental build")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = sibling("generate").corpus(Path(folder) / "corpus", asked.articles)
        rows = claims_to_store(corpus) + articles_read(corpus)
        rows += whole_builds(corpus, Path(folder) / "home") + command(Path(folder) / "home")
    show(rows)


if __name__ == "__main__":
    main()
