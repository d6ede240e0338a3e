"""Gaps: how provinces stand against framework 2.0, with a page of sentences for each province."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ....ontology.verdicts import Verdict
from ....queries.planning.cell_query import cell_query
from ....queries.planning.gaps import gaps
from ....queries.planning.reference import read_reference
from ....queries.planning.roadmap import roadmap
from ....queries.planning.words import due_words, headline, layer_word, rule_words, verdict_word
from ..content.data_files import as_json, table_files, table_twins
from ..content.dates import shown_date
from ..content.model import LANGUAGES, File, Page
from ..content.paths import article_path, gap_path
from ..content.statements import Link, Teller
from ..content.words import short_place, words
from .entities import told_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ....queries.planning.gaps import Gap, GapReport
    from ....queries.planning.provinces import Province
    from ..content.model import Context, Site, Texts
    from .entities import Bundle

_COLUMNS = ("province", "component", "layer", "verdict", "since", "rule", "claims")
_SHOWN = tuple(verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE)


def pages(site: Site) -> Iterator[Page | File]:
    """Make the matrix and a page a province, as of the day of the latest article; none without articles."""
    known = site.known
    if not known.compared:
        return
    asked, reference = known.provinces.all(), read_reference(known.store)
    covered = known.provinces.covered
    day = max(each.last for each in covered.values())
    reports = {
        lang: gaps(known.store, asked, reference, as_of=day, coverage=covered, lang=lang, most=40)
        for lang in LANGUAGES
    }
    yield Page(
        "gaps.html",
        "gaps.html.j2",
        _title("gaps.title"),
        lambda lang: {**_words(lang), **_matrix(site, reports[lang], lang)},
        "gaps",
        table_twins("gaps"),
        ("sort.js", "grid.js"),
    )
    yield from _data("gaps", reports["vi"], reports["vi"].cells)
    for each in asked:
        yield _of_province(site, each.province, reports)
        cells = [cell for cell in reports["vi"].cells if cell.judged.province == each.province]
        yield from _data(gap_path(each.province.curie).removesuffix(".html"), reports["vi"], cells)


def _data(stem: str, report: GapReport, cells: Iterable[Gap]) -> Iterator[File]:
    """Give the cells whole as JSON, and what a table can hold as CSV."""
    rows = [cell.as_dict("vi", report.reference.iri) for cell in cells]
    yield File(f"{stem}.json", as_json(rows))
    yield table_files(stem, _COLUMNS, ([row[key] for key in _COLUMNS] for row in rows))[1]


def _title(key: str, after: Texts | None = None) -> Texts:
    return {lang: words(lang)[key] + (f": {after[lang]}" if after else "") for lang in LANGUAGES}


def _words(lang: str) -> dict[str, object]:
    return {
        "symbol": lambda verdict: verdict.symbol,
        "word": lambda verdict: verdict_word(verdict, lang),
        "rule": lambda number: rule_words(number, lang),
        "verdicts": _SHOWN,
        "place": lambda province: gap_path(province.curie),
        "short": lambda province: short_place(province.label(lang)),
    }


def _matrix(site: Site, report: GapReport, lang: str) -> Context:
    units = list(dict.fromkeys(cell.judged.province for cell in report.cells))
    cells = [cell for cell in report.cells if cell.verdict is not Verdict.NOT_APPLICABLE]
    by_code: dict[str, list[Gap]] = {}
    for cell in cells:
        by_code.setdefault(cell.component.code, []).append(cell)
    groups = groupby(by_code.values(), key=lambda row: row[0].component.layer)
    return {
        "headline": headline(report, lang),
        "framework": report.reference.labels.get(lang, report.reference.iri),
        "as_of": shown_date(report.as_of.isoformat(), lang),
        "unsourced": report.reference.unsourced,
        "sources": {unit.curie: _sources(site, unit, lang) for unit in units},
        "units": units,
        "layers": [(layer_word(layer, lang), list(rows)) for layer, rows in groups],
        "counts": [(unit, report.counts([c for c in cells if c.judged.province == unit])) for unit in units],
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


def _of_province(site: Site, province: Province, reports: Mapping[str, GapReport]) -> Page:
    def context(lang: str) -> Context:
        report = reports[lang]
        mine = [cell for cell in report.cells if cell.judged.province == province]
        labels = {each.code: each.labels.get(lang, each.code) for each in report.reference.components}
        teller = Teller(site.known, lang)
        return {
            **_words(lang),
            "sources": _sources(site, province, lang),
            "own": teller.thing(province.curie),
            "cells": [cell for cell in mine if cell.verdict is not Verdict.NOT_APPLICABLE],
            "silent": [cell for cell in mine if cell.verdict is Verdict.NO_EVIDENCE],
            "counts": report.counts(mine),
            "steps": roadmap(mine, report.reference),
            "label": lambda code: labels.get(code, code),
            "quotes": lambda cell, decides: _told(teller, cell, decides=decides),
            "plans": lambda step: told_by(teller, [each.fact for each in step.plans]),
            "query": lambda cell: cell_query(province.iri, cell.component, report.as_of),
            "due": lambda cell: _due(cell, lang),
        }

    title = _title("gaps.of", {lang: province.label(lang) for lang in LANGUAGES})
    path = gap_path(province.curie)
    twins = table_twins(path.removesuffix(".html"))
    return Page(path, "gap.html.j2", title, context, "gaps", twins, ("sort.js",))


def _due(cell: Gap, lang: str) -> str:
    """Tell what plans are due by, with the day as people write it."""
    return due_words(cell, lang).replace(cell.due, shown_date(cell.due, lang)) if cell.due else ""


def _told(teller: Teller, cell: Gap, *, decides: bool) -> list[Bundle]:
    """Tell the statements of a cell, each sentence once."""
    return told_by(teller, [each.fact for each in cell.evidence if each.decides == decides])
