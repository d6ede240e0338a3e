"""Finding the entity that a user means: by address, CURIE, slug, or name typed with or without accents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from ...errors import EntityError
from ...graph.names import EGOV, ID, with_prefixes
from ...graph.text import fold, spelling
from ...words import DEFAULT_LANGUAGE
from .values import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ...graph.store import Store, Term

NamesByKey: TypeAlias = "Mapping[str, Sequence[EntityName]]"  # folded or spelt name -> names
SearchRank: TypeAlias = tuple[int, int, int, str]  # of one name; the least is the best

COMPONENT = f"{ID}component/"
MAX_CANDIDATES = 5  # similar names offered for a name that fits no entity
_LEAST_SIMILARITY = 50  # of a similar name, out of 100
_LEAST_WORDS = 3  # of a name that may leave words out
_CURIE = re.compile(r"[a-z0-9][a-z0-9-]*:[a-z0-9][a-z0-9-]*")
_SLUG = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_NAMES = with_prefixes("""
SELECT ?entity ?curie ?name ?rank {
  VALUES (?property ?rank) { (rdfs:label 0) (egov:shortName 1) (skos:altLabel 2) }
  ?entity egov:curie ?curie ; ?property ?name .
}
""")

_SUCCESSORS = with_prefixes(
    "SELECT DISTINCT ?old ?new { VALUES ?old { %s } VALUES ?new { %s } ?old egov:succeededBy+ ?new }"
)


@dataclass(frozen=True)
class EntityName:
    """One way to write the name of an entity.

    :param rank: 0 a label, 1 the short name, 2 an alias
    """

    iri: str
    curie: str
    words: str
    lang: str
    rank: int

    @property
    def is_label(self) -> bool:
        """Whether it is a label, rather than a short name or an alias."""
        return self.rank == 0

    @property
    def is_of_framework(self) -> bool:
        """Whether it names a component of a reference architecture."""
        return self.iri.startswith(COMPONENT)


@dataclass(frozen=True)
class EntityNames:
    """Every name of every entity; memory linear in their number."""

    names: tuple[EntityName, ...]

    @classmethod
    def of(cls, store: Store) -> EntityNames:
        """Read the names of a store; one query, about 10 µs a name."""
        rows = store.select(_NAMES).rows
        names = (
            EntityName(text_of(iri), text_of(curie), text_of(name), _language(name), int(text_of(rank)))
            for iri, curie, name, rank in rows
        )
        return cls(tuple(sorted(names, key=lambda name: (name.curie, name.rank, name.lang, name.words))))

    def within(self, folder: str | None) -> EntityNames:
        """Keep the names of one folder of identifiers, such as `unit`; all when it is ``None``."""
        if not folder:
            return self
        return EntityNames(tuple(name for name in self.names if name.iri.startswith(f"{ID}{folder}/")))

    def find(self, words: str) -> tuple[str, ...]:
        """List the entities that the words name.

        Accents that are typed count: a name that has them is better than one that lacks them. Among
        equals an entity is better than the component of a framework with the same name, a label than a
        short name, and that than an alias.

        :returns: addresses in order; several when the words are ambiguous, none when nothing fits
        """
        for index, key in ((self._by_spelling, spelling(words)), (self._by_folding, fold(words))):
            if names := index.get(key):
                outside_frameworks = [name for name in names if not name.is_of_framework] or names
                best = min(name.rank for name in outside_frameworks)
                return tuple(dict.fromkeys(name.iri for name in outside_frameworks if name.rank == best))
        return self._only_with_words(fold(words).split())

    def _only_with_words(self, words: Sequence[str]) -> tuple[str, ...]:
        """Find the only entity with a name that has all the words in their order, at least three."""
        if len(words) < _LEAST_WORDS:
            return ()
        keys = [key for key in self._by_folding if _in_order(words, key.split())]
        names = [name for key in keys for name in self._by_folding[key]]
        entities = {name.iri for name in names if not name.is_of_framework}
        return tuple(entities) if len(entities) == 1 else ()

    def search(self, words: str) -> tuple[str, ...]:
        """List the entities with a name whose words begin with those of the user, the best match first.

        :returns: addresses; empty when no name fits
        """
        prefixes = fold(words).split()
        if not prefixes:
            return ()
        ranked = sorted(
            (self._search_rank(name, key, words), name.iri)
            for key, names in self._by_folding.items()
            if _begins_with_all(key.split(), prefixes)
            for name in names
        )
        return tuple(dict.fromkeys(iri for _, iri in ranked))

    @staticmethod
    def _search_rank(name: EntityName, key: str, words: str) -> SearchRank:
        """Rank a match: same spelling, same letters, same beginning, any other; short names first."""
        folded = fold(words)
        match = 3 - key.startswith(folded) - (key == folded) - (spelling(name.words) == spelling(words))
        return match, name.rank, len(key), name.curie

    def near(self, words: str) -> tuple[str, ...]:
        """List the entities with the most similar names, the best first; at most :data:`MAX_CANDIDATES`."""
        matches = process.extract(
            fold(words),
            list(self._by_folding),
            scorer=fuzz.WRatio,
            limit=MAX_CANDIDATES,
            score_cutoff=_LEAST_SIMILARITY,
        )
        entities = (name.iri for match in matches for name in self._by_folding[match[0]])
        return tuple(dict.fromkeys(entities))[:MAX_CANDIDATES]

    def labels(self, lang: str) -> Mapping[str, EntityName]:
        """Map entities to their label in a language, or to another label where there is none in it."""
        labels: dict[str, EntityName] = {}
        for name in self.names:
            if name.is_label and (name.lang == lang or name.iri not in labels):
                labels[name.iri] = name
        return labels

    def describe(self, iris: Iterable[str], lang: str) -> tuple[str, ...]:
        """Word entities as "label (curie)"; one without a label is left out."""
        labels = self.labels(lang)
        return tuple(f"{labels[iri].words} ({labels[iri].curie})" for iri in iris if iri in labels)

    @cached_property
    def _by_spelling(self) -> NamesByKey:
        return self._index(spelling)

    @cached_property
    def _by_folding(self) -> NamesByKey:
        return self._index(fold)

    def _index(self, key: Callable[[str], str]) -> NamesByKey:
        index: dict[str, list[EntityName]] = defaultdict(list)
        for name in self.names:
            index[key(name.words)].append(name)
        return index


def _in_order(parts: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether words contain all parts in their order, with other words between them.

    >>> _in_order(["cong", "tuyen", "quang"], ["cong", "tinh", "tuyen", "quang"])
    True
    """
    remaining: Iterator[str] = iter(words)
    return all(word in remaining for word in parts)


