"""SHACL validation of articles: each violation becomes a problem at the line that caused it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.names import EGOV, ID
from ...graph.shacl.validate import Violation, validate
from ...graph.store import OxigraphStore
from ...problems import Problem, Severity
from ...words import Labelled
from ..faults.messages import fault
from .shipped_quads import ontology_quads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...problems import Fault
    from ..register.lexicon import Lexicon
    from .prepared import PreparedArticle

_SEVERITIES = {"Violation": Severity.ERROR, "Warning": Severity.WARNING, "Info": Severity.INFO}


def check_shapes(
    prepared: Sequence[PreparedArticle], register: bytes, lexicon: Lexicon
) -> tuple[Problem, ...]:
    """Validate articles together with the ontology and the register to which they refer.

    The validation of the nodes of an article depends only on that article, the register and the ontology, so
    articles can be validated in groups of any size.

    :param register: the quads of the register
    :returns: one problem per violation, without duplicates
    """
    store = OxigraphStore.in_memory()
    store.load(ontology_quads() + register + b"".join(article.quads for article in prepared))
    edges = {line for article in prepared for line in article.edges.splitlines(keepends=True)}
    store.load(b"".join(sorted(edges)))
    problems = []
    for violation in validate(store):
        file, line = _origin(violation.focus, store, prepared, lexicon)
        problems.append(Problem(file, line, 1, shape_fault(violation)))
    return tuple(dict.fromkeys(problems))


def shape_fault(violation: Violation) -> Fault:
    """Build the fault of a violation, with the message of the shape."""
    return fault(
        "KG090.violated-shape",
        _SEVERITIES[violation.severity],
        focus=violation.focus.removeprefix(ID),
        rule=Labelled.of(violation.messages) if violation.messages else violation.component,
        shape=violation.shape.rpartition("#")[2],
    )


def _origin(
    focus: str, store: OxigraphStore, prepared: Sequence[PreparedArticle], lexicon: Lexicon
) -> tuple[str, int]:
    """Find the file and line from which a node of the graph came."""
    if entity := lexicon.register.by_iri.get(focus):
        return entity.file, entity.line
    article_id = focus.removeprefix(ID).partition("/")[2].partition("/")[0]
    file = next((article.file for article in prepared if article.id == article_id), "corpus")
    lines = store.select(
        f"SELECT ?line {{ {{ <{focus}> <{EGOV}sourceLine> ?line }} UNION"
        f" {{ ?claim <{EGOV}object> <{focus}> ; <{EGOV}sourceLine> ?line }} }} ORDER BY ?line LIMIT 1"
    ).rows
    return file, int(str(getattr(lines[0][0], "value", 1))) if lines else 1
