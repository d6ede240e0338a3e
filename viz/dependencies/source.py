"""The line below a picture that states its source and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...queries.facts.sources import published_text
from ...words import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ...queries.dependencies.network.choice import EdgeChoice
    from ...queries.dependencies.network.edge import DependencyEdge
    from ...queries.facts.facts import Fact
    from .boxes import Drawing

__all__ = ["source_line", "source_of_edges"]

_MOST_ARTICLES = 8  # named in the line


def source_line(drawing: Drawing) -> str:
    """Word the source and the date of a drawing."""
    return _line([arrow.edge for arrow in drawing.arrows], drawing.as_of, drawing.lang)


def source_of_edges(edges: Sequence[DependencyEdge], choice: EdgeChoice) -> str:
    """Word the source and the date of the edges of an answer."""
    return _line(edges, choice.as_of, choice.lang)


def _line(edges: Sequence[DependencyEdge], as_of: date | None, lang: str) -> str:
    texts = catalogue(__package__, lang)
    facts = [fact for edge in edges for fact in (*edge.claims, *edge.implied)]
    parts = [texts("picture.articles", articles=_articles(facts))] if facts else []
    parts += [texts[f"picture.{basis}"] for basis in sorted({e.basis for e in edges if e.expectations})]
    if as_of:
        parts.append(texts("picture.as_of", day=as_of))
    elif facts:
        latest = max(facts, key=lambda fact: fact.stated_on)
        parts.append(texts("picture.stated_until", day=published_text(latest.published, lang)))
    return texts("picture.source", parts="; ".join(parts)) if parts else texts["picture.source_alone"]


def _articles(facts: Sequence[Fact]) -> str:
    articles = sorted({fact.article for fact in facts})
    return ", ".join([*articles[:_MOST_ARTICLES], *(["…"] if len(articles) > _MOST_ARTICLES else [])])
