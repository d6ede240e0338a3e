"""The report on one entity: all statements about it, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyoxigraph as ox

from ...graph.names import CODE, EGOV, GRAPH_REGISTER, ID, with_prefixes
from ...ontology.codes import find_code
from ...words import DEFAULT_LANGUAGE, label, written_number
from .facts import Fact, collect
from .sources import read_sources
from .values import Json, language_of, text_of
from .wording import Wording, values_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import RdfTerm, Store
    from .readings import SecondReading
    from .sources import PublishedSource

StatementRole: TypeAlias = Literal["subject", "object", "about"]
TermsByProperty: TypeAlias = "Mapping[str, list[RdfTerm]]"  # kind, territory, label or alias -> values

ROLES: tuple[StatementRole, ...] = ("subject", "object", "about")
_FACTS_PER_QUERY = 500  # with more of them the engine scans all claims for each query
_SIGNS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", "~>": "≳ "}
_ENTITY = """
SELECT DISTINCT ?what ?value {
  { GRAPH <%(register)s> { %(entity)s a ?value } BIND("kind" AS ?what) }
  UNION { %(entity)s egov:ofTerritory ?value . BIND("territory" AS ?what) }
  UNION { %(entity)s rdfs:label ?value . BIND("label" AS ?what) }
  UNION { %(entity)s egov:shortName|skos:altLabel ?value . BIND("alias" AS ?what) }
  UNION { %(entity)s egov:unitChange ?value . BIND("change" AS ?what) }
} ORDER BY ?what ?value"""
_STATEMENTS = """
SELECT DISTINCT ?fact ?role {
  { ?fact egov:subject %(entity)s . BIND("subject" AS ?role) }
  UNION { ?fact egov:object %(entity)s . BIND("object" AS ?role) }
  UNION { ?fact egov:measure %(entity)s . BIND("object" AS ?role) }
  UNION { ?fact egov:evidence ?evidence ; egov:about|egov:responsible|egov:population|egov:saidBy %(entity)s .
    BIND("about" AS ?role) }
  UNION { ?fact egov:object/(egov:concerns|egov:responsible) %(entity)s ; egov:evidence ?evidence .
    BIND("about" AS ?role) }
}"""
_ARTICLES = f"{ID}article/"
_LABELS = "SELECT ?curie ?label { VALUES ?curie { %s } ?thing egov:curie ?curie ; rdfs:label ?label }"


@dataclass(frozen=True)
class StatementSource:
    """The article that makes a statement, in the language of the answer.

    :param published: when it was published, in EDTF
    :param remark: what of it was read; empty if that was the whole original
    """

    article: str
    title: str
    published: str
    publisher: str
    remark: str

    @classmethod
    def of(cls, source: PublishedSource, lang: str) -> StatementSource:
        """Word a source in a language."""
        publisher = label(source.publisher_labels, lang)
        return cls(source.id, source.title(lang), source.published, publisher, source.version.remark(lang))


@dataclass(frozen=True)
class EntityStatement:
    """One statement about an entity.

    :param role: role of the entity in the statement: subject, object, or topic
    :param relation: label of the relation or measure
    :param other_side: what the statement relates the entity to: a label, a text, or a number with its unit
    :param status: label of its status
    :param population: whom it covers: a label or words; empty if not stated
    :param speakers: labels of those whose words the article reports
    :param levels: labels of the levels of government that it refers to
    :param total: of a part: the number of its total with its unit, if that is a statement of the entity too
    """

    role: StatementRole
    relation: str
    other_side: str
    status: str
    fact: Fact
    source: StatementSource
    population: str = ""
    speakers: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    total: str = ""

    def as_dict(self) -> dict[str, Json]:
        """Return the statement as a flat record: its labels and its fact."""
        words: dict[str, Json] = {"role": self.role, "relation": self.relation, "other": self.other_side}
        source: dict[str, Json] = {
            "title": self.source.title,
            "publisher": self.source.publisher,
            "source_remark": self.source.remark or None,
        }
        return words | {"status_label": self.status} | source | self.fact.as_dict()


@dataclass(frozen=True)
class EntityReport:
    """All statements about an entity, with its labels, classes and territory.

    :param labels: labels by language
    :param kind: labels of its classes, joined by commas
    :param kinds: local names of its classes
    :param territory: labels of the units it belongs to; empty for a national entity
    :param aliases: other names, sorted
    :param changes: of a unit: what changed its name, rank or extent, in the language of the answer, by day
    :param statements: as subject first, then as object, then as topic; each in order of article and line;
        empty when no article mentions the entity
    :param readings: of an article: its second readings by day, empty if there was none; else ``None``
    :param remarks: how the name was understood, in the language of the answer; empty if it is a label, short
        name or identifier of the entity
    """

    iri: str
    curie: str
    label: str
    labels: Mapping[str, str]
    kind: str
    kinds: tuple[str, ...]
    territory: tuple[str, ...]
    aliases: tuple[str, ...]
    changes: tuple[str, ...]
    statements: tuple[EntityStatement, ...]
    remarks: tuple[str, ...] = ()
    readings: tuple[SecondReading, ...] | None = None

    def as_dict(self) -> dict[str, Json]:
        """Return the report as a JSON-compatible record."""
        return {
            "iri": self.iri,
            "curie": self.curie,
            "label": self.label,
            "labels": dict(self.labels),
            "kind": self.kind,
            "territory": list(self.territory),
            "aliases": list(self.aliases),
            "changes": list(self.changes),
            "remarks": list(self.remarks),
            "second_readings": self._readings(),
            "statements": [statement.as_dict() for statement in self.statements],
        }

    def _readings(self) -> Json:
        return None if self.readings is None else [reading.as_dict() for reading in self.readings]


def entity_report(store: Store, iri: str, lang: str = DEFAULT_LANGUAGE) -> EntityReport:
    """Collect all statements about an entity.

    :param iri: its address, as returned by :func:`egovkg.queries.facts.entities.resolve`
    :param lang: language of labels, texts and sentences
    :returns: a report without statements when no article mentions the entity

    Cost: a dozen queries, each linear in its results.
    """
    properties = _properties(store, iri)
    kinds = [text_of(term) for term in properties["kind"]]
    territory = [text_of(term) for term in properties["territory"]]
    wording = Wording.of(store, lang, {iri, *kinds, *territory})
    labels = [term for term in properties["label"] if isinstance(term, ox.Literal)]
    return EntityReport(
        iri=iri,
        curie=wording.curie(iri),
        label=wording.label(iri),
        labels={term.language or "": term.value for term in labels},
        kind=", ".join(wording.label(kind) for kind in kinds),
        kinds=tuple(kind.removeprefix(EGOV) for kind in kinds),
        territory=tuple(wording.label(unit) for unit in territory),
        aliases=tuple(dict.fromkeys(text_of(term) for term in properties["alias"])),
        changes=tuple(text_of(term) for term in properties["change"] if language_of(term) == lang),
        statements=worded_statements(store, _roles(store, iri), lang),
        readings=_readings(store, iri),
    )


def _readings(store: Store, iri: str) -> tuple[SecondReading, ...] | None:
    """Read the second readings of an article; ``None`` for any other entity."""
    source = read_sources(store).get(iri.removeprefix(_ARTICLES)) if iri.startswith(_ARTICLES) else None
    return source.readings if source else None


def _properties(store: Store, iri: str) -> TermsByProperty:
    """Read classes, territory, labels, aliases and changes of an entity."""
    names = ("kind", "territory", "label", "alias", "change")
    properties: dict[str, list[RdfTerm]] = {name: [] for name in names}
    query = _ENTITY % {"entity": ox.NamedNode(iri), "register": GRAPH_REGISTER}
    for name, term in store.select(with_prefixes(query)).rows:
        if term is not None:
            properties[text_of(name)].append(term)
    return properties


def worded_statements(
    store: Store, roles: Mapping[str, StatementRole], lang: str
) -> tuple[EntityStatement, ...]:
    """Word statements: as subject first, then as object, then as topic, each in order of article and line.

    :param roles: address of a statement → role of the entity that the statement is read for
    """
    facts = _facts(store, list(roles), lang)
    if not facts:
        return ()
    sources, units = read_sources(store), unit_words(store, lang)
    terms = {term for fact in facts for term in (_relation(fact), CODE + fact.status)}
    amounts = {fact.id: amount(fact, lang, units) for fact in facts}
    wording, names = Wording.of(store, lang, terms), _names(store, facts, lang)
    statements = (
        EntityStatement(
            role=roles[ID + fact.id],
            relation=wording.label(_relation(fact)),
            other_side=_other_side(fact, roles[ID + fact.id], amounts[fact.id]),
            status=wording.label(CODE + fact.status),
            fact=fact,
            source=StatementSource.of(sources[fact.article], lang),
            population=names.get(population := str(fact.qualifiers.get("of", "")), population),
            speakers=tuple(names.get(curie, curie) for curie in _values(fact, "said_by")),
            levels=tuple(find_code(level).label(lang) for level in _values(fact, "scope")),
            total=amounts.get(str(fact.qualifiers.get("part_of")), ""),
        )
        for fact in facts
    )
    return tuple(sorted(statements, key=_order))


def _values(fact: Fact, qualifier: str) -> tuple[str, ...]:
    values = fact.qualifiers.get(qualifier)
    return tuple(map(str, values)) if isinstance(values, tuple) else ()


def _names(store: Store, facts: list[Fact], lang: str) -> Mapping[str, str]:
    """Map the CURIEs of populations and speakers to their labels."""
    curies = {
        curie for fact in facts for curie in (str(fact.qualifiers.get("of", "")), *_values(fact, "said_by"))
    }
    curies.discard("")
    if not curies:
        return {}
    values = " ".join(str(ox.Literal(curie)) for curie in sorted(curies))
    rows = store.select(with_prefixes(_LABELS % values)).rows
    return {text_of(curie): text_of(name) for curie, name in rows if language_of(name) == lang}


def _roles(store: Store, iri: str) -> dict[str, StatementRole]:
    """Map each statement that names an entity to the role of the entity; the first of several counts."""
    rows = store.select(with_prefixes(_STATEMENTS % {"entity": ox.NamedNode(iri)})).rows
    by_fact: dict[str, StatementRole] = {}
    for role in ROLES:
        for fact, its_role in rows:
            if text_of(its_role) == role:
                by_fact.setdefault(text_of(fact), role)
    return by_fact


def _facts(store: Store, iris: list[str], lang: str) -> list[Fact]:
    facts: list[Fact] = []
    for start in range(0, len(iris), _FACTS_PER_QUERY):
        facts += collect(store, values_line("fact", iris[start : start + _FACTS_PER_QUERY]), lang)
    return facts


def _relation(fact: Fact) -> str:
    return f"{ID}measure/{fact.predicate}" if fact.kind == "figure" else EGOV + fact.predicate


def _other_side(fact: Fact, role: StatementRole, number: str) -> str:
    """Return the other side of a statement: a label, a text, or a number with its unit.

    :param number: the number of a figure with its unit; empty for a claim
    """
    target = fact.object_label or fact.text or number
    if role == "subject":
        return target
    return fact.subject_label if role == "object" and not number else f"{fact.subject_label}: {target}"


def amount(fact: Fact, lang: str, units: Mapping[str, str]) -> str:
    """Format the number of a figure in a language: `≥ 75.005 văn bản`, `≥ 75,005 documents`.

    :param units: word after a value -> label
    :returns: empty for a claim
    """
    if fact.value is None:
        return ""
    denominator = fact.qualifiers.get("denominator")
    share = f"/{written_number(denominator, lang)}" if isinstance(denominator, Decimal) else ""
    unit = fact.unit or ""
    label = unit if unit == "%" else units.get(unit, unit)
    return f"{_SIGNS[fact.comparator or '=']}{written_number(fact.value, lang)}{share} {label}".strip()


def unit_words(store: Store, lang: str) -> Mapping[str, str]:
    """Map the name of a unit in annotations to its label, such as `chứng-thư` to "digital certificates"."""
    query = "SELECT ?token ?label { ?unit egov:token ?token ; rdfs:label ?label }"
    rows = store.select(with_prefixes(query)).rows
    return {
        text_of(token): label.value
        for token, label in rows
        if isinstance(label, ox.Literal) and label.language == lang
    }


def _order(statement: EntityStatement) -> tuple[int, str, int, str]:
    fact = statement.fact
    return ROLES.index(statement.role), fact.article, fact.line, fact.id
