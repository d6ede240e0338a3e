"""The explorer as part of the site, with its relations as data files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....ontology.qualifiers import Polarity
from ....queries.facts.statement_bounds import is_denied
from ....words import DEFAULT_LANGUAGE, label
from ...explorer.assets import site_files
from ...explorer.page import SiteLinks, render
from ...explorer.supplements import supplements_of
from ..content.data_files import table_files
from ..content.model import File
from ..content.paths import province_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.picture.picture import Picture, Statement
    from ...tables import CellValue
    from ..content.site import Site
    from ..content.snapshot import GraphSnapshot

__all__ = ["pages"]

_STEM = "explorer"
_KEYS = (
    "subject",
    "subject_label",
    "predicate",
    "object",
    "object_label",
    "basis",
    "statuses",
    "articles",
    "statements",
    "source",
)
_STATED, _REFERENCE = "stated", "reference"  # values of the column `basis`


def pages(site: Site) -> Iterator[File]:
    """Make the explorer, one file for all languages, and the data files of its relations."""
    picture = site.snapshot.picture
    supplements = supplements_of(site.snapshot, site.tours)
    links = SiteLinks("index.html", _STEM, _province_pages(site.snapshot))
    html = render(picture, site=links, supplements=supplements)
    yield File(f"{_STEM}.html", html.encode("utf-8"))
    for name, text in site_files().items():
        yield File(name, text.encode("utf-8"))
    yield from table_files(_STEM, _KEYS, _relation_rows(picture))


def _province_pages(snapshot: GraphSnapshot) -> dict[str, str]:
    """Map the CURIE of each province that has a page to the name of its file, without extension."""
    curies = (province.curie for province in snapshot.paged_provinces)
    return {curie: province_path(curie).rpartition("/")[2].removesuffix(".html") for curie in curies}


def _relation_rows(picture: Picture) -> Iterator[list[CellValue]]:
    """List the relations in the explorer: the stated ones with their statements, then reference data."""
    labels = {node.curie: label(node.labels, DEFAULT_LANGUAGE) for node in picture.nodes}
    for edge in picture.edges:
        statements = [picture.statements[position] for position in edge.statements]
        ends = [edge.subject, labels[edge.subject], edge.predicate, edge.object, labels[edge.object]]
        yield [*ends, _STATED, *_statement_columns(statements), ""]
    for reference in picture.references:
        ends = [
            reference.subject,
            labels[reference.subject],
            reference.predicate,
            reference.object,
            labels[reference.object],
        ]
        yield [*ends, _REFERENCE, [], [], [], label(reference.source, DEFAULT_LANGUAGE)]


def _statement_columns(statements: list[Statement]) -> list[CellValue]:
    """Return the statuses, articles and ids of the statements behind a relation."""
    facts = [statement.fact for statement in statements]
    statuses = {Polarity.DENIED.value if is_denied(fact) else fact.status for fact in facts}
    return [sorted(statuses), sorted({fact.article for fact in facts}), [fact.id for fact in facts]]
