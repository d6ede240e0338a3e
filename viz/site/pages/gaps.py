"""The pages of gaps: verdicts of provinces on the components of a framework, with evidence by province."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from ....ontology.verdicts import APPLICABLE
from ....queries.facts.units import absence_remark
from ....queries.planning.ask import GapQuestion, ask_gaps, roadmap_report
from ....queries.planning.cells.cell_query import cell_query
from ....queries.planning.remarks import ArticlesOfProvince, SilentCells, remark_text
from ....queries.planning.texts import PULLS_APART, age_class, due_text, rule_text
from ....queries.questions.named import questions
from ....words import DEFAULT_LANGUAGE, label, languages
from ...shared.places import distinct_names
from ..content.data_files import csv_bytes, json_bytes, record_files, table_alternates
from ..content.evidence import fact_quotes, verdict_doubts
from ..content.forms import shown_date, with_shown_days
from ..content.model import File, Page, PageLink
from ..content.paths import article_path, file_name, gap_path, question_path
from ..content.statements import StatementWording
from ..content.texts import page_texts, text_and_language, titles
from . import merged
from .frameworks import followed_remarks, framework_pages, framework_rows, with_national_frameworks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....queries.facts.units import Remark
    from ....queries.facts.values import Json
    from ....queries.planning.cells.framework import ReferenceComponent
    from ....queries.planning.columns import GapColumns
    from ....queries.planning.gap_report import GapReport
    from ....queries.planning.gaps import Gap
    from ....queries.planning.units import Province
    from ..content.model import Context
    from ..content.site import Site

__all__ = ["pages"]

_COLUMNS = ("province", "component", "layer", "verdict", "since", "evidence_date", "remark", "rule", "claims")
_OF_COMPONENT = (
    *("reference", "component", "component_label", "layer", "later_layer", "sourcing", "basis"),
    "corresponds",
)
_OF_CELL = ("reference", "province_id", "component", "verdict", "rule", "since", "evidence_date", "claims")
_SENTENCES_PER_CELL = 40


def pages(site: Site) -> Iterator[Page | File]:
    """Make the matrix, a page per province and that of merged provinces, as of the day of the site.

    There are none without articles.
    """
    snapshot = site.snapshot
    if not snapshot.compared_provinces:
        return
    question = GapQuestion(
        as_of=snapshot.as_of,
        languages=(DEFAULT_LANGUAGE,),
        sentences_per_cell=_SENTENCES_PER_CELL,
    )
    report = ask_gaps(snapshot.store, question, snapshot.provinces)
    inherited = tuple(merged.pages(site))
    columns = with_national_frameworks(site, question, report)
    yield Page(
        path="gaps.html",
        template="gaps.html.j2",
        title=titles("gaps.title"),
        context=partial(_matrix_context, site, report, merged.PATH if inherited else ""),
        section="gaps",
        alternates=table_alternates("gaps"),
        scripts=("sort.js", "grid.js"),
    )
    all_cells = report.as_dicts(DEFAULT_LANGUAGE)
    yield from record_files("gaps", _COLUMNS, all_cells)
    yield from _query_files(report)
    yield from inherited
    for page in framework_pages(site, columns):
        yield page
        yield from _framework_files(columns.as_dicts(DEFAULT_LANGUAGE))
    for province in report.provinces:
        yield _province_page(site, columns, province)
        rows = [cell for cell in all_cells if cell["province_id"] == province.curie]
        yield from record_files(gap_path(province.curie).removesuffix(".html"), _COLUMNS, rows)


def _framework_files(cells: Sequence[Mapping[str, Json]]) -> Iterator[File]:
    """Return the cells of all frameworks as tables; what holds in all provinces stands once."""
    components = {(cell["reference"], cell["component"]): itemgetter(*_OF_COMPONENT)(cell) for cell in cells}
    tables = {
        "components": [dict(zip(_OF_COMPONENT, values, strict=True)) for values in components.values()],
        "cells": [{key: cell[key] for key in _OF_CELL if cell[key] is not None} for cell in cells],
    }
    yield File("frameworks.json", json_bytes(tables))
    keys = ("reference", *_COLUMNS)
    yield File("frameworks.csv", csv_bytes(keys, map(itemgetter(*keys), cells)))


def _query_files(report: GapReport) -> Iterator[File]:
    """Return the query of each component, which asks for all provinces at once."""
    provinces = [province.iri for province in report.provinces]
    for component in report.framework.components:
        query = cell_query(provinces, component, report.as_of)
        yield File(_query_path(component), query.encode("utf-8", "replace"))


def _query_path(component: ReferenceComponent) -> str:
    return f"gap/{file_name(component.code.lower())}.rq"


def _matrix_context(site: Site, report: GapReport, merged_page: str, lang: str) -> Context:
    cells = [cell for cell in report.cells if cell.is_applicable]
    names = distinct_names((province.label(lang) for province in report.provinces), lang)
    return {
        "headline": remark_text(report.silent_cells, lang),
        "remarks": [_linked_remark(remark, lang) for remark in _remarks_beside(report)],
        "sources": {unit.curie: _source_links(site, unit, lang) for unit in report.provinces},
        "merged_page": merged_page,
        "provinces": report.provinces,
        "layers": list(_rows_by_layer(cells, lang)),
        "counts": [(unit, report.counts(report.cells_of(unit))) for unit in report.provinces],
        "verdicts": APPLICABLE,
        "gap_page": lambda province: gap_path(province.curie),
        "standing": lambda cell: cell.remark(lang),
        "doubts": lambda cell: verdict_doubts(cell.facts(decisive=True), lang),
        "age": lambda cell: age_class(cell, report.as_of),
        "mark": PULLS_APART,
        "short_name": dict(zip(report.provinces, names, strict=True)).__getitem__,
    }


def _remarks_beside(report: GapReport) -> list[Remark]:
    """List the remarks shown below the headline, except those on articles, which the page links instead."""
    remarks = (*report.remarks, *report.scope)
    is_placed = (SilentCells, ArticlesOfProvince)
    return [remark for remark in remarks if not isinstance(remark, is_placed)]


def _linked_remark(remark: Remark, lang: str) -> list[PageLink]:
    """Word a remark; where it names a question, the title of the question leads to its answer."""
    text = with_shown_days(remark_text(remark, lang), lang)
    for question in questions():
        before, name, after = text.partition(f" {question.name}:")
        if name:
            title = label(question.asks, lang)
            link = PageLink(f"“{title}”", question_path(question.name), lang)
            return [PageLink(f"{before} ", lang=lang), link, PageLink(f":{after}", lang=lang)]
    return [PageLink(text, lang=lang)]


def _rows_by_layer(cells: Sequence[Gap], lang: str) -> Iterator[tuple[str, list[list[Gap]]]]:
    """Group the rows of cells by layer: one row per component, with a cell per province."""
    rows: dict[str, list[Gap]] = defaultdict(list)
    for cell in cells:
        rows[cell.component.code].append(cell)
    for layer, group in groupby(rows.values(), key=lambda row: row[0].component.layer_label(lang)):
        yield layer, list(group)


def _source_links(site: Site, province: Province, lang: str) -> list[tuple[PageLink, str]]:
    """Link the articles from which a province is judged, with their days."""
    links = []
    for name in site.snapshot.provinces.covered[province.iri].articles:
        article = site.snapshot.articles[name]
        title, title_lang = text_and_language(article.title, lang)
        link = PageLink(title, article_path(name), title_lang)
        links.append((link, shown_date(article.published, lang)))
    return links


def _province_page(site: Site, columns: GapColumns, province: Province) -> Page:
    path = gap_path(province.curie)
    return Page(
        path=path,
        template="gap.html.j2",
        title={lang: _province_title(province, lang) for lang in languages()},
        context=partial(_province_context, site, columns, province),
        section="gaps",
        alternates=table_alternates(path.removesuffix(".html")),
        scripts=("sort.js",),
    )


def _province_title(province: Province, lang: str) -> str:
    return f"{page_texts(lang)['gaps.province_title']}: {province.label(lang)}"


def _province_context(site: Site, columns: GapColumns, province: Province, lang: str) -> Context:
    report = columns.reports[0]
    cells = report.cells_of(province)
    labels = {component.code: component.label(lang) for component in report.framework.components}
    wording = StatementWording(site.snapshot, lang)
    absent = absence_remark(site.snapshot.store, province.iri, report.as_of)
    rows = framework_rows(columns, province)
    evident_rows = [row for row in rows if any(not _is_silent(cell) for part in row[1] for cell in part)]
    in_order = roadmap_report(site.snapshot.provinces, replace(report, cells=cells))
    return {
        "sources": _source_links(site, province, lang),
        "province": wording.entity(province.curie),
        "evident_cells": [cell for cell in cells if cell.is_applicable and not _is_silent(cell)],
        "silent_cells": [cell for cell in cells if _is_silent(cell)],
        "counts": report.counts(cells),
        "verdicts": APPLICABLE,
        "steps": in_order.steps,
        "order_remarks": [with_shown_days(remark_text(remark, lang), lang) for remark in in_order.scope],
        "component_label": lambda code: labels.get(code, code),
        "rule": lambda number: rule_text(number, lang),
        "quotes": lambda cell, decisive: fact_quotes(wording, cell.facts(decisive=decisive)),
        "doubts": lambda cell: verdict_doubts(cell.facts(decisive=True), lang),
        "plans": lambda step: fact_quotes(wording, step.plans),
        "query_file": lambda cell: _query_path(cell.component),
        "due": lambda cell: _due(cell, lang),
        "standing": lambda cell: cell.remark(lang),
        "basis": lambda cell: cell.component.basis.text(lang),
        "ended": with_shown_days(remark_text(absent, lang), lang) if absent else "",
        "follows": [
            with_shown_days(remark_text(remark, lang), lang) for remark in followed_remarks(report, province)
        ],
        "frameworks": [framework.short_name for framework in columns.frameworks],
        "framework_rows": evident_rows,
        "silent_rows": len(rows) - len(evident_rows),
    }


def _is_silent(cell: Gap) -> bool:
    return cell.verdict.lacks_evidence


def _due(cell: Gap, lang: str) -> str:
    """Format the due date of plans for the language."""
    return due_text(cell, lang).replace(cell.due, shown_date(cell.due, lang)) if cell.due else ""
