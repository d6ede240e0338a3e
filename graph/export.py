"""The published graph as a folder of files that other programs read in parallel.

    <folder>/kind=article/part-00000.nq      or  part-00000.parquet
    <folder>/relation=egov-subject/…         partitioned by predicate instead
    <folder>/_export.json                    version, form, quads and files

Folder names are those that Spark, DuckDB and Arrow read as a column. The same version gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

import pyoxigraph as ox

from ..errors import ExportError
from .names import GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from .publish import Version

    Key: TypeAlias = Callable[[ox.Quad], str]  # quad -> name of its partition

FORMS = ("nquads", "parquet")
PARTITIONINGS = ("kind", "predicate")
MANIFEST = "_export.json"  # readers of such folders pass over names that start with _
PART = 1_000_000  # quads a file
_BATCH = 64 << 20  # bytes of N-Quads that are read and sorted at a time
_SHARED = ("ontology", "reference", "register", "catalogue", "edges", "inferred")
_MADE_BY = "egovkg export"


@dataclass(frozen=True)
class ExportReport:
    """What an export wrote.

    :param partitions: name -> quads in it, in order of names; together they are the version
    :param files: paths within the folder, in order
    """

    folder: Path
    form: str
    partitions: Mapping[str, int]
    files: tuple[str, ...]

    @property
    def quads(self) -> int:
        """How many quads there are in all."""
        return sum(self.partitions.values())


class Sink(Protocol):
    """Takes the quads of partitions, in order, and writes their files."""

    def add(self, partition: str, quads: Sequence[ox.Quad]) -> None:
        """Take quads of one partition."""

    def close(self) -> tuple[str, ...]:
        """Finish all files.

        :returns: their paths within the folder
        """


def export(version: Version, folder: Path, *, form: str = "nquads", by: str = "kind") -> ExportReport:
    """Write a published version as a folder of partitioned files, wholly or not at all.

    :param form: `nquads`, or `parquet`, which needs the package pyarrow
    :param by: `kind` of graph (article, edges, inferred, register, ontology, reference, catalogue), or
        `predicate`
    :raises ExportError: if the folder holds other people's files, or pyarrow is missing
    :raises ValueError: if there is no such form or way
    :raises OSError: if the folder cannot be written

    Cost: linear in the quads, about 5 µs each; memory of 64 MiB of N-Quads as objects, or of the largest
    graph that no article has, such as what is inferred.
    """
    if form not in FORMS or by not in PARTITIONINGS:
        raise ValueError(f"{form} by {by}: forms are {', '.join(FORMS)}, ways {', '.join(PARTITIONINGS)}")
    with _staged(folder) as staging:
        sink = _sink(form, staging)
        counts: dict[str, int] = {}
        for batch in batches(version):
            for partition, quads in partitioned(batch, by).items():
                counts[partition] = counts.get(partition, 0) + len(quads)
                sink.add(partition, quads)
        done = ExportReport(folder, form, dict(sorted(counts.items())), tuple(sorted(sink.close())))
        (staging / MANIFEST).write_text(_manifest(version, done, by), encoding="utf-8")
    return done


def batches(version: Version) -> Iterator[list[ox.Quad]]:
    """Read a version's record in batches, each quad once, in the order of their lines."""
    articles = sorted((version.folder / "quads").glob("*.nq"))
    for group in _grouped([*(version.folder / f"{name}.nq" for name in _SHARED), *articles]):
        lines = {line for path in group for line in path.read_bytes().splitlines(keepends=True)}
        yield list(ox.parse(b"".join(sorted(lines)), format=ox.RdfFormat.N_QUADS))


def _grouped(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Put files together up to a size; each file of what no article says stands alone."""
    group: list[Path] = []
    size = 0
    for path in paths:
        more = path.stat().st_size
        if group and (size + more > _BATCH or path.stem in _SHARED or group[-1].stem in _SHARED):
            yield group
            group, size = [], 0
        group.append(path)
        size += more
    if group:
        yield group


def partitioned(quads: Sequence[ox.Quad], by: str) -> dict[str, list[ox.Quad]]:
    """Part quads by the name of their partition; their order stays."""
    key = _by_kind() if by == "kind" else _by_predicate()
    found: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        found.setdefault(key(quad), []).append(quad)
    return found


def _by_kind() -> Key:
    return lambda quad: f"kind={kind_of(getattr(quad.graph_name, 'value', ''))}"


def _by_predicate() -> Key:
    known: dict[str, str] = {}

    def key(quad: ox.Quad) -> str:
        iri = quad.predicate.value
        if iri not in known:
            known[iri] = f"relation={short(iri)}"
        return known[iri]

    return key


def kind_of(graph: str) -> str:
    """Name the kind of a graph.

    >>> kind_of(GRAPH + "article/tuyen-quang-2020"), kind_of(GRAPH + "edges")
    ('article', 'edges')
    """
    return graph.removeprefix(GRAPH).partition("/")[0] if graph.startswith(GRAPH) else "other"


def short(iri: str) -> str:
    """Name a predicate so that it can be the name of a folder; an unknown one is escaped whole.

    >>> short(PREFIXES["egov"] + "subject"), short("urn:p")
    ('egov-subject', 'urn%3Ap')
    """
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return quote(f"{prefix}-{iri.removeprefix(base)}", safe="")
    return quote(iri, safe="")


class NQuadsFiles:
    """Writes N-Quads, a million lines a file at most."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: dict[str, int] = {}

    def add(self, partition: str, quads: Sequence[ox.Quad]) -> None:
        """Take quads of one partition."""
        start = 0
        while start < len(quads):
            written = self.lines.get(partition, 0)
            taken = quads[start : start + PART - written % PART]
            path = self.folder / partition / f"part-{written // PART:05}.nq"
            path.parent.mkdir(exist_ok=True)
            with path.open("ab") as file:
                file.write(ox.serialize(taken, format=ox.RdfFormat.N_QUADS) or b"")
            self.lines[partition] = written + len(taken)
            start += len(taken)

    def close(self) -> tuple[str, ...]:
        """Finish all files."""
        return tuple(path.relative_to(self.folder).as_posix() for path in self.folder.glob("*/*.nq"))


def _sink(form: str, folder: Path) -> Sink:
    if form == "nquads":
        return NQuadsFiles(folder)
    from .parquet import ParquetFiles

    return ParquetFiles(folder)


def _manifest(version: Version, done: ExportReport, by: str) -> str:
    content = {
        "made_by": _MADE_BY,
        "version": version.name,
        "form": done.form,
        "by": by,
        "quads": done.quads,
        "partitions": done.partitions,
        "files": done.files,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Give a folder to write in, which takes the place of the other when all went well."""
    _refuse_other_files(folder)
    place = folder.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    staging = place.with_name(f".{place.name}.new-{os.getpid()}")
    staging.mkdir()
    try:
        yield staging
        old = place.with_name(f".{place.name}.old-{os.getpid()}")
        if place.exists():
            place.rename(old)
        staging.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _refuse_other_files(folder: Path) -> None:
    """Raise unless the folder is missing, empty, or just what an export wrote."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError(f"{folder} is a file — name a folder")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if strange := sorted(there - {MANIFEST} - _written_before(folder)):
        raise ExportError(f"{folder} holds {strange[0]}, which no export wrote — name another folder")


def _written_before(folder: Path) -> set[str]:
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
        return set(content["files"]) if content["made_by"] == _MADE_BY else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
