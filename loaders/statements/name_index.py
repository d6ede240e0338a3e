"""Index of names: which entities a text can refer to, given the territory that the article is about.

Entities of other provinces are never chosen, however well their names match; they are only suggested.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...graph.text import spelling, spellings
from ...words import label
from ..register.translated_names import names_in
from ..text.corpus_languages import ARTICLE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon

NATIONAL_PREFIXES = frozenset({"nat", "vn"})  # whose things without a territory are of the whole country
_UNIT = "AdministrativeUnit"
_COUNTRY = "Country"


class NameIndex:
    """Finds entities by name within the scope of an article.

    :param lexicon: all entities, and the labels of their classes
    :param language: the language of the names, one of the corpus
    """

    def __init__(self, lexicon: Lexicon, language: str = ARTICLE_LANGUAGE) -> None:
        self.lexicon, self.language = lexicon, language
        self._names_within: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
        self.by_name: dict[str, list[RegisterEntity]] = defaultdict(list)
        named = [
            (name, entity)
            for entity in lexicon.register.entities
            for name in (*self._names(entity), *self._citations(entity))
        ]
        for key, (_, entity) in zip(spellings([name for name, _ in named]), named, strict=True):
            self.by_name[key].append(entity)
        unusable = [name for names in lexicon.register.unusable.values() for name in names]
        self.unusable = frozenset(spellings(unusable))

    def _names(self, entity: RegisterEntity) -> tuple[str, ...]:
        return names_in(entity, self.language, self.lexicon.register.get(entity.values.get("territory", "")))

    def _citations(self, entity: RegisterEntity) -> tuple[str, ...]:
        """List the forms in which a document is cited: `464/QĐ-UBND`, `Quyết định số 464/QĐ-UBND` …"""
        number = entity.values.get("number", "")
        if not number:
            return ()
        class_labels = self.lexicon.vocabulary.classes[entity.kind].labels
        kind = label(class_labels, self.language).partition(" (")[0]
        return (number, f"số {number}", f"{kind} {number}", f"{kind} số {number}")

    def find(
        self, words: str, scope: str, own_prefixes: frozenset[str] = frozenset()
    ) -> tuple[RegisterEntity, ...]:
        """List the entities to which a name in an article can refer.

        :param scope: the unit that the article is about; its entities take precedence over those of the units
            that contain it, and these over national entities
        :param own_prefixes: prefixes of the article's own registers, whose entities without a territory are
            included
        :returns: empty if no entity in the scope has the name; see :meth:`find_anywhere`
        """
        candidates = self.find_anywhere(words)
        surrounding = frozenset(self._upwards(scope)) - {scope}
        nationwide = [entity for entity in candidates if self._is_nationwide(entity, own_prefixes)]
        tiers = (
            [entity for entity in candidates if self.is_inside(entity, scope)],
            [
                entity
                for entity in candidates
                if self._territory(entity) in surrounding and entity not in nationwide
            ],
            nationwide,
        )
        return tuple(next((tier for tier in tiers if tier), ()))

    def names_within(self, scope: str, own_prefixes: frozenset[str]) -> tuple[str, ...]:
        """List the names of all that :meth:`find` can find in an article about a unit, for suggestions."""
        if (scope, own_prefixes) not in self._names_within:
            surrounding = frozenset(self._upwards(scope))
            self._names_within[scope, own_prefixes] = tuple(
                name
                for entity in self.lexicon.register.entities
                if self.is_inside(entity, scope)
                or self._territory(entity) in surrounding
                or self._is_nationwide(entity, own_prefixes)
                for name in entity.names
            )
        return self._names_within[scope, own_prefixes]

    def find_anywhere(self, words: str) -> tuple[RegisterEntity, ...]:
        """List all entities with this name in any territory, for suggestions only."""
        return tuple(dict.fromkeys(self.by_name.get(spelling(words), ())))

    def is_unusable(self, words: str) -> bool:
        """Tell whether a name refers to an entry whose problem is already reported in its register file."""
        return spelling(words) in self.unusable

    def is_inside(self, entity: RegisterEntity, scope: str) -> bool:
        """Tell whether an entity belongs to a territory or to a unit within it."""
        return scope in self._upwards(self._territory(entity) or entity.curie)

    def _territory(self, entity: RegisterEntity) -> str | None:
        """Return the territory of an entity: a unit is its own, a document has that of its issuer."""
        if territory := entity.values.get("territory"):
            return territory
        if self.lexicon.fits(entity.kind, _UNIT):
            return entity.curie
        issuer = self.lexicon.register.get(entity.values.get("issuer", ""))
        return entity.values.get("within") or (issuer.values.get("territory") if issuer else None)

    def _is_nationwide(self, entity: RegisterEntity, own_prefixes: frozenset[str]) -> bool:
        """Tell whether an entity belongs to no single province: the country, provinces, national entities."""
        if self.lexicon.fits(entity.kind, _UNIT):
            unit = self.lexicon.register.get(entity.values.get("within", ""))
            return unit is None or unit.kind == _COUNTRY
        if territory := self._territory(entity):
            unit = self.lexicon.register.get(territory)
            return unit is not None and unit.kind == _COUNTRY
        return entity.prefix in NATIONAL_PREFIXES | own_prefixes

    def _upwards(self, curie: str) -> Iterator[str]:
        """Iterate over a unit and the units that contain it; stops at a cycle."""
        seen: set[str] = set()
        current: str | None = curie
        while current and current not in seen:
            yield current
            seen.add(current)
            unit = self.lexicon.register.get(current)
            current = unit.values.get("within") if unit else None
