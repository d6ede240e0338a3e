"""Gaps: how provinces stand against framework 2.0, with a page of sentences for each province."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ....ontology.verdicts import Verdict
from ....queries.planning.ask import GapQuestion, ask_gaps
from ....queries.planning.cell_query import cell_query
from ....queries.planning.remarks import remark_text
from ....queries.planning.roadmap import roadmap
from ....queries.planning.texts import due_text, layer_label, rule_text
from ....words import DEFAULT_LANGUAGE
from ..content.data_files import as_json, table_files, table_twins
from ..content.dates import shown_date
from ..content.model import LANGUAGES, File, Page
from ..content.paths import article_path, gap_path
from ..content.statements import Link, Teller
from ..content.words import short_place, words
from .entities import told_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ....queries.facts.values import Json
    from ....queries.planning.gap_report import GapReport
    from ....queries.planning.gaps import Gap
    from ....queries.planning.units import Province
    from ..content.model import Context, Site, Texts

_COLUMNS = ("province", "component", "layer", "verdict", "since", "rule", "claims")
_QUOTED = 40  # statements quoted for a cell
_SHOWN = tuple(verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE)


def pages(site: Site) -> Iterator[Page | File]:
    """Make the matrix and a page a province, as of the day of the latest article; none without articles."""
    known = site.known
    if not known.compared:
        return
    question = GapQuestion(
        as_of=known.provinces.latest_article, languages=(DEFAULT_LANGUAGE,), sentences_per_cell=_QUOTED
    )
    report = ask_gaps(known.store, question, known.provinces)
    yield Page(
        "gaps.html",
        "gaps.html.j2",
        _title("gaps.title"),
        lambda lang: {**_words(lang), **_matrix(site, report, lang)},
        "gaps",
        table_twins("gaps"),
        ("sort.js", "grid.js"),
    )
    yield from _data("gaps", report.as_dicts(DEFAULT_LANGUAGE))
    for unit in report.provinces:
        yield _of_province(site, unit, report)
        cells = [cell.as_dict(DEFAULT_LANGUAGE, report.framework.name) for cell in report.cells_of(unit)]
        yield from _data(gap_path(unit.curie).removesuffix(".html"), cells)


def _data(stem: str, cells: Sequence[Mapping[str, Json]]) -> Iterator[File]:
    """Give the cells whole as JSON, and what a table can hold as CSV."""
    yield File(f"{stem}.json", as_json(cells))
    yield table_files(stem, _COLUMNS, ([cell[key] for key in _COLUMNS] for cell in cells))[1]


def _title(key: str, after: Texts | None = None) -> Texts:
    return {lang: words(lang)[key] + (f": {after[lang]}" if after else "") for lang in LANGUAGES}


def _words(lang: str) -> dict[str, object]:
    return {
        "symbol": lambda verdict: verdict.symbol,
        "word": lambda verdict: verdict.label(lang),
        "rule": lambda number: rule_text(number, lang),
        "verdicts": _SHOWN,
        "place": lambda province: gap_path(province.curie),
        "short": lambda province: short_place(province.label(lang)),
    }


def _matrix(site: Site, report: GapReport, lang: str) -> Context:
    cells = [cell for cell in report.cells if cell.verdict is not Verdict.NOT_APPLICABLE]
    by_code: dict[str, list[Gap]] = {}
    for cell in cells:
        by_code.setdefault(cell.component.code, []).append(cell)
    groups = groupby(by_code.values(), key=lambda row: row[0].component.layer)
    return {
        "headline": remark_text(report.silent_cells, lang),
        "framework": report.framework.label(lang),
        "as_of": shown_date(report.as_of.isoformat(), lang),
        "unsourced": report.framework.unsourced,
        "sources": {unit.curie: _sources(site, unit, lang) for unit in report.provinces},
        "units": report.provinces,
        "layers": [(layer_label(layer, lang), list(rows)) for layer, rows in groups],
        "counts": [(unit, report.counts(report.cells_of(unit))) for unit in report.provinces],
    }


def _sources(site: Site, province: Province, lang: str) -> list[tuple[Link, str]]:
    """List the articles that a province is judged by, with the day of each."""
    found = []
    for name in site.known.provinces.covered[province.iri].articles:
        article = site.known.articles[name]
        own = lang if lang in article.title else "vi"
        link = Link(article.title[own], article_path(name), own)
        found.append((link, shown_date(article.published, lang)))
    return found


def _of_province(site: Site, province: Province, report: GapReport) -> Page:
    cells = report.cells_of(province)
    steps = roadmap(cells, report.framework)

    def context(lang: str) -> Context:
        labels = {component.code: component.label(lang) for component in report.framework.components}
        teller = Teller(site.known, lang)
        return {
            **_words(lang),
            "sources": _sources(site, province, lang),
            "own": teller.thing(province.curie),
            "cells": [cell for cell in cells if cell.verdict is not Verdict.NOT_APPLICABLE],
            "silent": [cell for cell in cells if cell.verdict is Verdict.NO_EVIDENCE],
            "counts": report.counts(cells),
            "steps": steps,
            "label": lambda code: labels.get(code, code),
            "quotes": lambda cell, decides: told_by(teller, cell.facts(decisive=decides)),
            "plans": lambda step: told_by(teller, step.plans),
            "query": lambda cell: cell_query(province.iri, cell.component, report.as_of),
            "due": lambda cell: _due(cell, lang),
        }

    title = _title("gaps.of", {lang: province.label(lang) for lang in LANGUAGES})
    path = gap_path(province.curie)
    twins = table_twins(path.removesuffix(".html"))
    return Page(path, "gap.html.j2", title, context, "gaps", twins, ("sort.js",))


def _due(cell: Gap, lang: str) -> str:
    """Tell what plans are due by, with the day as people write it."""
    return due_text(cell, lang).replace(cell.due, shown_date(cell.due, lang)) if cell.due else ""
