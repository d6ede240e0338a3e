"""Gaps against several frameworks side by side: a column each, and a row for what corresponds.

Components stand in one row where they are one entry that both frameworks share, where one says that it
corresponds to the other, where shipped frameworks use one code for both, or where one of the user's own has
the same counterpart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...ontology.layers import layer_order
from ...ontology.qualifiers import ListBasis, MappingBasis
from ...words import label
from .framework_remarks import ListOfFramework, SilentCellsOf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..facts.values import Json
    from .cells.framework import ReferenceComponent, ReferenceFramework
    from .gap_report import GapReport
    from .gaps import Gap
    from .remarks import Remark
    from .units import Province


@dataclass(frozen=True)
class CorrespondingComponents:
    """One row: the components of each framework that correspond to one another.

    :param components: of each framework in order; none where the framework has no such component
    :param bases: slug of why those of each framework correspond to the first; empty for the first itself
    """

    components: tuple[tuple[ReferenceComponent, ...], ...]
    bases: tuple[str, ...]

    @property
    def leading(self) -> ReferenceComponent:
        """The first component, whose name and layer the row bears."""
        return next(of_framework[0] for of_framework in self.components if of_framework)


@dataclass(frozen=True)
class GapColumns:
    """The same provinces against several frameworks.

    :param reports: a report for each framework, in the order of the question
    """

    reports: tuple[GapReport, ...]

    @property
    def frameworks(self) -> tuple[ReferenceFramework, ...]:
        """The frameworks, a column each."""
        return tuple(report.framework for report in self.reports)

    @property
    def provinces(self) -> tuple[Province, ...]:
        """The provinces that were judged, each once, in order."""
        return self.reports[0].provinces

    @cached_property
    def rows(self) -> tuple[CorrespondingComponents, ...]:
        """The rows by layer: the components of the first framework, then what only later ones have."""
        placed: set[tuple[int, str]] = set()
        rows = []
        for place, framework in enumerate(self.frameworks):
            for component in framework.components:
                if (place, component.iri) not in placed:
                    row = self._row(place, component)
                    placed |= {(n, part.iri) for n, parts in enumerate(row.components) for part in parts}
                    rows.append(row)
        return tuple(sorted(rows, key=lambda row: layer_order(row.leading.layer)))

    def _row(self, place: int, component: ReferenceComponent) -> CorrespondingComponents:
        parts: list[tuple[ReferenceComponent, ...]] = [()] * place + [(component,)]
        bases = [""] * (place + 1)
        for other in self.frameworks[place + 1 :]:
            found = [
                (part, basis)
                for part in other.components
                if (basis := mapping_basis(component, part, is_shipped=self._are_shipped(place, other)))
            ]
            parts.append(tuple(part for part, _ in found))
            bases.append(found[0][1] if found else "")
        return CorrespondingComponents(tuple(parts), tuple(bases))

    def _are_shipped(self, place: int, other: ReferenceFramework) -> bool:
        return ListBasis.OWN.slug not in {self.frameworks[place].list_basis, other.list_basis}

    @cached_property
    def cells(self) -> Mapping[tuple[int, str, str], Gap]:
        """Place of the framework, IRI of the province and of the component → cell."""
        return {
            (place, cell.judged.province.iri, cell.component.iri): cell
            for place, report in enumerate(self.reports)
            for cell in report.cells
        }

    def cells_of(self, row: CorrespondingComponents, place: int, province: Province) -> tuple[Gap, ...]:
        """List the cells of a row for one framework and one province; none where it has no such component."""
        return tuple(self.cells[place, province.iri, part.iri] for part in row.components[place])

    def layer_label(self, row: CorrespondingComponents, lang: str) -> str:
        """Return the name of the layer of a row.

        Beside others, a framework that has the four national layers is shown under those of the architecture.
        """
        component = row.leading
        if len(self.reports) == 1:
            return component.layer_label(lang)
        return label(component.layer_labels, lang) or find_code(component.layer).label(lang)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks of all reports, each once; first what qualifies the answer of a whole framework."""
        first = self.reports[0]
        qualifying = [remark for report in self.reports for remark in report.first_remarks]
        return (
            *sorted(qualifying, key=lambda remark: isinstance(remark, ListOfFramework)),
            *(remark for remark in first.remarks if remark not in first.first_remarks),
            *(remark for report in self.reports for remark in report.time_remarks),
            *(SilentCellsOf(report.framework.short_name, report.silent_cells) for report in self.reports),
            *(remark for report in self.reports for remark in report.framework_remarks),
            *first.province_remarks,
        )

    def as_dicts(self, lang: str) -> list[dict[str, Json]]:
        """Return the cells of all frameworks as JSON-compatible records, with what corresponds to each."""
        counterparts = self._counterparts()
        return [
            {
                **record,
                "corresponds": counterparts[place, cell.component.iri],
            }
            for place, report in enumerate(self.reports)
            for cell, record in zip(report.cells, report.as_dicts(lang), strict=True)
        ]

    def _counterparts(self) -> Mapping[tuple[int, str], list[Json]]:
        """Place of the framework and IRI of a component → its counterparts in the other frameworks."""
        counterparts: dict[tuple[int, str], list[Json]] = defaultdict(list)
        for row in self.rows:
            for place, parts in enumerate(row.components):
                for part in parts:
                    counterparts[place, part.iri] += self._others(row, place)
        return counterparts

    def _others(self, row: CorrespondingComponents, place: int) -> Iterator[Json]:
        for other, parts in enumerate(row.components):
            if other != place:
                basis = row.bases[max(place, other)] or row.bases[min(place, other)]
                for part in parts:
                    reference = self.frameworks[other].name
                    yield {"reference": reference, "component": part.code, "basis": basis}

    def differing(self) -> tuple[CorrespondingComponents, ...]:
        """List the rows in which the frameworks differ for some province."""
        return tuple(row for row in self.rows if self._differs(row))

    def _differs(self, row: CorrespondingComponents) -> bool:
        return any(
            len({self._verdicts(row, place, province) for place in range(len(self.reports))}) > 1
            for province in self.provinces
        )

    def _verdicts(self, row: CorrespondingComponents, place: int, province: Province) -> frozenset[str]:
        return frozenset(cell.verdict.value for cell in self.cells_of(row, place, province))


def mapping_basis(one: ReferenceComponent, other: ReferenceComponent, *, is_shipped: bool) -> str:
    """Tell why components of two frameworks correspond; empty if they do not.

    :param is_shipped: whether both frameworks are shipped, so that equal codes mean the same; a component of
        the user's own corresponds to what has the same counterpart
    :returns: slug of the basis
    """
    if one.iri == other.iri:
        return MappingBasis.SAME.slug
    for component, counterpart in ((other, one), (one, other)):
        if counterpart.iri in component.counterparts:
            return component.mapping or MappingBasis.PLACED.slug
    is_placed = one.code == other.code if is_shipped else set(one.counterparts) & set(other.counterparts)
    return MappingBasis.PLACED.slug if is_placed else ""


def basis_label(slug: str, lang: str) -> str:
    """Return the label of why components correspond; empty for none."""
    return find_code(slug).label(lang) if slug else ""
