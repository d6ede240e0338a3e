"""The page about the project: its method and limits, and what no article covers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ....ontology.codes import code_list
from ....ontology.qualifiers import TimeBasis
from ....words import DEFAULT_LANGUAGE
from ..content.coverage import system_coverage
from ..content.data_files import csv_bytes, json_bytes
from ..content.forms import shown_percent
from ..content.model import Alternate, File, Page
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..content.coverage import SystemCoverage
    from ..content.model import Context
    from ..content.site import Site

__all__ = ["pages"]


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page about the project, and its coverage table as CSV."""

    def context(lang: str) -> Context:
        coverage = system_coverage(site.snapshot, lang)
        return {
            "coverage": coverage,
            "empty_share": shown_percent(coverage.empty_share, lang),
            **_statement_counts(site),
        }

    coverage = system_coverage(site.snapshot, DEFAULT_LANGUAGE)
    alternates = (Alternate("about.json", "JSON"), Alternate("coverage.csv", "CSV"))
    yield Page("about.html", "about.html.j2", titles("about.title"), context, "about", alternates)
    yield File("about.json", json_bytes({**_statement_counts(site), **_coverage_content(coverage)}))
    keys = ["layer", *(province.curie for province in coverage.columns)]
    yield File("coverage.csv", csv_bytes(keys, ([layer, *counts] for layer, counts in coverage.rows)))


def _coverage_content(coverage: SystemCoverage) -> dict[str, object]:
    """Return the coverage table as data: layer → province → number of systems."""
    curies = [province.curie for province in coverage.columns]
    table = {layer: dict(zip(curies, counts, strict=True)) for layer, counts in coverage.rows}
    return {"cells": coverage.cells, "empty": coverage.empty_cells, "coverage": table}


def _statement_counts(site: Site) -> dict[str, int]:
    """Count statements (all, uncertain, explicitly dated) and entities (all, without statements)."""
    snapshot = site.snapshot
    facts = [statement.fact for statement in snapshot.statements]
    certainties = Counter(str(fact.qualifiers.get("certainty", "")) for fact in facts)
    return {
        "total": len(facts),
        "hedged": sum(certainties[code.written] for code in code_list("Certainty") if code.is_hedge),
        "explicit": sum(fact.as_of_basis == TimeBasis.EXPLICIT for fact in facts),
        "silent": sum(not snapshot.statement_count(entity.curie) for entity in snapshot.entities),
        "entities": len(snapshot.entities),
    }
