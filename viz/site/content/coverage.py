"""What the articles do not cover: systems by layer and province, with the cells that lack any statement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....ontology.layers import default_layer, find_layer, technical_layers
from ....queries.facts.statement_bounds import is_denied
from .model import PageLink

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .entities import EntityRecord
    from .snapshot import GraphSnapshot

__all__ = ["Service", "SystemCoverage", "province_links", "services", "system_coverage", "system_layer"]

SYSTEM_CLASS = "TechnicalComponent"
_SERVES = "serves"  # relation of a system to the territory that it serves


@dataclass(frozen=True, slots=True)
class Service:
    """A statement that a system serves a territory.

    :param position: of the statement in the snapshot
    :param province: CURIE of the province that contains the territory; empty for a national one
    """

    position: int
    system: EntityRecord
    province: str


@dataclass(frozen=True)
class SystemCoverage:
    """The number of systems that serve each province according to articles, by layer.

    :param columns: the provinces
    :param rows: label of the layer, and one number per province, in the order of the columns
    """

    columns: tuple[PageLink, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def empty_cells(self) -> int:
        """The number of cells without any system."""
        return sum(counts.count(0) for _, counts in self.rows)

    @property
    def cells(self) -> int:
        """The number of all cells."""
        return len(self.columns) * len(self.rows)

    @property
    def empty_share(self) -> float:
        """The share of empty cells, 0 to 1; 0 without cells."""
        return self.empty_cells / self.cells if self.cells else 0.0


def province_links(snapshot: GraphSnapshot, lang: str) -> tuple[PageLink, ...]:
    """Link the provinces that articles are about, in order of CURIE."""
    curies = {article.province for article in snapshot.picture.articles} & snapshot.by_curie.keys()
    provinces = [snapshot.by_curie[curie] for curie in sorted(filter(None, curies))]
    return tuple(PageLink(entity.label(lang), entity.path, lang, entity.curie) for entity in provinces)


def system_coverage(snapshot: GraphSnapshot, lang: str) -> SystemCoverage:
    """Count the systems that serve each province, by layer; denied statements do not count."""
    columns = province_links(snapshot, lang)
    systems = _systems_by_cell(snapshot)
    possible_layers = _system_layers(snapshot)
    rows = []
    for layer in technical_layers():
        if layer in possible_layers:
            counts = tuple(len(systems.get((layer, province.curie), ())) for province in columns)
            rows.append((find_layer(layer).label(lang), counts))
    return SystemCoverage(columns, tuple(rows))


def _systems_by_cell(snapshot: GraphSnapshot) -> Mapping[tuple[str, str], set[str]]:
    """Collect the CURIEs of the systems of each layer and province."""
    systems: dict[tuple[str, str], set[str]] = defaultdict(set)
    for service in services(snapshot):
        if not is_denied(snapshot.statements[service.position].fact):
            systems[system_layer(snapshot, service.system), service.province].add(service.system.curie)
    return systems


def services(snapshot: GraphSnapshot) -> Iterator[Service]:
    """List the statements, denied ones too, that a system serves a territory."""
    for position, statement in enumerate(snapshot.statements):
        fact = statement.fact
        system, territory = snapshot.by_curie.get(fact.subject), snapshot.by_curie.get(fact.object or "")
        if fact.predicate == _SERVES and system and territory and _is_system(snapshot, system):
            yield Service(position, system, territory.province)


def system_layer(snapshot: GraphSnapshot, system: EntityRecord) -> str:
    """Return the slug of the layer of a system."""
    return snapshot.vocabulary.layer(system.kind) or default_layer()


def _is_system(snapshot: GraphSnapshot, entity: EntityRecord) -> bool:
    return snapshot.vocabulary.is_a(entity.kind, SYSTEM_CLASS)


def _system_layers(snapshot: GraphSnapshot) -> set[str | None]:
    """List the layers of the classes of systems."""
    vocabulary = snapshot.vocabulary
    return {vocabulary.layer(kind) for kind in vocabulary.classes if vocabulary.is_a(kind, SYSTEM_CLASS)}
