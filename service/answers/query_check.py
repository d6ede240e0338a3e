"""Checking of a query before it reaches an engine: token by token, in linear time.

The check refuses queries before they occupy a worker: those that call other servers (SERVICE), updates, and
those so deep or wide that the engine would overflow its stack or plan for minutes. Strings, IRIs and comments
are recognised exactly as the engine does; a query in which a `<` is ambiguous is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urljoin

from ...graph.query_guard import FORMS
from ...graph.sparql_tokens import clause_offset
from ..contract.refusals import ServiceError
from .query_tokens import (
    ABSOLUTE_IRI,
    COMPARISON_SIGNS,
    ELEMENT_WORDS,
    JOINING_WORDS,
    OPERANDS,
    TOKENS,
    UPDATE_WORDS,
    VOLATILE_WORDS,
    unescaped,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from ..contract.settings import Limits

BASE = "https://w3id.org/egovkg/"  # relative addresses of a query are resolved against it
_NUMBER_DIGITS = 20  # Python refuses to read numbers of some thousand digits
_EXCERPT_LENGTH = 40


@dataclass(frozen=True)
class CheckedQuery:
    """A query that passed the check.

    :param form: SELECT, ASK, CONSTRUCT or DESCRIBE
    :param graphs: IRIs that it names with FROM and FROM NAMED
    :param is_volatile: whether repeating the query can give a different answer
    :param row_limit: the number in its own LIMIT; ``None`` without one
    """

    form: str
    graphs: tuple[str, ...]
    is_volatile: bool
    row_limit: int | None = None


@dataclass(slots=True)
class _Group:
    """An open bracket with the number of patterns and other elements in it so far."""

    bracket: str
    is_values_data: bool = False
    is_call: bool = False  # the arguments of a function
    patterns: int = 1
    terms: int = 0
    joins: int = 0


class _QueryReader:
    """Checks one query, reading it from start to end."""

    def __init__(self, query: str, limits: Limits) -> None:
        self.query, self.limits = query, limits
        self.groups = [_Group("{")]
        self.previous_kind = ""
        self.form = ""
        self.operators = self.operators_in_row = 0
        self.is_volatile = False
        self.values_brace_next = False
        self.base = BASE
        self.prefixes: dict[str, str] = {}
        self.graphs: list[str] = []
        self.row_limit: int | None = None
        self.limit_number_next = False  # the number after LIMIT of the whole query
        self.next_address = ""  # what the next address is of: "graph", "base", or a prefix such as "ex:"

    def checked_query(self) -> CheckedQuery:
        """Read the query to its end.

        :raises ServiceError: 400 with line and column of the refused part
        """
        tokens_left = 2 * self.limits.tokens  # each with a blank
        for match in TOKENS.finditer(self.query):
            kind = str(match.lastgroup)
            tokens_left -= 1
            if tokens_left < 0:
                raise self._refusal(match, "too-many-tokens", limit=self.limits.tokens)
            if kind == "blank":
                continue
            if kind != "operator":
                self.operators_in_row = 0
            self._TOKEN_READERS.get(kind, _QueryReader._read_term)(self, match)
            self.previous_kind = kind
        if not self.form:
            raise ServiceError("no-query", forms=", ".join(FORMS))
        return CheckedQuery(self.form, tuple(self.graphs), self.is_volatile, self.row_limit)

    def _refusal(self, match: re.Match[str], reason: str, **values: str | int) -> ServiceError:
        line = self.query.count("\n", 0, match.start()) + 1
        column = match.start() - self.query.rfind("\n", 0, match.start())
        return ServiceError(reason, line=line, column=column, **values)

    # -- terms

    def _read_term(self, _: re.Match[str]) -> None:
        self.groups[-1].terms += 1

    def _read_number(self, match: re.Match[str]) -> None:
        if self.limit_number_next and match[0].isdecimal():
            number = int(match[0]) if len(match[0]) < _NUMBER_DIGITS else 10**_NUMBER_DIGITS
            self.row_limit = max(self.row_limit or 0, number)
        self.limit_number_next = False
        self._read_term(match)

    def _read_iri(self, match: re.Match[str]) -> None:
        if self.groups[-1].bracket == "(" and self.previous_kind in OPERANDS:
            text = match[0]
            if COMPARISON_SIGNS.search(text) and not ABSOLUTE_IRI.match(text):
                raise self._refusal(match, "ambiguous-address", excerpt=text[:_EXCERPT_LENGTH])
        self.groups[-1].terms += 1
        if self.next_address:
            self._assign_address(match)

    def _assign_address(self, match: re.Match[str]) -> None:
        try:
            address = urljoin(self.base, unescaped(match[0][1:-1]))
        except ValueError:  # for example a bracket without its partner
            raise self._refusal(match, "bad-address") from None
        if self.next_address == "base":
            self.base = address
        elif self.next_address == "graph":
            self.graphs.append(address)
        elif self.next_address != "prefix":
            self.prefixes[self.next_address] = address
        self.next_address = ""

    # -- names and keywords

    def _read_name(self, match: re.Match[str]) -> None:
        if clause_offset(match, "service") is not None:
            raise self._refusal(match, "service-clause")
        name = match[0].rstrip(".")
        prefix, colon, local_name = name.partition(":")
        if not colon:
            self._read_word(match, name.upper())
        elif self.next_address == "prefix":
            self.next_address = prefix + ":"
        else:
            self.groups[-1].terms += 1
            self.is_volatile = self.is_volatile or (prefix == "_" and self.form == "CONSTRUCT")
            if self.next_address == "graph":
                self.graphs.append(self.prefixes.get(prefix + ":", prefix + ":") + local_name)
                self.next_address = ""
        if name != match[0]:
            self._count_patterns(match)

    def _read_word(self, match: re.Match[str], word: str) -> None:
        if word in UPDATE_WORDS:
            raise self._refusal(match, "read-only-word", word=word)
        group = self.groups[-1]
        if word in JOINING_WORDS:
            group.joins += 1
        else:
            group.terms += 1
        if (read_keyword := self._KEYWORD_READERS.get(word)) is not None:
            read_keyword(self, match, word)
        self.is_volatile = self.is_volatile or word in VOLATILE_WORDS

    def _read_form(self, _: re.Match[str], word: str) -> None:
        self.form = self.form or word

    def _read_prologue(self, _: re.Match[str], word: str) -> None:
        if not self.form:
            self.next_address = word.lower()

    def _read_limit(self, _: re.Match[str], word: str) -> None:
        self.limit_number_next = len(self.groups) == 1  # LIMIT of the whole query, not of one inside it

    def _read_from(self, _: re.Match[str], word: str) -> None:
        self.next_address = "graph"

    def _read_union(self, match: re.Match[str], word: str) -> None:
        self._count_operator(match)

    def _read_element(self, match: re.Match[str], word: str) -> None:
        self._count_patterns(match)
        self.values_brace_next = self.values_brace_next or word == "VALUES"

    # -- brackets, separators, operators

    def _open_group(self, match: re.Match[str]) -> None:
        if len(self.groups) > self.limits.depth:
            raise self._refusal(match, "too-deep-brackets", limit=self.limits.depth)
        if match[0] == "[":
            self._count_patterns(match)
            self.is_volatile = self.is_volatile or self.form == "CONSTRUCT"
        is_values_data = self.groups[-1].is_values_data
        if match[0] == "{" and self.values_brace_next:
            is_values_data, self.values_brace_next = True, False
        self.groups.append(_Group(match[0], is_values_data, self.previous_kind == "name"))

    def _close_group(self, match: re.Match[str]) -> None:
        if len(self.groups) == 1:
            raise self._refusal(match, "unmatched-bracket", bracket=match[0])
        group = self.groups.pop()
        self.groups[-1].terms += not group.is_call
        if group.bracket == "(":
            self._count_patterns(match, 2 * max(0, group.terms - group.joins - 1))

    def _read_separator(self, match: re.Match[str]) -> None:
        self.groups[-1].joins += 1
        if self.groups[-1].bracket != "(":
            self._count_patterns(match)

    def _read_operator(self, match: re.Match[str]) -> None:
        self.groups[-1].joins += 1
        self.operators_in_row += 1
        if self.operators_in_row > self.limits.depth:
            raise self._refusal(match, "too-deep-operators", limit=self.limits.depth)
        self._count_operator(match)

    # -- counts

    def _count_patterns(self, match: re.Match[str], number: int = 1) -> None:
        """Count the triple patterns and other elements of the innermost group in braces."""
        if self.groups[-1].is_values_data:
            return
        group = next(group for group in reversed(self.groups) if group.bracket == "{")
        group.patterns += number
        if group.patterns > self.limits.patterns:
            raise self._refusal(match, "too-many-patterns", limit=self.limits.patterns)

    def _count_operator(self, match: re.Match[str]) -> None:
        self.operators += 1
        if self.operators > self.limits.operators:
            raise self._refusal(match, "too-many-operators", limit=self.limits.operators)

    _TOKEN_READERS: ClassVar[Mapping[str, Callable[[_QueryReader, re.Match[str]], None]]] = {
        "iri": _read_iri,
        "name": _read_name,
        "number": _read_number,
        "open": _open_group,
        "close": _close_group,
        "separator": _read_separator,
        "operator": _read_operator,
    }
    _KEYWORD_READERS: ClassVar[Mapping[str, Callable[[_QueryReader, re.Match[str], str], None]]] = {
        **dict.fromkeys(FORMS, _read_form),
        **dict.fromkeys(ELEMENT_WORDS, _read_element),
        "PREFIX": _read_prologue,
        "BASE": _read_prologue,
        "LIMIT": _read_limit,
        "FROM": _read_from,
        "UNION": _read_union,
    }


@lru_cache(maxsize=1024)
def check_query(query: str, limits: Limits) -> CheckedQuery:
    """Check a query; takes about 1 µs per character the first time.

    :raises ServiceError: 400 with line and column

    >>> from egovkg.service.contract.settings import Limits
    >>> check_query("ASK { ?s a egov:Service }", Limits()).form
    'ASK'
    >>> check_query("ASK { SERVICE <https://example.org/> { ?s ?p ?o } }", Limits())
    Traceback (most recent call last):
    ...
    egovkg.service.contract.refusals.ServiceError: line 1, column 7: SERVICE sends a query to ...
    """
    return _QueryReader(query, limits).checked_query()
