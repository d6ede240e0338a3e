"""Conversion of dependency reports to drawings of boxes and arrows, independent of the output format.

The leftmost column holds the failing systems, or the providers of all others; affected systems follow to the
right. Arrows run from the dependent to the provider, and so point left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...queries.dependencies.text import (
    alternative_texts,
    contrast_texts,
    duplicate_texts,
    reason_texts,
    remark_texts,
)
from ...words import catalogue
from .boxes import Arrow, Box, BoxRole, Drawing, arrow_style
from .placement import TALLEST_COLUMN, dependency_depths, placed_systems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...queries.dependencies.comparison import ComparisonReport
    from ...queries.dependencies.impact import ImpactReport
    from ...queries.dependencies.matrix import MatrixReport
    from ...queries.dependencies.network.choice import EdgeChoice
    from ...queries.dependencies.network.edge import DependencyEdge
    from ...queries.dependencies.network.systems import System
    from ...queries.dependencies.paths import PathReport
    from ...queries.dependencies.single_points import SinglePointReport

__all__ = [
    "TALLEST_COLUMN",
    "Drawing",
    "DrawnNetwork",
    "drawing",
    "of_comparison",
    "of_impact",
    "of_matrix",
    "of_points",
    "of_routes",
]


@dataclass(frozen=True)
class DrawnNetwork:
    """The systems and edges of a drawing, before layout.

    :param levels: CURIE → column, before tall columns are split; missing systems are in column 0
    :param roles: CURIE → role, for systems with a role other than "listed"
    """

    systems: Iterable[System]
    edges: Iterable[DependencyEdge]
    levels: Mapping[str, int]
    roles: Mapping[str, BoxRole] = field(default_factory=dict)


def drawing(title: str, network: DrawnNetwork, notes: Sequence[str], choice: EdgeChoice) -> Drawing:
    """Place the systems in columns and number the edges.

    :param notes: remarks that stand below the drawing
    :param choice: of edges, with the language and the day
    """
    systems = {system.curie: system for system in network.systems}
    edges = sorted(network.edges, key=lambda edge: (edge.provider, edge.dependent))
    places = placed_systems(systems, [edge.ends for edge in edges], network.levels)
    boxes = tuple(
        Box(systems[curie], column, row, network.roles.get(curie, BoxRole.LISTED))
        for curie, (column, row) in sorted(places.items(), key=lambda entry: entry[1])
    )
    edges.sort(key=lambda edge: (*places[edge.dependent], *places[edge.provider]))
    arrows = tuple(Arrow(edge, arrow_style(edge), number) for number, edge in enumerate(edges, 1))
    return Drawing(title, boxes, arrows, tuple(notes), choice.lang, choice.as_of)


def of_impact(report: ImpactReport) -> Drawing:
    """Draw an impact: failing systems on the left, each hop one column further to the right."""
    lang = report.choice.lang
    names = ", ".join(system.label(lang) for system in report.failed)
    title = catalogue(__package__, lang)(
        "impact.upstream" if report.upstream else "impact.downstream", names=names
    )
    role = BoxRole.SUBJECT if report.upstream else BoxRole.FAILED
    roles = {system.curie: role for system in report.failed}
    roles |= {system.curie: BoxRole.PASSED for system in report.hidden}
    network = DrawnNetwork(report.systems.values(), report.edges.values(), _impact_levels(report), roles)
    alternatives = [text for row in report.affected for text in alternative_texts(row.alternatives, lang)]
    notes = [*dict.fromkeys(alternatives), *remark_texts(report.remarks, lang)]
    return drawing(title, network, notes, report.choice)


def _impact_levels(report: ImpactReport) -> dict[str, int]:
    """Return the column of each system: its hops from the failing ones; upstream, from the right."""
    hops: dict[str, int] = {}
    for affected in report.affected:
        hops |= {curie: position for position, curie in enumerate(affected.path)}
    hops |= {system.curie: 0 for system in report.failed}
    if not report.upstream:
        return hops
    deepest = max(hops.values(), default=0)
    return {curie: deepest - hop for curie, hop in hops.items()}


def of_routes(report: PathReport) -> Drawing:
    """Draw paths: the provider on the left, the dependent on the right."""
    lang = report.choice.lang
    title = f"{report.start.label(lang)} → {report.end.label(lang)}"
    levels: dict[str, int] = {}
    for path in reversed(report.paths):  # the shortest comes last and decides
        levels |= {curie: len(path.curies) - 1 - position for position, curie in enumerate(path.curies)}
    roles = {report.start.curie: BoxRole.SUBJECT, report.end.curie: BoxRole.SUBJECT}
    network = DrawnNetwork(report.systems.values(), report.edges.values(), levels, roles)
    return drawing(title, network, remark_texts(report.remarks, lang), report.choice)


def of_points(report: SinglePointReport, title: str) -> Drawing:
    """Draw a subnetwork with its single points of failure."""
    lang = report.choice.lang
    reasons = [text for point in report.points for text in reason_texts(point, lang)]
    roles = {point.system.curie: BoxRole.SINGLE_POINT for point in report.points}
    network = DrawnNetwork(report.systems.values(), report.edges, dependency_depths(report.edges), roles)
    return drawing(title, network, [*reasons, *remark_texts(report.remarks, lang)], report.choice)


def of_matrix(report: MatrixReport, title: str) -> Drawing:
    """Draw the network that a matrix shows."""
    lang, edges = report.choice.lang, tuple(report.cells.values())
    network = DrawnNetwork(report.systems, edges, dependency_depths(edges))
    return drawing(title, network, remark_texts(report.remarks, lang), report.choice)


def of_comparison(report: ComparisonReport) -> Drawing:
    """Draw the connections of two territories; the notes list contrasts and duplicate systems."""
    lang = report.choice.lang
    edges = {edge.ends: edge for contrast in report.contrasts for edge in contrast.edges}
    notes = [
        *contrast_texts(report, lang),
        *duplicate_texts(report, lang),
        *remark_texts(report.remarks, lang),
    ]
    network = DrawnNetwork(report.systems.values(), edges.values(), dependency_depths(edges.values()))
    return drawing(" – ".join(report.names), network, notes, report.choice)
