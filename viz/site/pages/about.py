"""About: the method, its limits, and the share of what no article speaks of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ....ontology.codes import code_list
from ....ontology.qualifiers import TimeBasis
from ..content.coverage import coverage
from ..content.csv_files import as_csv
from ..content.data_files import as_json
from ..content.model import File, Page, Twin
from ..content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..content.model import Context, Site


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page and its coverage table as CSV."""
    title = {lang: words(lang)["about.title"] for lang in ("vi", "en")}
    twins = (Twin("about.json", "JSON"), Twin("coverage.csv", "CSV"))
    yield Page("about.html", "about.html.j2", title, lambda lang: _about(site, lang), "about", twins)
    held = coverage(site.known, "vi")
    yield File("about.json", as_json(_numbers(site)))
    columns = ["layer", *(column.curie for column in held.columns)]
    yield File("coverage.csv", as_csv(columns, ([layer, *numbers] for layer, numbers in held.rows)))


def _about(site: Site, lang: str) -> Context:
    return {"coverage": coverage(site.known, lang), **_shares(site)}


def _numbers(site: Site) -> dict[str, object]:
    """Give the numbers of the page, and its table: layer -> province -> systems."""
    held = coverage(site.known, "vi")
    places = [column.curie for column in held.columns]
    table = {layer: dict(zip(places, numbers, strict=True)) for layer, numbers in held.rows}
    return {**_shares(site), "cells": held.cells, "empty": held.empty, "coverage": table}


def _shares(site: Site) -> dict[str, int]:
    """Count what bounds the graph: doubt, time that is not stated, silence."""
    facts = [statement.fact for statement in site.known.statements]
    sure = Counter(str(fact.qualifiers.get("certainty", "")) for fact in facts)
    basis = Counter(fact.as_of_basis for fact in facts)
    return {
        "total": len(facts),
        "hedged": sum(sure[each.written] for each in code_list("Certainty") if each.is_hedge),
        "explicit": basis[TimeBasis.EXPLICIT],
        "silent": sum(site.known.weight(entity.curie) == 0 for entity in site.known.entities),
        "entities": len(site.known.entities),
    }
