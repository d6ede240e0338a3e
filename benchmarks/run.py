"""The performance figures of the project, each as a ratio to another tool in the same run.

    make bench     about five minutes on two cores: 1 000 articles, some three million quads

Absolute times depend on the machine; ratios and counts are comparable. Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import rdflib
from egovkg.graph.publish import open_published
from egovkg.loaders.article.attributes import read_attributes
from egovkg.loaders.pipeline.article_files import load_article
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import find_articles
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.statements.article_quads import Emitter
from egovkg.loaders.statements.resolver import Resolver

HERE = Path(__file__).parent
MILLION = 340  # articles that give about a million quads


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    label: str
    ours: str
    peer: str
    ratio: str
    goal: str


def sibling(name: str) -> ModuleType:
    """Import a module from the same folder."""
    spec = spec_from_file_location(name, HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def apart(name: str) -> list[Row]:
    """Run a module of this folder in a new process, so that earlier measurements do not slow it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(rows_of, name).result()


def rows_of(name: str) -> list[Row]:
    """Return the rows measured by a module of this folder."""
    return [Row(*fields) for fields in sibling(name).rows()]


def cpu(work: Callable[[], object]) -> float:
    """Return the process time of a call, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def wall(work: Callable[[], object]) -> float:
    """Return the elapsed time of a call, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object], clock: Callable[[Callable[[], object]], float], times: int = 3) -> float:
    """Return the lowest of several measurements."""
    return min(clock(work) for _ in range(times))


def load_on_disk(data: Callable[[], bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ox.Store(folder).bulk_load(data(), format=ox.RdfFormat.N_QUADS)


def load_in_memory(data: Callable[[], bytes]) -> None:
    ox.Store().bulk_load(data(), format=ox.RdfFormat.N_QUADS)


def add_to_rdflib(quads: Sequence[ox.Quad]) -> None:
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object)))


def claims_to_store(corpus: Path) -> list[Row]:
    """Measure storing checked claims, against raw bulk_load of their quads and an rdflib graph."""
    resolver = Resolver(load_lexicon([corpus]).lexicon)
    loaded = [load_article(p.read_bytes(), p.name, resolver).article for p in find_articles(corpus)[:100]]
    articles = [article for article in loaded if article]
    quads = b"".join(Emitter(resolver.lexicon).article(article).graph for article in articles)
    count = quads.count(b"\n")

    def written() -> bytes:
        emitter = Emitter(resolver.lexicon)
        return b"".join(emitter.article(article).graph for article in articles)

    parsed = list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    rows = []
    for name, load in (("in memory", load_in_memory), ("on disk", load_on_disk)):
        ours, raw = best(partial(load, written), cpu), best(partial(load, lambda: quads), cpu)
        label = f"claims to store, {name}, {count:,} quads (rate of raw bulk_load)"
        rows.append(
            Row(label, f"{count / ours:,.0f}/s", f"{count / raw:,.0f}/s", f"{raw / ours:.2f}", "≥ 0.8")
        )
    ours, adds = best(partial(load_in_memory, written), cpu), best(partial(add_to_rdflib, parsed), cpu)
    label = "claims to store in memory (times an rdflib Graph.add path)"
    return [
        *rows,
        Row(label, f"{count / ours:,.0f}/s", f"{count / adds:,.0f}/s", f"{adds / ours:.1f}", "≥ 4"),
    ]


def rdflib_term(term: object) -> rdflib.URIRef | rdflib.Literal:
    """Return the rdflib term that corresponds to an oxigraph term."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def articles_read(corpus: Path) -> list[Row]:
    """Measure parsing and checking of articles, in one process and in as many as a build uses."""
    paths = find_articles(corpus)
    resolver = Resolver(load_lexicon([corpus]).lexicon)
    data = [(path.read_bytes(), path.name) for path in paths[:200]]

    def read() -> None:
        read_attributes.cache_clear()
        for content, name in data:
            load_article(content, name, resolver)

    reading = best(read, cpu)
    with ProcessPoolExecutor(PROCESSES, initializer=start_worker, initargs=(corpus,)) as pool:
        list(pool.map(read_file, paths[:PROCESSES]))  # starts the workers
        several = wall(lambda: list(pool.map(read_file, paths, chunksize=25)))
    return [
        Row("articles parsed and checked, one process", f"{len(data) / reading:,.0f}/s", "", "", ""),
        Row(
            f"articles parsed and checked, {PROCESSES} processes",
            f"{len(paths) / several:,.0f}/s",
            "",
            "",
            "≥ 800/s",
        ),
    ]


PROCESSES = 2
_resolver: Resolver | None = None


def start_worker(corpus: Path) -> None:
    """Initialise a worker process as a build does: with the lexicon and without the cycle collector."""
    global _resolver
    _resolver = Resolver(load_lexicon([corpus]).lexicon)
    gc.disable()


def read_file(path: Path) -> int:
    """Parse and check one file in a worker."""
    assert _resolver
    return load_article(path.read_bytes(), path.name, _resolver).counts.read


def complete_builds(corpus: Path, home: Path) -> list[Row]:
    """Measure a full build, then a rebuild after one changed article; both must give the same dump."""
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
    """Measure what a user waits for: import, open, one point question from the command line."""
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
    ask_time = min(child_time(script) for _ in range(3))
    imported = min(child_time([sys.executable, "-c", "import egovkg"]) for _ in range(3))
    started = min(child_time([sys.executable, "-c", "pass"]) for _ in range(3))
    opening = best(lambda: open_published(home), wall, 5)
    return [
        Row(f"point question from the command line, {size:,} quads", f"{ask_time:.2f} s", "", "", "≤ 0.6 s"),
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
    """Return the process time of a command: user and system seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(rows: list[Row]) -> None:
    """Print rows as a Markdown table."""
    print("| what | egovkg | peer | ratio | goal |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.label} | {row.ours} | {row.peer} | {row.ratio} | {row.goal} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="articles of the incremental build")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = sibling("generate").corpus(Path(folder) / "corpus", arguments.articles)
        rows = claims_to_store(corpus) + articles_read(corpus)
        rows += complete_builds(corpus, Path(folder) / "home")
        million = sibling("generate").corpus(Path(folder) / "million", min(arguments.articles, MILLION))
        build([million], Path(folder) / "home-million")
        rows += command(Path(folder) / "home-million")
    for name in (
        "drafts",
        "draft_quality",
        "workbooks",
        "planning",
        "analysis",
        "differences",
        "explorer",
        "serve",
    ):
        rows += apart(name)
    show(rows)


if __name__ == "__main__":
    main()
