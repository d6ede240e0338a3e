"""What a piece of reference data rests on: an article and clause, the opening of a page, or memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ....ontology.qualifiers import Sourcing, bears_verdict, default_sourcing
from ....words import catalogue
from ....words import label as label_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...facts.values import Json

CLAUSE, DOCUMENT = "clause", "document"  # of what a document asks for, with its clause or without
UNKEPT = "address_not_kept"
_ANNEX = "PL "  # as documents shorten "phụ lục"
# What a short clause begins with: the number of an article, of an annex, of a part.
_PLACES = {
    "numbered": re.compile(r"\d"),
    "annex": re.compile(_ANNEX),
    "part": re.compile(r"[IVX]+(?:\.|$)"),
}


@dataclass(frozen=True, slots=True)
class SourceBasis:
    """What a component, an expected dependency or a target rests on.

    :param sourcing: slug of the kind of its source
    :param clause: the place in the legal document where it was read; `None` where no clause was read
    :param document_labels: labels of that document by language; empty without one
    :param addresses: whole addresses of the pages on which it was seen
    """

    sourcing: str = field(default_factory=default_sourcing)
    clause: str | None = None
    document_labels: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()

    @property
    def bears_verdict(self) -> bool:
        """Whether it counts in verdicts unless the user asks for more."""
        return bears_verdict(self.sourcing)

    @property
    def kind(self) -> str:
        """The kind of reading: `clause`, `document`, else the slug of the sourcing.

        A page whose address was not kept is a kind of its own; a clause that only code tells of was not read.

        >>> (
        ...     SourceBasis("confirmed", clause="Điều 3").kind,
        ...     SourceBasis("confirmed").kind,
        ...     SourceBasis("recalled", clause="3.2").kind,
        ... )
        ('clause', 'address_not_kept', 'recalled')
        """
        if self.bears_verdict and (self.clause or self.document_labels):
            return CLAUSE if self.clause else DOCUMENT
        is_page = self.sourcing == Sourcing.CONFIRMED.slug
        return UNKEPT if is_page and not self.addresses else self.sourcing

    def text(self, lang: str) -> str:
        """Word it: article and clause with the document, or how far the source was seen.

        >>> SourceBasis("confirmed", addresses=("https://example.vn/a",)).text("en")
        'opening of a page'
        """
        document = label_in(self.document_labels, lang)
        words = catalogue("egovkg.queries.planning", lang)
        shape = next((key for key, start in _PLACES.items() if start.match(self.clause or "")), None)
        bare = (self.clause or "").removeprefix(_ANNEX)
        place = words(f"basis.{shape}", clause=bare) if shape else self.clause
        return words(f"basis.{self.kind}", clause=place, document=document)

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Return it as a JSON-compatible record."""
        return {
            "kind": self.kind,
            "text": self.text(lang),
            "clause": self.clause,
            "document": label_in(self.document_labels, lang) or None,
            "addresses": [*self.addresses],
        }
