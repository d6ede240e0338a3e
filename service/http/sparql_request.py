"""The requests of the SPARQL 1.1 Protocol: extraction of the query, its data set and its media type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote_plus

from starlette.requests import ClientDisconnect

from ..answers.parameters import LANG, unknown_parameter
from ..answers.query_check import check_query
from ..contract.media_types import GRAPH_FORMATS, RESULT_FORMATS, chosen_media_type
from ..contract.messages import Job
from ..contract.refusals import ServiceError
from .large_bodies import parsed
from .responses import header

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from starlette.requests import Request

    from ...queries.facts.values import Json
    from ..answers.query_check import CheckedQuery
    from ..contract.settings import Limits

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
_PARAMETER_LIMIT = 100
_QUERY_PARAMETERS = ("query", "default-graph-uri", "named-graph-uri", "format")
_PARAMETERS = frozenset((*_QUERY_PARAMETERS, "update"))
_NAME_BYTES = 3 * max(map(len, _PARAMETERS))  # of the longest of them, if every character is encoded
_GRAPH_STORE = frozenset(("graph", "default"))  # parameters of the Graph Store Protocol
_TABLE_FORMS = frozenset(("SELECT", "ASK"))


@dataclass(frozen=True)
class SparqlRequest:
    """A request of the SPARQL 1.1 Protocol.

    :param query: ``None`` if the request has none: then the service description is sent
    :param default_graphs: IRIs of the graphs that form the default graph; empty to use those of the query
    :param named_graphs: IRIs of the named graphs
    :param form: format that the parameter `format` names; empty to use the Accept header
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: str = ""


@dataclass(frozen=True)
class SparqlJob:
    """A checked request, ready for a worker.

    :param media_type: media type of the answer
    :param is_volatile: whether repeating the query can give a different answer, so that there is no ETag
    """

    job: Job
    media_type: str
    is_volatile: bool


async def read_request(request: Request, limits: Limits) -> SparqlRequest:
    """Read the query from a GET, or from the body of a POST.

    :raises ServiceError: 400, 413 or 415
    """
    if request.method != "POST":
        query_string = request.scope["query_string"]
        pairs = await parsed(len(query_string), parameter_pairs, query_string)
        _check_language(pairs)
        return _sparql_request(pairs, limits)
    media_type, _, parameters = header(request, "content-type").lower().partition(";")
    body = await read_body(request, limits.body_bytes)
    media_type = media_type.strip()
    if media_type == UPDATE:
        raise ServiceError("read-only")
    if media_type == FORM:
        return _sparql_request(await parsed(len(body), parameter_pairs, body, _PARAMETERS), limits)
    if media_type != DIRECT:
        raise ServiceError("unsupported-media-type", form=FORM, direct=DIRECT)
    if "charset" in parameters and "utf-8" not in parameters:
        raise ServiceError("charset")
    address_pairs = parameter_pairs(request.scope["query_string"])
    graphs = [pair for pair in address_pairs if pair[0] != "query"]
    return _sparql_request([*graphs, ("query", _decoded(body))], limits)


async def read_body(request: Request, limit: int) -> bytes:
    """Read the body of a request.

    :raises ServiceError: 413 as soon as it exceeds the limit, 400 if the client leaves
    """
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise ServiceError("body-too-large", limit=limit)
            chunks.append(chunk)
    except ClientDisconnect:
        raise ServiceError("client-left") from None
    return b"".join(chunks)


def parameter_pairs(data: bytes, names: Container[str] = ()) -> list[tuple[str, str]]:
    """Read the names and values of a form or of an address.

    :param names: parameters to read, others are skipped; without any, all are read
    :raises ServiceError: 400 if they are not UTF-8, or too many

    >>> parameter_pairs(b"query=ASK+%7B%7D&x=")
    [('query', 'ASK {}'), ('x', '')]
    >>> parameter_pairs(b"x=%20%20&query=ASK+%7B%7D", {"query"})
    [('query', 'ASK {}')]
    """
    if names:
        data = b"&".join(field for field in data.split(b"&") if _name_of(field) in names)
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_PARAMETER_LIMIT)
    except UnicodeDecodeError as error:
        raise ServiceError("parameters-not-utf8") from error
    except ValueError as error:
        raise ServiceError("too-many-parameters", limit=_PARAMETER_LIMIT) from error


