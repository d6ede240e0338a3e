"""Conversion of HTTP error statuses of an endpoint to exceptions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from ...errors import (
    AccessError,
    BusyError,
    EndpointError,
    MediaTypeError,
    NotSparqlError,
    QueryError,
    TimeLimitError,
    TooLargeError,
)
from ...words import Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Refusal: TypeAlias = "EndpointError | QueryError"

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_TIME_LIMIT = re.compile(r"time[sd]?[ -]?out|time limit|S1T00|exceeds the limit", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXCERPT_LENGTH = 200


def is_page(kind: str, body: bytes) -> bool:
    """Tell whether a response is an HTML page rather than a SPARQL result.

    >>> is_page("text/html", b""), is_page("", b"<!DOCTYPE html><html>"), is_page("text/csv", b"x")
    (True, True, False)
    """
    return kind in {"text/html", "application/xhtml+xml"} or _HTML.match(body[:512]) is not None


def excerpt(body: bytes) -> str:
    r"""Return the beginning of a response body on one line, without tags and control characters.

    >>> excerpt(b"<h1>Not found</h1>\n<p>Nothing</p>")
    'Not found Nothing'
    """
    text = _TAG.sub(" ", body[:4096].decode("utf-8", errors="replace"))
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if len(line) <= _EXCERPT_LENGTH else line[:_EXCERPT_LENGTH] + "…"


def _reason(body: bytes) -> str:
    """Return the error text of a response; for JSON of `egovkg serve`, message and line:column.

    >>> _reason(b'{"error": "syntax", "message": "line 2, column 7: not understood", "line": 2, "column": 7}')
    'error at 2:7: not understood'
    """
    try:
        content = json.loads(body[:4096])
    except (ValueError, RecursionError):
        return excerpt(body)
    if not isinstance(content, dict) or not isinstance(content.get("message"), str):
        return excerpt(body)
    line, column, text = content.get("line"), content.get("column"), content["message"]
    if isinstance(line, int) and isinstance(column, int):
        text = f"error at {line}:{column}: {text.partition(': ')[2]}"
    return excerpt(text.encode())


def raise_for_status(status: int, headers: Mapping[str, str], body: bytes, url: str) -> NoReturn:
    """Raise the exception for an HTTP error status.

    :raises QueryError: if the endpoint rejects the query (400)
    :raises EndpointError: a subclass for the cause, for any other status
    """
    reason = _reason(body)
    if status >= 500 and _TIME_LIMIT.search(reason):
        raise TimeLimitError(url)
    if status == 400:
        raise _bad_request(headers, body, url)
    raise _ERRORS.get(status, _other_error)(url, status, _refusal(status, reason))


def _refusal(status: int, reason: str) -> Message:
    return message(__package__, "status_reason" if reason else "status", status=status, reason=reason)


def _bad_request(headers: Mapping[str, str], body: bytes, url: str) -> Refusal:
    reason = _reason(body)
    if is_page(headers.get("content-type", "").partition(";")[0], body):
        return NotSparqlError(url, _refusal(400, reason))
    if found := _PLACE.match(reason):
        line, column = int(found[1]), int(found[2])
        return QueryError(
            message(__package__, "refused_place", url=url, line=line, column=column, reason=found[3])
        )
    return QueryError(message(__package__, "refused_reason" if reason else "refused", url=url, reason=reason))


def _access_refused(url: str, status: int, _: Message) -> Refusal:
    return AccessError(url, message(__package__, "access_refused", status=status))


def _nothing_there(url: str, status: int, _: Message) -> Refusal:
    return NotSparqlError(url, message(__package__, "nothing_there", status=status))


def _media_type_refused(url: str, status: int, _: Message) -> Refusal:
    return MediaTypeError(url, message(__package__, "media_type_refused", status=status))


def _timed_out(url: str, _: int, __: Message) -> Refusal:
    return TimeLimitError(url)


def _too_large(url: str, status: int, refusal: Message) -> Refusal:
    return TooLargeError(url, refusal, costly=status == 507)


def _busy(url: str, _: int, refusal: Message) -> Refusal:
    return BusyError(url, refusal)


def _other_error(url: str, _: int, refusal: Message) -> Refusal:
    return EndpointError(url, message(__package__, "other_status", refusal=refusal))


_ERRORS: Mapping[int, Callable[[str, int, Message], Refusal]] = {
    401: _access_refused,
    403: _access_refused,
    404: _nothing_there,
    405: _nothing_there,
    406: _media_type_refused,
    408: _timed_out,
    410: _nothing_there,
    413: _too_large,
    415: _media_type_refused,
    429: _busy,
    501: _nothing_there,
    503: _busy,
    504: _timed_out,
    507: _too_large,
}
