"""The steps of scaling.py: each measures one thing in a process of its own, and gives rows of the table.

`{cpu}`, `{wall}` and `{peak}` in a figure are placeholders for the cost of the whole process.
"""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from egovkg.benchmarks.generate import corpus
from egovkg.errors import ExportError
from egovkg.graph.export import export
from egovkg.graph.names import ID, with_prefixes
from egovkg.graph.publish import Version, published
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.queries.dependencies.impact import impact
from egovkg.queries.dependencies.network.dependencies import Dependencies
from egovkg.queries.dependencies.shortest_paths import reached
from egovkg.queries.facts.entities import resolve
from egovkg.queries.planning.ask import GapQuestion, ask_gaps
from egovkg.queries.questions.ask import NamedQuestion, ask_question
from egovkg.queries.spark import gap_counts, impact_of, read, session, systems_per_province
from egovkg.words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Figures: TypeAlias = dict[str, str]  # row of the table -> figure

ARTICLES, SYSTEMS = 340, 10  # a million quads: articles, and systems of each kind in each province
DAY = date(2024, 1, 1)
HUB = f"{ID}system/syn-lgsp-0"
LONG = 5.0  # seconds: what takes longer is asked once


def version_of(work: Path) -> Version:
    """Return the version published by the step `build`."""
    version = published(work / "home")
    assert version
    return version


def batches(version: Version, size: int = 64 << 20) -> Iterable[bytes]:
    """Read N-Quads in pieces of about 64 MiB."""
    waiting: list[bytes] = []
    for path in version.records():
        waiting.append(path.read_bytes())
        if sum(map(len, waiting)) >= size:
            yield b"".join(waiting)
            waiting = []
    yield b"".join(waiting)


def bytes_in(folder: Path) -> int:
    """Add up the sizes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def resident() -> int:
    """Return the number of bytes of this process in memory."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def sized(size: int, count: int) -> str:
    """Word a size: MB in total, bytes per quad."""
    return f"{size / 1e6:,.0f} MB ({size / count:.0f} B/quad)"


def generated(work: Path, million: int) -> Figures:
    """Write the synthetic corpus."""
    corpus(work / "corpus", ARTICLES * million, systems=SYSTEMS * million)
    return {"articles": f"{ARTICLES * million:,}"}


def built(work: Path, million: int) -> Figures:
    """Build through the normal pipeline: read, check, infer, store, validate, publish."""
    build([work / "corpus"], work / "home")
    return {
        "build, processor time": "{cpu} s",
        "build, elapsed": "{wall} s",
        "build, largest process": "{peak} MiB",
    }


def weighed(work: Path, million: int) -> Figures:
    """Count the quads and measure the size of the files."""
    version = version_of(work)
    count = len(version.open())
    record = sum(path.stat().st_size for path in version.records())
    return {
        "quads": f"{count:,}",
        "on disk, store": sized(bytes_in(version.folder / "store"), count),
        "on disk, N-Quads record": sized(record, count),
    }


def rebuilt(work: Path, million: int) -> Figures:
    """Change one article and build again."""
    path = sorted((work / "corpus" / "articles").iterdir())[5]
    text = path.read_text("utf-8").replace("đều được nhắc tới", "cũng được nhắc tới")
    path.write_text(text, encoding="utf-8")
    build([work / "corpus"], work / "home")
    return {"build after one article changed, processor time": "{cpu} s"}


def loaded(work: Path, million: int) -> Figures:
    """Load prepared N-Quads into a new store on disk."""
    version, folder = version_of(work), work / "loaded"
    store = OxigraphStore.create(folder)
    start = time.process_time()
    for data in batches(version):
        store.load(data)
    store.engine.flush()
    spent = time.process_time() - start
    del store
    shutil.rmtree(folder)
    return {"load of ready N-Quads on disk": f"{spent:,.1f} s"}


def on_disk(work: Path, million: int) -> Figures:
    """Time the questions on the published store, read-only from disk."""
    version = version_of(work)
    start = time.perf_counter()
    store = version.open()
    opening = time.perf_counter() - start
    rows = {"open read-only, elapsed": f"{opening * 1000:.0f} ms"}
    return rows | question_times(store, "disk", partial(Dependencies.published, work / "home"))


def in_memory(work: Path, million: int) -> Figures:
    """Load the whole graph into memory, and time the questions there."""
    before, start = resident(), time.process_time()
    store = OxigraphStore.in_memory()
    for data in batches(version_of(work)):
        store.load(data)
    spent = time.process_time() - start
    count = len(store)
    rows = {"in memory": sized(resident() - before, count), "load into memory": f"{spent:,.1f} s"}
    return rows | question_times(store, "memory", partial(Dependencies.of, store))


