"""The reports about dependencies as grids, for the terminal and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...queries.dependencies.text import (
    affected_notes,
    criticality_text,
    edges_text,
    join_texts,
    path_text,
    reason_texts,
    relation_text,
    state_text,
    words_in,
)
from ...queries.facts.terms import term_label
from ...viz.tables import Grid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...queries.dependencies.comparison import ComparisonReport
    from ...queries.dependencies.criticality import CriticalityReport
    from ...queries.dependencies.impact import ImpactReport
    from ...queries.dependencies.network.systems import System
    from ...queries.dependencies.paths import PathReport
    from ...queries.dependencies.single_points import JoinReport, SinglePointReport
    from ...viz.tables import CellValue

_IMPACT = ("label", "entity", "hops", "basis", "kind", "province", "path", "remarks", "state", "alternatives")
_PATHS = ("hops", "basis", "path")
_SINGLE_POINTS = ("label", "entity", "failing", "why")
_JOINS = ("label", "entity", "parted", "why")
_CRITICALITY = (
    "label",
    "entity",
    "dependents",
    "providers",
    "reach",
    "betweenness",
    "pagerank",
    "why",
)


def impact_grid(report: ImpactReport, *, is_table: bool) -> Grid:
    """Build the grid of affected systems.

    :param is_table: whether basis and class are shown as labels for readers, not as codes
    """
    lang = report.choice.lang
    rows: list[list[CellValue]] = [
        [
            *_named(affected.system, lang),
            affected.hops,
            words_in(lang)[affected.basis] if is_table else affected.basis,
            term_label(affected.system.kind, lang) if is_table else affected.system.kind,
            affected.system.place.get(lang, ""),
            path_text(affected.edges, report.systems, lang),
            affected_notes(affected, lang),
            state_text(affected, lang, upstream=report.upstream) if is_table else affected.state.value,
            " ".join(system.curie for row in affected.alternatives for system in row.providers),
        ]
        for affected in report.affected
    ]
    return _grid(_IMPACT, rows, lang)


def path_grid(report: PathReport, *, is_table: bool) -> Grid:
    """Build the grid of paths.

    :param is_table: whether the basis is shown as a label for readers, not as a code
    """
    lang = report.choice.lang
    rows: list[list[CellValue]] = [
        [
            len(path.edges),
            words_in(lang)[path.basis] if is_table else path.basis,
            path_text(path.edges, report.systems, lang),
        ]
        for path in report.paths
    ]
    return _grid(_PATHS, rows, lang)


def single_point_grid(report: SinglePointReport) -> Grid:
    """Build the grid of single points of failure, with the reasons."""
    lang = report.choice.lang
    rows: list[list[CellValue]] = [
        [
            *_named(point.system, lang),
            len(point.failing),
            "; ".join(reason_texts(point, lang)),
        ]
        for point in report.points
    ]
    return _grid(_SINGLE_POINTS, rows, lang)


def join_grid(report: JoinReport) -> Grid:
    """Build the grid of articulation points: systems without which the network falls apart."""
    lang = report.choice.lang
    rows: list[list[CellValue]] = [
        [
            *_named(join.system, lang),
            sum(map(len, join.pieces)),
            "; ".join(join_texts(join, lang)),
        ]
        for join in report.joins
    ]
    return _grid(_JOINS, rows, lang)


def criticality_grid(report: CriticalityReport) -> Grid:
    """Build the grid of systems with their measures."""
    lang = report.choice.lang
    rows: list[list[CellValue]] = [
        [
            *_named(row.system, lang),
            row.dependents,
            row.providers,
            row.reach,
            round(row.betweenness, 6),
            round(row.pagerank, 6),
            criticality_text(row, lang),
        ]
        for row in report.ranking
    ]
    return _grid(_CRITICALITY, rows, lang, why="meaning")


def comparison_grid(report: ComparisonReport) -> Grid:
    """Build the grid of kinds of connections, with the edges of each territory."""
    lang = report.choice.lang
    rows: list[list[CellValue]] = [
        [
            *(relation_text(name, lang) for name in contrast.kind),
            edges_text(contrast.first_edges, report.systems, lang),
            edges_text(contrast.second_edges, report.systems, lang),
        ]
        for contrast in report.contrasts
    ]
    kinds = ("dependent", "relation", "provider")
    headings = [*(words_in(lang)[f"column.{key}"] for key in kinds), *report.names]
    return Grid(headings, (*kinds, "first", "second"), rows)


def _named(system: System, lang: str) -> tuple[str, str]:
    return system.label(lang), system.curie


def _grid(keys: Sequence[str], rows: Sequence[Sequence[CellValue]], lang: str, **headed_as: str) -> Grid:
    """Build a grid whose headings are looked up by column key.

    :param headed_as: key of a column -> key of its heading, where that is another one
    """
    return Grid(list(column_headings(keys, lang, headed_as).values()), keys, rows)


def column_headings(
    keys: Sequence[str], lang: str, headed_as: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Find the headings of columns, by key."""
    words, keys_of_headings = words_in(lang), headed_as or {}
    return {key: words[f"column.{keys_of_headings.get(key, key)}"] for key in keys}
