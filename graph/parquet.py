"""Writing of Parquet files through the optional package pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import ExportError
from ..words import message
from .partition_files import QUADS_PER_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any, TypeAlias

    Columns: TypeAlias = tuple[list[str], list[str], list[str], list[str | None], list[str | None], list[str]]

COLUMNS = ("subject", "predicate", "object", "datatype", "language", "graph")
ROW_GROUP = 100_000  # quads


class ParquetWriter:
    """Writes Parquet files of at most :data:`~egovkg.graph.partition_files.QUADS_PER_FILE` rows each.

    All columns are strings. If `datatype` is null, the object is an IRI, else the lexical form of a literal;
    `language` is set only for literals with a language tag. Equal quads give equal bytes with the same
    version of pyarrow.

    :raises ExportError: if pyarrow is not installed
    """

    def __init__(self, folder: Path) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise ExportError(message(__package__, "export.no_pyarrow")) from error
        self.pa, self.pq, self.folder = pa, pq, folder
        nullable = {"datatype", "language"}
        self.schema = pa.schema([pa.field(name, pa.string(), name in nullable) for name in COLUMNS])
        self.pending: dict[str, list[Any]] = {}  # partition -> tables that do not fill a row group yet
        self.writers: dict[str, Any] = {}
        self.rows: dict[str, int] = {}
        self.files: list[str] = []

    def add(self, partition: str, quads: Sequence[ox.Quad]) -> None:
        """Append quads to a partition."""
        arrays = [self.pa.array(column, self.pa.string()) for column in columns(quads)]
        pending = self.pending.setdefault(partition, [])
        pending.append(self.pa.Table.from_arrays(arrays, schema=self.schema))
        if sum(table.num_rows for table in pending) >= ROW_GROUP:
            table = self.pa.concat_tables(pending)
            full_rows = table.num_rows - table.num_rows % ROW_GROUP
            for start in range(0, full_rows, ROW_GROUP):
                self._write(partition, table.slice(start, ROW_GROUP))
            self.pending[partition] = [table.slice(full_rows)]

    def close(self) -> tuple[str, ...]:
        """Close all files."""
        for partition, pending in self.pending.items():
            table = self.pa.concat_tables(pending)
            if table.num_rows:
                self._write(partition, table)
            if partition in self.writers:
                self.writers.pop(partition).close()
        return tuple(self.files)

    def _write(self, partition: str, table: Any) -> None:  # noqa: ANN401  # pyarrow states no types
        """Write one row group; a new file is started when the current one is full."""
        rows = self.rows.get(partition, 0)
        if partition not in self.writers:
            path = self.folder / partition / f"part-{rows // QUADS_PER_FILE:05}.parquet"
            path.parent.mkdir(exist_ok=True)
            self.writers[partition] = self.pq.ParquetWriter(path, self.schema, compression="zstd")
            self.files.append(path.relative_to(self.folder).as_posix())
        self.writers[partition].write_table(table.combine_chunks(), row_group_size=ROW_GROUP)
        self.rows[partition] = rows + table.num_rows
        if self.rows[partition] % QUADS_PER_FILE == 0:
            self.writers.pop(partition).close()


def columns(quads: Sequence[ox.Quad]) -> Columns:
    """Convert quads to columns of text, in the order of :data:`COLUMNS`.

    >>> quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x", language="vi"))
    >>> [column[0] for column in columns([quad])][2:5]
    ['x', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'vi']
    """
    quad_columns: Columns = ([], [], [], [], [], [])
    subjects, predicates, objects, datatypes, languages, graphs = quad_columns
    for quad in quads:
        subject, target = quad.subject, quad.object
        subjects.append(_node(subject))
        predicates.append(quad.predicate.value)
        if isinstance(target, ox.Literal):
            objects.append(target.value)
            datatypes.append(target.datatype.value)
            languages.append(target.language)
        else:
            objects.append(_node(target))
            datatypes.append(None)
            languages.append(None)
        graphs.append(getattr(quad.graph_name, "value", ""))
    return quad_columns


def _node(term: object) -> str:
    """Return an IRI without angle brackets, or a blank node as `_:label`."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)
