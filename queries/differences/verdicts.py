"""Verdicts that changed: components of the framework in force, and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ...ontology.verdicts import TargetVerdict, Verdict
from ...words import label
from ..planning.ask import GapQuestion, TargetQuestion, ask_gaps, ask_targets
from .changes import Change, DifferenceKind, FieldChange, GraphPart
from .entities import field_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from ..planning.units import JudgedProvince
    from .graphs import ComparedGraph

JudgedKey: TypeAlias = "tuple[str, str]"  # CURIE of the province that statements are about, code or id
_SILENT = {GraphPart.GAP: Verdict.NO_EVIDENCE.value, GraphPart.TARGET: TargetVerdict.NO_FIGURE.value}
_VERDICT = "verdict"


class JudgedCells:
    """The verdicts of one graph on a day.

    :param graph: the graph
    :param units: CURIEs of the units to judge that an article covers; the others are left out
    """

    def __init__(self, graph: ComparedGraph, units: Collection[str], day: date, lang: str) -> None:
        covered = {unit.province.curie for unit in graph.provinces.all()}
        self.graph, self.units, self.day, self.lang = graph, tuple(sorted(covered & {*units})), day, lang

    def gaps(self) -> Mapping[JudgedKey, Change]:
        """Judge the components of the framework in force that provinces build; none without a unit."""
        if not self.units:
            return {}
        question = GapQuestion(
            provinces=self.units, as_of=self.day, languages=(self.lang,), sentences_per_cell=0
        )
        cells = ask_gaps(self.graph.store, question, self.graph.provinces).cells
        return {
            (cell.judged.province.curie, cell.component.code): Change(
                GraphPart.GAP,
                DifferenceKind.CHANGED,
                cell.component.code,
                cell.component.label(self.lang),
                _source_unit(cell.judged, self.lang),
                (FieldChange(_VERDICT, "", cell.verdict.value),),
            )
            for cell in cells
            if cell.is_applicable
        }

    def targets(self) -> Mapping[JudgedKey, Change]:
        """Compare the provinces with the targets in force; only what a figure or statement speaks of."""
        if not self.units:
            return {}
        question = TargetQuestion(provinces=self.units, as_of=self.day, languages=(self.lang,))
        standings = ask_targets(self.graph.store, question, self.graph.provinces).standings
        return {
            (standing.judged.province.curie, standing.target.iri): Change(
                GraphPart.TARGET,
                DifferenceKind.CHANGED,
                standing.target.iri.rpartition("/")[2],
                label(standing.target.labels, self.lang),
                _source_unit(standing.judged, self.lang),
                (
                    FieldChange(_VERDICT, "", standing.verdict.value),
                    FieldChange("value", "", "" if standing.value is None else f"{standing.value:f}"),
                ),
            )
            for standing in standings
            if standing.is_stated
        }


def verdict_changes(
    before: Mapping[JudgedKey, Change], after: Mapping[JudgedKey, Change]
) -> tuple[Change, ...]:
    """Compare verdicts; a cell that one graph does not have is one that no source speaks of."""
    keys = sorted(before.keys() | after.keys())
    changes = []
    for key in keys:
        cell = after.get(key) or before[key]
        fields = field_changes(_fields(before.get(key), cell), _fields(after.get(key), cell))
        if fields:
            changes.append(
                Change(cell.part, DifferenceKind.CHANGED, cell.id, cell.label, cell.detail, fields, key[0])
            )
    return tuple(changes)


def _source_unit(judged: JudgedProvince, lang: str) -> str:
    """Name the unit that the statements are about if it has ended; empty if it exists."""
    return judged.province.label(lang) if judged.province.until else ""


def _fields(cell: Change | None, like: Change) -> Mapping[str, str]:
    if cell is None:
        return {_VERDICT: _SILENT[like.part]}
    return {field.name: field.after for field in cell.fields}
