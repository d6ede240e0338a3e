"""Evaluating a query in a worker: the whole answer, or a typed refusal."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox

from ...errors import ServiceError
from ..contract.media_types import GRAPHS, RESULTS
from ..contract.messages import Reply
from .query_check import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.store import OxigraphStore
    from ..contract.messages import Job
    from ..contract.settings import Limits

_PLACE = re.compile(r"error at (\d+):(\d+)")
_SHOWN = 40  # letters of the query
_LONGEST = 300  # letters of what the engine says


def answer(store: OxigraphStore, job: Job, limits: Limits) -> Reply:
    """Answer a query in the media type that the job names.

    :raises ServiceError: 400 with line and column, 413 for what is above a limit
    """
    kind = str(job.about["kind"])
    result = _evaluate(store, job)
    try:
        if isinstance(result, ox.QueryTriples):
            body = _triples(result, kind, limits)
        else:
            body = _solutions(result, kind, limits, job.about.get("most"))
    except (ValueError, RuntimeError) as error:  # found while the rows are made
        raise ServiceError(400, "query", _short(error)) from error
    return Reply(200, kind, body)


def _evaluate(store: OxigraphStore, job: Job) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Start a query: on the graphs of the request, else on those of the query, else on all."""
    default, named = _nodes(job.about.get("default")), _nodes(job.about.get("named"))
    try:
        if default or named:
            graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*default]
            return store.engine.query(job.text, base_iri=BASE, default_graph=graphs, named_graphs=[*named])
        union = not job.about.get("own")
        return store.engine.query(job.text, base_iri=BASE, use_default_graph_as_union=union)
    except SyntaxError as error:
        raise _syntax(error, job.text) from error
    except (ValueError, RuntimeError) as error:
        raise ServiceError(400, "query", _short(error)) from error


def _nodes(names: object) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(urljoin(BASE, str(name))) for name in names] if isinstance(names, list) else []
    except ValueError as error:
        what = "default-graph-uri and named-graph-uri take addresses"
        raise ServiceError(400, "graph", f"{_short(error)} — {what}") from error


def _syntax(error: SyntaxError, query: str) -> ServiceError:
    """Say where a query is not understood, and what stands there."""
    text = " ".join(str(error.msg).split())
    place = _PLACE.match(text)
    if place is None:
        return ServiceError(400, "syntax", _short(error))
    line, column = int(place[1]), int(place[2])
    rest = query.split("\n")[line - 1 :]
    there = rest[0][column - 1 :][:_SHOWN].strip() if rest else ""
    what = f'not understood: "{there}"' if there or len(rest) > 1 else "the query ends too early"
    if "Prefix not found" in text:
        what += " — a prefix before it is not declared"
    message = f"line {line}, column {column}: {what}"
    return ServiceError(400, "syntax", message, line=line, column=column)


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:_LONGEST]


class _Capped:
    """Takes an answer until it is too large."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.left = self.most = most

    def write(self, part: bytes) -> int:
        """Take a part."""
        self.left -= len(part)
        if self.left < 0:
            raise too_large("bytes", self.most)
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Hold nothing back."""


def too_large(what: str, most: int) -> ServiceError:
    """Refuse an answer above a limit: whole or not at all."""
    fix = "ask for less, or for a part with LIMIT and OFFSET"
    return ServiceError(413, "too-large", f"the answer has more than {most} {what} — {fix}", limit=most)


def _solutions(result: ox.QuerySolutions | ox.QueryBoolean, kind: str, limits: Limits, most: object) -> bytes:
    """Write a table whole; its rows are counted unless the query itself bounds them."""
    out = _Capped(limits.answer_bytes)
    result.serialize(out, format=RESULTS[kind])  # type: ignore[arg-type]  # it asks for `write` only
    body = b"".join(out.parts)
    if isinstance(result, ox.QueryBoolean) or (isinstance(most, int) and most <= limits.rows):
        return body
    if rows_of(body, kind, limits.rows) > limits.rows:
        raise too_large("rows", limits.rows)
    return body


def rows_of(body: bytes, kind: str, enough: int) -> int:
    r"""Count the rows of a written answer: from signs between rows, and exactly when there are too many.

    A sign within a text may be counted as well; so the quick count is never less than the true one.

    >>> rows_of(b"x\r\na\r\nb\r\n", "text/csv", 10)
    2
    """
    if kind.endswith("+xml"):
        return body.count(b"<result>")  # within a text the sign is escaped
    if kind == "text/tab-separated-values":
        return max(0, body.count(b"\n") - 1)  # as line ends are
    if kind == "text/csv":
        rows = max(0, body.count(b"\r\n") - 1)
        return rows if rows <= enough else sum(1 for _ in csv.reader(io.StringIO(body.decode()))) - 1
    rows = body.count(b"},{") + 1
    return rows if rows <= enough else len(json.loads(body)["results"]["bindings"])


def _triples(result: ox.QueryTriples, kind: str, limits: Limits) -> bytes:
    """Write each triple once: a triple that stands in two graphs comes twice from the engine."""
    found: dict[ox.Triple, None] = {}
    for triple in result:
        found[triple] = None
        if len(found) > limits.rows:
            raise too_large("triples", limits.rows)
    return graph_bytes(list(found), kind, limits)


def graph_bytes(triples: Sequence[ox.Triple], kind: str, limits: Limits | None = None) -> bytes:
    """Write triples in a media type."""
    from ...graph.names import PREFIXES

    prefixes = {name: start for name, start in PREFIXES.items() if name != "id"}  # those would need escapes
    with_names = kind in {"text/turtle", "application/rdf+xml"}
    body = ox.serialize(triples, format=GRAPHS[kind], prefixes=prefixes if with_names else None) or b""
    if limits and len(body) > limits.answer_bytes:
        raise too_large("bytes", limits.answer_bytes)
    return body
