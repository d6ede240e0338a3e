"""The sources of statements: when articles and inventories were published, and what of them was read."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from ...graph.names import CODE, EGOV, RDF_TYPE, RDFS, with_prefixes
from ...ontology.codes import find_code
from ...ontology.qualifiers import ReadingExtent, TranslationKind
from ...words import catalogue, label
from .readings import SecondReading
from .values import text_of, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...graph.store import RdfTerm, Store
    from ...words import Texts
    from .facts import Fact
    from .values import Json

__all__ = [
    "PublishedSource",
    "SourceVersion",
    "article_text",
    "published_text",
    "published_year",
    "read_sources",
    "without_mark",
]

_Values: TypeAlias = "Mapping[str, list[RdfTerm]]"  # local name of a property -> its values

_SOURCES = with_prefixes("""
SELECT DISTINCT ?source ?node ?property ?value {
  { ?source a egov:Article ; ?property ?value . BIND(?source AS ?node) }
  UNION { ?source egov:secondReading ?node . ?node ?property ?value }
}
""")
_NAMES = with_prefixes("""
SELECT DISTINCT ?thing ?curie ?label {
  ?source a egov:Article ; egov:publisher|egov:ofTerritory ?thing .
  ?thing egov:curie ?curie ; rdfs:label ?label
}
""")
_LABEL, _TYPE = "label", "type"
_MARKED = re.compile(r"(.+)([?~%])")
_TURN_OF_YEAR = frozenset({"", "-01", "-12", "-01-01", "-12-31"})  # what follows a year that may be another
_CERTAINTIES = {"~": "approximate", "?": "uncertain", "%": "both"}  # marks of EDTF -> key of the words


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """The version of a source that the annotator read.

    :param language: BCP 47 tag of the language in which the source was written; empty if not stated
    :param language_read: that of the version that was read, if it is a translation; else empty
    :param translation: slug of the kind of translation; empty if the original was read
    :param extent: slug of how much of it was read; empty if not stated
    :param original: address of the original, if a translation was read; empty if not stated
    :param copy_of: address of the publisher's own page, if a copy elsewhere was read; else empty
    """

    language: str = ""
    language_read: str = ""
    translation: str = ""
    extent: str = ""
    original: str = ""
    copy_of: str = ""

    def remark(self, lang: str) -> str:
        """Say what of the source was read; empty if that was the whole original, or if nothing is stated.

        >>> SourceVersion("vi", "en", "machine-translation", "opening").remark("en")
        'read: opening only, machine translation (English)'
        """
        words = catalogue(__package__, lang)
        parts = []
        if self.extent == ReadingExtent.OPENING.slug:
            parts.append(ReadingExtent.OPENING.label(lang))
        if self.language_read:
            kind = find_code(self.translation or TranslationKind.UNKNOWN.slug).label(lang)
            language = words[f"language.{self.language_read}"]
            parts.append(words("source.translated", kind=kind, language=language))
        if self.copy_of:
            parts.append(words["source.copy"])
        return words("source.read", parts=", ".join(parts)) if parts else ""

    def as_dict(self) -> dict[str, Json]:
        """Return it as a JSON-compatible record; what is not stated is null."""
        return {
            "language": self.language or None,
            "language_read": self.language_read or None,
            "translation": self.translation or None,
            "extent": self.extent or None,
            "original": self.original or None,
            "copy_of": self.copy_of or None,
        }


@dataclass(frozen=True, slots=True)
class PublishedSource:
    """An article or inventory.

    :param titles: title by language
    :param publisher: CURIE of the body that published it; empty if the store does not name it
    :param published: when it was published, in EDTF: `2025-08-31`, `2025-08`, `2025-08~`
    :param scope: CURIE of the territory that it is about
    :param address: web address of the page that was read; empty if not stated
    :param sha256: digest of the text that was read; empty if not stated
    :param readings: its second readings, by day; empty if it was not read a second time
    """

    id: str
    titles: Texts
    publisher: str
    publisher_labels: Texts
    published: str
    scope: str
    address: str
    sha256: str
    version: SourceVersion
    is_inventory: bool
    readings: tuple[SecondReading, ...] = ()

    def title(self, lang: str) -> str:
        """Return the title in a language, else in the default language."""
        return label(self.titles, lang)


def read_sources(store: Store) -> dict[str, PublishedSource]:
    """Read all sources of a store, by their ids in order.

    Cost: two queries; linear in the sources.
    """
    properties: dict[str, dict[str, list[RdfTerm]]] = defaultdict(lambda: defaultdict(list))
    nodes: dict[str, dict[str, None]] = defaultdict(dict)
    for iri, node, name, value in sorted(store.select(_SOURCES).rows, key=str):
        nodes[text_of(iri)][text_of(node)] = None
        if value is not None:
            properties[text_of(node)][_local_name(text_of(name))].append(value)
    labels: dict[str, list[RdfTerm]] = defaultdict(list)
    curies: dict[str, str] = {}
    for thing, curie, name in store.select(_NAMES).rows:
        curies[text_of(thing)] = text_of(curie)
        labels[text_of(thing)] += [name] if name is not None else []
    sources = (
        replace(_source(properties[iri], curies, labels), readings=_readings(properties, nodes[iri]))
        for iri in nodes
        if "published" in properties[iri]
    )
    return {source.id: source for source in sorted(sources, key=lambda source: source.id)}


def _readings(properties: Mapping[str, _Values], nodes: Iterable[str]) -> tuple[SecondReading, ...]:
    """Make the second readings among the nodes of a source, which are the source itself and its readings."""
    values = (properties[node] for node in nodes)
    return tuple(sorted(SecondReading.of(item) for item in values if "rowsRead" in item))


def _local_name(iri: str) -> str:
    return {RDF_TYPE: _TYPE, RDFS + "label": _LABEL}.get(iri, iri.removeprefix(EGOV))


def _source(values: _Values, curies: Mapping[str, str], labels: _Values) -> PublishedSource:
    def text(name: str) -> str:
        return text_of(next(iter(values.get(name, ())), None))

    publisher, published = text("publisher"), text("published")
    return PublishedSource(
        id=text("curie"),
        titles=texts(values.get(_LABEL, ())),
        publisher=curies.get(publisher, ""),
        publisher_labels=texts(labels.get(publisher, ())),
        published=published,
        scope=curies.get(text("ofTerritory"), ""),
        address=text("webAddress"),
        sha256=text("sha256"),
        version=SourceVersion(
            language=text("language"),
            language_read=text("languageRead"),
            translation=text("translationKind").removeprefix(CODE),
            extent=text("readingExtent").removeprefix(CODE),
            original=text("originalAddress"),
            copy_of=text("copyOf"),
        ),
        is_inventory=EGOV + "Inventory" in map(text_of, values.get(_TYPE, ())),
    )


def published_text(edtf: str, lang: str, form: Callable[[str], str] = str) -> str:
    """Word a time of publication, with its certainty.

    :param form: formats the time without its mark of uncertainty

    >>> published_text("2025-08", "en"), published_text("2025-08~", "en"), published_text("2025?", "vi")
    ('2025-08', 'about 2025-08', '2025 (chưa chắc)')
    """
    match = _MARKED.fullmatch(edtf)
    if match is None:
        return form(edtf)
    return catalogue(__package__, lang)(f"date.{_CERTAINTIES[match[2]]}", date=form(match[1]))


def without_mark(edtf: str) -> str:
    """Return a time of publication without its mark of uncertainty.

    >>> without_mark("2025-08~"), without_mark("2025-07/2025-12")
    ('2025-08', '2025-07/2025-12')
    """
    match = _MARKED.fullmatch(edtf)
    return match[1] if match else edtf


def published_year(edtf: str) -> str:
    """Return the year of a time of publication, of an interval the later; `~` says that it may be another.

    A marked month or day may be one earlier or later; its year is in doubt at the turn of a year only.

    >>> [published_year(time) for time in ("2023~", "2025-12~", "2025-08~", "2025/2026")]
    ['~2023', '~2025', '2025', '~2026']
    """
    time = without_mark(edtf)
    year = time.rpartition("/")[2][:4]
    may_be_another = time[:4] != year or (time != edtf and time[4:] in _TURN_OF_YEAR)
    return f"~{year}" if may_be_another else year


def article_text(fact: Fact, lang: str) -> str:
    """Name the article that makes a statement, and when it was published: `bac-kan-2019, 2019-12-05`."""
    return f"{fact.article}, {published_text(fact.published, lang)}"