def question_times(store: OxigraphStore, place: str, bound: Callable[[], Dependencies]) -> Figures:
    """Time the questions: the first run, then the best of three."""
    figures: Figures = {}
    for name, question in questions(store, bound).items():
        first, rows = timed(question)
        again = [timed(question)[0] for _ in range(3)] if first < LONG else []
        then = f", then {span(min(again))}" if again else ""
        figures[f"{name}, {place}"] = f"{span(first)}{then} ({rows:,} rows)"
    return figures


def questions(store: OxigraphStore, bound: Callable[[], Dependencies]) -> dict[str, Callable[[], int]]:
    """Return the benchmark questions by name; each returns its number of rows."""
    point = f"SELECT ?p ?o {{ <{HUB}> ?p ?o }}"
    text = 'SELECT ?e { ?e egov:text ?text FILTER(CONTAINS(LCASE(?text), "hạn chế số 9 ")) }'
    label = 'SELECT DISTINCT ?s { ?s rdfs:label ?text FILTER(CONTAINS(LCASE(?text), "ký số tỉnh mẫu 3")) }'

    def judged() -> int:
        question = GapQuestion(as_of=DAY, languages=(DEFAULT_LANGUAGE,))
        return len(ask_gaps(store, question).cells)

    def affected() -> int:
        return len(reached(bound().network, [HUB]))

    return {
        "point question (all of one thing)": lambda: len(store.select(point).rows),
        "find a thing by its name without accents": lambda: len(
            {resolve(store, "nen tang tich hop, chia se du lieu tinh mau 3")}
        ),
        "systems-of-province, a join": lambda: len(
            ask_question(store, NamedQuestion("systems-of-province", {"province": "syn:p3"})).rows
        ),
        "systems-by-kind, a join over the country": lambda: len(
            ask_question(store, NamedQuestion("systems-by-kind")).rows
        ),
        "impact of a platform: who is affected": affected,
        "impact of a platform: with paths and sentences": lambda: len(impact(bound(), [HUB]).affected),
        "impact of a platform: as a SPARQL path": lambda: len(
            ask_question(store, NamedQuestion("dependents-all", {"system": "syn:lgsp-0"})).rows
        ),
        "gaps of 63 provinces, cells": judged,
        "text in labels (CONTAINS)": lambda: len(store.select(with_prefixes(label)).rows),
        "text in sentences (CONTAINS)": lambda: len(store.select(with_prefixes(text)).rows),
    }


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Return the processor time of a call, and its result."""
    start = time.process_time()
    rows = work()
    return time.process_time() - start, rows


def span(seconds: float) -> str:
    """Word a time with two or three digits.

    >>> span(0.00031), span(0.0312), span(1.25), span(61)
    ('0.31 ms', '31.2 ms', '1.25 s', '61.0 s')
    """
    if seconds >= 10:
        return f"{seconds:.1f} s"
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.1f} ms" if seconds >= 0.01 else f"{seconds * 1000:.2f} ms"


def exported(work: Path, million: int, form: str) -> Figures:
    """Time the export of the graph as files, partitioned by kind of named graph."""
    start = time.process_time()
    done = export(version_of(work), work / form, form=form)
    spent = time.process_time() - start
    name = {"nquads": "N-Quads", "parquet": "Parquet"}[form]
    size = sized(bytes_in(done.folder), done.quads)
    if form == "nquads":
        shutil.rmtree(done.folder)  # the Parquet stays for Spark
    return {
        f"egovkg export, {name}": f"{spent:,.1f} s, {size}",
        f"egovkg export, {name}, largest process": "{peak} MiB",
    }


def sparked(work: Path, million: int) -> Figures:
    """Time queries on the Parquet files in Spark's local mode; no rows if pyspark is missing."""
    start = time.perf_counter()
    try:
        spark = session("local[2]")
    except ExportError:
        return {}
    quads = read(spark, work / "parquet")
    rows = {"Spark, start, elapsed": f"{time.perf_counter() - start:.1f} s"}
    frames: dict[str, Callable[[], DataFrame]] = {
        "systems per province": lambda: systems_per_province(quads),
        "impact of a platform": lambda: impact_of(quads, [HUB]),
        "gap counts": lambda: gap_counts(quads),
    }
    for name, frame in frames.items():
        start = time.perf_counter()
        count = len(frame().collect())
        rows[f"Spark, {name}, elapsed"] = f"{time.perf_counter() - start:.1f} s ({count:,} rows)"
    return rows


STEPS: dict[str, Callable[[Path, int], Figures]] = {
    "generated": generated,
    "built": built,
    "weighed": weighed,
    "loaded": loaded,
    "disk": on_disk,
    "memory": in_memory,
    "nquads": partial(exported, form="nquads"),
    "parquet": partial(exported, form="parquet"),
    "spark": sparked,
    "rebuilt": rebuilt,
}
