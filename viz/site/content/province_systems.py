"""The systems that articles say serve a province, each with its statuses and where they are stated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....ontology.layers import find_layer, technical_layers
from .coverage import services, system_layer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from .model import PageLink
    from .snapshot import GraphSnapshot
    from .statements import StatementView, StatementWording

__all__ = ["ProvinceSystem", "SystemsOfLayer", "systems_by_layer"]


@dataclass(frozen=True)
class ProvinceSystem:
    """A system of a province.

    :param statements: the latest statement of each status, the latest article first
    """

    link: PageLink
    statements: tuple[StatementView, ...]

    @property
    def is_asserted(self) -> bool:
        """Whether some statement says that the province has it, not only that it has not."""
        return any(not statement.is_denied for statement in self.statements)


@dataclass(frozen=True)
class SystemsOfLayer:
    """The systems of a province in one layer of the architecture, by name."""

    layer: str
    systems: tuple[ProvinceSystem, ...]

    @property
    def count(self) -> int:
        """The number of its systems without those that are only denied."""
        return sum(system.is_asserted for system in self.systems)


def systems_by_layer(wording: StatementWording, units: Collection[str]) -> list[SystemsOfLayer]:
    """List the systems that serve a territory in given provinces; layers without any are left out.

    :param units: CURIEs of the province and its former provinces
    """
    snapshot = wording.snapshot
    by_layer: dict[str, list[ProvinceSystem]] = defaultdict(list)
    for system, positions in _serving_statements(snapshot, units).items():
        record = snapshot.by_curie[system]
        statements = _latest_of_each_status(wording, positions)
        by_layer[system_layer(snapshot, record)].append(ProvinceSystem(wording.entity(system), statements))
    return [
        SystemsOfLayer(
            find_layer(layer).label(wording.lang),
            tuple(sorted(by_layer[layer], key=lambda system: system.link.text)),
        )
        for layer in technical_layers()
        if layer in by_layer
    ]


def _serving_statements(snapshot: GraphSnapshot, units: Collection[str]) -> Mapping[str, list[int]]:
    """Collect the positions of the statements that a system serves a territory, by CURIE of the system."""
    positions: dict[str, list[int]] = defaultdict(list)
    for service in services(snapshot):
        if service.province in units:
            positions[service.system.curie].append(service.position)
    return positions


def _latest_of_each_status(wording: StatementWording, positions: Sequence[int]) -> tuple[StatementView, ...]:
    """Word the latest statement of each status, denied ones apart; the latest article stands first."""
    statements = wording.snapshot.statements
    ordered = sorted(positions, key=lambda position: statements[position].fact.stated_on, reverse=True)
    return tuple(_first_of_each_status(wording.statements(ordered)))


def _first_of_each_status(views: Iterable[StatementView]) -> Iterator[StatementView]:
    seen: set[tuple[str, bool]] = set()
    for view in views:
        status = (view.status_label, view.is_denied)
        if status not in seen:
            seen.add(status)
            yield view
