"""What the statuses of an endpoint mean, each with what to do about it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

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

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LATE = re.compile(r"time[sd]?[ -]?out|time limit|S1T00|exceeds the limit", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PLACE = re.compile(r"^line (\d+), column (\d+): ")
_SHOWN = 200


def is_page(kind: str, body: bytes) -> bool:
    """Tell whether an answer is a page for people.

    >>> is_page("text/html", b""), is_page("", b"<!DOCTYPE html><html>"), is_page("text/csv", b"x")
    (True, True, False)
    """
    return kind in {"text/html", "application/xhtml+xml"} or _HTML.match(body[:512]) is not None


def excerpt(body: bytes) -> str:
    r"""Give the first words of an answer in one harmless line.

    >>> excerpt(b"<h1>Not found</h1>\n<p>Nothing</p>")
    'Not found Nothing'
    """
    text = _TAG.sub(" ", body[:4096].decode("utf-8", errors="replace"))
    line = " ".join(_ODD.sub(" ", text).split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def _said(body: bytes) -> str:
    """Give the words of a refusal: of JSON of `egovkg serve` the message, its place as engines write it.

    >>> _said(b'{"error": "syntax", "message": "line 2, column 7: not understood", "line": 2, "column": 7}')
    'error at 2:7: not understood'
    """
    try:
        told = json.loads(body[:4096])
    except (ValueError, RecursionError):
        return excerpt(body)
    if not isinstance(told, dict) or not isinstance(told.get("message"), str):
        return excerpt(body)
    return excerpt(_PLACE.sub(r"error at \1:\2: ", told["message"], count=1).encode())


def refuse(status: int, headers: Mapping[str, str], body: bytes, url: str) -> NoReturn:
    """Turn a bad status into the error it stands for.

    :raises QueryError: for a text that the endpoint refuses (400)
    :raises EndpointError: one of its kinds for any other status
    """
    said = _said(body)
    tail = f": {said}" if said else ""
    if status in {408, 504} or (status >= 500 and _LATE.search(said)):
        raise TimeLimitError(url)
    if status == 400:
        if is_page(headers.get("content-type", "").partition(";")[0], body):
            raise NotSparqlError(url, f"status 400{tail}")
        raise QueryError(f"{url} refuses the query{tail}")
    if status in {401, 403}:
        raise AccessError(url, f"access refused (status {status})")
    if status in {404, 405, 410, 501}:
        raise NotSparqlError(url, f"nothing that answers SPARQL is there (status {status})")
    if status in {406, 415}:
        raise MediaTypeError(url, f"it does not offer the media type that is needed (status {status})")
    if status == 413:
        raise TooLargeError(url, f"status {status}{tail}")
    if status == 507:
        raise TooLargeError(url, f"status {status}{tail}", costly=True)
    if status in {429, 503}:
        raise BusyError(url, f"status {status}{tail}")
    raise EndpointError(url, f"status {status}{tail} — try again later, or ask who runs it")