def _name_of(field: bytes) -> str:
    name = field.partition(b"=")[0][:_NAME_BYTES]
    return unquote_plus(name.decode("latin-1"))


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ServiceError("body-not-utf8", byte=error.start) from error


def _sparql_request(pairs: Sequence[tuple[str, str]], limits: Limits) -> SparqlRequest:
    queries = [value.removeprefix("\ufeff") for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise ServiceError("read-only")
    if len(queries) > 1:
        raise ServiceError("query-twice", parameter="query")
    if not queries:
        if parameter := next((name for name, _ in pairs if name in _GRAPH_STORE), ""):
            # Its client would take any answer for a graph.
            raise ServiceError("graph-store", parameter=parameter)
        _check_names(pairs, "/sparql", (*_QUERY_PARAMETERS, LANG.name))
        return SparqlRequest(None, form=named_form(pairs))
    if len(queries[0].encode("utf-8", "replace")) > limits.query_bytes:
        raise ServiceError("query-too-large", limit=limits.query_bytes)
    graphs = _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri")
    return SparqlRequest(queries[0], *graphs, named_form(pairs))


def check_parameters(request: Request, *names: str) -> None:
    """Refuse a parameter in the address of a request that it does not have, or a language without messages.

    :raises ServiceError: 400, naming the parameter
    """
    pairs = parameter_pairs(request.scope["query_string"])
    _check_names(pairs, request.scope["path"], names)
    _check_language(pairs)


def _check_names(pairs: Sequence[tuple[str, str]], address: str, names: Sequence[str]) -> None:
    for name, _ in pairs:
        if name not in names:
            raise unknown_parameter(address, name, names)


def _check_language(pairs: Sequence[tuple[str, str]]) -> None:
    for name, value in pairs:
        if name == LANG.name:
            LANG.check(value)


def named_form(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the value of the parameter `format`; empty when there is none."""
    return next((value for name, value in pairs if name == "format"), "")


def requested_media_type(request: Request, offered: Sequence[str]) -> str:
    """Choose the media type of an answer by the parameter `format`, else by the Accept header.

    :raises ServiceError: 406 when none of them is offered
    """
    form = named_form(parameter_pairs(request.scope["query_string"]))
    return chosen_media_type(form, header(request, "accept"), offered)


def _values(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == name and value)


def sparql_job(request: SparqlRequest, accept: str, lang: str, limits: Limits) -> SparqlJob:
    """Check the query of a request, and choose the media type of the answer.

    An unknown graph, named in the query or the request, counts as empty; no graph is fetched from elsewhere.

    :param lang: language of refusals
    :raises ServiceError: 400 or 406
    """
    query = request.query or ""
    checked = check_query(query, limits)
    formats = RESULT_FORMATS if checked.form in _TABLE_FORMS else GRAPH_FORMATS
    media_type = chosen_media_type(request.form, accept, list(formats))
    job = Job("sparql", _job_parameters(request, checked, media_type), query, lang)
    return SparqlJob(job, media_type, checked.is_volatile)


def _job_parameters(request: SparqlRequest, checked: CheckedQuery, media_type: str) -> dict[str, Json]:
    parameters: dict[str, Json] = {"media_type": media_type, "row_limit": checked.row_limit}
    if request.default_graphs or request.named_graphs:
        parameters["default_graphs"] = [*request.default_graphs]
        parameters["named_graphs"] = [*request.named_graphs]
    elif checked.graphs:
        parameters["names_graphs"] = True
    return parameters
