"""The portrait of one entity: all that is known of it, each statement with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyoxigraph as ox

from ...graph.names import CODE, EGOV, GRAPH_REGISTER, ID, with_prefixes
from .facts import Fact, collect
from .values import Json, text_of
from .wording import Wording, values_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...graph.store import Store, Term

Role: TypeAlias = Literal["subject", "object", "about"]

_CHUNK = 500  # statements read at a time; with more the engine scans all for each chunk
_ENTITY = """
SELECT DISTINCT ?what ?value {
  { GRAPH <%(register)s> { %(entity)s a ?value } BIND("kind" AS ?what) }
  UNION { %(entity)s egov:ofTerritory ?value . BIND("territory" AS ?what) }
  UNION { %(entity)s rdfs:label ?value . BIND("label" AS ?what) }
  UNION { %(entity)s egov:shortName|skos:altLabel ?value . BIND("alias" AS ?what) }
} ORDER BY ?what ?value"""
_STATEMENTS = """
SELECT DISTINCT ?fact ?role {
  { ?fact egov:subject %(entity)s . BIND("subject" AS ?role) }
  UNION { ?fact egov:object %(entity)s . BIND("object" AS ?role) }
  UNION { ?fact egov:measure %(entity)s . BIND("object" AS ?role) }
  UNION { ?fact egov:evidence ?evidence ; egov:about|egov:responsible %(entity)s . BIND("about" AS ?role) }
  UNION { ?fact egov:object/(egov:concerns|egov:responsible) %(entity)s ; egov:evidence ?evidence .
    BIND("about" AS ?role) }
}"""
_ARTICLES = """
SELECT DISTINCT ?article ?title ?published ?publisher {
  ?thing a egov:Article ; egov:curie ?article ; rdfs:label ?own ; egov:published ?published .
  FILTER(LANG(?own) = "vi")
  OPTIONAL { ?thing rdfs:label ?translated . FILTER(LANG(?translated) = "%s" && "%s" != "vi") }
  BIND(COALESCE(?translated, ?own) AS ?title)
  OPTIONAL { ?thing egov:publisher ?body . ?body rdfs:label ?publisher . FILTER(LANG(?publisher) = "%s") }
}"""


@dataclass(frozen=True)
class Source:
    """Where a statement was read.

    :param published: ISO date
    """

    article: str
    title: str
    published: str
    publisher: str


@dataclass(frozen=True)
class Shown:
    """One statement in the portrait.

    :param role: what the entity is in it: its subject, its object, or what it is about
    :param relation: words of the relation or measure
    :param other: the other side in words: a label, a text, or a number with its unit
    :param status: in words
    """

    role: Role
    relation: str
    other: str
    status: str
    fact: Fact
    source: Source


@dataclass(frozen=True)
class Portrait:
    """All that is known of an entity.

    :param labels: language -> label
    :param kind: label of its class
    :param kinds: names of its classes
    :param territory: labels of the units it belongs to; empty for what is national
    :param aliases: other names, in order
    :param statements: subject first, then object, then about; each in order of article and line; empty
        when no article says anything
    """

    iri: str
    curie: str
    label: str
    labels: Mapping[str, str]
    kind: str
    kinds: tuple[str, ...]
    territory: tuple[str, ...]
    aliases: tuple[str, ...]
    statements: tuple[Shown, ...]

    def as_dict(self) -> dict[str, Json]:
        """Give the portrait in a form that JSON can hold."""
        return {
            "iri": self.iri,
            "curie": self.curie,
            "label": self.label,
            "labels": dict(self.labels),
            "kind": self.kind,
            "territory": list(self.territory),
            "aliases": list(self.aliases),
            "statements": [statement_row(one) for one in self.statements],
        }


def statement_row(one: Shown) -> dict[str, Json]:
    """Give one statement with its words and its fact as a flat record."""
    words: dict[str, Json] = {"role": one.role, "relation": one.relation, "other": one.other}
    source: dict[str, Json] = {"title": one.source.title, "publisher": one.source.publisher}
    return words | {"status_label": one.status} | source | one.fact.as_dict()


def show(store: Store, iri: str, lang: str = "vi") -> Portrait:
    """Collect all that is known of an entity.

    :param iri: its address, as :func:`egovkg.queries.facts.entities.resolve` finds it
    :returns: a portrait without statements when no article says anything of it

    Cost: a dozen queries, each linear in what it finds.
    """
    known = _known(store, str(ox.NamedNode(iri)))
    kinds = [text_of(term) for term in known["kind"]]
    territory = [text_of(term) for term in known["territory"]]
    words = Wording.of(store, lang, {iri, *kinds, *territory})
    return Portrait(
        iri=iri,
        curie=words.curie(iri),
        label=words.label(iri),
        labels={term.language or "": term.value for term in known["label"] if isinstance(term, ox.Literal)},
        kind=", ".join(words.label(kind) for kind in kinds),
        kinds=tuple(kind.removeprefix(EGOV) for kind in kinds),
        territory=tuple(words.label(unit) for unit in territory),
        aliases=tuple(dict.fromkeys(text_of(term) for term in known["alias"])),
        statements=_statements(store, iri, lang),
    )


def _known(store: Store, entity: str) -> Mapping[str, list[Term]]:
    found: dict[str, list[Term]] = {what: [] for what in ("kind", "territory", "label", "alias")}
    query = _ENTITY % {"entity": entity, "register": GRAPH_REGISTER}
    for what, value in store.select(with_prefixes(query)).rows:
        if value is not None:
            found[text_of(what)].append(value)
    return found


_ROLES: tuple[Role, ...] = ("subject", "object", "about")


def _statements(store: Store, iri: str, lang: str) -> tuple[Shown, ...]:
    rows = store.select(with_prefixes(_STATEMENTS % {"entity": ox.NamedNode(iri)})).rows
    roles: dict[str, Role] = {}
    for role in _ROLES:  # a statement with two roles is shown in the first
        for fact, its_role in rows:
            if text_of(its_role) == role:
                roles.setdefault(text_of(fact), role)
    found: list[Fact] = []
    for start in range(0, len(roles), _CHUNK):
        found += collect(store, values_line("fact", list(roles)[start : start + _CHUNK]), lang)
    sources, units = (_sources(store, lang), unit_words(store, lang)) if found else ({}, {})
    words = Wording.of(store, lang, {iri for fact in found for iri in (_relation(fact), CODE + fact.status)})
    shown = (
        Shown(
            role=roles[ID + fact.id],
            relation=words.label(_relation(fact)),
            other=_other(fact, roles[ID + fact.id], amount(fact, lang, units)),
            status=words.label(CODE + fact.status),
            fact=fact,
            source=sources[fact.article],
        )
        for fact in found
    )
    return tuple(sorted(shown, key=_in_order))


def _relation(fact: Fact) -> str:
    return f"{ID}measure/{fact.predicate}" if fact.kind == "figure" else EGOV + fact.predicate


def _other(fact: Fact, role: Role, number: str) -> str:
    target = fact.object_label or fact.text or number
    if role == "subject":
        return target
    return fact.subject_label if role == "object" and not number else f"{fact.subject_label}: {target}"


def amount(fact: Fact, lang: str, units: Mapping[str, str]) -> str:
    """Write the number of a figure as one does in a language: `≥ 75.005 văn bản`, `≥ 75,005 documents`.

    :param units: word after a value -> label
    :returns: empty for a claim
    """
    if fact.value is None:
        return ""
    scale = fact.qualifiers.get("denominator")
    sign = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ "}[fact.comparator or "="]
    written = _digits(fact.value, lang) + (f"/{_digits(scale, lang)}" if isinstance(scale, Decimal) else "")
    unit = fact.unit or ""
    return f"{sign}{written} {unit if unit == '%' else units.get(unit, unit)}".strip()


def unit_words(store: Store, lang: str) -> Mapping[str, str]:
    """Map the word after a value to the label of its unit, as `chứng-thư` to "digital certificates"."""
    query = "SELECT ?token ?label { ?unit egov:token ?token ; rdfs:label ?label }"
    rows = store.select(with_prefixes(query)).rows
    return {
        text_of(token): one.value
        for token, one in rows
        if isinstance(one, ox.Literal) and one.language == lang
    }


def _digits(value: Decimal, lang: str) -> str:
    text = f"{value:,f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def _sources(store: Store, lang: str) -> Mapping[str, Source]:
    """Map the id of every article to where and when it appeared, its title in the wanted language if any."""
    sources: dict[str, Source] = {}
    for row in store.select(with_prefixes(_ARTICLES % (lang, lang, lang))).rows:
        article, title, published, publisher = map(text_of, row)
        sources[article] = Source(article, title, published, publisher)
    return sources


def _in_order(one: Shown) -> tuple[int, str, int, str]:
    return _ROLES.index(one.role), one.fact.article, one.fact.line, one.fact.id
