"""What the articles do not say: systems by layer and province, with the share that no article mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....ontology.layers import default_layer, technical_layers
from .statements import Link

if TYPE_CHECKING:
    from .snapshot import Known


@dataclass(frozen=True)
class Coverage:
    """Systems that an article says serve a province, by layer.

    :param rows: layer in words, then one number a province, in the order of :attr:`columns`
    :param empty: cells without any statement
    :param share: of those among all cells, 0..1; 0 when there is no cell
    """

    columns: tuple[Link, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    empty: int

    @property
    def cells(self) -> int:
        """Count the cells."""
        return len(self.columns) * len(self.rows)

    @property
    def share(self) -> float:
        """The share of cells about which no article says anything."""
        return self.empty / self.cells if self.cells else 0.0


def provinces(known: Known, lang: str) -> tuple[Link, ...]:
    """List the provinces that articles are about, by name."""
    curies = {article.province for article in known.picture.articles if article.province in known.by_curie}
    found = [known.by_curie[curie] for curie in sorted(curie for curie in curies if curie)]
    return tuple(Link(each.label(lang), each.path, lang, each.curie) for each in found)


def coverage(known: Known, lang: str) -> Coverage:
    """Count the systems that serve each province, by layer; what an article denies does not count."""
    columns = provinces(known, lang)
    found: dict[tuple[str, str], set[str]] = {}
    for statement in known.statements:
        fact = statement.fact
        system = known.by_curie.get(fact.subject)
        place = known.by_curie.get(fact.object or "")
        if fact.predicate != "serves" or fact.polarity == "no" or system is None or place is None:
            continue
        layer = known.vocabulary.layer(system.kind) or default_layer()
        found.setdefault((layer, place.province), set()).add(system.curie)
    possible = {
        known.vocabulary.layer(kind)
        for kind in known.vocabulary.classes
        if known.vocabulary.is_a(kind, "TechnicalComponent")
    }
    rows = tuple(
        (known.code_label(layer, lang), tuple(len(found.get((layer, each.curie), ())) for each in columns))
        for layer in technical_layers()
        if layer in possible
    )
    return Coverage(columns, rows, sum(not number for _, numbers in rows for number in numbers))
