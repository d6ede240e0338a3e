"""The gate before an engine: a query is answered from what the graph holds, and reaches no other server.

SPARQL can ask other servers (SERVICE) and fetch files (LOAD). Whoever may send a query could make this
machine call any address with them, so both are refused before anything is evaluated. Words are looked at, not
letters: `egov:Service`, "service" in a text, in an address or in a comment pass.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from ..errors import QueryError

_IRI = r'<[^<>"{}|^`\\\s]*+>'
_NAME = r"(?:\\.|[^\s{}()<>\[\]\"'#?$@;,=!&|*/^+\\])++"
_TOKENS = re.compile(
    rf"""(?P<comment>\#[^\r\n]*+)
    |(?P<iri>{_IRI})
    |(?P<text>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*+\"\"\"|\'\'\'(?:'{{0,2}}(?:[^'\\]|\\.))*+\'\'\'
        |\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+')
    |(?P<variable>[?$]\w++|@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)
    |(?P<name>{_NAME})
    |(?P<other>[\s\S])""",
    re.VERBOSE | re.DOTALL,
)
_GAP = r"(?:\s++|#[^\r\n]*+)*+"
_TARGET = rf"(?:{_IRI}|[?$]\w++|{_NAME})"
_AFTER = {
    "service": (
        re.compile(rf"{_GAP}\{{"),
        re.compile(rf"{_GAP}(?:silent{_GAP})?{_TARGET}{_GAP}\{{", re.IGNORECASE | re.DOTALL),
    ),
    "load": (
        re.compile(""),
        re.compile(rf"{_GAP}(?:silent{_GAP})?{_TARGET}", re.IGNORECASE | re.DOTALL),
    ),
    "from": (
        re.compile(r"(?!)"),  # `from:a` is a name
        re.compile(rf"{_GAP}(?:named{_GAP})?(?:{_IRI}|{_NAME})", re.IGNORECASE | re.DOTALL),
    ),
}  # keyword -> what follows it where its target stands in the same run of letters, and where it follows


def refuse_service(query: str) -> None:
    """Refuse a query that would ask another server; cost linear, and next to nothing without the word.

    :raises QueryError: with line and column of the clause

    >>> refuse_service('SELECT ?s { ?s a egov:Service ; rdfs:label "service" }')
    >>> refuse_service("ASK { SERVICE <https://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    egovkg.errors.QueryError: error at 1:7: SERVICE asks another server — leave it out; ...
    """
    if (at := _found(query, "service")) is not None:
        fix = "leave it out; the graph answers from what it holds"
        raise QueryError(f"error at {_place(query, at)}: SERVICE asks another server — {fix}")


def refuse_load(request: str) -> None:
    """Refuse an update that would fetch a file from elsewhere.

    :raises QueryError: with line and column of the operation

    >>> refuse_load("INSERT DATA { <urn:load> <urn:p> 'LOAD <https://example.org/>' }")
    """
    if (at := _found(request, "load")) is not None:
        fix = "load a file with egovkg build"
        raise QueryError(f"error at {_place(request, at)}: LOAD fetches from another server — {fix}")


def names_graphs(query: str) -> bool:
    """Tell whether a query says itself which graphs it is about; cost as of `refuse_service`.

    >>> names_graphs("ASK FROM <urn:a> { ?s ?p ?o }"), names_graphs("ASK { ?from from:a 'FROM <urn:a>' }")
    (True, False)
    """
    return _found(query, "from") is not None


FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_PROLOGUE = re.compile(rf"{_GAP}(?:(?:prefix{_GAP}[^\s:<]*+:|base){_GAP}{_IRI}{_GAP})*+", re.IGNORECASE)
_LETTERS = re.compile(r"\w*+")


def refuse_unknown_keyword(query: str) -> None:
    """Refuse a text that opens with no word of the query language, and say which was probably meant.

    :raises QueryError: with line and column of the word

    >>> refuse_unknown_keyword("PREFIX a: <urn:a#> ask {}")
    >>> refuse_unknown_keyword("SELEC * { ?s ?p ?o }")
    Traceback (most recent call last):
    ...
    egovkg.errors.QueryError: error at 1:1: "SELEC" opens no query — did you mean "SELECT"?
    """
    prologue = _PROLOGUE.match(query)
    at = prologue.end() if prologue else 0
    word = match[0] if (match := _LETTERS.match(query, at)) else ""
    if word.upper() in (*FORMS, *_UPDATES):
        return  # what an update may do, the engine says
    near = get_close_matches(word.upper(), FORMS, n=1)
    fix = f'did you mean "{near[0]}"?' if near else f"write {', '.join(FORMS)}"
    raise QueryError(f'error at {_place(query, at)}: "{word or query[at : at + 10]}" opens no query — {fix}')


def _place(text: str, at: int) -> str:
    return f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


def _found(text: str, word: str) -> int | None:
    """Find a clause outside of texts, addresses and comments.

    A `<` may open an address or be a comparison, which only a full parser can tell. Both ways are followed,
    so that no text that looks like an address can hide a clause; each place is looked at once.
    """
    if word not in text.lower():
        return None
    seen: set[int] = set()
    todo = [0]
    while todo:
        at = todo.pop()
        while at < len(text) and at not in seen:
            seen.add(at)
            match = _TOKENS.match(text, at)
            if match is None:
                break
            if match.lastgroup == "name" and (found := _in_name(match, word)) is not None:
                return found
            if match.lastgroup == "iri":
                todo.append(at + 1)
            at = match.end()
    return None


def _in_name(match: re.Match[str], word: str) -> int | None:
    """Find the keyword in a run of letters: engines take `1SERVICE` and `SERVICEex:a` for two words each."""
    head, _, tail = match[0].partition(":")
    before, found, rest = head.lower().rpartition(word)
    if not found:
        return None
    glued, apart = _AFTER[word]
    alone = not tail and not match[0].endswith(":") and rest in {"", "silent"}
    follows = (apart if alone else glued).match(match.string, match.end())
    return match.start() + len(before) if follows else None
