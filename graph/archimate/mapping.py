"""How classes and relations of the ontology appear as ArchiMate concepts, and back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ...files import packaged_text
from ...ontology.vocabulary import load_vocabulary
from .concepts import ASSOCIATION, is_legal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...ontology.vocabulary import Vocabulary

_REVERSED = "<"
_WITHOUT_TYPE = "Grouping"
_MAPPING = yaml.safe_load(packaged_text(__package__ or "", "mapping.yaml"))

# Names of the properties by which an import finds again what an export wrote.
PROPERTY_PREFIX = "egovkg:"
CURIE_PROPERTY, CLASS_PROPERTY = f"{PROPERTY_PREFIX}id", f"{PROPERTY_PREFIX}class"
RELATION_PROPERTY, SUBJECT_PROPERTY = f"{PROPERTY_PREFIX}relation", f"{PROPERTY_PREFIX}subject"
STATUS_PROPERTY, STATEMENTS_PROPERTY = f"{PROPERTY_PREFIX}status", f"{PROPERTY_PREFIX}statements"
STATED_PROPERTY = f"{PROPERTY_PREFIX}stated"  # the day on which a source states it
_BETWEEN, _NONE = "; ", "–"  # between the values of several statements, and for a statement without one


def values_text(values: Sequence[str]) -> str:
    """Write one value of each statement of a relation in one property: once if all are equal, else each.

    >>> values_text(["planned", "", "planned"]), values_text(["planned", "planned"]), values_text(["", ""])
    ('planned; –; planned', 'planned', '')
    """
    if len(set(values)) == 1:
        return values[0]
    return _BETWEEN.join(value or _NONE for value in values)


def values_of_text(text: str, count: int) -> list[str] | None:
    """Read what :func:`values_text` wrote of some statements; ``None`` if it has another number of values.

    >>> values_of_text("planned; –; planned", 3), values_of_text("planned", 2), values_of_text("a; b", 3)
    (['planned', '', 'planned'], ['planned', 'planned'], None)
    """
    values = ["" if value == _NONE else value for value in text.split(_BETWEEN)]
    if len(values) == 1:
        return values * count
    return values if len(values) == count else None


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A relation or a relationship that stands for another.

    :param name: relation of the ontology, or type of relationship
    :param is_reversed: whether subject and object change places
    """

    name: str
    is_reversed: bool

    @classmethod
    def of(cls, written: str) -> Correspondence:
        """Parse an entry of `mapping.yaml`, such as `Serving <`."""
        name, _, direction = written.partition(" ")
        return cls(name, direction == _REVERSED)


@lru_cache(maxsize=256)
def element_type(class_name: str) -> str:
    """Return the type of element that shows the instances of a class; a grouping if none fits.

    >>> element_type("Ministry"), element_type("DedicatedDataNetwork"), element_type("Database")
    ('BusinessActor', 'CommunicationNetwork', 'ApplicationComponent')
    """
    types: Mapping[str, str] = _MAPPING["classes"]
    classes = _upwards(load_vocabulary(), class_name)
    return next((types[name] for name in classes if name in types), _WITHOUT_TYPE)


def _upwards(vocabulary: Vocabulary, class_name: str) -> Iterator[str]:
    """Yield a class and the classes above it, the nearest first."""
    level = [class_name]
    while level:
        yield from level
        level = [parent for name in level for parent in vocabulary.classes[name].parents]


def has_own_type(relation: str) -> bool:
    """Tell whether a relation is shown as something better than an association, where the rules allow it.

    >>> has_own_type("connectsTo"), has_own_type("cooperatesWith")
    (True, False)
    """
    return relation in _MAPPING["relations"]


@lru_cache(maxsize=4096)
def relationship_type(relation: str, subject_type: str, object_type: str) -> Correspondence:
    """Choose the relationship that shows a relation between two types of elements.

    :returns: an association where the rules of ArchiMate allow none of those that fit

    >>> relationship_type("connectsTo", "ApplicationComponent", "ApplicationComponent")
    Correspondence(name='Serving', is_reversed=True)
    >>> relationship_type("provides", "BusinessActor", "Goal")
    Correspondence(name='Association', is_reversed=False)
    """
    for choice in map(Correspondence.of, _MAPPING["relations"].get(relation, ())):
        ends = (object_type, subject_type) if choice.is_reversed else (subject_type, object_type)
        if is_legal(choice.name, *ends):
            return choice
    return Correspondence(ASSOCIATION, is_reversed=False)


def class_of_element(element_type_name: str) -> str | None:
    """Return the class of the entry that an import writes for a type of element; ``None`` without one.

    >>> class_of_element("ApplicationComponent"), class_of_element("Goal")
    ('InformationSystem', None)
    """
    types: Mapping[str, str] = _MAPPING["element_types"]
    return types.get(element_type_name)


@lru_cache(maxsize=1)
def creatable_classes() -> frozenset[str]:
    """Return the classes of entries that an import may write: those it takes foreign elements for, and below.

    >>> "OneStopSystem" in creatable_classes(), "Province" in creatable_classes()
    (True, False)
    """
    vocabulary = load_vocabulary()
    taken = set(_MAPPING["element_types"].values())
    return frozenset(name for name in vocabulary.classes if taken & vocabulary.ancestors(name))


def relation_of_relationship(
    relationship_type_name: str, source_class: str, target_class: str
) -> Correspondence | None:
    """Choose the relation that a relationship between two classes states; ``None`` if none fits them.

    >>> relation_of_relationship("Serving", "InformationSystem", "Body")
    Correspondence(name='usedBy', is_reversed=False)
    >>> relation_of_relationship("Influence", "InformationSystem", "Body") is None
    True
    """
    candidates = map(Correspondence.of, _MAPPING["relationship_types"].get(relationship_type_name, ()))
    for candidate in candidates:
        ends = (source_class, target_class)
        if _fits(candidate.name, *(reversed(ends) if candidate.is_reversed else ends)):
            return candidate
    return None


def _fits(relation: str, subject_class: str, object_class: str) -> bool:
    vocabulary = load_vocabulary()
    term = vocabulary.properties[relation]
    ends = ((subject_class, term.domain), (object_class, term.range))
    return all(expected is None or vocabulary.is_a(name, expected) for name, expected in ends)
