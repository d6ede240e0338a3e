"""Rules for the direction of a dependency, and for the status from which it counts, shared by all modules."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .statuses import find_status
from .vocabulary import load_vocabulary

if TYPE_CHECKING:
    from .vocabulary import Vocabulary

DEPENDS = "directlyDependsOn"
EXCHANGE = "connectsTo"  # the relation of an edge whose direction follows from the class
DELIVERED = "deliveredThrough"  # from a service to the system through which people reach it
PART = "partOfSystem"  # the relation of a part to its whole: no other whole can stand in
JOINING_RELATIONS = frozenset({EXCHANGE, "integratesWith"})
INFRASTRUCTURE = "Infrastructure"  # a platform that connects to a network is the one that depends


@lru_cache(maxsize=4096)
def is_reversed(
    subject_class: str, relation: str, object_class: str, *, is_from_place_to_country: bool = False
) -> bool:
    """Tell whether the object of a statement depends on its subject, a platform that connects it.

    "The platform connects system A" means that A depends on the platform for data exchange. Which classes are
    such platforms, the ontology says (`egov:isHub`). The direction follows the wording between two platforms,
    from a platform to infrastructure, and from the platform of a place to a system of the whole country.

    >>> is_reversed("IntegrationPlatform", "connectsTo", "Database")
    True
    >>> is_reversed("IntegrationPlatform", "connectsTo", "Database", is_from_place_to_country=True)
    False
    >>> is_reversed("Database", "connectsTo", "IntegrationPlatform")
    False
    """
    vocabulary = load_vocabulary()
    if relation not in JOINING_RELATIONS or is_from_place_to_country or not is_hub(subject_class):
        return False
    return not is_hub(object_class) and not _is_below(vocabulary, object_class, INFRASTRUCTURE)


def is_hub(class_name: str) -> bool:
    """Tell whether the instances of a class join other systems, which depend on them for it.

    >>> is_hub("IntegrationPlatform"), is_hub("Database")
    (True, False)
    """
    vocabulary = load_vocabulary()
    return any(_is_below(vocabulary, class_name, hub) for hub in vocabulary.hubs)


@lru_cache(maxsize=1024)
def counts_as_edge(relation: str, status: str) -> bool:
    """Tell whether an asserted statement becomes a plain edge of the graph.

    It does if its status is in force, or if its relation is a dependency and the status says that it runs.

    >>> (
    ...     counts_as_edge("hostedOn", "pilot"),
    ...     counts_as_edge("hostedOn", "planned"),
    ...     counts_as_edge("serves", "pilot"),
    ... )
    (True, False, False)
    """
    vocabulary = load_vocabulary()
    standing = find_status(status)
    is_dependency = relation in vocabulary.properties and vocabulary.is_a(relation, DEPENDS)
    return standing.materialises or (is_dependency and standing.runs)


def _is_below(vocabulary: Vocabulary, name: str, ancestor: str) -> bool:
    return name in vocabulary.classes and vocabulary.is_a(name, ancestor)
