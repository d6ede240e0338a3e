"""Finding the entity that a user means: by address, CURIE, slug, or name typed with or without accents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from ...errors import EntityError
from ...graph.names import EGOV, ID, with_prefixes
from ...graph.text import fold, spelling
from .values import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ...graph.store import Store, Term

COMPONENT = f"{ID}component/"
LIMIT = 5  # candidates offered for a name that fits none
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
class Name:
    """One way to write the name of an entity.

    :param rank: 0 a label, 1 the short name, 2 an alias
    """

    iri: str
    curie: str
    words: str
    lang: str
    rank: int


@dataclass(frozen=True)
class Names:
    """Every name of every entity; memory linear in their number."""

    names: tuple[Name, ...]

    @classmethod
    def of(cls, store: Store) -> Names:
        """Read the names of a store; one query, about 10 µs a name."""
        rows = store.select(_NAMES).rows
        names = (
            Name(text_of(iri), text_of(curie), text_of(name), _language(name), int(text_of(rank)))
            for iri, curie, name, rank in rows
        )
        return cls(tuple(sorted(names, key=lambda name: (name.curie, name.rank, name.lang, name.words))))

    def within(self, folder: str | None) -> Names:
        """Keep the names of one folder of identifiers, such as `unit`; all when it is ``None``."""
        if folder is None:
            return self
        return Names(tuple(name for name in self.names if name.iri.startswith(f"{ID}{folder}/")))

    def find(self, words: str) -> tuple[str, ...]:
        """List the entities that the words name.

        Accents that are typed count: a name that has them is better than one that lacks them. Among
        equals a thing is better than the component of a framework that is called like it, a label than a
        short name, and that than an alias.

        :returns: addresses in order; several when the words are ambiguous, none when nothing fits
        """
        for index, key in ((self._spelt, spelling(words)), (self._folded, fold(words))):
            if found := index.get(key):
                things = [name for name in found if not name.iri.startswith(COMPONENT)] or found
                best = min(name.rank for name in things)
                return tuple(dict.fromkeys(name.iri for name in things if name.rank == best))
        return self._holding(fold(words).split())

    def _holding(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Find the only thing with a name that holds all the words in their order, at least three."""
        if len(wanted) < 3:
            return ()
        found = {
            name.iri
            for key, names in self._folded.items()
            if _in_order(wanted, key.split())
            for name in names
            if not name.iri.startswith(COMPONENT)
        }
        return tuple(found) if len(found) == 1 else ()

    def near(self, words: str) -> tuple[str, ...]:
        """List the entities whose names come nearest, best first."""
        keys = list(self._folded)
        matches = process.extract(fold(words), keys, scorer=fuzz.WRatio, limit=LIMIT, score_cutoff=50)
        found = (name.iri for match in matches for name in self._folded[match[0]])
        return tuple(dict.fromkeys(found))[:LIMIT]

    def describe(self, iris: Iterable[str], lang: str) -> tuple[str, ...]:
        """Word entities as "label (curie)", in Vietnamese where there is no other label."""
        labels: dict[str, Name] = {}
        for name in self.names:
            if name.rank == 0 and (name.lang == lang or name.iri not in labels):
                labels[name.iri] = name
        return tuple(f"{labels[iri].words} ({labels[iri].curie})" for iri in iris if iri in labels)

    @cached_property
    def _spelt(self) -> Mapping[str, list[Name]]:
        return self._index(spelling)

    @cached_property
    def _folded(self) -> Mapping[str, list[Name]]:
        return self._index(fold)

    def _index(self, key: Callable[[str], str]) -> Mapping[str, list[Name]]:
        index: dict[str, list[Name]] = defaultdict(list)
        for name in self.names:
            index[key(name.words)].append(name)
        return index


def _in_order(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether words hold all the wanted ones, in their order, others between them.

    >>> _in_order(["cong", "tuyen", "quang"], ["cong", "tinh", "tuyen", "quang"])
    True
    """
    rest = iter(words)
    return all(word in rest for word in wanted)


def resolve(store: Store, words: str, lang: str = "vi", *, folder: str | None = None) -> str:
    """Find the one entity that the words mean.

    :param words: an address, a CURIE (`tq:lgsp`), a slug (`tq-lgsp`), or a label, short name or alias,
        in either normal form, with or without accents, with the tone on either letter
    :param folder: the kind of identifiers wanted, such as `unit`; any when it is ``None``
    :returns: its address
    :raises EntityError: if nothing fits, with the nearest names, or several do, with all of them
    """
    names, found = _found(store, words.strip(), lang, folder)
    if len(found) > 1:
        raise EntityError(words.strip(), names.describe(found, lang), ambiguous=True)
    return found[0]


def resolve_all(store: Store, words: str, lang: str = "vi", *, folder: str | None = None) -> tuple[str, ...]:
    """Find what the words mean, and with a name that outlived its unit all units that bore it.

    "Tuyên Quang" is the province until 2025-06-30 and the larger one since: a question about the name
    is about both. Any other name of several things stays ambiguous.

    :returns: one address; of units that succeeded each other all, in order
    :raises EntityError: as :func:`resolve`
    """
    names, found = _found(store, words.strip(), lang, folder)
    if len(found) > 1 and not _one_line(store, found):
        raise EntityError(words.strip(), names.describe(found, lang), ambiguous=True)
    return found


def _found(store: Store, words: str, lang: str, folder: str | None) -> tuple[Names, tuple[str, ...]]:
    """List what the words name, at least one thing."""
    if (iri := _exact(store, words)) and iri.startswith(f"{ID}{folder}/" if folder else ""):
        return Names(()), (iri,)
    names = Names.of(store).within(folder)
    if found := names.find(words) or (names.find(words.replace("-", " ")) if _SLUG.fullmatch(words) else ()):
        return names, found
    raise EntityError(words, names.describe(names.near(words), lang))


def _one_line(store: Store, iris: Sequence[str]) -> bool:
    """Tell whether one of the things succeeded all the others."""
    values = " ".join(f"<{iri}>" for iri in iris)
    rows = store.select(_SUCCESSORS % (values, values)).rows
    successors = Counter(text_of(row[1]) for row in rows)
    return max(successors.values(), default=0) == len(iris) - 1


def _exact(store: Store, words: str) -> str | None:
    """Find an entity by its address, CURIE or slug; two queries at most."""
    if words.startswith(("http://", "https://")):
        return words if _is_known(store, words) else None
    if _CURIE.fullmatch(words):
        return _by_curie(store, (words,))
    if _SLUG.fullmatch(words):
        cuts = [match.start() for match in re.finditer("-", words)]
        return _by_curie(store, (words, *(f"{words[:cut]}:{words[cut + 1 :]}" for cut in cuts)))
    return None


def _is_known(store: Store, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    return store.ask(f"ASK {{ {node} <{EGOV}curie> ?curie }}")


def _by_curie(store: Store, curies: Sequence[str]) -> str | None:
    values = " ".join(str(ox.Literal(curie)) for curie in curies)
    query = f"SELECT DISTINCT ?entity {{ VALUES ?curie {{ {values} }} ?entity <{EGOV}curie> ?curie }}"
    rows = store.select(query).rows
    return text_of(rows[0][0]) if len(rows) == 1 else None


def _language(name: Term | None) -> str:
    return (name.language if isinstance(name, ox.Literal) else None) or ""
