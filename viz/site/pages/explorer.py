"""The explorer inside the site, with its relations as data; the page itself is made in `explorer.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....ontology.qualifiers import Polarity
from ...explorer.page import SiteLinks, render
from ..content.data_files import table_files
from ..content.model import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....queries.picture.picture import Picture
    from ..content.model import Site

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


def pages(site: Site) -> Iterator[File]:
    """Write the explorer; one file serves both languages."""
    yield File(
        f"{_STEM}.html", render(site.known.picture, site=SiteLinks("index.html", _STEM)).encode("utf-8")
    )
    yield from table_files(_STEM, _KEYS, _relations(site.known.picture))


def _relations(picture: Picture) -> Iterator[list[object]]:
    """List the relations drawn: the stated ones with their statements, then those of reference data."""
    labels = {node.curie: node.labels["vi"] for node in picture.nodes}
    for edge in picture.edges:
        facts = [picture.statements[position].fact for position in edge.statements]
        yield [
            edge.subject,
            labels[edge.subject],
            edge.predicate,
            edge.object,
            labels[edge.object],
            "stated",
            sorted({fact.status if fact.polarity == "yes" else Polarity.DENIED.slug for fact in facts}),
            sorted({fact.article for fact in facts}),
            [fact.id for fact in facts],
            "",
        ]
    for each in picture.references:
        ends = [each.subject, labels[each.subject], each.predicate, each.object, labels[each.object]]
        yield [*ends, "reference", [], [], [], each.source.get("vi", "")]
