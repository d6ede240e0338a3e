"""The types of elements and relationships in ArchiMate 3.1, and which relationships its rules allow."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import yaml

from ...files import packaged_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LettersByTypes: TypeAlias = "Mapping[tuple[str, str], str]"  # types of source and target -> letters

ASSOCIATION = "Association"  # the relationship that the rules allow between any two concepts
RELATIONSHIP = "Relationship"  # the concept that stands for all relationships where one is an end of another
_JUNCTION = "Junction"

_CONCEPTS = yaml.safe_load(packaged_text(__package__ or "", "concepts.yaml"))
ELEMENT_TYPES: Mapping[str, str] = MappingProxyType(
    {name: layer for layer, names in _CONCEPTS["layers"].items() for name in names}
)  # type -> layer of the model tree, in the order of the layers
_LETTERS: Mapping[str, str] = _CONCEPTS["relationships"]
RELATIONSHIP_TYPES = frozenset(_LETTERS)


def current_name(name: str) -> str:
    """Return the name in ArchiMate 3.1 of a type of an older version or of the tool Archi.

    >>> current_name("UsedByRelationship"), current_name("archimate:Network"), current_name("Node")
    ('Serving', 'CommunicationNetwork', 'Node')
    """
    local = name.rpartition(":")[2]
    stem = local.removesuffix(RELATIONSHIP) or local
    older: Mapping[str, str] = _CONCEPTS["older"]
    return older.get(stem, stem)


def is_legal(relationship: str, source: str, target: str) -> bool:
    """Tell whether the rules of ArchiMate allow a relationship between two types of concepts.

    :param source: type of an element, or :data:`RELATIONSHIP`; likewise `target`
    Source: the table of the tool Archi, named in `legal-relations.txt`.

    >>> is_legal("Serving", "ApplicationComponent", "BusinessActor")
    True
    >>> is_legal("Composition", "BusinessActor", "ApplicationComponent")
    False
    """
    ends = (_in_table(source), _in_table(target))
    return _LETTERS[relationship] in _legal_letters().get(ends, "")


def _in_table(concept: str) -> str:
    return _JUNCTION if concept.endswith(_JUNCTION) else concept


@lru_cache(maxsize=1)
def _legal_letters() -> LettersByTypes:
    """Read the table: 3 841 pairs of types, in about 3 ms."""
    lines = packaged_text(__package__ or "", "legal-relations.txt").splitlines()
    return dict(_pairs(line for line in lines if line and not line.startswith("#")))


def _pairs(lines: Iterator[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield pairs of types with their letters from lines `Source: letters Target Target; letters …`."""
    for line in lines:
        source, _, groups = line.partition(": ")
        for group in groups.split("; "):
            letters, *targets = group.split()
            yield from (((source, target), letters) for target in targets)
