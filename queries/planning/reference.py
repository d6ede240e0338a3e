"""Reading of one framework from a store.

Frameworks are data with sources: the shipped files are in `ontology/`, and a user can supply others.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ...graph.names import with_prefixes
from .frameworks.catalogue import Frameworks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import Store
    from .cells.framework import ReferenceComponent, ReferenceFramework


def read_reference(
    store: Store, framework: str | None = None, *, unsourced: bool = False
) -> ReferenceFramework:
    """Read one framework from a store.

    :param framework: its IRI; by default the national one in force today, else the only framework of the
        store
    :param unsourced: whether to include components and dependencies for which no source was found
    :raises FrameworkError: if no framework, or more than one, has components
    """
    frameworks = Frameworks.of(store)
    return frameworks.read(framework or frameworks.default(date.today()), unsourced=unsourced)


def components_by_iri(store: Store) -> Mapping[str, ReferenceComponent]:
    """Read the components of all frameworks, those without a source included, by IRI."""
    return {component.iri: component for component in Frameworks.of(store).components}


def has_components(store: Store) -> bool:
    """Tell whether a store contains a framework."""
    return store.ask(with_prefixes("ASK { ?component a egov:ReferenceComponent }"))
