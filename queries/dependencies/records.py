"""The reports as JSON-compatible records, with labels and reasons in a language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..facts.terms import term_label
from .matrix import mark_of
from .text import criticality_text, join_texts, reason_texts, remark_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts.values import Json
    from .affected import AffectedSystem, Alternative
    from .comparison import ComparisonReport, Contrast, DuplicateSystems
    from .criticality import CriticalSystem
    from .matrix import MatrixReport
    from .network.systems import System
    from .paths import DependencyPath
    from .single_points import Join, SinglePoint


def system_record(system: System, lang: str) -> dict[str, Json]:
    """Describe a system by address, CURIE, label and class."""
    return {"iri": system.iri, "curie": system.curie, "label": system.label(lang), "kind": system.kind}


def affected_record(affected: AffectedSystem, lang: str) -> dict[str, Json]:
    """Describe one affected system; the first five keys are guaranteed in `impact --format json`."""
    system = affected.system
    return {
        "entity": system.curie,
        "label": system.label(lang),
        "hops": affected.hops,
        "path": list(affected.path),
        "basis": affected.basis,
        "iri": system.iri,
        "kind": system.kind,
        "layer": system.layer,
        "province": system.province,
        "status": system.status,
        "stated_hops": affected.stated_hops,
        "planned_only": affected.planned_only,
        "implied_only": affected.implied_only,
        "steps": [edge.as_dict() for edge in affected.edges],
        "state": affected.state.value,
        "alternatives": [_alternative_record(alternative) for alternative in affected.alternatives],
        "parts": affected.parts,
    }


def path_record(path: DependencyPath, systems: Mapping[str, System], lang: str) -> dict[str, Json]:
    """Describe one path.

    :param systems: by CURIE
    """
    return {
        "hops": len(path.edges),
        "path": list(path.curies),
        "labels": [systems[curie].label(lang) for curie in path.curies],
        "basis": path.basis,
        "steps": [edge.as_dict() for edge in path.edges],
    }


def single_point_record(point: SinglePoint, lang: str) -> dict[str, Json]:
    """Describe one single point of failure."""
    return {
        "entity": point.system.curie,
        "label": point.system.label(lang),
        "kind": point.system.kind,
        "province": point.system.province,
        "fails": _curies(point.failing),
        "alternatives": [_alternative_record(alternative) for alternative in point.alternatives],
        "why": [*reason_texts(point, lang)],
    }


def join_record(join: Join, lang: str) -> dict[str, Json]:
    """Describe one system that joins parts of the network."""
    return {
        "entity": join.system.curie,
        "label": join.system.label(lang),
        "kind": join.system.kind,
        "province": join.system.province,
        "pieces": [_curies(piece) for piece in join.pieces],
        "why": [*join_texts(join, lang)],
    }


def _alternative_record(alternative: Alternative) -> Json:
    return {
        "dependent": alternative.dependent.curie,
        "relation": alternative.relation,
        "lost": _curies(alternative.lost),
        "others": _curies(alternative.providers),
    }


def _curies(systems: tuple[System, ...]) -> Json:
    return [system.curie for system in systems]


def criticality_record(row: CriticalSystem, lang: str) -> dict[str, Json]:
    """Describe one system with its measures."""
    return {
        "entity": row.system.curie,
        "label": row.system.label(lang),
        "kind": row.system.kind,
        "province": row.system.province,
        "dependents": row.dependents,
        "providers": row.providers,
        "reach": row.reach,
        "betweenness": round(row.betweenness, 9),
        "pagerank": round(row.pagerank, 9),
        "why": criticality_text(row, lang),
    }


def matrix_record(report: MatrixReport, lang: str) -> dict[str, Json]:
    """Describe a matrix: systems in order, non-empty cells, loops, legend and remarks."""
    systems: list[Json] = [
        {"entity": system.curie, "label": system.label(lang), "kind": system.kind, "layer": system.layer}
        for system in report.systems
    ]
    cells: list[Json] = [
        {"row": row, "column": column, "mark": mark_of(edge), **edge.as_dict()}
        for (row, column), edge in sorted(report.cells.items())
    ]
    return {
        "components": systems,
        "cells": cells,
        "loops": [list(loop) for loop in report.loops],
        "legend": dict(report.legend()),
        "notes": [*remark_texts(report.remarks, lang)],
    }


def comparison_record(report: ComparisonReport, lang: str) -> dict[str, Json]:
    """Describe a comparison of two territories."""
    first, second = report.names
    duplicates: dict[str, Json] = {
        territory: list(map(partial(_duplicate_record, lang=lang), alike))
        for territory, alike in report.duplicates.items()
    }
    return {
        "first": first,
        "second": second,
        "connections": [_contrast_record(contrast, lang) for contrast in report.contrasts],
        "duplicates": duplicates,
        "notes": [*remark_texts(report.remarks, lang)],
    }


def _contrast_record(contrast: Contrast, lang: str) -> Json:
    dependent, relation, provider = contrast.kind
    return {
        "dependent_kind": dependent,
        "relation": relation,
        "provider_kind": provider,
        "labels": [term_label(name, lang) for name in contrast.kind],
        "first": [list(edge.ends) for edge in contrast.first_edges],
        "second": [list(edge.ends) for edge in contrast.second_edges],
        "basis": [*sorted({edge.basis for edge in contrast.edges})],
        "standing": [*sorted({edge.standing(relation).value for edge in contrast.edges})],
    }


def _duplicate_record(duplicate: DuplicateSystems, lang: str) -> Json:
    return {
        "kind": duplicate.kind,
        "label": term_label(duplicate.kind, lang),
        "systems": _curies(duplicate.systems),
        "part_of": duplicate.containing_system.curie if duplicate.containing_system else None,
    }
