"""Errors of the SPARQL engine in the reader's language: position, text and, if known, reason."""

from __future__ import annotations

import re
from textwrap import shorten

from ..errors import QueryError
from ..words import Message, message

_ERROR = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|, )([A-Z]\w+(?: [\w']+){2,})")  # a sentence among the expected tokens
_UNKNOWN_PREFIX = "Prefix not found"
_EXCERPT_LENGTH = 30
_ERROR_LENGTH = 200  # characters of another error of the engine that a message repeats


def query_refusal(query: str, error: Exception) -> QueryError:
    """Convert an error that the engine raised for a query or update.

    The tokens that the engine expected are omitted, because it lists only those of one grammar rule.

    :param query: the text as the engine received it
    :returns: an error with line and column (1-based), or with the engine's text if it gives no position

    >>> print(query_refusal("ASK {", SyntaxError('error at 1:6: expected one of "{", "}", [_]')))
    error at 1:6: not valid SPARQL at the end of the text — check what stands there and just before it
    """
    found = _ERROR.match(str(error))
    if found is None:
        return QueryError(shorten(str(error), _ERROR_LENGTH, placeholder=" …"))
    line, column = int(found[1]), int(found[2])
    reasons = tuple(_REASON.findall(found[3]))
    key = "syntax" if not reasons else "unknown_prefix" if _UNKNOWN_PREFIX in reasons else "engine_reason"
    fault = message(__package__, f"query.{key}", excerpt=_excerpt(query, line, column), reason=reasons)
    return QueryError(message(__package__, "query.at", line=line, column=column, fault=fault))


def moved(error: QueryError, lines: int) -> QueryError:
    """Shift the line number of an error; an error without a position is returned unchanged."""
    if not isinstance(error.message, Message):
        return error
    values = dict(error.message.values)
    if isinstance(line := values.get("line"), int):
        values["line"] = line + lines
    return QueryError(message(error.message.package, error.message.key, **values))


def _excerpt(query: str, line: int, column: int) -> Message:
    """Quote the text at a position."""
    before = query.split("\n")[: line - 1]
    rest = " ".join(query[sum(len(text) + 1 for text in before) + column - 1 :].split())
    if not rest:
        return message(__package__, "query.text_end")
    return message(__package__, "query.text", text=shorten(rest, _EXCERPT_LENGTH, placeholder=" …"))
