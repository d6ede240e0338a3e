"""What the parser of HTTP stops at: an unknown method, another protocol, or no request at all."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import httptools

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSIONS = frozenset(("1.0", "1.1"))
_VERSION_FAULTS = ("Invalid HTTP version", "Pause on PRI/Upgrade")  # texts of the parser; PRI opens HTTP/2
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_METHOD = re.compile(rb"(?:\A|\n)(" + _TOKEN + rb") \S+ HTTP/")  # of a request line
_FIRST_BYTES = re.compile(_TOKEN)


def reason_of_fault(error: BaseException | None, data: bytes) -> str:
    r"""Return the reason why data are refused: a key of :data:`~egovkg.service.contract.refusals.REASONS`.

    :param error: of the parser
    :param data: what it got last; the line at fault, or the part of it that came, is in it

    >>> fault = httptools.HttpParserInvalidMethodError()
    >>> reason_of_fault(fault, b"BREW / HTTP/1.1\r\n"), reason_of_fault(fault, b"\x16\x03\x01")
    ('method-unknown', 'not-http')
    >>> reason_of_fault(httptools.HttpParserError("Invalid HTTP version"), b"GET / HTTP/3.7\r\n")
    'http-version'
    """
    if isinstance(error, httptools.HttpParserInvalidMethodError):
        is_token = _FIRST_BYTES.fullmatch(data) is not None  # the rest of the line has not come yet
        return "method-unknown" if is_token or _names_unknown_method(data) else "not-http"
    return "http-version" if str(error) in _VERSION_FAULTS else "not-http"


def plain_head(
    parser: httptools.HttpRequestParser, target: bytes, fields: Iterable[tuple[bytes, bytes]]
) -> bytes:
    """Return the head of a request without its offer to go on in another protocol (`Upgrade`).

    :param parser: which has just read the head
    """
    line = b"%b %b HTTP/%b" % (parser.get_method(), target, parser.get_http_version().encode())
    kept = (name + b": " + value for name, value in fields if name != b"upgrade")
    return b"\r\n".join((line, *kept, b"\r\n"))


def _names_unknown_method(data: bytes) -> bool:
    """Tell whether a request line in the data has a method that the parser does not know."""
    return not all(_is_known(match[1]) for match in _METHOD.finditer(data))


def _is_known(method: bytes) -> bool:
    try:
        httptools.HttpRequestParser(SimpleNamespace()).feed_data(method + b" ")
    except httptools.HttpParserInvalidMethodError:
        return False
    return True