def _begins_with_all(words: Sequence[str], prefixes: Sequence[str]) -> bool:
    """Tell whether each prefix begins one of the words."""
    return all(_begins_any(prefix, words) for prefix in prefixes)


def _begins_any(prefix: str, words: Sequence[str]) -> bool:
    return any(word.startswith(prefix) for word in words)


def resolve(store: Store, words: str, lang: str = DEFAULT_LANGUAGE, *, folder: str | None = None) -> str:
    """Find the one entity that the words mean.

    :param words: an address, a CURIE (`tq:lgsp`), a slug (`tq-lgsp`), or a label, short name or alias,
        in either normal form, with or without accents, with the tone on either letter
    :param lang: language of the candidates that an error lists
    :param folder: folder of identifiers to look in, such as `unit`; all when it is ``None``
    :returns: its address
    :raises EntityError: if no entity is so called, with similar names, or several are, with all of them
    """
    names, entities = _matches(store, words.strip(), lang, folder)
    if len(entities) > 1:
        raise EntityError(words.strip(), names.describe(entities, lang), ambiguous=True)
    return entities[0]


def resolve_all(
    store: Store, words: str, lang: str = DEFAULT_LANGUAGE, *, folder: str | None = None
) -> tuple[str, ...]:
    """Find what the words mean; a name that outlived its unit means all units that bore it.

    "Tuyên Quang" is the province until 2025-06-30 and the larger one since: a question about the name
    is about both. Any other name of several entities stays ambiguous.

    :returns: one address; of units that succeeded each other all, in order
    :raises EntityError: as :func:`resolve`
    """
    names, entities = _matches(store, words.strip(), lang, folder)
    if len(entities) > 1 and not _is_succession(store, entities):
        raise EntityError(words.strip(), names.describe(entities, lang), ambiguous=True)
    return entities


def _matches(store: Store, words: str, lang: str, folder: str | None) -> tuple[EntityNames, tuple[str, ...]]:
    """List what the words name, at least one entity."""
    if (iri := _by_identifier(store, words)) and iri.startswith(f"{ID}{folder}/" if folder else ""):
        return EntityNames(()), (iri,)
    names = EntityNames.of(store).within(folder)
    entities = names.find(words)
    if not entities and _SLUG.fullmatch(words):
        entities = names.find(words.replace("-", " "))
    if not entities:
        raise EntityError(words, names.describe(names.near(words), lang))
    return names, entities


def _is_succession(store: Store, iris: Sequence[str]) -> bool:
    """Tell whether one of the units succeeded all the others."""
    terms = " ".join(f"<{iri}>" for iri in iris)
    rows = store.select(_SUCCESSORS % (terms, terms)).rows
    successors = Counter(text_of(row[1]) for row in rows)
    return max(successors.values(), default=0) == len(iris) - 1


def _by_identifier(store: Store, words: str) -> str | None:
    """Find an entity by its address, CURIE or slug; two queries at most."""
    if words.startswith(("http://", "https://")):
        return words if _has_curie(store, words) else None
    if _CURIE.fullmatch(words):
        return _by_curie(store, (words,))
    if _SLUG.fullmatch(words):
        dashes = [match.start() for match in re.finditer("-", words)]
        return _by_curie(store, (words, *(f"{words[:dash]}:{words[dash + 1 :]}" for dash in dashes)))
    return None


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


def _language(name: Term | None) -> str:
    return (name.language if isinstance(name, ox.Literal) else None) or ""
