"""Index of names: which entities the words of an article can mean, given the unit that it speaks of.

The things of other provinces are never taken, however well the words fit; they are only offered.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...graph.text import spelling
from ...words import label
from ..text.corpus_languages import ARTICLE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..register.entity import RegisterEntity
    from ..register.lexicon import Lexicon

NATIONAL_PREFIXES = frozenset({"nat", "vn"})  # whose things without a territory are of the whole country
_UNIT = "AdministrativeUnit"
_COUNTRY = "Country"


class NameIndex:
    """Looks entities up by the words of an article, within its scope.

    :param lexicon: all entities, and the labels of their classes
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.by_name: dict[str, list[RegisterEntity]] = defaultdict(list)
        for entity in lexicon.register.entities:
            for name in (*entity.names, *self._citations(entity)):
                self.by_name[spelling(name)].append(entity)
        self.unusable = frozenset(
            spelling(name) for names in lexicon.register.unusable.values() for name in names
        )

    def _citations(self, entity: RegisterEntity) -> tuple[str, ...]:
        """List the forms in which a document is cited: `464/QĐ-UBND`, `Quyết định số 464/QĐ-UBND` …"""
        number = entity.values.get("number", "")
        if not number:
            return ()
        class_labels = self.lexicon.vocabulary.classes[entity.kind].labels
        kind = label(class_labels, ARTICLE_LANGUAGE).partition(" (")[0]
        return (number, f"số {number}", f"{kind} {number}", f"{kind} số {number}")

    def find(
        self, words: str, scope: str, own_prefixes: frozenset[str] = frozenset()
    ) -> tuple[RegisterEntity, ...]:
        """List the entities that the words can mean in an article.

        :param scope: the unit that the article speaks of; its things win over those of the units it lies
            in, and those over the things of the whole country
        :param own_prefixes: of the article's own registers: their things without a territory count as well
        :returns: empty when the words name nothing within the scope; see :meth:`find_anywhere`
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

    def find_anywhere(self, words: str) -> tuple[RegisterEntity, ...]:
        """List all entities of this name in any territory, for suggestions only."""
        return tuple(dict.fromkeys(self.by_name.get(spelling(words), ())))

    def is_unusable(self, words: str) -> bool:
        """Tell whether the words name an entry whose problem is already reported at its register file."""
        return spelling(words) in self.unusable

    def is_inside(self, entity: RegisterEntity, scope: str) -> bool:
        """Tell whether an entity belongs to a territory or to a unit within it."""
        return scope in self._upwards(self._territory(entity) or entity.curie)

    def _territory(self, entity: RegisterEntity) -> str | None:
        """Return the territory of an entity: of a unit itself, of a document that of its issuer."""
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
        """Iterate a unit and the units that contain it; stops at a cycle."""
        seen: set[str] = set()
        current: str | None = curie
        while current and current not in seen:
            yield current
            seen.add(current)
            unit = self.lexicon.register.get(current)
            current = unit.values.get("within") if unit else None
