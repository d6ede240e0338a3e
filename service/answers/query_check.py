"""The gate of the service: a query is read word by word before it comes near an engine.

What is refused here costs no worker: other servers (SERVICE), updates, texts so deep or so wide that the
engine would overflow its stack or plan for minutes. Texts, addresses and comments are told apart from words
as the engine does; where a `<` could be read in two ways that differ, the query is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ...errors import ServiceError
from ...graph.query_guard import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..contract.settings import Limits

_IRI = r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>'
_NAME = r"(?:\\.|[^\s{}()<>\[\]\"'#?$@;,=!&|*/^+\\])++"
_TOKENS = re.compile(
    rf"""(?P<skip>[ \t\r\n]++|\#[^\r\n]*+)
    |(?P<iri>{_IRI})
    |(?P<text>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*+\"\"\"|\'\'\'(?:'{{0,2}}(?:[^'\\]|\\.))*+\'\'\'
        |\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+')
    |(?P<variable>[?$]\w++)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)
    |(?P<number>[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)
    |(?P<name>(?![-.]){_NAME})
    |(?P<open>[(\[{{])
    |(?P<close>[)\]}}])
    |(?P<mark>[.;,])
    |(?P<operator>&&|\|\||!=|<=|>=|\^\^|[\s\S])""",
    re.VERBOSE | re.DOTALL,
)
BASE = "https://w3id.org/egovkg/"  # what the relative addresses of a query are relative to
_GAP = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_TARGET = rf"(?:{_IRI}|[?$]\w++|{_NAME})"
_GLUED = re.compile(rf"{_GAP}\{{")
_APART = re.compile(rf"{_GAP}(?:silent{_GAP})?{_TARGET}{_GAP}\{{", re.IGNORECASE | re.DOTALL)
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_CHANGING = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_JOINING = frozenset(("AS", "IN", "NOT", "DISTINCT", "SEPARATOR", "UNION"))
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_TWO_WAYS = re.compile(r"['#()\[\]]")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LONG = 20  # digits; Python refuses to read some thousand
_ELEMENTS = frozenset(("OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH"))
_OPERANDS = frozenset(("iri", "number", "text", "tag", "variable", "name", "close"))


@dataclass(frozen=True)
class Checked:
    """A query that may go to a worker.

    :param form: SELECT, ASK, CONSTRUCT or DESCRIBE
    :param graphs: addresses that it names with FROM and FROM NAMED
    :param changing: whether the same query may give another answer next time
    :param most: rows that its own LIMIT allows; ``None`` without one
    """

    form: str
    graphs: tuple[str, ...]
    changing: bool
    most: int | None = None


@dataclass(slots=True)
class _Group:
    """A bracket that is open, and what stands in it so far."""

    sign: str
    rows: bool = False  # the data of VALUES
    called: bool = False  # the arguments of a function
    patterns: int = 1
    terms: int = 0
    joins: int = 0


class _Reading:
    """One reading of a query from its start to its end; cost linear."""

    def __init__(self, query: str, limits: Limits) -> None:
        self.query, self.limits = query, limits
        self.groups = [_Group("{")]
        self.before = ""  # kind of the last token
        self.form = ""
        self.operators = self.chain = 0
        self.changing = False
        self.values = False  # the next brace opens the data of VALUES
        self.base = BASE
        self.prefixes: dict[str, str] = {}
        self.graphs: list[str] = []
        self.most: int | None = None
        self.limited = False  # the number after LIMIT of the whole query comes next
        self.expected = ""  # what the next address is: of a graph, of the base, of a prefix such as "ex:"

    def checked(self) -> Checked:
        """Read to the end.

        :raises ServiceError: 400 with line and column of what is refused
        """
        handlers: dict[str, Callable[[re.Match[str]], None]] = {
            "iri": self._iri,
            "name": self._name,
            "number": self._number,
            "open": self._open,
            "close": self._close,
            "mark": self._mark,
            "operator": self._operator,
        }
        left = 2 * self.limits.tokens  # each with a blank
        for match in _TOKENS.finditer(self.query):
            kind = str(match.lastgroup)
            left -= 1
            if left < 0:
                what = f"more than {self.limits.tokens} words and signs"
                raise self._refuse(match, "too-wide", what)
            if kind == "skip":
                continue
            if kind != "operator":
                self.chain = 0
            handlers.get(kind, self._plain)(match)
            self.before = kind
        if not self.form:
            raise ServiceError(400, "syntax", f"no query: write {', '.join(FORMS)}")
        return Checked(self.form, tuple(self.graphs), self.changing, self.most)

    def _refuse(self, match: re.Match[str], code: str, message: str) -> ServiceError:
        line = self.query.count("\n", 0, match.start()) + 1
        column = match.start() - self.query.rfind("\n", 0, match.start())
        return ServiceError(400, code, f"line {line}, column {column}: {message}", line=line, column=column)

    def _plain(self, _: re.Match[str]) -> None:
        self.groups[-1].terms += 1

    def _number(self, match: re.Match[str]) -> None:
        if self.limited and match[0].isdecimal():
            self.most = max(self.most or 0, int(match[0]) if len(match[0]) < _LONG else 10**_LONG)
        self.limited = False
        self._plain(match)

    def _iri(self, match: re.Match[str]) -> None:
        if self.groups[-1].sign == "(" and self.before in _OPERANDS:
            text = match[0]
            if _TWO_WAYS.search(text) and not _ABSOLUTE.match(text):
                fix = "put a blank after < where it compares, or write the whole address"
                raise self._refuse(match, "ambiguous", f'"{text[:40]}" can be read in two ways — {fix}')
        self.groups[-1].terms += 1
        if self.expected:
            self._expected(match)

    def _expected(self, match: re.Match[str]) -> None:
        try:
            address = _ESCAPE.sub(lambda code: chr(int(code[1] or code[2], 16)), match[0][1:-1])
            whole = urljoin(self.base, address)
        except ValueError:  # as of a bracket without its other, or a letter beyond the last of Unicode
            raise self._refuse(match, "bad-address", "this is no address — mend it") from None
        if self.expected == "base":
            self.base = whole
        elif self.expected == "graph":
            self.graphs.append(whole)
        elif self.expected != "prefix":
            self.prefixes[self.expected] = whole
        self.expected = ""

    def _name(self, match: re.Match[str]) -> None:
        self._no_service(match)
        name = match[0].rstrip(".")
        head, colon, rest = name.partition(":")
        if not colon:
            self._word(match, name.upper())
        elif self.expected == "prefix":
            self.expected = head + ":"
        else:
            self.groups[-1].terms += 1
            self.changing = self.changing or (head == "_" and self.form == "CONSTRUCT")
            if self.expected == "graph":
                self.graphs.append(self.prefixes.get(head + ":", head + ":") + rest)
                self.expected = ""
        if name != match[0]:
            self._pattern(match)

    def _word(self, match: re.Match[str], word: str) -> None:
        if word in _UPDATES:
            raise self._refuse(match, "read-only", f"{word} changes a graph, and this one is read-only")
        group = self.groups[-1]
        if word in _JOINING:
            group.joins += 1
        else:
            group.terms += 1
        if word in FORMS:
            self.form = self.form or word
        elif word in {"PREFIX", "BASE"} and not self.form:
            self.expected = word.lower()
        elif word == "LIMIT":
            self.limited = len(self.groups) == 1  # of the whole query, not of one within it
        elif word == "FROM":
            self.expected = "graph"
        elif word == "UNION":
            self._count(match)
        elif word in _ELEMENTS:
            self._pattern(match)
        self.changing = self.changing or word in _CHANGING
        self.values = self.values or word == "VALUES"

    def _no_service(self, match: re.Match[str]) -> None:
        head, _, tail = match[0].partition(":")
        _, found, rest = head.lower().rpartition("service")
        if not found:
            return
        alone = not tail and not match[0].endswith(":") and rest in {"", "silent"}
        if (_APART if alone else _GLUED).match(self.query, match.end()):
            fix = "leave it out; the graph answers from what it holds"
            raise self._refuse(match, "service", f"SERVICE asks another server — {fix}")

    def _open(self, match: re.Match[str]) -> None:
        if len(self.groups) > self.limits.depth:
            what = f"more than {self.limits.depth} brackets are open at a time"
            raise self._refuse(match, "too-deep", what)
        if match[0] == "[":
            self._pattern(match)
            self.changing = self.changing or self.form == "CONSTRUCT"
        rows = self.groups[-1].rows
        if match[0] == "{" and self.values:
            rows, self.values = True, False
        self.groups.append(_Group(match[0], rows, self.before == "name"))

    def _close(self, match: re.Match[str]) -> None:
        if len(self.groups) == 1:
            raise self._refuse(match, "syntax", f'"{match[0]}" closes nothing')
        group = self.groups.pop()
        self.groups[-1].terms += not group.called
        if group.sign == "(":
            self._pattern(match, 2 * max(0, group.terms - group.joins - 1))

    def _mark(self, match: re.Match[str]) -> None:
        self.groups[-1].joins += 1
        if self.groups[-1].sign != "(":
            self._pattern(match)

    def _pattern(self, match: re.Match[str], number: int = 1) -> None:
        """Count triple patterns and other elements of the innermost group in braces."""
        if self.groups[-1].rows:
            return
        group = next(one for one in reversed(self.groups) if one.sign == "{")
        group.patterns += number
        if group.patterns > self.limits.patterns:
            what = f"more than {self.limits.patterns} patterns in a group"
            raise self._refuse(match, "too-wide", what)

    def _operator(self, match: re.Match[str]) -> None:
        self.groups[-1].joins += 1
        self.chain += 1
        if self.chain > self.limits.depth:
            raise self._refuse(match, "too-deep", f"more than {self.limits.depth} operators in a row")
        self._count(match)

    def _count(self, match: re.Match[str]) -> None:
        self.operators += 1
        if self.operators > self.limits.operators:
            raise self._refuse(match, "too-wide", f"more than {self.limits.operators} operators")


@lru_cache(maxsize=1024)
def check(query: str, limits: Limits) -> Checked:
    """Let a query through, or say what is wrong with it; about 1 µs a character the first time.

    :raises ServiceError: 400 with a stable word, line and column

    >>> from egovkg.service.contract.settings import Limits
    >>> check("ASK { ?s a egov:Service }", Limits()).form
    'ASK'
    >>> check("ASK { SERVICE <https://example.org/> { ?s ?p ?o } }", Limits())
    Traceback (most recent call last):
    ...
    egovkg.errors.ServiceError: line 1, column 7: SERVICE asks another server — leave it out; ...
    """
    return _Reading(query, limits).checked()
