"""The store: one small protocol, and its embedded implementation on pyoxigraph.

Everything above speaks to :class:`Store`; which engine answers is decided in one place.
Queries see the union of all named graphs as their default graph, as on most public endpoints.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from ..errors import QueryError, StoreError
from .query_guard import names_graphs, refuse_load, refuse_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row: TypeAlias = tuple[Term | None, ...]
MAX_OPEN_BRACKETS = (
    500  # brackets open at a time in a query; at 2 500 the engine overflows its stack and dies
)
_BRACKET = re.compile(r"[()\[\]{}]")
_BROKEN = (RuntimeError, OSError)  # what the engine raises for files that are missing or damaged


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT query.

    :param variables: column names without the question mark, in the query's order
    :param rows: one tuple a solution, ``None`` where a variable is unbound; empty when nothing matches
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


class Store(Protocol):
    """What the rest of the program asks of an engine."""

    def select(self, query: str) -> Table:
        """Answer a SELECT query over the union of all graphs."""

    def texts(self, query: str) -> Iterator[tuple[str, ...]]:
        """Answer a SELECT query with the text of each term alone, empty where a variable is unbound."""

    def ask(self, query: str) -> bool:
        """Answer an ASK query over the union of all graphs."""

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query over the union of all graphs."""

    def update(self, request: str) -> None:
        """Carry out a SPARQL 1.1 update."""

    def load(self, nquads: bytes) -> None:
        """Add N-Quads; cost linear in their number."""

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Iterate the quads of one graph, or of all."""

    def dump(self) -> bytes:
        """Return all quads as N-Quads in sorted order: the same content gives the same bytes."""

    def __len__(self) -> int:
        """Count the quads; cost linear on disk."""


class OxigraphStore:
    r"""The embedded store, in memory or in a folder.

    >>> store = OxigraphStore.in_memory()
    >>> store.load(b"<urn:a> <urn:knows> <urn:b> <urn:g> .\n")
    >>> store.select("SELECT ?who { <urn:a> <urn:knows> ?who }").rows[0][0].value
    'urn:b'
    """

    def __init__(self, engine: ox.Store, folder: Path | None = None) -> None:
        self.engine = engine
        self.folder = folder  # None in memory

    @classmethod
    def in_memory(cls) -> OxigraphStore:
        """Open an empty store in memory."""
        return cls(ox.Store())

    @classmethod
    def create(cls, folder: Path) -> OxigraphStore:
        """Open a folder for writing, made if it is missing.

        :raises StoreError: if the folder cannot be written or holds something else
        """
        try:
            return cls(ox.Store(str(folder)), folder)
        except _BROKEN as error:
            raise StoreError(folder, _one_line(error)) from error

    @classmethod
    def open(cls, folder: Path) -> OxigraphStore:
        """Open a published folder for reading only; about 10 ms at 1 M triples.

        :raises StoreError: if there is no store in the folder, or its files are damaged
        """
        try:
            return cls(ox.Store.read_only(str(folder)), folder)
        except _BROKEN as error:
            raise StoreError(folder, _one_line(error)) from error

    def select(self, query: str) -> Table:
        """Answer a SELECT query over the union of all graphs.

        :raises QueryError: if the text is no SELECT query
        """
        result = self._evaluate(query)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("expected a SELECT query")
        variables = tuple(variable.value for variable in result.variables)
        try:
            return Table(variables, tuple(tuple(solution) for solution in result))
        except (ValueError, *_BROKEN) as error:  # found while the rows are made
            raise self._refusal(error) from error

    def texts(self, query: str) -> Iterator[tuple[str, ...]]:
        r"""Answer a SELECT query with the text of each term alone: its address, or what a literal says.

        For scans of many rows, about twice as fast as :meth:`select`; memory linear in the answer.

        :returns: one tuple a solution, with empty text where a variable is unbound
        :raises QueryError: if the text is no SELECT query

        >>> store = OxigraphStore.in_memory()
        >>> store.load(b'<urn:a> <urn:says> "hi, you"@en <urn:g> .\n')
        >>> list(store.texts("SELECT ?who ?what ?why { ?who <urn:says> ?what }"))
        [('urn:a', 'hi, you', '')]
        """
        result = self._evaluate(query)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("expected a SELECT query")
        try:
            content = result.serialize(format=ox.QueryResultsFormat.CSV) or b""
        except (ValueError, *_BROKEN) as error:
            raise self._refusal(error) from error
        rows = csv.reader(io.StringIO(content.decode(), newline=""))
        next(rows)
        return map(tuple, rows)

    def ask(self, query: str) -> bool:
        """Answer an ASK query over the union of all graphs.

        :raises QueryError: if the text is no ASK query
        """
        result = self._evaluate(query)
        if not isinstance(result, ox.QueryBoolean):
            raise QueryError("expected an ASK query")
        return bool(result)

    def construct(self, query: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE query over the union of all graphs.

        :raises QueryError: if the text is neither
        """
        result = self._evaluate(query)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("expected a CONSTRUCT or DESCRIBE query")
        return iter(result)

    def update(self, request: str) -> None:
        """Carry out a SPARQL 1.1 update.

        :raises QueryError: if the text is no update, loads from elsewhere, or the store is read-only
        """
        refuse_load(request)
        try:
            self.engine.update(request)
        except (SyntaxError, ValueError, *_BROKEN) as error:
            raise self._refusal(error) from error

    def load(self, nquads: bytes) -> None:
        """Add N-Quads through the bulk loader, which holds four to twelve times the rate of single adds."""
        if nquads:
            self.engine.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Iterate the quads of one graph, or of all."""
        name = ox.NamedNode(graph) if graph is not None else None
        return iter(self.engine.quads_for_pattern(None, None, None, name))

    def dump(self) -> bytes:
        """Return all quads as sorted N-Quads; memory linear in their number."""
        text = self.engine.dump(format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(text.splitlines(keepends=True)))

    def __len__(self) -> int:
        """Count the quads."""
        return len(self.engine)

    def _evaluate(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if _is_deep(query):
            raise QueryError(f"more than {MAX_OPEN_BRACKETS} brackets are open at a time")
        refuse_service(query)
        try:
            return self.engine.query(query, use_default_graph_as_union=not names_graphs(query))
        except (SyntaxError, ValueError, *_BROKEN) as error:
            raise self._refusal(error) from error

    def _refusal(self, error: Exception) -> QueryError | StoreError:
        """Part what is wrong with a query from what is wrong with the files."""
        if self.folder and "Corruption" in str(error):
            return StoreError(self.folder, f'damaged: {_one_line(error)} — remove it and run "egovkg build"')
        return QueryError(_one_line(error))


def _one_line(error: Exception) -> str:
    return shorten(str(error), 200, placeholder=" …")


def _is_deep(query: str) -> bool:
    depth = 0
    for bracket in _BRACKET.finditer(query):
        depth += 1 if bracket[0] in "([{" else -1
        if depth > MAX_OPEN_BRACKETS:
            return True
    return False
