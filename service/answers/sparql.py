"""Evaluation of a query in a worker: the complete answer or a refusal."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox

from ...graph.engine_errors import is_damage, syntax_fault
from ...graph.names import PREFIXES
from ..contract.media_types import GRAPH_FORMATS, RESULT_FORMATS
from ..contract.messages import Reply
from ..contract.refusals import ServiceError
from .query_check import BASE
from .xml_answers import require_writable_predicates, xml_checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.store import OxigraphStore
    from ..contract.messages import Job
    from ..contract.settings import Limits

_REFUSALS = (ValueError, RuntimeError, PermissionError)  # the last when the sandbox bars what a query tries
_FAULT_LENGTH = 300  # characters of the engine's message
_ID_PREFIX = "id"  # its names would need escapes


def answer(store: OxigraphStore, job: Job, limits: Limits) -> Reply:
    """Answer a query in the media type requested by the job.

    :raises ServiceError: 400 with line and column for a syntax error, 413 for an answer above a limit, 406
        for one that XML cannot hold
    :raises OSError: if a file of the store is damaged
    """
    media_type = str(job.parameters["media_type"])
    result = _evaluate(store, job)
    try:
        if isinstance(result, ox.QueryTriples):
            body = _write_triples(result, media_type, limits)
        else:
            body = _write_solutions(result, media_type, limits, job.parameters.get("row_limit"))
    except _REFUSALS as error:  # the engine finds some faults while it makes the rows
        raise _refusal(error) from error
    return Reply(200, media_type, body)


def _evaluate(store: OxigraphStore, job: Job) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Start a query on the graphs that the request names, else those the query names, else on all."""
    default_graphs = _graph_names(job.parameters.get("default_graphs"))
    named_graphs = _graph_names(job.parameters.get("named_graphs"))
    try:
        if default_graphs or named_graphs:
            return store.engine.query(
                job.query, base_iri=BASE, default_graph=[*default_graphs], named_graphs=[*named_graphs]
            )
        is_union = not job.parameters.get("names_graphs")
        return store.engine.query(job.query, base_iri=BASE, use_default_graph_as_union=is_union)
    except SyntaxError as error:
        raise _syntax_refusal(error, job.query) from error
    except _REFUSALS as error:
        raise _refusal(error) from error


def _refusal(error: Exception) -> Exception:
    """Convert an error of the engine: `OSError` for a damaged store, else the refusal of the query."""
    return OSError(str(error)) if is_damage(error) else ServiceError("query-refused", fault=_one_line(error))


def _graph_names(names: object) -> list[ox.NamedNode]:
    if not isinstance(names, list):
        return []
    try:
        return [ox.NamedNode(urljoin(BASE, str(name))) for name in names]
    except ValueError as error:
        raise ServiceError("bad-graph-address", fault=_one_line(error)) from error


def _syntax_refusal(error: SyntaxError, query: str) -> ServiceError:
    """Build the refusal of a syntax error, with its place and the text there."""
    fault = syntax_fault(query, error)
    if fault is None:
        return ServiceError("syntax", fault=_one_line(error))
    return ServiceError("syntax", fault=fault.text, line=fault.line, column=fault.column)


def _one_line(error: Exception) -> str:
    text = str(error.msg) if isinstance(error, SyntaxError) else str(error)
    return " ".join(text.split())[:_FAULT_LENGTH]


class _LimitedBuffer:
    """A writable file in memory that raises an error when the answer exceeds the size limit."""

    def __init__(self, limit: int) -> None:
        self.chunks: list[bytes] = []
        self.limit = limit
        self.size = 0

    def write(self, chunk: bytes) -> int:
        """Append a chunk.

        :raises ServiceError: 413 above the limit
        """
        self.size += len(chunk)
        if self.size > self.limit:
            raise ServiceError("answer-too-many-bytes", limit=self.limit)
        self.chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: the engine expects the method of a file."""


def _write_solutions(
    result: ox.QuerySolutions | ox.QueryBoolean, media_type: str, limits: Limits, row_limit: object
) -> bytes:
    """Write a complete result table; rows are counted unless the query has a sufficient LIMIT.

    :param row_limit: the number in the query's own LIMIT; ``None`` without one
    """
    buffer = _LimitedBuffer(limits.answer_bytes)
    result.serialize(buffer, format=RESULT_FORMATS[media_type])  # type: ignore[arg-type]  # it calls `write` only
    body = xml_checked(b"".join(buffer.chunks), media_type)
    if isinstance(result, ox.QueryBoolean) or (isinstance(row_limit, int) and row_limit <= limits.rows):
        return body
    if row_count(body, media_type, limits.rows) > limits.rows:
        raise ServiceError("answer-too-many-rows", limit=limits.rows)
    return body


def row_count(body: bytes, media_type: str, limit: int) -> int:
    r"""Count the rows of a serialised table: by its separators, and exactly if that exceeds the limit.

    The first count includes separators inside texts, so it is never too low.

    >>> row_count(b"x\r\na\r\nb\r\n", "text/csv", 10)
    2
    """
    if media_type.endswith("+xml"):
        return body.count(b"<result>")  # it is escaped inside a text
    if media_type == "text/tab-separated-values":
        return max(0, body.count(b"\n") - 1)  # line ends are escaped as well
    if media_type == "text/csv":
        rows = max(0, body.count(b"\r\n") - 1)
        return rows if rows <= limit else sum(1 for _ in csv.reader(io.StringIO(body.decode()))) - 1
    rows = body.count(b"},{") + 1
    return rows if rows <= limit else len(json.loads(body)["results"]["bindings"])


def _write_triples(result: ox.QueryTriples, media_type: str, limits: Limits) -> bytes:
    """Write each triple once: the engine returns a triple twice if two graphs contain it."""
    triples: dict[ox.Triple, None] = {}
    for triple in result:
        triples[triple] = None
        if len(triples) > limits.rows:
            raise ServiceError("answer-too-many-triples", limit=limits.rows)
    body = graph_bytes(list(triples), media_type)
    if len(body) > limits.answer_bytes:
        raise ServiceError("answer-too-many-bytes", limit=limits.answer_bytes)
    return body


def graph_bytes(triples: Sequence[ox.Triple], media_type: str) -> bytes:
    """Serialise triples in a media type.

    :raises ServiceError: 406 if XML cannot hold one of them
    """
    prefixes = None
    if media_type == "application/rdf+xml":
        require_writable_predicates(triples)
    if media_type in {"text/turtle", "application/rdf+xml"}:
        prefixes = {name: start for name, start in PREFIXES.items() if name != _ID_PREFIX}
    body = ox.serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=prefixes) or b""
    return xml_checked(body, media_type)
