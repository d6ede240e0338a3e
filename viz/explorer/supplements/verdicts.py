"""The verdicts on provinces as a record for the page: what `gaps` says, by the framework in force."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

from ....ontology.verdicts import APPLICABLE, Verdict
from ....queries.planning.ask import GapQuestion, ask_gaps
from ....queries.planning.remarks import SilentCells, remark_text
from ....words import DEFAULT_LANGUAGE, languages

if TYPE_CHECKING:
    from ....queries.facts.values import Json
    from ....queries.planning.cells.framework import ReferenceComponent
    from ....queries.planning.gap_report import GapReport
    from ....queries.planning.gaps import Gap
    from ...site.content.snapshot import GraphSnapshot

__all__ = ["verdict_record"]


def verdict_record(snapshot: GraphSnapshot) -> dict[str, Json]:
    """Return the verdict on each province for each component that provinces build.

    :returns: verdicts, components and provinces; a cell is the position of its verdict, the age of its
        evidence in whole years or `None`, and the positions of the deciding statements. Empty where no
        article covers a province
    """
    if not snapshot.compared_provinces:
        return {}
    question = GapQuestion(as_of=snapshot.as_of, languages=(DEFAULT_LANGUAGE,), sentences_per_cell=0)
    report = ask_gaps(snapshot.store, question, snapshot.provinces)
    judged = [cell for cell in report.cells if cell.is_applicable]
    components = list(dict.fromkeys(cell.component.code for cell in judged))
    return {
        "day": report.as_of.isoformat(),
        "framework": dict(report.framework.labels),
        "scope": {lang: remark_text(_silent_today(snapshot, judged), lang) for lang in languages()},
        "verdicts": [_verdict(verdict) for verdict in APPLICABLE],
        "components": [_component(cell.component) for cell in _first_cells(judged, components)],
        "provinces": {
            province.curie: _province(snapshot, report, report.cells_of(province), components)
            for province in report.provinces
        },
    }


def _silent_today(snapshot: GraphSnapshot, judged: list[Gap]) -> SilentCells:
    """Count the cells that no article speaks of among those on the map: former provinces are not on it."""
    successors = snapshot.provinces.successors
    present = [cell for cell in judged if not successors.get(cell.judged.province.iri)]
    return SilentCells(sum(cell.verdict is Verdict.NO_EVIDENCE for cell in present), len(present))


def _first_cells(cells: list[Gap], components: list[str]) -> list[Gap]:
    by_component = {cell.component.code: cell for cell in cells}
    return [by_component[code] for code in components]


def _verdict(verdict: Verdict) -> dict[str, Json]:
    return {
        "id": verdict.slug,
        "label": dict(verdict.code.labels),
        "meaning": dict(verdict.code.definitions),
        "symbol": verdict.symbol,
        "tone": verdict.tone.slug,
    }


def _component(component: ReferenceComponent) -> list[Json]:
    return [component.code, {lang: component.label(lang) for lang in languages()}]


def _province(
    snapshot: GraphSnapshot, report: GapReport, cells: tuple[Gap, ...], components: list[str]
) -> dict[str, Json]:
    by_component = {cell.component.code: cell for cell in cells}
    ordered = [by_component[code] for code in components if code in by_component]
    ages = [_age(cell, report) for cell in ordered]
    stated = [age for age in ages if age is not None]
    return {
        "cells": [_cell(snapshot, cell, age) for cell, age in zip(ordered, ages, strict=True)],
        "age": median_low(stated) if stated else None,
    }


def _age(cell: Gap, report: GapReport) -> int | None:
    return cell.age_in_years(report.as_of) if cell.evidence_stated else None


def _cell(snapshot: GraphSnapshot, cell: Gap, age: int | None) -> Json:
    verdict = cell.verdict
    number = APPLICABLE.index(verdict) if verdict in APPLICABLE else None
    positions = (snapshot.position_of_fact.get(weighed.id) for weighed in cell.deciding_statements)
    return [number, age, [position for position in positions if position is not None]]
