"""SHACL on the store: the shapes of `ontology/shapes.ttl`, compiled to SPARQL and run.

The subset is what our shapes use and a little more (`shape_reading` lists it); anything else is refused when
the shapes are read, never skipped. pyshacl, the reference implementation, is the oracle in the tests.
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

    from ..store import Store, Term

__all__ = ["SH", "Check", "ShapeError", "Violation", "compile_shapes", "shipped_shapes", "validate"]


@dataclass(frozen=True)
class Violation:
    """One result of a validation.

    :param focus: the node that is wrong
    :param path: the property path that is wrong, as SPARQL writes it; ``None`` for a constraint on the node
        itself and for a SPARQL constraint that names none
    :param value: the value that is wrong; ``None`` when the number of values is
    :param component: local name of the constraint component, such as ``MinCount``
    :param severity: ``Violation``, ``Warning`` or ``Info``
    :param shape: address of the node shape
    :param messages: language -> what is wrong
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str
    shape: str
    messages: Mapping[str, str]


def shipped_shapes() -> bytes:
    """Read the Turtle of the shapes that every published graph satisfies.

    >>> b"egov:ClaimShape" in shipped_shapes()
    True
    """
    return read_module("shapes.ttl")


def compile_shapes(text: bytes, subclasses: Subclasses | None = None) -> tuple[Check, ...]:
    """Compile shapes.

    :param text: Turtle
    :param subclasses: what the data say of classes; classes without entry stand alone
    :raises ShapeError: if the shapes use a construct that is not known here

    >>> sorted({check.severity for check in compile_shapes(shipped_shapes())})
    ['Violation', 'Warning']
    """
    return tuple(check for shape in read_shapes(text) for check in compile_shape(shape, subclasses or {}))


def validate(store: Store, shapes: bytes | None = None) -> tuple[Violation, ...]:
    """Check all graphs of a store together.

    :param shapes: Turtle; the shipped shapes when left out
    :returns: sorted; empty when the data conform
    :raises ShapeError: if the shapes use a construct that is not known here

    Cost: linear; about 2 s of CPU a million triples when the data conform.
    """
    known: dict[str, bool] = {}  # screen -> whether it raised an alarm
    found: list[Violation] = []
    for check in compile_shapes(shipped_shapes() if shapes is None else shapes, _subclasses(store)):
        if check.screen is not None:
            if check.screen not in known:
                known[check.screen] = bool(store.select(with_prefixes(check.screen)).rows)
            if not known[check.screen]:
                continue
        found += _run(store, check)
    return tuple(sorted(found, key=_order))


def _order(one: Violation) -> tuple[str, ...]:
    return (one.focus, one.path or "", one.component, one.value or "", one.shape)


def _run(store: Store, check: Check) -> list[Violation]:
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
    rows = store.select(f"SELECT DISTINCT ?low ?high {{ ?low <{RDFS}subClassOf> ?high }}").rows
    below: dict[str, set[str]] = {}
    for low, high in rows:
        below.setdefault(str(high), set()).add(str(low))
    return {high: _closed(high, below) for high in below}


def _closed(high: str, below: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Collect a class and all below it; a circle of classes ends."""
    found = [high]
    for each in found:
        found += [low for low in sorted(below.get(each, ())) if low not in found and low.startswith("<")]
    return tuple(found)


def _text(term: Term | None) -> str | None:
    return None if term is None else str(getattr(term, "value", term))
