"""The tokens of SPARQL that decide whether a query calls another server; used by every check of queries.

The patterns accept what Oxigraph accepts. Only the four blanks of the SPARQL grammar count as blanks; all
others are allowed in IRIs and names. No pattern is ambiguous, so each match takes linear time.
"""

from __future__ import annotations

import re

__all__ = ["GAP", "IRI", "NAME", "STRING", "VARIABLE", "clause_offset", "may_have_clause"]

IRI = r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>'
NAME = r"(?:\\.|[^ \t\r\n{}()<>\[\]\"'#?$@;,=!&|*/^+\\])++"  # a keyword, or a name with or without prefix
# The letters and digits of the grammar (VARNAME), and those of Python, which has some more.
_LETTERS = (
    r"\w\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
VARIABLE = rf"[?$][{_LETTERS}]++"
# For a verbose pattern whose dot takes line ends too.
STRING = r"""\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*+\"\"\"|\'\'\'(?:'{0,2}(?:[^'\\]|\\.))*+\'\'\'
        |\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+'"""
GAP = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"

_TARGET = rf"(?:{IRI}|{VARIABLE}|{NAME})"
_FLAGS = re.IGNORECASE | re.DOTALL
_FOLLOWING = {
    "service": (
        re.compile(rf"{GAP}\{{"),
        re.compile(rf"{GAP}(?:silent{GAP})?{_TARGET}{GAP}\{{", _FLAGS),
    ),
    "load": (
        re.compile(""),
        re.compile(rf"{GAP}(?:silent{GAP})?{_TARGET}", _FLAGS),
    ),
    "from": (
        re.compile(r"(?!)"),  # `from:a` is a name
        re.compile(rf"{GAP}(?:named{GAP})?(?:{IRI}|{NAME})", _FLAGS),
    ),
}  # keyword -> what follows it when its target is glued to it, and when its target is a token of its own
_OCCURRENCES = {
    keyword: re.compile(rf"{keyword}(?:{NAME})?+", _FLAGS) for keyword in _FOLLOWING
}  # keyword -> each of its occurrences, with the rest of its run of letters
_COMMENT = re.compile(r"[ \t\r\n]*+\#")


def may_have_clause(text: str, keyword: str) -> bool:
    """Tell whether a keyword occurs anywhere, literals and comments included, with what follows a clause.

    Much quicker than reading all tokens; linear.

    >>> may_have_clause("?s egov:Service ?o ; a egov:From .", "service")
    False
    >>> may_have_clause("'SERVICE <https://example.org/> {'", "service")
    True
    """
    for occurrence in _OCCURRENCES[keyword].finditer(text):
        end = occurrence.end()
        if _COMMENT.match(text, end) or any(target.match(text, end) for target in _FOLLOWING[keyword]):
            return True
    return False


def clause_offset(name: re.Match[str], keyword: str) -> int | None:
    """Find the offset of a clause within a run of letters.

    Engines read `1SERVICE` and `SERVICEex:a` as two tokens each.

    :param name: a match of :data:`NAME`
    :param keyword: `service`, `load` or `from`
    :returns: ``None`` if the run does not start such a clause

    >>> name = re.compile(NAME).match("SERVICE <https://example.org/> { }")
    >>> name and clause_offset(name, "service"), name and clause_offset(name, "load")
    (0, None)
    """
    head, _, tail = name[0].partition(":")
    before, match, after = head.lower().rpartition(keyword)
    if not match:
        return None
    glued, separate = _FOLLOWING[keyword]
    stands_alone = not tail and not name[0].endswith(":") and after in {"", "silent"}
    target = (separate if stands_alone else glued).match(name.string, name.end())
    return name.start() + len(before) if target else None
