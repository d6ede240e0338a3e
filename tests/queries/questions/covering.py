"""A few questions that between them use every construct of SPARQL that any question uses."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

_IGNORED = re.compile(r"#[^\n]*|\"[^\"\n]*\"|<[^>\s]*>")
_WORD = re.compile(r"\b[A-Z][A-Z_]+\b|xsd:\w+|\(SELECT|\{\s*SELECT")
_PATH = re.compile(r"(?<=\w)[/|*+](?=[\s\w^(:])|\^(?=\w)")
EXHAUSTIVE = pytest.mark.exhaustive  # `make test` leaves it to `make engines`; CI runs both


def constructs(query: str) -> frozenset[str]:
    """List the operators of paths in a query, and each keyword, function or cast with the one before it.

    >>> sorted(constructs("SELECT ?a { ?a ex:b/ex:c ?d . FILTER(STR(?d) = 'x') } # MINUS"))
    ['/', 'FILTER STR', 'SELECT FILTER']
    """
    text = _IGNORED.sub(" ", query)
    words = [re.sub(r"\s+", "", word) for word in _WORD.findall(text)]
    return frozenset([*_PATH.findall(text), *map(" ".join, pairwise(words))])


def covering(queries: Mapping[str, str]) -> frozenset[str]:
    """Choose queries by name until every construct is covered, each time the one that adds most."""
    missing = {name: constructs(text) for name, text in sorted(queries.items())}
    chosen = set()
    while any(missing.values()):
        name = max(missing, key=lambda candidate: len(missing[candidate]))
        chosen.add(name)
        covered = missing[name]
        missing = {other: left - covered for other, left in missing.items()}
    return frozenset(chosen)
