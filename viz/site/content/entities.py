"""The things that get a page: everything that the register or a reference model names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ....graph.names import EGOV, GRAPH_REGISTER, OWL, RDF_TYPE, RDFS, SKOS
from ....graph.names import GRAPH as GRAPHS
from ....ontology.vocabulary import load_vocabulary
from ....queries.facts.values import text_of
from ....queries.picture.picture import texts
from .paths import thing_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ....graph.store import Store, Term
    from .model import Texts

Values: TypeAlias = "Mapping[str, list[Term]]"  # relation -> values

_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph { ?thing ?relation ?value } }"
_THINGS = "SELECT ?thing ?relation ?value { GRAPH <%s> { ?thing ?relation ?value } }"
_CURIE, _LABEL, _SHORT = EGOV + "curie", RDFS + "label", EGOV + "shortName"
_NAMES = {RDF_TYPE, _CURIE, _LABEL, _SHORT, SKOS + "altLabel", EGOV + "token"}
_ABOVE = (EGOV + "ofTerritory", EGOV + "within")


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of the register about an entity.

    :param relation: local name, such as `validFrom`
    :param text: the value; empty when it is a thing with a page
    :param target: CURIE of that thing
    """

    relation: str
    text: Texts
    target: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a page.

    :param kind: local name of its class
    :param short: the name that is drawn, Vietnamese
    :param province: CURIE of the province-level unit it belongs to; empty for what is national
    :param reference: whether only a reference model names it, no register
    """

    iri: str
    curie: str
    kind: str
    labels: Texts
    short: str
    aliases: tuple[str, ...]
    province: str
    details: tuple[Detail, ...]
    reference: bool

    @property
    def path(self) -> str:
        """Its page."""
        return thing_path(self.iri)

    def label(self, lang: str) -> str:
        """Its name in a language; Vietnamese where there is no other."""
        return self.labels.get(lang) or self.labels.get("vi") or self.curie


def entities(store: Store) -> tuple[Entity, ...]:
    """Read everything with a short address, in order of it.

    Cost: linear in the register and the reference models.
    """
    graphs = sorted(text_of(row[0]) for row in store.select(_GRAPHS).rows)
    reference = [graph for graph in graphs if graph.startswith(GRAPHS + "reference/")]
    reader = _Reader(_things(store, [GRAPH_REGISTER]), _things(store, reference))
    return tuple(sorted(reader.entities(), key=lambda entity: entity.curie))


def _things(store: Store, graphs: list[str]) -> dict[str, Values]:
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for graph in graphs:
        for thing, relation, value in sorted(store.select(_THINGS % graph).rows, key=str):
            if value is not None:
                found[text_of(thing)][text_of(relation)].append(value)
    return {thing: dict(values) for thing, values in found.items()}


class _Reader:
    def __init__(self, register: Mapping[str, Values], reference: Mapping[str, Values]) -> None:
        self.register, self.things = register, {**reference, **register}
        self.classes = load_vocabulary().classes
        self.curies = {
            iri: text_of(thing[_CURIE][0]) for iri, thing in self.things.items() if _CURIE in thing
        }

    def entities(self) -> Iterator[Entity]:
        """Make an entity of each thing that has a short address and a class of the ontology."""
        for iri in self.curies:
            if (kind := self._kind(iri)) in self.classes and kind != "Article":
                yield self._entity(iri, kind)

    def _kind(self, iri: str) -> str:
        kinds = (text_of(kind).removeprefix(EGOV) for kind in self.things.get(iri, {}).get(RDF_TYPE, ()))
        return next((kind for kind in kinds if kind in self.classes), "")

    def _entity(self, iri: str, kind: str) -> Entity:
        thing = self.things[iri]
        labels = texts(thing.get(_LABEL, ())) or {"vi": self.curies[iri]}
        return Entity(
            iri=iri,
            curie=self.curies[iri],
            kind=kind,
            labels=labels,
            short=text_of(next(iter(thing.get(_SHORT, ())), None)) or labels["vi"],
            aliases=tuple(dict.fromkeys(text_of(alias) for alias in thing.get(SKOS + "altLabel", ()))),
            province=self._province(iri),
            details=tuple(self._details(thing)),
            reference=iri not in self.register,
        )

    def _province(self, iri: str) -> str:
        seen: set[str] = set()
        while iri and iri not in seen:
            seen.add(iri)
            if self._kind(iri) == "Province":
                return self.curies[iri]
            above = [value for relation in _ABOVE for value in self.things.get(iri, {}).get(relation, ())]
            iri = text_of(next(iter(above), None))
        return ""

    def _details(self, thing: Values) -> Iterator[Detail]:
        for relation, values in sorted(thing.items()):
            if relation in _NAMES or not relation.startswith((EGOV, OWL + "sameAs", SKOS)):
                continue
            name = relation.rpartition("#")[2]
            plain = []
            for value in values:
                if curie := self.curies.get(text_of(value)):
                    yield Detail(name, {}, curie)
                elif named := self.things.get(text_of(value), {}).get(_LABEL):
                    yield Detail(name, texts(named))  # a thing without a page of its own, such as a unit
                else:
                    plain.append(value)
            if plain:
                yield from _plain(name, plain)


def _plain(name: str, values: list[Term]) -> Iterator[Detail]:
    """Join one text in two languages; other values stand each for itself."""
    if {getattr(value, "language", None) for value in values} == {"vi", "en"} and len(values) == 2:
        yield Detail(name, texts(values))
        return
    for value in values:
        yield Detail(name, {"vi": text_of(value)})
