"""Export of a published graph as a folder of files that other programs can read in parallel.

    <folder>/kind=article/part-00000.nq      or  part-00000.parquet
    <folder>/relation=egov-subject/…         partitioned by predicate instead
    <folder>/_export.json                    version, format, quads and files

Spark, DuckDB and Arrow interpret the names of such folders as a column. Equal versions give equal bytes.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from ..errors import ExportError
from ..files import json_text
from ..words import message
from .names import GRAPH, PREFIXES
from .partition_files import NQuadsWriter
from .publish import SHARED_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from .partition_files import PartitionWriter
    from .publish import Version

    PartitionOf: TypeAlias = Callable[[ox.Quad], str]  # quad -> name of its partition

FORMS = ("nquads", "parquet")
PARTITIONINGS = ("kind", "predicate")
MANIFEST = "_export.json"  # readers of such folders ignore names that start with _
_BATCH_BYTES = 64 << 20  # of N-Quads that are read and sorted at a time
_MADE_BY = "egovkg export"


@dataclass(frozen=True)
class ExportReport:
    """The files written by an export.

    :param partitions: name → number of quads, sorted by name; together they contain the whole version
    :param files: paths inside the folder, sorted
    """

    folder: Path
    form: str
    partitions: Mapping[str, int]
    files: tuple[str, ...]

    @property
    def quads(self) -> int:
        """The number of quads in all partitions."""
        return sum(self.partitions.values())


def export(version: Version, folder: Path, *, form: str = "nquads", by: str = "kind") -> ExportReport:
    """Write a published version as a folder of partitioned files; if it fails, the folder is unchanged.

    :param form: `nquads`, or `parquet`, which needs the package pyarrow
    :param by: `kind` of graph (article, edges, inferred, register, ontology, reference, catalogue), or
        `predicate`
    :raises ExportError: if the folder has files that no export wrote, or pyarrow is missing
    :raises ValueError: if the format or the partitioning is unknown
    :raises OSError: if the folder cannot be written

    Cost: linear in the quads, about 5 µs each; memory for 64 MiB of N-Quads as objects, or for the largest
    shared graph, such as the inferred one.
    """
    if form not in FORMS or by not in PARTITIONINGS:
        forms, partitionings = ", ".join(FORMS), ", ".join(PARTITIONINGS)
        raise ValueError(f"{form} by {by}: forms are {forms}; partitions are by {partitionings}")
    with _staged(folder) as staging:
        writer = _writer(form, staging)
        counts: dict[str, int] = {}
        for batch in batches(version):
            for partition, quads in partitioned(batch, by).items():
                counts[partition] = counts.get(partition, 0) + len(quads)
                writer.add(partition, quads)
        report = ExportReport(folder, form, dict(sorted(counts.items())), tuple(sorted(writer.close())))
        (staging / MANIFEST).write_text(_manifest(version, report, by), encoding="utf-8")
    return report


def batches(version: Version) -> Iterator[list[ox.Quad]]:
    """Read the N-Quads of a version in batches; each quad once, in file order."""
    for group in _grouped(version.records()):
        lines = {line for path in group for line in path.read_bytes().splitlines(keepends=True)}
        yield list(ox.parse(b"".join(sorted(lines)), format=ox.RdfFormat.N_QUADS))


def _grouped(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Group small files up to :data:`_BATCH_BYTES`; a file of a shared graph forms its own group."""
    group: list[Path] = []
    size = 0
    for path in paths:
        file_size = path.stat().st_size
        if group and (
            size + file_size > _BATCH_BYTES or path.stem in SHARED_GRAPHS or group[-1].stem in SHARED_GRAPHS
        ):
            yield group
            group, size = [], 0
        group.append(path)
        size += file_size
    if group:
        yield group


def partitioned(quads: Sequence[ox.Quad], by: str) -> dict[str, list[ox.Quad]]:
    """Group quads by the name of their partition, keeping their order."""
    partition_of = _by_kind() if by == "kind" else _by_predicate()
    partitions: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        partitions.setdefault(partition_of(quad), []).append(quad)
    return partitions


def _by_kind() -> PartitionOf:
    return lambda quad: f"kind={kind_of(getattr(quad.graph_name, 'value', ''))}"


def _by_predicate() -> PartitionOf:
    names: dict[str, str] = {}

    def partition_of(quad: ox.Quad) -> str:
        iri = quad.predicate.value
        if iri not in names:
            names[iri] = f"relation={folder_name(iri)}"
        return names[iri]

    return partition_of


def kind_of(graph: str) -> str:
    """Return the kind of a named graph, such as article, edges or register.

    >>> kind_of(GRAPH + "article/tuyen-quang-2020"), kind_of(GRAPH + "edges")
    ('article', 'edges')
    """
    return graph.removeprefix(GRAPH).partition("/")[0] if graph.startswith(GRAPH) else "other"


def folder_name(iri: str) -> str:
    """Shorten a predicate to the name of a folder; predicates of other namespaces are percent-encoded.

    >>> folder_name(PREFIXES["egov"] + "subject"), folder_name("urn:p")
    ('egov-subject', 'urn%3Ap')
    """
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return quote(f"{prefix}-{iri.removeprefix(base)}", safe="")
    return quote(iri, safe="")


def _writer(form: str, folder: Path) -> PartitionWriter:
    if form == "nquads":
        return NQuadsWriter(folder)
    from .parquet import ParquetWriter

    return ParquetWriter(folder)


def _manifest(version: Version, report: ExportReport, by: str) -> str:
    content = {
        "made_by": _MADE_BY,
        "version": version.name,
        "form": report.form,
        "by": by,
        "quads": report.quads,
        "partitions": report.partitions,
        "files": report.files,
    }
    return json_text(content)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Create a temporary folder; it replaces the target folder unless an exception is raised."""
    _check_replaceable(folder)
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


def _check_replaceable(folder: Path) -> None:
    """Raise an error unless the folder is missing, empty, or has only files written by an export."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError(message(__package__, "export.no_folder", folder=str(folder)))
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if foreign_files := sorted(files - {MANIFEST} - _files_of_manifest(folder)):
        values = {"folder": str(folder), "file": foreign_files[0]}
        raise ExportError(message(__package__, "export.foreign_file", **values))


def _files_of_manifest(folder: Path) -> set[str]:
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
        return set(content["files"]) if content["made_by"] == _MADE_BY else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
