"""The graphs that are compared: a store with a name, and what tells quickly that parts of it are equal."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ...graph.names import with_prefixes
from ...graph.network.cache import STATED, network_of, project
from ...graph.store import OxigraphStore
from ..planning.provinces import Provinces
from ..planning.units import JudgedProvince

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ...graph.network.network import Network
    from ...graph.publish import Version
    from ...graph.store import Store
    from ..planning.units import Province

_CURIES = with_prefixes("SELECT DISTINCT ?entity ?curie { ?entity egov:curie ?curie }")


@dataclass(frozen=True)
class ComparedGraph:
    """A graph that is compared.

    :param name: name for readers, such as that of a version or a folder
    :param version: the published version that the store belongs to; `None` for an endpoint or a store in
        memory
    :param article_digests: id of each article → digest of its quads; `None` if they are not known
    :param register_digest: digest of register, measures, units and ontology; empty if it is not known
    """

    name: str
    store: Store
    version: Version | None = None
    article_digests: Mapping[str, str] | None = field(default=None, repr=False)
    register_digest: str = ""

    @classmethod
    def of_version(cls, version: Version, name: str = "") -> ComparedGraph:
        """Open a published version.

        :raises StoreError: if its files are missing or damaged, or another release of egovkg wrote them
        """
        manifest = version.manifest()
        entries = manifest.get("sources")
        digests = {
            str(entry["id"]): str(entry["quads"]) for entry in (entries if isinstance(entries, list) else ())
        }
        lexicon = str(manifest.get("lexicon", ""))
        return cls(name or version.name, version.open(), version, digests, lexicon)

    def copied_to_memory(self) -> ComparedGraph:
        """Return the graph with a copy of its store in memory; itself if it is there, or at an endpoint."""
        store = OxigraphStore.copied_to_memory(self.store)
        return self if store is self.store else ComparedGraph(self.name, store)

    @cached_property
    def network(self) -> Network:
        """The network of the stated dependencies; that of a version is read from its cached arrays."""
        return network_of(self.version, self.store) if self.version else project(self.store, STATED)

    @cached_property
    def provinces(self) -> Provinces:
        """The provinces of the graph."""
        return Provinces(self.store)

    @cached_property
    def curies(self) -> Mapping[str, str]:
        """Address → CURIE of each entity."""
        return {row[0]: row[1] for row in self.store.texts(_CURIES)}

    def present_provinces(self, day: date) -> Mapping[str, Province]:
        """Map the CURIE of each entity of a province to the province that stands in its place on a day.

        Entities of the country are left out. A former province with several successors stands for itself.
        """
        present = {
            unit.iri: self.provinces.of_day([JudgedProvince(unit, unit)], day)[0].requested
            for unit in self.provinces.by_iri.values()
        }
        places = self.provinces.places
        units = {curie: places.unit_of(iri) for iri, curie in self.curies.items()}
        return {
            curie: present[places.province[unit]]
            for curie, unit in units.items()
            if unit and places.province[unit] in present
        }


def same_register(before: ComparedGraph, after: ComparedGraph) -> bool:
    """Tell whether register and ontology are known to be equal."""
    return bool(before.register_digest) and before.register_digest == after.register_digest


def differing_articles(before: ComparedGraph, after: ComparedGraph) -> frozenset[str] | None:
    """List the articles that are not known to be equal; `None` for all.

    Facts name entities by CURIE, so that articles with equal quads have equal facts under any register.
    """
    if before.article_digests is None or after.article_digests is None:
        return None
    digests = {*before.article_digests.items()} ^ {*after.article_digests.items()}
    return frozenset(article for article, _ in digests)
