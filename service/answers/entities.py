"""The answers about entities: facts, descriptions, search by name, neighbours.

A worker has one store, which never changes; what is costly to read is cached for the next request.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...errors import ArticleError
from ...graph.names import EGOV, GRAPH_EDGES, ID, with_prefixes
from ...graph.text import fold, spelling
from ...queries.facts import show as entity_facts
from ...queries.facts.entities import Names, resolve
from ...queries.facts.facts import facts as facts_of
from ...queries.facts.values import text_of
from ...queries.facts.wording import Wording
from .parameters import BOTH_DIRECTIONS, INCOMING, OUTGOING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...graph.store import OxigraphStore
    from ...queries.facts.entities import Name
    from ...queries.facts.facts import Fact
    from ...queries.facts.values import Json
    from .parameters import Values

_ARTICLES = with_prefixes("SELECT ?id { ?article a egov:Article ; egov:curie ?id } ORDER BY ?id")
_EDGES = {
    OUTGOING: "SELECT DISTINCT ?relation ?other { GRAPH <%s> { <%s> ?relation ?other } }",
    INCOMING: "SELECT DISTINCT ?relation ?other { GRAPH <%s> { ?other ?relation <%s> } }",
}
_RELATION_PREFIX = "egov:"
_LABEL_RANK = 0  # of a name that is a label, not a short name or alias


def facts(store: OxigraphStore, values: Values) -> dict[str, Json]:
    """List the facts of an article, or all.

    :raises ArticleError: for an article that the graph does not hold
    """
    article = values["article"]
    articles = [text_of(row[0]) for row in store.select(_ARTICLES).rows]
    if article and article not in articles:
        raise ArticleError(article, articles)
    return {"facts": [fact.as_dict() for fact in _facts(store, article or None, values["lang"])]}


@lru_cache(maxsize=8)
def _facts(store: OxigraphStore, article: str | None, lang: str) -> tuple[Fact, ...]:
    return facts_of(store, article, lang)


def show(store: OxigraphStore, values: Values) -> dict[str, Json]:
    """List everything that the graph states about an entity, each statement with its sentence."""
    lang = values["lang"]
    return entity_facts.show(store, resolve(store, values["entity"], lang), lang).as_dict()


def search(store: OxigraphStore, values: Values) -> dict[str, Json]:
    """Find entities whose name has the beginnings of all words, best first; else those with near names."""
    query, folder = values["q"], values["folder"]
    namespace = f"{ID}{folder}/" if folder else ""
    ranked = sorted(_ranked_matches(_names_by_key(store), query))
    matches = [iri for iri in dict.fromkeys(iri for *_, iri in ranked) if iri.startswith(namespace)]
    if matches or not fold(query):
        return {"exact": bool(matches), "found": described(store, matches, values["lang"])}
    near = _names(store).within(folder or None).near(query)
    return {"exact": False, "found": described(store, near, values["lang"])}


def _ranked_matches(
    names: Sequence[tuple[str, Name]], query: str
) -> Iterator[tuple[int, int, int, str, str]]:
    """Give a sort key, best first, that ends in the IRI, for each name that matches every word of a query."""
    folded_query, spelled_query = fold(query), spelling(query)
    query_words = folded_query.split()
    for key, name in names:
        name_words = key.split()
        if query_words and all(_opens_a_word(start, name_words) for start in query_words):
            if spelling(name.words) == spelled_query:
                distance = 0
            elif key == folded_query:
                distance = 1
            else:
                distance = 2 if key.startswith(folded_query) else 3
            yield distance, name.rank, len(key), name.curie, name.iri


def _opens_a_word(start: str, words: Sequence[str]) -> bool:
    return any(word.startswith(start) for word in words)


@lru_cache(maxsize=2)
def _names(store: OxigraphStore) -> Names:
    return Names.of(store)


@lru_cache(maxsize=2)
def _names_by_key(store: OxigraphStore) -> tuple[tuple[str, Name], ...]:
    return tuple((fold(name.words), name) for name in _names(store).names)


def described(store: OxigraphStore, iris: Sequence[str], lang: str) -> list[Json]:
    """Give address, CURIE and label of entities; those without a label are left out."""
    names = label_names(store, lang)
    return [
        {"iri": iri, "curie": names[iri].curie, "label": names[iri].words} for iri in iris if iri in names
    ]


@lru_cache(maxsize=4)
def label_names(store: OxigraphStore, lang: str) -> Mapping[str, Name]:
    """Collect the label of each entity by address: in a language, else in another one."""
    names: dict[str, Name] = {}
    for name in _names(store).names:
        if name.rank == _LABEL_RANK and (name.lang == lang or name.iri not in names):
            names[name.iri] = name
    return names


def neighbours(store: OxigraphStore, values: Values) -> dict[str, Json]:
    """List the entities that an entity is connected to by relations in operation."""
    lang, relation = values["lang"], values["relation"].removeprefix(_RELATION_PREFIX)
    iri = resolve(store, values["entity"], lang)
    direction = values["direction"]
    directions = (OUTGOING, INCOMING) if direction == BOTH_DIRECTIONS else (direction,)
    edges = sorted(edge for direction in directions for edge in _edges(store, iri, direction))
    if relation:
        edges = [edge for edge in edges if edge[1].removeprefix(EGOV) == relation]
    addresses = {term for _, *terms in edges for term in terms if ":" in term}
    wording = Wording.of(store, lang, {iri, *addresses})
    listed: list[Json] = [_neighbour(wording, edge) for edge in edges]
    return {"iri": iri, "curie": wording.curie(iri), "label": wording.label(iri), "neighbours": listed}


def _edges(store: OxigraphStore, iri: str, direction: str) -> Iterator[tuple[str, str, str]]:
    """Give direction, relation and other end of each edge of an entity in one direction."""
    for relation, other in store.select(_EDGES[direction] % (GRAPH_EDGES, iri)).rows:
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
