"""A prepared article: its quads, its plain edges, and the triples inferred from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import EGOV, GRAPH_INFERRED, ID, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...graph.rules import Closure, Triple
    from ...problems import Problem
    from ..statements.resolver import Counts
    from .register_use import RegisterUse

_STATEMENT_CLASSES = frozenset(
    EGOV + name for name in ("Claim", "Figure", "Task", "Goal", "Limitation", "Result")
)
_STATEMENT_FOLDERS = tuple(f"{ID}{folder}/" for folder in ("claim", "figure", "item"))


@dataclass(frozen=True)
class PreparedArticle:
    """One article in the form in which it is stored.

    :param id: ``None`` if the article cannot be used
    :param line: line of the id in the file
    :param title: title for messages and the catalogue
    :param quads: N-Quads of the graph of the article
    :param edges: N-Quads of the plain edges of its claims
    :param inferred: sorted N-Quads of the triples inferred from the edges
    :param register_use: what it takes from the register; ``None`` if it cannot be used
    """

    id: str | None
    file: str
    digest: str
    problems: tuple[Problem, ...]
    counts: Counts
    title: str = ""
    published: str = ""
    claims: int = 0
    figures: int = 0
    quads: bytes = b""
    edges: bytes = b""
    inferred: bytes = b""
    line: int = 1
    register_use: RegisterUse | None = None


def triples(nquads: bytes) -> Iterator[Triple]:
    """Extract the triples between IRIs from N-Quads; triples with literals are skipped."""
    for line in nquads.decode().split("\n")[:-1]:
        subject, predicate, remainder = line.split(" ", 2)
        if remainder.startswith("<"):
            yield subject[1:-1], predicate[1:-1], remainder[1 : remainder.index(">")]


def statement_types(nquads: bytes) -> Iterator[Triple]:
    """Extract the types of the nodes of an article from its N-Quads, if the class has a superclass."""
    for line in nquads.decode().split("\n")[:-1]:
        subject, predicate, remainder = line.split(" ", 2)
        if predicate == f"<{RDF_TYPE}>":
            kind = remainder[1 : remainder.index(">")]
            if kind in _STATEMENT_CLASSES:
                yield subject[1:-1], RDF_TYPE, kind


def inferred_lines(closure: Closure, stated: Iterable[Triple], *, with_types: bool = False) -> bytes:
    """Return the triples inferred from stated ones as sorted N-Quads of the inferred graph.

    :param with_types: whether to include the types of register entities; unnecessary for articles, because
        their domains and ranges were checked against the register, which contains all types
    """
    lines = []
    for subject, predicate, target in closure.infer(stated):
        if predicate == RDF_TYPE and not with_types and not subject.startswith(_STATEMENT_FOLDERS):
            continue
        lines.append(f"<{subject}> <{predicate}> <{target}> <{GRAPH_INFERRED}> .\n")
    return "".join(sorted(lines)).encode()
