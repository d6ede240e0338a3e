"""Resolution of the names that users type: addresses, CURIEs, slugs, and names with or without accents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import EntityError
from ...graph.names import EGOV, ID, with_prefixes
from ...words import DEFAULT_LANGUAGE, Message, message
from .entity_names import EntityNames
from .name_words import name_words, unit_kind_in_full
from .values import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.store import Store

__all__ = ["EntityNames", "NameTaken", "UnitsTaken", "name_remarks", "resolve", "resolve_all"]

_CURIE = re.compile(r"[a-z0-9][a-z0-9-]*:[a-z0-9][a-z0-9-]*")
_SLUG = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_PATH = re.compile(r"(?:id[:/])?([a-z]+/[A-Za-z0-9][A-Za-z0-9.-]*)")  # of an address below the folder of all
_CURIE_AT_END = re.compile(r".*\(([^()\s]+)\)")  # of "label (curie)", as candidates are listed
_SUCCESSORS = with_prefixes(
    "SELECT DISTINCT ?old ?new { VALUES ?old { %s } VALUES ?new { %s } ?old egov:succeededBy+ ?new }"
)
_OWN_NAMES = with_prefixes("""
SELECT ?entity ?curie ?label ?name {
  VALUES ?entity { %s }
  ?entity egov:curie ?curie ; rdfs:label ?label ; rdfs:label|egov:shortName ?name .
}
""")


@dataclass(frozen=True)
class NameTaken:
    """The entity that a name was taken for; no remark if the name is its label or identifier.

    :param words: the name as the user wrote it
    :param label: label of the entity in the language of the answer
    """

    words: str
    label: str
    curie: str

    def message(self) -> Message:
        """Return the remark as a message that can be worded in any language."""
        return message(
            __package__, "remark.name-taken", words=self.words, entity=f"{self.label} ({self.curie})"
        )


@dataclass(frozen=True)
class UnitsTaken:
    """A name that several units bore in succession; the answer covers all of them.

    :param units: each unit as "label (curie)"
    """

    words: str
    units: tuple[str, ...]

    def message(self) -> Message:
        """Return the remark as a message that can be worded in any language."""
        return message(
            __package__, "remark.units-taken", words=self.words, count=len(self.units), units=self.units
        )


def name_remarks(
    store: Store, words: str, iris: Sequence[str], lang: str = DEFAULT_LANGUAGE
) -> tuple[NameTaken | UnitsTaken, ...]:
    """State for which entities a name was taken.

    :param words: the name as the user wrote it
    :param iris: the entities, as returned by :func:`resolve_all`
    :returns: empty if the name is the label, short name or identifier of the only entity
    """
    terms = " ".join(f"<{iri}>" for iri in iris)
    labels: dict[str, str] = {}
    curies: dict[str, str] = {}
    own_names: set[str] = set()
    for entity, curie, label, name in store.select(_OWN_NAMES % terms).rows:
        iri = text_of(entity)
        curies[iri] = text_of(curie)
        if iri not in labels or getattr(label, "language", None) == lang:
            labels[iri] = text_of(label)
        own_names |= {" ".join(name_words(text_of(name))), curies[iri], curies[iri].replace(":", "-"), iri}
    if len(labels) > 1:
        return (UnitsTaken(words, tuple(f"{labels[iri]} ({curies[iri]})" for iri in iris if iri in labels)),)
    if {words.strip(), " ".join(name_words(words))} & own_names:
        return ()
    return tuple(NameTaken(words, label, curies[iri]) for iri, label in labels.items())


def resolve(store: Store, words: str, lang: str = DEFAULT_LANGUAGE, *, folder: str | None = None) -> str:
    """Find the one entity that a name refers to.

    :param words: an address, its path (`system/tq-lgsp`), a CURIE (`tq:lgsp`), a slug (`tq-lgsp`), a label
        with or without its CURIE, a short name or an alias; in NFC or NFD, with or without accents, with
        either placement of the tone mark; or words that all occur in the names of one entity and its
        territory
    :param lang: language of the candidates listed in an error
    :param folder: only look in this folder of identifiers, such as `unit`; ``None`` for all folders
    :returns: its address
    :raises EntityError: if no entity matches (with similar names), or several do (with all of them)
    """
    names, entities = _matches(store, words.strip(), lang, folder)
    if len(entities) > 1:
        raise EntityError(words.strip(), names.describe(entities), ambiguous=True, lang=lang)
    return entities[0]


def resolve_all(
    store: Store, words: str, lang: str = DEFAULT_LANGUAGE, *, folder: str | None = None
) -> tuple[str, ...]:
    """Find all entities that a name refers to; a name passed on to a successor unit means both units.

    "Tuyên Quang" is one province until 2025-06-30 and a larger one since: a question about the name concerns
    both. Any other name shared by several entities remains ambiguous.

    :returns: one address; for units that succeeded each other, all of them in order
    :raises EntityError: as :func:`resolve`
    """
    names, entities = _matches(store, words.strip(), lang, folder)
    if len(entities) > 1 and not _is_succession(store, entities):
        raise EntityError(words.strip(), names.describe(entities), ambiguous=True, lang=lang)
    return entities


def _matches(store: Store, words: str, lang: str, folder: str | None) -> tuple[EntityNames, tuple[str, ...]]:
    """List the entities that a name refers to, at least one."""
    if (iri := _by_identifier(store, words)) and iri.startswith(f"{ID}{folder}/" if folder else ""):
        return EntityNames(()), (iri,)
    names = EntityNames.of(store).within(folder)
    entities = names.find(words) or names.find(unit_kind_in_full(words))
    if not entities and _SLUG.fullmatch(words):
        entities = names.find(words.replace("-", " "))
    if not entities:
        raise EntityError(words, names.describe(names.near(words)), lang=lang)
    return names, entities


def _is_succession(store: Store, iris: Sequence[str]) -> bool:
    """Tell whether one of the units succeeded all the others."""
    terms = " ".join(f"<{iri}>" for iri in iris)
    rows = store.select(_SUCCESSORS % (terms, terms)).rows
    successors = Counter(text_of(row[1]) for row in rows)
    return max(successors.values(), default=0) == len(iris) - 1


def _by_identifier(store: Store, words: str) -> str | None:
    """Find an entity by its address, path, CURIE or slug; two queries at most."""
    bare = words.removeprefix("<").removesuffix(">")
    if match := _PATH.fullmatch(bare):
        bare = f"{ID}{match[1]}"
    if bare.startswith(("http://", "https://")):
        return bare if _has_curie(store, bare) else None
    if _CURIE.fullmatch(words):
        return _by_curie(store, (words,))
    if _SLUG.fullmatch(words):
        dashes = [match.start() for match in re.finditer("-", words)]
        return _by_curie(store, (words, *(f"{words[:dash]}:{words[dash + 1 :]}" for dash in dashes)))
    match = _CURIE_AT_END.fullmatch(words)
    return _by_curie(store, (match[1],)) if match else None


def _has_curie(store: Store, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    return store.ask(f"ASK {{ {node} <{EGOV}curie> ?curie }}")


def _by_curie(store: Store, curies: Sequence[str]) -> str | None:
    literals = " ".join(str(ox.Literal(curie)) for curie in curies)
    query = f"SELECT DISTINCT ?entity {{ VALUES ?curie {{ {literals} }} ?entity <{EGOV}curie> ?curie }}"
    rows = store.select(query).rows
    return text_of(rows[0][0]) if len(rows) == 1 else None
