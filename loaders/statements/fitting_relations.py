"""The relations allowed between two classes, for suggestions when a claim has the wrong classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...problems import Fault
from ..faults.messages import fault, message
from .register_quads import REGISTER_RELATIONS

if TYPE_CHECKING:
    from ...ontology.vocabulary import Term, Vocabulary
    from ...words import Message
    from ..register.entity import RegisterEntity

_OFFERED = 5


def class_faults(
    vocabulary: Vocabulary, relation: Term, subject: RegisterEntity, target: RegisterEntity
) -> tuple[Fault | None, Fault | None]:
    """Report subject or object of a claim if its class does not match the relation, with suggestions (KG032).

    :returns: the faults of subject and object; the second is ``None`` if swapping the two corrects both
    """
    fix = _cure(vocabulary, relation, subject, target)
    subject_fault, object_fault = (
        None
        if _fits(vocabulary, entity.kind, required)
        else fault(
            f"KG032.wrong-{side}",
            relation=relation.name,
            required=required or "",
            curie=entity.curie,
            kind=entity.kind,
        ).with_fix(fix)
        for side, entity, required in (
            ("subject", subject, relation.domain),
            ("object", target, relation.range),
        )
    )
    is_swapped = fix.key == "fitting.swapped" and subject_fault is not None
    return subject_fault, None if is_swapped else object_fault


def _cure(vocabulary: Vocabulary, relation: Term, subject: RegisterEntity, target: RegisterEntity) -> Message:
    kinds = {"subject_kind": subject.kind, "object_kind": target.kind}
    if _fits(vocabulary, target.kind, relation.domain) and _fits(vocabulary, subject.kind, relation.range):
        return message("fitting.swapped", subject=target.curie, relation=relation.name, object=subject.curie)
    if names := fitting_relations(vocabulary, subject.kind, target.kind):
        return message("fitting.relations", relations=names, **kinds)
    if names := fitting_relations(vocabulary, target.kind, subject.kind):
        return message("fitting.backwards", relations=names, **kinds)
    return message("fitting.none", **kinds)


def fitting_relations(vocabulary: Vocabulary, subject_kind: str, object_kind: str) -> tuple[str, ...]:
    """List the relations allowed from one class to another, the most specific first.

    :returns: up to five; empty if only relations between arbitrary classes are allowed

    >>> from egovkg.ontology.vocabulary import load_vocabulary
    >>> fitting_relations(load_vocabulary(), "Department", "Decision")
    ('issues', 'implements', 'reportsTo')
    """
    fitting = [
        term
        for term in stated_relations(vocabulary)
        if _fits(vocabulary, subject_kind, term.domain) and _fits(vocabulary, object_kind, term.range)
    ]
    fitting.sort(key=lambda term: (-_narrowness(vocabulary, term), term.name))
    return tuple(term.name for term in fitting[:_OFFERED])


def stated_relations(vocabulary: Vocabulary) -> tuple[Term, ...]:
    """List the relations between things that claims state, other than those between arbitrary classes."""
    return tuple(
        term
        for term in vocabulary.properties.values()
        if term.kind == "object" and (term.domain or term.range)
        if term.name not in (vocabulary.transitive | vocabulary.chains.keys() | REGISTER_RELATIONS)
    )


def _fits(vocabulary: Vocabulary, kind: str, required: str | None) -> bool:
    return required is None or (required in vocabulary.classes and vocabulary.is_a(kind, required))


def _narrowness(vocabulary: Vocabulary, term: Term) -> int:
    """Return how specific a relation is: the number of superclasses of its domain and range."""
    return sum(len(vocabulary.ancestors(name)) for name in (term.domain, term.range) if name)
