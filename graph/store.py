"""The store protocol, and its embedded implementation on pyoxigraph.

Other packages depend only on :class:`Store`; the engine is chosen when a store is opened. The default graph
of a query is the union of all named graphs, as on most public endpoints.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from ..errors import QueryError, StoreError
from ..words import message
from .engine_errors import is_damage, query_refusal
from .query_guard import names_graphs, refuse_load, refuse_service
from .query_process import QueryLimitError, QueryProcess
from .store_files import damaged_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..ontology.modules import RdfTerm as RdfTerm
    from .query_process import EngineResult, QueryLimits

Row: TypeAlias = "tuple[RdfTerm | None, ...]"
MAX_OPEN_BRACKETS = 500  # at a time in a query; at 2 500 the engine overflows its stack and dies
_BRACKET = re.compile(r"[()\[\]{}]")
_FILE_FAULTS = (RuntimeError, OSError)  # what the engine raises for files that are missing or damaged
_TABLES_KEPT = 512  # of a site some 23 000 cells; all tables would be 27 times as many
_ERROR_LENGTH = 200  # characters of an engine's error that a message repeats


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT query.

    :param variables: column names without the question mark, in the order of the query
    :param rows: one tuple per solution, with ``None`` for unbound variables; empty without a match
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


class Store(Protocol):
    """The operations of a SPARQL engine that the other packages use."""

    def select(self, query: str) -> Table:
        """Evaluate a SELECT query over the union of all graphs."""

    def texts(self, query: str) -> Iterator[tuple[str, ...]]:
        """Evaluate a SELECT query; rows contain the text of each term, empty for unbound variables."""

    def ask(self, query: str) -> bool:
        """Evaluate an ASK query over the union of all graphs."""

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Evaluate a CONSTRUCT or DESCRIBE query over the union of all graphs."""

    def update(self, request: str) -> None:
        """Execute a SPARQL 1.1 update."""

    def load(self, nquads: bytes) -> None:
        """Add N-Quads; linear in their number."""

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph, or of all graphs."""

    def dump(self) -> bytes:
        """Return all quads as sorted N-Quads: equal content gives equal bytes."""

    def __len__(self) -> int:
        """Return the number of quads; linear on disk."""


class OxigraphStore:
    r"""The embedded store, in memory or in a folder on disk.

    >>> store = OxigraphStore.in_memory()
    >>> store.load(b"<urn:a> <urn:knows> <urn:b> <urn:g> .\n")
    >>> store.select("SELECT ?who { <urn:a> <urn:knows> ?who }").rows[0][0].value
    'urn:b'
    """

    def __init__(self, engine: ox.Store, folder: Path | None = None) -> None:
        self.engine = engine
        self.folder = folder  # None in memory
        self.lease: object = None  # what keeps the files of the store, as long as it is open
        self.process: QueryProcess | None = None  # evaluates the queries, if they have limits

    @classmethod
    def in_memory(cls) -> OxigraphStore:
        """Open an empty store in memory."""
        return cls(ox.Store())

    @classmethod
    def copied_to_memory(cls, store: Store) -> Store:
        """Copy a store on disk to memory, where queries take about a fifth of the time.

        Worthwhile before some fifty queries: it takes about 8 µs and 0.4 kB per quad.

        :returns: the store itself if it is in memory already, or on a server
        """
        if not isinstance(store, OxigraphStore) or store.folder is None:
            return store
        copy = cls.in_memory()
        copy.load(store.engine.dump(format=ox.RdfFormat.N_QUADS) or b"")
        return copy

    @classmethod
    def create(cls, folder: Path) -> OxigraphStore:
        """Open a folder for writing; it is created if missing.

        :raises StoreError: if the folder cannot be written or contains something else
        """
        try:
            return cls(ox.Store(str(folder)), folder)
        except _FILE_FAULTS as error:
            raise StoreError(folder, _shortened(error)) from error

    @classmethod
    def open(cls, folder: Path) -> OxigraphStore:
        """Open a published folder read-only; about 10 ms for 1 M triples.

        :raises StoreError: if there is no store in the folder, or its files are damaged
        """
        try:
            return cls(ox.Store.read_only(str(folder)), folder)
        except _FILE_FAULTS as error:
            raise StoreError(folder, _shortened(error)) from error

    def limit(self, limits: QueryLimits) -> None:
        """Evaluate queries in a process of their own from now on, which ends at these limits.

        All methods that take a query then raise :class:`~egovkg.graph.query_process.QueryLimitError` at a
        limit. A query takes some 0.1 ms more, the first one 15 ms. A store in memory, which no other process
        can read, stays without limits.
        """
        if self.folder is not None:
            self.process = QueryProcess(self.folder, limits)

    def select(self, query: str) -> Table:
        """Evaluate a SELECT query over the union of all graphs.

        :raises QueryError: if the text is no SELECT query
        """
        result = self._evaluate(query)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError(message(__package__, "query.expected_select"))
        variables = tuple(variable.value for variable in result.variables)
        try:
            return Table(variables, tuple(tuple(solution) for solution in result))
        except (ValueError, *_FILE_FAULTS) as error:  # evaluation continues while rows are read
            raise self._refusal(query, error) from error

    def texts(self, query: str) -> Iterator[tuple[str, ...]]:
        r"""Evaluate a SELECT query; rows contain texts: IRIs, or lexical forms of literals.

        Use it for many rows: it is about twice as fast as :meth:`select`; memory is linear in the answer.

        :returns: one tuple per solution, with an empty text for unbound variables
        :raises QueryError: if the text is no SELECT query

        >>> store = OxigraphStore.in_memory()
        >>> store.load(b'<urn:a> <urn:says> "hi, you"@en <urn:g> .\n')
        >>> list(store.texts("SELECT ?who ?what ?why { ?who <urn:says> ?what }"))
        [('urn:a', 'hi, you', '')]
        """
        result = self._evaluate(query)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError(message(__package__, "query.expected_select"))
        try:
            content = result.serialize(format=ox.QueryResultsFormat.CSV) or b""
        except (ValueError, *_FILE_FAULTS) as error:
            raise self._refusal(query, error) from error
        rows = csv.reader(io.StringIO(content.decode(), newline=""))
        next(rows)
        return map(tuple, rows)

    def ask(self, query: str) -> bool:
        """Evaluate an ASK query over the union of all graphs.

        :raises QueryError: if the text is no ASK query
        """
        result = self._evaluate(query)
        if not isinstance(result, ox.QueryBoolean):
            raise QueryError(message(__package__, "query.expected_ask"))
        return bool(result)

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Evaluate a CONSTRUCT or DESCRIBE query over the union of all graphs.

        :raises QueryError: if the text is neither of them
        """
        result = self._evaluate(query)
        if isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
            raise QueryError(message(__package__, "query.expected_construct"))
        return iter(result)

    def update(self, request: str) -> None:
        """Execute a SPARQL 1.1 update.

        :raises QueryError: if the text is no update, would load from another server, or the store is
            read-only
        """
        refuse_load(request)
        try:
            self.engine.update(request)
        except (SyntaxError, ValueError, *_FILE_FAULTS) as error:
            raise self._refusal(request, error) from error

    def load(self, nquads: bytes) -> None:
        """Add N-Quads through the bulk loader, 4 to 12 times as fast as adding quads one by one."""
        if nquads:
            self.engine.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph, or of all graphs."""
        name = ox.NamedNode(graph) if graph is not None else None
        return iter(self.engine.quads_for_pattern(None, None, None, name))

    def dump(self) -> bytes:
        """Return all quads as sorted N-Quads; memory linear in their number."""
        text = self.engine.dump(format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(text.splitlines(keepends=True)))

    def __len__(self) -> int:
        """Count the quads."""
        return len(self.engine)

    def _evaluate(self, query: str) -> EngineResult:
        if _is_deeply_nested(query):
            raise QueryError(message(__package__, "query.too_deep", limit=MAX_OPEN_BRACKETS))
        refuse_service(query)
        try:
            engine = self.process or self.engine
            return engine.query(query, use_default_graph_as_union=not names_graphs(query))
        except QueryLimitError as error:
            raise self._damage() or error from error
        except (SyntaxError, ValueError, *_FILE_FAULTS) as error:
            raise self._refusal(query, error) from error

    def _damage(self) -> StoreError | None:
        """Compare the files with their record: reading a damaged one, the engine takes all time or memory."""
        name = damaged_file(self.folder.parent, is_thorough=True) if self.folder else None
        if name is None or self.folder is None:
            return None
        return StoreError(self.folder.parent, message(__package__, "publish.damaged_graph", reason=name))

    def _refusal(self, text: str, error: Exception) -> QueryError | StoreError:
        """Convert an error of the engine: `StoreError` for damaged files, else `QueryError`."""
        if self.folder and is_damage(error):
            return StoreError(self.folder, message(__package__, "store.damaged", reason=_shortened(error)))
        return query_refusal(text, error)


class UnchangingStore(OxigraphStore):
    """A store for many queries that nobody writes to any more: it keeps the tables of the latest queries."""

    def __init__(self, engine: ox.Store, folder: Path | None = None) -> None:
        super().__init__(engine, folder)
        self._table = lru_cache(maxsize=_TABLES_KEPT)(super().select)

    def select(self, query: str) -> Table:
        """Evaluate a SELECT query, or return its table again."""
        return self._table(query)


def _shortened(error: Exception) -> str:
    return shorten(str(error), _ERROR_LENGTH, placeholder=" …")


def _is_deeply_nested(query: str) -> bool:
    depth = 0
    for bracket in _BRACKET.finditer(query):
        depth += 1 if bracket[0] in "([{" else -1
        if depth > MAX_OPEN_BRACKETS:
            return True
    return False
