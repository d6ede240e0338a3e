"""Gaps: how provinces stand against framework 2.0, with a page of sentences for each province."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from ..queries.gap_query import cell_query
from ..queries.gaps import gaps
from ..queries.provinces import Provinces
from ..queries.reference import has_components, read_reference
from ..queries.roadmap import roadmap
from ..queries.verdict_words import (
    SYMBOLS,
    due_words,
    headline,
    layer_word,
    rule_words,
    scope_lines,
    verdict_word,
)
from ..queries.verdicts import Verdict
from .site_csv import as_csv
from .site_page import LANGUAGES, File, Page, Twin
from .site_words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..queries.gaps import Gap, GapReport
    from ..queries.provinces import Province
    from .site_page import Context, Site, Texts

_COLUMNS = ("province", "component", "layer", "verdict", "since", "rule", "claims")
_SHOWN = tuple(verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE)


def pages(site: Site) -> Iterator[Page | File]:
    """Make the matrix and a page a province, as of the day of the latest article; none without articles."""
    provinces = Provinces(site.known.store)
    asked = provinces.all()
    if not asked or not has_components(site.known.store):
        return
    reference = read_reference(site.known.store)
    day = max(each.last for each in provinces.covered.values())
    reports = {
        lang: gaps(
            site.known.store, asked, reference, as_of=day, coverage=provinces.covered, lang=lang, most=40
        )
        for lang in LANGUAGES
    }
    twins = (Twin("gaps.csv", "CSV"), Twin("gaps.json", "JSON"))
    yield Page(
        "gaps.html",
        "gaps.html.j2",
        _title("gaps.title"),
        lambda lang: {**_words(lang), **_matrix(reports[lang], provinces, lang)},
        "gaps",
        twins,
    )
    for each in asked:
        yield _of_province(each.province, reports)
    rows = [cell.as_dict("vi", reference.iri) for cell in reports["vi"].cells]
    yield File("gaps.json", (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())
    yield File("gaps.csv", as_csv(_COLUMNS, ([_plain(row[key]) for key in _COLUMNS] for row in rows)))


def _plain(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _title(key: str, after: Texts | None = None) -> Texts:
    return {lang: words(lang)[key] + (f": {after[lang]}" if after else "") for lang in LANGUAGES}


def _words(lang: str) -> dict[str, object]:
    return {
        "symbol": SYMBOLS.__getitem__,
        "word": lambda verdict: verdict_word(verdict, lang),
        "rule": lambda number: rule_words(number, lang),
        "verdicts": _SHOWN,
        "place": _place,
        "short": lambda province: _short(province, lang),
    }


def _place(province: Province) -> str:
    return f"gap/{province.curie.replace(':', '-')}.html"


def _short(province: Province, lang: str) -> str:
    name = province.label(lang).partition(" (")[0]
    return name.removeprefix("Tỉnh ").removesuffix(" Province")


def _matrix(report: GapReport, provinces: Provinces, lang: str) -> Context:
    units = list(dict.fromkeys(cell.asked.province for cell in report.cells))
    cells = [cell for cell in report.cells if cell.verdict is not Verdict.NOT_APPLICABLE]
    by_code: dict[str, list[Gap]] = {}
    for cell in cells:
        by_code.setdefault(cell.component.code, []).append(cell)
    groups = groupby(by_code.values(), key=lambda row: row[0].component.layer)
    return {
        "headline": headline(report, lang),
        "scope": scope_lines(report, provinces, lang),
        "units": units,
        "layers": [(layer_word(layer, lang), list(rows)) for layer, rows in groups],
        "counts": [(unit, report.counts([c for c in cells if c.asked.province == unit])) for unit in units],
    }


def _of_province(province: Province, reports: Mapping[str, GapReport]) -> Page:
    def context(lang: str) -> Context:
        report = reports[lang]
        mine = [cell for cell in report.cells if cell.asked.province == province]
        return {
            **_words(lang),
            "province": province,
            "cells": [cell for cell in mine if cell.verdict is not Verdict.NOT_APPLICABLE],
            "silent": [cell for cell in mine if cell.verdict is Verdict.NO_EVIDENCE],
            "counts": report.counts(mine),
            "steps": roadmap(mine, report.reference),
            "quotes": _quotes,
            "query": lambda cell: cell_query(province.iri, cell.component, report.as_of),
            "due": lambda cell: due_words(cell, lang),
        }

    title = _title("gaps.of", {lang: province.label(lang) for lang in LANGUAGES})
    return Page(_place(province), "gap.html.j2", title, context, "gaps")


def _quotes(cell: Gap, decides: bool) -> Sequence[tuple[str, str, str]]:
    """List the sentences of a cell, each once, with its article and the day it was said."""
    return list(
        dict.fromkeys(
            (each.fact.evidence, each.fact.article, each.fact.stated_on.isoformat())
            for each in cell.evidence
            if each.decides == decides
        )
    )
