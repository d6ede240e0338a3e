"""An architecture framework as a record: names, document, and how its list of components was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ....graph.names import CODE, with_prefixes
from ....ontology.codes import find_code
from ....ontology.qualifiers import ListBasis, bears_verdict
from ....words import label as label_in
from ...facts.values import language_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ....graph.store import Store

_FRAMEWORKS = with_prefixes("""
SELECT DISTINCT ?framework ?property ?value {
  VALUES ?property { rdfs:label egov:curie egov:shortName egov:versionLabel egov:sourcing egov:listBasis
    egov:deltaOn egov:omitsComponent egov:frameworkFor egov:inNationalLayers egov:succeedsFramework }
  ?framework a egov:ReferenceArchitecture ; ?property ?value .
}
""")
_DOCUMENTS = with_prefixes("""
SELECT DISTINCT ?framework ?number ?day {
  ?framework a egov:ReferenceArchitecture ; egov:definedBy ?document .
  ?document egov:number ?number ; egov:documentDate ?day .
}
""")
_TRUE = "true"


@dataclass(frozen=True)
class FrameworkRecord:
    """An architecture framework, without its components.

    :param short_name: what tells it from the others, such as `2.0` or `3090`; empty if it has none
    :param number: number of the document that issued it; empty if not stated
    :param issued: day of that document; the first day where only a month is stated; `None` if not stated
    :param sourcing: slug of the kind of its source
    :param list_basis: slug of where its list of components comes from; empty if not stated
    :param base: IRI of the framework whose list it changes; empty where its list stands alone
    :param omitted: IRIs of the components of the base that it no longer has
    :param unit: IRI of the province that issued it for itself; empty for a national one
    :param in_national_layers: whether its components are grouped by the four layers of the national framework
    :param earlier: IRI of the framework that it replaced; empty without one
    """

    iri: str
    labels: Mapping[str, str] = field(hash=False)
    curie: str = ""
    short_name: str = ""
    version: str = ""
    number: str = ""
    issued: date | None = None
    sourcing: str = ""
    list_basis: str = ""
    base: str = ""
    omitted: frozenset[str] = frozenset()
    unit: str = ""
    in_national_layers: bool = False
    earlier: str = ""

    @property
    def name(self) -> str:
        """Its short name, else its version, else the last segment of its address."""
        return self.short_name or self.version or self.iri.rpartition("/")[2]

    @property
    def is_confirmed(self) -> bool:
        """Whether a public page tells that it was issued."""
        return bears_verdict(self.sourcing)

    @property
    def is_national(self) -> bool:
        """Whether it was issued for the whole country, as a public page tells; none of the user's is."""
        is_shipped = self.list_basis != ListBasis.OWN.slug
        return is_shipped and self.is_confirmed and self.issued is not None and not self.unit

    def label(self, lang: str) -> str:
        """Return its label in a language; its IRI where it has none."""
        return label_in(self.labels, lang) or self.iri

    def names(self) -> frozenset[str]:
        """List what a user may call it: short name, version, number with and without suffix, CURIE, IRI."""
        tail = self.iri.rpartition("/")[2]
        number = self.number.partition("/")[0]
        words = (self.short_name, self.version, self.number, number, self.curie, self.iri, tail)
        return frozenset(word.casefold() for word in (*words, *self.labels.values()) if word)

    def list_texts(self) -> Mapping[str, str]:
        """Explain by language where its list of components comes from; empty if that is not stated."""
        return find_code(self.list_basis).definitions if self.list_basis else {}


def read_records(store: Store) -> dict[str, FrameworkRecord]:
    """Read the frameworks of a store by IRI, in order of issue; two queries."""
    values: dict[str, dict[str, dict[str, str]]] = {}
    for framework, name, value in store.select(_FRAMEWORKS).rows:
        properties = values.setdefault(text_of(framework), {})
        texts = properties.setdefault(text_of(name).rpartition("#")[2], {})
        texts[language_of(value) or text_of(value)] = text_of(value)
    documents = {row[0]: (row[1], first_day(row[2])) for row in store.texts(_DOCUMENTS)}
    records = [_record(iri, texts, *documents.get(iri, ("", None))) for iri, texts in values.items()]
    records.sort(key=lambda record: (record.issued or date.max, record.iri))
    return {record.iri: record for record in records}


def _record(
    iri: str, properties: Mapping[str, Mapping[str, str]], number: str, issued: date | None
) -> FrameworkRecord:
    def first(name: str) -> str:
        return _first(properties.get(name, {}).values())

    return FrameworkRecord(
        iri=iri,
        labels=properties.get("label", {}),
        curie=first("curie"),
        short_name=first("shortName"),
        version=first("versionLabel"),
        number=number,
        issued=issued,
        sourcing=first("sourcing").removeprefix(CODE),
        list_basis=first("listBasis").removeprefix(CODE),
        base=first("deltaOn"),
        omitted=frozenset(properties.get("omitsComponent", {}).values()),
        unit=first("frameworkFor"),
        in_national_layers=first("inNationalLayers") == _TRUE,
        earlier=first("succeedsFramework"),
    )


def _first(texts: Iterable[str]) -> str:
    return min(texts, default="")


def first_day(text: str) -> date | None:
    """Read the first day that a date in EDTF can mean; `None` if it has no year.

    >>> first_day("2015-04"), first_day("")
    (datetime.date(2015, 4, 1), None)
    """
    parts = [int(part) for part in text[:10].split("-") if part.isdigit()]
    return date(*(*parts, 1, 1)[:3]) if parts else None
