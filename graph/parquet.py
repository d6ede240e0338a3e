"""Quads as Parquet, through pyarrow, which is not installed unless it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import ExportError
from .export import PART

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any, TypeAlias

    Columns: TypeAlias = tuple[list[str], list[str], list[str], list[str | None], list[str | None], list[str]]

COLUMNS = ("subject", "predicate", "object", "datatype", "language", "graph")
GROUP = 100_000  # quads a row group
HINT = (
    'Parquet needs pyarrow, which is not installed — pip install "egovkg[parquet]"; --as nquads needs nothing'
)


class ParquetFiles:
    """Writes a Parquet file for each million quads of a partition.

    Columns are strings: an object is an address where `datatype` is null, else the text of a literal;
    `language` is null but for texts in a language. The same quads give the same bytes with the same pyarrow.

    :raises ExportError: if pyarrow is not installed
    """

    def __init__(self, folder: Path) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise ExportError(HINT) from error
        self.pa, self.pq, self.folder = pa, pq, folder
        nullable = {"datatype", "language"}
        self.schema = pa.schema([pa.field(name, pa.string(), name in nullable) for name in COLUMNS])
        self.waiting: dict[str, list[Any]] = {}  # partition -> tables that do not fill a row group yet
        self.writers: dict[str, Any] = {}
        self.rows: dict[str, int] = {}
        self.files: list[str] = []

    def add(self, partition: str, quads: Sequence[ox.Quad]) -> None:
        """Take quads of one partition."""
        arrays = [self.pa.array(column, self.pa.string()) for column in columns(quads)]
        waiting = self.waiting.setdefault(partition, [])
        waiting.append(self.pa.Table.from_arrays(arrays, schema=self.schema))
        if sum(table.num_rows for table in waiting) >= GROUP:
            table = self.pa.concat_tables(waiting)
            whole = table.num_rows - table.num_rows % GROUP
            for start in range(0, whole, GROUP):
                self._write(partition, table.slice(start, GROUP))
            self.waiting[partition] = [table.slice(whole)]

    def close(self) -> tuple[str, ...]:
        """Finish all files."""
        for partition, waiting in self.waiting.items():
            table = self.pa.concat_tables(waiting)
            if table.num_rows:
                self._write(partition, table)
            if partition in self.writers:
                self.writers.pop(partition).close()
        return tuple(self.files)

    def _write(self, partition: str, table: Any) -> None:  # noqa: ANN401  # pyarrow states no types
        """Write one row group, the first of a file where the last file is full."""
        rows = self.rows.get(partition, 0)
        if partition not in self.writers:
            path = self.folder / partition / f"part-{rows // PART:05}.parquet"
            path.parent.mkdir(exist_ok=True)
            self.writers[partition] = self.pq.ParquetWriter(path, self.schema, compression="zstd")
            self.files.append(path.relative_to(self.folder).as_posix())
        self.writers[partition].write_table(table.combine_chunks(), row_group_size=GROUP)
        self.rows[partition] = rows + table.num_rows
        if self.rows[partition] % PART == 0:
            self.writers.pop(partition).close()


def columns(quads: Sequence[ox.Quad]) -> Columns:
    """Lay quads out as columns, in the order of :data:`COLUMNS`.

    >>> quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x", language="vi"))
    >>> [column[0] for column in columns([quad])][2:5]
    ['x', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'vi']
    """
    made: Columns = ([], [], [], [], [], [])
    subjects, predicates, objects, datatypes, languages, graphs = made
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
    return made


def _node(term: object) -> str:
    """Write an address as it is, a blank node with its sign."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)
