"""Errors of the SPARQL engine in the reader's language: position, text and, if known, reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import shorten

from ..errors import QueryError
from ..words import Message, message

_ERROR = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|, )([A-Z]\w+(?: [\w']+){2,})")  # a sentence among the expected tokens
_KNOWN_REASONS = {
    "Prefix not found": "query.unknown_prefix",
    "The SELECT contains a variable that is unbound": "query.unbound_variable",
    "The SELECT overrides an existing variable using an expression": "query.variable_twice",
    "SELECT * is not authorized with GROUP BY": "query.star_with_groups",
}  # sentence of the engine -> key of its text
_DAMAGE_MARKS = ("Corruption: ", "IO error: ")  # how the storage engine begins its errors
_EXCERPT_LENGTH = 30
_ERROR_LENGTH = 200  # characters of another error of the engine that a message repeats


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """The position of a syntax error in a query, with the text at that position.

    :param line: line of the error, from 1
    :param column: column of the error, from 1
    :param text: the text at the position, and the engine's reason if it gives one
    """

    line: int
    column: int
    text: Message


def syntax_fault(query: str, error: Exception) -> SyntaxFault | None:
    """Convert a syntax error of the engine; ``None`` if the engine gives no position.

    The tokens that the engine expected are omitted, because it lists only those of one grammar rule.

    :param query: the text as the engine received it
    """
    found = _ERROR.match(str(error))
    if found is None:
        return None
    line, column = int(found[1]), int(found[2])
    return SyntaxFault(line, column, _fault_text(_rest(query, line, column), found[3]))


def is_damage(error: Exception) -> bool:
    """Tell whether an error of the engine is about the files of the store, not about the query.

    >>> is_damage(RuntimeError("Corruption: block checksum mismatch")), is_damage(ValueError("no number"))
    (True, False)
    """
    return any(mark in str(error) for mark in _DAMAGE_MARKS)


def query_refusal(query: str, error: Exception) -> QueryError:
    """Convert an error that the engine raised for a text; without a position, the engine's text is kept.

    >>> print(query_refusal("ASK {", SyntaxError('error at 1:6: expected one of "{", "}", [_]')))
    error at 1:6: the query ends too early
    """
    fault = syntax_fault(query, error)
    if fault is None:
        return QueryError(shorten(str(error), _ERROR_LENGTH, placeholder=" …"))
    return QueryError(
        message(__package__, "query.at", line=fault.line, column=fault.column, fault=fault.text)
    )


def moved(error: QueryError, lines: int) -> QueryError:
    """Shift the line number of an error; an error without a position is returned unchanged."""
    if not isinstance(error.message, Message):
        return error
    values = dict(error.message.values)
    if isinstance(line := values.get("line"), int):
        values["line"] = line + lines
    return QueryError(message(error.message.package, error.message.key, **values))


def _rest(query: str, line: int, column: int) -> str:
    """Return the text from a position on, as one line."""
    before = query.split("\n")[: line - 1]
    return " ".join(query[sum(len(text) + 1 for text in before) + column - 1 :].split())


def _fault_text(rest: str, expected: str) -> Message:
    """Word a syntax error with the text at its position, and the reasons of the engine if it gives any.

    :param expected: what the engine expected there: tokens, and sentences about the query
    """
    excerpt = shorten(rest, _EXCERPT_LENGTH, placeholder=" …")
    for sentence, key in _KNOWN_REASONS.items():
        if sentence in expected:
            return message(__package__, key, excerpt=excerpt)
    if reasons := tuple(_REASON.findall(expected)):
        return message(__package__, "query.engine_reason", reason=reasons)
    return message(__package__, "query.syntax" if rest else "query.early_end", excerpt=excerpt)
