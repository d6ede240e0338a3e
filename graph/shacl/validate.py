"""Validation of a store by SHACL shapes, by default those of `ontology/shapes.ttl`.

The supported subset is listed in :mod:`egovkg.graph.shacl.read`; anything else is an error when shapes are
read and never ignored. Tests compare the results with pyshacl, the reference implementation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import ShapeError
from ...ontology.modules import read_module
from ..names import RDFS, with_prefixes
from .compile import Check, Subclasses, compile_shape
from .read import SH, read_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store import RdfTerm, Store

__all__ = ["SH", "Check", "ShapeError", "Violation", "compile_shapes", "shipped_shapes", "validate"]


@dataclass(frozen=True)
class Violation:
    """A validation result (3.6.2).

    :param focus: the focus node
    :param path: the property path in SPARQL; ``None`` for a constraint on the node itself or a SPARQL
        constraint without a path
    :param value: the violating value; ``None`` if the number of values is wrong
    :param component: local name of the constraint component, such as ``MinCount``
    :param severity: ``Violation``, ``Warning`` or ``Info``
    :param shape: IRI of the node shape
    :param messages: message of the shape by language
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str
    shape: str
    messages: Mapping[str, str]


def shipped_shapes() -> bytes:
    """Read the shapes that every published graph satisfies, as Turtle.

    >>> b"egov:ClaimShape" in shipped_shapes()
    True
    """
    return read_module("shapes.ttl")


def compile_shapes(text: bytes, subclasses: Subclasses | None = None) -> tuple[Check, ...]:
    """Compile all shapes in a Turtle text.

    :param text: Turtle
    :param subclasses: class → itself and its subclasses in the data; classes without an entry have none
    :raises ShapeError: if an unsupported construct is used

    >>> sorted({check.severity for check in compile_shapes(shipped_shapes())})
    ['Violation', 'Warning']
    """
    return tuple(check for shape in read_shapes(text) for check in compile_shape(shape, subclasses or {}))


def validate(store: Store, shapes: bytes | None = None) -> tuple[Violation, ...]:
    """Validate the union of all graphs of a store.

    :param shapes: Turtle; by default the shipped shapes
    :returns: sorted; empty if the data conform
    :raises ShapeError: if an unsupported construct is used

    Cost: linear; about 2 s of CPU time per million triples if the data conform.
    """
    checks = compile_shapes(shipped_shapes() if shapes is None else shapes, _subclasses(store))
    screens = sorted({check.screen for check in checks if check.screen is not None})
    quiet = {screen for screen in screens if not store.select(with_prefixes(screen)).rows}
    violations = [
        violation for check in checks if check.screen not in quiet for violation in _violations(store, check)
    ]
    return tuple(sorted(violations, key=_order))


def _order(violation: Violation) -> tuple[str, ...]:
    return (
        violation.focus,
        violation.path or "",
        violation.component,
        violation.value or "",
        violation.shape,
    )


def _violations(store: Store, check: Check) -> list[Violation]:
    return [
        Violation(
            _text(this) or "",
            check.path or (f"<{_text(path)}>" if path else None),
            _text(value),
            check.component,
            check.severity,
            check.shape,
            check.messages,
        )
        for this, path, value in store.select(with_prefixes(check.query)).rows
    ]


def _subclasses(store: Store) -> Subclasses:
    rows = store.select(f"SELECT DISTINCT ?sub ?super {{ ?sub <{RDFS}subClassOf> ?super }}").rows
    stated: dict[str, set[str]] = {}
    for subclass, superclass in rows:
        stated.setdefault(str(superclass), set()).add(str(subclass))
    return {superclass: _closure(superclass, stated) for superclass in stated}


def _closure(superclass: str, stated: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Collect a class and its direct and indirect subclasses; cycles of classes are handled."""
    closure = {superclass: None}  # a set in the order of its growth
    unvisited = [superclass]
    while unvisited:
        subclasses = sorted(stated.get(unvisited.pop(0), ()))
        new = [subclass for subclass in subclasses if subclass not in closure and subclass.startswith("<")]
        closure.update(dict.fromkeys(new))
        unvisited += new
    return tuple(closure)


def _text(term: RdfTerm | None) -> str | None:
    return None if term is None else str(getattr(term, "value", term))
