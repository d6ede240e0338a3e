"""The answers about entities: facts, descriptions, search by name, neighbours.

A worker has a single store that never changes, so costly results are cached for later requests.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...errors import FilterError
from ...graph.names import EGOV, GRAPH_EDGES, GRAPH_REGISTER, with_prefixes
from ...graph.text import fold
from ...queries.dependencies.network.scope import relation_named
from ...queries.facts.ask import EntityQuestion, FactQuestion, ask_entity, ask_facts
from ...queries.facts.entities import EntityNames, resolve
from ...queries.facts.values import text_of
from ...queries.facts.wording import Wording
from ...words import message
from .parameters import BOTH_DIRECTIONS, INCOMING, OUTGOING
from .remarks import remarks_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...graph.store import OxigraphStore
    from ...queries.facts.entity_names import EntityName
    from ...queries.facts.facts import Fact
    from ...queries.facts.values import Json
    from ...words import Message
    from .parameters import ParameterValues

_EDGES = with_prefixes(f"""
SELECT DISTINCT ?relation ?other {{
  {{ GRAPH <{GRAPH_EDGES}> {{ %(subject)s ?relation %(object)s }} }}
  UNION {{
    ?claim egov:subject %(subject)s ; egov:predicate ?relation ; egov:object|egov:literal %(object)s ;
      egov:polarity code:asserted ; egov:status/egov:materialises true .
    GRAPH <{GRAPH_REGISTER}> {{ %(subject)s ?relation %(object)s }}
  }}
}}""")  # an edge that the register states too stands in the graph of the register only


def facts(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List the facts of one article, or of all.

    :raises ArticleError: if the article is not in the graph
    """
    question = FactQuestion(values["article"] or None, values["lang"])
    return {"facts": [fact.as_dict() for fact in _facts(store, question)]}


@lru_cache(maxsize=8)
def _facts(store: OxigraphStore, question: FactQuestion) -> tuple[Fact, ...]:
    return ask_facts(store, question).facts


def show(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List all statements about an entity, each with its sentence."""
    return ask_entity(store, EntityQuestion(values["entity"], values["lang"])).as_dict()


def search(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """Find entities by words or beginnings of words in their names; without a match, by similar names."""
    query, names = values["q"], _names_in(store, values["folder"] or None)
    matches = names.search(query)
    entities = described(store, matches or (names.near(query) if fold(query) else ()), values["lang"])
    remarks = [] if entities else [message(__package__, "remark.nothing-found", words=query)]
    return {"exact": bool(matches), "found": entities, "remarks": remarks_json(remarks, values["lang"])}


@lru_cache(maxsize=8)
def _names_in(store: OxigraphStore, folder: str | None) -> EntityNames:
    """Keep the names in a folder of addresses; ``None`` keeps all.

    :raises FilterError: if the folder has no entity
    """
    names = entity_names(store)
    folders = sorted({name.folder for name in names.names}) if folder else ()
    if folder and folder not in folders:
        raise FilterError("folder", folder, folders)
    return names.within(folder)


@lru_cache(maxsize=2)
def entity_names(store: OxigraphStore) -> EntityNames:
    """Read the names of all entities; cached."""
    return EntityNames.of(store)


def described(store: OxigraphStore, iris: Sequence[str], lang: str) -> list[Json]:
    """Return address, CURIE and label of entities; those without a label are left out."""
    names = label_names(store, lang)
    return [
        {"iri": iri, "curie": names[iri].curie, "label": names[iri].words} for iri in iris if iri in names
    ]


@lru_cache(maxsize=4)
def label_names(store: OxigraphStore, lang: str) -> Mapping[str, EntityName]:
    """Map the address of each entity to its label in a language, else in another."""
    return entity_names(store).labels(lang)


def neighbours(store: OxigraphStore, values: ParameterValues) -> dict[str, Json]:
    """List the entities that an entity is connected to by relations in operation.

    :raises FilterError: if the parameter `relation` names none
    """
    lang, relation = values["lang"], values["relation"]
    iri = resolve(store, values["entity"], lang)
    direction = values["direction"]
    directions = (OUTGOING, INCOMING) if direction == BOTH_DIRECTIONS else (direction,)
    edges = sorted(edge for direction in directions for edge in _edges(store, iri, direction))
    in_use = list(dict.fromkeys(edge[1].removeprefix(EGOV) for edge in edges))
    if relation:
        name = relation_named(relation, in_use)
        edges = [edge for edge in edges if edge[1].removeprefix(EGOV) == name]
    addresses = {term for _, *terms in edges for term in terms if ":" in term}
    wording = Wording.of(store, lang, {iri, *addresses})
    listed: list[Json] = [_neighbour(wording, edge) for edge in edges]
    remarks = [] if edges else [_no_edge(wording.label(iri), relation, in_use)]
    return {
        "iri": iri,
        "curie": wording.curie(iri),
        "label": wording.label(iri),
        "neighbours": listed,
        "remarks": remarks_json(remarks, lang),
    }


def _no_edge(label: str, relation: str, in_use: Sequence[str]) -> Message:
    """Build the remark on an empty answer: which relations the entity has instead."""
    if not relation or not in_use:
        return message(__package__, "remark.no-edge", entity=label)
    return message(
        __package__, "remark.no-such-edge", entity=label, relation=relation, relations=tuple(in_use)
    )


def _edges(store: OxigraphStore, iri: str, direction: str) -> Iterator[tuple[str, str, str]]:
    """List the edges of an entity in one direction: direction, relation, other entity."""
    ends = {"subject": f"<{iri}>", "object": "?other"}
    if direction == INCOMING:
        ends = {"subject": "?other", "object": f"<{iri}>"}
    for relation, other in store.select(_EDGES % ends).rows:
        yield direction, text_of(relation), text_of(other)


def _neighbour(wording: Wording, edge: tuple[str, str, str]) -> Json:
    direction, relation, other = edge
    is_address = other.startswith("http")
    return {
        "direction": direction,
        "relation": relation.removeprefix(EGOV),
        "relation_label": wording.label(relation),
        "iri": other if is_address else None,
        "curie": wording.curie(other) if is_address else None,
        "label": wording.label(other) if is_address else other,
    }
