"""What the JSON interface answers: functions of a store and checked parameters, nothing of HTTP.

A worker has one store, which never changes; what costs to read is kept for the next request.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ...errors import ArticleError
from ...graph.names import EGOV, GRAPH_EDGES, ID, with_prefixes
from ...graph.text import fold, spelling
from ...queries.facts.entities import Names, resolve
from ...queries.facts.facts import facts as all_facts
from ...queries.facts.show import show as portrait
from ...queries.facts.values import text_of
from ...queries.facts.wording import Wording
from ...queries.questions import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...graph.store import OxigraphStore
    from ...queries.facts.entities import Name
    from ...queries.facts.facts import Fact
    from ...queries.facts.values import Json
    from ...queries.questions.header import Parameter, Question

_RESERVED = frozenset(("question", "lang", "limit", "offset"))
_THINGS = frozenset(("entity", "province"))  # kinds of parameters that mean things
_IRI = re.compile(r"<([^<>]+)>")
_ARTICLES = with_prefixes("SELECT ?id { ?article a egov:Article ; egov:curie ?id } ORDER BY ?id")
_EDGES = {
    "out": "SELECT DISTINCT ?relation ?other { GRAPH <%s> { <%s> ?relation ?other } }",
    "in": "SELECT DISTINCT ?relation ?other { GRAPH <%s> { ?other ?relation <%s> } }",
}


def facts(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """List the facts of an article, or all.

    :raises ArticleError: for an article that the graph does not hold
    """
    article = params["article"]
    known = [text_of(row[0]) for row in store.select(_ARTICLES).rows]
    if article and article not in known:
        raise ArticleError(article, known)
    return {"facts": [fact.as_dict() for fact in _facts(store, article or None, params["lang"])]}


@lru_cache(maxsize=8)
def _facts(store: OxigraphStore, article: str | None, lang: str) -> tuple[Fact, ...]:
    return all_facts(store, article, lang)


def show(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """Give the portrait of an entity."""
    lang = params["lang"]
    return portrait(store, resolve(store, params["entity"], lang), lang).as_dict()


def ask(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """Answer a named question with its parameters."""
    own = {name: value for name, value in params.items() if name not in _RESERVED}
    return named.ask(store, params["question"], own, params["lang"]).as_dict()


def bind(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """Give the SPARQL text of a named question with its parameters, and what each is taken to mean."""
    lang, asked = params["lang"], named.question(params["question"])
    own = {name: value for name, value in params.items() if name not in _RESERVED}
    found = named.terms(store, asked, own, lang)
    parameters: list[Json] = [
        {
            "name": each.name,
            "label": each.labels[lang],
            "given": own.get(each.name, each.default),
            "terms": found[each.name],
            "means": _meant(store, each, found[each.name], lang),
        }
        for each in asked.parameters
    ]
    text = named.filled(asked.text, {**found, "lang": f'"{lang}"'})
    return {"question": asked.name, "asks": asked.asks[lang], "parameters": parameters, "query": text}


def questions(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """List the named questions with their parameters and their SPARQL text, which asks in the language."""
    lang = params["lang"]
    return {"questions": [_question(store, one, lang) for one in named.questions()]}


def _question(store: OxigraphStore, one: Question, lang: str) -> Json:
    held = named.samples(one)
    parameters: list[Json] = [
        {
            "name": each.name,
            "kind": each.kind,
            "label": each.labels[lang],
            "default": each.default,
            **_example(store, each, held.get(each.name, ""), lang),
        }
        for each in one.parameters
    ]
    columns: list[Json] = [{"name": each.name, "label": each.labels[lang]} for each in one.columns]
    about: dict[str, Json] = {"name": one.name, "asks": one.asks[lang], "for": list(one.groups)}
    text = named.filled(one.text, {"lang": f'"{lang}"'})
    return {**about, "parameters": parameters, "columns": columns, "query": text}


def _meant(store: OxigraphStore, parameter: Parameter, term: str, lang: str) -> list[Json]:
    return _described(store, _IRI.findall(term), lang) if parameter.kind in _THINGS else []


def _example(store: OxigraphStore, parameter: Parameter, term: str, lang: str) -> dict[str, Json]:
    """Give a value that may be asked for, with its label; nothing where any will do or the graph has none."""
    if parameter.kind in _THINGS:
        thing = _labels(store, lang).get(next(iter(_IRI.findall(term)), ""))
        return {"example": thing.curie, "example_label": thing.words} if thing else {}
    return {"example": term.partition("^^")[0].strip('"')} if term else {}


def search(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """Find entities whose name holds the beginnings of all the words, best first; else the nearest names."""
    words, lang = params["q"], params["lang"]
    names = _names(store)
    wanted = fold(words).split()
    scored = sorted(_scored(_folded(store), wanted, fold(words), spelling(words)))
    start = f"{ID}{params['folder']}/" if params["folder"] else ""
    found = [iri for iri in dict.fromkeys(iri for *_, iri in scored) if iri.startswith(start)]
    near = [] if found or not wanted else [*names.within(params["folder"] or None).near(words)]
    return {"exact": bool(found), "found": _described(store, found or near, lang)}


def _scored(
    folded: Sequence[tuple[str, Name]], wanted: Sequence[str], whole: str, spelt: str
) -> Iterable[tuple[int, int, int, str, str]]:
    for key, name in folded:
        parts = key.split()
        if wanted and all(any(part.startswith(word) for part in parts) for word in wanted):
            worse = (
                0 if spelling(name.words) == spelt else 1 if key == whole else 2 + (not key.startswith(whole))
            )
            yield worse, name.rank, len(key), name.curie, name.iri


@lru_cache(maxsize=2)
def _names(store: OxigraphStore) -> Names:
    return Names.of(store)


@lru_cache(maxsize=2)
def _folded(store: OxigraphStore) -> tuple[tuple[str, Name], ...]:
    return tuple((fold(name.words), name) for name in _names(store).names)


def _described(store: OxigraphStore, iris: Sequence[str], lang: str) -> list[Json]:
    labels = _labels(store, lang)
    return [
        {"iri": iri, "curie": labels[iri].curie, "label": labels[iri].words} for iri in iris if iri in labels
    ]


@lru_cache(maxsize=4)
def _labels(store: OxigraphStore, lang: str) -> Mapping[str, Name]:
    labels: dict[str, Name] = {}
    for name in _names(store).names:
        if name.rank == 0 and (name.lang == lang or name.iri not in labels):
            labels[name.iri] = name
    return labels


def neighbours(store: OxigraphStore, params: Mapping[str, str]) -> dict[str, Json]:
    """List what an entity is joined to by relations that are in operation."""
    lang, wanted = params["lang"], params["relation"].removeprefix("egov:")
    iri = resolve(store, params["entity"], lang)
    ways = ("out", "in") if params["direction"] == "both" else (params["direction"],)
    rows = [
        (way, text_of(relation), text_of(other))
        for way in ways
        for relation, other in store.select(_EDGES[way] % (GRAPH_EDGES, iri)).rows
        if wanted in {"", text_of(relation).removeprefix(EGOV)}
    ]
    words = Wording.of(store, lang, {iri, *(part for _, *parts in rows for part in parts if ":" in part)})
    listed: list[Json] = [
        {
            "direction": way,
            "relation": relation.removeprefix(EGOV),
            "relation_label": words.label(relation),
            "iri": other if other.startswith("http") else None,
            "curie": words.curie(other) if other.startswith("http") else None,
            "label": words.label(other) if other.startswith("http") else other,
        }
        for way, relation, other in sorted(rows)
    ]
    return {"iri": iri, "curie": words.curie(iri), "label": words.label(iri), "neighbours": listed}
