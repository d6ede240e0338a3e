"""Gaps and targets on a synthetic country: 63 provinces, every component, graphs of 100 k and 1 M quads."""

from __future__ import annotations

import time
from datetime import date

from egovkg.graph.names import CODE, EGOV, ID, RDF_TYPE, XSD, article_graph
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.pipeline.shipped_quads import ontology_quads, reference_quads
from egovkg.loaders.statements.register_quads import register_quads
from egovkg.ontology.references import FRAMEWORK_2_0
from egovkg.queries.planning.ask import target_standings
from egovkg.queries.planning.conditions import Conditions
from egovkg.queries.planning.frameworks import Frameworks
from egovkg.queries.planning.gaps import gaps
from egovkg.queries.planning.provinces import Provinces
from egovkg.queries.planning.target_reading import read_targets

STATUSES = ("operational", "planned", "under-construction", "limited", "completed")
DAY = date(2024, 1, 1)
CLAIM = 12  # quads a claim and its thing


def country(quads: int) -> OxigraphStore:
    """Generate a store of about a given number of quads: systems of all kinds in 63 provinces."""
    store = OxigraphStore.in_memory()
    store.load(ontology_quads() + reference_quads() + register_quads(load_lexicon([]).lexicon))
    units = [unit.iri for unit in Provinces(store).by_iri.values() if unit.stands(DAY)]
    kinds = sorted(
        {kind for unit in Frameworks.of(store).read(FRAMEWORK_2_0).components for kind in unit.classes}
    )
    lines: list[str] = []
    for number in range(quads // CLAIM):
        unit, kind = units[number % len(units)], kinds[number // len(units) % len(kinds)]
        lines += claim(number, unit, kind)
    store.load("".join(lines).encode())
    return store


def claim(number: int, unit: str, kind: str) -> list[str]:
    """Return the quads of one system, and the claim that it serves a province."""
    graph = f"<{article_graph(f'made-{number % 200}')}> .\n"
    thing, node = f"<{ID}system/made-{number}>", f"<{ID}claim/made/{number}>"
    evidence = f"<{ID}evidence/made/{number}>"
    pairs = [
        (thing, RDF_TYPE, f"<{kind}>"),
        (thing, EGOV + "ofTerritory", f"<{unit}>"),
        (node, RDF_TYPE, f"<{EGOV}Claim>"),
        (node, EGOV + "subject", thing),
        (node, EGOV + "predicate", f"<{EGOV}serves>"),
        (node, EGOV + "object", f"<{unit}>"),
        (node, EGOV + "status", f"<{CODE}{STATUSES[number % len(STATUSES)]}>"),
        (node, EGOV + "polarity", f"<{CODE}asserted>"),
        (node, EGOV + "timeBasis", f"<{CODE}publication>"),
        (node, EGOV + "statedOn", f'"2020-01-0{number % 9 + 1}"^^<{XSD}date>'),
        (node, EGOV + "evidence", evidence),
        (node, EGOV + "sourceLine", f'"{number}"^^<{XSD}integer>'),
    ]
    return [f"{subject} <{predicate}> {value} {graph}" for subject, predicate, value in pairs]


def judged(store: OxigraphStore, sentences: int) -> tuple[int, float]:
    """Judge all provinces against all components; return the number of cells and the process time.

    :param sentences: number of sentences read per cell
    """
    start = time.process_time()
    provinces = Provinces(store)
    conditions = Conditions(DAY, sentences_per_cell=sentences)
    cells = gaps(
        provinces,
        provinces.standing(DAY),
        Frameworks.of(store).read(FRAMEWORK_2_0, unsourced=True),
        conditions,
    )
    target_standings(provinces, provinces.standing(DAY), read_targets(store), conditions)
    return len(cells), time.process_time() - start


def rows() -> list[tuple[str, str, str, str, str]]:
    """Run all measurements; a row has name, our time, peer time, ratio and goal."""
    small, large = country(100_000), country(1_000_000)
    rows_so_far = []
    for max_parts, goal in ((0, "≤ 2 s, ≤ × 12"), (1, "–")):
        _, before = judged(small, max_parts)
        cells, after = judged(large, max_parts)
        words = f"gaps and targets of 63 provinces, {cells} cells, {max_parts} sentences a cell"
        rows_so_far.append(
            (
                words,
                f"{after:.2f} s at {len(large):,} quads",
                f"{before:.2f} s at {len(small):,}",
                f"× {after / before:.1f}",
                goal,
            )
        )
    return rows_so_far


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
