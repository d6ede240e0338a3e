"""Heads that are refused: what the parser of HTTP stops at, and what breaks a rule or a limit."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import httptools

from ..contract.refusals import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_VERSIONS = frozenset(("1.0", "1.1"))
_VERSION_FAULTS = ("Invalid HTTP version", "Pause on PRI/Upgrade")  # texts of the parser; PRI opens HTTP/2
_OTHER_PROTOCOLS = (b"RTSP", b"ICE")  # the parser reads their heads too, and does not say so
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_METHOD = re.compile(rb"(?:\A|\n)(" + _TOKEN + rb") \S+ HTTP/")  # of a request line
_FIRST_BYTES = re.compile(_TOKEN)
_FIELD_BYTES = 8_192  # of a header field
_PARSED_BYTES = 4_096  # of a field that is parsed in the event loop
_PARSED_FIELDS = frozenset((b"accept", b"accept-language", b"accept-encoding", b"if-none-match"))
_LENGTH_DIGITS = 20  # a longer number is too large, and costs time to read


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


def is_other_protocol(parser: httptools.HttpRequestParser, target: bytes, data: bytes) -> bool:
    """Tell whether a request line names a protocol other than HTTP.

    :param parser: which has just read the head
    :param data: what it got last; of a line that came in several parts, this is not found out
    """
    line = parser.get_method() + b" " + target + b" "
    return line + b"HTTP/" not in data and any(line + name + b"/" in data for name in _OTHER_PROTOCOLS)


def refusal_of_head(
    parser: httptools.HttpRequestParser, headers: Sequence[tuple[bytes, bytes]], body_bytes: int
) -> ServiceError | None:
    """Return why a request is refused, as its head shows; ``None`` if it may be answered.

    :param parser: which has just read the head
    :param body_bytes: limit of the body
    """
    if parser.get_http_version() not in _VERSIONS:
        return ServiceError("http-version")
    if parser.get_method() == b"CONNECT":
        return ServiceError("method-unknown")
    fields = _joined_fields(headers)
    if any(len(name) + len(value) > _longest_field(name) for name, value in fields.items()):
        return ServiceError("head-too-large")
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1 and (hosts or parser.get_http_version() == "1.1"):
        return ServiceError("host-twice" if hosts else "host-missing")
    return _refusal_of_body(fields, body_bytes)


def _refusal_of_body(fields: Mapping[bytes, bytes], body_bytes: int) -> ServiceError | None:
    if fields.get(b"transfer-encoding", b"chunked").strip().lower() != b"chunked":
        return ServiceError("transfer-encoding")
    if fields.get(b"content-encoding", b"identity").strip().lower() != b"identity":
        return ServiceError("content-encoding")
    length = fields.get(b"content-length", b"")
    if length.isdigit() and (len(length) > _LENGTH_DIGITS or int(length) > body_bytes):
        return ServiceError("body-too-large", limit=body_bytes)
    return None


def _joined_fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return header fields by name; the values of one that occurs repeatedly are joined by commas."""
    fields: dict[bytes, bytes] = {}
    for name, value in headers:
        fields[name] = fields[name] + b", " + value if name in fields else value
    return fields


def _longest_field(name: bytes) -> int:
    return _PARSED_BYTES if name in _PARSED_FIELDS else _FIELD_BYTES


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
