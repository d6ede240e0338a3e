"""All names of all entities, and four ways to search them: exact, by words, by prefixes, by similarity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...graph.names import GRAPH_REGISTER, ID, with_prefixes
from ...graph.nearest import nearest
from ...graph.text import fold, folds, spelling, spellings
from ...words import Labelled
from .name_words import (
    MIN_PREFIX,
    WordIndex,
    WordMatch,
    name_words,
    telling_words,
    telling_words_of_names,
    without_phrases,
    word_match,
    words_of_names,
    words_of_spellings,
)
from .values import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ...graph.store import RdfTerm, Store
    from .name_words import NameWords

NamesByKey: TypeAlias = "Mapping[str, Sequence[EntityName]]"  # key of a name -> names
TerritoriesByIri: TypeAlias = "Mapping[str, tuple[str, ...]]"  # entity -> units that it belongs to
KindsByIri: TypeAlias = "Mapping[str, tuple[str, ...]]"  # entity -> its classes in the register
SearchRank: TypeAlias = tuple[int, int, int, str]  # of one name; the least is the best

COMPONENT = f"{ID}component/"
MAX_CANDIDATES = 5  # similar names offered for a name that fits no entity
_LABEL, _SHORT, _ALIAS = range(3)  # ranks of names
_UNIT = "unit"  # folder of the identifiers of administrative units
_PERIOD_START = " ("  # between the name of a unit and its period in a label
_NAMES = with_prefixes("""
SELECT ?entity ?curie ?name ?rank {
  VALUES (?property ?rank) { (rdfs:label 0) (egov:shortName 1) (egov:number 1) (skos:altLabel 2) }
  ?entity egov:curie ?curie ; ?property ?name .
}
""")
_TERRITORIES = with_prefixes("SELECT DISTINCT ?entity ?unit { ?entity egov:ofTerritory ?unit }")
_KINDS = with_prefixes(
    "SELECT DISTINCT ?entity ?kind { ?entity egov:ofTerritory ?unit . "
    f"GRAPH <{GRAPH_REGISTER}> {{ ?entity a ?kind }} }}"
)


@dataclass(frozen=True)
class EntityName:
    """One spelling of the name of an entity.

    :param rank: 0 for a label, 1 for the short name or the number of a document, 2 for an alias
    """

    iri: str
    curie: str
    words: str
    lang: str
    rank: int

    @property
    def is_label(self) -> bool:
        """Whether it is a label and not a short name or an alias."""
        return self.rank == _LABEL

    @property
    def is_alias(self) -> bool:
        """Whether it is an alias, which may have this meaning in one article only."""
        return self.rank == _ALIAS

    @property
    def is_of_framework(self) -> bool:
        """Whether it names a component of a reference architecture."""
        return self.iri.startswith(COMPONENT)

    @property
    def folder(self) -> str:
        """The folder of identifiers that contains the entity, such as `system`."""
        return self.iri.removeprefix(ID).partition("/")[0]


@dataclass(frozen=True)
class EntityNames:
    """All names of all entities; memory is linear in their number.

    :param territories: entity → its units, for entities with a territory
    :param kinds: entity → its classes, for entities with a territory
    :param unit_names: the short names of units, even if the other names are limited to another folder
    """

    names: tuple[EntityName, ...]
    territories: TerritoriesByIri = field(default_factory=dict, hash=False)
    kinds: KindsByIri = field(default_factory=dict, hash=False)
    unit_names: tuple[EntityName, ...] = ()

    @classmethod
    def of(cls, store: Store) -> EntityNames:
        """Read the names of a store; three queries, about 10 µs a name."""
        rows = store.select(_NAMES).rows
        names = (
            EntityName(text_of(iri), text_of(curie), text_of(name), _language(name), int(text_of(rank)))
            for iri, curie, name, rank in rows
        )
        in_order = sorted(names, key=lambda name: (name.curie, name.rank, name.lang, name.words))
        units = tuple(name for name in in_order if name.rank == _SHORT and name.folder == _UNIT)
        return cls(tuple(in_order), _pairs(store, _TERRITORIES), _pairs(store, _KINDS), units)

    def within(self, folder: str | None) -> EntityNames:
        """Keep the names of entities in one folder of identifiers, such as `unit`; ``None`` keeps all."""
        if not folder:
            return self
        names = tuple(name for name in self.names if name.iri.startswith(f"{ID}{folder}/"))
        return EntityNames(names, self.territories, self.kinds, self.unit_names)

    def find(self, words: str) -> tuple[str, ...]:
        """List the entities that a name refers to.

        Names with the accents that the user typed are preferred. Among equal matches, an entity is preferred
        to a component of a framework, a label to a short name, and a short name to an alias. An alias without
        a territory, such as "QLVB", means the entities of that kind in every territory. Words that form no
        name, such as "QLVB Tuyên Quang", mean the entities whose names contain them all.

        :returns: addresses in order; several when the words are ambiguous, none without a match
        """
        return self.find_name(words) or self._by_words(words)

    def find_name(self, words: str) -> tuple[str, ...]:
        """List the entities that have exactly this label, short name or alias."""
        names = self._exact(words)
        return self._equals(names, words) if names else ()

    def find_in_territory(self, words: str) -> tuple[str, ...]:
        """List the entities named by a kind and a territory together, such as "QLVB Bắc Kạn"."""
        user_words = telling_words(name_words(words))
        core = without_phrases(user_words, self._territory_phrases.intersection(_stretches(user_words)))
        return self._by_words(words) if core and core != user_words else ()

    def _exact(self, words: str) -> list[EntityName]:
        """List the best names equal to the words: in spelling, letters, words, or as a unit like "Danang"."""
        keys = (
            (self._by_spelling, spelling(words)),
            (self._by_folding, fold(words)),
            (self._by_name_words, _words_key(words)),
            (self._units_by_letters, _letters(fold(words))),
        )
        names = next((index[key] for index, key in keys if key and key in index), ())
        outside_frameworks = [name for name in names if not name.is_of_framework] or list(names)
        best = min((name.rank for name in outside_frameworks), default=_LABEL)
        return [name for name in outside_frameworks if name.rank == best]

    def _equals(self, names: Sequence[EntityName], words: str) -> tuple[str, ...]:
        """List the entities with one of the names, also those of other territories that match the words."""
        entities = dict.fromkeys(name.iri for name in names)
        bearer = names[0]
        is_of_one_article = bearer.is_alias and bearer.iri in self.territories
        if len(entities) > 1 or not is_of_one_article or self._names_territory(bearer.iri, words):
            return tuple(entities)
        kinds = set(self.kinds.get(bearer.iri, ()))
        alike = [iri for iri in self._matches(words) if kinds & set(self.kinds.get(iri, ()))]
        return tuple(dict.fromkeys((*entities, *alike)))

    def _names_territory(self, iri: str, words: str) -> bool:
        """Tell whether the words include the territory of an entity."""
        user_words = name_words(words)
        return without_phrases(user_words, self._phrases(iri)) != user_words

    def _by_words(self, words: str) -> tuple[str, ...]:
        """List the entities whose names match the words best, without those of frameworks.

        Systems are preferred, or units if the words name only a territory, such as "Bac Lieu Province".
        """
        matches = self._matches(words)
        best = min(matches.values(), default=WordMatch.SAME)
        entities = [iri for iri, match in matches.items() if match == best]
        is_territory = telling_words(name_words(words)) in self._territory_phrases
        preferred_folder = _UNIT if is_territory else "system"
        preferred = [iri for iri in entities if iri.startswith(f"{ID}{preferred_folder}/")]
        return tuple(preferred or entities)

    def _matches(self, words: str) -> dict[str, WordMatch]:
        """Map each matching entity outside frameworks to the quality of its best match.

        Cost: linear in the number of names that contain the rarest word.
        """
        user_words = telling_words(name_words(words))
        exact = self._fitting(user_words, self._with_all(user_words, self._bearers))
        return exact or self._fitting(user_words, self._with_all(user_words, self._bearers_of_prefix))

    def _fitting(self, user_words: NameWords, entities: Iterable[str]) -> dict[str, WordMatch]:
        """Map those of the given entities that match the words to the quality of the match."""
        named_territories = self._territory_phrases.intersection(_stretches(user_words))
        match = lru_cache(maxsize=None)(word_match)  # the names of a kind differ in their territory only
        matches: dict[str, WordMatch] = {}
        for iri in sorted(entities):
            phrases = [phrase for phrase in self._phrases(iri) if phrase in named_territories]
            core = without_phrases(user_words, phrases) or user_words
            fits = [fit for name in self._cores_of(iri) if (fit := match(core, name)) is not None]
            if fits:
                matches[iri] = min(fits)
        return matches

    def _cores_of(self, iri: str) -> tuple[NameWords, ...]:
        """List the telling words of each name of an entity, without its territory; remembered."""
        if iri not in self._cores:
            phrases = self._phrases(iri)
            self._cores[iri] = tuple(without_phrases(name, phrases) or name for name in self._telling[iri])
        return self._cores[iri]

    def _with_all(self, user_words: NameWords, bearers: Callable[[str], set[str]]) -> set[str]:
        """List the entities outside frameworks with all words in their names, rarest word first."""
        by_rarity = sorted((bearers(word) for word in set(user_words)), key=len)
        return set.intersection(*by_rarity) if by_rarity else set()

    def _bearers(self, word: str) -> set[str]:
        """List the entities with a word in one of their names or in the name of their territory."""
        return self._entities_by_word.by_word.get(word, set())

    def _bearers_of_prefix(self, prefix: str) -> set[str]:
        """List the entities with a word; without any, those with a word that a long enough one begins."""
        if prefix in self._entities_by_word.by_word or len(prefix) < MIN_PREFIX:
            return self._bearers(prefix)
        return self._entities_by_word.of_prefix(prefix)

    def _phrases(self, iri: str) -> tuple[NameWords, ...]:
        """Return the names of the territories of an entity, each as words."""
        return tuple(phrase for unit in self.territories.get(iri, ()) for phrase in self._short_names[unit])

    def search(self, words: str) -> tuple[str, ...]:
        """List the entities with a name that contains words beginning with the given ones, best match first.

        :returns: addresses; empty when no name matches
        """
        prefixes = name_words(words)
        if not prefixes:
            return ()
        folded, spelled = fold(words), spelling(words)
        ranked = sorted(
            (_search_rank(name, key, folded, spelled), name.iri)
            for key in self._keys_with_all(prefixes)
            for name in self._by_folding[key]
        )
        by_beginnings = dict.fromkeys(iri for _, iri in ranked)
        matches = self._matches(words)
        by_words = sorted(matches, key=lambda iri: (matches[iri], iri))
        return tuple(dict.fromkeys((*by_beginnings, *by_words)))

    def _keys_with_all(self, prefixes: NameWords) -> set[str]:
        """List the folded names in which each prefix begins a word."""
        keys = self._keys_by_word
        by_rarity = sorted((keys.of_prefix(prefix) for prefix in set(prefixes)), key=len)
        return set.intersection(*by_rarity)

    def near(self, words: str) -> tuple[str, ...]:
        """List the entities with the most similar names, best first; at most :data:`MAX_CANDIDATES`."""
        similar = nearest(words, self._by_spelling, limit=MAX_CANDIDATES)
        entities = (name.iri for key in similar for name in self._by_spelling[key])
        return tuple(dict.fromkeys(entities))[:MAX_CANDIDATES]

    def labels(self, lang: str) -> Mapping[str, EntityName]:
        """Map each entity to its label in a language, or to another label if it has none there."""
        labels: dict[str, EntityName] = {}
        for name in self.names:
            if name.is_label and (name.lang == lang or name.iri not in labels):
                labels[name.iri] = name
        return labels

    def describe(self, iris: Iterable[str]) -> tuple[Labelled, ...]:
        """Describe entities as "label (curie)" in every language; those without a label are left out."""
        labels: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for name in self.names:
            if name.is_label:
                labels[name.iri][name.lang] = f"{name.words} ({name.curie})"
        return tuple(Labelled.of(labels[iri]) for iri in iris if iri in labels)

    @cached_property
    def _cores(self) -> dict[str, tuple[NameWords, ...]]:
        return {}

    @cached_property
    def _by_spelling(self) -> NamesByKey:
        return self._index(self._spellings)

    @cached_property
    def _by_folding(self) -> NamesByKey:
        return self._index(folds([name.words for name in self.names]))

    @cached_property
    def _by_name_words(self) -> NamesByKey:
        return self._index(map(" ".join, self._words))

    @cached_property
    def _units_by_letters(self) -> NamesByKey:
        """The short names of units without blanks and punctuation."""
        index: dict[str, list[EntityName]] = defaultdict(list)
        in_folder = {name.iri for name in self.names}
        for name in self.unit_names:
            if name.iri in in_folder:
                index[_letters(fold(name.words))].append(name)
        return index

    def _index(self, keys: Iterable[str]) -> NamesByKey:
        index: dict[str, list[EntityName]] = defaultdict(list)
        for key, name in zip(keys, self.names, strict=True):
            index[key].append(name)
        return index

    @cached_property
    def _spellings(self) -> Sequence[str]:
        return spellings([name.words for name in self.names])

    @cached_property
    def _words(self) -> Sequence[NameWords]:
        """The words of each name; of a unit without its period, such as "(until 2025-06-30)"."""
        return words_of_spellings(list(map(_without_period, self.names, self._spellings)))

    @cached_property
    def _short_names(self) -> Mapping[str, tuple[NameWords, ...]]:
        """The short names of units, as words."""
        phrases: dict[str, tuple[NameWords, ...]] = defaultdict(tuple)
        words = words_of_names([name.words for name in self.unit_names])
        for name, phrase in zip(self.unit_names, words, strict=True):
            phrases[name.iri] += (phrase,)
        return phrases

    @cached_property
    def _territory_phrases(self) -> frozenset[NameWords]:
        return frozenset(phrase for phrases in self._short_names.values() for phrase in phrases)

    @cached_property
    def _telling(self) -> Mapping[str, Sequence[NameWords]]:
        """The distinctive words of each name outside frameworks, by entity."""
        telling: dict[str, list[NameWords]] = defaultdict(list)
        for name, words in zip(self.names, telling_words_of_names(self._words), strict=True):
            if not name.is_of_framework:
                telling[name.iri].append(words)
        return telling

    @cached_property
    def _entities_by_word(self) -> WordIndex:
        """Each word → the entities that have it in a name or in the name of their territory."""
        return WordIndex.of(
            (iri, words) for iri, names in self._telling.items() for words in (*names, *self._phrases(iri))
        )

    @cached_property
    def _keys_by_word(self) -> WordIndex:
        """Each word → the folded names that have it."""
        keys = list(self._by_folding)
        return WordIndex.of(zip(keys, words_of_names(keys), strict=True))


def _search_rank(name: EntityName, key: str, folded: str, spelled: str) -> SearchRank:
    """Rank a match: same spelling, same letters, same beginning, any other; shorter names first."""
    is_same = key == folded
    match = 3 - key.startswith(folded) - is_same - (is_same and spelling(name.words) == spelled)
    return match, name.rank, len(key), name.curie


def _stretches(words: NameWords) -> Iterable[NameWords]:
    """List all runs of neighbouring words."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield words[start:end]


def _without_period(name: EntityName, spelled: str) -> str:
    """Return the key of a name, without the period of validity that follows the label of a unit."""
    return spelled.partition(_PERIOD_START)[0] if name.folder == _UNIT else spelled


def _letters(text: str) -> str:
    """Remove blanks and punctuation from a folded name."""
    return "".join(filter(str.isalnum, text))


def _words_key(text: str) -> str:
    return " ".join(name_words(text))


def _pairs(store: Store, query: str) -> dict[str, tuple[str, ...]]:
    """Run a query for pairs of addresses and group them by the first address."""
    values: dict[str, list[str]] = defaultdict(list)
    for key, value in store.texts(query):
        values[key].append(value)
    return {key: tuple(sorted(values[key])) for key in sorted(values)}


def _language(name: RdfTerm | None) -> str:
    return (name.language if isinstance(name, ox.Literal) else None) or ""
