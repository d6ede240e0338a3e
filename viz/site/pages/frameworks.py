"""The page of frameworks: what issued each, where its list comes from, and two of them side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ....ontology.verdicts import Verdict
from ....queries.planning.ask import ask_gaps
from ....queries.planning.columns import GapColumns, basis_label
from ....queries.planning.framework_remarks import FollowedByProvince, NoneFollowed
from ....queries.planning.frameworks.catalogue import Frameworks
from ....queries.planning.remarks import remark_text
from ....words import label
from ...shared.places import distinct_names
from ..content.data_files import table_alternates
from ..content.evidence import verdict_doubts
from ..content.forms import with_shown_days
from ..content.model import Page
from ..content.paths import gap_path
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ....queries.facts.units import Remark
    from ....queries.planning.ask import GapQuestion
    from ....queries.planning.columns import CorrespondingComponents
    from ....queries.planning.frameworks.record import FrameworkRecord
    from ....queries.planning.gap_report import GapReport
    from ....queries.planning.gaps import Gap
    from ....queries.planning.units import Province
    from ..content.model import Context
    from ..content.site import Site

__all__ = ["followed_remarks", "framework_pages", "framework_rows", "with_national_frameworks"]

_BESIDE = ("2.0", "3090", "1425")  # the national frameworks put beside the one in force on the day


@dataclass(frozen=True)
class _FrameworkLine:
    """A framework with the number of its components that are judged, and of those that are left out."""

    record: FrameworkRecord
    components: int
    left_out: int


def with_national_frameworks(site: Site, question: GapQuestion, report: GapReport) -> GapColumns:
    """Put the other national frameworks beside a report, as far as the graph has them."""
    store, provinces = site.snapshot.store, site.snapshot.provinces
    records = {record.short_name: record.iri for record in Frameworks.of(store).with_components}
    names = [name for name in _BESIDE if records.get(name, report.framework.iri) != report.framework.iri]
    others = [replace(question, frameworks=(name,), sentences_per_cell=0) for name in names]
    return GapColumns((report, *(ask_gaps(store, of_other, provinces) for of_other in others)))


def framework_pages(site: Site, columns: GapColumns) -> Iterator[Page]:
    """Make the page of frameworks; none where the graph has one framework only."""
    if len(columns.reports) > 1:
        yield Page(
            path="frameworks.html",
            template="frameworks.html.j2",
            title=titles("frameworks.title"),
            context=partial(_context, site, columns),
            section="gaps",
            alternates=table_alternates("frameworks"),
        )


def framework_rows(
    columns: GapColumns, province: Province
) -> Sequence[tuple[CorrespondingComponents, Sequence[Sequence[Gap]]]]:
    """List the rows of one province, with the cells of each framework; rows nobody builds are left out."""
    rows = []
    for row in columns.rows:
        cells = [columns.cells_of(row, place, province) for place in range(len(columns.reports))]
        if any(cell.is_applicable for part in cells for cell in part):
            rows.append((row, cells))
    return rows


def followed_remarks(report: GapReport, province: Province) -> tuple[Remark, ...]:
    """Say which framework a province says it follows, or that nothing tells."""
    judged = next(unit for unit in report.judged if unit.province == province)
    followed = report.followed_by(judged)
    return (FollowedByProvince(province, followed) if followed else NoneFollowed(1),)


def _context(site: Site, columns: GapColumns, lang: str) -> Context:
    differing = [row for row in columns.differing() if _is_built(columns, row)]
    names = distinct_names((province.label(lang) for province in columns.provinces), lang)
    return {
        "frameworks": _lines(site),
        "basis_of_list": lambda record: label(record.list_texts(), lang),
        "record_label": lambda record: record.label(lang),
        "columns": [framework.short_name for framework in columns.frameworks],
        "remarks": [
            with_shown_days(remark_text(remark, lang), lang)
            for remark in columns.remarks[: _remarks_shown(columns)]
        ],
        "provinces": columns.provinces,
        "is_many": columns.reports[0].is_many,
        "rows": differing,
        "counts_of": partial(_counts_by_framework, columns),
        "layer": lambda row: columns.layer_label(row, lang),
        "cells": lambda row, province: [
            columns.cells_of(row, place, province) for place in range(len(columns.reports))
        ],
        "mapping": columns.rows,
        "basis": lambda slug: basis_label(slug, lang),
        "component_basis": lambda component: component.basis.text(lang),
        "doubts": lambda cell: verdict_doubts(cell.facts(decisive=True), lang),
        "gap_page": lambda province: gap_path(province.curie),
        "short_name": dict(zip(columns.provinces, names, strict=True)).__getitem__,
    }


def _counts_by_framework(
    columns: GapColumns, row: CorrespondingComponents
) -> list[list[tuple[Verdict, int]]]:
    """Count the cells of a row by verdict, for each framework; none where it has no such component."""
    by_framework = []
    for place in range(len(columns.reports)):
        counts = Counter(
            cell.verdict for unit in columns.provinces for cell in columns.cells_of(row, place, unit)
        )
        by_framework.append([(verdict, counts[verdict]) for verdict in Verdict if counts[verdict]])
    return by_framework


def _remarks_shown(columns: GapColumns) -> int:
    """Count the remarks on frameworks, which stand before those on provinces."""
    return len(columns.remarks) - len(columns.reports[0].province_remarks)


def _is_built(columns: GapColumns, row: CorrespondingComponents) -> bool:
    places = range(len(columns.reports))
    return any(
        cell.is_applicable
        for unit in columns.provinces
        for place in places
        for cell in columns.cells_of(row, place, unit)
    )


def _lines(site: Site) -> list[_FrameworkLine]:
    frameworks = Frameworks.of(site.snapshot.store)
    lines = []
    for record in frameworks.with_components:
        framework = frameworks.read(record.iri)
        lines.append(_FrameworkLine(record, len(framework.components), framework.unsourced))
    return lines
