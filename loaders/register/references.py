"""Checks across the register: references between entries, repeated labels and documents, units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...graph.text import spelling
from ...ontology.references import shipped_components
from ...problems import Problem, Severity
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..text.corpus_languages import ARTICLE_LANGUAGE
from .circles import find_circle, key_circle_fault
from .document_number import number_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...problems import Fault
    from .entity import Register, RegisterEntity
    from .lexicon import Lexicon

UNIT = "AdministrativeUnit"
_ENTERPRISE = "Enterprise"
# key -> class of its entity
REFERENCE_CLASSES = {"territory": UNIT, "within": UNIT, "branch_of": _ENTERPRISE, "issuer": "Agent"}
_LEADING_KEYS = ("within", "branch_of", "succeeded_by")
_TERM_COLUMN = 3  # column of the names in measures.yaml


def check_references(lexicon: Lexicon) -> tuple[Problem, ...]:
    """Check all references between entries, and that labels and documents are unique."""
    register = lexicon.register
    return (
        *_entity_references(lexicon),
        *_circles(register),
        *_components(register),
        *_labels(register),
        *_aliases(lexicon),
        *_document_numbers(register),
        *_documents(register),
        *_units_of_measures(lexicon),
    )


def _entity_references(lexicon: Lexicon) -> Iterator[Problem]:
    for entity in lexicon.register.entities:
        successor = UNIT if lexicon.fits(entity.kind, UNIT) else "Agent"
        for key, required in {**REFERENCE_CLASSES, "succeeded_by": successor}.items():
            for target in _targets(entity, key):
                if flaw := _reference_fault(lexicon, key, target, required):
                    yield Problem(entity.file, *entity.place(key), flaw)


def _reference_fault(lexicon: Lexicon, key: str, target: str, required: str) -> Fault | None:
    register = lexicon.register
    entity = register.get(target)
    if entity is None:
        if register.is_reported(target):
            return None
        fitting = [curie for curie, other in register.by_curie.items() if lexicon.fits(other.kind, required)]
        return with_suggestion(fault("KG021.unknown-reference", curie=target), target, fitting)
    if lexicon.fits(entity.kind, required):
        return None
    return fault("KG032.wrong-reference", role=key, required=required, curie=target, kind=entity.kind)


def _circles(register: Register) -> Iterator[Problem]:
    """Report the first cycle of each key by which units or bodies refer to each other."""
    for key in _LEADING_KEYS:
        targets = {entity.curie: _targets(entity, key) for entity in register.entities}
        if circle := find_circle({curie: names for curie, names in targets.items() if names}):
            entity = register.by_curie[max(circle)]
            yield Problem(entity.file, *entity.place(key), key_circle_fault(key, circle))


def _targets(entity: RegisterEntity, key: str) -> tuple[str, ...]:
    value = entity.values.get(key)
    return entity.lists.get(key, (value,) if value else ())


def _components(register: Register) -> Iterator[Problem]:
    codes = shipped_components()
    for entity in register.entities:
        for target in entity.lists.get("component", ()):
            if target not in codes:
                unknown = fault("KG021.unknown-component", code=target)
                yield Problem(
                    entity.file, *entity.place("component"), with_suggestion(unknown, target, codes)
                )


def _labels(register: Register) -> Iterator[Problem]:
    first: dict[str, RegisterEntity] = {}
    for entity in register.entities:
        if not entity.label:
            continue
        earlier = first.setdefault(spelling(entity.label), entity)
        if earlier is not entity:
            place = f"{earlier.file}:{earlier.line}"
            repeated = fault("KG062.repeated-label", label=entity.label, curie=earlier.curie, place=place)
            yield Problem(entity.file, *entity.place(ARTICLE_LANGUAGE), repeated)


def _aliases(lexicon: Lexicon) -> Iterator[Problem]:
    """Warn of an enterprise one of whose other names is the label or short name of another enterprise."""
    firms = [entity for entity in lexicon.register.entities if lexicon.fits(entity.kind, _ENTERPRISE)]
    owners = {spelling(name): firm for firm in firms for name in (firm.values.get("short", ""), firm.label)}
    for firm in firms:
        for alias in firm.lists.get("aliases", ()):
            owner = owners.get(spelling(alias), firm)
            if owner is not firm:
                place = f"{owner.file}:{owner.line}"
                shared = fault(
                    "KG062.name-of-another", Severity.WARNING, name=alias, curie=owner.curie, place=place
                )
                yield Problem(firm.file, *firm.place("aliases"), shared)


def _document_numbers(register: Register) -> Iterator[Problem]:
    for entity in register.entities:
        number = entity.values.get("number")
        if number and (malformed := number_fault(number)):
            yield Problem(entity.file, *entity.place("number"), malformed)


def _documents(register: Register) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], RegisterEntity] = {}
    for entity in register.entities:
        number = entity.values.get("number")
        if not number:
            continue
        key = (number, entity.values.get("issuer", ""), entity.values.get("date", ""))
        earlier = first.setdefault(key, entity)
        if earlier is not entity:
            repeated = fault("KG061.repeated-document", number=number, curie=earlier.curie)
            yield Problem(entity.file, *entity.place("number"), repeated)


def _units_of_measures(lexicon: Lexicon) -> Iterator[Problem]:
    for measure in lexicon.measures.values():
        unit = measure.values.get("unit")
        if unit and unit not in lexicon.units:
            unknown = with_suggestion(fault("KG052.unknown-unit", unit=unit), unit, lexicon.units)
            yield Problem(measure.file, measure.line, _TERM_COLUMN, unknown)
