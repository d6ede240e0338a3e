"""The SPARQL 1.1 Protocol, the reading half: from a request to a query, its data set, its media type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ...errors import ServiceError
from ..answers.query_check import check
from ..contract.media_types import GRAPHS, RESULTS, chosen
from ..contract.messages import Job
from .reply import header

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

    from ...queries.facts.values import Json
    from ..answers.query_check import Checked
    from ..contract.settings import Limits

FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_MOST_FIELDS = 100
_READ_ONLY = ServiceError(400, "read-only", "this service answers queries; it takes no updates")


@dataclass(frozen=True)
class Asked:
    """A request of the protocol.

    :param query: ``None`` where none was sent, and the service describes itself
    :param default: addresses of the graphs that make the default graph; empty for what the query says
    :param named: addresses of the named graphs
    """

    query: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ready:
    """A request that a worker can do.

    :param kind: media type of the answer
    :param changing: whether it may give another answer next time, and so has no name
    """

    job: Job
    kind: str
    changing: bool


async def read_request(scope: Scope, receive: Receive, limits: Limits) -> Asked:
    """Read a request, whatever way it came.

    :raises ServiceError: 400, 405, 413 or 415
    """
    method = scope["method"]
    if method in {"GET", "HEAD"}:
        return _asked(fields(scope["query_string"]), limits)
    if method != "POST":
        raise ServiceError(405, "method", "GET or POST a query")
    kind, _, parameters = header(scope, b"content-type").lower().partition(";")
    kind = kind.strip()
    body = await read_body(receive, 4 * limits.query_bytes)
    if kind == UPDATE:
        raise _READ_ONLY
    if kind == FORM:
        return _asked(fields(body), limits)
    if kind != DIRECT:
        raise ServiceError(415, "media-type", f"POST a query as {FORM} or as {DIRECT}")
    if "charset" in parameters and "utf-8" not in parameters:
        raise ServiceError(400, "charset", "a query is UTF-8")
    given = [pair for pair in fields(scope["query_string"]) if pair[0] != "query"]
    return _asked([*given, ("query", decoded(body))], limits)


async def read_body(receive: Receive, most: int) -> bytes:
    """Read the body of a request.

    :raises ServiceError: 413 if it is too large
    """
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ServiceError(400, "gone", "the client went away")
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise ServiceError(413, "too-large", f"the body of the request has more than {most} bytes")
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def fields(data: bytes) -> list[tuple[str, str]]:
    """Read names and values of a form or of an address.

    :raises ServiceError: 400 if they are not UTF-8, or too many

    >>> fields(b"query=ASK+%7B%7D&x=")
    [('query', 'ASK {}'), ('x', '')]
    """
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise ServiceError(400, "charset", "parameters are percent-encoded UTF-8") from error
    except ValueError as error:
        raise ServiceError(400, "parameter", f"more than {_MOST_FIELDS} parameters") from error


def decoded(body: bytes) -> str:
    """Read a query as UTF-8.

    :raises ServiceError: 400 if it is not
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ServiceError(400, "charset", f"byte {error.start} is not UTF-8") from error


def _asked(given: list[tuple[str, str]], limits: Limits) -> Asked:
    queries = [value.removeprefix("\ufeff") for name, value in given if name == "query"]
    if any(name == "update" for name, _ in given):
        raise _READ_ONLY
    if len(queries) > 1:
        raise ServiceError(400, "parameter", "more than one query", parameter="query")
    if not queries:
        return Asked(None)
    if len(queries[0].encode("utf-8", "replace")) > limits.query_bytes:
        raise ServiceError(413, "too-large", f"the query has more than {limits.query_bytes} bytes")
    default = tuple(value for name, value in given if name == "default-graph-uri" and value)
    named = tuple(value for name, value in given if name == "named-graph-uri" and value)
    return Asked(queries[0], default, named)


def ready(asked: Asked, accept: str, limits: Limits) -> Ready:
    """Let a query through the gate, and settle the media type.

    A graph that there is not is an empty one, whether the query or the request names it; none is fetched.

    :raises ServiceError: 400 or 406
    """
    query = asked.query or ""
    checked = check(query, limits)
    kind = chosen(accept, list(RESULTS if checked.form in {"SELECT", "ASK"} else GRAPHS))
    return Ready(Job("sparql", _about(asked, checked, kind), query), kind, checked.changing)


def _about(asked: Asked, checked: Checked, kind: str) -> dict[str, Json]:
    about: dict[str, Json] = {"kind": kind, "most": checked.most}
    if asked.default or asked.named:
        about |= {"default": [*asked.default], "named": [*asked.named]}
    elif checked.graphs:
        about["own"] = True
    return about
